/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/index/index_figures.h"
#include "measure/working_room.h"

enum { OUTCOME, STANDARD, N, VALUE, SE, CI_LOW, CI_HIGH, ITEMS, CHANGES };
#define COLUMNS (CHANGES + CHANGE_COLUMNS)

#define POINTS "points of 100"
static const struct column columns[COLUMNS] = {
    [OUTCOME] = {"outcome", "Of", "", "An outcome, a dimension, or overall for all items.", 0, COLUMN_KEY, true, false},
    [STANDARD] = {"standard", "Standard", "", "What was answered: expectation or perception; blank for an outcome.", 0,
                  COLUMN_KEY, true, false},
    [N] = {"n", "n", "encounters", "Encounters with at least half of the answers.", 0, COLUMN_COUNT, true, false},
    [VALUE] = {"value", "Index", POINTS, "0 when every answer is the lowest of its scale, 100 when every one is the highest.", 1,
               COLUMN_NUMBER, true, false},
    [SE] = {"se", "Error", POINTS, "Standard error of the index.", 1, COLUMN_NUMBER, false, false},
    [CI_LOW] = {"ci_low", "Low", POINTS, "Lower end of its interval.", 1, COLUMN_NUMBER, true, false},
    [CI_HIGH] = {"ci_high", "High", POINTS, "Upper end of its interval.", 1, COLUMN_NUMBER, true, false},
    [ITEMS] = {"items", "Items", "items", "How many answers it is made of.", 0, COLUMN_COUNT, true, false},
    CHANGE_COLUMN_ENTRIES(CHANGES, POINTS, 1),
};

/* One row: what the index is about. */
struct index_subject {
    const char *name;
    struct case_variable variable;
    uint32_t items;
    double low, range; /* of an outcome's scale; 0 and 100 of an index of items */
};

/* The index of a group.
 * fails   STATUS_MEMORY
 * source  [F60] with equal weights */
static enum status index_find(struct ctx *ctx, const struct measuring *measuring, const struct group *group,
                              const struct index_subject *subject, struct index_answers *answers, struct index_figure *out)
{
    enum status status = index_answers_find(ctx, measuring, group, &subject->variable, answers);
    if (!status)
        index_figure_of_mean(answers, 100 / subject->range, 100, out);
    if (!status)
        out->value -= 100 * subject->low / subject->range;
    return status;
}

/* The same as a figure that can change. */
static enum status index_estimate(struct ctx *ctx, const struct measuring *measuring, const struct group *group, const void *what,
                                  struct index_figure *out)
{
    struct index_answers answers;
    return index_find(ctx, measuring, group, what, &answers, out);
}

/* How many items of a dimension (UINT32_MAX: all) were asked on a standard. */
static uint32_t items_asked(const struct study *study, enum standard standard, uint32_t dimension)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < study->item_count; i++)
        count += (dimension == UINT32_MAX || study->items[i].dimension == dimension) && study_asks(study, standard, i);
    return count;
}

/* The subjects of a study: outcomes of satisfaction and loyalty, then each dimension and all items, expectation before
 * perception.
 * takes   room  outcomes + 2 × (dimensions + 1) */
static uint32_t subjects_list(const struct study *study, struct index_subject *room)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < study->columns.outcome_count; i++) {
        const struct outcome *outcome = &study->columns.outcomes[i];
        if (outcome->role != OUTCOME_ROLE_SATISFACTION && outcome->role != OUTCOME_ROLE_LOYALTY)
            continue;
        double low = scale_value(&outcome->scale, 1);
        room[count++] = (struct index_subject){.name = outcome->name,
                                               .variable = {.of = CASE_OUTCOME, .index = i},
                                               .items = 1,
                                               .low = low,
                                               .range = scale_value(&outcome->scale, outcome->scale.steps) - low};
    }
    for (enum standard standard = STANDARD_EXPECTATION; standard <= STANDARD_PERCEPTION; standard++) {
        for (uint32_t d = 0; d <= study->dimension_count; d++) {
            uint32_t dimension = d < study->dimension_count ? d : UINT32_MAX;
            struct index_subject subject = {.name = d < study->dimension_count ? study->dimensions[d].id : "overall",
                                            .variable = {.of = CASE_INDEX, .index = dimension, .standard = standard},
                                            .items = items_asked(study, standard, dimension),
                                            .range = 100};
            if (subject.items)
                room[count++] = subject;
        }
    }
    return count;
}

/* The cells of one subject in one group. */
static void fill_index(const struct measuring *measuring, const struct index_subject *subject,
                       const struct index_answers *answers, struct value *values)
{
    double factor = 100 / subject->range, index = factor * (answers->mean.mean - subject->low);
    struct mean_error error = answers->mean.error;
    error.se *= factor;
    struct mean_cells cells = mean_cells_of(index, &error, measuring->confidence);
    values[VALUE] = value_number(index);
    values[SE] = cells.se;
    values[CI_LOW] = cells.low;
    values[CI_HIGH] = cells.high;
}

/* The cells of one row, in memory that is given back.
 * fails   STATUS_MEMORY */
static enum status row_fill(struct ctx *room, const struct measuring *measuring, uint32_t group,
                            const struct index_subject *subject, struct row *row)
{
    struct index_answers answers;
    struct index_figure figure;
    const struct index_kind kind = {.what = subject, .estimate = index_estimate, .now = &figure};
    enum status status = index_find(room, measuring, &measuring->set->groups[group], subject, &answers, &figure);
    if (status)
        return status;
    row->values[OUTCOME] = value_text(subject->name);
    if (subject->variable.of == CASE_INDEX)
        row->values[STANDARD] = value_text(standard_name(subject->variable.standard));
    row->values[N] = value_count(answers.mean.n);
    row->values[ITEMS] = value_count(subject->items);
    row->support = figure.respondents;
    if (answers.mean.undefined)
        values_blank(row->values + VALUE, ITEMS - VALUE, reason_of(answers.mean.undefined));
    else
        fill_index(measuring, subject, &answers, row->values);
    return index_change_find(room, measuring, group, &kind, row->values + CHANGES, &row->support);
}

/* One row.
 * takes   line  which subject */
static enum status row_make(struct ctx *ctx, const struct measuring *measuring, struct table *table, uint32_t group,
                            const struct index_subject *subjects, uint32_t line)
{
    struct ctx room;
    struct row *row = NULL;
    enum status status = group_row_add(ctx, measuring, table, group, line, &row);
    if (!status)
        status = room_open(ctx, &room);
    return status ? status : room_close(ctx, &room, row_fill(&room, measuring, group, &subjects[line], row));
}

/* One row per group and subject.
 * blank   nobody answered enough -> too_few; one answer: no error -> too_few
 * source  [F60] */
static enum status index_run(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    const struct study *study = measuring->pairs->study;
    size_t room = study->columns.outcome_count + 2u * (study->dimension_count + 1u);
    struct index_subject *subjects = arena_array(ctx->arena, room, sizeof *subjects);
    if (!subjects)
        return ctx_no_memory(ctx);
    uint32_t count = subjects_list(study, subjects);
    enum status status = STATUS_OK;
    for (uint32_t g = 0; g < measuring->set->group_count; g++) {
        for (uint32_t i = 0; i < count && !status; i++)
            status = row_make(ctx, measuring, table, g, subjects, i);
    }
    if (!status)
        status = table_add_note(ctx, table, "note.index.alike", NULL);
    return status ? status : index_notes(ctx, measuring, table);
}

const struct measure measure_index = {
    .name = "index",
    .title = "Indices from 0 to 100",
    .meaning = "Each outcome, each dimension and all items on one yardstick: 0 when every answer is the lowest of its scale, 100 "
               "when every one is the highest.",
    .formula = "F60, F20",
    .source = "Fornell, Johnson, Anderson, Cha & Bryant 1996, with equal weights",
    .example = "gapmeter analyze answers.csv --study study.json --table index",
    .needs = NEED_CASES,
    .any_standards = 1u << STANDARD_EXPECTATION | 1u << STANDARD_PERCEPTION,
    .minimum_n = 2,
    .order = 203,
    .columns = columns,
    .column_count = COLUMNS,
    .run = index_run,
};
