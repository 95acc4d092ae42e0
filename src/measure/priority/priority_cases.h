/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MEASURE_PRIORITY_PRIORITY_CASES_H
#define GAPMETER_MEASURE_PRIORITY_PRIORITY_CASES_H

#include "measure/case_columns.h"
#include "measure/group_row.h"
#include "numeric/resample.h"

/* How well each item (dimension) does and how important it is, from whole persons, so that all of it can be drawn again at once.
 * What is kept are the sums of bundles of persons, so that a draw costs the same for ten thousand and ten million. Private to the
 * theme. */

/* Where importance comes from. */
enum importance_source {
    IMPORTANCE_FROM_RATING,  /* asked of each item */
    IMPORTANCE_FROM_POINTS,  /* 100 points over the dimensions */
    IMPORTANCE_FROM_DRIVERS, /* each item's share of what all items explain of satisfaction: LMG, above LMG_EXACT_MAX items
                                Johnson */
    IMPORTANCE_FROM_NOTHING
};

/* A variable with holes. */
struct priority_column {
    enum reason blank;     /* REASON_NONE, or why there is no such variable */
    const double *sums;    /* [bundles] Σw·x */
    const double *weights; /* [bundles] Σw of those who have it */
    uint64_t n;            /* encounters that have it */
    uint64_t respondents;  /* distinct, at most */
};

/* One item or dimension that stands on the map. */
struct priority_part {
    uint32_t index;
    const struct scale *scale; /* of performance */
    struct priority_column performance, importance, gap;
};

#define PRIORITY_BUNDLES_MAX 4096u /* above so many units, units are dealt into so many bundles by chance, within strata */

/* What is drawn whole: a row, a unit, or a bundle of units. */
struct priority_bundles {
    uint32_t count;
    const uint32_t *of_case; /* [cases of the group] */
    const uint32_t *strata;  /* [count] dense; NULL without strata */
    size_t stratum_count;
};

/* Sums of the rows that are complete on all performances and satisfaction. */
struct priority_drivers {
    uint64_t n, respondents;
    size_t stride;      /* 2 + columns + columns (columns + 1)/2, columns = parts + 1 */
    const double *sums; /* [bundles × stride] rows, Σw, Σwx, Σwxy (lower triangle), each x less its mean */
};

/* Everything about one group. */
struct priority_cases {
    uint32_t group; /* index into the set */
    enum importance_source source;
    uint32_t outcome;         /* IMPORTANCE_FROM_DRIVERS */
    bool by_dimension;        /* parts are dimensions */
    bool gaps_only;           /* parts are what expectations were asked of, too */
    bool expected;            /* every part has gaps */
    bool mixed;               /* the parts are not all on one scale */
    uint32_t candidate_count; /* items (dimensions) of the study that were asked */
    const uint32_t *candidates;
    const uint32_t *place;     /* [candidate_count] its part, UINT32_MAX when it has none in this group */
    const enum reason *blanks; /* [candidate_count] why not: nobody answered, mixed scales */
    uint32_t part_count;
    const struct priority_part *parts;
    struct priority_bundles bundles;
    struct priority_drivers drivers;
};

/* Gathers it.
 * takes   index      the group in the set
 *         gaps_only  leave out what has no gap
 * gives   *out   in ctx->arena
 * fails   STATUS_MEMORY
 * cost    time cases × parts, drivers cases × parts²; memory cases + bundles × parts, drivers bundles × parts²/2
 * proof   tests/measure/priority/importance_performance_test.c */
enum status priority_cases_make(struct ctx *ctx, const struct measuring *measuring, uint32_t index, bool gaps_only,
                                struct priority_cases *out) MUST_USE;

/* The bundles of a group's cases.
 * fails   STATUS_MEMORY */
enum status priority_bundles_make(struct ctx *ctx, const struct measuring *measuring, uint32_t index,
                                  struct priority_bundles *out) MUST_USE;

/* Where each row of a matrix stands among the cases of its group; both are in canonical order.
 * gives   out  [matrix->rows] bundle
 * fails   STATUS_MEMORY */
enum status priority_rows_place(struct ctx *ctx, const struct group *group, const struct priority_bundles *bundles,
                                const struct case_matrix *matrix, const uint32_t **out) MUST_USE;

/* The sums of drivers and satisfaction, once the parts are known.
 * fails   STATUS_MEMORY */
enum status priority_drivers_make(struct ctx *ctx, const struct measuring *measuring, struct priority_cases *cases) MUST_USE;

/* The figures of all parts. */
struct priority_figures {
    double *performance, *importance, *gap;                                    /* [part_count] */
    enum undefined performance_undefined, importance_undefined, gap_undefined; /* of all parts together */
};

/* Doubles of room that priority_figures_find needs. */
size_t priority_room(const struct priority_cases *cases);

/* Means, and shares of drivers, of the sample or of a resample.
 * takes   times  [bundles] how often each was drawn; NULL = once
 *         room   [priority_room]
 * gives   *out   its arrays are the caller's
 * blank   a part that nobody answered -> UNDEFINED_TOO_FEW;  drivers: as importance_lmg, too few rows, constant satisfaction
 * cost    time bundles × parts; drivers bundles × parts²/2 + 2^parts
 * source  [F30, F33, F35] */
void priority_figures_find(const struct priority_cases *cases, const uint32_t *times, double *room, struct priority_figures *out);

/* Room for the figures of all parts.
 * fails   STATUS_MEMORY */
enum status priority_figures_make(struct ctx *ctx, const struct priority_cases *cases, struct priority_figures *out) MUST_USE;

#define PRIORITY_REPLICATES 500u /* without --bootstrap */

/* How often figures are drawn again: --bootstrap N, otherwise PRIORITY_REPLICATES, and 0 where that would take long (16 and more
 * drivers). */
uint32_t priority_replicates(const struct measuring *measuring, const struct priority_cases *cases);

/* Figures of each replicate, read from its means. */
struct priority_draw {
    const struct priority_cases *cases;
    size_t count;
    /* takes   work  [2 × part_count]
     * gives   out [count]; or why there are none */
    enum undefined (*read)(const struct priority_cases *cases, const struct priority_figures *figures, double *work, double *out);
};

/* Draws them.
 * takes   stream  of chance, one per group and measure
 * gives   *out    kept 0 when nothing is drawn
 * fails   STATUS_MEMORY, STATUS_CANCELLED
 * source  [F25] */
enum status priority_resample(struct ctx *ctx, const struct measuring *measuring, const struct priority_draw *draw,
                              uint64_t stream, struct resampled *out) MUST_USE;

/* A row and what it is about. */
struct priority_row {
    struct row *row;
    const struct priority_part *part; /* NULL when the candidate has none in this group */
};

/* A new row about a candidate: item or dimension, support, and every other cell blank for its reason.
 * fails   STATUS_MEMORY */
enum status priority_row_add(struct ctx *ctx, const struct measuring *measuring, struct table *table,
                             const struct priority_cases *cases, uint32_t candidate, struct priority_row *out) MUST_USE;

/* Why the parts have no importance.
 * needs   undefined is not DEFINED */
enum reason importance_blank(const struct priority_cases *cases, enum undefined undefined);

/* "rating", "points" or "drivers"; not_asked when there is none. */
struct value importance_word(enum importance_source source);

/* Says where importance comes from when it was not asked, and how often figures were drawn.
 * takes   drawn  of one group; NULL = the measure draws nothing
 * fails   STATUS_MEMORY */
enum status priority_notes(struct ctx *ctx, const struct measuring *measuring, struct table *table,
                           const struct priority_cases *cases, const struct resampled *drawn) MUST_USE;

/* The place of each number among all, 1 = largest; equal ones share the better place.
 * takes   numbers  [count]
 * gives   ranks    [count] */
void ranks_find(const double *numbers, size_t count, double *ranks);

/* The two order statistics between which `confidence` of the replicates of a figure lie.
 * takes   work  [resampled->kept]
 * needs   kept >= 1 */
void replicate_range(const struct resampled *resampled, size_t figure, double confidence, double *work, double ends[2]);

#endif
