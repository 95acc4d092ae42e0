/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_RESAMPLE_DRAW_H
#define GAPMETER_NUMERIC_RESAMPLE_DRAW_H

#include "numeric/multinomial_draw.h"
#include "numeric/resample.h"
#include "numeric/times_draw.h"

/* One replicate's draw. Private to resample.c. */

/* A design made ready: its entities (units, or rows when each stands alone), sorted by stratum. */
struct resample_frame {
    const struct resample_design *design;
    size_t entity_count;
    size_t stratum_count;
    const uint32_t *order;  /* [entity_count] by stratum, in order within it */
    const size_t *first;    /* [stratum_count + 1] where each begins in `order` */
    struct times_law *laws; /* [stratum_count] of drawing from each; NULL until resample_laws_make, and for count tables */
    size_t largest;         /* stratum */
};

/* Makes it ready.
 * fails   STATUS_MEMORY */
enum status resample_frame_make(struct ctx *ctx, const struct resample_design *design, struct resample_frame *out) MUST_USE;

/* Makes ready what resample_draw_times needs besides.
 * fails   STATUS_MEMORY */
enum status resample_laws_make(struct ctx *ctx, struct resample_frame *frame) MUST_USE;

/* Where a replicate's numbers begin: no two replicates share one. */
uint64_t resample_index(size_t replicate);

/* How often each row is drawn in a replicate, in bytes.
 * needs   rows that stand alone in one stratum
 * gives   times  [row_count]; false when a row came more than 255 times: then times holds nothing of use */
bool resample_draw_bytes(const struct resample_frame *frame, const struct resample_plan *plan, size_t replicate,
                         uint8_t *times) MUST_USE;

/* Room of one worker, where nothing is kept. */
struct draw_room {
    uint8_t *bytes;         /* [largest] not touched by count tables */
    uint32_t *entity_times; /* [entity_count] with units */
};

/* How often each row is drawn in a replicate.
 * gives   times  [row_count] */
void resample_draw_times(const struct resample_frame *frame, const struct resample_plan *plan, size_t replicate,
                         const struct draw_room *room, uint32_t *times);

/* The same of a count table, in BINOMIAL_LANES replicates from the first on.
 * gives   times  [BINOMIAL_LANES × row_count] */
void resample_draw_cells(const struct resample_frame *frame, const struct resample_plan *plan, size_t first, uint32_t *times);

/* Labels of the entities, dealt anew within strata.
 * takes   labels  [entity_count] as they are
 * gives   dealt   [entity_count] the same ones */
void resample_deal(const struct resample_frame *frame, const struct resample_plan *plan, size_t replicate, const uint32_t *labels,
                   uint32_t *dealt);

/* What holds for each entity, for each row of it. */
void resample_spread(const struct resample_design *design, const uint32_t *of_entity, uint32_t *of_row);

#endif
