/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/section.h"

#include <string.h>

#include "model/journey_marks.h"
#include "model/measure.h"
#include "model/shown.h"
#include "report/headline.h"
#include "report/telling.h"

enum { MEMORY_MODELS = 3 };

/* How customers travel: how many ways, where it is rated worst and best, whether it gets better, and what of it is remembered. */

/* Orders, lengths and, where moments have times, durations. */
static enum status ways_tell(struct telling *telling, const struct table *table)
{
    if (!table || !row_has(table, &table->rows[0], "moments_mean"))
        return STATUS_OK;
    bool timed = row_has(table, &table->rows[0], "duration_median");
    return telling_row(telling, timed ? "journeys.ways.timed" : "journeys.ways", table, &table->rows[0], NULL);
}

/* The touchpoint with the lowest rating that has an interval, or the highest. */
static const struct row *extreme_row(const struct table *table, bool lowest)
{
    const struct row *found = NULL;
    double best = 0;
    for (uint32_t r = 0; table && r < table->row_count; r++) {
        const struct row *row = &table->rows[r];
        if (!row_has(table, row, "rating") || !row_has(table, row, "ci_low"))
            continue;
        double rating = table_value(table, row, "rating")->number;
        if (!found || (lowest ? rating < best : rating > best)) {
            found = row;
            best = rating;
        }
    }
    return found;
}

static enum status ratings_tell(struct telling *telling, const struct table *table)
{
    const struct row *lowest = extreme_row(table, true), *highest = extreme_row(table, false);
    if (!lowest || lowest == highest)
        return STATUS_OK;
    enum status status = telling_row(telling, "journeys.lowest", table, lowest, NULL);
    return status ? status : telling_row(telling, "journeys.highest", table, highest, NULL);
}

/* Whether ratings rise or fall along the journey, when that is shown. */
static enum status trend_tell(struct telling *telling, const struct table *table)
{
    for (uint32_t r = 0; table && r < table->row_count; r++) {
        const struct row *row = &table->rows[r];
        if (!row_is(table, row, "summary", "trend") || !row_has(table, row, "ci_low"))
            continue;
        if (table_value(table, row, "ci_low")->number > 0)
            return telling_row(telling, "journeys.rises", table, row, NULL);
        if (table_value(table, row, "ci_high")->number < 0)
            return telling_row(telling, "journeys.falls", table, row, NULL);
    }
    return STATUS_OK;
}

/* Says which summaries foretell what is remembered about equally well. */
static enum status memory_unsettled(struct telling *telling, const struct table *table)
{
    const struct document_head *head = &telling->document->head;
    const char *names[MEMORY_MODELS], *list = NULL;
    uint32_t count = 0;
    for (uint32_t r = 0; r < table->row_count && count < MEMORY_MODELS; r++) {
        const struct row *row = &table->rows[r];
        if (row_is(table, row, "verdict", "best") || row_is(table, row, "verdict", "as_good"))
            names[count++] = shown_word(head, table_value(table, row, "model")->text);
    }
    enum status status = say_list(telling->ctx, head, names, count, MEMORY_MODELS, &list);
    const struct phrase_word words[] = {{"models", list}, {NULL, NULL}};
    return status ? status : telling_say(telling, "journeys.memory.unsettled", words);
}

/* Which summary goes best with what is remembered, or that it is not settled. */
static enum status memory_tell(struct telling *telling, const struct table *table)
{
    static const char *const models[MEMORY_MODELS] = {"mean", "peak_end", "shape"};
    static const char *const keys[] = {"journeys.memory.mean", "journeys.memory.peak_end", "journeys.memory.shape"};
    bool settled = true;
    for (uint32_t r = 0; table && r < table->row_count; r++)
        settled = settled && !row_is(table, &table->rows[r], "verdict", "as_good");
    for (uint32_t r = 0; table && r < table->row_count; r++) {
        const struct row *row = &table->rows[r];
        if (!row_is(table, row, "verdict", "best") || !row_has(table, row, "r2_cv"))
            continue;
        if (!settled)
            return memory_unsettled(telling, table);
        for (size_t m = 0; m < MEMORY_MODELS; m++) {
            if (row_is(table, row, "model", models[m]))
                return telling_row(telling, keys[m], table, row, NULL);
        }
    }
    return STATUS_OK;
}

/* The moments that count most, by name. */
static enum status truth_tell(struct telling *telling, const struct table *table)
{
    const char *names[3], *list = NULL;
    uint32_t count = 0;
    for (uint32_t r = 0; table && r < table->row_count && count < 3; r++) {
        if (row_is(table, &table->rows[r], "verdict", "moment_of_truth"))
            names[count++] = table_value(table, &table->rows[r], "touchpoint")->text;
    }
    if (!count)
        return STATUS_OK;
    enum status status = say_list(telling->ctx, &telling->document->head, names, count, 3, &list);
    const struct phrase_word words[] = {{"moments", list}, {NULL, NULL}};
    return status ? status : telling_say(telling, "journeys.truth", words);
}

/* All sentences. */
static enum status journeys_tell(struct telling *telling, const struct report_tables *tables)
{
    enum status status = ways_tell(telling, table_told(tables, "journey_overview"));
    if (!status)
        status = ratings_tell(telling, table_told(tables, "journey_touchpoint"));
    if (!status)
        status = trend_tell(telling, table_told(tables, "journey_shape"));
    if (!status)
        status = memory_tell(telling, table_told(tables, "journey_memory"));
    return status ? status : truth_tell(telling, table_told(tables, "moment_of_truth"));
}

#define POINTS_DRAWN 60u

/* Puts rows in order, the lowest number of a column first.
 * takes   sign  −1: the highest first */
static void rows_order(const struct table *table, const char *column, int sign, uint32_t *list, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        uint32_t row = list[i], at = i;
        double number = sign * row_number(table, &table->rows[row], column, 2);
        for (; at > 0 && sign * row_number(table, &table->rows[list[at - 1]], column, 2) > number; at--)
            list[at] = list[at - 1];
        list[at] = row;
    }
}

/* The rated touchpoints in the order in which journeys come past them; where there are very many, those that most come past.
 * takes   list  [table->row_count]
 * gives   how many */
static uint32_t drawn_find(const struct table *table, uint32_t *list)
{
    uint32_t count = 0;
    for (uint32_t r = 0; r < table->row_count; r++) {
        if (row_has(table, &table->rows[r], "rating"))
            list[count++] = r;
    }
    rows_order(table, "share", -1, list, count);
    count = count < POINTS_DRAWN ? count : POINTS_DRAWN;
    rows_order(table, "place", 1, list, count);
    return count;
}

/* The finding: where the ratings peak, and what the rating is where most journeys end. */
static enum status title_make(struct ctx *ctx, const struct document_head *head, const struct table *table,
                              const struct journey_marks *marks, const char **out)
{
    static const char *const keys[2][3] = {{"journeys.chart.peak", "journeys.chart.peak.end", "journeys.chart.peak.alone"},
                                           {"journeys.chart.low", "journeys.chart.low.end", "journeys.chart.low.alone"}};
    const struct row *end = marks->end ? marks->end : marks->peak;
    unsigned which = !marks->end ? 2 : marks->end == marks->peak ? 1 : 0;
    const char *peak_rating = "", *end_rating = "";
    enum status status = say_number(ctx, row_number(table, marks->peak, "rating", 0), 2, &peak_rating);
    if (!status)
        status = say_number(ctx, row_number(table, end, "rating", 0), 2, &end_rating);
    const struct phrase_word words[] = {{"peak", table_value(table, marks->peak, "touchpoint")->text},
                                        {"peak_rating", peak_rating},
                                        {"end", table_value(table, end, "touchpoint")->text},
                                        {"end_rating", end_rating},
                                        {NULL, NULL}};
    return status ? status : say(ctx, head, keys[marks->low][which], words, out);
}

static enum status base_make(struct ctx *ctx, const struct document_head *head, const struct table *table, const char **out)
{
    const char *n = "", *level = "", *scale = "";
    uint64_t most = 0;
    for (uint32_t r = 0; r < table->row_count; r++)
        most = row_count_of(table, &table->rows[r], "n") > most ? row_count_of(table, &table->rows[r], "n") : most;
    enum status status = say_count(ctx, most, &n);
    if (!status)
        status = say_confidence(ctx, head->confidence, &level);
    if (!status)
        status = say_scale(ctx, head, &head->study->columns.journey.rating_scale, &scale);
    const struct phrase_word words[] = {{"n", n}, {"scale", scale}, {"confidence", level}, {NULL, NULL}};
    return status ? status : say(ctx, head, "journeys.chart.base", words, out);
}

/* The line of the ratings from the first touchpoint to the last; a lone one is no line. */
static enum status line_add(struct ctx *ctx, struct document *document, const struct released_table *released)
{
    const struct table *table = released_table_view(released);
    uint32_t *list = arena_array(ctx->arena, table->row_count + 1u, sizeof *list);
    struct document_block *chart = NULL;
    if (!list)
        return ctx_no_memory(ctx);
    uint32_t count = drawn_find(table, list);
    if (count < 2)
        return STATUS_OK;
    enum status status = document_add(ctx, document, DOCUMENT_CHART, &chart);
    if (status)
        return status;
    chart->chart = "journey_line";
    chart->table = released;
    chart->drawn = list;
    chart->drawn_count = count;
    struct journey_marks marks = journey_marks_find(document->head.study, table, list, count);
    status = title_make(ctx, &document->head, table, &marks, &chart->text);
    return status ? status : base_make(ctx, &document->head, table, &chart->subtitle);
}

/* A table, and the line before that of the touchpoints. */
static enum status shown_add(struct ctx *ctx, struct document *document, const struct report_tables *tables, const char *measure)
{
    const struct released_table *released = report_table(tables, measure);
    enum status status = STATUS_OK;
    if (released && strcmp(measure, "journey_touchpoint") == 0)
        status = line_add(ctx, document, released);
    return status ? status : add_table(ctx, document, released, false);
}

static const char *const tables_shown[] = {"journey_overview", "journey_touchpoint", "journey_shape",
                                           "journey_memory",   "moment_of_truth",    NULL};

static enum status journeys_build(struct ctx *ctx, const struct report_tables *tables, struct document *document)
{
    struct telling telling;
    enum status status = telling_begin(ctx, document, 6, &telling);
    if (!status)
        status = journeys_tell(&telling, tables);
    if (status || !telling.count)
        return status;
    status = add_heading(ctx, document, 2, "heading.journeys", NULL);
    if (!status)
        status = telling_end(&telling);
    for (size_t i = 0; tables_shown[i] && !status; i++)
        status = shown_add(ctx, document, tables, tables_shown[i]);
    return status;
}

const struct section section_journeys = {
    .name = "journeys",
    .title = "heading.journeys",
    .meaning = "How customers travel from touchpoint to touchpoint, how it is rated, and what of it is remembered.",
    .measures = tables_shown,
    .order = 45,
    .build = journeys_build,
};
