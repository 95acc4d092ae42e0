/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_FORMATS_PACKED_STUDY_H
#define GAPMETER_FORMATS_PACKED_STUDY_H

#include "base/secret.h"
#include "model/study.h"

/* A digest (SHA-256) of what a study says about reading: the columns, scales, codes of missing answers and whatever else decides
 * what a cell comes to. Studies that differ in a title, a question's words, the order of dimensions, margins or how a live study asks have
 * the same one: a pack that was made with one can be read with the other.
 * fails   STATUS_MEMORY
 * proof   tests/formats/packed_study_test.c */
enum status packed_study_digest(struct ctx *ctx, const struct study *study, struct digest *out) MUST_USE;

#endif
