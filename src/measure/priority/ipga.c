/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/case_error.h"
#include "measure/family.h"
#include "measure/priority/priority_cases.h"
#include "measure/working_room.h"
#include "numeric/relative_position.h"

enum {
    ITEM,
    DIMENSION,
    N,
    PERFORMANCE,
    IMPORTANCE,
    RELATIVE_PERFORMANCE,
    RELATIVE_IMPORTANCE,
    QUADRANT,
    DIFFERENCE,
    DIFFERENCE_CI_LOW,
    DIFFERENCE_CI_HIGH,
    P,
    P_HOLM,
    COMPARED_WITH,
    IMPORTANCE_KIND,
    COLUMNS
};

static const struct column columns[COLUMNS] = {
    [ITEM] = {"item", "Item", "", "The item; none when importance was asked of dimensions.", 0, COLUMN_KEY, true, false},
    [DIMENSION] = {"dimension", "Dimension", "", "The dimension.", 0, COLUMN_KEY, true, false},
    [N] = {"n", "n", "encounters", "Encounters behind the difference.", 0, COLUMN_COUNT, true, false},
    [PERFORMANCE] = {"performance", "Got", "scale points", "Mean perception.", 2, COLUMN_NUMBER, true, false},
    [IMPORTANCE] = {"importance", "Importance", "as importance_kind says",
                    "Mean rating, mean points of 100, or the share of what all items explain of satisfaction.", 2, COLUMN_NUMBER,
                    true, false},
    [RELATIVE_PERFORMANCE] =
        {"relative_performance", "Relative", "ratio",
         "Performance over the mean of all; turned round and negative when it is shown to fall short; 0 when "
         "no difference is shown.",
         2, COLUMN_NUMBER, true, false},
    [RELATIVE_IMPORTANCE] = {"relative_importance", "Relative", "ratio", "Importance over the mean of all.", 2, COLUMN_NUMBER,
                             true, false},
    [QUADRANT] = {"quadrant", "Quadrant", "",
                  "keep up, concentrate here, low priority, possible overkill; borderline when no difference is shown.", 0,
                  COLUMN_WORD, true, false},
    [DIFFERENCE] = {"difference", "Difference", "scale points", "Mean of perception − what it is compared with.", 2,
                    COLUMN_NUMBER, true, false},
    [DIFFERENCE_CI_LOW] = {"difference_ci_low", "Low", "scale points", "Lower end of its interval.", 2, COLUMN_NUMBER, false,
                           false},
    [DIFFERENCE_CI_HIGH] = {"difference_ci_high", "High", "scale points", "Upper end of its interval.", 2, COLUMN_NUMBER, false,
                            false},
    [P] = {"p", "p", "probability", "Two-sided p of no difference.", 3, COLUMN_NUMBER, false, false},
    [P_HOLM] = {"p_holm", "p, all rows", "probability", "The same, adjusted for all rows of the group (Holm).", 3, COLUMN_NUMBER,
                true, false},
    [COMPARED_WITH] = {"compared_with", "With", "", "expectation, or importance when no expectations were asked.", 0, COLUMN_WORD,
                       false, false},
    [IMPORTANCE_KIND] = {"importance_kind", "Importance from", "", "rating, points or drivers.", 0, COLUMN_WORD, false, false},
};

/* What performance is compared with. */
enum comparison { WITH_EXPECTATION, WITH_IMPORTANCE, WITH_NOTHING };

/* Expectation when it was asked; otherwise importance when it was rated on the same scale.
 * blank   *reason  not_asked, mixed_scales */
static enum comparison comparison_of(const struct study *study, const struct priority_cases *cases,
                                     const struct priority_part *part, enum reason *reason)
{
    if (cases->expected)
        return WITH_EXPECTATION;
    *reason = REASON_NOT_ASKED;
    if (cases->source != IMPORTANCE_FROM_RATING)
        return WITH_NOTHING;
    *reason = REASON_MIXED_SCALES;
    return scale_same(part->scale, &study->scales[study->columns.importance_scale]) ? WITH_IMPORTANCE : WITH_NOTHING;
}

/* The differences of each person who has both.
 * gives   *values  [matrix->rows] */
static enum status differences_gather(struct ctx *ctx, const struct measuring *measuring, const struct priority_cases *cases,
                                      const struct priority_part *part, struct case_matrix *matrix, const double **values)
{
    enum case_of of = cases->by_dimension ? CASE_DIMENSION : CASE_ITEM;
    const struct group *group = &measuring->set->groups[cases->group];
    const struct case_variable gap = {.of = of, .index = part->index, .standard = STANDARD_PERCEPTION, .gap = true};
    const struct case_variable both[] = {{.of = CASE_ITEM, .index = part->index, .standard = STANDARD_PERCEPTION},
                                         {.of = CASE_ITEM, .index = part->index, .standard = STANDARD_IMPORTANCE}};
    enum status status = cases->expected ? case_matrix_make(ctx, measuring, group, &gap, 1, matrix)
                                         : case_matrix_make(ctx, measuring, group, both, 2, matrix);
    *values = matrix->values;
    if (status || cases->expected)
        return status;
    double *differences = arena_array(ctx->arena, matrix->rows + 1, sizeof *differences);
    if (!differences)
        return ctx_no_memory(ctx);
    for (size_t i = 0; i < matrix->rows; i++)
        differences[i] = case_column(matrix, 0)[i] - case_column(matrix, 1)[i];
    *values = differences;
    return STATUS_OK;
}

/* The difference and its test. */
static enum status fill_difference(struct ctx *ctx, const struct measuring *measuring, const struct priority_cases *cases,
                                   const struct priority_part *part, struct row *row)
{
    static const char *const words[] = {"expectation", "importance"};
    struct value *values = row->values;
    enum reason reason = REASON_NOT_ASKED;
    enum comparison comparison = comparison_of(measuring->pairs->study, cases, part, &reason);
    values[N] = value_count(part->performance.n);
    if (comparison == WITH_NOTHING) {
        values_blank(values + DIFFERENCE, COMPARED_WITH - DIFFERENCE + 1, reason);
        return STATUS_OK;
    }
    struct case_matrix matrix = {.values = NULL};
    const double *differences = NULL;
    struct case_mean mean = {.undefined = UNDEFINED_TOO_FEW};
    enum status status = differences_gather(ctx, measuring, cases, part, &matrix, &differences);
    if (!status)
        status = case_mean_find(ctx, measuring, &matrix, differences, &mean);
    if (status)
        return status;
    values[N] = value_count(matrix.rows);
    values[COMPARED_WITH] = value_text(words[comparison]);
    values[DIFFERENCE] = value_of(mean.undefined, mean.mean);
    if (matrix.respondents < row->support)
        row->support = matrix.respondents;
    if (mean.undefined) {
        values_blank(values + DIFFERENCE_CI_LOW, P - DIFFERENCE_CI_LOW + 1, reason_of(mean.undefined));
        return STATUS_OK;
    }
    struct mean_cells cells = mean_cells_of(mean.mean, &mean.error, measuring->confidence);
    values[DIFFERENCE_CI_LOW] = cells.low;
    values[DIFFERENCE_CI_HIGH] = cells.high;
    values[P] = cells.p;
    return STATUS_OK;
}

/* What was gathered of one group. */
struct positions {
    struct ctx *room; /* its memory */
    struct priority_cases cases;
    struct priority_figures figures;
};

/* Gathers and computes.
 * fails   STATUS_MEMORY */
static enum status positions_make(const struct measuring *measuring, uint32_t group, struct positions *out)
{
    enum status status = priority_cases_make(out->room, measuring, group, false, &out->cases);
    if (!status)
        status = priority_figures_make(out->room, &out->cases, &out->figures);
    double *work = status ? NULL : arena_array(out->room->arena, priority_room(&out->cases), sizeof *work);
    if (!work)
        return status ? status : ctx_no_memory(out->room);
    priority_figures_find(&out->cases, NULL, work, &out->figures);
    return STATUS_OK;
}

/* The cells of one part; what is relative to all of them waits for the adjusted p. */
static enum status fill_part(const struct measuring *measuring, const struct positions *positions, const struct priority_row *at)
{
    const struct priority_cases *cases = &positions->cases;
    const struct priority_figures *figures = &positions->figures;
    uint32_t j = (uint32_t)(at->part - cases->parts);
    struct value *values = at->row->values;
    values[PERFORMANCE] = value_of(figures->performance_undefined, figures->performance[j]);
    values[IMPORTANCE] = figures->importance_undefined ? value_blank(importance_blank(cases, figures->importance_undefined))
                                                       : value_number(figures->importance[j]);
    values[RELATIVE_PERFORMANCE] = cases->mixed ? value_blank(REASON_MIXED_SCALES) : values[PERFORMANCE];
    values[IMPORTANCE_KIND] = importance_word(cases->source);
    return fill_difference(positions->room, measuring, cases, at->part, at->row);
}

/* The rows of one group that was gathered. */
static enum status rows_add(struct ctx *ctx, const struct measuring *measuring, struct table *table,
                            const struct positions *positions)
{
    const struct priority_cases *cases = &positions->cases;
    enum status status = STATUS_OK;
    for (uint32_t c = 0; c < cases->candidate_count && !status; c++) {
        struct priority_row at = {0};
        status = priority_row_add(ctx, measuring, table, cases, c, &at);
        if (status || !at.part)
            continue;
        status = fill_part(measuring, positions, &at);
        if (status)
            ctx->error = positions->room->error;
    }
    if (cases->source == IMPORTANCE_FROM_DRIVERS)
        table_rests_on_model(table, cases->candidate_count + 1);
    return status ? status : priority_notes(ctx, measuring, table, cases, NULL);
}

/* The rows of one group, gathered in memory of its own. */
static enum status rows_make(const struct group_room *at)
{
    struct positions positions = {.room = at->room};
    enum status status = positions_make(at->measuring, at->group, &positions);
    return status ? status : rows_add(at->ctx, at->measuring, at->table, &positions);
}

/* The first cell that a position cannot do without and that is blank; NULL when none is. */
static const struct value *blank_cell(const struct value *values)
{
    static const unsigned needed[] = {RELATIVE_PERFORMANCE, IMPORTANCE, P_HOLM};
    for (size_t k = 0; k < sizeof needed / sizeof *needed; k++) {
        if (values[needed[k]].kind == VALUE_BLANK)
            return &values[needed[k]];
    }
    return NULL;
}

/* The means over the rows of a group that have both coordinates. */
static struct map_point means_of(const struct table *table, uint32_t first, uint32_t end)
{
    struct map_point sum = {0, 0};
    double count = 0;
    for (uint32_t r = first; r < end; r++) {
        const struct value *values = table->rows[r].values;
        if (values[PERFORMANCE].kind != VALUE_NUMBER || values[IMPORTANCE].kind != VALUE_NUMBER)
            continue;
        sum.performance += values[PERFORMANCE].number;
        sum.importance += values[IMPORTANCE].number;
        count++;
    }
    return count > 0 ? (struct map_point){sum.performance / count, sum.importance / count} : sum;
}

/* One row's relative position, once the p of the whole group are adjusted.
 * blank   as its performance, importance or p; a mean that is not above 0 -> not_applicable
 * source  [F32] */
static void fill_position(const struct map_point *mean, double alpha, struct value *values)
{
    static const char *const words[MAP_QUADRANT_COUNT] = {"keep up", "concentrate here", "low priority", "possible overkill",
                                                          "borderline"};
    const struct value *blank = blank_cell(values);
    if (blank) {
        enum reason reason = blank->reason;
        values[RELATIVE_PERFORMANCE] = values[QUADRANT] = value_blank(reason);
        values[RELATIVE_IMPORTANCE] = value_blank(values[IMPORTANCE].kind == VALUE_BLANK ? values[IMPORTANCE].reason : reason);
        return;
    }
    const struct map_point point = {values[PERFORMANCE].number, values[IMPORTANCE].number};
    int shown = values[P_HOLM].number >= alpha ? 0 : values[DIFFERENCE].number > 0 ? 1 : -1;
    struct relative_position position;
    enum undefined undefined = relative_position_of(&point, mean, shown, &position);
    values[RELATIVE_PERFORMANCE] = value_of(undefined, position.performance);
    values[RELATIVE_IMPORTANCE] = value_of(undefined, position.importance);
    values[QUADRANT] = undefined ? value_blank(reason_of(undefined)) : value_text(words[position.of]);
}

/* One row per group and item, with points per dimension.
 * blank   no importance, or neither expectations nor a rating on the same scale -> not_asked, mixed_scales
 * source  [F32] */
static enum status ipga_run(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    enum status status = group_rooms_each(ctx, measuring, table, rows_make, NULL);
    if (!status)
        status = family_adjust(ctx, table, P, P_HOLM);
    for (uint32_t first = 0, end = 0; first < table->row_count && !status; first = end) {
        end = family_end(table, first);
        struct map_point mean = means_of(table, first, end);
        for (uint32_t r = first; r < end; r++)
            fill_position(&mean, 1 - measuring->confidence, table->rows[r].values);
    }
    if (!status)
        status = table_add_note(ctx, table, "note.ipga.zero", NULL);
    if (!status && table->by_count)
        status = table_add_note(ctx, table, FAMILY_NOTE, NULL);
    return status ? status : design_notes(ctx, measuring, table);
}

const struct measure measure_ipga = {
    .name = "ipga",
    .title = "Importance, performance and gap",
    .meaning = "The map of importance and performance in which an item counts as well or badly done only when the difference to "
               "what was expected is shown.",
    .formula = "F32, F33, F20, F26",
    .source = "Lin, Chan & Tsai 2009; tests adjusted by Holm 1979",
    .example = "gapmeter analyze answers.csv --study study.json --table ipga",
    .needs = NEED_CASES,
    .standards = 1u << STANDARD_PERCEPTION,
    .minimum_n = 2,
    .columns = columns,
    .column_count = COLUMNS,
    .run = ipga_run,
};
