/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/headline.h"

#include <math.h>
#include <string.h>

#include "model/measure.h"
#include "model/shown.h"

static const struct item *row_item(const struct document_head *head, const struct table *table, const struct row *row)
{
    uint32_t column = table_column(table, "item");
    if (column == UINT32_MAX || row->values[column].kind != VALUE_TEXT)
        return NULL;
    for (uint32_t i = 0; i < head->study->item_count; i++) {
        if (strcmp(head->study->items[i].id, row->values[column].text) == 0)
            return &head->study->items[i];
    }
    return NULL;
}

const char *row_item_name(const struct document_head *head, const struct table *table, const struct row *row)
{
    const struct item *item = row_item(head, table, row);
    if (!item)
        return "";
    return item->text && *item->text ? item->text : item->id;
}

const struct scale *row_scale(const struct document_head *head, const struct table *table, const struct row *row)
{
    const struct item *item = row_item(head, table, row);
    return item ? &head->study->scales[item->scale] : NULL;
}

double largest_gap(const struct document_head *head, const struct table *table, const struct row *row)
{
    const struct scale *scale = row_scale(head, table, row);
    return scale ? decimal_to_double(scale->max) - decimal_to_double(scale->min) : (double)INFINITY;
}

const struct scale *headline_scale(const struct document_head *head, const struct headline *headline)
{
    const struct scale *common = NULL;
    for (uint32_t r = 0; r < headline->gaps->row_count; r++) {
        const struct row *row = &headline->gaps->rows[r];
        if (table_value(headline->gaps, row, "gap")->kind != VALUE_NUMBER)
            continue;
        const struct scale *scale = row_scale(head, headline->gaps, row);
        bool same =
            !common || (scale && decimal_compare(scale->min, common->min) == 0 && decimal_compare(scale->max, common->max) == 0);
        if (!same)
            return NULL;
        common = scale;
    }
    return common;
}

double row_number(const struct table *table, const struct row *row, const char *column, double otherwise)
{
    const struct value *value = table_value(table, row, column);
    return value->kind == VALUE_NUMBER ? value->number : otherwise;
}

uint64_t row_count_of(const struct table *table, const struct row *row, const char *column)
{
    const struct value *value = table_value(table, row, column);
    return value->kind == VALUE_COUNT && value->count > 0 ? (uint64_t)value->count : 0;
}

bool row_is(const struct table *table, const struct row *row, const char *column, const char *word)
{
    const struct value *value = table_value(table, row, column);
    return value->kind == VALUE_TEXT && strcmp(value->text, word) == 0;
}

static bool row_suppressed(const struct table *table, const struct row *row)
{
    const struct value *n = table_value(table, row, "n");
    return n->kind == VALUE_BLANK && n->reason == REASON_SUPPRESSED;
}

static void sets_count(struct headline *headline, const struct row *row)
{
    const struct table *gaps = headline->gaps;
    if (row_is(gaps, row, "verdict", "short"))
        headline->short_count++;
    else if (row_is(gaps, row, "verdict", "above"))
        headline->above_count++;
    else if (row_is(gaps, row, "verdict", "met"))
        headline->met_count++;
    else
        headline->undecided_count++;
}

static double gap_of(const struct headline *headline, const struct row *row)
{
    return row_number(headline->gaps, row, "gap", 0);
}

bool row_is_constant(const struct table *gaps, const struct row *row)
{
    const struct value *low = table_value(gaps, row, "ci_simultaneous_low");
    bool has_gap = table_value(gaps, row, "gap")->kind == VALUE_NUMBER;
    return has_gap && low->kind == VALUE_BLANK && low->reason == REASON_NO_VARIANCE;
}

/* Everybody gives the same difference: the row is in no set, for no test can tell it. */
static void constant_note(struct headline *headline, const struct row *row)
{
    const struct row *largest = headline->constant;
    headline->constant_count++;
    if (!largest || fabs(gap_of(headline, row)) > fabs(gap_of(headline, largest)))
        headline->constant = row;
}

static void extremes_note(const struct document_head *head, struct headline *headline, const struct row *row)
{
    const struct table *gaps = headline->gaps;
    const struct value *gap = table_value(gaps, row, "gap");
    const struct value *low = table_value(gaps, row, "ci_simultaneous_low");
    const struct value *high = table_value(gaps, row, "ci_simultaneous_high");
    if (low->kind != VALUE_NUMBER || high->kind != VALUE_NUMBER)
        return;
    double limit = fmin(fmax(fabs(low->number), fabs(high->number)), largest_gap(head, gaps, row));
    headline->largest_limit = fmax(headline->largest_limit, limit);
    if (!headline->worst || gap->number < gap_of(headline, headline->worst))
        headline->worst = row;
    if (row_is(gaps, row, "verdict", "short") && (!headline->shortest || gap->number < gap_of(headline, headline->shortest)))
        headline->shortest = row;
    if (row_is(gaps, row, "verdict", "above") && (!headline->best || gap->number > gap_of(headline, headline->best)))
        headline->best = row;
    if (!headline->mildest || gap->number > gap_of(headline, headline->mildest))
        headline->mildest = row;
}

/* Has an item a gap at all, so that it could be told apart from the worst? */
static bool item_has_gap(const struct headline *headline, const char *item)
{
    for (uint32_t r = 0; r < headline->gaps->row_count; r++) {
        const struct row *row = &headline->gaps->rows[r];
        if (row_is(headline->gaps, row, "item", item))
            return table_value(headline->gaps, row, "gap")->kind == VALUE_NUMBER;
    }
    return false;
}

/* The set T: items whose paired difference from the worst is not Holm-significant; one that cannot be tested is not,
 * nor is the row of the worst item itself. */
static enum status tied_find(struct ctx *ctx, const struct document_head *head, const struct report_tables *tables,
                             struct headline *headline)
{
    const struct released_table *released = report_table(tables, "gap_contrasts");
    if (!released)
        return STATUS_OK;
    const struct table *contrasts = released_table_view(released);
    headline->tied = arena_array(ctx->arena, contrasts->row_count + 1u, sizeof *headline->tied);
    if (!headline->tied)
        return ctx_no_memory(ctx);
    headline->compared = true;
    for (uint32_t r = 0; r < contrasts->row_count; r++) {
        const struct row *row = &contrasts->rows[r];
        const struct value *item = table_value(contrasts, row, "item");
        bool counts =
            item->kind == VALUE_TEXT && item_has_gap(headline, item->text) && !row_is(contrasts, row, "other", item->text);
        if (counts && !row_is(contrasts, row, "tied", "no"))
            headline->tied[headline->tied_count++] = row_item_name(head, contrasts, row);
    }
    return STATUS_OK;
}

enum status headline_make(struct ctx *ctx, const struct document_head *head, const struct report_tables *tables,
                          struct headline *out)
{
    *out = (struct headline){.all_negative = true};
    const struct released_table *released = report_table(tables, "item_gap");
    if (!released)
        return STATUS_OK;
    out->gaps = released_table_view(released);
    for (uint32_t r = 0; r < out->gaps->row_count; r++) {
        const struct row *row = &out->gaps->rows[r];
        if (row_suppressed(out->gaps, row)) {
            out->suppressed++;
            continue;
        }
        if (table_value(out->gaps, row, "gap")->kind != VALUE_NUMBER)
            continue;
        uint64_t n = row_count_of(out->gaps, row, "n");
        out->most_pairs = n > out->most_pairs ? n : out->most_pairs;
        out->all_negative = out->all_negative && gap_of(out, row) < 0;
        if (row_is_constant(out->gaps, row)) {
            constant_note(out, row);
            continue;
        }
        out->items++;
        sets_count(out, row);
        extremes_note(head, out, row);
    }
    out->worst_is_short = out->worst && row_is(out->gaps, out->worst, "verdict", "short");
    if (!out->all_negative)
        out->mildest = NULL;
    return tied_find(ctx, head, tables, out);
}
