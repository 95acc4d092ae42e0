/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/section.h"

#include "model/measure.h"
#include "report/headline.h"
#include "report/telling.h"

/* How many customers go with bad service, and how many say nothing before they go. */

static const struct row *row_with(const struct table *table, const char *column, const char *word)
{
    for (uint32_t r = 0; table && r < table->row_count; r++) {
        if (row_is(table, &table->rows[r], column, word))
            return &table->rows[r];
    }
    return NULL;
}

/* The crude figure by its verdict, and beside it the one that allows for what is known. */
static enum status lost_tell(struct telling *telling, const struct table *table)
{
    static const char *const verdicts[] = {"loss", "undecided", "none"};
    static const char *const keys[] = {"loss.loss", "loss.undecided", "loss.none"};
    const struct row *crude = row_with(table, "scope", "crude"), *adjusted = row_with(table, "scope", "adjusted");
    enum status status = STATUS_OK;
    if (!crude)
        return STATUS_OK;
    for (size_t i = 0; i < 3 && !status; i++) {
        if (row_is(table, crude, "verdict", verdicts[i]))
            status = telling_row(telling, keys[i], table, crude, NULL);
    }
    if (!status && adjusted && row_has(table, adjusted, "fraction") && row_has(table, adjusted, "ci_low"))
        status = telling_row(telling, "loss.adjusted", table, adjusted, NULL);
    return status;
}

static enum status silence_tell(struct telling *telling, const struct table *table)
{
    const struct row *all = row_with(table, "customers", "all");
    enum status status = STATUS_OK;
    if (all && row_has(table, all, "silent_low"))
        status = telling_row(telling, "loss.silent", table, all, NULL);
    if (!status && all && row_has(table, all, "iceberg_ratio"))
        status = telling_row(telling, "loss.iceberg", table, all, NULL);
    return status;
}

static enum status loss_build(struct ctx *ctx, const struct report_tables *tables, struct document *document)
{
    struct telling telling;
    enum status status = telling_begin(ctx, document, 4, &telling);
    if (!status)
        status = lost_tell(&telling, table_told(tables, "attributable_loss"));
    if (!status)
        status = silence_tell(&telling, table_told(tables, "silent_leavers"));
    if (status || !telling.count)
        return status;
    status = add_heading(ctx, document, 2, "heading.loss", NULL);
    if (!status)
        status = telling_end(&telling);
    if (!status)
        status = add_table(ctx, document, report_table(tables, "attributable_loss"), false);
    return status ? status : add_table(ctx, document, report_table(tables, "silent_leavers"), false);
}

const struct section section_loss = {
    .name = "loss",
    .title = "heading.loss",
    .meaning = "How many customers were lost with bad service, and how many left in silence.",
    .measures = (const char *const[]){"attributable_loss", "silent_leavers", NULL},
    .order = 49,
    .build = loss_build,
};
