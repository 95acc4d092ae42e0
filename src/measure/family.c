/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/family.h"

#include "measure/group_row.h"
#include "numeric/distribution.h"
#include "numeric/multiplicity.h"

size_t family_size(const struct table *table, uint32_t column)
{
    size_t size = 0;
    for (uint32_t r = 0; r < table->row_count; r++)
        size += table->rows[r].values[column].kind == VALUE_NUMBER;
    return size;
}

enum status family_adjust(struct ctx *ctx, struct table *table, uint32_t from, uint32_t to)
{
    size_t size = family_size(table, from);
    double *p = arena_array(ctx->arena, size + 1, sizeof *p);
    if (!p)
        return ctx_no_memory(ctx);
    size_t at = 0;
    for (uint32_t r = 0; r < table->row_count; r++) {
        const struct value *value = &table->rows[r].values[from];
        if (value->kind == VALUE_NUMBER)
            p[at++] = value->number;
    }
    enum status status = holm_adjust(ctx, p, size, p);
    at = 0;
    for (uint32_t r = 0; r < table->row_count && !status; r++) {
        struct value *values = table->rows[r].values;
        values[to] = values[from].kind == VALUE_NUMBER ? value_number(p[at++]) : values[from];
    }
    return status;
}

void family_intervals(const struct measuring *measuring, struct table *table, const struct family_interval *columns)
{
    size_t size = family_size(table, columns->p);
    for (uint32_t r = 0; r < table->row_count; r++) {
        struct value *values = table->rows[r].values;
        struct value *ends = &values[columns->low];
        if (values[columns->p].kind != VALUE_NUMBER) {
            ends[0] = ends[1] = values[columns->p];
            continue;
        }
        double tail = (1 - measuring->confidence) / (2 * (double)size);
        double half = t_quantile_upper(tail, (double)values[columns->df].count) * values[columns->se].number;
        ends[0] = value_number(values[columns->mean].number - half);
        ends[1] = value_number(values[columns->mean].number + half);
    }
}
