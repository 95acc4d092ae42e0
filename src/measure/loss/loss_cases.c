/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/loss/loss_cases.h"

#include <assert.h>

enum { LEFT, EXPOSED, COLUMNS };

/* Are two standards asked of the same item? */
static bool asks_both(const struct study *study, enum standard standard)
{
    for (uint32_t i = 0; i < study->item_count; i++) {
        if (study_asks(study, standard, i) && study_asks(study, STANDARD_PERCEPTION, i))
            return true;
    }
    return false;
}

enum exposure_source exposure_find(const struct study *study, bool complaint)
{
    if (study_outcome_of_role(study, OUTCOME_ROLE_BAD_SERVICE) != UINT32_MAX)
        return EXPOSURE_STATED;
    if (complaint && study_outcome_of_role(study, OUTCOME_ROLE_COMPLAINED) != UINT32_MAX)
        return EXPOSURE_COMPLAINT;
    if (asks_both(study, STANDARD_MINIMUM))
        return EXPOSURE_BELOW_MINIMUM;
    return asks_both(study, STANDARD_EXPECTATION) ? EXPOSURE_BELOW_EXPECTATION : EXPOSURE_NONE;
}

const char *exposure_word(enum exposure_source source)
{
    static const char *const words[] = {"bad_service", "complained", "below_minimum", "below_expectation", ""};
    assert(source <= EXPOSURE_NONE);
    return words[source];
}

struct case_variable exposure_variable(const struct study *study, enum exposure_source source)
{
    assert(source != EXPOSURE_NONE);
    if (source == EXPOSURE_STATED || source == EXPOSURE_COMPLAINT) {
        enum outcome_role role = source == EXPOSURE_STATED ? OUTCOME_ROLE_BAD_SERVICE : OUTCOME_ROLE_COMPLAINED;
        return (struct case_variable){.of = CASE_OUTCOME, .index = study_outcome_of_role(study, role)};
    }
    return (struct case_variable){.of = CASE_SHORTFALL,
                                  .index = UINT32_MAX,
                                  .standard = source == EXPOSURE_BELOW_MINIMUM ? STANDARD_MINIMUM : STANDARD_EXPECTATION};
}

/* Lowers the support to the respondents of some rows, when there are any.
 * takes   wanted  what the column must be
 * fails   STATUS_MEMORY */
static enum status support_lower(struct ctx *ctx, const struct measuring *measuring, struct loss_cases *cases, unsigned column,
                                 bool wanted)
{
    uint64_t respondents = 0;
    bool *counts = arena_array(ctx->arena, cases->matrix.rows + 1, sizeof *counts);
    if (!counts)
        return ctx_no_memory(ctx);
    for (size_t i = 0; i < cases->matrix.rows; i++)
        counts[i] = (case_column(&cases->matrix, column)[i] > 0) == wanted;
    enum status status = case_respondents(ctx, measuring, &cases->matrix, counts, &respondents);
    if (respondents && respondents < cases->support)
        cases->support = respondents;
    return status;
}

enum status loss_cases_find(struct ctx *ctx, const struct measuring *measuring, const struct group *group, struct loss_cases *out)
{
    const struct study *study = measuring->pairs->study;
    *out = (struct loss_cases){.source = exposure_find(study, true)};
    if (out->source == EXPOSURE_NONE)
        return STATUS_OK;
    const struct case_variable variables[COLUMNS] = {
        [LEFT] = {.of = CASE_OUTCOME, .index = study_outcome_of_role(study, OUTCOME_ROLE_LEFT)},
        [EXPOSED] = exposure_variable(study, out->source),
    };
    enum status status = case_matrix_make(ctx, measuring, group, variables, COLUMNS, &out->matrix);
    for (size_t i = 0; i < out->matrix.rows && !status; i++) {
        out->left += case_column(&out->matrix, LEFT)[i] > 0;
        out->exposed += case_column(&out->matrix, EXPOSED)[i] > 0;
    }
    out->support = out->matrix.respondents;
    if (!status)
        status = support_lower(ctx, measuring, out, LEFT, true);
    if (!status)
        status = support_lower(ctx, measuring, out, EXPOSED, true);
    return status ? status : support_lower(ctx, measuring, out, EXPOSED, false);
}

unsigned loss_cell(const struct loss_cases *cases, size_t row)
{
    bool left = case_column(&cases->matrix, LEFT)[row] > 0, exposed = case_column(&cases->matrix, EXPOSED)[row] > 0;
    return (exposed ? 0U : 2U) + (left ? 0U : 1U);
}

struct exposure_table loss_table(const struct loss_cases *cases)
{
    double cells[4] = {0};
    for (size_t i = 0; i < cases->matrix.rows; i++)
        cells[loss_cell(cases, i)] += cases->matrix.weights ? cases->matrix.weights[i] : 1;
    return (struct exposure_table){cells[0], cells[1], cells[2], cells[3]};
}
