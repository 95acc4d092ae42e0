/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Undefined cases: small fixtures in terminal, JSON, CSV and HTML: no number where none exists." Every measure that a study
 * has what it needs for is computed, for everyone and by segment, with groups of any size shown and with small ones hidden;
 * each table is read back from every form. A measure that lands later needs no line here. */
#ifndef GAPMETER_TESTS_UNDEFINED_TRIAL_H
#define GAPMETER_TESTS_UNDEFINED_TRIAL_H

#include "support/undefined_case.h"

/* Runs the fixtures as a group of tests, one for each, and says how much was looked at.
 * gives   what main returns */
int undefined_trials_run(const struct undefined_case *fixtures);

#endif
