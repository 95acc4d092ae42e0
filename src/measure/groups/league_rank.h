/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MEASURE_GROUPS_LEAGUE_RANK_H
#define GAPMETER_MEASURE_GROUPS_LEAGUE_RANK_H

#include "measure/groups/group_means.h"
#include "numeric/interval.h"
#include "numeric/rank_range.h"

/* What the league tables of means and of shares have in common: a line of units, where each may stand, and the cells that say so.
 * Private to measure/. */

#define LEAGUE_DRAWS 1000u

/* One subject; arrays are in the order of line->used. */
struct league_line {
    const struct measuring *measuring;
    struct line_means *line;
    enum reason blank;           /* REASON_NONE, or why nothing is shrunk: too_few, no_variance */
    enum reason posterior_blank; /* why there are no intervals: too_few (fewer than three units) */
    enum reason rank_blank;      /* why there are no ranks: as posterior_blank; no_ranking */
    double centre;               /* common mean or share */
    double *variances;           /* error variance of each mean; NULL for shares */
    double *shrunken;
    struct interval *intervals;
    struct rank_range *ranks;
};

/* Columns of a league table, in this order: median rank, low, high, how often among the lowest fifth. */
enum { LEAGUE_RANK, LEAGUE_RANK_LOW, LEAGUE_RANK_HIGH, LEAGUE_WORST, LEAGUE_RANK_COLUMNS };

/* Makes a league_line with room for every group.
 * fails   STATUS_MEMORY */
enum status league_line_make(struct ctx *ctx, const struct measuring *measuring, uint32_t at, enum line_use use,
                             struct league_line *out) MUST_USE;

/* The place of a group among those used, or UINT32_MAX. */
uint32_t league_place(const struct league_line *league, uint32_t group);

/* Writes the rank cells of a unit.
 * takes   values  LEAGUE_RANK_COLUMNS cells */
void league_rank_fill(const struct league_line *league, uint32_t place, struct value *values);

/* A row about one group on one subject: its keys, its line and the groups it rests on.
 * gives   *place  among the used groups, UINT32_MAX when it is not one of them
 * fails   STATUS_MEMORY */
enum status league_row_add(struct ctx *ctx, const struct league_line *league, uint32_t group, struct table *table,
                           struct row **out, uint32_t *place) MUST_USE;

/* The notes of every league table: what ranks mean, and which subjects support no ranking.
 * takes   leagues  [count]
 * fails   STATUS_MEMORY */
enum status league_notes(struct ctx *ctx, const struct measuring *measuring, const struct league_line *leagues, uint32_t count,
                         struct table *table) MUST_USE;

#endif
