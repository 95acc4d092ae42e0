/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/shown.h"
#include "model/words.h"
#include "render/chart/period_plot.h"

static bool word_among(const struct table *table, const struct row *row, const char *column, const char *const *words)
{
    for (size_t i = 0; words && words[i]; i++) {
        if (cell_is(table, row, column, words[i]))
            return true;
    }
    return false;
}

/* A number of a column that may not be there. */
static bool number_read(const struct table *table, const struct row *row, const char *column, double *out)
{
    if (!column || !cell_has(table, row, column))
        return false;
    *out = cell_number(table, row, column);
    return true;
}

static void point_read(const struct document_head *head, const struct table *table, const struct row *row,
                       const struct period_columns *columns, struct period_point *out)
{
    double sign = columns->sign < 0 ? -1 : 1;
    out->has_value = number_read(table, row, columns->value, &out->value);
    out->value *= sign;
    out->has_raw = number_read(table, row, columns->raw, &out->raw);
    out->has_limits = columns->has_limits && out->has_value;
    out->low = columns->low_limit;
    out->high = columns->high_limit;
    if (columns->low)
        out->has_limits = number_read(table, row, columns->low, &out->low) && number_read(table, row, columns->high, &out->high);
    if (word_among(table, row, columns->signal, columns->low_signals))
        out->side = -1;
    if (word_among(table, row, columns->signal, columns->high_signals))
        out->side = 1;
    if (out->side)
        out->word = words_or_english(head->language, out->side < 0 ? columns->low_key : columns->high_key);
}

enum status period_points_read(struct ctx *ctx, const struct document_head *head, const struct document_block *block,
                               const struct period_columns *columns, struct period_line *line)
{
    const struct table *table = released_table_view(block->table);
    uint32_t rows = block_rows(block);
    struct period_point *points = arena_array(ctx->arena, rows + 1u, sizeof *points);
    enum status status = points ? STATUS_OK : ctx_no_memory(ctx);
    line->points = points;
    line->count = 0;
    for (uint32_t i = 0; i < rows && !status; i++) {
        const struct row *row = block_row(block, i);
        if (row_hidden(table, row))
            continue;
        struct period_point *point = &points[line->count++];
        *point = (struct period_point){.word = ""};
        point_read(head, table, row, columns, point);
        status = shown_group(ctx, head, table, row, &point->label);
    }
    return status;
}

bool period_centre(const struct document_block *block, const char *column, double *out)
{
    const struct table *table = released_table_view(block->table);
    for (uint32_t i = 0; i < block_rows(block); i++) {
        if (number_read(table, block_row(block, i), column, out))
            return true;
    }
    return false;
}
