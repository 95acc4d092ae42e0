/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/renderer.h"

#include <string.h>

#include "base/csv_field.h"
#include "base/decimal.h"
#include "model/measure.h"

/* Cells that do not exist are empty; the last column, "blank", says why: "t=no_variance p=no_variance". Names of columns
 * and reasons are plain words, so that the field needs no quotes. */
static void blanks_write(struct out *out, const struct table *table, const struct row *row)
{
    bool any = false;
    for (uint32_t i = 0; i < table->column_count; i++) {
        const struct value *value = &row->values[i];
        if (value->kind != VALUE_BLANK || value->reason == REASON_NONE)
            continue;
        if (any)
            out_char(out, ' ');
        out_text(out, table->measure->columns[i].name);
        out_char(out, '=');
        out_text(out, reason_name(value->reason));
        any = true;
    }
}

static void value_write(struct out *out, const struct value *value)
{
    char text[32];
    if (value->kind == VALUE_NUMBER) {
        number_format_shortest(value->number, text, sizeof text);
        out_text(out, text);
    } else if (value->kind == VALUE_COUNT) {
        decimal_format((struct decimal){.units = value->count}, text, sizeof text);
        out_text(out, text);
    } else if (value->kind == VALUE_TEXT) {
        csv_field_write(out, span_of(value->text), ',');
    }
}

/* A segment is called as in the file, with "by." in front where a column has that name already. */
static enum status header_write(struct ctx *ctx, struct out *out, const struct table *table)
{
    for (uint32_t i = 0; i < table->by_count; i++) {
        bool taken = table_column(table, table->by[i]) != UINT32_MAX || strcmp(table->by[i], "blank") == 0;
        const char *name = arena_format(ctx->arena, "%s%s", taken ? "by." : "", table->by[i]);
        if (!name)
            return ctx_no_memory(ctx);
        csv_field_write(out, span_of(name), ',');
        out_char(out, ',');
    }
    for (uint32_t i = 0; i < table->column_count; i++)
        out_format(out, "%s,", table->measure->columns[i].name);
    out_text(out, "blank\r\n");
    return STATUS_OK;
}

static enum status table_write(struct ctx *ctx, struct out *out, const struct table *table)
{
    enum status status = header_write(ctx, out, table);
    for (uint32_t r = 0; r < table->row_count && !status; r++) {
        const struct row *row = &table->rows[r];
        for (uint32_t i = 0; i < table->by_count; i++) {
            csv_field_write(out, span_of(row->by[i]), ',');
            out_char(out, ',');
        }
        for (uint32_t i = 0; i < table->column_count; i++) {
            value_write(out, &row->values[i]);
            out_char(out, ',');
        }
        blanks_write(out, table, row);
        out_text(out, "\r\n");
    }
    return status;
}

/* CSV holds one table: with --by the grouped one, which is the last. */
static enum status table_csv_render(struct ctx *ctx, const struct document *document, const struct rendering *rendering,
                                    struct out *out)
{
    (void)rendering;
    const struct released_table *last = NULL;
    for (uint32_t i = 0; i < document->block_count; i++) {
        if (document->blocks[i].table)
            last = document->blocks[i].table;
    }
    if (!last)
        return ctx_fail(ctx, STATUS_DATA, NULL, "There is no table to write as CSV.");
    return table_write(ctx, out, released_table_view(last));
}

const struct renderer renderer_table_csv = {
    .name = "csv",
    .meaning = "One table with full precision, for spreadsheets and scripts.",
    .render = table_csv_render,
};
