/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/section.h"

#include "model/measure.h"
#include "report/item_charts.h"
#include "report/wording.h"

/* A study without dimensions has one overall figure: the mean of the items. */
static enum status overall_alone(struct ctx *ctx, const struct report_tables *tables, struct document *document)
{
    const struct released_table *overall = report_table(tables, "overall_item_gap");
    if (!overall || !released_table_view(overall)->row_count || !document->head.pairing.pairs)
        return STATUS_OK;
    enum status status = add_heading(ctx, document, 2, "heading.overall", NULL);
    return status ? status : add_table(ctx, document, overall, false);
}

static enum status dimensions_build(struct ctx *ctx, const struct report_tables *tables, struct document *document)
{
    const struct released_table *dimensions = report_table(tables, "dimension_gap");
    bool any = dimensions && released_table_view(dimensions)->row_count && document->head.pairing.pairs;
    if (!document->head.study->dimension_count)
        return overall_alone(ctx, tables, document);
    if (!any)
        return STATUS_OK;
    enum status status = add_heading(ctx, document, 2, "heading.dimensions", NULL);
    if (!status)
        status = dimension_chart_add(ctx, dimensions, document);
    if (!status)
        status = add_table(ctx, document, dimensions, false);
    if (!status)
        status = add_table(ctx, document, report_table(tables, "overall_gap"), false);
    if (!status)
        status = add_table(ctx, document, report_table(tables, "overall_item_gap"), false);
    return status ? status : add_paragraph(ctx, document, "method.five", NULL);
}

const struct section section_dimensions = {
    .name = "dimensions",
    .title = "heading.dimensions",
    .meaning = "The dimensions and the overall gap, with their reliability.",
    .measures = (const char *const[]){"dimension_gap", "overall_gap", "overall_item_gap", NULL},
    .order = 20,
    .build = dimensions_build,
};
