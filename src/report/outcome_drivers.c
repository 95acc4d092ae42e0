/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/section.h"

#include <math.h>
#include <string.h>

#include "model/measure.h"
#include "report/headline.h"
#include "report/telling.h"

/* What goes with the first outcome: how much experience, expectations and gaps explain of it, and which of them are shown to go
 * with it. */

#define OVERLAP   5.0 /* variance inflation from which coefficients say little */
#define NAMED     4u  /* drivers named in a sentence */
#define ROWS_OPEN 12u /* a longer table is folded */

/* Is the row about the first outcome, and these predictors? */
static bool row_of(const struct table *table, const struct row *row, const char *predictors)
{
    return row_is(table, row, "predictors", predictors) &&
           row_is(table, row, "outcome", table_value(table, &table->rows[0], "outcome")->text);
}

/* How much the predictors explain together; -1 when that is not known. */
static double explained(const struct table *table, const char *predictors, const struct row **first)
{
    *first = NULL;
    for (uint32_t r = 0; r < table->row_count; r++) {
        if (row_of(table, &table->rows[r], predictors) && row_has(table, &table->rows[r], "r2")) {
            *first = &table->rows[r];
            return row_number(table, *first, "r2", 0);
        }
    }
    return -1;
}

static enum status explained_tell(struct telling *telling, const struct table *table, const char *predictors, const char *key)
{
    const struct row *row = NULL;
    const char *percent = NULL;
    double share = explained(table, predictors, &row);
    if (!row)
        return STATUS_OK;
    enum status status = say_number(telling->ctx, share * 100, 0, &percent);
    const struct phrase_word words[] = {{"percent", percent}, {NULL, NULL}};
    return status ? status : telling_row(telling, key, table, row, words);
}

/* The drivers shown to go with the outcome, the most important first.
 * gives   how many rows stand in list[table->row_count] */
static uint32_t shown_rows(const struct table *table, const char *predictors, double alpha, const struct row **list)
{
    uint32_t count = 0;
    for (uint32_t r = 0; r < table->row_count; r++) {
        const struct row *row = &table->rows[r];
        if (!row_of(table, row, predictors) || row_number(table, row, "p_holm", 1) >= alpha)
            continue;
        uint32_t at = count++;
        for (; at > 0 && row_number(table, list[at - 1], "lmg_share", 0) < row_number(table, row, "lmg_share", 0); at--)
            list[at] = list[at - 1];
        list[at] = row;
    }
    return count;
}

/* “Speed” (39 % of what is explained), “Care” (27 % of what is explained) */
static enum status list_make(const struct telling *telling, const struct table *table, const struct row *const *rows,
                             uint32_t count, const char **out)
{
    struct ctx *ctx = telling->ctx;
    enum status status = STATUS_OK;
    *out = "";
    for (uint32_t i = 0; i < count && i < NAMED && !status; i++) {
        const char *percent = NULL, *one = NULL;
        const char *name = told_driver(&telling->document->head, table_value(table, rows[i], "driver")->text);
        status = say_number(ctx, row_number(table, rows[i], "lmg_share", 0) * 100, 0, &percent);
        const struct phrase_word words[] = {{"driver", name}, {"percent", percent}, {NULL, NULL}};
        bool against = row_number(table, rows[i], "beta", 0) < 0;
        if (!status)
            status = say(ctx, &telling->document->head, against ? "drivers.one.against" : "drivers.one", words, &one);
        if (!status)
            status = say_next(ctx, &telling->document->head, one, out);
    }
    return status;
}

/* Which predictors speak, and what is said when some of them are shown to go with the outcome, and when none is. */
static const struct predictor_keys {
    const char *predictors, *shown, *none, *chart_base;
} predictor_keys[] = {
    {"gap", "drivers.shown.gap", "drivers.none.gap", "drivers.chart.base.gap"},
    {"perception", "drivers.shown.perception", "drivers.none.perception", "drivers.chart.base.perception"},
    {"expectation", "drivers.shown.expectation", "drivers.none.expectation", "drivers.chart.base.expectation"},
};

static enum status shown_tell(struct telling *telling, const struct table *table, const struct predictor_keys *keys)
{
    const char *predictors = keys->predictors;
    const struct row **list = arena_array(telling->ctx->arena, table->row_count + 1u, sizeof *list), *first = NULL;
    const char *names = "";
    if (!list)
        return ctx_no_memory(telling->ctx);
    uint32_t count = shown_rows(table, predictors, 1 - telling->document->head.confidence, list);
    (void)explained(table, predictors, &first);
    enum status status = list_make(telling, table, list, count, &names);
    const struct phrase_word words[] = {{"list", names}, {NULL, NULL}};
    return status ? status : telling_row(telling, count ? keys->shown : keys->none, table, first, words);
}

static enum status overlap_tell(struct telling *telling, const struct table *table, const char *predictors)
{
    double most = 0;
    const char *vif = NULL;
    for (uint32_t r = 0; r < table->row_count; r++)
        most = fmax(most, row_of(table, &table->rows[r], predictors) ? row_number(table, &table->rows[r], "vif", 0) : 0);
    if (most < OVERLAP)
        return STATUS_OK;
    enum status status = say_number(telling->ctx, most, 1, &vif);
    const struct phrase_word words[] = {{"vif", vif}, {NULL, NULL}};
    return status ? status : telling_say(telling, "drivers.overlap", words);
}

/* The predictors that explain most. */
static const struct predictor_keys *best_choose(const struct table *table)
{
    const struct predictor_keys *best = NULL;
    double most = -1;
    for (size_t i = 0; i < 3; i++) {
        const struct row *row = NULL;
        double share = explained(table, predictor_keys[i].predictors, &row);
        if (row && share > most) {
            best = &predictor_keys[i];
            most = share;
        }
    }
    return best;
}

static enum status drivers_tell(struct telling *telling, const struct table *table)
{
    enum status status = explained_tell(telling, table, "gap", "drivers.gap");
    if (!status)
        status = explained_tell(telling, table, "perception", "drivers.perception");
    if (!status)
        status = explained_tell(telling, table, "expectation", "drivers.expectation");
    const struct predictor_keys *best = best_choose(table);
    if (!status && best)
        status = shown_tell(telling, table, best);
    return !status && best ? overlap_tell(telling, table, best->predictors) : status;
}

/* All drivers of one kind, the most important first.
 * takes   list  [table->row_count]
 * gives   how many */
static uint32_t drawn_find(const struct table *table, const char *predictors, uint32_t *list)
{
    uint32_t count = 0;
    for (uint32_t r = 0; r < table->row_count; r++) {
        const struct row *row = &table->rows[r];
        if (!row_of(table, row, predictors))
            continue;
        uint32_t at = count++;
        for (; at > 0 && row_number(table, &table->rows[list[at - 1]], "lmg_share", 0) < row_number(table, row, "lmg_share", 0);
             at--)
            list[at] = list[at - 1];
        list[at] = r;
    }
    return count;
}

/* The finding: which of those shown to go with the outcome has the largest part. */
static enum status chart_title(struct ctx *ctx, const struct document_head *head, const struct table *table,
                               const char *predictors, const char **out)
{
    const struct row **list = arena_array(ctx->arena, table->row_count + 1u, sizeof *list);
    const char *percent = "", *driver = "", *outcome = told_outcome(head, table, &table->rows[0]);
    if (!list)
        return ctx_no_memory(ctx);
    enum status status = STATUS_OK;
    uint32_t count = shown_rows(table, predictors, 1 - head->confidence, list);
    if (count) {
        driver = told_driver(head, table_value(table, list[0], "driver")->text);
        status = say_number(ctx, row_number(table, list[0], "lmg_share", 0) * 100, 0, &percent);
    }
    const struct phrase_word words[] = {{"driver", driver}, {"percent", percent}, {"outcome", outcome}, {NULL, NULL}};
    return status ? status : say(ctx, head, count ? "drivers.chart" : "drivers.chart.none", words, out);
}

static enum status chart_base(struct ctx *ctx, const struct document_head *head, const struct table *table,
                              const struct predictor_keys *keys, const char **out)
{
    const struct row *row = NULL;
    const char *n = "", *percent = "", *level = "";
    double share = explained(table, keys->predictors, &row);
    enum status status = say_number(ctx, share * 100, 0, &percent);
    if (!status)
        status = say_count(ctx, row_count_of(table, row, "n"), &n);
    if (!status)
        status = say_confidence(ctx, head->confidence, &level);
    const struct phrase_word words[] = {{"n", n}, {"percent", percent}, {"confidence", level}, {NULL, NULL}};
    return status ? status : say(ctx, head, keys->chart_base, words, out);
}

/* The picture of the drivers that explain most. */
static enum status chart_add(struct ctx *ctx, struct document *document, const struct released_table *released)
{
    const struct table *table = released_table_view(released);
    const struct predictor_keys *best = best_choose(table);
    struct document_block *chart = NULL;
    uint32_t *list = arena_array(ctx->arena, table->row_count + 1u, sizeof *list);
    if (!best || !list)
        return best ? ctx_no_memory(ctx) : STATUS_OK;
    enum status status = document_add(ctx, document, DOCUMENT_CHART, &chart);
    if (status)
        return status;
    chart->chart = "driver_bars";
    chart->table = released;
    chart->drawn = list;
    chart->drawn_count = drawn_find(table, best->predictors, list);
    status = chart_title(ctx, &document->head, table, best->predictors, &chart->text);
    return status ? status : chart_base(ctx, &document->head, table, best, &chart->subtitle);
}

static enum status drivers_build(struct ctx *ctx, const struct report_tables *tables, struct document *document)
{
    const struct table *table = table_told(tables, "drivers");
    struct telling telling;
    if (!table)
        return STATUS_OK;
    enum status status = telling_begin(ctx, document, 6, &telling);
    if (!status)
        status = drivers_tell(&telling, table);
    if (status || !telling.count)
        return status;
    const struct phrase_word words[] = {{"outcome", told_outcome(&document->head, table, &table->rows[0])}, {NULL, NULL}};
    status = add_heading(ctx, document, 2, "heading.drivers", words);
    if (!status)
        status = telling_end(&telling);
    if (!status)
        status = chart_add(ctx, document, report_table(tables, "drivers"));
    if (status)
        return status;
    return table->row_count > ROWS_OPEN ? add_table_folded(ctx, document, report_table(tables, "drivers"))
                                        : add_table(ctx, document, report_table(tables, "drivers"), false);
}

const struct section section_outcome_drivers = {
    .name = "outcome_drivers",
    .title = "heading.drivers",
    .meaning = "What goes with satisfaction, and how it is shared out among drivers that go together.",
    .measures = (const char *const[]){"drivers", NULL},
    .order = 42,
    .build = drivers_build,
};
