/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/resample_draw.h"

#include <assert.h>
#include <string.h>

#include "base/chance.h"
#include "numeric/index_draw.h"
#include "numeric/multinomial_draw.h"

uint64_t resample_index(size_t replicate)
{
    return (uint64_t)replicate << 32;
}

/* All are in one when there are none. */
static uint32_t stratum_of(const struct resample_design *design, size_t entity)
{
    return design->strata ? design->strata[entity] : 0;
}

enum status resample_frame_make(struct ctx *ctx, const struct resample_design *design, struct resample_frame *out)
{
    assert(design->row_count <= UINT32_MAX && !(design->cell_counts && (design->units || design->strata)));
    size_t entities = design->units ? design->unit_count : design->row_count;
    size_t strata = design->strata ? design->stratum_count : 1;
    uint32_t *order = arena_array(ctx->arena, entities + 1, sizeof *order);
    size_t *first = arena_array(ctx->arena, strata + 2, sizeof *first);
    if (!order || !first)
        return ctx_no_memory(ctx);
    /* A counting sort: first[s + 1] is where the next entity of stratum s goes, and ends as where s + 1 begins. */
    for (size_t e = 0; e < entities; e++)
        first[stratum_of(design, e) + 2]++;
    for (size_t s = 1; s <= strata; s++)
        first[s + 1] += first[s];
    for (size_t e = 0; e < entities; e++)
        order[first[stratum_of(design, e) + 1]++] = (uint32_t)e;
    *out = (struct resample_frame){design, entities, strata, order, first};
    return STATUS_OK;
}

void resample_spread(const struct resample_design *design, const uint32_t *of_entity, uint32_t *of_row)
{
    for (size_t row = 0; row < design->row_count; row++)
        of_row[row] = of_entity[design->units[row]];
}

/* Draws as many of a stratum as it has. */
static void stratum_draw(const uint32_t *members, const struct index_draw *draw, uint32_t *times)
{
    uint32_t picks[INDEX_DRAWS_AT_ONCE];
    for (uint32_t first = 0; first < draw->count;) {
        uint32_t here = draw->count - first < INDEX_DRAWS_AT_ONCE ? draw->count - first : INDEX_DRAWS_AT_ONCE;
        index_draw(kernel_current(), draw, first, here, picks);
        for (uint32_t i = 0; i < here; i++)
            times[members[picks[i]]]++;
        first += here;
    }
}

void resample_draw_times(const struct resample_frame *frame, const struct resample_plan *plan, size_t replicate,
                         uint32_t *entity_times, uint32_t *times)
{
    const struct resample_design *design = frame->design;
    uint64_t index = resample_index(replicate);
    if (design->cell_counts) {
        struct chance_sequence sequence = {plan->seed, plan->stream, index};
        multinomial_draw(&sequence, design->cell_counts, design->row_count, times);
        return;
    }
    uint32_t *drawn = design->units ? entity_times : times;
    memset(drawn, 0, frame->entity_count * sizeof *drawn);
    for (size_t s = 0; s < frame->stratum_count; s++) {
        size_t first = frame->first[s];
        const struct index_draw draw = {plan->seed, plan->stream, index + first, (uint32_t)(frame->first[s + 1] - first)};
        stratum_draw(frame->order + first, &draw, drawn);
    }
    if (design->units)
        resample_spread(design, drawn, times);
}

void resample_deal(const struct resample_frame *frame, const struct resample_plan *plan, size_t replicate, const uint32_t *labels,
                   uint32_t *dealt)
{
    uint64_t index = resample_index(replicate);
    memcpy(dealt, labels, frame->entity_count * sizeof *dealt);
    for (size_t s = 0; s < frame->stratum_count; s++) {
        const uint32_t *members = frame->order + frame->first[s];
        for (size_t left = frame->first[s + 1] - frame->first[s]; left > 1; left--) {
            uint32_t *last = &dealt[members[left - 1]];
            uint32_t *other = &dealt[members[chance_below(plan->seed, plan->stream, index + frame->first[s] + left, left)]];
            uint32_t kept = *last;
            *last = *other;
            *other = kept;
        }
    }
}
