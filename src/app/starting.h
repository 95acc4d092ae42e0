/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_APP_STARTING_H
#define GAPMETER_APP_STARTING_H

#include "base/ctx.h"
#include "model/instrument.h"

/* Begins a study with an instrument: writes its study file and, beside it, a CSV with one header line to fill in.
 * takes   instrument  a shipped instrument's name, or the path of an instrument file
 *         path        of the study file; "hotel.json" gets "hotel-answers.csv" beside it
 *         replace     may files of these names be replaced?
 * gives   *answers    the path of the CSV, in ctx->arena
 * fails   STATUS_USAGE when a file exists and may not be replaced; what finding the instrument says */
enum status study_start(struct ctx *ctx, const char *instrument, const char *path, bool replace, const char **answers) MUST_USE;

#endif
