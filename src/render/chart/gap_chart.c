/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/chart/gap_chart.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/decimal.h"
#include "model/capital.h"
#include "model/measure.h"
#include "model/phrase.h"
#include "model/shown.h"
#include "model/words.h"
#include "render/chart/layout.h"

/* The columns that a kind of chart reads. */
struct chart_columns {
    const char *from, *to, *got, *gap, *low, *verdict;
};

/* What is drawn: the gap; the zone; where only one of its edges was asked, the distance from that one, as a gap. */
enum chart_kind { KIND_GAP, KIND_ZONE, KIND_MINIMUM, KIND_DESIRED };

static const struct kind {
    struct chart_columns columns;
    const char *means_head, *gap_head; /* keys */
} kinds[] = {
    [KIND_GAP] = {{"mean_expectation", "mean_perception", "mean_perception", "gap", "ci_low", "verdict"},
                  "chart.head.means",
                  "chart.head.gap"},
    [KIND_ZONE] = {{"mean_minimum", "mean_desired", "mean_perception", "adequacy", "adequacy_ci_low", "status"},
                   "chart.head.zone",
                   "chart.head.adequacy"},
    [KIND_MINIMUM] = {{"mean_minimum", "mean_perception", "mean_perception", "adequacy", "adequacy_ci_low", "status"},
                      "chart.head.minimum",
                      "chart.head.adequacy"},
    [KIND_DESIRED] = {{"mean_desired", "mean_perception", "mean_perception", "superiority", "superiority_ci_low", "status"},
                      "chart.head.desired",
                      "chart.head.superiority"},
};

static double number_of(const struct table *table, const struct row *row, const char *column)
{
    const struct value *value = table_value(table, row, column);
    return value->kind == VALUE_NUMBER ? value->number : 0;
}

static bool number_there(const struct table *table, const struct row *row, const char *column)
{
    return table_value(table, row, column)->kind == VALUE_NUMBER;
}

/* What a row is about: its group, its item or dimension, or else the measure. An item's words begin with a capital in the picture,
 * as the first letter of a line does. */
static enum status label_find(struct ctx *ctx, const struct document_head *head, const struct table *table, const struct row *row,
                              const char **out)
{
    if (table->by_count)
        return shown_group(ctx, head, table, row, out);
    for (uint32_t i = 0; i < table->column_count; i++) {
        const struct column *column = &table->measure->columns[i];
        if (column->kind != COLUMN_KEY || row->values[i].kind != VALUE_TEXT)
            continue;
        const char *text = shown_key_text(head, column, row->values[i].text);
        const char *word = shown_key_word(head, column, row->values[i].text);
        return text_capital(ctx, head->language, *text ? text : *word ? word : row->values[i].text, out);
    }
    *out = shown_table_title(head, table->measure);
    return STATUS_OK;
}

/* Words of the verdicts for charts; a zone's status is put into the same four. */
static const char *verdict_find(const struct table *table, const struct row *row, bool zone, const char *column)
{
    const struct value *value = table_value(table, row, column);
    if (value->kind != VALUE_TEXT)
        return "";
    if (!zone)
        return value->text;
    if (strcmp(value->text, "below") == 0 || strcmp(value->text, "below_desired") == 0)
        return "short";
    if (strcmp(value->text, "within") == 0 || strcmp(value->text, "at_least_minimum") == 0)
        return "met";
    return strcmp(value->text, "above") == 0 ? "above" : "undecided";
}

/* The gap with its sign and its interval as texts; for a blank its words and no interval. */
static enum status number_make(struct ctx *ctx, const struct document_head *head, const struct table *table,
                               const struct row *row, const struct chart_columns *columns, struct chart_row *out)
{
    uint32_t gap = table_column(table, columns->gap), low = table_column(table, columns->low);
    bool whole = row->values[gap].kind == VALUE_NUMBER;
    char number[64], interval[160] = "";
    if (whole)
        shown_signed(row->values[gap].number, 2, true, number, sizeof number);
    else
        shown_cell(head, &table->measure->columns[gap], &row->values[gap], number, sizeof number);
    if (whole)
        shown_cell_interval(head, &table->measure->columns[low], &row->values[low], &row->values[low + 1], interval,
                            sizeof interval);
    out->number = arena_copy(ctx->arena, span_of(number));
    out->interval = arena_copy(ctx->arena, span_of(interval));
    return out->number && out->interval ? STATUS_OK : ctx_no_memory(ctx);
}

/* The verdict or status in words that fit beside the numbers; below what, the head of the column says. */
static const char *word_find(const struct document_head *head, const struct table *table, const struct row *row,
                             const char *column)
{
    const struct value *value = table_value(table, row, column);
    if (value->kind != VALUE_TEXT)
        return "";
    if (strcmp(value->text, "at_least_minimum") == 0)
        return "≥ min.";
    return shown_word(head, strcmp(value->text, "below_desired") == 0 ? "below" : value->text);
}

static enum chart_kind kind_find(const struct study *study, bool zone)
{
    bool minimum = study_asks_any(study, STANDARD_MINIMUM), desired = study_asks_any(study, STANDARD_DESIRED);
    if (!zone)
        return KIND_GAP;
    return minimum == desired ? KIND_ZONE : minimum ? KIND_MINIMUM : KIND_DESIRED;
}

static enum status row_make(struct ctx *ctx, const struct document_head *head, const struct table *table, const struct row *row,
                            enum chart_kind kind, struct chart_row *out)
{
    bool band = kind == KIND_ZONE && number_there(table, row, "mean_desired");
    const struct chart_columns *columns = &kinds[kind == KIND_ZONE && !band ? KIND_MINIMUM : kind].columns;
    uint32_t low = table_column(table, columns->low);
    *out = (struct chart_row){.drawn = number_there(table, row, columns->from) && number_there(table, row, columns->to) &&
                                       number_there(table, row, columns->got),
                              .band = band,
                              .from = number_of(table, row, columns->from),
                              .to = number_of(table, row, columns->to),
                              .got = number_of(table, row, columns->got),
                              .has_interval = row->values[low].kind == VALUE_NUMBER,
                              .gap = number_of(table, row, columns->gap),
                              .verdict = verdict_find(table, row, kind != KIND_GAP, columns->verdict),
                              .word = word_find(head, table, row, columns->verdict)};
    if (out->has_interval) {
        out->low = row->values[low].number;
        out->high = row->values[low + 1].number;
    }
    enum status status = label_find(ctx, head, table, row, &out->label);
    return status ? status : number_make(ctx, head, table, row, columns, out);
}

/* By dimension where that was asked for; then worst first, rows without means last, in their order. */
static bool row_before(const struct chart_row *a, const struct chart_row *b)
{
    if (a->dimension != b->dimension)
        return a->dimension < b->dimension;
    if (a->drawn != b->drawn)
        return a->drawn;
    return a->drawn && a->gap < b->gap;
}

static void rows_sort(struct chart_row *rows, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        for (uint32_t j = i; j > 0 && row_before(&rows[j], &rows[j - 1]); j--) {
            struct chart_row swap = rows[j];
            rows[j] = rows[j - 1];
            rows[j - 1] = swap;
        }
    }
}

/* Which dimension a row's item belongs to; beyond all of them when to none. */
static uint32_t dimension_find(const struct document_head *head, const struct table *table, const struct row *row)
{
    uint32_t column = table_column(table, "dimension"), i = 0;
    bool known = column != UINT32_MAX && row->values[column].kind == VALUE_TEXT;
    while (i < head->study->dimension_count && !(known && strcmp(head->study->dimensions[i].id, row->values[column].text) == 0))
        i++;
    return i;
}

/* Are the rows items that can stand under dimensions? */
static bool dimensions_stand(const struct document_head *head, const struct table *table)
{
    return head->by_dimension && head->study->dimension_count && !table->by_count && table_column(table, "item") != UINT32_MAX;
}

/* Above the first row of each dimension stands its title. */
static void headings_find(const struct document_head *head, struct chart_row *rows, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (rows[i].dimension < head->study->dimension_count && (i == 0 || rows[i].dimension != rows[i - 1].dimension))
            rows[i].heading = head->study->dimensions[rows[i].dimension].title;
}

/* The ends of all scales of the study: mixed scales are drawn on the widest. */
static void ends_find(const struct document_head *head, struct gap_chart *chart)
{
    chart->least = HUGE_VAL;
    chart->most = -HUGE_VAL;
    for (uint32_t i = 0; i < head->study->item_count; i++) {
        const struct scale *scale = &head->study->scales[head->study->items[i].scale];
        chart->least = fmin(chart->least, decimal_to_double(scale->min));
        chart->most = fmax(chart->most, decimal_to_double(scale->max));
    }
}

static void reach_find(struct gap_chart *chart)
{
    chart->reach = 0;
    for (uint32_t i = 0; i < chart->row_count; i++) {
        const struct chart_row *row = &chart->rows[i];
        chart->reach = fmax(chart->reach, fabs(row->gap));
        if (row->has_interval)
            chart->reach = fmax(chart->reach, fmax(fabs(row->low), fabs(row->high)));
    }
    if (chart->reach <= AXIS_NOISE)
        chart->reach = 1;
}

/* Rows of hidden groups are not in the picture: a sentence says how many there are, and they are not named. */
static bool row_hidden(const struct table *table, const struct row *row)
{
    const struct value *n = table_value(table, row, "n");
    return table->by_count && n->kind == VALUE_BLANK && n->reason == REASON_SUPPRESSED;
}

/* Does a shortfall come first, in each dimension where the rows stand under them? */
static bool shortfalls_lead(const struct gap_chart *chart)
{
    bool lead = true;
    for (uint32_t i = 0; i < chart->row_count; i++) {
        const struct chart_row *row = &chart->rows[i];
        if (i == 0 || row->dimension != row[-1].dimension)
            lead = lead && row->drawn && row->gap < 0;
    }
    return lead;
}

static const char *description_key(const struct gap_chart *chart)
{
    if (chart->row_count == 1)
        return "chart.description.row";
    if (chart->groups)
        return "chart.description.groups";
    if (chart->rows[0].heading)
        return shortfalls_lead(chart) ? "chart.description.dimensions" : "chart.description.dimensions.lowest";
    return shortfalls_lead(chart) ? "chart.description" : "chart.description.lowest";
}

static enum status description_make(struct ctx *ctx, const struct document_head *head, struct gap_chart *chart)
{
    const struct chart_row *first = &chart->rows[0], *last = &chart->rows[chart->row_count - 1];
    char rows[32];
    (void)snprintf(rows, sizeof rows, "%u", chart->row_count);
    const struct phrase_word words[] = {{"rows", rows},
                                        {"first", first->label},
                                        {"first_gap", first->number},
                                        {"first_number", first->number},
                                        {"last", last->label},
                                        {"last_gap", last->number},
                                        {NULL, NULL}};
    return phrase_make(ctx, head->language, description_key(chart), words, &chart->description);
}

enum status gap_chart_make(struct ctx *ctx, const struct document_head *head, const struct document_block *block, bool zone,
                           struct gap_chart *out)
{
    const struct table *table = released_table_view(block->table);
    struct chart_row *rows = arena_array(ctx->arena, table->row_count + 1u, sizeof *rows);
    if (!rows)
        return ctx_no_memory(ctx);
    enum chart_kind kind = kind_find(head->study, zone);
    *out = (struct gap_chart){.groups = table->by_count > 0,
                              .means_head = words_or_english(head->language, kinds[kind].means_head),
                              .gap_head = words_or_english(head->language, kinds[kind].gap_head),
                              .rows = rows};
    enum status status = STATUS_OK;
    for (uint32_t r = 0; r < table->row_count && !status; r++) {
        if (!row_hidden(table, &table->rows[r]))
            status = row_make(ctx, head, table, &table->rows[r], kind, &rows[out->row_count++]);
        if (!status && out->row_count && dimensions_stand(head, table))
            rows[out->row_count - 1].dimension = dimension_find(head, table, &table->rows[r]);
    }
    if (status || !out->row_count)
        return status;
    if (!table->by_count) /* groups stay in their order: this is no league table */
        rows_sort(rows, out->row_count);
    if (dimensions_stand(head, table))
        headings_find(head, rows, out->row_count);
    if (block->rows_most && out->row_count > block->rows_most) {
        out->left_out = out->row_count - block->rows_most;
        out->row_count = block->rows_most;
    }
    ends_find(head, out);
    reach_find(out);
    return description_make(ctx, head, out);
}
