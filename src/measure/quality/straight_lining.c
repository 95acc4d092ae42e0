/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "measure/mean_error.h"

extern const struct measure measure_item_gap, measure_dimension_gap, measure_overall_gap, measure_overall_item_gap;

enum {
    ITEM,
    DIMENSION,
    N,
    GAP,
    CI_LOW,
    CI_HIGH,
    VERDICT,
    N_WITHOUT,
    GAP_WITHOUT,
    WITHOUT_CI_LOW,
    WITHOUT_CI_HIGH,
    VERDICT_WITHOUT,
    N_STRAIGHT,
    DIFFERENCE,
    MOVED,
    COLUMNS
};

#define POINTS "scale points"
static const struct column columns[COLUMNS] = {
    [ITEM] = {"item", "Item", "", "The item; blank for a dimension and for the overall score.", 0, COLUMN_KEY, true, false},
    [DIMENSION] = {"dimension", "Dimension", "", "The dimension, or overall.", 0, COLUMN_KEY, true, false},
    [N] = {"n", "n", "pairs", "Pairs of everybody.", 0, COLUMN_COUNT, true, false},
    [GAP] = {"gap", "Gap", POINTS, "Mean gap of everybody.", 2, COLUMN_NUMBER, true, false},
    [CI_LOW] = {"ci_low", "Low", POINTS, "Lower end of its interval.", 2, COLUMN_NUMBER, false, false},
    [CI_HIGH] = {"ci_high", "High", POINTS, "Upper end of its interval.", 2, COLUMN_NUMBER, false, false},
    [VERDICT] = {"verdict", "Verdict", "", "short, met, above or undecided, of everybody.", 0, COLUMN_WORD, true, false},
    [N_WITHOUT] = {"n_without", "n without", "pairs", "Pairs without straight-liners.", 0, COLUMN_COUNT, true, true},
    [GAP_WITHOUT] = {"gap_without", "Gap without", POINTS, "Mean gap without straight-liners.", 2, COLUMN_NUMBER, true, false},
    [WITHOUT_CI_LOW] = {"without_ci_low", "Low", POINTS, "Lower end of its interval.", 2, COLUMN_NUMBER, false, false},
    [WITHOUT_CI_HIGH] = {"without_ci_high", "High", POINTS, "Upper end of its interval.", 2, COLUMN_NUMBER, false, false},
    [VERDICT_WITHOUT] = {"verdict_without", "Verdict without", "", "The same verdict without straight-liners.", 0, COLUMN_WORD,
                         true, false},
    [N_STRAIGHT] = {"n_straight", "Straight", "pairs", "Pairs of straight-liners.", 0, COLUMN_COUNT, false, true},
    [DIFFERENCE] = {"difference", "Difference", POINTS, "Gap without straight-liners less the gap of everybody.", 2,
                    COLUMN_NUMBER, true, false},
    [MOVED] = {"moved", "Moved", "", "yes when leaving them out changes the verdict.", 0, COLUMN_WORD, true, false},
};

/* One gap table of everybody and of those who are no straight-liners, row beside row. */
struct two_tables {
    const struct table *all, *kept;
    uint32_t line; /* of its first row among the rows of this table */
    bool has_item, has_dimension;
};

/* The gap tables that a study has: items, dimensions, overall. */
#define TABLES_MOST 3u
struct comparison {
    struct two_tables tables[TABLES_MOST];
    uint32_t count;
};

/* Runs a measure on some groups.
 * fails   STATUS_MEMORY */
static enum status table_run(struct ctx *ctx, const struct measuring *measuring, const struct measure *measure,
                             const struct table *like, const struct table **out)
{
    struct table *table = NULL;
    enum status status = table_create(ctx, measure, like->by, like->by_count, &table);
    *out = table;
    return status ? status : measure->run(ctx, measuring, table);
}

/* The same groups without straight-liners. */
static struct measuring kept_of(const struct measuring *measuring)
{
    struct measuring kept = *measuring;
    const struct pairs *pairs = measuring->pairs;
    kept.set = &pairs->kept[measuring->set - pairs->sets];
    return kept;
}

/* Adds a measure to what is compared.
 * fails   STATUS_MEMORY */
static enum status comparison_add(struct ctx *ctx, const struct measuring *measuring, const struct measure *measure,
                                  const struct table *like, struct comparison *comparison)
{
    struct two_tables *tables = &comparison->tables[comparison->count];
    const struct measuring kept = kept_of(measuring);
    *tables = (struct two_tables){.has_item = measure == &measure_item_gap,
                                  .has_dimension = measure == &measure_item_gap || measure == &measure_dimension_gap};
    const struct study *study = measuring->pairs->study;
    if (comparison->count > 0)
        tables->line = study->item_count + (comparison->count > 1 ? study->dimension_count : 0);
    comparison->count++;
    enum status status = table_run(ctx, measuring, measure, like, &tables->all);
    return status ? status : table_run(ctx, &kept, measure, like, &tables->kept);
}

/* A cell of another table. */
static struct value cell_of(const struct table *table, uint32_t row, const char *column)
{
    return *table_value(table, &table->rows[row], column);
}

/* Has the verdict changed? Blank where one of the two has none. */
static struct value moved_of(const struct value *before, const struct value *after)
{
    if (before->kind != VALUE_TEXT)
        return *before;
    if (after->kind != VALUE_TEXT)
        return *after;
    return value_text(strcmp(before->text, after->text) == 0 ? "no" : "yes");
}

/* The fewest respondents that the row tells of: everybody, those without straight-liners, and the straight-liners, who can be
 * found as the difference. */
static uint64_t support_of(const struct row *all, const struct row *kept, int64_t straight)
{
    uint64_t least = all->support;
    if (straight <= 0)
        return least;
    uint64_t gone = all->support > kept->support ? all->support - kept->support : 1;
    if (kept->support && kept->support < least)
        least = kept->support;
    return gone < least ? gone : least;
}

/* A count, or 0 where there is none. */
static int64_t count_of(const struct value *value)
{
    return value->kind == VALUE_COUNT ? value->count : 0;
}

/* One row: what a row of a gap table says with and without straight-liners. */
static enum status row_make(struct ctx *ctx, const struct measuring *measuring, struct table *table,
                            const struct two_tables *tables, uint32_t r)
{
    const struct row *all = &tables->all->rows[r];
    struct row *row = NULL;
    enum status status = group_row_add(ctx, measuring, table, all->group, tables->line + all->line, &row);
    if (status)
        return status;
    static const char *const figures[] = {"n", "gap", "ci_low", "ci_high", "verdict"};
    struct value *values = row->values;
    for (unsigned i = 0; i < sizeof figures / sizeof *figures; i++) {
        values[N + i] = cell_of(tables->all, r, figures[i]);
        values[N_WITHOUT + i] = cell_of(tables->kept, r, figures[i]);
    }
    values[ITEM] = tables->has_item ? cell_of(tables->all, r, "item") : value_blank(REASON_NOT_APPLICABLE);
    values[DIMENSION] = tables->has_dimension ? cell_of(tables->all, r, "dimension") : value_text("overall");
    int64_t straight = count_of(&values[N]) - count_of(&values[N_WITHOUT]);
    values[N_STRAIGHT] = values[N].kind == VALUE_COUNT ? value_count((uint64_t)straight) : values[N];
    values[DIFFERENCE] = values[GAP].kind == VALUE_NUMBER ? values[GAP_WITHOUT] : values[GAP];
    if (values[DIFFERENCE].kind == VALUE_NUMBER)
        values[DIFFERENCE].number -= values[GAP].number;
    values[MOVED] = moved_of(&values[VERDICT], &values[VERDICT_WITHOUT]);
    row->support = support_of(all, &tables->kept->rows[r], straight);
    return STATUS_OK;
}

/* The rows of one group, from all tables. */
static enum status group_rows(struct ctx *ctx, const struct measuring *measuring, struct table *table,
                              const struct comparison *comparison, uint32_t group)
{
    for (uint32_t t = 0; t < comparison->count; t++) {
        const struct two_tables *tables = &comparison->tables[t];
        for (uint32_t r = 0; r < tables->all->row_count; r++) {
            enum status status = STATUS_OK;
            if (tables->all->rows[r].group == group)
                status = row_make(ctx, measuring, table, tables, r);
            if (status)
                return status;
        }
    }
    return STATUS_OK;
}

/* Items, dimensions and the overall score of each group. Verdicts are those of the gap tables, each adjusted within its own
 * table.
 * fails   STATUS_MEMORY
 * source  F1, F2, F20, F24, F26 on two sets of people */
static enum status straight_lining_run(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    struct comparison comparison = {.count = 0};
    bool dimensions = measuring->pairs->study->dimension_count > 0;
    enum status status = comparison_add(ctx, measuring, &measure_item_gap, table, &comparison);
    if (!status && dimensions)
        status = comparison_add(ctx, measuring, &measure_dimension_gap, table, &comparison);
    if (!status)
        status =
            comparison_add(ctx, measuring, dimensions ? &measure_overall_gap : &measure_overall_item_gap, table, &comparison);
    for (uint32_t g = 0; g < measuring->set->group_count && !status; g++)
        status = group_rows(ctx, measuring, table, &comparison, g);
    if (!status)
        status = table_add_note(ctx, table, "note.straight.meaning", NULL);
    return status ? status : design_notes(ctx, measuring, table);
}

const struct measure measure_straight_lining = {
    .name = "straight_lining",
    .title = "Gaps with and without straight-liners",
    .meaning = "Every gap twice: of everybody, and without those who gave one answer to everything. Where the verdict moves, it "
               "rests on people who may not have read the questions.",
    .formula = "F1, F2, F20, F24, F26",
    .source = "Sensitivity to straight-lining: our own definition",
    .example = "gapmeter analyze answers.csv --study study.json --table straight_lining",
    .needs = NEED_PAIRS | NEED_COMPOSITES | NEED_KEPT,
    .standards = 1u << STANDARD_EXPECTATION | 1u << STANDARD_PERCEPTION,
    .minimum_n = 2,
    .by_default = false,
    .order = 45,
    .columns = columns,
    .column_count = COLUMNS,
    .run = straight_lining_run,
};
