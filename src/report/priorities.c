/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/section.h"

#include "model/measure.h"
#include "report/headline.h"
#include "report/item_charts.h"
#include "report/telling.h"

/* Where to begin: the gaps in the order of their weight, and importance against performance, each with how settled it is. */

static const struct told_class classes[] = {
    {"stability", "among the first", "priority.among", NULL, NULL},
};

static const struct told_class quadrants[] = {
    {"quadrant", "concentrate here", "priority.concentrate", "settled", "settled"},
    {"quadrant", "keep up", "priority.keep_up", "settled", "settled"},
    {"quadrant", "possible overkill", "priority.overkill", "settled", "settled"},
    {"settled", "unsettled", "priority.open", NULL, NULL},
};

static const struct row *first_row(const struct table *table)
{
    for (uint32_t r = 0; table && r < table->row_count; r++) {
        if (row_has(table, &table->rows[r], "priority") && row_count_of(table, &table->rows[r], "priority") == 1)
            return &table->rows[r];
    }
    return NULL;
}

/* What its weight is, by where the importance comes from. */
static enum status weight_say(const struct telling *telling, const struct table *table, const struct row *row, const char **out)
{
    static const char *const kinds[] = {"points", "rating", "drivers"};
    static const char *const keys[] = {"priority.weight.points", "priority.weight.rating", "priority.weight.drivers"};
    for (size_t i = 0; i < 3; i++) {
        if (row_is(table, row, "importance_kind", kinds[i]))
            return row_say(telling, keys[i], table, row, NULL, out);
    }
    return row_say(telling, "priority.weight.equal", table, row, NULL, out);
}

/* The gap that comes first, and how settled that is. */
static enum status first_tell(struct telling *telling, const struct table *table)
{
    const struct row *row = first_row(table);
    const char *percent = NULL, *weight = NULL;
    if (!row)
        return STATUS_OK;
    if (row_number(table, row, "gap", 0) >= 0)
        return telling_say(telling, "priority.none", NULL);
    enum status status = say_number(telling->ctx, row_number(table, row, "first_share", 0) * 100, 0, &percent);
    if (!status)
        status = weight_say(telling, table, row, &weight);
    const struct phrase_word words[] = {
        {"name", told_name(&telling->document->head, table, row)}, {"percent", percent}, {"weight_said", weight}, {NULL, NULL}};
    bool known = row_has(table, row, "first_share"), first = row_is(table, row, "stability", "first");
    const char *key = first ? "priority.first" : known ? "priority.unsettled" : "priority.unknown";
    return status ? status : telling_row(telling, key, table, row, words);
}

static enum status classes_tell(struct telling *telling, const struct table *table, const struct told_class *told, size_t count)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; table && i < count && !status; i++)
        status = telling_class(telling, table, &told[i]);
    return status;
}

static enum status priorities_build(struct ctx *ctx, const struct report_tables *tables, struct document *document)
{
    const struct table *order = table_told(tables, "gap_priority"), *map = table_told(tables, "importance_performance");
    struct telling telling;
    enum status status = telling_begin(ctx, document, 6, &telling);
    if (!status)
        status = first_tell(&telling, order);
    if (!status)
        status = classes_tell(&telling, order, classes, sizeof classes / sizeof *classes);
    if (!status)
        status = classes_tell(&telling, map, quadrants, sizeof quadrants / sizeof *quadrants);
    if (status || !telling.count)
        return status;
    status = add_heading(ctx, document, 2, "heading.priorities", NULL);
    if (!status)
        status = telling_end(&telling);
    if (!status)
        status = add_table(ctx, document, report_table(tables, "gap_priority"), false);
    if (!status)
        status = importance_chart_add(ctx, tables, document);
    if (!status)
        status = add_table(ctx, document, report_table(tables, "importance_performance"), false);
    return status ? status : add_table_folded(ctx, document, report_table(tables, "ipga"));
}

const struct section section_priorities = {
    .name = "priorities",
    .title = "heading.priorities",
    .meaning = "Where to begin: gaps in the order of their weight, importance against performance, and how settled both are.",
    .measures = (const char *const[]){"gap_priority", "importance_performance", "ipga", NULL},
    .order = 35,
    .build = priorities_build,
};
