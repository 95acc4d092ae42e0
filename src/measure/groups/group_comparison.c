/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/family.h"
#include "measure/groups/group_means.h"
#include "measure/mean_error.h"
#include "numeric/ancova.h"

enum { SEGMENT, SUBJECT, N, GROUPS, LEFT_OUT, F, DF1, DF2, P, P_HOLM, ANCOVA_F, ANCOVA_DF2, ANCOVA_P, SLOPE, COLUMNS };

static const struct column columns[COLUMNS] = {
    [SEGMENT] = {"segment", "Segment", "", "What divides the groups.", 0, COLUMN_KEY, true, false},
    [SUBJECT] = {"subject", "About", "", "The dimension, the item where items form no dimensions, or overall.", 0, COLUMN_KEY,
                 true, false},
    [N] = {"n", "n", "encounters", "Encounters in the groups compared.", 0, COLUMN_COUNT, false, false},
    [GROUPS] = {"groups", "Groups", "groups", "How many groups are compared.", 0, COLUMN_COUNT, true, false},
    [LEFT_OUT] = {"groups_left_out", "Left out", "groups",
                  "Groups without a gap that varies: fewer than two answers, or all the same.", 0, COLUMN_COUNT, false, false},
    [F] = {"f", "F", "ratio", "Welch's F of equal mean gaps.", 2, COLUMN_NUMBER, true, false},
    [DF1] = {"df1", "df 1", "degrees of freedom", "Groups less one.", 0, COLUMN_COUNT, false, false},
    [DF2] = {"df2", "df 2", "degrees of freedom", "Welch's second degrees of freedom.", 1, COLUMN_NUMBER, false, false},
    [P] = {"p", "p", "probability", "p of equal mean gaps.", 3, COLUMN_NUMBER, true, false},
    [P_HOLM] = {"p_holm", "p, all rows", "probability", "p adjusted for all rows of the table (Holm).", 3, COLUMN_NUMBER, true,
                false},
    [ANCOVA_F] = {"ancova_f", "F, equal E", "ratio", "F of equal experience at equal expectation.", 2, COLUMN_NUMBER, false,
                  false},
    [ANCOVA_DF2] = {"ancova_df2", "df 2, equal E", "degrees of freedom", "Its second degrees of freedom.", 0, COLUMN_COUNT, false,
                    false},
    [ANCOVA_P] = {"ancova_p", "p, equal E", "probability", "p of equal experience at equal expectation.", 3, COLUMN_NUMBER, true,
                  false},
    [SLOPE] = {"ancova_slope", "Slope", "points per point", "How far experience rises with expectation within groups.", 2,
               COLUMN_NUMBER, false, false},
};

/* Welch's F of the used groups.
 * blank   fewer than two groups with a mean -> too_few
 * fails   STATUS_MEMORY
 * source  Welch 1951   [F27] */
static enum status fill_welch(struct ctx *ctx, const struct line_means *line, struct value *values)
{
    struct mean_estimate *means = arena_array(ctx->arena, line->used_count + 1u, sizeof *means);
    if (!means)
        return ctx_no_memory(ctx);
    uint64_t n = 0;
    for (uint32_t i = 0; i < line->used_count; i++) {
        means[i] = line->means[line->used[i]].estimate;
        n += line->means[line->used[i]].n;
    }
    values[N] = value_count(n);
    values[GROUPS] = value_count(line->used_count);
    uint64_t left_out = 0;
    for (uint32_t g = 0; g < line->group_count; g++)
        left_out += line->means[g].compared;
    values[LEFT_OUT] = value_count(left_out - line->used_count);
    struct welch_f test = {0};
    enum undefined undefined = welch_f_test(means, line->used_count, &test);
    values[F] = value_of(undefined, test.f);
    values[DF1] = undefined ? values[F] : value_count(line->used_count - 1u);
    values[DF2] = value_of(undefined, test.df2);
    values[P] = value_of(undefined, test.p);
    return STATUS_OK;
}

/* What a group contributes to the analysis of covariance of perception on expectation.
 * blank   as exact_variance */
static enum undefined ancova_group_of(const struct composite *composite, struct ancova_group *out)
{
    struct exact_pair_sums sums = {.n = composite->all.n,
                                   .w = wide_from(composite->all.w),
                                   .ww = wide_from(composite->all.ww),
                                   .wx = wide_from(composite->we),
                                   .wy = wide_from(composite->wp),
                                   .wxx = composite->wee,
                                   .wyy = composite->wpp,
                                   .wxy = composite->wep};
    struct exact_sums x = {.n = sums.n, .w = sums.w, .ww = sums.ww, .wx = sums.wx, .wxx = sums.wxx};
    struct exact_sums y = {.n = sums.n, .w = sums.w, .ww = sums.ww, .wx = sums.wy, .wxx = sums.wyy};
    struct exact_unit unit = score_unit(composite->scale, composite->denominator);
    *out = (struct ancova_group){.n = (double)sums.n};
    enum undefined undefined = exact_mean(&x, &unit, &out->mean_x);
    if (!undefined)
        undefined = exact_mean(&y, &unit, &out->mean_y);
    if (!undefined)
        undefined = exact_variance(&x, &unit, &out->variance_x);
    if (!undefined)
        undefined = exact_variance(&y, &unit, &out->variance_y);
    if (!undefined)
        undefined = exact_covariance(&sums, &unit, &unit, &out->covariance);
    return undefined;
}

/* Experience at equal expectation.
 * blank   weights, clusters or strata, which it cannot honour -> their reason
 * fails   STATUS_MEMORY
 * source  Lord 1967   [F27] */
static enum status fill_ancova(struct ctx *ctx, const struct measuring *measuring, const struct line_means *line,
                               struct value *values)
{
    enum reason reason = measuring->pairs->plan->weighted ? REASON_WEIGHTED : design_blank(measuring);
    if (reason) {
        values_blank(values + ANCOVA_F, COLUMNS - ANCOVA_F, reason);
        return STATUS_OK;
    }
    struct ancova_group *groups = arena_array(ctx->arena, line->used_count + 1u, sizeof *groups);
    if (!groups)
        return ctx_no_memory(ctx);
    enum undefined undefined = DEFINED;
    for (uint32_t i = 0; i < line->used_count && !undefined; i++)
        undefined = ancova_group_of(&line->means[line->used[i]].composite, &groups[i]);
    struct ancova test = {0};
    if (!undefined)
        undefined = ancova_test(groups, line->used_count, &test);
    values[ANCOVA_F] = value_of(undefined, test.f);
    values[ANCOVA_DF2] = undefined ? values[ANCOVA_F] : value_count((uint64_t)test.df2);
    values[ANCOVA_P] = value_of(undefined, test.p);
    values[SLOPE] = value_of(undefined, test.slope);
    return STATUS_OK;
}

/* The reason that all groups have for no mean, as not asked; too_few where some differ. */
static enum reason line_reason(const struct line_means *line)
{
    enum reason reason = line->group_count ? line->means[0].blank : REASON_TOO_FEW;
    for (uint32_t g = 1; g < line->group_count; g++)
        reason = line->means[g].blank == reason ? reason : REASON_TOO_FEW;
    return reason ? reason : REASON_TOO_FEW;
}

/* One line.
 * fails   STATUS_MEMORY */
static enum status comparison_row(struct ctx *ctx, const struct measuring *measuring, uint32_t at, struct table *table)
{
    struct line_means *line = NULL;
    struct row *row = NULL;
    const char *segment = NULL;
    enum status status = line_means_find(ctx, measuring, at, USE_ERRORS, &line);
    if (!status)
        status = set_text(ctx, measuring, &segment);
    if (!status)
        status = table_add_row(ctx, table, &row);
    if (status)
        return status;
    row_rest_on(row, line, line->used, line->used_count);
    struct value *values = row->values;
    values[SEGMENT] = segment ? value_text(segment) : value_blank(REASON_NOT_APPLICABLE);
    values[SUBJECT] = subject_key(measuring->pairs->study, &line->subject);
    if (!line->used_count) {
        values_blank(values + N, COLUMNS - N, line_reason(line));
        return STATUS_OK;
    }
    status = fill_welch(ctx, line, values);
    return status ? status : fill_ancova(ctx, measuring, line, values);
}

/* Says what the two tests ask, and where their answers differ.
 * fails   STATUS_MEMORY
 * source  Lord 1967   [F27] */
static enum status paradox_notes(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    double alpha = 1 - measuring->confidence;
    enum status status = STATUS_OK;
    bool differ = false;
    for (uint32_t r = 0; r < table->row_count; r++) {
        const struct value *p = &table->rows[r].values[P], *ancova = &table->rows[r].values[ANCOVA_P];
        differ |= p->kind == VALUE_NUMBER && ancova->kind == VALUE_NUMBER && (p->number < alpha) != (ancova->number < alpha);
    }
    status = table_add_note(ctx, table, differ ? "note.groups.answers" : "note.groups.questions", NULL);
    return status;
}

/* One row for each subject.
 * fails   STATUS_MEMORY
 * source  Welch 1951; Holm 1979   [F26, F27]
 * proof   tests/measure/groups/group_comparison_test.c */
static enum status group_comparison_run(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    table->by_count = 0; /* a row is about all groups together */
    enum status status = STATUS_OK;
    for (uint32_t at = 0; at < subject_count(measuring->pairs->study) && !status; at++)
        status = comparison_row(ctx, measuring, at, table);
    if (!status)
        status = family_adjust(ctx, table, P, P_HOLM);
    if (!status)
        status = paradox_notes(ctx, measuring, table);
    return status ? status : comparison_notes(ctx, measuring, table);
}

const struct measure measure_group_comparison = {
    .name = "group_comparison",
    .title = "Do groups differ?",
    .meaning = "Whether the mean gap is the same in all groups of a segment, whatever their spread; and whether customers who "
               "expected the same got the same.",
    .formula = "F26, F27",
    .source = "Welch 1951; Lord 1967; Holm 1979",
    .example = "gapmeter analyze answers.csv --study study.json --table group_comparison --by branch",
    .needs = GROUP_MEANS_NEEDS,
    .standards = 1u << STANDARD_EXPECTATION | 1u << STANDARD_PERCEPTION,
    .minimum_n = 2,
    .by = BY_GROUPS,
    .order = 62,
    .columns = columns,
    .column_count = COLUMNS,
    .run = group_comparison_run,
};
