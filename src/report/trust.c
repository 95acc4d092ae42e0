/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/trust.h"

#include "model/measure.h"
#include "report/headline.h"
#include "report/telling.h"

#define ENOUGH 0.70 /* reliability for comparing people or small groups */

/* The reliabilities as they are gathered. */
struct reliabilities {
    const char *all;    /* “Care” 0.82, “Speed” 0.64 */
    const char **noisy; /* the names of those below ENOUGH */
    uint32_t count, noisy_count;
};

static enum status reliability_add(struct ctx *ctx, const struct document_head *head, struct reliabilities *found,
                                   const char *name, double reliability)
{
    const char *number = NULL, *one = NULL;
    enum status status = say_number(ctx, reliability, 2, &number);
    const struct phrase_word words[] = {{"name", name}, {"reliability", number}, {NULL, NULL}};
    if (!status)
        status = say(ctx, head, "trust.reliability.of", words, &one);
    if (!status)
        status = say_next(ctx, head, one, &found->all);
    found->count++;
    if (reliability < ENOUGH)
        found->noisy[found->noisy_count++] = name;
    return status;
}

static enum status dimensions_gather(struct ctx *ctx, const struct document_head *head, const struct table *dimensions,
                                     struct reliabilities *found)
{
    enum status status = STATUS_OK;
    for (uint32_t r = 0; dimensions && r < dimensions->row_count && !status; r++) {
        const struct row *row = &dimensions->rows[r];
        if (row_has(dimensions, row, "gap_reliability"))
            status = reliability_add(ctx, head, found, told_dimension(head, table_value(dimensions, row, "dimension")->text),
                                     row_number(dimensions, row, "gap_reliability", 0));
    }
    return status;
}

/* The overall score: the mean of the dimensions, or of the items where there are none. */
static enum status overall_gather(struct ctx *ctx, const struct document_head *head, const struct report_tables *tables,
                                  struct reliabilities *found)
{
    const struct table *overall = table_told(tables, "overall_gap"), *items = table_told(tables, "overall_item_gap");
    const struct table *table = overall ? overall : items;
    const char *name = NULL;
    if (!table || !row_has(table, &table->rows[0], "gap_reliability"))
        return STATUS_OK;
    enum status status = say(ctx, head, "trust.overall", NULL, &name);
    return status ? status : reliability_add(ctx, head, found, name, row_number(table, &table->rows[0], "gap_reliability", 0));
}

static enum status reliabilities_tell(struct telling *telling, const struct report_tables *tables)
{
    struct ctx *ctx = telling->ctx;
    const struct document_head *head = &telling->document->head;
    const struct table *dimensions = table_told(tables, "dimension_gap");
    struct reliabilities found = {.all = "", .count = 0};
    found.noisy = arena_array(ctx->arena, (dimensions ? dimensions->row_count : 0) + 1u, sizeof *found.noisy);
    enum status status = found.noisy ? STATUS_OK : ctx_no_memory(ctx);
    if (!status)
        status = dimensions_gather(ctx, head, dimensions, &found);
    if (!status)
        status = overall_gather(ctx, head, tables, &found);
    if (status || !found.count)
        return status;
    const char *noisy = "";
    if (found.noisy_count)
        status = say_list(ctx, head, found.noisy, found.noisy_count, found.noisy_count, &noisy);
    const struct phrase_word words[] = {{"list", found.all}, {"noisy", noisy}, {NULL, NULL}};
    if (status)
        return status;
    return telling_say(telling, found.noisy_count ? "trust.reliability.noisy" : "trust.reliability", words);
}

const struct row *validity_overall(const struct report_tables *tables)
{
    const struct table *table = table_told(tables, "gap_validity");
    for (uint32_t r = 0; table && r < table->row_count; r++) {
        if (row_is(table, &table->rows[r], "dimension", "overall") && row_has(table, &table->rows[r], "verdict"))
            return &table->rows[r];
    }
    return NULL;
}

/* Whether the gap does as one score: by the verdict on the overall gap and the first outcome. */
static enum status validity_tell(struct telling *telling, const struct report_tables *tables)
{
    static const char *const verdicts[] = {"adequate", "inadequate", "undecided"};
    static const char *const keys[] = {"trust.adequate", "trust.inadequate", "trust.undecided"};
    const struct table *table = table_told(tables, "gap_validity");
    const struct row *row = validity_overall(tables);
    for (size_t i = 0; row && i < 3; i++) {
        if (row_is(table, row, "verdict", verdicts[i]))
            return telling_row(telling, keys[i], table, row, NULL);
    }
    return STATUS_OK;
}

/* Dimensions whose gap tells little beside one of its sides. */
static enum status restriction_tell(struct telling *telling, const struct report_tables *tables)
{
    static const struct told_class classes[] = {{"caution", "mostly perception", "trust.mostly_perception", NULL, NULL},
                                                {"caution", "mostly expectation", "trust.mostly_expectation", NULL, NULL}};
    const struct table *table = table_told(tables, "gap_caution");
    enum status status = STATUS_OK;
    for (size_t i = 0; table && i < 2 && !status; i++)
        status = telling_class(telling, table, &classes[i]);
    return status;
}

enum status trust_add(struct ctx *ctx, const struct report_tables *tables, struct document *document)
{
    struct telling telling;
    enum status status = telling_begin(ctx, document, 4, &telling);
    if (!status)
        status = validity_tell(&telling, tables);
    if (!status)
        status = reliabilities_tell(&telling, tables);
    if (!status)
        status = restriction_tell(&telling, tables);
    return status ? status : telling_end(&telling);
}
