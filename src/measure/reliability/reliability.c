/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/mean_error.h"
#include "measure/reliability/block_rows.h"
#include "measure/reliability/reliability_resampling.h"
#include "numeric/alpha.h"
#include "numeric/omega.h"

enum { DIMENSION, STANDARD, N, K, ALPHA, ALPHA_CI_LOW, ALPHA_CI_HIGH, ALPHA_STANDARDIZED, OMEGA, OMEGA_OBSERVED, COLUMNS };

static const struct column columns[COLUMNS] = {
    [DIMENSION] = {"dimension", "Dimension", "", "The dimension, or overall for all items.", 0, COLUMN_KEY, true, false},
    [STANDARD] = {"standard", "Of", "", "What was answered: expectation, perception, desired, minimum, or the gap.", 0,
                  COLUMN_KEY, true, false},
    [N] = {"n", "n", "encounters", "Encounters with an answer to every item.", 0, COLUMN_COUNT, true, false},
    [K] = {"k", "Items", "items", "How many items.", 0, COLUMN_COUNT, true, false},
    [ALPHA] = {"alpha", "Alpha", "reliability", "Cronbach's alpha: how consistently the items tell one thing.", 2, COLUMN_NUMBER,
               true, false},
    [ALPHA_CI_LOW] = {"alpha_ci_low", "Low", "reliability", "Lower end of its interval (Feldt).", 2, COLUMN_NUMBER, true, false},
    [ALPHA_CI_HIGH] = {"alpha_ci_high", "High", "reliability", "Upper end of its interval (Feldt).", 2, COLUMN_NUMBER, true,
                       false},
    [ALPHA_STANDARDIZED] = {"alpha_standardized", "Standardized", "reliability", "Alpha of the items with equal variances.", 2,
                            COLUMN_NUMBER, false, false},
    [OMEGA] = {"omega", "Omega", "reliability", "McDonald's omega of one factor, over the variance of the model.", 2,
               COLUMN_NUMBER, true, false},
    [OMEGA_OBSERVED] = {"omega_observed", "Omega, observed", "reliability", "The same over the observed variance of the sum.", 2,
                        COLUMN_NUMBER, false, false},
};

/* Feldt's interval; it stands on independent answers of equal weight. */
static void fill_alpha(const struct measuring *measuring, const struct exact_block *block, struct value *values)
{
    struct alpha alpha = {0};
    enum undefined undefined = cronbach_alpha(block, measuring->confidence, &alpha);
    if (undefined) {
        values_blank(values + ALPHA, ALPHA_STANDARDIZED - ALPHA + 1, reason_of(undefined));
        return;
    }
    values[ALPHA] = value_number(alpha.alpha);
    values[ALPHA_CI_LOW] = value_of(alpha.interval_undefined, alpha.interval.low);
    values[ALPHA_CI_HIGH] = value_of(alpha.interval_undefined, alpha.interval.high);
    values[ALPHA_STANDARDIZED] = value_of(alpha.standardised_undefined, alpha.standardised);
    if (measuring->pairs->plan->weighted)
        values[ALPHA_CI_LOW] = values[ALPHA_CI_HIGH] = value_blank(REASON_WEIGHTED);
    else if (design_blank(measuring))
        values[ALPHA_CI_LOW] = values[ALPHA_CI_HIGH] = value_blank(design_blank(measuring));
}

/* Omega of one factor, from the covariances in steps of the scale: it has no unit.
 * fails   STATUS_MEMORY */
static enum status fill_omega(struct ctx *ctx, const struct exact_block *block, struct value *values)
{
    const struct exact_unit step = {.step = {.units = 1}, .divisor = 1};
    double *covariance = arena_array(ctx->arena, block->count * block->count, sizeof *covariance);
    if (!covariance)
        return ctx_no_memory(ctx);
    struct omega omega = {.undefined = exact_covariance_matrix(block, &step, covariance)};
    if (!omega.undefined) {
        enum status status = omega_fit(ctx, covariance, block->count, &omega);
        if (status)
            return status;
    }
    values[OMEGA] = value_of(omega.undefined, omega.model);
    values[OMEGA_OBSERVED] = value_of(omega.undefined, omega.observed);
    return STATUS_OK;
}

/* The figures of one block. */
static enum status fill_block(struct ctx *ctx, const struct measuring *measuring, const struct block *block, struct value *values)
{
    if (block->blank) {
        values_blank(values + N, COLUMNS - N, block->blank);
        values[K] = value_count(block->item_count);
        return STATUS_OK;
    }
    values[N] = value_count(block->all.n);
    values[K] = value_count(block->item_count);
    if (block->item_count < 2 || block->all.n < 2) {
        values_blank(values + ALPHA, COLUMNS - ALPHA, block->item_count < 2 ? REASON_ONE_ITEM : REASON_TOO_FEW);
        return STATUS_OK;
    }
    struct exact_block exact = exact_block_of(block);
    fill_alpha(measuring, &exact, values);
    return fill_omega(ctx, &exact, values);
}

/* One row.
 * takes   at  which block, and the line of the row */
static enum status row_make(struct ctx *ctx, const struct measuring *measuring, struct table *table, const struct block_place *at)
{
    struct row *row = NULL;
    enum status status = group_row_add(ctx, measuring, table, at->group, at->line, &row);
    if (status)
        return status;
    bool overall = at->block->dimension == UINT32_MAX;
    row->values[DIMENSION] = overall ? value_text("overall") : dimension_key(measuring->pairs->study, at->block->dimension);
    row->values[STANDARD] = value_text(block_of_name(at->block->of));
    row->support = at->block->respondents;
    return fill_block(ctx, measuring, at->block, row->values);
}

/* A negative alpha says that items point in different directions. */
static enum status reliability_notes(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    enum status status = STATUS_OK;
    for (uint32_t r = 0; r < table->row_count && !status && !table->by_count; r++) {
        const struct value *values = table->rows[r].values;
        if (values[ALPHA].kind == VALUE_NUMBER && values[ALPHA].number < 0)
            status = table_add_note(
                ctx, table, "note.reliability.negative",
                (const struct note_word[]){dimension_word("dimension", measuring->pairs->study, values[DIMENSION].text),
                                           note_ours("standard", "word", values[STANDARD].text),
                                           {.name = NULL}});
    }
    return status;
}

/* One row per group, dimension (then all items) and standard.
 * blank   one item -> one_item; fewer than two complete encounters -> too_few; no variance -> no_variance
 * source  [F13, F15] */
static enum status reliability_run(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    enum status status = block_rows_each(ctx, measuring, table, row_make);
    if (!status)
        status = reliability_notes(ctx, measuring, table);
    return status ? status : design_notes(ctx, measuring, table);
}

const struct measure measure_reliability = {
    .name = "reliability",
    .title = "Reliability",
    .meaning = "Whether the items of a dimension tell one thing: near 1 they do; below .70 the dimension is too noisy to compare "
               "people or small groups. For each kind of answer and for the gap.",
    .formula = "F13, F15",
    .source = "Cronbach 1951; Feldt 1965; Feldt, Woodruff & Salih 1987; McDonald 1999",
    .example = "gapmeter analyze answers.csv --study study.json --table reliability",
    .needs = NEED_BLOCKS,
    .any_standards = 1u << STANDARD_EXPECTATION | 1u << STANDARD_PERCEPTION | 1u << STANDARD_DESIRED | 1u << STANDARD_MINIMUM,
    .minimum_n = 2,
    .by_default = true,
    .order = 70,
    .columns = columns,
    .column_count = COLUMNS,
    .run = reliability_run,
    .resample = reliability_resample,
};
