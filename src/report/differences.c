/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/differences.h"

#include <assert.h>
#include <math.h>

#include "model/measure.h"
#include "report/headline.h"

/* Is it about all dimensions together, and shown? */
static bool pair_counts(const struct telling *telling, const struct table *table, const struct row *row)
{
    return row_is(table, row, "subject", "overall") && row_number(table, row, "p", 1) < 1 - telling->document->head.confidence;
}

enum status pairs_tell(struct telling *telling, const struct table *table, uint32_t most)
{
    const struct row *told[PAIRS_MOST + 1];
    uint32_t count = 0;
    assert(most <= PAIRS_MOST);
    for (uint32_t r = 0; r < table->row_count; r++) {
        const struct row *row = &table->rows[r];
        double difference = fabs(row_number(table, row, "difference", 0));
        if (!pair_counts(telling, table, row))
            continue;
        uint32_t at = count;
        for (; at > 0 && fabs(row_number(table, told[at - 1], "difference", 0)) < difference; at--)
            told[at] = told[at - 1];
        told[at] = row;
        count = count < most ? count + 1 : most;
    }
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < count && !status; i++)
        status = telling_row(telling, "groups.pair", table, told[i], NULL);
    return status;
}

bool change_is_shown(const struct telling *telling, const struct table *table, const struct row *row)
{
    return row_has(table, row, "ci_low") && row_number(table, row, "p_holm", 1) < 1 - telling->document->head.confidence;
}

enum status change_row_tell(struct telling *telling, const struct table *table, const struct row *row)
{
    const struct document_head *head = &telling->document->head;
    bool overall = row_is(table, row, "subject", "overall"), shown = change_is_shown(telling, table, row);
    const char *change = NULL;
    if (!row_has(table, row, "ci_low") || (!overall && !shown))
        return STATUS_OK;
    enum status status = say_signed(telling->ctx, row_number(table, row, "change", 0), &change);
    const struct phrase_word words[] = {
        {"name", told_driver(head, table_value(table, row, "subject")->text)}, {"change", change}, {NULL, NULL}};
    const char *key = !overall ? "change.subject" : shown ? "change.overall" : "change.not_shown";
    return status ? status : telling_row(telling, key, table, row, words);
}
