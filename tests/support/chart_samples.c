/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/chart_samples.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "support/document_text.h"

/* What the figures of row i swing by, between −1 and 1: the same in every run. */
static double swing(uint32_t i, double speed)
{
    return sin(1.7 + i * speed);
}

static const char *const texts[] = {
    "have things ready at the agreed time",
    "keep my wait short",
    "keep me informed while I wait, also when it takes longer than was said at first",
    "know their subject",
    "listen until I have finished",
    "explain the bill in words that I understand without asking twice",
    "speak to me politely",
    "clean rooms",
    "leave me an easy way to ask questions afterwards",
    "handle my personal details with discretion",
};

static const char *const branches[] = {"Aalesund", "Bergen", "Drammen", "Hammerfest", "Lillehammer by the lake",
                                       "Molde",    "Oslo",   "Tromso",  "Vardo"};

/* Texts, titles and names of so many things. */
static struct dimension dimensions[CHART_SAMPLE_MOST];
static char names[CHART_SAMPLE_MOST][64];

static void items_name(struct hand *hand)
{
    for (uint32_t i = 0; i < HAND_ITEMS; i++)
        hand->items[i].text = texts[i % 10];
}

static const char *verdict_of(double figure, double half)
{
    if (figure + half < 0)
        return "short";
    return figure - half > 0 ? "above" : half < 0.25 ? "met" : "undecided";
}

/* A figure and its interval in columns of a row. */
static void figure_set(struct table *table, struct row *row, const char *column, double figure, double half)
{
    hand_number(table, row, column, figure);
    hand_number(table, row, "ci_low", figure - half);
    hand_number(table, row, "ci_high", figure + half);
}

static void gaps_fill(struct hand *hand, uint32_t rows)
{
    struct table *table = hand_table(hand, "item_gap", NULL);
    for (uint32_t i = 0; i < rows; i++) {
        double gap = -0.25 + 0.65 * swing(i, 2.3), half = 0.2 + 0.05 * swing(i, 1.1);
        (void)hand_gap_row(hand, table, &(struct hand_gap){hand->ids[i], gap, half, verdict_of(gap, 1.5 * half)});
    }
}

static void dimensions_fill(struct hand *hand, uint32_t rows)
{
    static const char *const titles[] = {"Tangibles", "Reliability", "Responsiveness", "Assurance", "Empathy"};
    struct table *table = hand_table(hand, "dimension_gap", NULL);
    for (uint32_t i = 0; i < rows; i++) {
        (void)snprintf(names[i], sizeof names[i], i < 5 ? "%s" : "%s, part %u", titles[i % 5], i / 5 + 1);
        dimensions[i] = (struct dimension){.id = hand->ids[i], .title = names[i]};
        double gap = -0.1 + 0.5 * swing(i, 2.1);
        struct row *row = hand_row(hand, table, hand->ids[i]);
        hand_count(table, row, "n", 100);
        hand_number(table, row, "mean_expectation", 4.2);
        hand_number(table, row, "mean_perception", 4.2 + gap);
        figure_set(table, row, "gap", gap, 0.2);
        hand_text(table, row, "verdict", verdict_of(gap, 0.2));
    }
    hand->study.dimensions = dimensions;
    hand->study.dimension_count = rows;
}

static void bands_fill(struct hand *hand, uint32_t rows)
{
    struct table *table = hand_table(hand, "gap_bands", NULL);
    for (uint32_t i = 0; i < rows; i++) {
        struct row *row = hand_row(hand, table, hand->ids[i]);
        double less = 0.35 + 0.25 * swing(i, 2.3), more = 0.9 * (0.7 - less), net = more - less;
        hand_count(table, row, "n", 100);
        hand_number(table, row, "share_two_below", 0.4 * less);
        hand_number(table, row, "share_one_below", 0.6 * less);
        hand_number(table, row, "share_equal", 1 - less - more);
        hand_number(table, row, "share_one_above", 0.7 * more);
        hand_number(table, row, "share_two_above", 0.3 * more);
        hand_number(table, row, "net", net);
        hand_number(table, row, "net_low", net - 0.14);
        hand_number(table, row, "net_high", net + 0.14);
    }
}

static void answers_fill(struct hand *hand, uint32_t rows)
{
    static const char *const columns[] = {"below",   "middle",  "above",   "above_low", "above_high",
                                          "point_1", "point_2", "point_3", "point_4",   "point_5"};
    struct table *table = hand_table(hand, "answer_shares", NULL);
    for (uint32_t i = 0; i < rows; i++) {
        double low = 0.22 + 0.16 * swing(i, 2.3), middle = 0.2, high = 1 - low - middle;
        const double shares[] = {low,       middle,    high,   high - 0.09, high + 0.09,
                                 0.3 * low, 0.7 * low, middle, 0.6 * high,  0.4 * high};
        struct row *row = hand_row(hand, table, hand->ids[i]);
        hand_text(table, row, "standard", "perception");
        hand_count(table, row, "n", 100);
        for (size_t c = 0; c < sizeof columns / sizeof *columns; c++)
            hand_number(table, row, columns[c], shares[c]);
    }
}

static void zone_fill(struct hand *hand, uint32_t rows)
{
    struct table *table = hand_table(hand, "zone", NULL);
    for (uint32_t i = 0; i < rows; i++) {
        struct row *row = hand_row(hand, table, hand->ids[i]);
        double minimum = 2.6 + 0.4 * swing(i, 1.3), desired = 4.1 + 0.3 * swing(i, 0.9), got = 3.4 + 1.1 * swing(i, 2.1);
        hand_count(table, row, "n", 100);
        hand_number(table, row, "mean_minimum", minimum);
        hand_number(table, row, "mean_desired", desired);
        hand_number(table, row, "mean_perception", got);
        hand_number(table, row, "adequacy", got - minimum);
        hand_number(table, row, "adequacy_ci_low", got - minimum - 0.25);
        hand_number(table, row, "adequacy_ci_high", got - minimum + 0.25);
        hand_text(table, row, "status", got < minimum ? "below" : got > desired ? "above" : "within");
    }
}

static void importance_fill(struct hand *hand, uint32_t rows)
{
    struct table *table = hand_table(hand, "importance_performance", NULL);
    for (uint32_t i = 0; i < rows; i++) {
        struct row *row = hand_row(hand, table, hand->ids[i]);
        double got = 3.8 + 0.6 * swing(i, 2.3), importance = 3.9 + 0.5 * swing(i, 1.7);
        hand_count(table, row, "n", 100);
        hand_number(table, row, "performance", got);
        hand_number(table, row, "importance", importance);
        hand_text(table, row, "importance_kind", "rating");
        hand_text(table, row, "settled", i % 3 ? "settled" : "unsettled");
        hand_text(table, row, "quadrant",
                  importance > 3.9 ? (got > 3.8 ? "keep up" : "concentrate here")
                                   : (got > 3.8 ? "possible overkill" : "low priority"));
    }
}

static void impact_fill(struct hand *hand, uint32_t rows)
{
    struct table *table = hand_table(hand, "penalty_reward", NULL);
    for (uint32_t i = 0; i < rows; i++) {
        struct row *row = hand_row(hand, table, hand->ids[i]);
        double penalty = -0.4 + 0.4 * swing(i, 2.3), reward = 0.35 + 0.35 * swing(i, 1.1);
        hand_text(table, row, "outcome", "satisfaction");
        hand_count(table, row, "n", 100);
        hand_number(table, row, "penalty", penalty);
        hand_number(table, row, "penalty_ci_low", penalty - 0.2);
        hand_number(table, row, "penalty_ci_high", penalty + 0.2);
        hand_number(table, row, "reward", reward);
        hand_number(table, row, "reward_ci_low", reward - 0.2);
        hand_number(table, row, "reward_ci_high", reward + 0.2);
        hand_text(table, row, "class", penalty < -reward ? "dissatisfier" : "satisfier");
        hand_text(table, row, "settled", i % 4 ? "settled" : "unsettled");
    }
}

static void kano_means_set(struct table *table, struct row *row, double functional, double dysfunctional)
{
    bool high = functional >= 2, across = dysfunctional >= 2;
    hand_number(table, row, "functional_mean", functional);
    hand_number(table, row, "functional_low", functional - 0.3);
    hand_number(table, row, "functional_high", functional + 0.3);
    hand_number(table, row, "dysfunctional_mean", dysfunctional);
    hand_number(table, row, "dysfunctional_low", dysfunctional - 0.3);
    hand_number(table, row, "dysfunctional_high", dysfunctional + 0.3);
    hand_text(table, row, "continuous_category",
              high ? (across ? "one-dimensional" : "attractive") : (across ? "must-be" : "indifferent"));
    hand_text(table, row, "continuous_certainty",
              fmin(fabs(functional - 2), fabs(dysfunctional - 2)) > 0.3 ? "clear" : "undecided");
}

static void kano_fill(struct hand *hand, uint32_t rows)
{
    struct table *table = hand_table(hand, "kano", NULL);
    for (uint32_t i = 0; i < rows; i++) {
        struct row *row = hand_row(hand, table, hand->ids[i]);
        double better = 0.5 + 0.4 * swing(i, 2.3), worse = 0.5 + 0.4 * swing(i, 1.3);
        hand_count(table, row, "n", 100);
        hand_number(table, row, "better", better);
        hand_number(table, row, "better_low", better - 0.1);
        hand_number(table, row, "better_high", better + 0.1);
        hand_number(table, row, "worse", -worse);
        hand_number(table, row, "worse_low", -worse - 0.1);
        hand_number(table, row, "worse_high", -worse + 0.1);
        hand_text(table, row, "certainty", i % 4 ? "clear" : "mixed");
        kano_means_set(table, row, 3.6 * better - 0.2, 4 * worse - 0.2);
        hand_text(table, row, "category",
                  better > 0.5 ? (worse > 0.5 ? "one-dimensional" : "attractive") : (worse > 0.5 ? "must-be" : "indifferent"));
    }
}

/* Expectations alone please little, and experience beyond them does. */
static void surface_fill(struct hand *hand, uint32_t rows)
{
    static const struct {
        const char *figure;
        double estimate;
    } figures[] = {{"b0", 6},    {"b1", -0.3}, {"b2", 0.9},  {"b3", 0.1},  {"b4", -0.1},
                   {"b5", -0.1}, {"a1", 0.6},  {"a2", -0.1}, {"a3", -1.2}, {"a4", 0.1}};
    struct table *table = hand_table(hand, "surface", NULL);
    (void)rows;
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
        struct row *row = hand_row(hand, table, "overall");
        hand_text(table, row, "outcome", "satisfaction");
        hand_text(table, row, "figure", figures[i].figure);
        hand_count(table, row, "n", 100);
        figure_set(table, row, "estimate", figures[i].estimate, 0.2);
    }
    struct table *validity = hand_table(hand, "gap_validity", NULL);
    hand_text(validity, hand_row(hand, validity, "overall"), "verdict", "undecided");
}

static void drivers_fill(struct hand *hand, uint32_t rows)
{
    struct table *table = hand_table(hand, "drivers", NULL);
    hand->study.dimension_count = 0;
    double all = 0;
    for (uint32_t i = 0; i < rows; i++)
        all += 1.3 + swing(i, 2.3);
    for (uint32_t i = 0; i < rows; i++) {
        struct row *row = hand_row(hand, table, "satisfaction");
        double share = (1.3 + swing(i, 2.3)) / all, b = 2.5 * share - 0.02, half = 0.1 + 0.5 / (rows + 4);
        hand_text(table, row, "predictors", "gap");
        hand_text(table, row, "driver", hand->ids[i]);
        hand_count(table, row, "n", 157);
        hand_number(table, row, "r2", 0.57);
        hand_number(table, row, "lmg", 0.57 * share);
        hand_number(table, row, "lmg_share", share);
        hand_number(table, row, "lmg_low", 0.57 * share * 0.6);
        hand_number(table, row, "lmg_high", 0.57 * share * 1.5);
        hand_number(table, row, "beta", b);
        figure_set(table, row, "b", b, half);
        hand_number(table, row, "b", b);
        hand_number(table, row, "p_holm", b > half ? 0.01 : 0.4);
        hand_number(table, row, "vif", 1.4);
    }
}

static const char *branch_name(uint32_t i)
{
    (void)snprintf(names[i], sizeof names[i], i < 9 ? "%s" : "%s %u", branches[i % 9], i / 9 + 1);
    return names[i];
}

static void league_fill(struct hand *hand, uint32_t rows)
{
    static const char *const by = "branch";
    struct table *table = hand_table(hand, "league", &by);
    for (uint32_t i = 0; i < rows; i++) {
        double gap = -0.1 + 0.5 * swing(i, 2.3), rank = 1 + (rows - 1) * (0.4 - gap) / 1.0;
        struct row *row = hand_group_row(hand, table, "overall", branch_name(i), 40);
        hand_count(table, row, "n", 40);
        hand_number(table, row, "gap", 1.3 * gap);
        figure_set(table, row, "shrunken_gap", gap, 0.2);
        hand_number(table, row, "shrunken_gap", gap);
        hand_number(table, row, "rank_median", rank);
        hand_number(table, row, "rank_low", fmax(1, floor(rank - rows / 5.0)));
        hand_number(table, row, "rank_high", fmin(rows, ceil(rank + rows / 5.0)));
        hand_text(table, row, "funnel", gap < -0.5 ? "below" : gap > 0.33 ? "above" : "inside");
    }
}

static void changes_fill(struct hand *hand, uint32_t rows)
{
    struct table *table = hand_table(hand, "gap_change", NULL);
    for (uint32_t i = 0; i < rows; i++) {
        struct row *row = hand_row(hand, table, i + 1 < rows ? hand->ids[i] : "overall");
        double before = -0.3 + 0.4 * swing(i, 2.3), change = 0.15 + 0.35 * swing(i, 1.3);
        hand_count(table, row, "n_old", 120);
        hand_count(table, row, "n_new", 140);
        hand_number(table, row, "gap_old", before);
        hand_number(table, row, "gap_new", before + change);
        figure_set(table, row, "change", change, 0.2);
        hand_number(table, row, "p_holm", fabs(change) > 0.25 ? 0.01 : 0.5);
    }
}

static const char *period_name(uint32_t i)
{
    (void)snprintf(names[i], sizeof names[i], "%u-%02u", 2020 + i / 12, i % 12 + 1);
    return names[i];
}

static void gap_trend_fill(struct hand *hand, uint32_t rows)
{
    static const char *const by = "month";
    struct table *table = hand_table(hand, "gap_trend", &by);
    double ewma = -0.1, above = 0, below = 0;
    for (uint32_t i = 0; i < rows; i++) {
        double gap = -0.1 + 0.3 * swing(i, 2.3) - (3 * i > 2 * rows ? 0.35 : 0), error = (gap + 0.1) / 0.15;
        struct row *row = hand_group_row(hand, table, "overall", period_name(i), 40);
        ewma = 0.2 * gap + 0.8 * ewma;
        above = fmax(0, above + error - 0.5);
        below = fmax(0, below - error - 0.5);
        hand_count(table, row, "n", 40);
        hand_number(table, row, "gap", gap);
        hand_number(table, row, "centre", -0.1);
        hand_number(table, row, "ewma", ewma);
        hand_number(table, row, "limit_low", -0.1 - 0.143 * sqrt(1 - pow(0.64, i + 1)));
        hand_number(table, row, "limit_high", -0.1 + 0.143 * sqrt(1 - pow(0.64, i + 1)));
        hand_number(table, row, "cusum_above", above);
        hand_number(table, row, "cusum_below", below);
        hand_text(table, row, "signal", ewma < -0.243 ? "ewma_low" : ewma > 0.043 ? "ewma_high" : "none");
        hand_text(table, row, "cusum_signal", below > 5 ? "cusum_low" : above > 5 ? "cusum_high" : "none");
    }
}

static void share_trend_fill(struct hand *hand, uint32_t rows)
{
    static const char *const by = "month";
    struct table *gaps = hand_table(hand, "gap_trend", &by), *table = hand_table(hand, "share_trend", &by);
    for (uint32_t i = 0; i < rows; i++) {
        double share = 0.4 + 0.12 * swing(i, 2.3) + (i == rows / 2 ? 0.3 : 0), half = 0.2 + 0.06 * swing(i, 0.7);
        struct row *row = hand_group_row(hand, table, "overall", period_name(i), 40);
        hand_text(gaps, hand_group_row(hand, gaps, "overall", names[i], 40), "signal", "none");
        hand_count(table, row, "n", 40);
        hand_number(table, row, "share_short", share);
        hand_number(table, row, "centre", 0.4);
        hand_number(table, row, "limit_low", 0.4 - half);
        hand_number(table, row, "limit_high", 0.4 + half);
        hand_text(table, row, "signal", share > 0.4 + half ? "p_high" : share < 0.4 - half ? "p_low" : "none");
        hand_number(table, row, "sigma_z", 1.1);
    }
}

static void journey_fill(struct hand *hand, uint32_t rows)
{
    static const char *const points[] = {"booking",  "arrival",   "reception desk", "waiting for the room to be ready",
                                         "the room", "breakfast", "checking out",   "the bill"};
    struct table *table = hand_table(hand, "journey_touchpoint", NULL);
    hand->study.columns.journey.rating_scale =
        (struct scale){.id = "stars", .min = {1, 0}, .max = {7, 0}, .step = {1, 0}, .steps = 7};
    for (uint32_t i = 0; i < rows; i++) {
        (void)snprintf(names[i], sizeof names[i], i < 8 ? "%s" : "%s, day %u", points[i % 8], i / 8 + 1);
        struct row *row = hand_row(hand, table, names[i]);
        hand_count(table, row, "n", 150);
        hand_number(table, row, "share", 1);
        hand_count(table, row, "last", i + 1 == rows ? 120 : 2);
        figure_set(table, row, "rating", 4.6 + 1.6 * swing(i, 1.4), 0.3);
        hand_number(table, row, "place", (i + 1.0) / rows);
    }
}

static void sources_fill(struct hand *hand, uint32_t rows)
{
    struct table *table = hand_table(hand, "expectation_sources", NULL);
    for (uint32_t i = 0; i < rows; i++) {
        bool known = i < SOURCE_COUNT;
        struct row *row = hand_row(hand, table, known ? expectation_source_name((enum expectation_source)i) : hand->ids[i]);
        double share = 0.4 + 0.35 * swing(i, 2.3), spread = sqrt(share * (1 - share) / 160);
        hand_count(table, row, "n", 160);
        hand_number(table, row, "share", share);
        hand_number(table, row, "share_low", share - 1.96 * spread);
        hand_number(table, row, "share_high", share + 1.96 * spread);
    }
}

/* Which section shows a chart, and how its table is filled. */
static const struct chart_sample {
    const char *chart, *section;
    void (*fill)(struct hand *hand, uint32_t rows);
} samples[] = {
    {"answer_distribution", "spread", answers_fill},
    {"cusum_chart", "trends", gap_trend_fill},
    {"dimension_bars", "dimensions", dimensions_fill},
    {"driver_bars", "outcome_drivers", drivers_fill},
    {"ewma_chart", "trends", gap_trend_fill},
    {"gap_changes", "trends", changes_fill},
    {"gap_distribution", "spread", bands_fill},
    {"gap_lollipop", "gaps", gaps_fill},
    {"importance_performance_map", "priorities", importance_fill},
    {"journey_line", "journeys", journey_fill},
    {"kano_map", "delight", kano_fill},
    {"kano_means", "delight", kano_fill},
    {"league_ranks", "segments", league_fill},
    {"penalty_reward_bars", "delight", impact_fill},
    {"response_surface_map", "validity", surface_fill},
    {"share_bars", "sources", sources_fill},
    {"share_chart", "trends", share_trend_fill},
    {"zone_bands", "tolerance", zone_fill},
    {"zone_radar", "tolerance", zone_fill},
};

bool chart_sample_begin(struct hand *hand, const char *chart, uint32_t rows, struct document_block *out)
{
    const struct chart_sample *sample = NULL;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        if (strcmp(samples[i].chart, chart) == 0)
            sample = &samples[i];
    }
    if (!sample)
        return false;
    hand_begin(hand, CHART_SAMPLE_MOST);
    items_name(hand);
    sample->fill(hand, rows);
    const char *const sections[] = {sample->section, NULL};
    const struct document *document = hand_story(hand, sections);
    *out = (struct document_block){.kind = DOCUMENT_HEADING};
    for (uint32_t i = 0; i < document->block_count; i++) {
        const struct document_block *block = &document->blocks[i];
        if (block->kind == DOCUMENT_CHART && strcmp(block->chart, chart) == 0 && out->kind != DOCUMENT_CHART)
            *out = *block;
    }
    return true;
}
