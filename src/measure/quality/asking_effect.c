/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/family.h"
#include "measure/group_row.h"
#include "measure/part_difference.h"

enum { SUBJECT, N, N_ASKED, MEAN_ASKED, N_ONLY, MEAN_ONLY, DIFFERENCE, SE, CI_LOW, CI_HIGH, DF, P, P_HOLM, VERDICT, COLUMNS };

#define POINTS "scale points"
static const struct column columns[COLUMNS] = {
    [SUBJECT] = {"subject", "About", "", "The item, the dimension, or overall.", 0, COLUMN_KEY, true, false},
    [N] = {"n", "n", "encounters", "Encounters of both groups with a perception.", 0, COLUMN_COUNT, false, false},
    [N_ASKED] = {"n_asked", "n before", "encounters",
                 "Encounters that chance put among those asked before and afterwards, with a perception.", 0, COLUMN_COUNT, true,
                 false},
    [MEAN_ASKED] = {"mean_asked", "Before", POINTS, "Their mean perception.", 2, COLUMN_NUMBER, true, false},
    [N_ONLY] = {"n_only", "n after only", "encounters", "Encounters that chance put among those asked afterwards only.", 0,
                COLUMN_COUNT, true, false},
    [MEAN_ONLY] = {"mean_only", "After only", POINTS, "Their mean perception.", 2, COLUMN_NUMBER, true, false},
    [DIFFERENCE] = {"difference", "Difference", POINTS, "Perception of those asked before less that of the others.", 2,
                    COLUMN_NUMBER, true, false},
    [SE] = {"se", "SE", POINTS, "Standard error of the difference, as the design of the study gives it.", 3, COLUMN_NUMBER, false,
            false},
    [CI_LOW] = {"ci_low", "Low", POINTS, "Lower end of the interval of the difference.", 2, COLUMN_NUMBER, true, false},
    [CI_HIGH] = {"ci_high", "High", POINTS, "Upper end of the interval of the difference.", 2, COLUMN_NUMBER, true, false},
    [DF] = {"df", "df", "degrees of freedom", "Degrees of freedom: Welch and Satterthwaite's, or those of the design.", 1,
            COLUMN_NUMBER, false, false},
    [P] = {"p", "p", "probability", "p of no difference.", 3, COLUMN_NUMBER, false, false},
    [P_HOLM] = {"p_holm", "p, all rows", "probability", "The same, adjusted for all rows of the table.", 3, COLUMN_NUMBER, false,
                false},
    [VERDICT] = {"verdict", "Verdict", "", "higher, lower: the adjusted p shows a difference. undecided: it does not.", 0,
                 COLUMN_WORD, true, false},
};

/* What a row is about. */
struct asking_subject {
    const char *key;
    struct case_variable variable;
};

/* Was the case drawn for either arm? */
static bool case_is_drawn(const struct measuring *measuring, uint32_t encounter)
{
    return case_arm(measuring, encounter) != DRAWN_NOT;
}

/* The cells of a comparison that exists.
 * blank   as part_cells_of */
static void difference_fill(const struct measuring *measuring, const struct part_difference *found, struct value *values)
{
    struct part_cells cells = part_cells_of(found, measuring->confidence);
    values[N] = value_count(found->first.n + found->rest.n);
    values[N_ASKED] = value_count(found->first.n);
    values[N_ONLY] = value_count(found->rest.n);
    values[MEAN_ASKED] = cells.mean_first;
    values[MEAN_ONLY] = cells.mean_rest;
    values[DIFFERENCE] = cells.difference;
    values[SE] = cells.se;
    values[CI_LOW] = cells.low;
    values[CI_HIGH] = cells.high;
    values[DF] = cells.df;
    values[P] = cells.p;
}

/* The row of one subject: whoever chance put among those asked before counts there, whether they answered then or not, since only
 * chance makes both groups alike.
 * fails   STATUS_MEMORY */
static enum status subject_row(struct ctx *ctx, const struct measuring *measuring, struct table *table,
                               const struct asking_subject *subject)
{
    const struct group *everyone = &measuring->set->groups[0];
    const struct case_variable variables[2] = {subject->variable, {.of = CASE_ARM}};
    struct case_matrix matrix;
    struct part_difference found;
    struct row *row = NULL;
    uint64_t others = 0;
    enum status status = group_row_add(ctx, measuring, table, 0, table->row_count, &row);
    if (!status)
        status = case_matrix_make(ctx, measuring, everyone, variables, 2, &matrix);
    if (status)
        return status;
    row->parted = true;
    row->values[SUBJECT] = value_text(subject->key);
    if (matrix.blank) {
        values_blank(row->values + N, COLUMNS - N, matrix.blank);
        return STATUS_OK;
    }
    status = part_difference_find(ctx, measuring, &matrix, case_column(&matrix, 0), case_column(&matrix, 1), &found);
    if (!status)
        status = part_others(ctx, measuring, &subject->variable, case_is_drawn, &others);
    if (status)
        return status;
    row->support = part_support(&found, others);
    difference_fill(measuring, &found, row->values);
    return STATUS_OK;
}

/* Every item with a perception. */
static enum status items_add(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    const struct study *study = measuring->pairs->study;
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < study->item_count && !status; i++) {
        const struct asking_subject subject = {study->items[i].id,
                                               {.of = CASE_ITEM, .index = i, .standard = STANDARD_PERCEPTION}};
        if (study_asks(study, STANDARD_PERCEPTION, i))
            status = subject_row(ctx, measuring, table, &subject);
    }
    return status;
}

/* A row for each item, each dimension, and overall, of everyone.
 * source  Welch 1947; Holm 1979   [F27, F26]
 * fails   STATUS_MEMORY
 * proof   tests/measure/quality/asking_effect_test.c */
static enum status asking_effect_run(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    const struct study *study = measuring->pairs->study;
    if (!measuring->set->group_count)
        return STATUS_OK;
    enum status status = items_add(ctx, measuring, table);
    for (uint32_t d = 0; d < study->dimension_count && !status; d++) {
        const struct asking_subject subject = {study->dimensions[d].id,
                                               {.of = CASE_DIMENSION, .index = d, .standard = STANDARD_PERCEPTION}};
        status = subject_row(ctx, measuring, table, &subject);
    }
    const struct asking_subject overall = {
        "overall", {.of = study->dimension_count ? CASE_OVERALL : CASE_ITEMS_MEAN, .standard = STANDARD_PERCEPTION}};
    if (!status)
        status = subject_row(ctx, measuring, table, &overall);
    if (!status)
        status = family_adjust(ctx, table, P, P_HOLM);
    if (status)
        return status;
    part_verdicts_fill(measuring, table, P_HOLM, DIFFERENCE, VERDICT);
    return design_notes(ctx, measuring, table);
}

const struct measure measure_asking_effect = {
    .name = "asking_effect",
    .title = "Effect of asking",
    .meaning = "Whether those who were asked for their expectations perceive the service otherwise than those whom chance left "
               "out of it. To be asked can itself lower later ratings.",
    .formula = "F2, F20, F26, F27",
    .source = "Ofir & Simonson 2007; Welch 1947; Holm 1979; with clusters domains of one sample: Lumley 2004",
    .example = "gapmeter analyze study.db --study counter --table asking_effect",
    .needs = NEED_CASES,
    .standards = 1u << STANDARD_PERCEPTION,
    .arms = true,
    .minimum_n = 2,
    .by_default = true,
    .by = BY_EVERYONE,
    .order = 252,
    .columns = columns,
    .column_count = COLUMNS,
    .run = asking_effect_run,
};
