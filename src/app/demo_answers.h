/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_APP_DEMO_ANSWERS_H
#define GAPMETER_APP_DEMO_ANSWERS_H

#include "base/out.h"

/* Writes the simulated demo study's answers as CSV: guests of six hotels who were asked what they
 * expect before the stay and what they got after it, on the 22 items of gap-22.
 *
 * The model, for guest i, item j of dimension d (all on the latent scale of the answers, 1–7):
 *   expectation = 5.7 + a_j + u_i + 0.7 z_ij               u_i ~ N(0, 0.5²): some expect more of everything
 *   perception  = 5.7 + a_j + g_j + h_hotel + 0.5 u_i + v_id + 0.8 z'_ij       v_id ~ N(0, s_d²)
 * rounded to 1 … 7 and cut there. Things that are not ready in time, waiting and silence while one waits
 * (items 6, 10, 11, 12) fall short, politeness and listening (16, 18) exceed what was expected, most items are about as
 * expected. One guest in eight never answers the second time, 2 % of answers are skipped, 1 % "does not
 * apply". Two hotels are so small, nine guests and three, that the small-group rule hides them.
 * takes   seed  the same seed writes the same bytes on every machine
 * source  docs/guide/demo.md
 * proof   tests/app/demo_answers_test.c */
void demo_answers_write(struct out *out, uint64_t seed);

#endif
