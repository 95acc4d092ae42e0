/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/gap/gap_resampling.h"
#include "measure/gap/gap_row.h"
#include "measure/group_parts.h"
#include "measure/working_room.h"

enum { ITEM, DIMENSION, KEYS };

static const struct column columns[] = {
    {"item", "Item", "", "The item.", 0, COLUMN_KEY, true, false},
    {"dimension", "Dimension", "", "The dimension it belongs to.", 0, COLUMN_KEY, false, false},
#define GAP_COLUMN(symbol, name, title, unit, meaning, digits, kind, compact, tells_share)                                       \
    {name, title, unit, meaning, digits, kind, compact, tells_share},
#include "measure/gap/gap_columns.def"
#undef GAP_COLUMN
};

/* One row: one item of one group.
 * takes   room  for what is given back after the group */
static enum status row_make(const struct group_part *part, struct ctx *room, uint32_t group, uint32_t item)
{
    const struct measuring *measuring = part->measuring;
    const struct study *study = measuring->pairs->study;
    struct row *row = NULL;
    enum status status = group_row_add(part->ctx, measuring, part->table, group, item, &row);
    if (status)
        return status;
    bool asked = study_asks(study, STANDARD_EXPECTATION, item) && study_asks(study, STANDARD_PERCEPTION, item);
    struct composite composite;
    status = composite_of_joint(room, &measuring->set->groups[group].pairs[item], asked, &composite);
    if (status)
        return status;
    row->values[ITEM] = item_key(study, item);
    row->values[DIMENSION] = dimension_key(study, study->items[item].dimension);
    row->support = composite.respondents;
    return gap_row_fill(room, measuring, &(struct gap_source){.composite = &composite, .one_item = true}, row->values + KEYS);
}

/* The rows of some groups, with what is adjusted within each. */
static enum status groups_make(const struct group_part *part)
{
    enum status status = STATUS_OK;
    for (uint32_t g = part->first; g < part->end && !status; g++) {
        struct ctx room;
        status = room_open(part->ctx, &room);
        if (status)
            return status;
        for (uint32_t i = 0; i < part->measuring->pairs->study->item_count && !status; i++)
            status = row_make(part, &room, g, i);
        status = room_close(part->ctx, &room, status);
    }
    return status ? status : gap_rows_adjust(part->ctx, part->measuring, part->table, KEYS);
}

/* One row per group and item.
 * blank   as gap_row_fill
 * source  [F1] */
static enum status item_gap_run(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    enum status status = group_parts_each(ctx, measuring, table, groups_make, NULL);
    return status ? status : gap_rows_notes(ctx, measuring, table, KEYS);
}

const struct measure measure_item_gap = {
    .name = "item_gap",
    .title = "Gap per item",
    .meaning = "What customers got less what they expected, item by item: below 0 they got less. With its interval, the share "
               "of customers who got less, and whether the difference could be chance.",
    .formula = "F1, F6, F18, F20–F24, F26, F29",
    .source = "Parasuraman, Zeithaml & Berry 1985, 1988; tests: Student 1908, Wilcoxon 1945, Holm 1979, Schuirmann 1987",
    .example = "gapmeter analyze answers.csv --study study.json --table item_gap",
    .needs = NEED_PAIRS,
    .standards = 1u << STANDARD_EXPECTATION | 1u << STANDARD_PERCEPTION,
    .minimum_n = 2,
    .by_default = true,
    .order = 10,
    .columns = columns,
    .column_count = sizeof columns / sizeof *columns,
    .run = item_gap_run,
    .resample = item_gap_resample,
};
