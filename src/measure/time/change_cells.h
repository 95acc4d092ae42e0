/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MEASURE_TIME_CHANGE_CELLS_H
#define GAPMETER_MEASURE_TIME_CHANGE_CELLS_H

#include "measure/time/shared_people.h"

/* The figures that a change from one wave to another has, whether the waves stand in one file or in two. Private to measure/. */

enum {
    CHANGE_N,
    CHANGE_N_OLD,
    CHANGE_GAP_OLD,
    CHANGE_N_NEW,
    CHANGE_GAP_NEW,
    CHANGE_CHANGE,
    CHANGE_SE,
    CHANGE_CI_LOW,
    CHANGE_CI_HIGH,
    CHANGE_T,
    CHANGE_DF,
    CHANGE_P,
    CHANGE_P_HOLM,
    CHANGE_N_BOTH,
    CHANGE_R_BOTH,
    CHANGE_COLUMNS
};

/* Their columns, to stand after the keys of a table. */
#define CHANGE_COLUMN_LIST                                                                                                       \
    {"n", "n", "encounters", "Encounters of both waves.", 0, COLUMN_COUNT, false, false},                                        \
        {"n_old", "n before", "encounters", "Encounters of the earlier wave.", 0, COLUMN_COUNT, false, false},                   \
        {"gap_old", "Before", "scale points", "Mean gap of the earlier wave.", 2, COLUMN_NUMBER, true, false},                   \
        {"n_new", "n now", "encounters", "Encounters of the later wave.", 0, COLUMN_COUNT, false, false},                        \
        {"gap_new", "Now", "scale points", "Mean gap of the later wave.", 2, COLUMN_NUMBER, true, false},                        \
        {"change", "Change", "scale points", "Later less earlier gap: above 0 is better.", 2, COLUMN_NUMBER, true, false},       \
        {"se", "SE", "scale points", "Standard error of the change.", 3, COLUMN_NUMBER, false, false},                           \
        {"ci_low", "Low", "scale points", "Lower end of its interval.", 2, COLUMN_NUMBER, true, false},                          \
        {"ci_high", "High", "scale points", "Upper end of its interval.", 2, COLUMN_NUMBER, true, false},                        \
        {"t", "t", "standard errors", "Change over its standard error.", 2, COLUMN_NUMBER, false, false},                        \
        {"df", "df", "degrees of freedom", "Degrees of freedom.", 1, COLUMN_NUMBER, false, false},                               \
        {"p", "p", "probability", "Two-sided p of no change.", 3, COLUMN_NUMBER, false, false},                                  \
        {"p_holm", "p, all rows", "probability", "p adjusted for all rows (Holm).", 3, COLUMN_NUMBER, true, false},              \
        {"n_both", "In both", "customers", "Customers who answered in both waves.", 0, COLUMN_COUNT, false, true},               \
    {                                                                                                                            \
        "r_both", "r", "correlation", "Correlation of their two gaps.", 2, COLUMN_NUMBER, false, false                           \
    }

/* Fills them, but p_holm.
 * takes   old, now  means of the two waves;  overlap  who answered in both
 * blank   a wave without gaps -> its reason; without an error, or a clustered wave with too few clusters -> that reason; a change
 *         without variance -> no_variance; r_both with fewer than three in both -> too_few
 * source  [F114] */
void change_fill(const struct measuring *measuring, const struct group_mean *old, const struct group_mean *now,
                 const struct wave_overlap *overlap, struct value *values);

#endif
