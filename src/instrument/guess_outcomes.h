/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_INSTRUMENT_GUESS_OUTCOMES_H
#define GAPMETER_INSTRUMENT_GUESS_OUTCOMES_H

#include "instrument/guess_columns.h"

/* Is this column a rating of satisfaction, recommending or loyalty, on 1–5, 1–7, 1–10 or 0–10? Private to instrument/.
 * gives   *out  name and scale; column is left to the caller */
bool outcome_guess(const struct column_profile *profile, struct outcome *out);

#endif
