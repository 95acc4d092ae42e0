/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/advice.h"

#include "model/measure.h"
#include "report/telling.h"

/* Are there tables of groups that can be shown? */
static bool groups_compared(const struct report_tables *tables)
{
    for (uint32_t i = 0; i < tables->count; i++) {
        const struct table *table = released_table_view(tables->tables[i]);
        if (table->by_count && table->row_count && table->measure->by != BY_TIME)
            return true;
    }
    return false;
}

/* Is the largest shortfall that of several items, as far as can be told? */
static bool shortfall_is_shared(const struct headline *headline)
{
    return headline->worst_is_short && headline->tied_count;
}

enum status advice_not(struct ctx *ctx, const struct document_head *head, const struct report_tables *tables,
                       const struct headline *headline, const char **out)
{
    const char *undecided = NULL;
    enum status status = say_count(ctx, headline->undecided_count, &undecided);
    const struct phrase_word words[] = {{"undecided", undecided}, {NULL, NULL}};
    if (status)
        return status;
    if (headline->undecided_count)
        return say_many(ctx, head, "not.undecided", headline->undecided_count, words, out);
    if (groups_compared(tables))
        return say(ctx, head, table_told(tables, "group_pairs") ? "not.groups.pairs" : "not.groups", NULL, out);
    return say(ctx, head, shortfall_is_shared(headline) ? "not.ranked" : "not.compared", NULL, out);
}

enum status advice_next(struct ctx *ctx, const struct document_head *head, const struct headline *headline, const char **out)
{
    const struct row *row = headline->shortest;
    double gap = row ? row_number(headline->gaps, row, "gap", 0) : 0;
    bool shared = shortfall_is_shared(headline);
    /* What everybody misses by the same needs no test to be looked into. */
    if (headline->constant && row_number(headline->gaps, headline->constant, "gap", 0) < gap) {
        row = headline->constant;
        shared = false;
    }
    const struct phrase_word words[] = {{"item", row ? row_item_name(head, headline->gaps, row) : ""}, {NULL, NULL}};
    if (row)
        return say(ctx, head, shared ? "next.short_many" : "next.short", words, out);
    return headline->undecided_count ? say_people(ctx, head, "next.undecided", NULL, out) : say(ctx, head, "next.met", NULL, out);
}
