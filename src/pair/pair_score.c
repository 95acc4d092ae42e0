/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pair/pair_score.h"

#include <assert.h>

#define SCORE_MOST          (INT64_C(1) << 47) /* long_sum.h relies on it */
#define SCORE_FRACTION_BITS 32

/* Least common multiple, or 0 once it passes `most`. */
static int64_t multiple_of_both(int64_t a, int64_t b, int64_t most)
{
    int64_t x = a;
    int64_t y = b;
    while (y != 0) {
        int64_t rest = x % y;
        x = y;
        y = rest;
    }
    int64_t factor = x == 0 ? 0 : b / x;
    return a > most / (factor > 0 ? factor : 1) ? 0 : a * factor;
}

/* The least common multiple of all permitted counts, or 0. */
static int64_t multiple_of_counts(uint32_t first, uint32_t last, int64_t most)
{
    int64_t multiple = 1;
    for (uint32_t count = first; count <= last && multiple > 0; count++) {
        multiple = multiple_of_both(multiple, (int64_t)count, most);
    }
    return multiple;
}

/* The common denominator; without one that fits, fixed point. `base` is what the parts bring with them. */
static enum status rule_denominator(struct ctx *ctx, struct score_rule *rule, int64_t base)
{
    int64_t top = (int64_t)rule->scale->steps - 1;
    int64_t own = multiple_of_counts(rule->need, rule->part_count, SCORE_MOST / top);
    int64_t common = own == 0 || base == 0 || base > SCORE_MOST / top / own ? 0 : base * own;
    int64_t *factors = arena_array(ctx->arena, (size_t)rule->part_count + 1, sizeof *factors);
    if (factors == NULL) {
        return ctx_no_memory(ctx);
    }
    rule->rounded = common == 0;
    rule->denominator = rule->rounded ? INT64_C(1) << SCORE_FRACTION_BITS : common;
    rule->most = rule->denominator * top;
    for (uint32_t count = rule->need; count <= rule->part_count; count++) {
        factors[count] = rule->rounded ? 0 : own / (int64_t)count;
    }
    rule->factors = factors;
    return STATUS_OK;
}

/* A score over those of some items that ask for both standards. */
static enum status rule_of_items(struct ctx *ctx, const struct pair_frame *frame, uint32_t dimension, struct score_rule *rule)
{
    const struct study *study = frame->study;
    uint32_t *items = arena_array(ctx->arena, (size_t)frame->pair_count + 1, sizeof *items);
    uint32_t *places = arena_array(ctx->arena, (size_t)frame->pair_count + 1, sizeof *places);
    if (items == NULL || places == NULL) {
        return ctx_no_memory(ctx);
    }
    for (uint32_t i = 0; i < frame->pair_count; i++) {
        uint32_t item = frame->pair_items[i];
        if (dimension == UINT32_MAX || study->items[item].dimension == dimension) {
            places[rule->part_count] = i;
            items[rule->part_count++] = item;
        }
    }
    rule->places = places;
    rule->need = (rule->part_count + 1) / 2;
    if (rule->part_count == 0 || !pair_frame_one_scale(frame, items, rule->part_count)) {
        rule->blank = rule->part_count == 0 ? REASON_NOT_ASKED : REASON_MIXED_SCALES;
        return STATUS_OK;
    }
    assert(dimension == UINT32_MAX || rule->part_count <= DIMENSION_ITEMS_MAX);
    rule->scale = &study->scales[study->items[items[0]].scale];
    return rule_denominator(ctx, rule, 1);
}

/* Why there is no mean of dimensions; else its scale and how many dimensions it has. */
static void overall_scope(const struct pair_frame *frame, const struct score_rule *rules, struct score_rule *overall)
{
    overall->blank = frame->pair_count == 0 ? REASON_NOT_ASKED : REASON_NOT_APPLICABLE;
    for (uint32_t d = 0; d < frame->study->dimension_count; d++) {
        const struct score_rule *rule = &rules[d];
        if (rule->blank == REASON_NOT_ASKED) {
            continue;
        }
        bool mixed = rule->blank == REASON_MIXED_SCALES || (overall->scale != NULL && !scale_same(overall->scale, rule->scale));
        if (mixed) {
            overall->blank = REASON_MIXED_SCALES;
            overall->scale = NULL;
            return;
        }
        overall->blank = REASON_NONE;
        overall->scale = rule->scale;
        overall->part_count++;
    }
}

static enum status rule_of_dimensions(struct ctx *ctx, const struct pair_frame *frame, const struct score_rule *rules,
                                      struct score_rule *overall)
{
    uint32_t dimensions = frame->study->dimension_count;
    overall_scope(frame, rules, overall);
    if (overall->blank != REASON_NONE) {
        return STATUS_OK;
    }
    overall->need = (overall->part_count + 1) / 2;
    int64_t base = 1;
    for (uint32_t d = 0; d < dimensions; d++) {
        if (rules[d].blank == REASON_NONE) {
            base = rules[d].rounded || base == 0 ? 0 : multiple_of_both(base, rules[d].denominator, SCORE_MOST);
        }
    }
    enum status status = rule_denominator(ctx, overall, base);
    int64_t *part_factors = arena_array(ctx->arena, (size_t)dimensions + 1, sizeof *part_factors);
    if (status != STATUS_OK || part_factors == NULL) {
        return status != STATUS_OK ? status : ctx_no_memory(ctx);
    }
    for (uint32_t d = 0; d < dimensions && !overall->rounded; d++) {
        part_factors[d] = rules[d].blank == REASON_NONE ? base / rules[d].denominator : 0;
    }
    overall->part_factors = part_factors;
    return STATUS_OK;
}

enum status score_rules_create(struct ctx *ctx, struct pair_frame *frame)
{
    uint32_t dimensions = frame->study->dimension_count;
    struct score_rule *rules = arena_array(ctx->arena, (size_t)dimensions + 2, sizeof *rules);
    if (rules == NULL) {
        return ctx_no_memory(ctx);
    }
    frame->scores = rules;
    frame->score_count = dimensions + 2;
    enum status status = STATUS_OK;
    for (uint32_t d = 0; d < dimensions && status == STATUS_OK; d++) {
        status = rule_of_items(ctx, frame, d, &rules[d]);
    }
    if (status == STATUS_OK) {
        status = rule_of_dimensions(ctx, frame, rules, &rules[dimensions]);
    }
    return status == STATUS_OK ? rule_of_items(ctx, frame, UINT32_MAX, &rules[dimensions + 1]) : status;
}

static int64_t score_of_sum(const struct score_rule *rule, int64_t sum, uint32_t answered)
{
    if (!rule->rounded) {
        return sum * rule->factors[answered];
    }
    return nearest_ratio((int128)sum << SCORE_FRACTION_BITS, (int128)answered);
}

static void score_settle(const struct score_rule *rule, uint32_t expected, uint32_t perceived, struct row_score *score)
{
    score->expectation_enough = expected >= rule->need;
    score->perception_enough = perceived >= rule->need;
    score->present = score->answered >= rule->need;
    score->e = score->present ? score_of_sum(rule, score->sum_e, score->answered) : 0;
    score->p = score->present ? score_of_sum(rule, score->sum_p, score->answered) : 0;
}

static void score_items(const struct pair_row *row, const struct score_rule *rule, struct row_score *score)
{
    uint32_t expected = 0, perceived = 0, answered = 0, sum_e = 0, sum_p = 0;
    for (uint32_t i = 0; i < rule->part_count; i++) {
        uint32_t place = rule->places[i];
        uint32_t e = row->pair_e[place];
        uint32_t p = row->pair_p[place];
        uint32_t both = (uint32_t)(int32_t)row->paired[place];
        expected += e != 0;
        perceived += p != 0;
        answered -= both;
        sum_e += (e - 1) & both;
        sum_p += (p - 1) & both;
    }
    *score = (struct row_score){.answered = answered, .sum_e = sum_e, .sum_p = sum_p};
    score_settle(rule, expected, perceived, score);
}

/* The mean of all pair items, over whole lanes. */
static void score_all_items(const struct pair_frame *frame, const struct pair_row *row, const struct score_rule *rule,
                            struct row_score *score)
{
    uint32_t expected[PAIR_LANES] = {0}, perceived[PAIR_LANES] = {0};
    uint32_t sum_e[PAIR_LANES] = {0}, sum_p[PAIR_LANES] = {0};
    for (uint32_t lane = 0; lane < frame->pair_padded; lane += PAIR_LANES) {
        for (uint32_t j = 0; j < PAIR_LANES; j++) {
            uint32_t e = row->pair_e[lane + j];
            uint32_t p = row->pair_p[lane + j];
            uint32_t both = (uint32_t)(int32_t)row->paired[lane + j];
            expected[j] += e != 0;
            perceived[j] += p != 0;
            sum_e[j] += (e - 1) & both;
            sum_p[j] += (p - 1) & both;
        }
    }
    *score = (struct row_score){.answered = row->pair_count};
    for (uint32_t j = 0; j < PAIR_LANES; j++) {
        score->sum_e += sum_e[j];
        score->sum_p += sum_p[j];
        expected[0] += j == 0 ? 0 : expected[j];
        perceived[0] += j == 0 ? 0 : perceived[j];
    }
    score_settle(rule, expected[0], perceived[0], score);
}

/* The mean of dimension scores whose denominators have no common one: exact over lcm(1…40), then rounded once. */
static void score_overall_rounded(const struct pair_row *row, uint32_t dimensions, struct row_score *score)
{
    int128 e = 0;
    int128 p = 0;
    for (uint32_t d = 0; d < dimensions; d++) {
        const struct row_score *part = &row->scores[d];
        if (part->present) {
            assert(part->answered > 0);
            e += (int128)part->sum_e * (LCM_1_TO_40 / (int64_t)part->answered);
            p += (int128)part->sum_p * (LCM_1_TO_40 / (int64_t)part->answered);
        }
    }
    int128 denominator = (int128)LCM_1_TO_40 * score->answered;
    score->e = nearest_ratio(e << SCORE_FRACTION_BITS, denominator);
    score->p = nearest_ratio(p << SCORE_FRACTION_BITS, denominator);
}

static void score_overall(const struct pair_frame *frame, const struct pair_row *row, const struct score_rule *rule,
                          struct row_score *score)
{
    uint32_t dimensions = frame->study->dimension_count;
    uint32_t expected = 0;
    uint32_t perceived = 0;
    *score = (struct row_score){.present = false};
    for (uint32_t d = 0; d < dimensions; d++) {
        const struct row_score *part = &row->scores[d];
        expected += part->expectation_enough;
        perceived += part->perception_enough;
        if (part->present) {
            score->answered++;
            score->e += rule->rounded ? 0 : part->e * rule->part_factors[d];
            score->p += rule->rounded ? 0 : part->p * rule->part_factors[d];
        }
    }
    score->expectation_enough = expected >= rule->need;
    score->perception_enough = perceived >= rule->need;
    score->present = score->answered >= rule->need;
    if (score->present && rule->rounded) {
        score_overall_rounded(row, dimensions, score);
    } else if (score->present) {
        score->e *= rule->factors[score->answered];
        score->p *= rule->factors[score->answered];
    }
}

void score_row_prepare(const struct pair_frame *frame, struct pair_row *row)
{
    uint32_t dimensions = frame->study->dimension_count;
    for (uint32_t i = 0; i < frame->score_count; i++) {
        const struct score_rule *rule = &frame->scores[i];
        if (rule->blank != REASON_NONE) {
            row->scores[i] = (struct row_score){.present = false};
        } else if (i == dimensions) {
            score_overall(frame, row, rule, &row->scores[i]);
        } else if (i > dimensions) {
            score_all_items(frame, row, rule, &row->scores[i]);
        } else {
            score_items(row, rule, &row->scores[i]);
        }
    }
}
