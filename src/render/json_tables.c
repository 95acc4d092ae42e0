/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/json_tables.h"

#include <string.h>

#include "model/measure.h"

static const char *column_kind_name(enum column_kind kind)
{
    static const char *const names[] = {"key", "number", "count", "word"};
    return names[kind];
}

static void columns_write(struct json_text *json, const struct measure *measure)
{
    json_name(json, "columns");
    json_open(json, '[', false);
    for (uint32_t i = 0; i < measure->column_count; i++) {
        const struct column *column = &measure->columns[i];
        json_open(json, '{', true);
        json_name(json, "name");
        json_quote(json, column->name);
        json_name(json, "unit");
        json_quote(json, column->unit);
        json_name(json, "digits");
        json_count(json, column->digits);
        json_name(json, "kind");
        json_quote(json, column_kind_name(column->kind));
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void value_write(struct json_text *json, const struct value *value)
{
    if (value->kind == VALUE_NUMBER)
        json_number(json, value->number);
    else if (value->kind == VALUE_COUNT)
        json_count(json, value->count);
    else if (value->kind == VALUE_TEXT)
        json_quote(json, value->text);
    else
        json_blank(json);
}

/* Would a segment of this name hide a member that every row has, or may have? */
static bool name_taken(const struct table *table, const char *name)
{
    return table_column(table, name) != UINT32_MAX || strcmp(name, "blank") == 0;
}

static bool value_has_reason(const struct value *value)
{
    return value->kind == VALUE_BLANK && value->reason != REASON_NONE;
}

static void blanks_write(struct json_text *json, const struct table *table, const struct row *row)
{
    bool any = false;
    for (uint32_t i = 0; i < table->column_count; i++)
        any = any || value_has_reason(&row->values[i]);
    if (!any)
        return;
    json_name(json, "blank");
    json_open(json, '{', true);
    for (uint32_t i = 0; i < table->column_count; i++) {
        if (!value_has_reason(&row->values[i]))
            continue;
        json_name(json, table->measure->columns[i].name);
        json_quote(json, reason_name(row->values[i].reason));
    }
    json_close(json, '}');
}

static void row_write(struct json_text *json, const struct table *table, const struct row *row)
{
    json_open(json, '{', true);
    for (uint32_t i = 0; i < table->by_count; i++) {
        json_name_joined(json, name_taken(table, table->by[i]) ? "by." : "", table->by[i]);
        json_quote(json, row->by[i]);
    }
    for (uint32_t i = 0; i < table->column_count; i++) {
        json_name(json, table->measure->columns[i].name);
        value_write(json, &row->values[i]);
    }
    blanks_write(json, table, row);
    json_close(json, '}');
}

enum status json_table_write(struct ctx *ctx, struct json_text *json, const char *language, const struct table *table)
{
    const char *const *notes = NULL;
    enum status status = notes_say(ctx, language, table->notes, table->note_count, &notes);
    if (status)
        return status;
    json_open(json, '{', false);
    json_name(json, "measure");
    json_quote(json, table->measure->name);
    json_name(json, "title");
    json_quote(json, table->measure->title);
    json_name(json, "by");
    json_open(json, '[', true);
    for (uint32_t i = 0; i < table->by_count; i++)
        json_quote(json, table->by[i]);
    json_close(json, ']');
    columns_write(json, table->measure);
    json_name(json, "rows");
    json_open(json, '[', false);
    for (uint32_t i = 0; i < table->row_count; i++)
        row_write(json, table, &table->rows[i]);
    json_close(json, ']');
    json_name(json, "notes");
    json_open(json, '[', false);
    for (uint32_t i = 0; i < table->note_count; i++)
        json_quote(json, notes[i]);
    json_close(json, ']');
    json_close(json, '}');
    return STATUS_OK;
}
