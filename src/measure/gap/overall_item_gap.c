/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/gap/composite_rows.h"
#include "measure/gap/gap_resampling.h"

static const struct column columns[] = {
#define GAP_COLUMN(symbol, name, title, unit, meaning, digits, kind, compact, tells_share)                                       \
    {name, title, unit, meaning, digits, kind, compact, tells_share},
#include "measure/gap/gap_columns.def"
#undef GAP_COLUMN
};

/* One row per group: each person's mean over all items, so that dimensions count by their length.
 * blank   as gap_row_fill
 * source  [F2] */
static enum status overall_item_gap_run(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    return composite_rows_each(ctx, measuring, table, COMPOSITE_ITEMS_MEAN);
}

const struct measure measure_overall_item_gap = {
    .name = "overall_item_gap",
    .title = "Overall gap (mean of items)",
    .meaning = "One figure for everything: the mean of each person's item gaps, every item counting the same; dimensions with "
               "more items count more. The mean of dimensions is overall_gap.",
    .formula = "F2, F13, F16, F18, F20–F24, F26, F29",
    .source = "Parasuraman, Zeithaml & Berry 1988; the mean over items as Cronin & Taylor 1992",
    .example = "gapmeter analyze answers.csv --study study.json --table overall_item_gap",
    .needs = NEED_COMPOSITES | NEED_BLOCKS,
    .standards = 1u << STANDARD_EXPECTATION | 1u << STANDARD_PERCEPTION,
    .minimum_n = 2,
    .by_default = true,
    .unless_dimensions = true,
    .order = 31,
    .columns = columns,
    .column_count = sizeof columns / sizeof *columns,
    .run = overall_item_gap_run,
    .resample = overall_item_gap_resample,
};
