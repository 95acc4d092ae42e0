/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/time/change_cells.h"

#include "measure/group_row.h"

/* Test and interval of the change. */
static void test_fill(const struct measuring *measuring, const struct group_mean *old, const struct group_mean *now,
                      const struct wave_overlap *overlap, struct value *values)
{
    struct mean_comparison found = {0};
    enum reason reason = old->error_blank ? old->error_blank : now->error_blank;
    if (!reason) {
        enum undefined undefined = wave_change(&old->estimate, &now->estimate, overlap, measuring->confidence, &found);
        reason = undefined ? reason_of(undefined) : REASON_NONE;
    }
    if (reason) {
        values_blank(values + CHANGE_SE, CHANGE_N_BOTH - CHANGE_SE, reason);
        return;
    }
    values[CHANGE_SE] = value_number(found.se);
    values[CHANGE_CI_LOW] = value_number(found.interval.low);
    values[CHANGE_CI_HIGH] = value_number(found.interval.high);
    values[CHANGE_T] = value_number(found.statistic);
    values[CHANGE_DF] = value_number(found.df);
    values[CHANGE_P] = value_number(found.p);
}

void change_fill(const struct measuring *measuring, const struct group_mean *old, const struct group_mean *now,
                 const struct wave_overlap *overlap, struct value *values)
{
    enum reason blank = now->blank ? now->blank : old->blank;
    values_blank(values, CHANGE_COLUMNS, blank ? blank : REASON_TOO_FEW);
    if (blank && blank != REASON_NO_PAIRS)
        return;
    values[CHANGE_N] = value_count(old->n + now->n);
    values[CHANGE_N_OLD] = value_count(old->n);
    values[CHANGE_N_NEW] = value_count(now->n);
    if (!old->blank)
        values[CHANGE_GAP_OLD] = value_number(old->estimate.mean);
    if (!now->blank)
        values[CHANGE_GAP_NEW] = value_number(now->estimate.mean);
    if (blank)
        return;
    values[CHANGE_CHANGE] = value_number(now->estimate.mean - old->estimate.mean);
    values[CHANGE_N_BOTH] = value_count((uint64_t)overlap->n_both);
    if (overlap->n_both >= 3)
        values[CHANGE_R_BOTH] = value_number(overlap->correlation);
    test_fill(measuring, old, now, overlap, values);
}
