/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MEASURE_RESAMPLE_JOB_H
#define GAPMETER_MEASURE_RESAMPLE_JOB_H

#include "measure/case_columns.h"
#include "measure/group_row.h"
#include "numeric/resample.h"

/* What measures declare for resampling: which figures, of what, and how to make what is drawn. A measure's hook lists its
 * entries, which costs nothing; each is made ready only when its turn comes, in memory of its own. Private to measure/. */

/* What is drawn again. */
enum resample_route {
    ROUTE_CELLS,   /* a count table, as a multinomial: exact, and the same for ten people and ten million */
    ROUTE_PERSONS, /* rows: the figure needs whole persons, or persons have weights */
    ROUTE_UNITS,   /* clusters, or respondents with all their encounters, drawn whole */
    ROUTE_COUNT
};

/* An entry made ready: a design and the figures of each draw. */
struct resample_job {
    enum reason blank; /* REASON_NONE, or why there are no figures: then nothing else is written */
    enum resample_route route;
    struct resample_design design;
    struct resample_figures figures;
    uint64_t n, respondents;
    bool bundled; /* rows were dealt into RESAMPLE_BUNDLES by chance, which are drawn whole */
};

/* A draw of more persons costs as much as one of so many: bundles hold sums, and are drawn as persons are. What drawing them
 * shows of the variance is (bundles − 1)/bundles of it. */
#define RESAMPLE_BUNDLES       4096u
#define RESAMPLE_BUNDLED_ABOVE 16384u

/* Figures that are made from the same draws, of one row of a measure's table in one group. */
struct resample_entry {
    struct value item, dimension, standard; /* keys; value_blank(REASON_NOT_APPLICABLE) where there is none */
    const char *const *statistics;          /* [count] names of the columns in the measure's own table */
    size_t count;
    uint32_t group;        /* index into the set */
    uint32_t index;        /* which item or dimension; UINT32_MAX: overall */
    unsigned of;           /* the measure's own */
    enum reason no_figure; /* what the row says when the sample itself has no figure; REASON_NONE = the reason in general */
    /* Makes it ready in ctx->arena, which is emptied after the entry. */
    enum status (*make)(struct ctx *ctx, const struct measuring *measuring, const struct resample_entry *entry,
                        struct resample_job *out);
};

/* The entries of one group, in the order of the table; the same ones for each group of a set. */
struct resample_list {
    struct resample_entry *entries;
    size_t count, capacity;
};

/* Adds one.
 * fails   STATUS_MEMORY */
enum status resample_list_add(struct ctx *ctx, struct resample_list *list, const struct resample_entry *entry) MUST_USE;

/* Is a tally all there is to know: no weights, no strata, and every encounter a person of its own? */
bool resample_by_cells(const struct measuring *measuring);

/* What was drawn, added up: Σw, Σw² and Σw·x of each column, w counted as often as it was drawn. */
struct drawn_sums {
    double w, ww;
    const double *x; /* [columns] */
    size_t columns;
    const void *about; /* that of the source */
};

/* What rows or cells hold, and the figures of its sums. */
struct sum_source {
    size_t rows, columns;
    const double *x;       /* [columns × rows], column after column */
    const double *weights; /* [rows]; NULL = 1 */
    size_t figure_count;
    const void *about; /* what the figures must know beside the sums; NULL = nothing */
    enum undefined (*figures)(const struct drawn_sums *sums, double *out);
};

/* A job over the cells of a count table, whose figures are functions of sums.
 * takes   counts  [source->rows]
 * gives   *out    borrows the arrays; n and respondents are the caller's
 * fails   STATUS_MEMORY */
enum status resample_job_of_cells(struct ctx *ctx, const struct sum_source *source, const uint64_t *counts,
                                  struct resample_job *out) MUST_USE;

/* Drawing within a stratum of m units shows (m − 1)/m of its variance: of one unit none, of ten nine tenths.
 * gives   *out  too_few when a stratum of the rows has fewer than ten units (CLUSTERS_FOR_TEST); else untouched
 * fails   STATUS_MEMORY */
enum status resample_strata_check(struct ctx *ctx, const struct case_matrix *matrix, enum reason *out) MUST_USE;

/* A job over whole persons, or over the units that they belong to.
 * takes   source  one row for each of the matrix; its weights are not read, those of the matrix are
 * gives   *out    borrows from both; blank when there are none: no_pairs, too_few; too_few also where a stratum has so few units
 *         that drawing them again would show too little of its variance; above RESAMPLE_BUNDLED_ABOVE rows without units and
 *         strata the rows are bundled
 * fails   STATUS_MEMORY
 * cost    of a draw: time rows × columns, or RESAMPLE_BUNDLES × columns
 * proof   tests/measure/resample_job_test.c */
enum status resample_job_of_rows(struct ctx *ctx, const struct case_matrix *matrix, const struct sum_source *source,
                                 struct resample_job *out) MUST_USE;

/* The rows that are kept of a matrix, with their weights, units (numbered anew) and strata; without values.
 * takes   keep  [rows]
 * gives   *out  respondents are left as they were
 * fails   STATUS_MEMORY */
enum status resample_matrix_keep(struct ctx *ctx, const struct case_matrix *matrix, const bool *keep,
                                 struct case_matrix *out) MUST_USE;

/* One variable of all cases of a group, for figures whose parts are not about the same people.
 * gives   values, has  [group->case_count]: has is set where there is a value, and left where there is none
 * fails   STATUS_MEMORY */
enum status resample_variable_read(struct ctx *ctx, const struct measuring *measuring, const struct group *group,
                                   const struct case_variable *variable, double *values, bool *has) MUST_USE;

#endif
