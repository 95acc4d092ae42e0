/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/section.h"

#include <string.h>

#include "base/out.h"
#include "model/measure.h"
#include "model/shown.h"
#include "report/differences.h"
#include "report/headline.h"
#include "report/rank_chart.h"
#include "report/telling.h"

static enum status hidden_add(struct ctx *ctx, struct document *document, const struct released_table *released, const char *by)
{
    const char *hidden = NULL, *groups = NULL, *floor = NULL;
    if (!released_table_hidden_groups(released))
        return STATUS_OK;
    enum status status = say_count(ctx, released_table_hidden_groups(released), &hidden);
    if (!status)
        status = say_count(ctx, released_table_groups(released), &groups);
    if (!status)
        status = say_count(ctx, released_table_floor(released), &floor);
    const struct phrase_word words[] = {{"hidden", hidden}, {"groups", groups}, {"floor", floor}, {"segment", by}, {NULL, NULL}};
    bool one = released_table_hidden_groups(released) == 1;
    return status ? status : add_paragraph(ctx, document, one ? "facts.hidden.one" : "facts.hidden", words);
}

/* Up to so many groups stand side by side in a matrix of a page; with more they become its rows. */
#define GROUPS_SIDE_BY_SIDE 6u
#define KEYS_SIDE_BY_SIDE   6u
#define GROUPS_DRAWN        30u
#define UNITS_TOLD          6u
#define PAIRS_TOLD          3u /* pairs of groups, and dimensions, named in sentences */

/* How many groups of a table can be shown. */
static uint32_t groups_shown(const struct released_table *released)
{
    return released_table_groups(released) - released_table_hidden_groups(released);
}

static enum status base_make(struct ctx *ctx, const struct document_head *head, const char *measure, const char **out)
{
    const struct scale *scale = &head->study->scales[head->study->items[0].scale];
    const char *range = NULL, *level = NULL;
    enum status status = say_scale(ctx, head, scale, &range);
    if (!status)
        status = say_confidence(ctx, head->confidence, &level);
    const struct phrase_word words[] = {{"scale", range}, {"confidence", level}, {NULL, NULL}};
    return status ? status
                  : say(ctx, head, strcmp(measure, "overall_gap") == 0 ? "chart.base.groups" : "chart.base.groups.items", words,
                        out);
}

/* The overall gap: the picture where it stays readable, and the table. */
static enum status overall_add(struct ctx *ctx, struct document *document, const struct released_table *released, const char *by)
{
    struct document_block *chart = NULL;
    uint32_t groups = groups_shown(released);
    if (!groups || groups > GROUPS_DRAWN)
        return add_table(ctx, document, released, false);
    enum status status = document_add(ctx, document, DOCUMENT_CHART, &chart);
    if (status)
        return status;
    chart->chart = "gap_lollipop";
    chart->table = released;
    const struct phrase_word words[] = {{"segment", by}, {NULL, NULL}};
    status = say(ctx, &document->head, "chart.groups", words, &chart->text);
    if (!status)
        status = base_make(ctx, &document->head, released_table_view(released)->measure->name, &chart->subtitle);
    return status ? status : add_table(ctx, document, released, false);
}

/* What the matrices of one by-set have in common is said once, before them. */
static enum status first_matrix_note(struct ctx *ctx, struct document *document)
{
    for (uint32_t i = 0; i < document->block_count; i++) {
        if (document->blocks[i].kind == DOCUMENT_MATRIX)
            return STATUS_OK;
    }
    return add_paragraph(ctx, document, "matrix.note", NULL);
}

/* Gaps of many keys and groups: as a matrix where it fits the page, else the long table, folded away. */
static enum status many_add(struct ctx *ctx, struct document *document, const struct released_table *released, const char *by)
{
    const struct table *table = released_table_view(released);
    const char *key = strcmp(table->measure->name, "item_gap") == 0 ? "matrix.item_gap" : "matrix.dimension_gap";
    uint32_t groups = released_table_groups(released), keys = groups ? table->row_count / groups : 0;
    bool aside = groups_shown(released) <= GROUPS_SIDE_BY_SIDE, turned = !aside && keys <= KEYS_SIDE_BY_SIDE;
    struct document_block *block = NULL;
    enum status status = aside || turned ? first_matrix_note(ctx, document) : STATUS_OK;
    if (!status)
        status = document_add(ctx, document, aside || turned ? DOCUMENT_MATRIX : DOCUMENT_TABLE, &block);
    if (status)
        return status;
    block->table = released;
    block->turned = turned;
    block->folded = true;
    const struct phrase_word words[] = {{"segment", by}, {NULL, NULL}};
    return say(ctx, &document->head, key, words, &block->text);
}

static enum status by_begin(struct ctx *ctx, struct document *document, const struct released_table *released, const char *by)
{
    const struct phrase_word words[] = {{"segment", by}, {NULL, NULL}};
    enum status status = add_heading(ctx, document, 3, "heading.segments.by", words);
    return status ? status : hidden_add(ctx, document, released, by);
}

/* Is it a table of groups that the request asked for? Touchpoints and periods have sections of their own. */
static bool groups_asked(const struct table *table)
{
    return table->by_count && table->row_count && table->measure->by != BY_TOUCHPOINT && table->measure->by != BY_TIME;
}

/* The tables of one by-set in the order in which a reader asks: overall, dimensions, items, whatever else. */
static enum status by_add(struct ctx *ctx, const struct report_tables *tables, const struct table *first,
                          struct document *document, const char *by)
{
    static const char *const order[] = {"overall_gap", "overall_item_gap", "dimension_gap", "item_gap", NULL};
    enum status status = STATUS_OK;
    for (size_t step = 0; step < sizeof order / sizeof *order; step++) {
        for (uint32_t i = 0; i < tables->count && !status; i++) {
            const struct table *table = released_table_view(tables->tables[i]);
            size_t place = 0;
            while (order[place] && strcmp(order[place], table->measure->name) != 0)
                place++;
            if (place != step || !groups_asked(table) || !same_by(table, first))
                continue;
            if (strcmp(table->measure->name, "league") == 0)
                status = rank_chart_add(ctx, document, tables->tables[i], by);
            if (status)
                return status;
            if (place <= 1)
                status = overall_add(ctx, document, tables->tables[i], by);
            else
                status = order[place] ? many_add(ctx, document, tables->tables[i], by)
                                      : add_table_folded(ctx, document, tables->tables[i]);
        }
    }
    return status;
}

/* The table of a measure that compares the groups of this segment. */
static const struct released_table *comparison_find(const struct report_tables *tables, const char *measure, const char *by)
{
    for (uint32_t i = 0; i < tables->count; i++) {
        const struct table *table = released_table_view(tables->tables[i]);
        if (strcmp(table->measure->name, measure) == 0 && table->row_count && row_is(table, &table->rows[0], "segment", by))
            return tables->tables[i];
    }
    return NULL;
}

/* Whether the groups differ overall, and on which dimensions. */
static enum status difference_tell(struct telling *telling, const struct table *table)
{
    struct ctx *ctx = telling->ctx;
    const struct document_head *head = &telling->document->head;
    const char **names = arena_array(ctx->arena, table->row_count + 1u, sizeof *names), *items = NULL;
    uint32_t count = 0;
    enum status status = names ? STATUS_OK : ctx_no_memory(ctx);
    for (uint32_t r = 0; r < table->row_count && !status; r++) {
        const struct row *row = &table->rows[r];
        bool overall = row_is(table, row, "subject", "overall"), known = row_has(table, row, "p_holm");
        bool differs = known && row_number(table, row, "p_holm", 1) < 1 - head->confidence;
        if (overall && known)
            status = telling_row(telling, differs ? "groups.differ" : "groups.alike", table, row, NULL);
        else if (differs)
            names[count++] = told_driver(head, table_value(table, row, "subject")->text);
    }
    if (status || !count)
        return status;
    status = say_list(ctx, head, names, count, PAIRS_TOLD, &items);
    const struct phrase_word words[] = {{"items", items}, {NULL, NULL}};
    return status ? status : telling_say(telling, "groups.subjects", words);
}

/* The groups that lie beyond what chance does to a unit of their size. */
static enum status funnel_tell(struct telling *telling, const struct table *table, const char *side, const char *key)
{
    struct ctx *ctx = telling->ctx;
    const char **names = arena_array(ctx->arena, table->row_count + 1u, sizeof *names), *units = NULL;
    uint32_t count = 0;
    enum status status = names ? STATUS_OK : ctx_no_memory(ctx);
    for (uint32_t r = 0; r < table->row_count && !status; r++) {
        const struct row *row = &table->rows[r];
        if (row_is(table, row, "subject", "overall") && row_is(table, row, "funnel", side))
            status = shown_group(ctx, &telling->document->head, table, row, &names[count++]);
    }
    if (status || !count)
        return status;
    status = say_list(ctx, &telling->document->head, names, count, UNITS_TOLD, &units);
    const struct phrase_word words[] = {{"units", units}, {NULL, NULL}};
    return status ? status : telling_say(telling, key, words);
}

/* The league of one by-set, told by its funnel. */
static enum status league_tell(struct telling *telling, const struct report_tables *tables, const struct table *first)
{
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < tables->count && !status; i++) {
        const struct table *table = released_table_view(tables->tables[i]);
        if (strcmp(table->measure->name, "league") != 0 || !same_by(table, first))
            continue;
        status = funnel_tell(telling, table, "below", "groups.below");
        if (!status)
            status = funnel_tell(telling, table, "above", "groups.above");
    }
    return status;
}

/* What is known of the groups against each other, before the tables that show each by itself. */
static enum status comparison_add(struct ctx *ctx, const struct report_tables *tables, const struct table *first,
                                  struct document *document, const char *by)
{
    const struct released_table *comparison = comparison_find(tables, "group_comparison", by);
    const struct released_table *pairs = comparison_find(tables, "group_pairs", by);
    struct telling telling;
    enum status status = telling_begin(ctx, document, PAIRS_TOLD + 5, &telling);
    if (!status && comparison)
        status = difference_tell(&telling, released_table_view(comparison));
    if (!status && pairs)
        status = pairs_tell(&telling, released_table_view(pairs), PAIRS_TOLD);
    if (!status)
        status = league_tell(&telling, tables, first);
    if (!status)
        status = telling_end(&telling);
    if (!status)
        status = add_table(ctx, document, comparison, false);
    return status ? status : add_table_folded(ctx, document, pairs);
}

/* Was this by-set begun by an earlier table? */
static bool by_seen(const struct report_tables *tables, uint32_t t)
{
    for (uint32_t i = 0; i < t; i++) {
        const struct table *earlier = released_table_view(tables->tables[i]);
        if (groups_asked(earlier) && same_by(earlier, released_table_view(tables->tables[t])))
            return true;
    }
    return false;
}

static enum status segments_build(struct ctx *ctx, const struct report_tables *tables, struct document *document)
{
    bool begun = false;
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < tables->count && !status; i++) {
        const struct table *table = released_table_view(tables->tables[i]);
        const char *by = NULL;
        if (!groups_asked(table) || by_seen(tables, i))
            continue;
        if (!begun)
            status = add_heading(ctx, document, 2, "heading.segments", NULL);
        begun = true;
        if (!status)
            status = say_by(ctx, table, &by);
        if (!status)
            status = by_begin(ctx, document, tables->tables[i], by);
        if (!status)
            status = comparison_add(ctx, tables, table, document, by);
        if (!status)
            status = by_add(ctx, tables, table, document, by);
    }
    return status;
}

const struct section section_segments = {
    .name = "segments",
    .title = "heading.segments",
    .meaning = "The groups that were asked for, small ones hidden.",
    .measures = (const char *const[]){NULL},
    .by_measures = (const char *const[]){"overall_gap", "overall_item_gap", "dimension_gap", "item_gap", "zone",
                                         "group_comparison", "group_pairs", "league", "league_share", NULL},
    .order = 50,
    .build = segments_build,
};
