/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/section.h"

#include "model/measure.h"
#include "report/wording.h"

/* For studies that asked no expectations. */
static enum status experience_build(struct ctx *ctx, const struct report_tables *tables, struct document *document)
{
    const struct released_table *perception = report_table(tables, "perception");
    bool gaps = study_asks_any(document->head.study, STANDARD_EXPECTATION);
    if (gaps || !perception || !released_table_view(perception)->row_count)
        return STATUS_OK;
    enum status status = add_heading(ctx, document, 2, "heading.experience", NULL);
    return status ? status : add_table(ctx, document, perception, false);
}

const struct section section_experience = {
    .name = "experience",
    .title = "heading.experience",
    .meaning = "The experience alone, where no expectation was asked.",
    .measures = (const char *const[]){"perception", NULL},
    .order = 15,
    .build = experience_build,
};
