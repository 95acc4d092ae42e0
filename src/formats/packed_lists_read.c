/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/intern.h"
#include "base/limits.h"
#include "formats/packed_layout.h"
#include "formats/packed_lists.h"
#include "formats/packed_values.h"

/* Ids of runs lie below 10^18 (model/id_list.h). */
#define IDS_END UINT64_C(1000000000000000000)
/* 1900 up to 2199, the years of model/calendar.h, and a day at either end for times of other zones. */
#define MS_FIRST INT64_C(-2209075200000)
#define MS_LAST  INT64_C(7258204800000)

static void take_origin(struct packed_cursor *cursor, struct packed_origin *origin)
{
    origin->count = (uint32_t)packed_take(cursor, 1, PACKED_FILES_MOST);
    cursor->bad = cursor->bad || origin->count == 0;
    for (uint32_t i = 0; i < origin->count && !cursor->bad; i++) {
        struct packed_origin_file *file = &origin->files[i];
        file->name = packed_take_some_text(cursor);
        file->stamp.size = packed_take(cursor, 8, UINT64_MAX);
        file->stamp.inode = packed_take(cursor, 8, UINT64_MAX);
        file->stamp.modified_ns = (int64_t)packed_take(cursor, 8, UINT64_MAX);
        file->stamp.changed_ns = (int64_t)packed_take(cursor, 8, UINT64_MAX);
        file->doubtful = packed_take(cursor, 1, 1) != 0;
        const unsigned char *content = packed_take_bytes(cursor, sizeof file->content.bytes);
        if (content != NULL)
            memcpy(file->content.bytes, content, sizeof file->content.bytes);
    }
    origin->key = packed_take_text(cursor);
}

static enum status take_texts(struct ctx *ctx, struct packed_cursor *cursor, uint64_t most, const char *const **out,
                              uint32_t *count)
{
    uint64_t many = packed_take_count(cursor, PACKED_TEXT_BYTES);
    cursor->bad = cursor->bad || many > most;
    many = cursor->bad ? 0 : many;
    const char **texts = arena_array(ctx->arena, (size_t)many + 1, sizeof *texts);
    if (texts == NULL)
        return ctx_no_memory(ctx);
    for (uint64_t i = 0; i < many; i++)
        texts[i] = packed_take_some_text(cursor);
    *out = texts;
    *count = (uint32_t)many;
    return STATUS_OK;
}

/* The same where there may be none at all, as in studies without such a column. */
static enum status take_some_texts(struct ctx *ctx, struct packed_cursor *cursor, const char *const **out, uint32_t *count)
{
    enum status status = take_texts(ctx, cursor, ENCOUNTERS_MAX, out, count);
    if (*count == 0)
        *out = NULL;
    return status;
}

/* Values of a segment are told apart by their texts, and a missing one has none. */
static enum status values_differ(struct ctx *ctx, const char *const *values, uint32_t count, bool *differ)
{
    struct intern *intern;
    enum status status = intern_create(ctx, SEGMENT_VALUES_MAX, &intern);
    for (uint32_t i = 0; i < count && status == STATUS_OK && *differ; i++) {
        uint32_t number;
        bool fresh = false;
        status = intern_add(intern, span_of(values[i]), &number, &fresh);
        *differ = fresh && values[i][0] != '\0';
    }
    return status == STATUS_OK ? status : ctx_no_memory(ctx);
}

static enum status take_values(struct ctx *ctx, struct packed_cursor *cursor, const char *const **values, uint32_t *count)
{
    bool differ = true;
    enum status status = take_texts(ctx, cursor, SEGMENT_VALUES_MAX, values, count);
    if (status == STATUS_OK)
        status = values_differ(ctx, *values, *count, &differ);
    cursor->bad = cursor->bad || !differ;
    return status;
}

static enum status take_names(struct ctx *ctx, struct packed_cursor *cursor, struct answers *answers)
{
    const uint32_t count = answers->study->columns.segment_count;
    const char *const **values = arena_array(ctx->arena, count + 1u, sizeof *values);
    uint32_t *counts = arena_array(ctx->arena, count + 1u, sizeof *counts);
    enum status status = values == NULL || counts == NULL ? ctx_no_memory(ctx) : STATUS_OK;
    for (uint32_t i = 0; i < count && status == STATUS_OK; i++)
        status = take_values(ctx, cursor, &values[i], &counts[i]);
    answers->segment_values = values;
    answers->segment_value_count = counts;
    if (status == STATUS_OK)
        status = take_some_texts(ctx, cursor, &answers->cluster_names, &answers->cluster_count);
    return status == STATUS_OK ? take_some_texts(ctx, cursor, &answers->stratum_names, &answers->stratum_count) : status;
}

static enum status take_marks(struct ctx *ctx, struct packed_cursor *cursor, struct answers *answers)
{
    cursor->bad = cursor->bad || answers->respondent_count > cursor->left / PACKED_VALUE_BYTES;
    const size_t count = cursor->bad ? 0 : answers->respondent_count;
    uint64_t *marks = arena_array(ctx->arena, count + 1, sizeof *marks);
    if (marks == NULL)
        return ctx_no_memory(ctx);
    for (size_t i = 0; i < count; i++)
        marks[i] = packed_take(cursor, 8, UINT64_MAX);
    answers->respondent_marks = marks;
    return STATUS_OK;
}

static enum status take_runs(struct ctx *ctx, struct packed_cursor *cursor, struct answers *answers)
{
    const size_t count = (size_t)packed_take_count(cursor, PACKED_RUN_BYTES);
    struct id_run *runs = arena_array(ctx->arena, count + 1, sizeof *runs);
    uint64_t number = 0, after = 0;
    if (runs == NULL)
        return ctx_no_memory(ctx);
    for (size_t i = 0; i < count; i++) {
        runs[i].first = packed_take(cursor, 8, IDS_END - 1);
        runs[i].count = (uint32_t)packed_take(cursor, 4, ENCOUNTERS_MAX);
        runs[i].number = (uint32_t)number;
        cursor->bad =
            cursor->bad || runs[i].count == 0 || runs[i].first < after || runs[i].count > answers->respondent_count - number;
        number += cursor->bad ? 0 : runs[i].count;
        after = runs[i].first + runs[i].count;
    }
    cursor->bad = cursor->bad || number != answers->respondent_count;
    answers->respondent_runs = runs;
    answers->respondent_run_count = count;
    return STATUS_OK;
}

static enum status take_respondents(struct ctx *ctx, struct packed_cursor *cursor, struct answers *answers)
{
    answers->respondent_count = (uint32_t)packed_take(cursor, 4, answers->encounter_count);
    cursor->bad = cursor->bad || answers->respondent_count == 0;
    switch (packed_take(cursor, 1, PACKED_NAMING_COUNT - 1)) {
    case PACKED_NAMED_BY_MARKS:
        return take_marks(ctx, cursor, answers);
    case PACKED_NAMED_BY_RUNS:
        return take_runs(ctx, cursor, answers);
    default:
        return STATUS_OK;
    }
}

/* May a column hold this value? */
static bool value_fits(const struct packed_column *column, int64_t value)
{
    return (value >= column->low && value <= column->high) || (column->may_miss && value == column->missing);
}

static enum status take_column(struct ctx *ctx, struct packed_cursor *cursor, struct packed_column *column)
{
    const uint64_t kind = packed_take(cursor, 1, PACKED_KIND_COUNT), index = packed_take(cursor, 4, UINT32_MAX);
    column->width = (unsigned)packed_take(cursor, 1, 8);
    column->base = (int64_t)packed_take(cursor, 8, UINT64_MAX);
    const uint64_t count = packed_take_count(cursor, PACKED_VALUE_BYTES);
    const bool power = column->width == 1 || column->width == 2 || column->width == 4 || column->width == 8;
    cursor->bad = cursor->bad || kind != (uint64_t)column->kind || index != column->index || !power ||
                  count > PACKED_PLACES_MAX || (count == 0 && column->base < column->low);
    if (cursor->bad || count == 0)
        return packed_column_ready(ctx, column);
    int64_t *values = arena_array(ctx->arena, (size_t)count, sizeof *values);
    if (values == NULL)
        return ctx_no_memory(ctx);
    for (uint64_t i = 0; i < count; i++) {
        values[i] = (int64_t)packed_take(cursor, 8, UINT64_MAX);
        cursor->bad = cursor->bad || !value_fits(column, values[i]);
    }
    column->values = values;
    column->value_count = (uint32_t)count;
    return packed_column_ready(ctx, column);
}

static enum status take_columns(struct ctx *ctx, struct packed_cursor *cursor, struct packed_lists *lists)
{
    const bool own = packed_take(cursor, 1, 1) != 0;
    cursor->bad = cursor->bad || (own && lists->answers.respondent_count != lists->answers.encounter_count);
    enum status status = packed_columns_list(ctx, &lists->answers, own, &lists->columns);
    for (uint32_t i = 0; i < lists->columns.count && status == STATUS_OK; i++)
        status = take_column(ctx, cursor, &lists->columns.at[i]);
    return status;
}

static int64_t take_time(struct packed_cursor *cursor, bool may_lack)
{
    const int64_t ms = (int64_t)packed_take(cursor, 8, UINT64_MAX);
    cursor->bad = cursor->bad || ((ms < MS_FIRST || ms > MS_LAST) && !(may_lack && ms == MOMENT_NO_TIME));
    return ms;
}

static void take_moment(struct packed_cursor *cursor, const struct answers *answers, struct moment *out)
{
    const struct journey_columns *journey = &answers->study->columns.journey;
    out->encounter = (uint32_t)packed_take(cursor, 4, answers->encounter_count - 1);
    out->touchpoint = (uint32_t)packed_take(cursor, 4, UINT32_MAX);
    out->time_ms = take_time(cursor, true);
    out->order = (uint32_t)packed_take(cursor, 4, UINT32_MAX);
    out->code = (uint16_t)packed_take(cursor, 2, journey->rating == NULL ? 0 : journey->rating_scale.steps);
    cursor->bad = cursor->bad || out->touchpoint >= answers->touchpoint_count;
}

static enum status take_moments(struct ctx *ctx, struct packed_cursor *cursor, struct answers *answers)
{
    if (packed_take(cursor, 1, answers->study->columns.layout == LAYOUT_JOURNEY) == 0)
        return STATUS_OK;
    enum status status = take_texts(ctx, cursor, TOUCHPOINTS_MAX, &answers->touchpoint_names, &answers->touchpoint_count);
    for (uint32_t i = 1; i < answers->touchpoint_count && status == STATUS_OK; i++)
        cursor->bad = cursor->bad || strcmp(answers->touchpoint_names[i - 1], answers->touchpoint_names[i]) >= 0;
    const uint64_t count = packed_take_count(cursor, PACKED_MOMENT_BYTES);
    struct moment *moments = arena_array(ctx->arena, (size_t)count + 1, sizeof *moments);
    uint64_t *starts = arena_array(ctx->arena, answers->encounter_count + (size_t)1, sizeof *starts);
    if (status == STATUS_OK && (moments == NULL || starts == NULL))
        status = ctx_no_memory(ctx);
    if (status != STATUS_OK)
        return status;
    uint32_t begun = 0;
    for (uint64_t i = 0; i < count; i++) {
        take_moment(cursor, answers, &moments[i]);
        cursor->bad = cursor->bad || (i > 0 && moments[i].encounter < moments[i - 1].encounter);
        while (!cursor->bad && begun <= moments[i].encounter)
            starts[begun++] = i;
    }
    while (begun <= answers->encounter_count)
        starts[begun++] = count;
    answers->moments = moments;
    answers->moment_count = count;
    answers->moment_starts = starts;
    return STATUS_OK;
}

static bool comes_later(const struct missing_mark *a, const struct missing_mark *b)
{
    return a->encounter != b->encounter ? a->encounter < b->encounter : a->slot < b->slot;
}

static enum status take_missing(struct ctx *ctx, struct packed_cursor *cursor, struct answers *answers)
{
    const uint64_t count = packed_take_count(cursor, PACKED_MARK_BYTES);
    if (count == 0)
        return STATUS_OK;
    struct missing_mark *marks = arena_array(ctx->arena, (size_t)count, sizeof *marks);
    if (marks == NULL)
        return ctx_no_memory(ctx);
    for (uint64_t i = 0; i < count; i++) {
        marks[i].encounter = (uint32_t)packed_take(cursor, 4, answers->encounter_count - 1);
        marks[i].slot = (uint16_t)packed_take(cursor, 2, UINT16_MAX);
        marks[i].kind = (uint16_t)packed_take(cursor, 1, MISSING_COUNT - 1);
        cursor->bad = cursor->bad || marks[i].slot >= answers->slot_count || (i > 0 && !comes_later(&marks[i - 1], &marks[i]));
    }
    answers->missing = marks;
    answers->missing_count = count;
    return STATUS_OK;
}

static enum status take_comments(struct ctx *ctx, struct packed_cursor *cursor, struct answers *answers)
{
    const uint64_t count = packed_take_count(cursor, PACKED_COMMENT_BYTES);
    if (count == 0)
        return STATUS_OK;
    struct answer_text *texts = arena_array(ctx->arena, (size_t)count, sizeof *texts);
    if (texts == NULL)
        return ctx_no_memory(ctx);
    for (uint64_t i = 0; i < count; i++) {
        texts[i].encounter = (uint32_t)packed_take(cursor, 4, answers->encounter_count - 1);
        texts[i].field = packed_take_some_text(cursor);
        texts[i].text = packed_take_some_text(cursor);
        cursor->bad = cursor->bad || (i > 0 && texts[i].encounter < texts[i - 1].encounter);
    }
    answers->texts = texts;
    answers->text_count = count;
    return STATUS_OK;
}

static void take_fieldwork(struct packed_cursor *cursor, struct fieldwork *fieldwork)
{
    fieldwork->dated = packed_take(cursor, 1, 1) != 0;
    fieldwork->first_ms = take_time(cursor, false);
    fieldwork->last_ms = take_time(cursor, false);
    fieldwork->invited = packed_take(cursor, 8, UINT64_MAX);
    fieldwork->invited_answered = packed_take(cursor, 8, UINT64_MAX);
}

enum status packed_lists_read(struct ctx *ctx, struct span bytes, struct packed_lists *lists, bool *good)
{
    struct packed_cursor cursor = {.at = (const unsigned char *)bytes.at, .left = bytes.length};
    struct answers *answers = &lists->answers;
    take_origin(&cursor, &lists->origin);
    enum status status = take_names(ctx, &cursor, answers);
    if (status == STATUS_OK)
        status = take_respondents(ctx, &cursor, answers);
    if (status == STATUS_OK)
        status = take_columns(ctx, &cursor, lists);
    if (status == STATUS_OK)
        take_fieldwork(&cursor, &answers->fieldwork);
    if (status == STATUS_OK)
        status = take_moments(ctx, &cursor, answers);
    if (status == STATUS_OK)
        status = take_missing(ctx, &cursor, answers);
    if (status == STATUS_OK)
        status = take_comments(ctx, &cursor, answers);
    if (status == STATUS_OK)
        status = packed_notes_read(ctx, &cursor, answers);
    /* What is left are the zeros behind them. */
    *good = !cursor.bad && cursor.left < PACKED_PAGE_BYTES;
    return status;
}
