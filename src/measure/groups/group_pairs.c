/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/groups/group_means.h"
#include "measure/mean_error.h"

#define PAIR_GROUPS_MAX 40u /* 780 pairs: of more groups nobody reads the pairs */

enum { SEGMENT, SUBJECT, GROUP_A, GROUP_B, N, N_A, GAP_A, N_B, GAP_B, DIFFERENCE, SE, CI_LOW, CI_HIGH, Q, DF, P, COLUMNS };

static const struct column columns[COLUMNS] = {
    [SEGMENT] = {"segment", "Segment", "", "What divides the groups.", 0, COLUMN_KEY, false, false},
    [SUBJECT] = {"subject", "About", "", "The dimension, the item where items form no dimensions, or overall.", 0, COLUMN_KEY,
                 true, false},
    [GROUP_A] = {"group_a", "Group", "", "The first group.", 0, COLUMN_KEY, true, false},
    [GROUP_B] = {"group_b", "Against", "", "The second group.", 0, COLUMN_KEY, true, false},
    [N] = {"n", "n", "encounters", "Encounters of both groups.", 0, COLUMN_COUNT, false, false},
    [N_A] = {"n_a", "Its n", "encounters", "Encounters of the first group.", 0, COLUMN_COUNT, false, false},
    [GAP_A] = {"gap_a", "Gap", "scale points", "Mean gap of the first group.", 2, COLUMN_NUMBER, true, false},
    [N_B] = {"n_b", "Its n", "encounters", "Encounters of the second group.", 0, COLUMN_COUNT, false, false},
    [GAP_B] = {"gap_b", "Its gap", "scale points", "Mean gap of the second group.", 2, COLUMN_NUMBER, true, false},
    [DIFFERENCE] = {"difference", "Difference", "scale points", "Gap of the second group less that of the first.", 2,
                    COLUMN_NUMBER, true, false},
    [SE] = {"se", "SE", "scale points", "Standard error of the difference.", 3, COLUMN_NUMBER, false, false},
    [CI_LOW] = {"ci_low", "Low", "scale points", "Lower end of the interval that holds for all pairs together.", 2, COLUMN_NUMBER,
                true, false},
    [CI_HIGH] = {"ci_high", "High", "scale points", "Upper end of the interval that holds for all pairs together.", 2,
                 COLUMN_NUMBER, true, false},
    [Q] = {"q", "q", "standard errors", "Studentised range of the pair.", 2, COLUMN_NUMBER, false, false},
    [DF] = {"df", "df", "degrees of freedom", "Degrees of freedom of Welch and Satterthwaite.", 1, COLUMN_NUMBER, false, false},
    [P] = {"p", "p", "probability", "p of no difference, adjusted for all pairs of the subject (Games and Howell).", 3,
           COLUMN_NUMBER, true, false},
};

/* The pairs of one line. */
struct line_pairs {
    const struct line_means *line;
    struct studentised_range range; /* of as many groups as are used */
};

/* The figures of a pair.
 * takes   pair  the two groups, as indices of the line
 * source  Games & Howell 1976   [F27] */
static void fill_pair(const struct measuring *measuring, const struct line_pairs *pairs, const uint32_t *pair,
                      struct value *values)
{
    const struct line_means *line = pairs->line;
    const struct group_mean *a = &line->means[pair[0]], *b = &line->means[pair[1]];
    values[N] = value_count(a->n + b->n);
    values[N_A] = value_count(a->n);
    values[N_B] = value_count(b->n);
    values[GAP_A] = value_number(a->estimate.mean);
    values[GAP_B] = value_number(b->estimate.mean);
    struct mean_comparison found = {0};
    enum undefined undefined = games_howell(&a->estimate, &b->estimate, &pairs->range, measuring->confidence, &found);
    values[DIFFERENCE] = value_number(b->estimate.mean - a->estimate.mean);
    values[SE] = value_of(undefined, found.se);
    values[CI_LOW] = value_of(undefined, found.interval.low);
    values[CI_HIGH] = value_of(undefined, found.interval.high);
    values[Q] = value_of(undefined, found.statistic);
    values[DF] = value_of(undefined, found.df);
    values[P] = value_of(undefined, found.p);
}

/* One pair as a row.
 * fails   STATUS_MEMORY */
static enum status pair_row(struct ctx *ctx, const struct measuring *measuring, const struct line_pairs *pairs,
                            const uint32_t *pair, struct table *table)
{
    struct row *row = NULL;
    const char *segment = NULL, *first = NULL, *second = NULL;
    enum status status = set_text(ctx, measuring, &segment);
    if (!status)
        status = group_text(ctx, measuring, pair[0], &first);
    if (!status)
        status = group_text(ctx, measuring, pair[1], &second);
    if (!status)
        status = table_add_row(ctx, table, &row);
    if (status)
        return status;
    row_rest_on(row, pairs->line, pair, 2);
    row->values[SEGMENT] = value_text(segment ? segment : "");
    row->values[SUBJECT] = subject_key(measuring->pairs->study, &pairs->line->subject);
    row->values[GROUP_A] = value_text(first);
    row->values[GROUP_B] = value_text(second);
    fill_pair(measuring, pairs, pair, row->values);
    return STATUS_OK;
}

/* All pairs of a line, in the order of the groups.
 * fails   STATUS_MEMORY, STATUS_CANCELLED */
static enum status pair_rows(struct ctx *ctx, const struct measuring *measuring, uint32_t at, struct table *table)
{
    struct line_means *line = NULL;
    enum status status = line_means_find(ctx, measuring, at, USE_ERRORS, &line);
    if (status)
        return status;
    if (line->used_count > PAIR_GROUPS_MAX)
        return table_add_note(ctx, table, "note.pairs.many",
                              (const struct note_word[]){note_count("groups", line->used_count), {.name = NULL}});
    size_t count = (size_t)line->used_count * line->used_count;
    uint32_t *pairs = arena_array(ctx->arena, count + 1, sizeof *pairs); /* two for each of at most k²/2 */
    struct line_pairs *opened = arena_alloc(ctx->arena, sizeof *opened);
    if (!pairs || !opened)
        return ctx_no_memory(ctx);
    opened->line = line;
    if (line->used_count >= 2)
        studentised_range_open(line->used_count, &opened->range);
    for (uint32_t i = 0; i < line->used_count && !status; i++) {
        status = ctx_cancelled(ctx);
        for (uint32_t j = i + 1; j < line->used_count && !status; j++, pairs += 2) {
            pairs[0] = line->used[i];
            pairs[1] = line->used[j];
            status = pair_row(ctx, measuring, opened, pairs, table);
        }
    }
    return status;
}

/* Every pair of groups on every subject.
 * fails   STATUS_MEMORY, STATUS_CANCELLED
 * source  Games & Howell 1976   [F27]
 * proof   tests/measure/groups/group_pairs_test.c */
static enum status group_pairs_run(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    table->by_count = 0; /* a row is about two groups */
    enum status status = STATUS_OK;
    for (uint32_t at = 0; at < subject_count(measuring->pairs->study) && !status; at++)
        status = pair_rows(ctx, measuring, at, table);
    if (!status && !table->row_count)
        status = table_add_note(ctx, table, "note.pairs.none", NULL);
    if (!status)
        status = table_add_note(ctx, table, "note.pairs.family", NULL);
    return status ? status : comparison_notes(ctx, measuring, table);
}

const struct measure measure_group_pairs = {
    .name = "group_pairs",
    .title = "Which groups differ?",
    .meaning =
        "The difference of the mean gaps of every two groups of a segment, with intervals that hold for all pairs together "
        "whatever the groups' size and spread.",
    .formula = "F27",
    .source = "Games & Howell 1976",
    .example = "gapmeter analyze answers.csv --study study.json --table group_pairs --by branch",
    .needs = GROUP_MEANS_NEEDS,
    .standards = 1u << STANDARD_EXPECTATION | 1u << STANDARD_PERCEPTION,
    .minimum_n = 2,
    .by = BY_GROUPS,
    .order = 63,
    .columns = columns,
    .column_count = COLUMNS,
    .run = group_pairs_run,
};
