/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pair/pair_composite.h"

#define DENSE_BYTES (UINT64_C(64) << 20)

static enum status composite_shape(struct arena *arena, const struct pair_frame *frame, uint32_t group_count,
                                   struct cell_shape *out)
{
    uint64_t *widths = arena_array(arena, (size_t)frame->score_count + 1, sizeof *widths);
    if (widths == NULL) {
        return STATUS_MEMORY;
    }
    for (uint32_t i = 0; i < frame->score_count; i++) {
        const struct score_rule *rule = &frame->scores[i];
        widths[i] = rule->blank == REASON_NONE ? 2 * (uint64_t)rule->most + 1 : 0;
    }
    *out = (struct cell_shape){.group_count = group_count,
                               .owner_count = frame->score_count,
                               .widths = widths,
                               .dense_most = DENSE_HISTOGRAM_CELLS_MAX,
                               .dense_bytes = DENSE_BYTES,
                               .weighted = frame->weighted};
    return STATUS_OK;
}

uint64_t pair_composite_bytes(const struct pair_frame *frame, uint32_t group_count)
{
    return (uint64_t)group_count * frame->score_count * sizeof(struct composite_sums) + DENSE_BYTES;
}

enum status pair_composite_create(struct arena *arena, const struct pair_frame *frame, uint32_t group_count,
                                  struct pair_composite *out)
{
    struct cell_shape shape;
    if (composite_shape(arena, frame, group_count, &shape) != STATUS_OK) {
        return STATUS_MEMORY;
    }
    out->group_count = group_count;
    out->sums = arena_array(arena, (size_t)group_count * frame->score_count + 1, sizeof *out->sums);
    return out->sums == NULL ? STATUS_MEMORY : cell_store_create(arena, &shape, &out->gaps);
}

static void weight_add(struct weight_sum *sum, int64_t weight)
{
    sum->n++;
    sum->w += weight;
    sum->ww += (int128)weight * weight;
}

static void composite_moments(struct composite_sums *sums, const struct row_score *score, int64_t weight, bool weighted)
{
    if (!weighted) {
        sums->all.n++;
        sums->we += score->e;
        sums->wp += score->p;
        sums->ee += (int128)score->e * score->e;
        sums->pp += (int128)score->p * score->p;
        sums->ep += (int128)score->e * score->p;
        return;
    }
    int128 we = (int128)weight * score->e;
    int128 wp = (int128)weight * score->p;
    weight_add(&sums->all, weight);
    sums->we += we;
    sums->wp += wp;
    long_sum_add_product(&sums->wee, we, score->e);
    long_sum_add_product(&sums->wpp, wp, score->p);
    long_sum_add_product(&sums->wep, we, score->p);
}

enum status pair_composite_add(struct pair_composite *composite, const struct pair_frame *frame, uint32_t group,
                               const struct pair_row *row)
{
    struct composite_sums *of_group = composite->sums + (size_t)group * frame->score_count;
    for (uint32_t i = 0; i < frame->score_count; i++) {
        const struct row_score *score = &row->scores[i];
        if (!score->present) {
            of_group[i].expectation_only += score->expectation_enough && !score->perception_enough;
            of_group[i].perception_only += score->perception_enough && !score->expectation_enough;
            continue;
        }
        composite_moments(&of_group[i], score, row->weight, frame->weighted);
        if (score->e == frame->scores[i].most) {
            weight_add(&of_group[i].ceiling, row->weight);
        }
        uint64_t value = (uint64_t)(score->p - score->e + frame->scores[i].most);
        if (cell_store_add(&composite->gaps, group, i, value, row->weight) != STATUS_OK) {
            return STATUS_MEMORY;
        }
    }
    return STATUS_OK;
}

static void weight_merge(struct weight_sum *into, const struct weight_sum *from)
{
    into->n += from->n;
    into->w += from->w;
    into->ww += from->ww;
}

static void sums_merge(struct composite_sums *sums, const struct composite_sums *more)
{
    weight_merge(&sums->all, &more->all);
    weight_merge(&sums->ceiling, &more->ceiling);
    sums->we += more->we;
    sums->wp += more->wp;
    sums->ee += more->ee;
    sums->pp += more->pp;
    sums->ep += more->ep;
    long_sum_merge(&sums->wee, &more->wee);
    long_sum_merge(&sums->wpp, &more->wpp);
    long_sum_merge(&sums->wep, &more->wep);
    sums->expectation_only += more->expectation_only;
    sums->perception_only += more->perception_only;
}

enum status pair_composite_merge(struct pair_composite *into, const struct pair_composite *from, const struct pair_frame *frame,
                                 const uint32_t *map)
{
    for (size_t i = 0; i < (size_t)from->group_count * frame->score_count; i++) {
        sums_merge(&into->sums[pair_frame_mapped(map, i, frame->score_count)], &from->sums[i]);
    }
    return cell_store_merge(&into->gaps, &from->gaps, map);
}

void pair_composite_track(const struct pair_frame *frame, const struct pair_row *row, struct run_track *track)
{
    for (uint32_t i = 0; i < frame->score_count; i++) {
        const struct row_score *score = &row->scores[i];
        if (score->present) {
            run_track_add(track, frame->variables.scores + 2 * i, score->p - score->e);
            run_track_add(track, frame->variables.scores + 2 * i + 1, score->p < score->e);
        }
    }
}

static struct weight_sum weight_of(const struct weight_sum *sum, bool weighted)
{
    return weighted ? *sum : (struct weight_sum){.n = sum->n, .w = (int128)sum->n, .ww = (int128)sum->n};
}

static void composite_sums_give(const struct composite_sums *sums, bool weighted, struct composite *out)
{
    out->all = weight_of(&sums->all, weighted);
    out->ceiling = weight_of(&sums->ceiling, weighted);
    out->we = sums->we;
    out->wp = sums->wp;
    out->wee = weighted ? long_sum_wide(&sums->wee) : wide_from(sums->ee);
    out->wpp = weighted ? long_sum_wide(&sums->wpp) : wide_from(sums->pp);
    out->wep = weighted ? long_sum_wide(&sums->wep) : wide_from(sums->ep);
    out->expectation_only = sums->expectation_only;
    out->perception_only = sums->perception_only;
}

static enum status composite_cells_give(struct ctx *ctx, const struct cell_list *list, int64_t most, struct composite *out)
{
    struct composite_cell *cells = arena_array(ctx->arena, list->count + 1, sizeof *cells);
    if (cells == NULL) {
        return ctx_no_memory(ctx);
    }
    for (size_t i = 0; i < list->count; i++) {
        cells[i] = (struct composite_cell){.gap = (int64_t)list->values[i] - most, .sum = list->sums[i]};
    }
    out->cell_count = list->count;
    out->cells = cells;
    return STATUS_OK;
}

enum status pair_composite_finish(struct ctx *ctx, struct arena *scratch, const struct pair_frame *frame,
                                  struct pair_composite *composite, const struct run_result *runs, struct composite **out)
{
    size_t count = (size_t)composite->group_count * frame->score_count;
    struct cell_list list = {.count = 0};
    cell_store_seal(&composite->gaps);
    *out = arena_array(ctx->arena, count + 1, sizeof **out);
    if (*out == NULL) {
        return ctx_no_memory(ctx);
    }
    for (size_t i = 0; i < count; i++) {
        uint32_t group = (uint32_t)(i / frame->score_count);
        uint32_t score = (uint32_t)(i % frame->score_count);
        const struct score_rule *rule = &frame->scores[score];
        struct composite *of = *out + i;
        of->blank = rule->blank;
        of->scale = rule->scale;
        of->denominator = rule->denominator;
        of->item_count = rule->part_count;
        composite_sums_give(&composite->sums[i], frame->weighted, of);
        if (cell_store_read(&composite->gaps, group, score, scratch, &list) != STATUS_OK) {
            return ctx_no_memory(ctx);
        }
        enum status status = composite_cells_give(ctx, &list, rule->most, of);
        if (status != STATUS_OK) {
            return status;
        }
        uint32_t variable = frame->variables.scores + 2 * score;
        of->respondents = run_result_respondents(runs, group, variable, of->all.n);
        of->difference[0] = run_result_sums(runs, group, variable);
        of->difference[1] = run_result_sums(runs, group, variable + 1);
    }
    return STATUS_OK;
}
