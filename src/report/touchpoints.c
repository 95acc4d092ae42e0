/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/section.h"

#include "model/measure.h"
#include "model/shown.h"
#include "report/headline.h"
#include "report/telling.h"

/* Where customers are served well and where not: touchpoints and channels of a wide study. */

/* The table of touchpoints and channels, when it has rows. */
static const struct released_table *scorecard_find(const struct report_tables *tables)
{
    for (uint32_t i = 0; i < tables->count; i++) {
        const struct table *table = released_table_view(tables->tables[i]);
        if (table->measure->by == BY_TOUCHPOINT && table->row_count && table_column(table, "figure") != UINT32_MAX)
            return tables->tables[i];
    }
    return NULL;
}

/* The row of a figure with the lowest mean that has an interval, or the highest. */
static const struct row *extreme_row(const struct table *table, const char *figure, bool lowest)
{
    const struct row *found = NULL;
    for (uint32_t r = 0; r < table->row_count; r++) {
        const struct row *row = &table->rows[r];
        if (!row_is(table, row, "figure", figure) || !row_has(table, row, "ci_low"))
            continue;
        double value = row_number(table, row, "value", 0), best = found ? row_number(table, found, "value", 0) : value;
        if (!found || (lowest ? value < best : value > best))
            found = row;
    }
    return found;
}

/* "Lowest gap: at the desk −0.40 [−0.60, −0.20]; highest: …; the intervals do not overlap." */
static enum status figure_tell(struct telling *telling, const struct table *table, const char *figure, const char *key)
{
    const struct row *lowest = extreme_row(table, figure, true), *highest = extreme_row(table, figure, false);
    const char *low = NULL, *high = NULL, *where_low = NULL, *where_high = NULL, *apart = NULL;
    const struct document_head *head = &telling->document->head;
    if (!lowest || lowest == highest)
        return STATUS_OK;
    bool overlap = row_number(table, lowest, "ci_high", 0) >= row_number(table, highest, "ci_low", 0);
    enum status status = shown_group(telling->ctx, head, table, lowest, &where_low);
    if (!status)
        status = shown_group(telling->ctx, head, table, highest, &where_high);
    if (!status)
        status = row_say(telling, "touchpoints.one", table, lowest, NULL, &low);
    if (!status)
        status = row_say(telling, "touchpoints.one", table, highest, NULL, &high);
    if (!status)
        status = say(telling->ctx, head, overlap ? "touchpoints.overlap" : "touchpoints.apart", NULL, &apart);
    const struct phrase_word words[] = {{"where_low", where_low}, {"low", low},     {"where_high", where_high},
                                        {"high", high},           {"apart", apart}, {NULL, NULL}};
    return status ? status : telling_say(telling, key, words);
}

static enum status touchpoints_build(struct ctx *ctx, const struct report_tables *tables, struct document *document)
{
    static const char *const figures[] = {"gap", "rating", "satisfaction"};
    static const char *const keys[] = {"touchpoints.gap", "touchpoints.rating", "touchpoints.satisfaction"};
    const struct released_table *released = scorecard_find(tables);
    struct telling telling;
    if (!released)
        return STATUS_OK;
    enum status status = telling_begin(ctx, document, 3, &telling);
    for (size_t i = 0; i < 3 && !status; i++)
        status = figure_tell(&telling, released_table_view(released), figures[i], keys[i]);
    if (status || !telling.count)
        return status;
    status = add_heading(ctx, document, 2, "heading.touchpoints", NULL);
    if (!status)
        status = telling_end(&telling);
    return status ? status : add_table(ctx, document, released, false);
}

const struct section section_touchpoints = {
    .name = "touchpoints",
    .title = "heading.touchpoints",
    .meaning = "Gap, rating and satisfaction at each touchpoint and in each channel.",
    .measures = (const char *const[]){"touchpoint", NULL},
    .order = 43,
    .build = touchpoints_build,
};
