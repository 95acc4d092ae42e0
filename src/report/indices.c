/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/section.h"

#include "model/measure.h"
#include "report/headline.h"
#include "report/telling.h"

/* The single figures that firms are used to: one sentence each, then the tables. */

/* " Change since the older answers: +3.10 [0.20, 6.00]." */
static enum status change_say(const struct telling *telling, const struct table *table, const char **out)
{
    const char *change = NULL;
    enum status status = say_signed(telling->ctx, row_number(table, &table->rows[0], "change", 0), &change);
    const struct phrase_word words[] = {{"change", change}, {NULL, NULL}};
    return status ? status : row_say(telling, "index.change", table, &table->rows[0], words, out);
}

/* One figure, told by its first row for everyone. */
static enum status figure_tell(struct telling *telling, const struct report_tables *tables, const char *measure, const char *key)
{
    const struct table *table = table_told(tables, measure);
    const char *text = NULL, *change = "";
    if (!table || !row_has(table, &table->rows[0], "value"))
        return STATUS_OK;
    enum status status = row_say(telling, key, table, &table->rows[0], NULL, &text);
    if (!status && row_has(table, &table->rows[0], "change_low"))
        status = change_say(telling, table, &change);
    if (status)
        return status;
    const char *both = arena_format(telling->ctx->arena, "%s%s", text, change);
    return both ? telling_add(telling, both) : ctx_no_memory(telling->ctx);
}

static enum status indices_build(struct ctx *ctx, const struct report_tables *tables, struct document *document)
{
    static const char *const measures[] = {"csat", "ces", "nps"};
    static const char *const keys[] = {"index.csat", "index.ces", "index.nps"};
    struct telling telling;
    enum status status = telling_begin(ctx, document, 3, &telling);
    for (size_t i = 0; i < 3 && !status; i++)
        status = figure_tell(&telling, tables, measures[i], keys[i]);
    if (status || !telling.count)
        return status;
    status = add_heading(ctx, document, 2, "heading.indices", NULL);
    if (!status)
        status = telling_end(&telling);
    for (size_t i = 0; i < 3 && !status; i++)
        status = add_table(ctx, document, report_table(tables, measures[i]), false);
    return status;
}

const struct section section_indices = {
    .name = "indices",
    .title = "heading.indices",
    .meaning = "Satisfaction, effort and recommendation as single figures, with their intervals.",
    .measures = (const char *const[]){"csat", "ces", "nps", NULL},
    .order = 46,
    .build = indices_build,
};
