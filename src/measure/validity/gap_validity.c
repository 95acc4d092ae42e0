/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "measure/family.h"
#include "measure/mean_error.h"
#include "measure/validity/surface_model.h"
#include "numeric/wald_test.h"

#define LOSS_TOLERATED 0.05 /* adequate: less of the variance than this is lost */
#define LOSS_CERTAIN   0.01 /* inadequate: more than this is lost */

enum {
    DIMENSION,
    OUTCOME,
    N,
    R2_GAP,
    R2_LINEAR,
    R2_POLYNOMIAL,
    R2_SQUARED,
    F,
    DF1,
    DF2,
    P,
    P_HOLM,
    LOSS,
    LOSS_LOW,
    LOSS_HIGH,
    B_EXPECTATION,
    B_PERCEPTION,
    P_SQUARED,
    VERDICT,
    COLUMNS
};

#define SHARE "share of variance"
#define SLOPE "outcome points per scale point"

static const struct column columns[COLUMNS] = {
    [DIMENSION] = {"dimension", "Dimension", "", "The dimension, or overall.", 0, COLUMN_KEY, true, false},
    [OUTCOME] = {"outcome", "Outcome", "", "What is explained.", 0, COLUMN_KEY, true, false},
    [N] = {"n", "n", "encounters", "Encounters with expectation, perception and outcome.", 0, COLUMN_COUNT, true, false},
    [R2_GAP] = {"r2_gap", "R² gap", SHARE, "What the gap alone explains of the outcome.", 2, COLUMN_NUMBER, true, false},
    [R2_LINEAR] = {"r2_linear", "R² both", SHARE, "What expectation and perception explain when each has its own weight.", 2,
                   COLUMN_NUMBER, true, false},
    [R2_POLYNOMIAL] = {"r2_polynomial", "R² curved", SHARE, "The same with their squares and product.", 2, COLUMN_NUMBER, true,
                       false},
    [R2_SQUARED] = {"r2_squared", "R² squared gap", SHARE, "What the squared gap alone explains: any distance does harm.", 2,
                    COLUMN_NUMBER, false, false},
    [F] = {"f", "F", "ratio", "Test of the gap model against the curved one.", 2, COLUMN_NUMBER, false, false},
    [DF1] = {"df1", "df1", "degrees of freedom", "Constraints that make the curved model the gap model.", 0, COLUMN_COUNT, false,
             false},
    [DF2] = {"df2", "df2", "degrees of freedom", "Encounters − 6, or clusters − 1.", 0, COLUMN_COUNT, false, false},
    [P] = {"p", "p", "probability", "p of the gap model being as good.", 3, COLUMN_NUMBER, false, false},
    [P_HOLM] = {"p_holm", "p, all rows", "probability", "The same, adjusted for all rows of the group (Holm).", 3, COLUMN_NUMBER,
                false, false},
    [LOSS] = {"loss", "Loss", SHARE, "What the gap explains less than the curved model, adjusted for its parameters.", 2,
              COLUMN_NUMBER, true, false},
    [LOSS_LOW] = {"loss_low", "Low", SHARE, "Lower end of its interval, by drawing again.", 2, COLUMN_NUMBER, true, false},
    [LOSS_HIGH] = {"loss_high", "High", SHARE, "Upper end of its interval, by drawing again.", 2, COLUMN_NUMBER, true, false},
    [B_EXPECTATION] = {"b_expectation", "b expected", SLOPE, "How the outcome goes with expectation at the same perception.", 2,
                       COLUMN_NUMBER, false, false},
    [B_PERCEPTION] = {"b_perception", "b got", SLOPE, "How the outcome goes with perception at the same expectation.", 2,
                      COLUMN_NUMBER, false, false},
    [P_SQUARED] = {"p_squared", "p squared gap", "probability", "p of the squared gap being as good as the curved model.", 3,
                   COLUMN_NUMBER, false, false},
    [VERDICT] = {"verdict", "Gap score", "", "Whether the gap can stand for both answers: adequate, inadequate or undecided.", 0,
                 COLUMN_WORD, true, false},
};

/* Adjusted R² of the curved model less that of the gap.
 * source  [F74] */
static enum undefined loss_compute(const void *state, const double *covariance, double rows, double *room, double *out)
{
    (void)state;
    static const size_t difference[] = {SURFACE_DIFFERENCE};
    struct moment_model model = {.covariance = covariance, .columns = SURFACE_DIFFERENCE + 2, .count = SURFACE_PARAMETERS - 1};
    double full = 0, gap = 0;
    if (!(rows > SURFACE_PARAMETERS))
        return UNDEFINED_TOO_FEW;
    enum undefined undefined = moment_regression(&model, room, NULL, &full);
    model.chosen = difference;
    model.count = 1;
    if (!undefined)
        undefined = moment_regression(&model, room, NULL, &gap);
    out[0] = (1 - gap) * (rows - 1) / (rows - 2) - (1 - full) * (rows - 1) / (rows - SURFACE_PARAMETERS);
    return undefined;
}

/* The loss and its interval.
 * fails   STATUS_MEMORY, STATUS_CANCELLED */
static enum status fill_loss(struct ctx *ctx, const struct measuring *measuring, const struct surface_topic *topic,
                             const struct surface_model *model, struct value *values)
{
    /* The columns of the curved model stand before the difference. */
    const struct surface_reading reading = {.rows = &model->rows, .first = SURFACE_X, .count = SURFACE_DIFFERENCE + 1};
    const struct regression regression = surface_regression(&reading);
    const struct moment_figures figures = {
        .count = 1, .room = moment_regression_room(SURFACE_PARAMETERS), .compute = loss_compute};
    const char *const names[] = {"gap_validity", values[DIMENSION].text, values[OUTCOME].text};
    const struct moment_draw draw = {.regression = &regression,
                                     .figures = &figures,
                                     .stream = draw_stream(measuring, topic->group, names, 3),
                                     .replicates = measuring->replicates ? measuring->replicates : MOMENT_REPLICATES};
    struct moment_drawn drawn;
    enum status status = moment_draw_run(ctx, measuring, &model->matrix, &draw, &drawn);
    if (!status)
        status = moment_interval_find(ctx, measuring, &drawn, 0, true, &values[LOSS_LOW]);
    if (!status && model->error.test_blank)
        values[LOSS_LOW] = values[LOSS_HIGH] = value_blank(model->error.test_blank);
    return status;
}

/* adequate: the interval ends below LOSS_TOLERATED; inadequate: it begins above LOSS_CERTAIN; else undecided. */
static struct value verdict_of(const struct value *values)
{
    if (values[LOSS_LOW].kind != VALUE_NUMBER)
        return values[LOSS_LOW];
    if (values[LOSS_HIGH].number < LOSS_TOLERATED)
        return value_text("adequate");
    return value_text(values[LOSS_LOW].number > LOSS_CERTAIN ? "inadequate" : "undecided");
}

/* Persons of equal weight, drawn one by one? */
static bool design_is_simple(const struct case_matrix *matrix)
{
    return !matrix->packed_weights.values && !matrix->units && !matrix->strata;
}

/* The constraint test: classical F; with weights, clusters or strata a Wald test by the covariance of the design. */
static enum undefined constraint_find(const struct surface_model *model, const struct least_squares *small,
                                      const double *constraints, struct constraint_test *out)
{
    if (design_is_simple(&model->matrix))
        return small->undefined ? small->undefined : least_squares_compare(small, &model->models.full, out);
    if (model->error.undefined)
        return model->error.undefined;
    const struct wald_hypothesis hypothesis = {
        .combinations = constraints, .count = 4, .parameters = SURFACE_PARAMETERS, .df2 = model->error.df};
    return wald_test(model->models.full.coefficients, model->error.covariance, &hypothesis, out);
}

/* Both tests, and what they have in common. */
static void fill_tests(const struct surface_model *model, struct value *values)
{
    struct constraint_test test = {.f = 0};
    enum undefined undefined = constraint_find(model, &model->models.difference, surface_difference_constraints, &test);
    values[F] = value_of(undefined, test.f);
    values[DF1] = undefined ? value_blank(reason_of(undefined)) : value_count((uint64_t)test.df1);
    values[DF2] = undefined ? value_blank(reason_of(undefined)) : value_count((uint64_t)test.df2);
    values[P] = value_of(undefined, test.p);
    undefined = constraint_find(model, &model->models.square, surface_square_constraints, &test);
    values[P_SQUARED] = value_of(undefined, test.p);
    if (model->error.test_blank)
        values[P] = values[P_SQUARED] = value_blank(model->error.test_blank);
}

/* R² of a model, or why there is none. */
static struct value r_squared_of(const struct least_squares *fit)
{
    return value_of(fit->undefined, fit->r_squared);
}

/* The figures of one row.
 * fails   STATUS_MEMORY, STATUS_CANCELLED
 * blank   fewer than seven persons -> too_few; nobody's expectation varies, say -> singular; constant outcome -> no_variance
 * source  [F71, F74, F75] */
static enum status fill_row(struct ctx *ctx, const struct measuring *measuring, const struct surface_topic *topic,
                            const struct surface_model *model, struct value *values)
{
    const struct surface_models *models = &model->models;
    if (model->blank) {
        values_blank(values + N, COLUMNS - N, model->blank);
        values[N] = value_count(model->matrix.rows);
        return STATUS_OK;
    }
    values[N] = value_count(model->matrix.rows);
    values[R2_GAP] = r_squared_of(&models->difference);
    values[R2_LINEAR] = r_squared_of(&models->linear);
    values[R2_POLYNOMIAL] = r_squared_of(&models->full);
    values[R2_SQUARED] = r_squared_of(&models->square);
    bool linear = !models->linear.undefined;
    values[B_EXPECTATION] = value_of(models->linear.undefined, linear ? models->linear.coefficients[1] : 0);
    values[B_PERCEPTION] = value_of(models->linear.undefined, linear ? models->linear.coefficients[2] : 0);
    enum undefined undefined = models->full.undefined ? models->full.undefined : models->difference.undefined;
    if (undefined) {
        values_blank(values + F, LOSS_HIGH - F + 1, reason_of(undefined));
        values[P_SQUARED] = values[VERDICT] = value_blank(reason_of(undefined));
        return STATUS_OK;
    }
    fill_tests(model, values);
    values[LOSS] = value_number(models->full.adjusted_r_squared - models->difference.adjusted_r_squared);
    enum status status = fill_loss(ctx, measuring, topic, model, values);
    values[VERDICT] = verdict_of(values);
    return status;
}

/* The row of one topic. */
static enum status row_make(struct ctx *room, const struct surface_rows_of *of, const struct surface_topic *topic)
{
    const struct study *study = of->measuring->pairs->study;
    struct surface_model model;
    struct row *row = NULL;
    enum status status = surface_model_make(room, of->measuring, topic, &model);
    /* The classical F needs no errors. */
    if (!status && !design_is_simple(&model.matrix))
        status = surface_error_find(room, &model);
    uint32_t line = topic->outcome * (study->dimension_count + 1) +
                    (topic->dimension == UINT32_MAX ? study->dimension_count : topic->dimension);
    if (!status)
        status = group_row_add(of->outer, of->measuring, of->table, topic->group, line, &row);
    if (status)
        return status;
    row->values[DIMENSION] = surface_key(study, topic);
    row->values[OUTCOME] = value_text(study->columns.outcomes[topic->outcome].name);
    row->support = model.matrix.respondents;
    return fill_row(room, of->measuring, topic, &model, row->values);
}

/* One sentence about an overall row: what the verdict means. */
static enum status verdict_note(struct ctx *ctx, struct table *table, const struct value *values)
{
    const char *verdict = values[VERDICT].text;
    double low = values[LOSS_LOW].number, high = values[LOSS_HIGH].number;
    const struct note_word outcome = note_ours("outcome", "outcome", values[OUTCOME].text), none = {.name = NULL};
    const struct note_word adequate[] = {outcome, note_number("loss", high > 0 ? high : 0, 3), none};
    const struct note_word inadequate[] = {outcome, note_number("gap", values[R2_GAP].number, 2),
                                           note_number("both", values[R2_POLYNOMIAL].number, 2), none};
    const struct note_word open[] = {outcome, note_number("low", low > 0 ? low : 0, 3), note_number("high", high, 3), none};
    if (strcmp(verdict, "adequate") == 0)
        return table_add_note(ctx, table, "note.validity.adequate", adequate);
    if (strcmp(verdict, "inadequate") == 0)
        return table_add_note(ctx, table, "note.validity.inadequate", inadequate);
    return table_add_note(ctx, table, "note.validity.open", open);
}

/* The verdict on the overall score in words, and how it was reached. */
static enum status validity_notes(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    enum status status = STATUS_OK;
    for (uint32_t r = 0; r < table->row_count && !status && !table->by_count; r++) {
        const struct value *values = table->rows[r].values;
        if (values[VERDICT].kind == VALUE_TEXT && strcmp(values[DIMENSION].text, "overall") == 0)
            status = verdict_note(ctx, table, values);
    }
    const struct note_word limits[] = {
        note_number("tolerated", LOSS_TOLERATED, 2), note_number("certain", LOSS_CERTAIN, 2), {.name = NULL}};
    if (!status)
        status = table_add_note(ctx, table, "note.validity.limits", limits);
    if (!status && table->by_count)
        status = table_add_note(ctx, table, FAMILY_NOTE, NULL);
    return status ? status : design_notes(ctx, measuring, table);
}

/* One row per group, outcome and dimension (then overall).
 * fails   STATUS_MEMORY, STATUS_CANCELLED
 * blank   as fill_row
 * source  [F71, F74, F75] */
static enum status gap_validity_run(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    enum status status = surface_topics_each(ctx, measuring, table, row_make);
    if (!status)
        status = family_adjust(ctx, table, P, P_HOLM);
    return status ? status : validity_notes(ctx, measuring, table);
}

const struct measure measure_gap_validity = {
    .name = "gap_validity",
    .title = "Is the gap a good score?",
    .meaning = "Whether the gap tells of satisfaction what expectation and experience tell when each is taken by itself. If not, "
               "the two must not be merged into one score.",
    .formula = "F25, F26, F71, F74, F75",
    .source = "Edwards & Parry 1993; Edwards 2002; Page & Spreng 2002; the verdict's limits are ours",
    .example = "gapmeter analyze answers.csv --study study.json --table gap_validity",
    .needs = NEED_CASES,
    .standards = 1u << STANDARD_EXPECTATION | 1u << STANDARD_PERCEPTION,
    .outcomes = true,
    .minimum_n = SURFACE_PARAMETERS + 1,
    .by_default = true,
    .order = 75,
    .columns = columns,
    .column_count = COLUMNS,
    .run = gap_validity_run,
};
