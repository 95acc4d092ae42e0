/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "measure/groups/league_rank.h"
#include "measure/mean_error.h"
#include "numeric/shrinkage.h"

#define OWN_VARIANCE_FROM 10u   /* with fewer answers a unit's own variance says too little: the pooled one is taken */
#define FUNNEL_TAIL       0.001 /* of each side */
#define RANK_STREAM       0x6C656167u

enum {
    SUBJECT,
    N,
    GAP,
    SE,
    SHRUNKEN,
    CI_LOW,
    CI_HIGH,
    RANK,
    RANK_LOW,
    RANK_HIGH,
    WORST_FIFTH,
    FUNNEL_LOW,
    FUNNEL_HIGH,
    OUTSIDE,
    TAU,
    COLUMNS
};

#define POINTS "scale points"
static const struct column columns[COLUMNS] = {
    [SUBJECT] = {"subject", "About", "", "The dimension, the item where items form no dimensions, or overall.", 0, COLUMN_KEY,
                 true, false},
    [N] = {"n", "n", "encounters", "Encounters of the unit.", 0, COLUMN_COUNT, true, false},
    [GAP] = {"gap", "Gap", POINTS, "Mean gap of the unit as it is.", 2, COLUMN_NUMBER, true, false},
    [SE] = {"se", "SE", POINTS, "Its standard error; of units with fewer than 10 answers from the spread of all.", 3,
            COLUMN_NUMBER, false, false},
    [SHRUNKEN] = {"shrunken_gap", "Shrunken", POINTS, "Gap drawn towards the common mean, the more the less it is sure.", 2,
                  COLUMN_NUMBER, true, false},
    [CI_LOW] = {"ci_low", "Low", POINTS, "Lower end of the interval of the true gap.", 2, COLUMN_NUMBER, true, false},
    [CI_HIGH] = {"ci_high", "High", POINTS, "Upper end of the interval of the true gap.", 2, COLUMN_NUMBER, true, false},
    [RANK] = {"rank_median", "Rank", "rank", "Middle of the ranks that it may have; 1 is the best.", 1, COLUMN_NUMBER, true,
              false},
    [RANK_LOW] = {"rank_low", "From", "rank", "Best rank within the interval.", 0, COLUMN_NUMBER, true, false},
    [RANK_HIGH] = {"rank_high", "To", "rank", "Worst rank within the interval.", 0, COLUMN_NUMBER, true, false},
    [WORST_FIFTH] = {"worst_fifth", "In worst fifth", "probability", "Chance that it is among the worst fifth of the units.", 2,
                     COLUMN_NUMBER, false, false},
    [FUNNEL_LOW] = {"funnel_low", "Funnel from", POINTS, "Lower limit of what chance alone does to a unit of this size.", 2,
                    COLUMN_NUMBER, false, false},
    [FUNNEL_HIGH] = {"funnel_high", "Funnel to", POINTS, "Upper limit of what chance alone does to a unit of this size.", 2,
                     COLUMN_NUMBER, false, false},
    [OUTSIDE] = {"funnel", "Funnel", "", "below, inside or above these limits.", 0, COLUMN_WORD, true, false},
    [TAU] = {"tau", "Spread", POINTS, "Standard deviation of the true gaps of the units.", 2, COLUMN_NUMBER, false, false},
};

/* The units of a subject with their spread. */
struct league {
    struct league_line common;
    double between; /* τ² */
};

/* Which units stand in the league, and the variance of each mean.
 * gives   REASON_NONE, or why there are no variances
 * source  formulas 6.19: the pooled s² below 10 answers   [F115] */
static enum reason units_choose(const struct measuring *measuring, struct league_line *league)
{
    struct line_means *line = league->line;
    bool simple = design_blank(measuring) == REASON_NONE;
    double pooled = 0;
    enum undefined undefined = pooled_variance(line, &pooled);
    if (undefined)
        return reason_of(undefined);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < line->used_count; i++) {
        const struct group_mean *mean = &line->means[line->used[i]];
        bool own = mean->n >= OWN_VARIANCE_FROM && !mean->error_blank && mean->estimate.variance > 0;
        if (!simple && mean->error_blank)
            continue;
        league->variances[kept] = own ? mean->estimate.variance : pooled / mean->n_effective;
        line->used[kept++] = line->used[i];
    }
    line->used_count = kept;
    return kept < 2 ? REASON_TOO_FEW : REASON_NONE;
}

/* One draw of all true gaps, as rank_ranges_find asks for it. */
static void draw_gaps(const void *context, uint32_t number, double *values)
{
    posterior_draw(context, number, values);
}

/* Intervals and ranks from what is known of all units together.
 * fails   STATUS_MEMORY
 * source  [F115, F117] */
static enum status posterior_fill(struct ctx *ctx, const struct measuring *measuring, const double *gaps, struct league *league)
{
    struct league_line *common = &league->common;
    uint32_t count = common->line->used_count;
    struct posterior *posterior = NULL;
    if (count < 3)
        return STATUS_OK;
    enum status status = posterior_create(ctx, gaps, common->variances, count, &posterior);
    if (status)
        return status;
    common->posterior_blank = common->rank_blank = REASON_NONE;
    for (uint32_t i = 0; i < count && !common->posterior_blank; i++) {
        enum undefined undefined = posterior_interval(posterior, i, measuring->confidence, &common->intervals[i]);
        if (undefined)
            common->posterior_blank = reason_of(undefined);
    }
    if (league->between == 0) {
        common->rank_blank = REASON_NO_RANKING;
        return STATUS_OK;
    }
    struct posterior_draws draws = {posterior, measuring->seed, RANK_STREAM + common->line->line};
    struct rank_draws how = {LEAGUE_DRAWS, measuring->confidence, count, draw_gaps, &draws};
    return rank_ranges_find(ctx, &how, common->ranks);
}

/* Everything about one subject.
 * fails   STATUS_MEMORY, STATUS_CANCELLED
 * source  [F115] */
static enum status league_make(struct ctx *ctx, const struct measuring *measuring, uint32_t at, struct league *out)
{
    struct league_line *common = &out->common;
    enum status status = league_line_make(ctx, measuring, at, USE_MEANS, common);
    if (!status)
        status = ctx_cancelled(ctx);
    if (status)
        return status;
    common->blank = units_choose(measuring, common);
    uint32_t count = common->line->used_count;
    double *gaps = arena_array(ctx->arena, count + 1u, sizeof *gaps);
    if (!gaps)
        return ctx_no_memory(ctx);
    for (uint32_t i = 0; i < count; i++)
        gaps[i] = common->line->means[common->line->used[i]].estimate.mean;
    enum undefined undefined = common->blank ? DEFINED : paule_mandel(gaps, common->variances, count, &out->between);
    if (undefined)
        common->blank = reason_of(undefined);
    if (common->blank)
        return STATUS_OK;
    common->centre = common_mean_of(gaps, common->variances, count, out->between).mean;
    for (uint32_t i = 0; i < count; i++)
        common->shrunken[i] = shrunken_value(gaps[i], common->variances[i], out->between, common->centre);
    return posterior_fill(ctx, measuring, gaps, out);
}

/* The figures of one unit. */
static void fill_unit(const struct league *league, uint32_t place, struct value *values)
{
    const struct league_line *common = &league->common;
    const struct group_mean *mean = &common->line->means[common->line->used[place]];
    double variance = common->variances[place];
    struct interval funnel = funnel_limits(common->centre, variance, FUNNEL_TAIL);
    values[SE] = value_number(sqrt(variance));
    values[SHRUNKEN] = value_number(common->shrunken[place]);
    values[TAU] = value_number(sqrt(league->between));
    values[CI_LOW] = values[CI_HIGH] = value_blank(common->posterior_blank ? common->posterior_blank : REASON_TOO_FEW);
    if (!common->posterior_blank) {
        values[CI_LOW] = value_number(common->intervals[place].low);
        values[CI_HIGH] = value_number(common->intervals[place].high);
    }
    league_rank_fill(common, place, values + RANK);
    values[FUNNEL_LOW] = value_number(funnel.low);
    values[FUNNEL_HIGH] = value_number(funnel.high);
    double gap = mean->estimate.mean;
    values[OUTSIDE] = value_text(gap < funnel.low ? "below" : gap > funnel.high ? "above" : "inside");
}

/* One unit on one subject as a row.
 * fails   STATUS_MEMORY */
static enum status unit_row(struct ctx *ctx, const struct league *league, uint32_t group, struct table *table)
{
    struct row *row = NULL;
    uint32_t place = 0;
    enum status status = league_row_add(ctx, &league->common, group, table, &row, &place);
    if (status)
        return status;
    const struct group_mean *mean = &league->common.line->means[group];
    enum reason reason = league->common.blank ? league->common.blank : REASON_TOO_FEW;
    values_blank(row->values + N, COLUMNS - N, mean->blank ? mean->blank : reason);
    if (mean->blank && mean->blank != REASON_NO_PAIRS)
        return STATUS_OK;
    row->values[N] = value_count(mean->n);
    if (!mean->blank)
        row->values[GAP] = value_number(mean->estimate.mean);
    if (place != UINT32_MAX && !league->common.blank)
        fill_unit(league, place, row->values);
    return STATUS_OK;
}

/* One row for each group and subject.
 * blank   a unit that cannot be compared, fewer than two of them -> too_few; fewer than three: no interval and no rank; τ² = 0:
 *         no rank, no_ranking
 * fails   STATUS_MEMORY, STATUS_CANCELLED
 * source  Efron & Morris 1973; Spiegelhalter 2005   [F115, F117]
 * proof   tests/measure/groups/league_test.c */
static enum status league_run(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    uint32_t subjects = subject_count(measuring->pairs->study);
    struct league *leagues = arena_array(ctx->arena, subjects, sizeof *leagues);
    struct league_line *lines = arena_array(ctx->arena, subjects, sizeof *lines);
    enum status status = leagues && lines ? STATUS_OK : ctx_no_memory(ctx);
    for (uint32_t s = 0; s < subjects && !status; s++) {
        status = league_make(ctx, measuring, s, &leagues[s]);
        lines[s] = leagues[s].common;
    }
    for (uint32_t at = 0; at < measuring->set->group_count * subjects && !status; at++)
        status = unit_row(ctx, &leagues[at % subjects], at / subjects, table);
    if (!status)
        status = table_add_note(ctx, table, "note.league.funnel", NULL);
    return status ? status : league_notes(ctx, measuring, lines, subjects, table);
}

const struct measure measure_league = {
    .name = "league",
    .title = "Units beside each other",
    .meaning =
        "The gap of each unit drawn towards the common mean as far as its answers are few, with the interval of what it may "
        "truly be and of the rank it may truly have. Chance alone puts somebody last in every bare ranking.",
    .formula = "F115, F117",
    .source = "Efron & Morris 1973; Paule & Mandel 1982; Goldstein & Spiegelhalter 1996; Spiegelhalter 2005",
    .example = "gapmeter analyze answers.csv --study study.json --table league --by branch",
    .needs = GROUP_MEANS_NEEDS,
    .standards = 1u << STANDARD_EXPECTATION | 1u << STANDARD_PERCEPTION,
    .minimum_n = 2,
    .by = BY_GROUPS,
    .order = 64,
    .columns = columns,
    .column_count = COLUMNS,
    .run = league_run,
};
