/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/delight/tetraclasse_items.h"
#include "measure/mean_error.h"

enum {
    ITEM,
    DIMENSION,
    OUTCOME,
    N,
    N_GOOD,
    N_BAD,
    SATISFIED_WHEN_GOOD,
    SATISFIED_WHEN_BAD,
    GAIN,
    LOSS,
    CLASS,
    N_MIDDLE,
    COLUMNS
};

static const struct column columns[COLUMNS] = {
    [ITEM] = {"item", "Item", "", "The item.", 0, COLUMN_KEY, true, false},
    [DIMENSION] = {"dimension", "Dimension", "", "The dimension it belongs to.", 0, COLUMN_KEY, false, false},
    [OUTCOME] = {"outcome", "Outcome", "", "The outcome that is looked at.", 0, COLUMN_KEY, true, false},
    [N] = {"n", "n", "encounters", "Encounters with a good or bad mark and a good or bad outcome.", 0, COLUMN_COUNT, true, false},
    [N_GOOD] = {"n_good", "Good", "encounters", "Marks above the middle of the scale.", 0, COLUMN_COUNT, false, true},
    [N_BAD] = {"n_bad", "Bad", "encounters", "Marks below the middle of the scale.", 0, COLUMN_COUNT, true, true},
    [SATISFIED_WHEN_GOOD] = {"satisfied_when_good", "When good", "share",
                             "Share with a good outcome, of those who gave a good mark.", 2, COLUMN_NUMBER, true, true},
    [SATISFIED_WHEN_BAD] = {"satisfied_when_bad", "When bad", "share", "Share with a good outcome, of those who gave a bad mark.",
                            2, COLUMN_NUMBER, true, true},
    [GAIN] = {"gain", "Gain", "standard units", "What a good mark goes with: its place on the axis from bad to good outcomes.", 2,
              COLUMN_NUMBER, true, true},
    [LOSS] = {"loss", "Loss", "standard units", "What a bad mark goes with: minus its place on that axis.", 2, COLUMN_NUMBER,
              true, true},
    [CLASS] = {"class", "Class", "",
               "key: gain and loss above the mean of the items; plus: gain alone; basic: loss alone; secondary: neither.", 0,
               COLUMN_WORD, true, false},
    [N_MIDDLE] = {"n_middle", "Middle", "encounters", "Marks on the middle of the scale, which are left out.", 0, COLUMN_COUNT,
                  false, true},
};

/* The cells of one item. */
static void fill_item(const struct tetraclasse_item *item, struct value *values)
{
    static const char *const words[TETRACLASSE_CLASS_COUNT] = {"key", "plus", "basic", "secondary"};
    if (item->blank)
        values_blank(values + N, COLUMNS - N, item->blank);
    if (item->blank == REASON_NOT_ASKED)
        return;
    values[N] = value_count(item->n);
    values[N_GOOD] = value_count(item->good);
    values[N_BAD] = value_count(item->bad);
    values[N_MIDDLE] = value_count(item->middle);
    if (item->good >= TETRACLASSE_FEWEST)
        values[SATISFIED_WHEN_GOOD] = value_number(item->counts.good_happy / item->counts.good_all);
    if (item->bad >= TETRACLASSE_FEWEST)
        values[SATISFIED_WHEN_BAD] = value_number(item->counts.bad_happy / item->counts.bad_all);
    if (item->blank)
        return;
    values[GAIN] = value_number(item->point.x);
    values[LOSS] = value_number(item->point.y);
    values[CLASS] = value_text(words[item->point.of]);
}

/* The rows of one outcome in one group. */
static enum status rows_make(struct ctx *ctx, const struct measuring *measuring, struct table *table, uint32_t group,
                             uint32_t outcome)
{
    const struct study *study = measuring->pairs->study;
    struct tetraclasse_items items;
    enum status status = tetraclasse_items_find(ctx, measuring, &measuring->set->groups[group], outcome, &items);
    for (uint32_t i = 0; i < study->item_count && !status; i++) {
        struct row *row = NULL;
        status = item_row_add(ctx, measuring, table, group, i, &row);
        if (status)
            return status;
        row->line = outcome * study->item_count + i;
        row->support = items.items[i].respondents;
        row->values[OUTCOME] = value_text(study->columns.outcomes[outcome].name);
        fill_item(&items.items[i], row->values);
    }
    return status;
}

/* One row per group, outcome and item.
 * blank   nobody gave a good mark, or nobody a bad one -> too_few; all outcomes the same -> no_variance
 * source  [F45] */
static enum status tetraclasse_run(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    uint32_t outcomes[OUTCOMES_CHOSEN_MAX];
    uint32_t count = outcomes_of_satisfaction(measuring->pairs->study, true, outcomes);
    enum status status = STATUS_OK;
    for (uint32_t g = 0; g < measuring->set->group_count; g++) {
        for (uint32_t o = 0; o < count && !status; o++)
            status = rows_make(ctx, measuring, table, g, outcomes[o]);
    }
    const struct note_word fewest[] = {note_count("fewest", TETRACLASSE_FEWEST), {.name = NULL}};
    if (!status)
        status = table_add_note(ctx, table, "note.tetraclasse.middle", fewest);
    if (!status)
        status = table_add_note(ctx, table, "note.tetraclasse.relative", NULL);
    return status ? status : design_notes(ctx, measuring, table);
}

const struct measure measure_tetraclasse = {
    .name = "tetraclasse",
    .title = "Service or delight, by good and bad marks",
    .meaning =
        "How often customers are satisfied in all when they gave an item a good mark, and when they gave it a bad one: which "
        "items carry satisfaction, which only cost it, which only add to it.",
    .formula = "F45",
    .source = "Llosa 1996, 1997; the middle of the scale as the cut: our own",
    .example = "gapmeter analyze answers.csv --study study.json --table tetraclasse",
    .needs = NEED_CASES,
    .standards = 1u << STANDARD_PERCEPTION,
    .outcome_roles = OUTCOME_ROLES_USED,
    .minimum_n = 2,
    .columns = columns,
    .column_count = COLUMNS,
    .run = tetraclasse_run,
};
