/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/section.h"

#include <string.h>

#include "model/measure.h"
#include "report/headline.h"
#include "report/item_charts.h"
#include "report/telling.h"

/* What must not fail, what should shine, and what leaves customers cold: by each method that the study has answers for. */

#define SENTENCES_MOST 12u

static const struct told_class kano_classes[] = {
    {"category", "must-be", "delight.kano.must-be", "certainty", "clear"},
    {"category", "one-dimensional", "delight.kano.one-dimensional", "certainty", "clear"},
    {"category", "attractive", "delight.kano.attractive", "certainty", "clear"},
    {"category", "reverse", "delight.kano.reverse", "certainty", "clear"},
    {"category", "indifferent", "delight.kano.indifferent", "certainty", "clear"},
    {"certainty", "mixed", "delight.kano.mixed", NULL, NULL},
    {"certainty", "undecided", "delight.kano.undecided", NULL, NULL},
    {.key = NULL},
};

static const struct told_class impact_classes[] = {
    {"class", "frustrator", "delight.frustrator", "settled", "settled"},
    {"class", "dissatisfier", "delight.dissatisfier", "settled", "settled"},
    {"class", "hybrid", "delight.hybrid", "settled", "settled"},
    {"class", "satisfier", "delight.satisfier", "settled", "settled"},
    {"class", "delighter", "delight.delighter", "settled", "settled"},
    {"settled", "unsettled", "delight.unsettled", NULL, NULL},
    {.key = NULL},
};

static const struct told_class agreement_classes[] = {
    {"verdict", "basic", "delight.agree.basic", NULL, NULL},
    {"verdict", "performance", "delight.agree.performance", NULL, NULL},
    {"verdict", "delight", "delight.agree.delight", NULL, NULL},
    {"verdict", "differ", "delight.differ", NULL, NULL},
    {.key = NULL},
};

/* Does any row of the table say how sure it is? */
static bool column_is_told(const struct table *table, const char *column)
{
    bool told = false;
    for (uint32_t r = 0; r < table->row_count; r++)
        told |= row_has(table, &table->rows[r], column);
    return told;
}

/* Classes that are sure. Where the design lets nothing be said about that, as with clusters, all of them. */
static enum status classes_tell(struct telling *telling, const struct table *table, const struct told_class *classes)
{
    enum status status = STATUS_OK;
    for (; table && classes->key && !status; classes++) {
        struct told_class told = *classes;
        if (told.and_column && !column_is_told(table, told.and_column))
            told.and_column = NULL;
        status = telling_class(telling, table, &told);
    }
    return status;
}

/* The item on which most customers got less than they accept. */
static enum status zone_tell(struct telling *telling, const struct table *table)
{
    const struct row *worst = NULL;
    for (uint32_t r = 0; table && r < table->row_count; r++) {
        const struct row *row = &table->rows[r];
        if (row_has(table, row, "failure_share") &&
            (!worst || row_number(table, row, "failure_share", 0) > row_number(table, worst, "failure_share", 0)))
            worst = row;
    }
    return worst ? telling_row(telling, "delight.zone", table, worst, NULL) : STATUS_OK;
}

static enum status delight_build(struct ctx *ctx, const struct report_tables *tables, struct document *document)
{
    static const char *const measures[] = {"kano", "zone_delight", "penalty_reward", "tetraclasse", "delight_agreement"};
    struct telling telling;
    enum status status = telling_begin(ctx, document, SENTENCES_MOST, &telling);
    if (!status)
        status = classes_tell(&telling, table_told(tables, "kano"), kano_classes);
    if (!status)
        status = zone_tell(&telling, table_told(tables, "zone_delight"));
    if (!status)
        status = classes_tell(&telling, table_told(tables, "penalty_reward"), impact_classes);
    if (!status)
        status = classes_tell(&telling, table_told(tables, "delight_agreement"), agreement_classes);
    if (status || !telling.count)
        return status;
    status = add_heading(ctx, document, 2, "heading.delight", NULL);
    if (!status)
        status = telling_end(&telling);
    if (!status)
        status = kano_charts_add(ctx, tables, document);
    for (size_t i = 0; i < sizeof measures / sizeof *measures && !status; i++) {
        if (strcmp(measures[i], "penalty_reward") == 0)
            status = penalty_chart_add(ctx, tables, document);
        if (!status)
            status = add_table_folded(ctx, document, report_table(tables, measures[i]));
    }
    return status;
}

const struct section section_delight = {
    .name = "delight",
    .title = "heading.delight",
    .meaning = "Which items must not fail, which may delight, and which leave customers cold.",
    .measures = (const char *const[]){"kano", "zone_delight", "penalty_reward", "tetraclasse", "delight_agreement", NULL},
    .order = 44,
    .build = delight_build,
};
