/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pair/pair_contrast.h"

#include <assert.h>

#include "numeric/byte_products.h"

uint64_t pair_contrast_bytes(const struct pair_frame *frame, uint32_t group_count)
{
    uint64_t cells = (uint64_t)frame->pair_count * frame->pair_padded;
    uint64_t small = pair_tile_rows(frame, group_count) > 0 ? 0 : 2 * sizeof(uint32_t);
    uint64_t plain = cells * (small + sizeof(uint32_t) + 2 * sizeof(uint64_t));
    return group_count * (frame->weighted ? frame->contrast_count * sizeof(struct contrast_sums) : plain);
}

enum status pair_contrast_create(struct arena *arena, const struct pair_frame *frame, uint32_t group_count,
                                 struct pair_contrast *out)
{
    size_t all = (size_t)frame->pair_count * frame->pair_padded * group_count + 1;
    out->group_count = group_count;
    out->cells = (size_t)frame->pair_count * frame->pair_padded;
    if (frame->weighted) {
        out->sums = arena_array(arena, (size_t)group_count * frame->contrast_count + 1, sizeof *out->sums);
        return out->sums == NULL ? STATUS_MEMORY : STATUS_OK;
    }
    out->n = arena_array(arena, all, sizeof *out->n);
    out->d = arena_array(arena, all, sizeof *out->d);
    out->dd = arena_array(arena, all, sizeof *out->dd);
    if (pair_tile_rows(frame, group_count) > 0) {
        return out->n != NULL && out->d != NULL && out->dd != NULL ? STATUS_OK : STATUS_MEMORY;
    }
    uint32_t largest = frame->difference_most * frame->difference_most;
    out->pending_most = largest > 0 ? UINT32_MAX / largest : UINT32_MAX;
    out->pending = arena_array(arena, (size_t)group_count + 1, sizeof *out->pending);
    out->small_d = arena_array(arena, all, sizeof *out->small_d);
    out->small_dd = arena_array(arena, all, sizeof *out->small_dd);
    bool whole = out->pending != NULL && out->n != NULL && out->d != NULL && out->dd != NULL && out->small_d != NULL &&
                 out->small_dd != NULL;
    return whole ? STATUS_OK : STATUS_MEMORY;
}

/* One lane of gaps and of masks, all ones where there is a pair. */
struct lane {
    const int16_t *gaps;
    const int16_t *paired;
};

static void lane_small(int32_t gap, const struct lane *with, uint32_t *restrict n, uint32_t *restrict d, uint32_t *restrict dd)
{
    const int16_t *restrict gaps = with->gaps;
    const int16_t *restrict paired = with->paired;
    for (size_t j = 0; j < PAIR_LANES; j++) {
        uint32_t both = (uint32_t)(int32_t)paired[j];
        uint32_t difference = (uint32_t)(gap - gaps[j]) & both;
        n[j] -= both;
        d[j] += difference;
        dd[j] += difference * difference;
    }
}

/* One item against whole lanes of the others. */
static void add_item(struct pair_contrast *contrast, const struct pair_row *row, size_t item, size_t padded, size_t first)
{
    for (size_t lane = item / PAIR_LANES * PAIR_LANES; lane < padded; lane += PAIR_LANES) {
        struct lane with = {.gaps = row->gaps + lane, .paired = row->paired + lane};
        size_t at = first + lane;
        lane_small(row->gaps[item], &with, contrast->n + at, contrast->small_d + at, contrast->small_dd + at);
    }
}

static void contrast_empty(struct pair_contrast *contrast, uint32_t group)
{
    size_t first = group * contrast->cells;
    size_t end = first + contrast->cells;
    if (contrast->pending == NULL) {
        return;
    }
    for (size_t i = first; i < end; i++) {
        contrast->d[i] += (int32_t)contrast->small_d[i];
        contrast->dd[i] += contrast->small_dd[i];
        contrast->small_d[i] = contrast->small_dd[i] = 0;
    }
    contrast->pending[group] = 0;
}

static void add_plain(struct pair_contrast *contrast, const struct pair_frame *frame, uint32_t group, const struct pair_row *row)
{
    for (size_t i = 0; i < frame->pair_count; i++) {
        if (row->paired[i] != 0) {
            add_item(contrast, row, i, frame->pair_padded, group * contrast->cells + i * frame->pair_padded);
        }
    }
    if (++contrast->pending[group] >= contrast->pending_most) {
        contrast_empty(contrast, group);
    }
}

static void sums_add(struct contrast_sums *sums, int64_t weight, int64_t d)
{
    int128 ww = (int128)weight * weight;
    int128 wwdd;
    sums->all.n++;
    sums->all.w += weight;
    sums->all.ww += ww;
    sums->wd += (int128)weight * d;
    sums->wdd += (int128)weight * d * d;
    if (sums->overflow || __builtin_mul_overflow(ww, (int128)d * d, &wwdd) ||
        __builtin_add_overflow(sums->wwdd, wwdd, &sums->wwdd)) {
        sums->overflow = true;
        return;
    }
    sums->wwd += ww * d; /* |Σw²d| <= Σw²d², which fits */
}

static void add_weighted(struct pair_contrast *contrast, const struct pair_frame *frame, uint32_t group,
                         const struct pair_row *row)
{
    struct contrast_sums *sums = contrast->sums + (size_t)group * frame->contrast_count;
    for (uint32_t i = 0; i + 1 < frame->pair_count; i++) {
        for (uint32_t j = i + 1; j < frame->pair_count; j++, sums++) {
            if ((row->paired[i] & row->paired[j]) != 0) {
                sums_add(sums, row->weight, (int64_t)row->gaps[i] - row->gaps[j]);
            }
        }
    }
}

void pair_contrast_add(struct pair_contrast *contrast, const struct pair_frame *frame, uint32_t group, const struct pair_row *row)
{
    if (frame->weighted) {
        add_weighted(contrast, frame, group, row);
    } else if (row->pair_count > 1) {
        add_plain(contrast, frame, group, row);
    }
}

void pair_contrast_add_tile(struct pair_contrast *contrast, const struct pair_frame *frame, uint32_t group,
                            const struct tile_columns *tile)
{
    size_t count = frame->pair_count, row = 4 * count; /* a row: both paired, gap, square and its high bits of the second item */
    if (count < 2) {
        return;
    }
    const struct byte_pairs both = {(const uint8_t *)tile->paired, tile->paired, count, row, tile->stride, tile->rows, false};
    const struct byte_pairs gaps = {tile->raised, tile->gaps, count, count, tile->stride, tile->rows, true};
    int32_t *sums = tile->products, *crossed = tile->products + row * count;
    byte_products(kernel_current(), &both, sums);
    byte_products(kernel_current(), &gaps, crossed);
    for (size_t i = 0; i < count; i++) {
        for (size_t j = i + 1; j < count; j++) {
            size_t cell = group * contrast->cells + i * frame->pair_padded + j;
            const int32_t *first = sums + j * row + i, *second = sums + i * row + j; /* of i where j is there, and the reverse */
            int64_t gap_of_second = sums[j * row + count + j];
            int64_t product = crossed[i * count + j] - 128 * gap_of_second;
            int64_t squares =
                (int64_t)first[2 * count] + second[2 * count] + 128 * ((int64_t)first[3 * count] + second[3 * count]);
            contrast->n[cell] += (uint32_t)*second;
            contrast->d[cell] += first[count] - second[count];
            contrast->dd[cell] += (uint64_t)(squares - 2 * product);
        }
    }
}

static void sums_merge(struct contrast_sums *into, const struct contrast_sums *from)
{
    into->all.n += from->all.n;
    into->all.w += from->all.w;
    into->all.ww += from->all.ww;
    into->wd += from->wd;
    into->wdd += from->wdd;
    into->overflow = into->overflow || from->overflow || __builtin_add_overflow(into->wwdd, from->wwdd, &into->wwdd);
    into->wwd += into->overflow ? 0 : from->wwd;
}

void pair_contrast_merge(struct pair_contrast *into, struct pair_contrast *from, const struct pair_frame *frame,
                         const uint32_t *map)
{
    for (size_t i = 0; i < (size_t)from->group_count * frame->contrast_count && frame->weighted; i++) {
        sums_merge(&into->sums[pair_frame_mapped(map, i, frame->contrast_count)], &from->sums[i]);
    }
    for (uint32_t group = 0; group < from->group_count && !frame->weighted; group++) {
        size_t to = (map == NULL ? group : map[group]) * into->cells;
        contrast_empty(from, group);
        for (size_t i = 0; i < into->cells; i++) {
            into->n[to + i] += from->n[group * from->cells + i];
            into->d[to + i] += from->d[group * from->cells + i];
            into->dd[to + i] += from->dd[group * from->cells + i];
        }
    }
}

static bool contrast_one_scale(const struct pair_frame *frame, uint32_t i, uint32_t j)
{
    const uint32_t both[2] = {frame->pair_items[i], frame->pair_items[j]};
    return pair_frame_one_scale(frame, both, 2);
}

void pair_contrast_track(const struct pair_frame *frame, const struct pair_row *row, struct run_track *track)
{
    uint32_t variable = frame->variables.contrasts;
    for (uint32_t i = 0; i + 1 < frame->pair_count; i++) {
        for (uint32_t j = i + 1; j < frame->pair_count; j++, variable++) {
            if ((row->paired[i] & row->paired[j]) != 0) {
                run_track_add(track, variable, (int64_t)row->gaps[i] - row->gaps[j]);
            }
        }
    }
}

static void contrast_give(const struct pair_contrast *contrast, const struct contrast_sums *sums, size_t cell,
                          struct contrast *out)
{
    if (sums == NULL) {
        int128 n = contrast->n[cell];
        out->all = (struct weight_sum){.n = contrast->n[cell], .w = n, .ww = n};
        out->wd = out->wwd = contrast->d[cell];
        out->wdd = out->wwdd = (int128)contrast->dd[cell];
        return;
    }
    if (sums->overflow) {
        out->blank = REASON_OVERFLOW;
        return;
    }
    out->all = sums->all;
    out->wd = sums->wd;
    out->wdd = sums->wdd;
    out->wwd = sums->wwd;
    out->wwdd = sums->wwdd;
}

enum status pair_contrast_finish(struct ctx *ctx, const struct pair_frame *frame, struct pair_contrast *contrast,
                                 const struct run_result *runs, struct contrast **out)
{
    size_t count = (size_t)contrast->group_count * frame->contrast_count;
    struct contrast *next = arena_array(ctx->arena, count + 1, sizeof *next);
    *out = next;
    if (next == NULL) {
        return ctx_no_memory(ctx);
    }
    for (size_t row = 0; row < (size_t)contrast->group_count * frame->pair_count; row++) {
        assert(frame->pair_count > 0);
        uint32_t group = (uint32_t)(row / frame->pair_count);
        uint32_t i = (uint32_t)(row % frame->pair_count);
        if (i == 0 && !frame->weighted) {
            contrast_empty(contrast, group);
        }
        for (uint32_t j = i + 1; j < frame->pair_count; j++, next++) {
            assert(frame->contrast_count > 0);
            uint32_t index = (uint32_t)((size_t)(next - *out) % frame->contrast_count);
            size_t cell = group * contrast->cells + (size_t)i * frame->pair_padded + j;
            next->first = frame->pair_items[i];
            next->second = frame->pair_items[j];
            if (!contrast_one_scale(frame, i, j)) {
                next->blank = REASON_MIXED_SCALES;
                continue;
            }
            contrast_give(contrast, frame->weighted ? &contrast->sums[next - *out] : NULL, cell, next);
            next->respondents = run_result_respondents(runs, group, frame->variables.contrasts + index, next->all.n);
            next->difference = run_result_sums(runs, group, frame->variables.contrasts + index);
        }
    }
    return STATUS_OK;
}
