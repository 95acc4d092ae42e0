/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MEASURE_OUTCOME_LIST_H
#define GAPMETER_MEASURE_OUTCOME_LIST_H

#include "model/measure.h"

/* The outcomes that a regression explains: judgements on a scale, of which more or less makes sense. Not those that tell what
 * happened (left, complained, captive, bad service), nor the direct question whether expectations were met. Private to measure/.
 * takes   satisfaction  only those of satisfaction, when there are some
 * gives   out  [OUTCOMES_MAX] indices; how many
 * proof   tests/measure/validity/gap_validity_test.c */
uint32_t outcomes_explained(const struct study *study, bool satisfaction, uint32_t *out);

/* The first outcome with a role.
 * gives   false when there is none */
bool outcome_with_role(const struct study *study, enum outcome_role role, uint32_t *out);

#endif
