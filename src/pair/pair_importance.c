/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pair/pair_importance.h"

#include "pair/pair_score.h"

#define SHARE_BITS   20 /* the unit of shares, points and weighted gaps is 2^-20 */
#define POINTS_LEAST (INT64_C(95) << SHARE_BITS)
#define POINTS_WHOLE (INT64_C(100) << SHARE_BITS)
#define POINTS_MOST  (INT64_C(105) << SHARE_BITS)

static bool rating_asked(const struct pair_frame *frame, uint32_t item)
{
    return pair_frame_asks(frame, STANDARD_EXPECTATION, item) && pair_frame_asks(frame, STANDARD_PERCEPTION, item) &&
           pair_frame_asks(frame, STANDARD_IMPORTANCE, item);
}

/* The overall of parts that have a value. */
static void overall_blank(const struct pair_frame *frame, enum reason *blanks)
{
    const struct scale *first = NULL;
    const struct study *study = frame->study;
    bool rating = study->columns.importance == IMPORTANCE_RATING;
    blanks[frame->part_count] = REASON_NOT_ASKED;
    for (uint32_t part = 0; part < frame->part_count; part++) {
        if (blanks[part] == REASON_NOT_ASKED) {
            continue;
        }
        const struct scale *scale = rating ? &study->scales[study->items[part].scale] : frame->scores[part].scale;
        if (scale == NULL || (first != NULL && !scale_same(first, scale))) {
            blanks[frame->part_count] = REASON_MIXED_SCALES;
            return;
        }
        first = scale;
        blanks[frame->part_count] = REASON_NONE;
    }
}

enum status importance_rules_create(struct ctx *ctx, struct pair_frame *frame)
{
    const struct study *study = frame->study;
    if (study->columns.importance == IMPORTANCE_NONE || !pair_frame_needs(frame, NEED_IMPORTANCE)) {
        return STATUS_OK;
    }
    bool rating = study->columns.importance == IMPORTANCE_RATING;
    frame->part_count = rating ? study->item_count : study->dimension_count;
    enum reason *blanks = arena_array(ctx->arena, (size_t)frame->part_count + 1, sizeof *blanks);
    if (blanks == NULL) {
        return ctx_no_memory(ctx);
    }
    for (uint32_t part = 0; part < frame->part_count; part++) {
        if (rating) {
            blanks[part] = rating_asked(frame, part) ? REASON_NONE : REASON_NOT_ASKED;
        } else {
            bool asked = study->columns.points_of_dimension != NULL && study->columns.points_of_dimension[part] != NULL;
            blanks[part] = asked ? frame->scores[part].blank : REASON_NOT_ASKED;
        }
    }
    frame->part_blanks = blanks;
    overall_blank(frame, blanks);
    return STATUS_OK;
}

/* What a person says of one part. The gap is difference / answered steps, the performance sum_p / answered. */
struct part_view {
    int64_t importance;
    int64_t rating;
    int64_t difference, sum_p;
    int64_t answered;
};

/* A rating's value as an integer in a unit that cancels; steps above the lowest when the scale goes below 0. */
static int64_t rating_value(const struct scale *scale, uint32_t code)
{
    int64_t steps = (int64_t)code - 1;
    return scale->min.units < 0 ? steps : scale->min.units + steps * scale->step.units;
}

static bool rating_view(const struct pair_frame *frame, const struct pair_row *row, uint32_t item, struct part_view *view)
{
    const struct study *study = frame->study;
    int64_t e = row->codes[STANDARD_EXPECTATION][item];
    int64_t p = row->codes[STANDARD_PERCEPTION][item];
    uint32_t code = row->codes[STANDARD_IMPORTANCE][item];
    if (frame->part_blanks[item] != REASON_NONE || e == 0 || p == 0 || code == 0) {
        return false;
    }
    *view = (struct part_view){.importance = rating_value(&study->scales[study->columns.importance_scale], code),
                               .rating = (int64_t)code - 1,
                               .difference = p - e,
                               .sum_p = p - 1,
                               .answered = 1};
    return true;
}

/* Points of a dimension, 0 when the cell is missing; more than can be usable is held just above what is.
 * gives   *given  set when there was a number */
static int64_t points_of(const struct pair_frame *frame, const struct pair_row *row, uint32_t dimension, bool *given)
{
    int64_t points = row->chunk->points[(size_t)row->at * frame->study->dimension_count + dimension];
    if (given != NULL && points >= 0) {
        *given = true;
    }
    return points < 0 ? 0 : points > POINTS_MOST ? POINTS_MOST + 1 : points;
}

static bool points_view(const struct pair_frame *frame, const struct pair_row *row, uint32_t dimension, struct part_view *view)
{
    const struct row_score *score = &row->scores[dimension];
    if (frame->part_blanks[dimension] != REASON_NONE || !score->present) {
        return false;
    }
    *view = (struct part_view){.importance = points_of(frame, row, dimension, NULL),
                               .difference = score->sum_p - score->sum_e,
                               .sum_p = score->sum_p,
                               .answered = score->answered};
    return true;
}

static bool part_view(const struct pair_frame *frame, const struct pair_row *row, uint32_t part, struct part_view *view)
{
    return frame->study->columns.importance == IMPORTANCE_RATING ? rating_view(frame, row, part, view)
                                                                 : points_view(frame, row, part, view);
}

/* Do the points of a person count?
 * gives   *rescaled, *given whether there were any */
static bool points_usable(const struct pair_frame *frame, const struct pair_row *row, int128 of_parts, bool *rescaled,
                          bool *given)
{
    int64_t sum = 0;
    *given = false;
    for (uint32_t d = 0; d < frame->study->dimension_count; d++) {
        sum += points_of(frame, row, d, given);
    }
    *rescaled = sum != POINTS_WHOLE;
    return sum >= POINTS_LEAST && sum <= POINTS_MOST && 2 * of_parts >= sum;
}

static bool ratings_usable(const struct pair_frame *frame, const struct pair_row *row, uint32_t parts, int128 importance,
                           bool *given)
{
    uint32_t asked = 0;
    *given = false;
    for (uint32_t item = 0; item < frame->part_count; item++) {
        asked += frame->part_blanks[item] == REASON_NONE;
        *given = *given || row->codes[STANDARD_IMPORTANCE][item] != 0;
    }
    return parts > 0 && 2 * parts >= asked && importance > 0;
}

static void part_fill(struct row_part *part, const struct part_view *view, int128 importance)
{
    int128 whole = (int128)1 << SHARE_BITS;
    int128 under = importance * view->answered;
    part->present = true;
    part->rating = view->rating;
    part->share = nearest_ratio(whole * view->importance, importance);
    part->gap = nearest_ratio(whole * view->difference, view->answered);
    part->performance = nearest_ratio(whole * view->sum_p, view->answered);
    part->weighted = nearest_ratio(whole * view->importance * view->difference, under);
    part->weighted_performance = nearest_ratio(whole * view->importance * view->sum_p, under);
}

/* Exact sums over the parts, then one division each. */
struct overall_view {
    uint32_t parts;
    int64_t common; /* a number that every part's count of answered items divides: lcm(1…40), for single items 1 */
    int128 importance;
    int128 gap, performance, weighted, weighted_performance; /* times common */
};

static void overall_add(struct overall_view *overall, const struct part_view *view)
{
    int128 factor = overall->common / view->answered;
    overall->parts++;
    overall->importance += view->importance;
    overall->gap += factor * view->difference;
    overall->performance += factor * view->sum_p;
    overall->weighted += factor * view->difference * view->importance;
    overall->weighted_performance += factor * view->sum_p * view->importance;
}

static void overall_fill(struct row_part *part, const struct overall_view *overall)
{
    int128 whole = (int128)1 << SHARE_BITS;
    int128 plain = (int128)overall->common * overall->parts;
    int128 under = overall->common * overall->importance;
    part->present = true;
    part->share = (int64_t)whole;
    part->gap = nearest_ratio(whole * overall->gap, plain);
    part->performance = nearest_ratio(whole * overall->performance, plain);
    part->weighted = nearest_ratio(whole * overall->weighted, under);
    part->weighted_performance = nearest_ratio(whole * overall->weighted_performance, under);
}

void importance_row_prepare(const struct pair_frame *frame, struct pair_row *row)
{
    bool rating = frame->study->columns.importance == IMPORTANCE_RATING;
    struct overall_view overall = {.common = rating ? 1 : LCM_1_TO_40};
    struct part_view view;
    bool rescaled = false;
    bool given = false;
    for (uint32_t part = 0; part < frame->part_count; part++) {
        row->parts[part] = (struct row_part){.present = false};
        if (part_view(frame, row, part, &view)) {
            overall_add(&overall, &view);
        }
    }
    bool usable = rating ? ratings_usable(frame, row, overall.parts, overall.importance, &given)
                         : points_usable(frame, row, overall.importance, &rescaled, &given);
    row->parts[frame->part_count] = (struct row_part){.present = false};
    row->refused = given && !usable;
    row->rescaled = usable && rescaled;
    for (uint32_t part = 0; part < frame->part_count && usable; part++) {
        if (part_view(frame, row, part, &view)) {
            part_fill(&row->parts[part], &view, overall.importance);
        }
    }
    if (usable) {
        overall_fill(&row->parts[frame->part_count], &overall);
    }
}

uint64_t pair_importance_bytes(const struct pair_frame *frame, uint32_t group_count)
{
    return (uint64_t)group_count * (frame->part_count + 1) * sizeof(struct part_sums);
}

enum status pair_importance_create(struct arena *arena, const struct pair_frame *frame, uint32_t group_count,
                                   struct pair_importance *out)
{
    out->group_count = group_count;
    out->sums = arena_array(arena, (size_t)group_count * (frame->part_count + 1) + 1, sizeof *out->sums);
    return out->sums == NULL ? STATUS_MEMORY : STATUS_OK;
}

static void part_add(struct part_sums *sums, const struct row_part *part, int64_t weight)
{
    int128 w = weight;
    int128 wv = w * part->weighted;
    sums->all.n++;
    sums->all.w += w;
    sums->all.ww += w * w;
    sums->share += w * part->share;
    sums->rating += w * part->rating;
    sums->gap += w * part->gap;
    sums->weighted += wv;
    sums->performance += w * part->performance;
    sums->weighted_performance += w * part->weighted_performance;
    long_sum_add_product(&sums->wweighted2, wv, part->weighted);
    long_sum_add_product(&sums->wwweighted, wv, w);
    long_sum_add_product(&sums->wwweighted2, wv, wv);
}

void pair_importance_add(struct pair_importance *importance, const struct pair_frame *frame, uint32_t group,
                         const struct pair_row *row)
{
    struct part_sums *sums = importance->sums + (size_t)group * (frame->part_count + 1);
    for (uint32_t part = 0; part <= frame->part_count; part++) {
        if (row->parts[part].present) {
            part_add(&sums[part], &row->parts[part], row->weight);
        }
    }
    sums[frame->part_count].rescaled += row->rescaled;
    sums[frame->part_count].refused += row->refused;
}

void pair_importance_merge(struct pair_importance *into, const struct pair_importance *from, const struct pair_frame *frame,
                           const uint32_t *map)
{
    size_t parts = (size_t)frame->part_count + 1;
    for (size_t i = 0; i < from->group_count * parts; i++) {
        struct part_sums *sums = &into->sums[pair_frame_mapped(map, i, parts)];
        const struct part_sums *more = &from->sums[i];
        sums->all.n += more->all.n;
        sums->all.w += more->all.w;
        sums->all.ww += more->all.ww;
        sums->rescaled += more->rescaled;
        sums->refused += more->refused;
        sums->share += more->share;
        sums->rating += more->rating;
        sums->gap += more->gap;
        sums->weighted += more->weighted;
        sums->performance += more->performance;
        sums->weighted_performance += more->weighted_performance;
        long_sum_merge(&sums->wweighted2, &more->wweighted2);
        long_sum_merge(&sums->wwweighted, &more->wwweighted);
        long_sum_merge(&sums->wwweighted2, &more->wwweighted2);
    }
}

void pair_importance_track(const struct pair_frame *frame, const struct pair_row *row, struct run_track *track)
{
    for (uint32_t part = 0; part <= frame->part_count; part++) {
        if (row->parts[part].present) {
            run_track_add(track, frame->variables.importance + part, row->parts[part].weighted);
        }
    }
}

static const struct scale *part_scale(const struct pair_frame *frame, uint32_t part)
{
    const struct study *study = frame->study;
    if (frame->part_blanks[part] != REASON_NONE) {
        return NULL;
    }
    uint32_t first = part < frame->part_count ? part : 0;
    while (frame->part_blanks[first] != REASON_NONE) {
        first++;
    }
    bool rating = study->columns.importance == IMPORTANCE_RATING;
    return rating ? &study->scales[study->items[first].scale] : frame->scores[first].scale;
}

static void part_give(const struct part_sums *sums, struct importance_sum *out)
{
    out->rescaled = sums->rescaled;
    out->refused = sums->refused;
    if (out->blank != REASON_NONE) {
        return;
    }
    out->all = sums->all;
    out->share = sums->share;
    out->rating = sums->rating;
    out->gap = sums->gap;
    out->weighted = sums->weighted;
    out->performance = sums->performance;
    out->weighted_performance = sums->weighted_performance;
    out->wweighted2 = long_sum_wide(&sums->wweighted2);
    out->wwweighted = long_sum_wide(&sums->wwweighted);
    out->wwweighted2 = long_sum_wide(&sums->wwweighted2);
}

enum status pair_importance_finish(struct ctx *ctx, const struct pair_frame *frame, struct pair_importance *importance,
                                   const struct run_result *runs, struct importance_sum **out)
{
    uint32_t parts = frame->part_count + 1;
    size_t count = (size_t)importance->group_count * parts;
    *out = arena_array(ctx->arena, count, sizeof **out);
    if (*out == NULL) {
        return ctx_no_memory(ctx);
    }
    for (size_t i = 0; i < count; i++) {
        uint32_t group = (uint32_t)(i / parts);
        uint32_t part = (uint32_t)(i % parts);
        struct importance_sum *of = *out + i;
        of->blank = frame->part_blanks[part];
        of->index = part < frame->part_count ? part : UINT32_MAX;
        of->scale = part_scale(frame, part);
        part_give(&importance->sums[i], of);
        if (of->blank == REASON_NONE) {
            of->respondents = run_result_respondents(runs, group, frame->variables.importance + part, of->all.n);
            of->difference = run_result_sums(runs, group, frame->variables.importance + part);
        }
    }
    return STATUS_OK;
}
