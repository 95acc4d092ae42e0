/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_RESAMPLE_H
#define GAPMETER_NUMERIC_RESAMPLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/ctx.h"
#include "numeric/byte_sums.h"
#include "numeric/undefined.h"

/* The one engine for drawing again: bootstrap, jackknife, permutation. A figure is written once, as a function of how often each
 * row was drawn. Chance is a function of (seed, stream, replicate, draw), so the bits do not depend on the number of threads. */

/* What is drawn. Units are drawn whole, with replacement, as many of each stratum as it has. Rows stand in an order that
 * does not depend on the file: the figures may depend on it. */
struct resample_design {
    size_t row_count;            /* below 2^32 */
    const uint32_t *units;       /* [row_count] dense number of the row's unit (cluster, person); NULL = every row alone */
    size_t unit_count;           /* read with units alone */
    const uint32_t *strata;      /* [unit_count with units, else row_count] dense number; NULL = one stratum */
    size_t stratum_count;        /* read with strata alone */
    const uint64_t *cell_counts; /* [row_count]: the rows are cells of a count table, drawn as a multinomial (without units
                                    and strata); their sum < 2^32. NULL: rows */
};

/* Figures of one resample. compute is called from several threads, never twice at a time with the same worker.
 * takes   worker  0 … resample_workers() − 1, for memory of its own
 *         times   [row_count] how often each row was drawn (in a permutation: the label it got)
 * gives   out     [count], all finite; or why this replicate has no figures: it is then left out and counted */
struct resample_figures {
    void *state;
    size_t count;
    enum undefined (*compute)(void *state, unsigned worker, const uint32_t *times, double *out);
    /* The same figures, to the bit, of several resamples at once, from times in bytes, which lie close enough to be counted and
     * added up in vectors; NULL when there is no such way. Called where rows stand alone in one stratum, and none came more than
     * 255 times.
     * takes   draws      at most BYTE_DRAWS_AT_ONCE; a stride is row_count up to a multiple of BYTE_ROWS, 0 beyond the rows
     * gives   out        [draws × count]
     *         undefined  [draws] of each as compute: an enum undefined */
    void (*compute_bytes)(void *state, unsigned worker, const struct byte_draws *draws, double *out, unsigned char *undefined);
};

/* How often, from which chance, and what to tell on the way. */
struct resample_plan {
    uint32_t replicates;
    uint64_t seed, stream;
    const char *what; /* "Drawing again": begins and ends a progress bar; NULL = none of its own */
    /* The caller's own bar, begun with its total: how much was done before this run, and how much this run is; 0, 0 = none. */
    uint64_t told_before, told_share;
};

/* The figures of all replicates that have some, in order. */
struct resampled {
    size_t kept, count;
    const double *values;   /* [kept × count]; figure f of replicate r stands at r × count + f */
    const uint64_t *weight; /* [kept] jackknife: how many observations each one stands for; else NULL */
    size_t failed;          /* replicates without figures */
    enum undefined failure; /* of the first of them */
    bool many_failed;       /* more than 1 in 20: must be told beside whatever is made of the rest */
};

#define JACKKNIFE_UNITS_MAX 4096u /* above it, units are left out in random groups */
#define JACKKNIFE_GROUPS    1024u /* so many of them */

/* How many workers compute() may be called with. */
unsigned resample_workers(const struct ctx *ctx);

/* The figures of the sample itself: each row once, each cell as often as it was counted.
 * gives   *undefined  DEFINED with out [count] written, or why there are none
 * fails   STATUS_MEMORY */
enum status resample_original(struct ctx *ctx, const struct resample_design *design, const struct resample_figures *figures,
                              double *out, enum undefined *undefined) MUST_USE;

/* Figures of `replicates` samples drawn with replacement.
 * gives   *out    arrays in ctx->arena
 * fails   STATUS_MEMORY, STATUS_CANCELLED
 * cost    time replicates × (rows + compute), memory workers × rows + replicates × count
 * source  Efron 1979; units and strata: Davison & Hinkley 1997, chapters 3.2 and 3.8; cells are the same by sufficiency [F25]
 * proof   tests/numeric/resample_test.c */
enum status resample_bootstrap(struct ctx *ctx, const struct resample_design *design, const struct resample_figures *figures,
                               const struct resample_plan *plan, struct resampled *out) MUST_USE;

/* Figures with one unit left out, for each unit in order; of a count table with one observation of a cell left out, for each
 * cell with a count, which is its weight. Above JACKKNIFE_UNITS_MAX units each belongs to one of JACKKNIFE_GROUPS
 * groups by chance, and a group is left out (weight 1 each): its acceleration differs from the full one by .0006 (standard
 * error √15/(6m) of m groups), which moves an end by some .002 of the standard error.
 * takes   plan    seed and stream of the groups; replicates is not read
 * gives   *out    as resample_bootstrap, with weights
 * fails   STATUS_MEMORY, STATUS_CANCELLED
 * cost    time (rows + compute) × units, at most JACKKNIFE_UNITS_MAX of them
 * source  Quenouille 1956; Tukey 1958; Efron 1987 for its use [F25]
 * proof   tests/numeric/resample_test.c */
enum status resample_jackknife(struct ctx *ctx, const struct resample_design *design, const struct resample_figures *figures,
                               const struct resample_plan *plan, struct resampled *out) MUST_USE;

/* Figures after labels were dealt anew: compute() gets the label of each row in place of times.
 * takes   labels  one for each unit (each row without units); they change places within strata
 * gives   *out    as resample_bootstrap
 * needs   no cell_counts
 * fails   STATUS_MEMORY, STATUS_CANCELLED
 * source  Fisher 1935; Pitman 1937
 * proof   tests/numeric/resample_test.c */
enum status resample_permutation(struct ctx *ctx, const struct resample_design *design, const uint32_t *labels,
                                 const struct resample_figures *figures, const struct resample_plan *plan,
                                 struct resampled *out) MUST_USE;

/* (1 + how many replicates are as large as the figure found, or larger) / (1 + replicates). What differs by less than
 * rounding (1e-10 of it) is as large.
 * needs   a replicate
 * source  Davison & Hinkley 1997, 4.11; Phipson & Smyth 2010 */
double permutation_p(const struct resampled *resampled, size_t figure, double found);

#endif
