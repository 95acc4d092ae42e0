/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_APP_CROSSING_H
#define GAPMETER_APP_CROSSING_H

#include "disclose/release.h"
#include "model/answers.h"
#include "model/plan.h"

/* Which values of the segments that one request asks for go together, for the gate: all of them at once, or two by two when
 * there are too many combinations.
 * gives   rule->crossings  none when fewer than two segments are asked for
 * fails   STATUS_MEMORY
 * cost    time encounters × crossings
 * proof   tests/app/crossing_test.c */
enum status crossing_make(struct ctx *ctx, const struct answers *answers, const struct plan *plan,
                          struct release_rule *rule) MUST_USE;

#endif
