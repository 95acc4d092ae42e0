/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/section.h"

#include "model/measure.h"
#include "report/headline.h"
#include "report/telling.h"

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

/* Which summary goes best with what is remembered, or that it is not settled. */
static enum status memory_tell(struct telling *telling, const struct table *table)
{
    static const char *const models[] = {"mean", "peak_end", "shape"};
    static const char *const keys[] = {"journeys.memory.mean", "journeys.memory.peak_end", "journeys.memory.shape"};
    bool settled = true;
    for (uint32_t r = 0; table && r < table->row_count; r++)
        settled = settled && !row_is(table, &table->rows[r], "verdict", "as_good");
    for (uint32_t r = 0; table && r < table->row_count; r++) {
        const struct row *row = &table->rows[r];
        if (!row_is(table, row, "verdict", "best") || !row_has(table, row, "r2_cv"))
            continue;
        if (!settled)
            return telling_say(telling, "journeys.memory.unsettled", NULL);
        for (size_t m = 0; m < 3; m++) {
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
        status = add_table(ctx, document, report_table(tables, tables_shown[i]), false);
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
