/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/gap/composite_rows.h"
#include "measure/gap/gap_resampling.h"

static const struct column columns[] = {
#define GAP_COLUMN(symbol, name, title, unit, meaning, digits, kind, compact, tells_share)                                       \
    {name, title, unit, meaning, digits, kind, compact, tells_share},
#include "measure/gap/gap_columns.def"
#undef GAP_COLUMN
};

/* One row per group: each person's mean of dimension gaps, so that long dimensions do not dominate.
 * blank   as gap_row_fill
 * source  [F2] */
static enum status overall_gap_run(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    return composite_rows_each(ctx, measuring, table, COMPOSITE_OVERALL);
}

const struct measure measure_overall_gap = {
    .name = "overall_gap",
    .title = "Overall gap (mean of dimensions)",
    .meaning = "One figure for everything: the mean of each person's dimension gaps, every dimension counting the same however "
               "many items it has.",
    .formula = "F2, F13, F16, F18, F20–F24, F26, F29",
    .source = "Parasuraman, Zeithaml & Berry 1988 (unweighted score)",
    .example = "gapmeter analyze answers.csv --study study.json --table overall_gap",
    .needs = NEED_COMPOSITES | NEED_BLOCKS,
    .standards = 1u << STANDARD_EXPECTATION | 1u << STANDARD_PERCEPTION,
    .dimensions = true,
    .minimum_n = 2,
    .by_default = true,
    .order = 30,
    .columns = columns,
    .column_count = sizeof columns / sizeof *columns,
    .run = overall_gap_run,
    .resample = overall_gap_resample,
};
