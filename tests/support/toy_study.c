/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/toy_study.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/chance.h"
#include "model/answers_builder.h"

const char *const toy_segment_texts[TOY_SEGMENTS][4] = {{"10", "9", "north", "east"}, {"b", "a", "-1.5", "1e5"}};
const char *const toy_stratum_names[TOY_STRATA] = {"north", "10", "9", "b"};

/* Draws in a fixed order: the same seed makes the same study. */
static uint64_t draws;

static uint32_t draw(const struct toy_wish *wish, uint32_t below)
{
    return (uint32_t)chance_below(wish->seed, 7, draws++, below);
}

static struct scale toy_scale(const char *id, uint32_t steps)
{
    return (struct scale){.id = id,
                          .min = {.units = 1, .places = 0},
                          .max = {.units = (int64_t)steps, .places = 0},
                          .step = {.units = 1, .places = 0},
                          .steps = steps};
}

static void make_items(struct toy_study *toy)
{
    const struct toy_wish *wish = &toy->wish;
    toy->scales[0] = toy_scale("first", wish->steps);
    toy->scales[1] = toy_scale("second", wish->steps + 2);
    toy->scales[2] = toy_scale("importance", 5);
    for (uint32_t i = 0; i < wish->items; i++) {
        snprintf(toy->item_ids[i], sizeof toy->item_ids[i], "q%u", i + 1);
        bool loose = wish->dimensions == 0 || (wish->gaps_in_design && draw(wish, 8) == 0);
        toy->items[i] = (struct item){.id = toy->item_ids[i],
                                      .text = toy->item_ids[i],
                                      .dimension = loose ? UINT32_MAX : i % wish->dimensions,
                                      .scale = wish->mixed && draw(wish, 4) == 0 ? 1 : 0,
                                      .reverse = wish->reversed && draw(wish, 3) == 0};
        if (!loose) {
            struct dimension *dimension = &toy->dimensions[toy->items[i].dimension];
            toy->dimension_items[toy->items[i].dimension][dimension->item_count++] = i;
        }
    }
    for (uint32_t d = 0; d < wish->dimensions; d++) {
        toy->dimensions[d].id = toy->dimensions[d].title = toy->item_ids[d];
        toy->dimensions[d].items = toy->dimension_items[d];
    }
}

static bool asked_at_all(const struct toy_wish *wish, unsigned standard)
{
    switch ((enum standard)standard) {
    case STANDARD_EXPECTATION:
        return !wish->no_expectation;
    case STANDARD_DESIRED:
    case STANDARD_MINIMUM:
        return wish->zones;
    case STANDARD_IMPORTANCE:
        return wish->importance == IMPORTANCE_RATING;
    case STANDARD_FUNCTIONAL:
    case STANDARD_DYSFUNCTIONAL:
        return wish->kano;
    case STANDARD_PERCEPTION:
    case STANDARD_COUNT:
        break;
    }
    return true;
}

static void make_columns(struct toy_study *toy)
{
    const struct toy_wish *wish = &toy->wish;
    struct columns *columns = &toy->study.columns;
    for (unsigned standard = 0; standard < STANDARD_COUNT; standard++) {
        for (uint32_t i = 0; i < wish->items; i++) {
            bool left_out = wish->gaps_in_design && draw(wish, 6) == 0;
            toy->headers[standard][i] = left_out ? NULL : toy->item_ids[i];
        }
        columns->of_item[standard] = asked_at_all(wish, standard) ? toy->headers[standard] : NULL;
    }
    for (uint32_t d = 0; d < wish->dimensions; d++) {
        toy->points_headers[d] = toy->item_ids[d];
    }
    columns->importance = wish->importance;
    columns->importance_scale = 2;
    columns->points_of_dimension = wish->importance == IMPORTANCE_POINTS ? toy->points_headers : NULL;
    toy->segments[0].column = "area";
    toy->segments[1].column = "kind";
    columns->segments = toy->segments;
    columns->segment_count = TOY_SEGMENTS;
    columns->respondent = "id";
    columns->weight = wish->weighted ? "w" : NULL;
    columns->cluster = wish->clustered ? "c" : NULL;
    columns->strata = wish->stratified ? "s" : NULL;
}

static void make_points(struct toy_study *toy, struct toy_row *row)
{
    const struct toy_wish *wish = &toy->wish;
    int64_t rest = 100;
    for (uint32_t d = 0; d < wish->dimensions; d++) {
        bool last = d + 1 == wish->dimensions;
        int64_t share = last ? rest : (int64_t)draw(wish, (uint32_t)rest + 1);
        rest -= share;
        row->points[d] = share << 20;
        if (last) {
            row->points[d] += ((int64_t)draw(wish, 5) - 2) * (INT64_C(3) << 19); /* 97 … 103 */
            row->points[d] += draw(wish, 6) == 0 ? INT64_C(40) << 20 : 0;
        }
        row->points[d] = row->points[d] < 0 || draw(wish, 9) == 0 ? -1 : row->points[d];
    }
}

static void make_row(struct toy_study *toy, struct toy_row *row)
{
    const struct toy_wish *wish = &toy->wish;
    bool straight = draw(wish, 8) == 0;
    uint32_t level = 1 + draw(wish, 2);
    for (unsigned standard = 0; standard < STANDARD_COUNT; standard++) {
        for (uint32_t i = 0; i < wish->items; i++) {
            uint32_t steps = standard >= STANDARD_IMPORTANCE ? 5 : toy->scales[toy->items[i].scale].steps;
            bool absent = draw(wish, 100) < wish->missing_percent || !study_asks(&toy->study, (enum standard)standard, i);
            uint32_t code = straight ? level : 1 + draw(wish, steps);
            row->codes[standard][i] = absent ? 0 : (uint16_t)code;
            row->missing[standard][i] = (uint8_t)draw(wish, MISSING_COUNT);
        }
    }
    for (unsigned s = 0; s < TOY_SEGMENTS; s++) {
        row->segment[s] = (int)draw(wish, 5) - 1;
    }
    row->weight = wish->weighted ? (INT64_C(1) << 38) + (int64_t)(chance_bits(wish->seed, 9, draws++) >> 22) : 1;
    make_points(toy, row);
}

void toy_study_make(struct toy_study *toy, const struct toy_wish *wish)
{
    memset(toy, 0, sizeof *toy);
    draws = 0;
    toy->wish = *wish;
    make_items(toy);
    toy->study = (struct study){.title = "Toy",
                                .source = "toy",
                                .scales = toy->scales,
                                .scale_count = 3,
                                .dimensions = toy->dimensions,
                                .dimension_count = wish->dimensions,
                                .items = toy->items,
                                .item_count = wish->items};
    make_columns(toy);
    toy->row_count = wish->rows;
    toy->rows = calloc(wish->rows + (size_t)1, sizeof *toy->rows);
    if (toy->rows == NULL) {
        abort();
    }
    for (uint32_t i = 0; i < wish->rows; i++) {
        make_row(toy, &toy->rows[i]);
        toy->rows[i].respondent = wish->repeats ? draw(wish, wish->rows / 2 + 1) : i;
        toy->rows[i].cluster = draw(wish, wish->rows / 4 + 1);
    }
    for (uint32_t i = 0; i < wish->rows && wish->stratified; i++) {
        toy->rows[i].stratum = draw(wish, TOY_STRATA);
    }
}

struct toy_wish toy_wish_random(uint64_t seed)
{
    struct toy_wish wish = {.seed = seed};
    static const uint32_t steps[] = {2, 5, 7, 11, 801, 32765};
    draws = 1u << 20; /* apart from the draws of the study itself */
    wish.rows = draw(&wish, 30);
    wish.items = draw(&wish, 9);
    wish.dimensions = draw(&wish, TOY_DIMENSIONS + 1);
    wish.steps = steps[draw(&wish, 6)];
    wish.mixed = draw(&wish, 3) == 0;
    wish.reversed = draw(&wish, 2) == 0;
    wish.gaps_in_design = draw(&wish, 3) == 0;
    wish.zones = draw(&wish, 2) == 0;
    wish.no_expectation = draw(&wish, 8) == 0;
    wish.importance = (enum importance_kind)draw(&wish, 3);
    wish.weighted = draw(&wish, 2) == 0;
    wish.clustered = draw(&wish, 3) == 0;
    wish.repeats = draw(&wish, 3) == 0;
    wish.kano = draw(&wish, 3) == 0;
    wish.missing_percent = (uint32_t[]){0, 3, 20, 50}[draw(&wish, 4)];
    wish.stratified = draw(&wish, 3) == 0;
    if (wish.importance == IMPORTANCE_POINTS && wish.dimensions == 0) {
        wish.importance = IMPORTANCE_NONE;
    }
    return wish;
}

void toy_study_clear(struct toy_study *toy)
{
    free(toy->rows);
    toy->rows = NULL;
}

static enum status put_codes(struct ctx *ctx, struct answers_builder *builder, const struct toy_study *toy,
                             const struct toy_row *row, const struct answers_row *into)
{
    uint32_t slot = 0;
    for (unsigned standard = 0; standard < STANDARD_COUNT; standard++) {
        for (uint32_t i = 0; i < toy->study.item_count; i++) {
            if (!study_asks(&toy->study, (enum standard)standard, i)) {
                continue;
            }
            enum status status = STATUS_OK;
            if (row->codes[standard][i] != 0) {
                answers_row_set(into, slot, row->codes[standard][i]);
            } else {
                status = answers_mark_missing(ctx, builder, into->encounter, slot, (enum missing)row->missing[standard][i]);
            }
            if (status != STATUS_OK) {
                return status;
            }
            slot++;
        }
    }
    return STATUS_OK;
}

static enum status put_row(struct ctx *ctx, struct answers_builder *builder, const struct toy_study *toy,
                           const struct toy_row *row)
{
    struct answers_row into;
    char id[TOY_TEXT];
    bool fresh;
    enum status status = answers_add(ctx, builder, &into);
    if (status != STATUS_OK) {
        return status;
    }
    for (uint32_t s = 0; s < TOY_SEGMENTS && status == STATUS_OK; s++) {
        if (row->segment[s] >= 0) {
            status = answers_segment_value(ctx, builder, s, span_of(toy_segment_texts[s][row->segment[s]]), &into.segments[s]);
        }
    }
    snprintf(id, sizeof id, "r%u", row->respondent);
    if (status == STATUS_OK) {
        status = answers_respondent(ctx, builder, span_of(id), into.respondent, &fresh);
    }
    snprintf(id, sizeof id, "c%u", row->cluster);
    if (status == STATUS_OK && into.cluster != NULL) {
        status = answers_cluster(ctx, builder, span_of(id), into.cluster);
    }
    if (status == STATUS_OK && into.stratum != NULL) {
        status = answers_stratum(ctx, builder, span_of(toy_stratum_names[row->stratum]), into.stratum);
    }
    if (into.weight != NULL) {
        *into.weight = row->weight;
    }
    for (uint32_t d = 0; d < toy->study.dimension_count && into.points != NULL; d++) {
        into.points[d] = row->points[d];
    }
    return status == STATUS_OK ? put_codes(ctx, builder, toy, row, &into) : status;
}

enum status toy_study_answers(struct ctx *ctx, const struct toy_study *toy, const uint32_t *order, const struct answers **out)
{
    struct answers_builder *builder;
    enum status status = answers_begin(ctx, &toy->study, &builder);
    for (uint32_t i = 0; i < toy->row_count && status == STATUS_OK; i++) {
        status = put_row(ctx, builder, toy, &toy->rows[order == NULL ? i : order[i]]);
    }
    return status == STATUS_OK ? answers_end(ctx, builder, out) : status;
}

struct plan toy_plan(const struct toy_study *toy, enum pair_policy policy)
{
    return (struct plan){
        .study = &toy->study,
        .needs = NEED_PAIRS | NEED_ZONES | NEED_COMPOSITES | NEED_BLOCKS | NEED_CONTRASTS | NEED_IMPORTANCE | NEED_SINGLES,
        .policy = policy,
        .weighted = toy->wish.weighted,
        .sets = {{.segment_count = 0}, {.segments = {0}, .segment_count = 1}, {.segments = {1, 0}, .segment_count = 2}},
        .set_count = 3};
}
