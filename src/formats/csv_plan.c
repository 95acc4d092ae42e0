/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/csv_plan.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

#include "formats/csv_header.h"

enum { FILES_MOST = 2 };

/* Where a column must be. */
enum where { WHERE_ANY, WHERE_FIRST, WHERE_SECOND, WHERE_EACH };

struct planner {
    struct ctx *ctx;
    struct csv_lookup lookup;
    const struct csv_heads *heads;
    const struct study *study;
    struct csv_plan *plans;
};

/* Finds a named column in the files where it may be.
 * gives   found[file]; CSV_NO_COLUMN for a column that is not named */
static enum status find(struct planner *planner, const char *header, enum where where, uint32_t found[2])
{
    const uint32_t count = planner->heads->count;
    bool somewhere = false;
    assert(count <= FILES_MOST);
    found[0] = found[1] = CSV_NO_COLUMN;
    if (header == NULL)
        return STATUS_OK;
    for (uint32_t file = 0; file < count; file++) {
        bool excluded = count == 2 && ((where == WHERE_FIRST && file == 1) || (where == WHERE_SECOND && file == 0));
        if (excluded)
            continue;
        enum status status = csv_lookup_find(planner->ctx, &planner->lookup, file, header, &found[file]);
        if (status != STATUS_OK)
            return status;
        somewhere = somewhere || found[file] != CSV_NO_COLUMN;
        if (found[file] == CSV_NO_COLUMN && where == WHERE_EACH)
            csv_lookup_absent(&planner->lookup, file, header);
    }
    if (!somewhere && where != WHERE_EACH)
        csv_lookup_absent(&planner->lookup, count == 2 && where == WHERE_SECOND ? 1 : 0, header);
    return STATUS_OK;
}

static enum where where_standard(enum standard standard)
{
    return standard == STANDARD_EXPECTATION ? WHERE_FIRST : standard == STANDARD_PERCEPTION ? WHERE_SECOND : WHERE_ANY;
}

static enum status find_answer(struct planner *planner, enum standard standard, uint32_t item, uint32_t slot)
{
    const struct study *study = planner->study;
    uint32_t found[2] = {CSV_NO_COLUMN, CSV_NO_COLUMN};
    enum status status = find(planner, study->columns.of_item[standard][item], where_standard(standard), found);
    for (uint32_t file = 0; file < FILES_MOST && status == STATUS_OK; file++) {
        if (found[file] == CSV_NO_COLUMN)
            continue;
        struct csv_plan *plan = &planner->plans[file];
        plan->answers[plan->answer_count++] = (struct csv_answer_column){.column = found[file],
                                                                         .slot = slot,
                                                                         .standard = standard,
                                                                         .item = item,
                                                                         .scale = csv_scale_place(study, standard, item)};
    }
    return status;
}

static enum status find_answers(struct planner *planner, const uint32_t *slots)
{
    const struct study *study = planner->study;
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < (uint32_t)STANDARD_COUNT * study->item_count && status == STATUS_OK; i++) {
        if (slots[i] != UINT32_MAX)
            status = find_answer(planner, (enum standard)(i / study->item_count), i % study->item_count, slots[i]);
    }
    return status;
}

/* Where a found column is written to: the member of a plan at this offset. */
#define COLUMN_OF(plan, offset) ((uint32_t *)(void *)((char *)(plan) + (offset)))

static enum status find_one(struct planner *planner, const char *header, enum where where, size_t offset)
{
    uint32_t found[2];
    enum status status = find(planner, header, where, found);
    for (uint32_t file = 0; file < FILES_MOST && file < planner->heads->count; file++)
        *COLUMN_OF(&planner->plans[file], offset) = found[file];
    return status;
}

static enum status find_long(struct planner *planner)
{
    const struct long_columns *in_rows = &planner->study->columns.in_rows;
    enum status status = find_one(planner, in_rows->item, WHERE_ANY, offsetof(struct csv_plan, item));
    if (status == STATUS_OK)
        status = find_one(planner, in_rows->standard, WHERE_ANY, offsetof(struct csv_plan, standard));
    if (status == STATUS_OK && in_rows->standard != NULL)
        status = find_one(planner, in_rows->value, WHERE_ANY, offsetof(struct csv_plan, value));
    for (size_t i = 0; i < STANDARD_COUNT && status == STATUS_OK && in_rows->standard == NULL; i++)
        status = find_one(planner, in_rows->standard_column[i], WHERE_ANY,
                          offsetof(struct csv_plan, standard_column) + i * sizeof(uint32_t));
    return status;
}

static enum status find_journey(struct planner *planner)
{
    const struct columns *columns = &planner->study->columns;
    enum status status = find_one(planner, columns->touchpoint, WHERE_ANY, offsetof(struct csv_plan, touchpoint));
    if (status == STATUS_OK)
        status = find_one(planner, columns->time, WHERE_ANY, offsetof(struct csv_plan, time));
    if (status == STATUS_OK)
        status = find_one(planner, columns->journey.order, WHERE_ANY, offsetof(struct csv_plan, order));
    if (status == STATUS_OK)
        status = find_one(planner, columns->journey.rating, WHERE_ANY, offsetof(struct csv_plan, rating));
    return status;
}

static enum status find_layout(struct planner *planner, const uint32_t *slots)
{
    switch (planner->study->columns.layout) {
    case LAYOUT_LONG:
        return find_long(planner);
    case LAYOUT_JOURNEY:
        return find_journey(planner);
    case LAYOUT_WIDE:
        break;
    }
    return find_answers(planner, slots);
}

/* Columns that are the same in every row of an encounter. */
static enum status find_of_encounter(struct planner *planner)
{
    const struct columns *columns = &planner->study->columns;
    const struct {
        const char *header;
        size_t offset;
    } single[] = {
        {columns->respondent, offsetof(struct csv_plan, respondent)}, {columns->encounter, offsetof(struct csv_plan, encounter)},
        {columns->weight, offsetof(struct csv_plan, weight)},         {columns->cluster, offsetof(struct csv_plan, cluster)},
        {columns->strata, offsetof(struct csv_plan, stratum)},
    };
    enum status status = find_one(planner, planner->heads->key, WHERE_EACH, offsetof(struct csv_plan, key));
    for (size_t i = 0; i < sizeof single / sizeof *single && status == STATUS_OK; i++)
        status = find_one(planner, single[i].header, WHERE_ANY, single[i].offset);
    return status;
}

static enum status find_list(struct planner *planner, const char *header, uint32_t index, size_t offset)
{
    uint32_t found[2];
    enum status status = find(planner, header, WHERE_ANY, found);
    for (uint32_t file = 0; file < FILES_MOST && file < planner->heads->count; file++) {
        uint32_t *list;
        memcpy(&list, (const char *)&planner->plans[file] + offset, sizeof list);
        list[index] = found[file];
    }
    return status;
}

/* A column that the study's forms imply need not be in the file. */
static enum status find_implied(struct planner *planner, const char *header, size_t offset)
{
    enum status status = STATUS_OK;
    for (uint32_t file = 0; file < planner->heads->count && status == STATUS_OK; file++)
        status = csv_lookup_find(planner->ctx, &planner->lookup, file, header, COLUMN_OF(&planner->plans[file], offset));
    return status;
}

static enum status find_arm(struct planner *planner)
{
    const struct columns *columns = &planner->study->columns;
    const size_t offset = offsetof(struct csv_plan, arm);
    return columns->arm_implied ? find_implied(planner, columns->arm, offset)
                                : find_one(planner, columns->arm, WHERE_ANY, offset);
}

/* Where expectations come from. */
static enum status find_sources(struct planner *planner)
{
    const struct source_columns *sources = &planner->study->columns.sources;
    if (sources->implied)
        return find_implied(planner, sources->list, offsetof(struct csv_plan, source_list));
    enum status status = find_one(planner, sources->list, WHERE_ANY, offsetof(struct csv_plan, source_list));
    for (size_t i = 0; i < SOURCE_COUNT && status == STATUS_OK; i++)
        status = find_one(planner, sources->columns[i], WHERE_ANY, offsetof(struct csv_plan, sources) + i * sizeof(uint32_t));
    return status;
}

static enum status find_lists(struct planner *planner)
{
    const struct columns *columns = &planner->study->columns;
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < columns->segment_count && status == STATUS_OK; i++)
        status = find_list(planner, columns->segments[i].column, i, offsetof(struct csv_plan, segments));
    for (uint32_t i = 0; i < columns->outcome_count && status == STATUS_OK; i++)
        status = find_list(planner, columns->outcomes[i].column, i, offsetof(struct csv_plan, outcomes));
    for (uint32_t i = 0; i < columns->comment_count && status == STATUS_OK; i++)
        status = find_list(planner, columns->comments[i], i, offsetof(struct csv_plan, comments));
    if (columns->importance != IMPORTANCE_POINTS)
        return status;
    for (uint32_t i = 0; i < planner->study->dimension_count && status == STATUS_OK; i++)
        status = find_list(planner, columns->points_of_dimension[i], i, offsetof(struct csv_plan, points));
    return status;
}

/* Columns that no number comes from yet must be there all the same: the study says they are. */
static enum status find_unread(struct planner *planner)
{
    const struct columns *columns = &planner->study->columns;
    bool moments = columns->layout == LAYOUT_JOURNEY; /* then these two have been looked for */
    const char *const single[] = {columns->channel, moments ? NULL : columns->touchpoint, columns->employee, columns->wave,
                                  moments ? NULL : columns->time};
    uint32_t found[2];
    enum status status = STATUS_OK;
    for (size_t i = 0; i < sizeof single / sizeof *single && status == STATUS_OK; i++)
        status = find(planner, single[i], WHERE_ANY, found);
    return status;
}

static enum status plan_create(struct ctx *ctx, const struct study *study, struct csv_plan *plan)
{
    size_t answers = (size_t)STANDARD_COUNT * study->item_count;
    *plan = (struct csv_plan){.item = CSV_NO_COLUMN,
                              .standard = CSV_NO_COLUMN,
                              .value = CSV_NO_COLUMN,
                              .touchpoint = CSV_NO_COLUMN,
                              .time = CSV_NO_COLUMN,
                              .order = CSV_NO_COLUMN,
                              .rating = CSV_NO_COLUMN,
                              .source_list = CSV_NO_COLUMN,
                              .arm = CSV_NO_COLUMN};
    for (size_t i = 0; i < STANDARD_COUNT; i++)
        plan->standard_column[i] = CSV_NO_COLUMN;
    for (size_t i = 0; i < SOURCE_COUNT; i++)
        plan->sources[i] = CSV_NO_COLUMN;
    plan->answers = arena_array(ctx->arena, answers + 1, sizeof *plan->answers);
    plan->runs = arena_array(ctx->arena, answers + 1, sizeof *plan->runs);
    plan->segments = arena_array(ctx->arena, (size_t)study->columns.segment_count + 1, sizeof *plan->segments);
    plan->outcomes = arena_array(ctx->arena, (size_t)study->columns.outcome_count + 1, sizeof *plan->outcomes);
    plan->points = arena_array(ctx->arena, (size_t)study->dimension_count + 1, sizeof *plan->points);
    plan->comments = arena_array(ctx->arena, (size_t)study->columns.comment_count + 1, sizeof *plan->comments);
    bool made = plan->comments != NULL && plan->answers != NULL && plan->runs != NULL && plan->segments != NULL &&
                plan->outcomes != NULL && plan->points != NULL;
    return made ? STATUS_OK : ctx_no_memory(ctx);
}

static void find_runs(struct csv_plan *plan)
{
    for (uint32_t i = 0; i < plan->answer_count; i++) {
        const struct csv_answer_column *answer = &plan->answers[i], *before = answer - 1;
        bool beside =
            i > 0 && answer->column == before->column + 1 && answer->slot == before->slot + 1 && answer->scale == before->scale;
        if (!beside)
            plan->runs[plan->run_count++] = (struct csv_answer_run){i, 0};
        plan->runs[plan->run_count - 1].count++;
    }
}

enum status csv_plan_columns(struct ctx *ctx, const struct csv_heads *heads, const struct study *study, const uint32_t *slots,
                             struct csv_plan *plans)
{
    struct planner planner = {.ctx = ctx, .heads = heads, .study = study, .plans = plans};
    enum status status = csv_lookup_begin(ctx, heads->at, heads->count, &planner.lookup);
    for (uint32_t file = 0; file < heads->count && status == STATUS_OK; file++)
        status = plan_create(ctx, study, &plans[file]);
    if (status == STATUS_OK)
        status = find_of_encounter(&planner);
    if (status == STATUS_OK)
        status = find_layout(&planner, slots);
    if (status == STATUS_OK)
        status = find_lists(&planner);
    if (status == STATUS_OK)
        status = find_arm(&planner);
    if (status == STATUS_OK)
        status = find_sources(&planner);
    if (status == STATUS_OK)
        status = find_unread(&planner);
    for (uint32_t file = 0; file < heads->count && status == STATUS_OK; file++)
        find_runs(&plans[file]);
    return status == STATUS_OK ? csv_lookup_end(ctx, &planner.lookup) : status;
}

/* A column that the other plan has too is left to it. */
static uint32_t unless(uint32_t column, uint32_t other)
{
    return other == CSV_NO_COLUMN ? column : CSV_NO_COLUMN;
}

static bool has_slot(const struct csv_plan *plan, uint32_t slot)
{
    for (uint32_t i = 0; i < plan->answer_count; i++) {
        if (plan->answers[i].slot == slot)
            return true;
    }
    return false;
}

enum status csv_plan_without(struct ctx *ctx, const struct study *study, const struct csv_plan *plan,
                             const struct csv_plan *first, struct csv_plan *out)
{
    enum status status = plan_create(ctx, study, out);
    if (status != STATUS_OK)
        return status;
    for (uint32_t i = 0; i < plan->answer_count; i++) {
        if (!has_slot(first, plan->answers[i].slot))
            out->answers[out->answer_count++] = plan->answers[i];
    }
    find_runs(out);
    out->key = plan->key;
    out->respondent = unless(plan->respondent, first->respondent);
    out->encounter = unless(plan->encounter, first->encounter);
    out->weight = unless(plan->weight, first->weight);
    out->cluster = unless(plan->cluster, first->cluster);
    out->stratum = unless(plan->stratum, first->stratum);
    for (uint32_t i = 0; i < study->columns.segment_count; i++)
        out->segments[i] = unless(plan->segments[i], first->segments[i]);
    for (uint32_t i = 0; i < study->columns.outcome_count; i++)
        out->outcomes[i] = unless(plan->outcomes[i], first->outcomes[i]);
    for (uint32_t i = 0; i < study->dimension_count; i++)
        out->points[i] = unless(plan->points[i], first->points[i]);
    for (uint32_t i = 0; i < study->columns.comment_count; i++)
        out->comments[i] = unless(plan->comments[i], first->comments[i]);
    out->arm = unless(plan->arm, first->arm);
    out->source_list = unless(plan->source_list, first->source_list);
    for (uint32_t i = 0; i < SOURCE_COUNT; i++)
        out->sources[i] = unless(plan->sources[i], first->sources[i]);
    return STATUS_OK;
}
