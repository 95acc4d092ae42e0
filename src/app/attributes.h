/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_APP_ATTRIBUTES_H
#define GAPMETER_APP_ATTRIBUTES_H

#include "app/operation.h"
#include "model/study.h"

/* Are these attributes of an encounter ones that the study knows: a JSON object of texts, by the columns of its segments?
 * takes   attributes  NULL = none
 * fails   STATUS_INVALID  naming the attribute and those that there are
 * proof   tests/app/collecting_test.c */
enum status attributes_check(struct ctx *ctx, const struct study *study, const char *attributes) MUST_USE;

/* The same of an operation's call, against the newest version of its study. */
enum status call_attributes_check(struct ctx *ctx, const struct operation_call *call, const char *attributes) MUST_USE;

#endif
