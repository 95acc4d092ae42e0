/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/section.h"

#include <string.h>

#include "model/measure.h"
#include "report/headline.h"
#include "report/telling.h"

/* Whether asking for expectations changed what was perceived: of studies that leave some people out of it by chance. */

static const struct row *overall_row(const struct table *table)
{
    for (uint32_t r = 0; table && r < table->row_count; r++) {
        if (row_is(table, &table->rows[r], "subject", "overall"))
            return &table->rows[r];
    }
    return NULL;
}

/* How many rows have this verdict, overall left aside. */
static uint32_t verdict_count(const struct table *table, const char *verdict)
{
    uint32_t count = 0;
    for (uint32_t r = 0; r < table->row_count; r++)
        count += row_is(table, &table->rows[r], "verdict", verdict) && !row_is(table, &table->rows[r], "subject", "overall");
    return count;
}

/* Overall by its verdict, then what else is shown to differ. */
static enum status effect_tell(struct telling *telling, const struct table *table, const struct row *overall)
{
    const char *key = row_is(table, overall, "verdict", "lower")    ? "asking.lower"
                      : row_is(table, overall, "verdict", "higher") ? "asking.higher"
                                                                    : "asking.undecided";
    uint32_t more = verdict_count(table, "lower") + verdict_count(table, "higher");
    const char *count = NULL;
    enum status status = telling_row(telling, key, table, overall, NULL);
    if (!status)
        status = say_count(telling->ctx, more, &count);
    const struct phrase_word words[] = {{"count", count}, {NULL, NULL}};
    if (!status && more)
        status = telling_say(telling, "asking.rows", words);
    return status ? status : telling_say(telling, "asking.chance", NULL);
}

static enum status asking_build(struct ctx *ctx, const struct report_tables *tables, struct document *document)
{
    struct telling telling;
    const struct table *table = table_told(tables, "asking_effect");
    const struct row *overall = overall_row(table);
    if (!overall || !row_has(table, overall, "ci_low"))
        return STATUS_OK;
    enum status status = telling_begin(ctx, document, 3, &telling);
    if (!status)
        status = effect_tell(&telling, table, overall);
    if (!status)
        status = add_heading(ctx, document, 2, "heading.asking", NULL);
    if (!status)
        status = telling_end(&telling);
    return status ? status : add_table(ctx, document, report_table(tables, "asking_effect"), false);
}

const struct section section_asking = {
    .name = "asking",
    .title = "heading.asking",
    .meaning = "Whether asking for expectations changed what was perceived.",
    .measures = (const char *const[]){"asking_effect", NULL},
    .order = 91,
    .build = asking_build,
};
