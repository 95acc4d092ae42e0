/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_APP_STARTING_H
#define GAPMETER_APP_STARTING_H

#include "base/ctx.h"
#include "model/collection.h"
#include "model/instrument.h"

/* What stands beside the study file. */
struct study_started {
    const char *answers;            /* a CSV with one header line to fill in */
    const char *papers[WAVE_COUNT]; /* forms to print; NULL where the study does not ask */
};

/* Begins a study with an instrument: writes its study file and, beside it, the answer template and paper forms.
 * takes   instrument  a shipped instrument's name, or the path of an instrument file
 *         path        of the study file; "hotel.json" gets "hotel-answers.csv" and "hotel-perception.pdf" beside it
 *         replace     may files of these names be replaced?
 * gives   *out        paths of what was written, in ctx->arena
 * fails   STATUS_USAGE when a file exists and may not be replaced; what finding the instrument says */
enum status study_start(struct ctx *ctx, const char *instrument, const char *path, bool replace,
                        struct study_started *out) MUST_USE;

#endif
