/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/section.h"

#include "model/measure.h"
#include "report/headline.h"
#include "report/surface_chart.h"
#include "report/telling.h"
#include "report/trust.h"

/* Whether the gap may stand for both answers, dimension by dimension, and how expectation and experience go with the outcome
 * when each is taken by itself. */

static const struct told_class verdicts[] = {{"verdict", "adequate", "validity.adequate", NULL, NULL},
                                             {"verdict", "inadequate", "validity.inadequate", NULL, NULL},
                                             {"verdict", "undecided", "validity.undecided", NULL, NULL}};

static enum status direct_tell(struct telling *telling, const struct table *table)
{
    static const char *const better[] = {"direct", "gap", "undecided"};
    static const char *const keys[] = {"validity.direct", "validity.computed", "validity.direct_undecided"};
    for (size_t i = 0; table && i < 3; i++) {
        if (row_is(table, &table->rows[0], "better", better[i]))
            return telling_row(telling, keys[i], table, &table->rows[0], NULL);
    }
    return STATUS_OK;
}

static enum status validity_build(struct ctx *ctx, const struct report_tables *tables, struct document *document)
{
    const struct table *table = table_told(tables, "gap_validity");
    const struct row *overall = validity_overall(tables);
    struct telling telling;
    enum status status = telling_begin(ctx, document, 6, &telling);
    for (size_t i = 0; table && i < 3 && !status; i++)
        status = telling_class(&telling, table, &verdicts[i]);
    if (!status && overall && row_has(table, overall, "b_expectation"))
        status = telling_row(&telling, "validity.sides", table, overall, NULL);
    if (!status)
        status = direct_tell(&telling, table_told(tables, "disconfirmation"));
    if (status || !telling.count)
        return status;
    status = add_heading(ctx, document, 2, "heading.validity", NULL);
    if (!status)
        status = telling_end(&telling);
    if (!status)
        status = add_table(ctx, document, report_table(tables, "gap_validity"), false);
    if (!status)
        status = add_table_folded(ctx, document, report_table(tables, "gap_caution"));
    if (!status)
        status = surface_chart_add(ctx, tables, document);
    return status ? status : add_table(ctx, document, report_table(tables, "disconfirmation"), false);
}

const struct section section_validity = {
    .name = "validity",
    .title = "heading.validity",
    .meaning = "Whether the gap may stand for expectation and experience as one score.",
    .measures = (const char *const[]){"gap_validity", "gap_caution", "surface", "disconfirmation", "overall_gap",
                                      "overall_item_gap", NULL},
    .order = 25,
    .build = validity_build,
};
