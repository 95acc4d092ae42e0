/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/family.h"

#include "measure/group_row.h"
#include "numeric/distribution.h"
#include "numeric/multiplicity.h"

uint32_t family_end(const struct table *table, uint32_t first)
{
    uint32_t end = first;
    while (end < table->row_count && table->rows[end].group == table->rows[first].group)
        end++;
    return end;
}

size_t family_size(const struct table *table, uint32_t first, uint32_t column)
{
    size_t size = 0;
    uint32_t end = family_end(table, first);
    for (uint32_t r = first; r < end; r++)
        size += table->rows[r].values[column].kind == VALUE_NUMBER;
    return size;
}

/* How the p-values of one column become those of another. */
struct adjustment {
    uint32_t from, to;
    enum status (*adjust)(struct ctx *ctx, const double *p, size_t count, double *adjusted);
};

/* Adjusts the rows of the group that begins at `first`.
 * takes   p  room for all of them
 * source  F26 */
static enum status rows_adjust(struct ctx *ctx, struct table *table, uint32_t first, const struct adjustment *adjustment,
                               double *p)
{
    uint32_t from = adjustment->from, to = adjustment->to;
    uint32_t end = family_end(table, first);
    size_t size = 0;
    for (uint32_t r = first; r < end; r++) {
        const struct value *value = &table->rows[r].values[from];
        if (value->kind == VALUE_NUMBER)
            p[size++] = value->number;
    }
    enum status status = adjustment->adjust(ctx, p, size, p);
    size_t at = 0;
    for (uint32_t r = first; r < end && !status; r++) {
        struct value *values = table->rows[r].values;
        values[to] = values[from].kind == VALUE_NUMBER ? value_number(p[at++]) : values[from];
    }
    return status;
}

/* Adjusts every group. */
static enum status groups_adjust(struct ctx *ctx, struct table *table, const struct adjustment *adjustment)
{
    double *p = arena_array(ctx->arena, table->row_count + 1u, sizeof *p);
    if (!p)
        return ctx_no_memory(ctx);
    enum status status = STATUS_OK;
    for (uint32_t first = 0; first < table->row_count && !status; first = family_end(table, first))
        status = rows_adjust(ctx, table, first, adjustment, p);
    return status;
}

enum status family_adjust(struct ctx *ctx, struct table *table, uint32_t from, uint32_t to)
{
    return groups_adjust(ctx, table, &(struct adjustment){.from = from, .to = to, .adjust = holm_adjust});
}

enum status family_discoveries(struct ctx *ctx, struct table *table, uint32_t from, uint32_t to_bh, uint32_t to_by)
{
    enum status status =
        groups_adjust(ctx, table, &(struct adjustment){.from = from, .to = to_bh, .adjust = benjamini_hochberg_adjust});
    if (status)
        return status;
    return groups_adjust(ctx, table, &(struct adjustment){.from = from, .to = to_by, .adjust = benjamini_yekutieli_adjust});
}

/* The intervals of one row.
 * source  Bonferroni   [F26] */
static void row_interval(const struct measuring *measuring, const struct family_interval *columns, size_t size,
                         struct value *values)
{
    struct value *ends = &values[columns->low];
    if (values[columns->p].kind != VALUE_NUMBER) {
        ends[0] = ends[1] = values[columns->p];
        return;
    }
    double tail = (1 - measuring->confidence) / (2 * (double)size);
    double half = t_quantile_upper(tail, (double)values[columns->df].count) * values[columns->se].number;
    ends[0] = value_number(values[columns->mean].number - half);
    ends[1] = value_number(values[columns->mean].number + half);
}

void family_intervals(const struct measuring *measuring, struct table *table, const struct family_interval *columns)
{
    size_t size = 0;
    for (uint32_t r = 0; r < table->row_count; r++) {
        if (r == 0 || table->rows[r].group != table->rows[r - 1].group)
            size = family_size(table, r, columns->p);
        row_interval(measuring, columns, size, table->rows[r].values);
    }
}
