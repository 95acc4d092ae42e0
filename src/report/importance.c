/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/section.h"

#include "model/measure.h"
#include "report/wording.h"

static enum status importance_build(struct ctx *ctx, const struct report_tables *tables, struct document *document)
{
    const struct released_table *weighted = report_table(tables, "weighted_gap");
    if (!weighted || !released_table_view(weighted)->row_count)
        return STATUS_OK;
    enum status status = add_heading(ctx, document, 2, "heading.importance", NULL);
    return status ? status : add_table(ctx, document, weighted, false);
}

const struct section section_importance = {
    .name = "importance",
    .title = "heading.importance",
    .meaning = "The gaps weighted by each customer's own importance.",
    .measures = (const char *const[]){"weighted_gap", NULL},
    .order = 40,
    .build = importance_build,
};
