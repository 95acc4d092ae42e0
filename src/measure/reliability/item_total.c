/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/mean_error.h"
#include "measure/reliability/block_rows.h"
#include "numeric/item_rest.h"

enum { ITEM, DIMENSION, SCOPE, STANDARD, N, ITEM_TOTAL_R, ITEM_REST_R, ALPHA_IF_DELETED, COLUMNS };

static const struct column columns[COLUMNS] = {
    [ITEM] = {"item", "Item", "", "The item.", 0, COLUMN_KEY, true, false},
    [DIMENSION] = {"dimension", "Dimension", "", "The dimension it belongs to.", 0, COLUMN_KEY, false, false},
    [SCOPE] = {"scope", "Among", "", "dimension: the items of its dimension; overall: all items.", 0, COLUMN_KEY, true, false},
    [STANDARD] = {"standard", "Of", "", "What was answered: expectation, perception, desired, minimum, or the gap.", 0,
                  COLUMN_KEY, true, false},
    [N] = {"n", "n", "encounters", "Encounters with an answer to every item of the scope.", 0, COLUMN_COUNT, false, false},
    [ITEM_TOTAL_R] = {"item_total_r", "r total", "correlation", "Correlation with the sum of the items, itself included.", 2,
                      COLUMN_NUMBER, true, false},
    [ITEM_REST_R] = {"item_rest_r", "r rest", "correlation", "Correlation with the sum of the other items.", 2, COLUMN_NUMBER,
                     true, false},
    [ALPHA_IF_DELETED] = {"alpha_if_deleted", "Alpha without", "reliability", "Alpha of the other items.", 2, COLUMN_NUMBER, true,
                          false},
};

/* The figures of one item in its block. */
static void fill_item(const struct block *block, uint32_t position, struct value *values)
{
    values_blank(values + N, COLUMNS - N, block->blank ? block->blank : REASON_ONE_ITEM);
    if (block->blank)
        return;
    values[N] = value_count(block->all.n);
    if (block->item_count < 2)
        return;
    struct exact_block exact = exact_block_of(block);
    struct item_rest rest = {.total_r = 0};
    item_rest(&exact, position, &rest);
    values[ITEM_TOTAL_R] = value_of(rest.total_undefined, rest.total_r);
    values[ITEM_REST_R] = value_of(rest.rest_undefined, rest.rest_r);
    if (block->item_count > 2)
        values[ALPHA_IF_DELETED] = value_of(rest.deleted_undefined, rest.alpha_if_deleted);
}

/* A row for each item of a block.
 * takes   at  which block; its line times the number of items leaves room for one line per item */
static enum status rows_make(struct ctx *ctx, const struct measuring *measuring, struct table *table,
                             const struct block_place *at)
{
    const struct study *study = measuring->pairs->study;
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < at->block->item_count && !status; i++) {
        uint32_t item = at->block->items[i];
        bool overall = at->block->dimension == UINT32_MAX;
        uint32_t line = ((overall ? 1 : 0) * study->item_count + item) * BLOCK_OF_COUNT + (uint32_t)at->block->of;
        struct row *row = NULL;
        status = group_row_add(ctx, measuring, table, at->group, line, &row);
        if (status)
            break;
        row->values[ITEM] = item_key(study, item);
        row->values[DIMENSION] = dimension_key(study, study->items[item].dimension);
        row->values[SCOPE] = value_text(overall ? "overall" : "dimension");
        row->values[STANDARD] = value_text(block_of_name(at->block->of));
        row->support = at->block->respondents;
        fill_item(at->block, i, row->values);
    }
    return status;
}

/* One row per group, scope, standard and item.
 * blank   one item -> one_item; two items: no alpha without one of them -> one_item; constant -> no_variance
 * source  [F14] */
static enum status item_total_run(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    enum status status = block_rows_each(ctx, measuring, table, rows_make);
    return status ? status : design_notes(ctx, measuring, table);
}

const struct measure measure_item_total = {
    .name = "item_total",
    .title = "How each item fits",
    .meaning = "Whether an item goes with the others of its dimension (and with all items): a low or negative correlation, or an "
               "alpha that rises without the item, says that it measures something else or is reversed.",
    .formula = "F13, F14",
    .source = "Henrysson 1963; Nunnally 1978; Cronbach 1951",
    .example = "gapmeter analyze answers.csv --study study.json --table item_total",
    .needs = NEED_BLOCKS,
    .any_standards = 1u << STANDARD_EXPECTATION | 1u << STANDARD_PERCEPTION | 1u << STANDARD_DESIRED | 1u << STANDARD_MINIMUM,
    .minimum_n = 2,
    .by_default = false,
    .order = 71,
    .columns = columns,
    .column_count = COLUMNS,
    .run = item_total_run,
};
