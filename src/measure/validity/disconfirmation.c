/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "measure/mean_error.h"
#include "measure/moment_draw.h"
#include "measure/outcome_list.h"

enum { OUTCOME, N, R, R2_DIRECT, R2_GAP, DIFFERENCE, DIFFERENCE_LOW, DIFFERENCE_HIGH, BETTER, COLUMNS };

#define SHARE "share of variance"

static const struct column columns[COLUMNS] = {
    [OUTCOME] = {"outcome", "Outcome", "", "What is explained.", 0, COLUMN_KEY, true, false},
    [N] = {"n", "n", "encounters", "Encounters with the direct answer, the overall gap and the outcome.", 0, COLUMN_COUNT, true,
           false},
    [R] = {"r", "r", "correlation", "Correlation of the direct answer with the computed gap.", 2, COLUMN_NUMBER, true, false},
    [R2_DIRECT] = {"r2_direct", "R² direct", SHARE, "What the direct answer explains of the outcome.", 2, COLUMN_NUMBER, true,
                   false},
    [R2_GAP] = {"r2_gap", "R² gap", SHARE, "What the computed gap explains of the outcome.", 2, COLUMN_NUMBER, true, false},
    [DIFFERENCE] = {"difference", "Direct − gap", SHARE, "R² of the direct answer less that of the gap.", 2, COLUMN_NUMBER, true,
                    false},
    [DIFFERENCE_LOW] = {"difference_low", "Low", SHARE, "Lower end of its interval, by drawing again.", 2, COLUMN_NUMBER, true,
                        false},
    [DIFFERENCE_HIGH] = {"difference_high", "High", SHARE, "Upper end of its interval, by drawing again.", 2, COLUMN_NUMBER, true,
                         false},
    [BETTER] = {"better", "Better", "", "direct, gap or undecided: which goes with the outcome more closely.", 0, COLUMN_WORD,
                true, false},
};

enum { DIRECT, GAP, EXPLAINED, VARIABLES };

/* R² of the direct answer less that of the gap, and both.
 * source  [F7] */
static enum undefined direct_compute(const void *state, const double *covariance, double rows, double *room, double *out)
{
    (void)state;
    (void)rows;
    static const size_t direct[] = {DIRECT}, gap[] = {GAP};
    struct moment_model model = {.covariance = covariance, .columns = VARIABLES, .chosen = direct, .count = 1};
    enum undefined undefined = moment_regression(&model, room, NULL, &out[1]);
    model.chosen = gap;
    if (!undefined)
        undefined = moment_regression(&model, room, NULL, &out[2]);
    out[0] = out[1] - out[2];
    return undefined;
}

/* Correlation of both over the rows.
 * blank   one of them does not vary -> no_variance */
static struct value correlation_of(const struct case_matrix *matrix)
{
    const double *a = case_column(matrix, DIRECT), *b = case_column(matrix, GAP);
    double w = 0, sa = 0, sb = 0, aa = 0, bb = 0, ab = 0;
    for (size_t i = 0; i < matrix->rows; i++) {
        double weight = matrix->weights ? matrix->weights[i] : 1;
        w += weight;
        sa += weight * a[i];
        sb += weight * b[i];
    }
    double raw = 0;
    for (size_t i = 0; i < matrix->rows; i++) {
        double weight = matrix->weights ? matrix->weights[i] : 1, x = a[i] - sa / w, y = b[i] - sb / w;
        aa += weight * x * x;
        bb += weight * y * y;
        ab += weight * x * y;
        raw = fmax(raw, fmax(fabs(a[i]), fabs(b[i])));
    }
    double least = 1e-20 * w * raw * raw;
    if (!(aa > least && bb > least))
        return value_blank(REASON_NO_VARIANCE);
    return value_number(fmin(1, fmax(-1, ab / (sqrt(aa) * sqrt(bb)))));
}

/* R² of both and which is larger.
 * fails   STATUS_MEMORY, STATUS_CANCELLED */
static enum status fill_comparison(struct ctx *ctx, const struct measuring *measuring, uint32_t group,
                                   const struct case_matrix *matrix, struct value *values)
{
    const struct regression regression = {.rows = matrix->rows,
                                          .columns = EXPLAINED,
                                          .x = matrix->values,
                                          .y = case_column(matrix, EXPLAINED),
                                          .weights = matrix->weights,
                                          .intercept = true};
    const struct moment_figures figures = {.count = 3, .room = moment_regression_room(1), .compute = direct_compute};
    const char *const names[] = {"disconfirmation", values[OUTCOME].text};
    const struct moment_draw draw = {.regression = &regression,
                                     .figures = &figures,
                                     .stream = draw_stream(measuring, group, names, 2),
                                     .replicates = measuring->replicates ? measuring->replicates : MOMENT_REPLICATES};
    struct moment_drawn drawn;
    enum status status = moment_draw_run(ctx, measuring, matrix, &draw, &drawn);
    if (status)
        return status;
    values[R2_DIRECT] = value_of(drawn.undefined, drawn.estimates[1]);
    values[R2_GAP] = value_of(drawn.undefined, drawn.estimates[2]);
    values[DIFFERENCE] = value_of(drawn.undefined, drawn.estimates[0]);
    if (matrix->units && matrix->unit_count < CLUSTERS_FOR_TEST && !drawn.undefined) {
        values_blank(values + DIFFERENCE_LOW, BETTER - DIFFERENCE_LOW + 1, REASON_FEW_CLUSTERS);
        return STATUS_OK;
    }
    status = moment_interval_find(ctx, measuring, &drawn, 0, false, &values[DIFFERENCE_LOW]);
    values[BETTER] = values[DIFFERENCE_LOW];
    if (values[DIFFERENCE_LOW].kind == VALUE_NUMBER)
        values[BETTER] = value_text(values[DIFFERENCE_LOW].number > 0    ? "direct"
                                    : values[DIFFERENCE_HIGH].number < 0 ? "gap"
                                                                         : "undecided");
    return status;
}

/* The row of one outcome in one group, in the memory of room.
 * takes   direct  index of the direct question */
static enum status row_fill(struct ctx *room, const struct measuring *measuring, struct row *row, uint32_t direct,
                            uint32_t outcome)
{
    const struct study *study = measuring->pairs->study;
    enum case_of overall = study->dimension_count ? CASE_OVERALL : CASE_ITEMS_MEAN;
    const struct case_variable variables[VARIABLES] = {[DIRECT] = {.of = CASE_OUTCOME, .index = direct},
                                                       [GAP] = {.of = overall, .gap = true},
                                                       [EXPLAINED] = {.of = CASE_OUTCOME, .index = outcome}};
    struct case_matrix matrix;
    struct value *values = row->values;
    enum status status = case_matrix_make(room, measuring, &measuring->set->groups[row->group], variables, VARIABLES, &matrix);
    if (status)
        return status;
    row->support = matrix.respondents;
    values[N] = value_count(matrix.rows);
    enum reason blank = matrix.blank ? matrix.blank : !matrix.rows ? REASON_NO_PAIRS : REASON_NONE;
    if (!blank && matrix.rows < 3)
        blank = REASON_TOO_FEW;
    if (blank) {
        values_blank(values + R, COLUMNS - R, blank);
        return STATUS_OK;
    }
    values[R] = correlation_of(&matrix);
    return fill_comparison(room, measuring, row->group, &matrix, values);
}

/* Adds a row and fills it in memory of its own. */
static enum status row_make(struct ctx *ctx, const struct measuring *measuring, struct table *table, uint32_t group,
                            const uint32_t outcomes[2])
{
    struct row *row = NULL;
    enum status status = group_row_add(ctx, measuring, table, group, outcomes[1], &row);
    if (status)
        return status;
    row->values[OUTCOME] = value_text(measuring->pairs->study->columns.outcomes[outcomes[1]].name);
    struct ctx room = *ctx;
    if (arena_create(ctx->arena, &room.arena))
        return ctx_no_memory(ctx);
    status = row_fill(&room, measuring, row, outcomes[0], outcomes[1]);
    if (status)
        ctx->error = room.error;
    arena_destroy(room.arena);
    return status;
}

/* One row per group and outcome.
 * fails   STATUS_MEMORY, STATUS_CANCELLED
 * blank   fewer than three persons -> too_few; an answer that does not vary -> no_variance, singular
 * source  [F7] */
static enum status disconfirmation_run(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    const struct study *study = measuring->pairs->study;
    uint32_t *outcomes = arena_array(ctx->arena, study->columns.outcome_count + 1u, sizeof *outcomes), direct = 0;
    if (!outcomes)
        return ctx_no_memory(ctx);
    if (!outcome_with_role(study, OUTCOME_ROLE_DISCONFIRMATION, &direct))
        return STATUS_OK;
    uint32_t count = outcomes_explained(study, true, outcomes);
    enum status status = STATUS_OK;
    table->needs_whole_model = true;
    table->parameters = VARIABLES;
    for (uint32_t g = 0; g < measuring->set->group_count; g++) {
        for (uint32_t o = 0; o < count && !status; o++)
            status = row_make(ctx, measuring, table, g, (const uint32_t[]){direct, outcomes[o]});
    }
    if (!status)
        status = table_add_note(ctx, table, "note.disconfirmation.direct", NULL);
    return status ? status : design_notes(ctx, measuring, table);
}

const struct measure measure_disconfirmation = {
    .name = "disconfirmation",
    .title = "Asked directly, or computed",
    .meaning = "Whether the plain question \"better or worse than expected?\" and the computed gap tell the same, and which of "
               "the two goes with satisfaction more closely.",
    .formula = "F7, F25",
    .source = "Oliver 1980",
    .example = "gapmeter analyze answers.csv --study study.json --table disconfirmation",
    .needs = NEED_CASES,
    .standards = 1u << STANDARD_EXPECTATION | 1u << STANDARD_PERCEPTION,
    .outcomes = true,
    .outcome_roles = 1u << OUTCOME_ROLE_DISCONFIRMATION,
    .minimum_n = 3,
    .by_default = true,
    .order = 77,
    .columns = columns,
    .column_count = COLUMNS,
    .run = disconfirmation_run,
};
