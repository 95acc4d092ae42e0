/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/table.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "model/measure.h"

struct value value_number(double number)
{
    assert(isfinite(number));
    return (struct value){.kind = VALUE_NUMBER, .number = number};
}

struct value value_count(uint64_t count)
{
    assert(count <= INT64_MAX);
    return (struct value){.kind = VALUE_COUNT, .count = (int64_t)count};
}

struct value value_text(const char *text)
{
    assert(text != NULL);
    return (struct value){.kind = VALUE_TEXT, .text = text};
}

struct value value_blank(enum reason reason)
{
    assert(reason > REASON_NONE && reason < REASON_COUNT);
    return (struct value){.kind = VALUE_BLANK, .reason = reason};
}

enum status table_create(struct ctx *ctx, const struct measure *measure, const char *const *by, uint32_t by_count,
                         struct table **out)
{
    struct table *table = arena_alloc(ctx->arena, sizeof *table);
    if (table == NULL)
        return ctx_no_memory(ctx);
    table->measure = measure;
    table->by = by;
    table->by_count = by_count;
    table->column_count = measure->column_count;
    *out = table;
    return STATUS_OK;
}

/* Twice the room, or the first 16 places. */
static void *grown(struct ctx *ctx, const void *old, uint32_t count, uint32_t *capacity, size_t size_bytes)
{
    uint32_t wanted = *capacity == 0 ? 16 : *capacity * 2;
    void *grown_array = wanted > *capacity ? arena_array(ctx->arena, wanted, size_bytes) : NULL;
    if (grown_array == NULL)
        return NULL;
    if (count > 0)
        memcpy(grown_array, old, count * size_bytes);
    *capacity = wanted;
    return grown_array;
}

/* Room for one row more. */
static enum status room_make(struct ctx *ctx, struct table *table)
{
    if (table->row_count < table->row_capacity)
        return STATUS_OK;
    struct row *rows = grown(ctx, table->rows, table->row_count, &table->row_capacity, sizeof *rows);
    if (rows == NULL)
        return ctx_no_memory(ctx);
    table->rows = rows;
    return STATUS_OK;
}

enum status table_add_row(struct ctx *ctx, struct table *table, struct row **out)
{
    enum status status = room_make(ctx, table);
    if (status)
        return status;
    struct row *row = &table->rows[table->row_count];
    *row = (struct row){.by = arena_array(ctx->arena, table->by_count, sizeof *row->by),
                        .values = arena_array(ctx->arena, table->column_count, sizeof *row->values)};
    if ((row->by == NULL && table->by_count > 0) || (row->values == NULL && table->column_count > 0))
        return ctx_no_memory(ctx);
    for (uint32_t i = 0; i < table->column_count; i++)
        row->values[i] = value_blank(REASON_NOT_APPLICABLE);
    table->row_count++;
    *out = row;
    return STATUS_OK;
}

static enum status note_keep(struct ctx *ctx, struct table *table, const struct note *note)
{
    for (uint32_t i = 0; i < table->note_count; i++) {
        if (strcmp(table->notes[i].english, note->english) == 0)
            return STATUS_OK;
    }
    if (table->note_count == table->note_capacity) {
        struct note *notes = grown(ctx, table->notes, table->note_count, &table->note_capacity, sizeof *notes);
        if (notes == NULL)
            return ctx_no_memory(ctx);
        table->notes = notes;
    }
    table->notes[table->note_count++] = *note;
    return STATUS_OK;
}

void table_rests_on_model(struct table *table, uint32_t parameters)
{
    table->needs_whole_model = true;
    if (parameters > table->parameters)
        table->parameters = parameters;
}

enum status table_take(struct ctx *ctx, struct table *table, const struct table *more)
{
    for (uint32_t r = 0; r < more->row_count; r++) {
        enum status status = room_make(ctx, table);
        if (status)
            return status;
        table->rows[table->row_count++] = more->rows[r];
    }
    if (more->needs_whole_model)
        table_rests_on_model(table, more->parameters);
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < more->note_count && !status; i++)
        status = note_keep(ctx, table, &more->notes[i]);
    return status;
}

enum status table_add_note(struct ctx *ctx, struct table *table, const char *key, const struct note_word *words)
{
    struct note note;
    enum status status = note_make(ctx, key, words, &note);
    return status ? status : note_keep(ctx, table, &note);
}

uint32_t table_column(const struct table *table, const char *name)
{
    for (uint32_t i = 0; i < table->column_count; i++) {
        const char *one = table->measure->columns[i].name;
        if (one[0] == name[0] && strcmp(one, name) == 0)
            return i;
    }
    return UINT32_MAX;
}

const struct value *table_value(const struct table *table, const struct row *row, const char *name)
{
    uint32_t column = table_column(table, name);
    assert(column != UINT32_MAX);
    return &row->values[column];
}
