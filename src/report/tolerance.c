/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/section.h"

#include "model/measure.h"
#include "report/wording.h"

static enum status tolerance_build(struct ctx *ctx, const struct report_tables *tables, struct document *document)
{
    const struct released_table *zone = report_table(tables, "zone");
    struct document_block *chart = NULL;
    if (!zone || !released_table_view(zone)->row_count)
        return STATUS_OK;
    enum status status = add_heading(ctx, document, 2, "heading.tolerance", NULL);
    if (!status)
        status = document_add(ctx, document, DOCUMENT_CHART, &chart);
    if (status)
        return status;
    chart->chart = "zone_bands";
    chart->table = zone;
    status = say(ctx, &document->head, "chart.zone", NULL, &chart->text);
    return status ? status : add_table(ctx, document, zone, false);
}

const struct section section_tolerance = {
    .name = "tolerance",
    .title = "heading.tolerance",
    .meaning = "Where the experience lies between the minimum and what is desired.",
    .measures = (const char *const[]){"zone", NULL},
    .order = 30,
    .build = tolerance_build,
};
