/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/family.h"
#include "measure/group_row.h"
#include "measure/part_difference.h"

enum {
    SOURCE,
    FIGURE,
    N,
    N_NAMED,
    MEAN_NAMED,
    N_OTHERS,
    MEAN_OTHERS,
    DIFFERENCE,
    SE,
    CI_LOW,
    CI_HIGH,
    DF,
    P,
    P_HOLM,
    VERDICT,
    COLUMNS
};

#define POINTS "scale points"
static const struct column columns[COLUMNS] = {
    [SOURCE] = {"source", "Source", "", "Where an expectation may come from.", 0, COLUMN_KEY, true, false},
    [FIGURE] = {"figure", "Of", "", "What is compared: the overall expectation, or the overall gap.", 0, COLUMN_KEY, true, false},
    [N] = {"n", "n", "encounters", "Encounters with this figure of which at least one source was named.", 0, COLUMN_COUNT, false,
           false},
    [N_NAMED] = {"n_named", "n named", "encounters", "Of these, those of which this source was named.", 0, COLUMN_COUNT, true,
                 false},
    [MEAN_NAMED] = {"mean_named", "Named", POINTS, "Their mean.", 2, COLUMN_NUMBER, true, false},
    [N_OTHERS] = {"n_others", "n others", "encounters", "Those of which only other sources were named.", 0, COLUMN_COUNT, true,
                  false},
    [MEAN_OTHERS] = {"mean_others", "Others", POINTS, "Their mean.", 2, COLUMN_NUMBER, true, false},
    [DIFFERENCE] = {"difference", "Difference", POINTS, "Mean of those who named it less that of the others.", 2, COLUMN_NUMBER,
                    true, false},
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

/* One figure of those who say where their expectations come from. */
struct figure {
    const char *name;
    struct case_matrix matrix; /* the figure, then a column for each source */
    uint64_t silent;           /* respondents who have the figure and named nothing */
};

/* Does the case name any source? */
static bool case_names(const struct measuring *measuring, uint32_t encounter)
{
    return case_sources(measuring, encounter) != 0;
}

/* The overall score of the study: over its dimensions, or over its items where they form none. */
static enum status figure_gather(struct ctx *ctx, const struct measuring *measuring, const struct group *group, bool gap,
                                 struct figure *out)
{
    struct case_variable variables[1 + SOURCE_COUNT];
    variables[0] = (struct case_variable){.of = measuring->pairs->study->dimension_count ? CASE_OVERALL : CASE_ITEMS_MEAN,
                                          .standard = STANDARD_EXPECTATION,
                                          .gap = gap};
    for (unsigned i = 0; i < SOURCE_COUNT; i++)
        variables[1 + i] = (struct case_variable){.of = CASE_SOURCE, .index = i};
    out->name = gap ? "gap" : "expectation";
    enum status status = case_matrix_make(ctx, measuring, group, variables, 1 + SOURCE_COUNT, &out->matrix);
    return status || out->matrix.blank ? status : part_others(ctx, measuring, variables, case_names, &out->silent);
}

/* The cells of a comparison that exists.
 * blank   nobody named it, or nobody anything else -> too_few, and what else part_cells_of says */
static void difference_fill(const struct measuring *measuring, const struct part_difference *found, struct value *values)
{
    struct part_cells cells = part_cells_of(found, measuring->confidence);
    values[N] = value_count(found->first.n + found->rest.n);
    values[N_NAMED] = value_count(found->first.n);
    values[N_OTHERS] = value_count(found->rest.n);
    values[MEAN_NAMED] = cells.mean_first;
    values[MEAN_OTHERS] = cells.mean_rest;
    values[DIFFERENCE] = cells.difference;
    values[SE] = cells.se;
    values[CI_LOW] = cells.low;
    values[CI_HIGH] = cells.high;
    values[DF] = cells.df;
    values[P] = cells.p;
}

/* The row of one source and figure.
 * fails   STATUS_MEMORY */
static enum status source_row(struct ctx *ctx, const struct measuring *measuring, struct table *table,
                              const struct figure *figure, enum expectation_source source)
{
    struct row *row = NULL;
    struct part_difference found;
    enum status status = group_row_add(ctx, measuring, table, 0, table->row_count, &row);
    if (status)
        return status;
    row->parted = true;
    row->values[SOURCE] = value_text(expectation_source_name(source));
    row->values[FIGURE] = value_text(figure->name);
    if (figure->matrix.blank) {
        values_blank(row->values + N, COLUMNS - N, figure->matrix.blank);
        return STATUS_OK;
    }
    status = part_difference_find(ctx, measuring, &figure->matrix, case_column(&figure->matrix, 0),
                                  case_column(&figure->matrix, 1 + source), &found);
    if (status)
        return status;
    row->support = part_support(&found, figure->silent);
    difference_fill(measuring, &found, row->values);
    return STATUS_OK;
}

/* A row for each source and figure, of everyone.
 * source  Welch 1947; Holm 1979   [F27, F26]
 * fails   STATUS_MEMORY
 * proof   tests/measure/source/source_gaps_test.c */
static enum status source_gaps_run(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    const struct study *study = measuring->pairs->study;
    bool gaps = study_asks_any(study, STANDARD_PERCEPTION);
    struct figure figures[2];
    if (!measuring->set->group_count)
        return STATUS_OK;
    enum status status = figure_gather(ctx, measuring, &measuring->set->groups[0], false, &figures[0]);
    if (!status && gaps)
        status = figure_gather(ctx, measuring, &measuring->set->groups[0], true, &figures[1]);
    for (enum expectation_source i = 0; i < SOURCE_COUNT && !status; i++) {
        if (!study_asks_source(study, i))
            continue;
        status = source_row(ctx, measuring, table, &figures[0], i);
        if (!status && gaps)
            status = source_row(ctx, measuring, table, &figures[1], i);
    }
    if (!status)
        status = family_adjust(ctx, table, P, P_HOLM);
    if (status)
        return status;
    part_verdicts_fill(measuring, table, P_HOLM, DIFFERENCE, VERDICT);
    return design_notes(ctx, measuring, table);
}

const struct measure measure_source_gaps = {
    .name = "source_gaps",
    .title = "Expectation and gap by source",
    .meaning = "Whether those who name a source expect more, or were let down more, than those who name only others. People "
               "choose what they hear, so a difference does not say that the source makes it.",
    .formula = "F1, F2, F20, F26, F27",
    .source = "Welch 1947; Holm 1979; with weights or clusters domains of one sample: Lumley 2004",
    .example = "gapmeter analyze answers.csv --study study.json --table source_gaps",
    .needs = NEED_CASES,
    .standards = 1u << STANDARD_EXPECTATION,
    .sources = true,
    .minimum_n = 2,
    .by_default = true,
    .by = BY_EVERYONE,
    .order = 251,
    .columns = columns,
    .column_count = COLUMNS,
    .run = source_gaps_run,
};
