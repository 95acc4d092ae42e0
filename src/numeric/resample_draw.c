/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/resample_draw.h"

#include <assert.h>
#include <string.h>

#include "base/chance.h"

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
    size_t largest = 0;
    for (size_t s = 0; s < strata; s++)
        largest = first[s + 1] - first[s] > largest ? first[s + 1] - first[s] : largest;
    *out = (struct resample_frame){design, entities, strata, order, first, NULL, largest};
    return STATUS_OK;
}

enum status resample_laws_make(struct ctx *ctx, struct resample_frame *frame)
{
    frame->laws = arena_array(ctx->arena, frame->stratum_count + 1, sizeof *frame->laws);
    if (!frame->laws)
        return ctx_no_memory(ctx);
    for (size_t s = 0; s < frame->stratum_count; s++) {
        if (frame->first[s + 1] > frame->first[s])
            times_law_make((uint32_t)(frame->first[s + 1] - frame->first[s]), &frame->laws[s]);
    }
    return STATUS_OK;
}

void resample_spread(const struct resample_design *design, const uint32_t *of_entity, uint32_t *of_row)
{
    for (size_t row = 0; row < design->row_count; row++)
        of_row[row] = of_entity[design->units[row]];
}

/* What one stratum is drawn with in a replicate. */
static struct index_draw stratum_draw_of(const struct resample_frame *frame, const struct resample_plan *plan, size_t replicate,
                                         size_t stratum)
{
    size_t first = frame->first[stratum];
    return (struct index_draw){plan->seed, plan->stream, resample_index(replicate) + first,
                               (uint32_t)(frame->first[stratum + 1] - first)};
}

/* Draws as many of a stratum as it has. */
static void stratum_draw(const uint32_t *members, const struct index_draw *draw, const struct times_law *law, uint8_t *bytes,
                         uint32_t *times)
{
    uint32_t picks[INDEX_DRAWS_AT_ONCE], left = times_draw_most(kernel_current(), draw, law, bytes);
    for (uint32_t i = 0; i < draw->count; i++)
        times[members[i]] = bytes[i];
    for (uint32_t first = 0; first < left; first += INDEX_DRAWS_AT_ONCE) {
        uint32_t here = left - first < INDEX_DRAWS_AT_ONCE ? left - first : INDEX_DRAWS_AT_ONCE;
        index_draw(kernel_current(), draw, first, here, picks);
        for (uint32_t i = 0; i < here; i++)
            times[members[picks[i]]]++;
    }
}

bool resample_draw_bytes(const struct resample_frame *frame, const struct resample_plan *plan, size_t replicate, uint8_t *times)
{
    assert(!frame->design->units && !frame->design->strata && !frame->design->cell_counts);
    const struct index_draw draw = stratum_draw_of(frame, plan, replicate, 0);
    return draw.count == 0 || times_draw_bytes(kernel_current(), &draw, &frame->laws[0], times);
}

/* The numbers of one replicate of a count table. */
static struct chance_sequence cells_sequence(const struct resample_plan *plan, size_t replicate)
{
    return (struct chance_sequence){.seed = plan->seed, .stream = plan->stream, .next = resample_index(replicate)};
}

void resample_draw_cells(const struct resample_frame *frame, const struct resample_plan *plan, size_t first, uint32_t *times)
{
    struct chance_sequence sequences[BINOMIAL_LANES];
    for (size_t lane = 0; lane < BINOMIAL_LANES; lane++)
        sequences[lane] = cells_sequence(plan, first + lane);
    multinomial_draw_lanes(kernel_current(), sequences, frame->design->cell_counts, frame->design->row_count, times);
}

void resample_draw_times(const struct resample_frame *frame, const struct resample_plan *plan, size_t replicate,
                         const struct draw_room *room, uint32_t *times)
{
    const struct resample_design *design = frame->design;
    if (design->cell_counts) {
        struct chance_sequence sequence = cells_sequence(plan, replicate);
        multinomial_draw(&sequence, design->cell_counts, design->row_count, times);
        return;
    }
    uint32_t *drawn = design->units ? room->entity_times : times;
    for (size_t s = 0; s < frame->stratum_count; s++) {
        const struct index_draw draw = stratum_draw_of(frame, plan, replicate, s);
        if (draw.count > 0)
            stratum_draw(frame->order + frame->first[s], &draw, &frame->laws[s], room->bytes, drawn);
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
