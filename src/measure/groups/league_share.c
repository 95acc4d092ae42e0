/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/groups/league_rank.h"
#include "measure/mean_error.h"
#include "numeric/share_shrinkage.h"

#define RANK_STREAM 0x73686172u

enum { SUBJECT, N, SHARE, SHRUNKEN, CI_LOW, CI_HIGH, RANK, RANK_LOW, RANK_HIGH, WORST_FIFTH, COMMON, COLUMNS };

static const struct column columns[COLUMNS] = {
    [SUBJECT] = {"subject", "About", "", "The dimension, the item where items form no dimensions, or overall.", 0, COLUMN_KEY,
                 true, false},
    [N] = {"n", "n", "encounters", "Encounters of the unit.", 0, COLUMN_COUNT, true, false},
    [SHARE] = {"share_short", "Short", "share", "Share of the unit's gaps that are below 0.", 2, COLUMN_NUMBER, true, true},
    [SHRUNKEN] = {"shrunken_share", "Shrunken", "share", "Share drawn towards the common share, the more the fewer the answers.",
                  2, COLUMN_NUMBER, true, true},
    [CI_LOW] = {"ci_low", "Low", "share", "Lower end of the interval of the true share.", 2, COLUMN_NUMBER, true, true},
    [CI_HIGH] = {"ci_high", "High", "share", "Upper end of the interval of the true share.", 2, COLUMN_NUMBER, true, true},
    [RANK] = {"rank_median", "Rank", "rank", "Middle of the ranks that it may have; 1 is the best.", 1, COLUMN_NUMBER, true,
              true},
    [RANK_LOW] = {"rank_low", "From", "rank", "Best rank within the interval.", 0, COLUMN_NUMBER, true, true},
    [RANK_HIGH] = {"rank_high", "To", "rank", "Worst rank within the interval.", 0, COLUMN_NUMBER, true, true},
    [WORST_FIFTH] = {"worst_fifth", "In worst fifth", "probability", "Chance that it is among the worst fifth of the units.", 2,
                     COLUMN_NUMBER, true, true},
    [COMMON] = {"common_share", "All", "share", "Share short in all units together.", 2, COLUMN_NUMBER, false, true},
};

/* One draw of all true shares not short, so that the largest is the best. */
static void draw_shares(const void *context, uint32_t number, double *values)
{
    const struct share_draws *draws = context;
    share_posterior_draw(draws, number, values);
    for (size_t i = 0; i < draws->posterior->count; i++)
        values[i] = -values[i];
}

/* Intervals and ranks from what is known of all units together.
 * fails   STATUS_MEMORY
 * source  [F116, F117] */
static enum status posterior_fill(struct ctx *ctx, const struct measuring *measuring, const double *with, const double *counts,
                                  struct league_line *league)
{
    uint32_t count = league->line->used_count;
    struct share_posterior *posterior = NULL;
    if (count < 3)
        return STATUS_OK;
    enum status status = share_posterior_create(ctx, with, counts, count, &posterior);
    if (status)
        return status;
    league->posterior_blank = REASON_NONE;
    for (uint32_t i = 0; i < count && !league->posterior_blank; i++) {
        enum undefined undefined = share_posterior_interval(posterior, i, measuring->confidence, &league->intervals[i]);
        if (undefined)
            league->posterior_blank = reason_of(undefined);
    }
    if (league->rank_blank == REASON_NO_RANKING)
        return STATUS_OK;
    league->rank_blank = REASON_NONE;
    struct share_draws draws = {posterior, measuring->seed, RANK_STREAM + league->line->line};
    struct rank_draws how = {LEAGUE_DRAWS, measuring->confidence, count, draw_shares, &draws};
    return rank_ranges_find(ctx, &how, league->ranks);
}

/* Everything about one subject.
 * fails   STATUS_MEMORY, STATUS_CANCELLED
 * source  Kleinman 1973   [F116] */
static enum status league_make(struct ctx *ctx, const struct measuring *measuring, uint32_t at, struct league_line *league)
{
    enum status status = league_line_make(ctx, measuring, at, USE_SHARES, league);
    if (!status)
        status = ctx_cancelled(ctx);
    if (status)
        return status;
    const struct line_means *line = league->line;
    double *with = arena_array(ctx->arena, line->used_count + 1u, sizeof *with);
    double *counts = arena_array(ctx->arena, line->used_count + 1u, sizeof *counts);
    if (!with || !counts)
        return ctx_no_memory(ctx);
    for (uint32_t i = 0; i < line->used_count; i++) {
        const struct group_mean *mean = &line->means[line->used[i]];
        counts[i] = mean->n_effective;
        with[i] = mean->share_short * mean->n_effective;
    }
    struct share_spread spread = {0};
    enum reason design = design_blank(measuring);
    enum undefined undefined = design ? DEFINED : share_spread_find(with, counts, line->used_count, &spread);
    league->blank = undefined ? reason_of(undefined) : design;
    if (league->blank) {
        league->rank_blank = league->posterior_blank = league->blank;
        return STATUS_OK;
    }
    league->centre = spread.share;
    for (uint32_t i = 0; i < line->used_count; i++)
        league->shrunken[i] = shrunken_share(with[i], counts[i], &spread);
    if (spread.correlation <= 0 && line->used_count >= 3)
        league->rank_blank = REASON_NO_RANKING;
    return posterior_fill(ctx, measuring, with, counts, league);
}

/* One unit on one subject as a row.
 * fails   STATUS_MEMORY */
static enum status unit_row(struct ctx *ctx, const struct league_line *league, uint32_t group, struct table *table)
{
    struct row *row = NULL;
    uint32_t place = 0;
    enum status status = league_row_add(ctx, league, group, table, &row, &place);
    if (status)
        return status;
    const struct group_mean *mean = &league->line->means[group];
    enum reason reason = league->blank ? league->blank : REASON_TOO_FEW;
    struct value *values = row->values;
    values_blank(values + N, COLUMNS - N, mean->blank ? mean->blank : reason);
    if (mean->blank && mean->blank != REASON_NO_PAIRS)
        return STATUS_OK;
    values[N] = value_count(mean->n);
    if (!mean->blank)
        values[SHARE] = value_number(mean->share_short);
    if (place == UINT32_MAX || league->blank)
        return STATUS_OK;
    values[SHRUNKEN] = value_number(league->shrunken[place]);
    values[COMMON] = value_number(league->centre);
    values[CI_LOW] = values[CI_HIGH] = value_blank(league->posterior_blank ? league->posterior_blank : REASON_TOO_FEW);
    if (!league->posterior_blank) {
        values[CI_LOW] = value_number(league->intervals[place].low);
        values[CI_HIGH] = value_number(league->intervals[place].high);
    }
    league_rank_fill(league, place, values + RANK);
    return STATUS_OK;
}

/* One row for each group and subject.
 * blank   clusters and strata, which it cannot honour; nobody or everybody short -> no_variance; fewer than two units ->
 *         too_few; fewer than three: no interval and no rank; ρ <= 0: no rank, no_ranking
 * fails   STATUS_MEMORY, STATUS_CANCELLED
 * source  Kleinman 1973   [F116, F117]
 * proof   tests/measure/groups/league_test.c */
static enum status league_share_run(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    uint32_t subjects = subject_count(measuring->pairs->study);
    struct league_line *leagues = arena_array(ctx->arena, subjects, sizeof *leagues);
    enum status status = leagues ? STATUS_OK : ctx_no_memory(ctx);
    for (uint32_t s = 0; s < subjects && !status; s++)
        status = league_make(ctx, measuring, s, &leagues[s]);
    for (uint32_t at = 0; at < measuring->set->group_count * subjects && !status; at++)
        status = unit_row(ctx, &leagues[at % subjects], at / subjects, table);
    return status ? status : league_notes(ctx, measuring, leagues, subjects, table);
}

const struct measure measure_league_share = {
    .name = "league_share",
    .title = "Share of customers let down, unit by unit",
    .meaning = "The share of each unit's customers who got less than they expected, drawn towards the common share as far as its "
               "answers are few, with the interval of what it may truly be and of the rank it may truly have.",
    .formula = "F116, F117",
    .source = "Kleinman 1973; Goldstein & Spiegelhalter 1996",
    .example = "gapmeter analyze answers.csv --study study.json --table league_share --by branch",
    .needs = GROUP_MEANS_NEEDS,
    .standards = 1u << STANDARD_EXPECTATION | 1u << STANDARD_PERCEPTION,
    .minimum_n = 2,
    .by = BY_GROUPS,
    .order = 65,
    .columns = columns,
    .column_count = COLUMNS,
    .run = league_share_run,
};
