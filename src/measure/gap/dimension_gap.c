/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/gap/composite_rows.h"
#include "measure/gap/gap_resampling.h"

static const struct column columns[] = {
    {"dimension", "Dimension", "", "The dimension.", 0, COLUMN_KEY, true, false},
#define GAP_COLUMN(symbol, name, title, unit, meaning, digits, kind, compact, tells_share)                                       \
    {name, title, unit, meaning, digits, kind, compact, tells_share},
#include "measure/gap/gap_columns.def"
#undef GAP_COLUMN
};

/* One row per group and dimension, from each person's mean over the items paired (at least half of them).
 * blank   as gap_row_fill
 * source  [F2] */
static enum status dimension_gap_run(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    return composite_rows_each(ctx, measuring, table, COMPOSITE_DIMENSIONS);
}

const struct measure measure_dimension_gap = {
    .name = "dimension_gap",
    .title = "Gap per dimension",
    .meaning = "What customers got less what they expected, over the items of each dimension; a person counts who answered "
               "at least half of its items both times. gap_reliability says how consistently the items tell one gap.",
    .formula = "F2, F13, F16, F18, F20–F24, F26, F29",
    .source = "Parasuraman, Zeithaml & Berry 1988; Cronbach 1951; Johns 1981; Peter, Churchill & Brown 1993",
    .example = "gapmeter analyze answers.csv --study study.json --table dimension_gap",
    .needs = NEED_COMPOSITES | NEED_BLOCKS,
    .standards = 1u << STANDARD_EXPECTATION | 1u << STANDARD_PERCEPTION,
    .dimensions = true,
    .minimum_n = 2,
    .by_default = true,
    .order = 20,
    .columns = columns,
    .column_count = sizeof columns / sizeof *columns,
    .run = dimension_gap_run,
    .resample = dimension_gap_resample,
};
