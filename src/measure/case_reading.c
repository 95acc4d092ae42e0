/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/case_reading.h"

#include <assert.h>
#include <math.h>

#define WEIGHT_BITS 40
#define POINT_BITS  20
#define CASES_AHEAD 8

/* One code as it stands; 0 when it is missing. */
static inline int32_t code_at(const struct case_place *at, uint32_t slot)
{
    assert(at->codes != NULL);
    return at->wide ? ((const uint16_t *)(const void *)at->codes)[slot] : at->codes[slot];
}

/* A case's steps above the lowest point on one item: of a gap the difference of both standards.
 * gives   0 or 1: whether the answers are there; without them *out is 0 */
static inline int32_t item_steps(const struct case_place *at, const struct case_item *item, int32_t *out)
{
    const int32_t first = code_at(at, item->slot[0]), second = code_at(at, item->slot[1]);
    const int32_t there = (first != 0) & (second != 0);
    *out = -there & (item->base + item->times[0] * first + item->times[1] * second);
    return there;
}

/* The mean of the answered items in scale points, rounded once per operation.
 * source  [F2] */
static bool score_read(const struct case_source *source, const struct case_score *score, const struct case_place *at, double *out)
{
    int64_t sum = 0;
    int32_t answered = 0, steps;
    for (uint32_t i = 0; i < score->item_count; i++) {
        answered += item_steps(at, &score->sources[i], &steps);
        sum += steps;
    }
    if (!answered || (uint32_t)answered < (score->item_count + 1) / 2)
        return false;
    double mean = (double)sum / answered * score->step;
    *out = source->variable->gap ? mean : score->lowest + mean;
    return true;
}

/* How far the answered items stand above their lowest points, in percent of how far they could.
 * source  [F60] */
static bool index_read(const struct case_source *source, const struct case_place *at, double *out)
{
    const struct case_score *score = &source->scores[0];
    double above = 0, range = 0;
    uint32_t answered = 0;
    int32_t steps;
    for (uint32_t i = 0; i < score->item_count; i++) {
        const struct case_item *item = &score->sources[i];
        if (!item_steps(at, item, &steps))
            continue;
        above += (double)steps * item->step;
        range += item->range;
        answered++;
    }
    if (!answered || answered < (score->item_count + 1) / 2)
        return false;
    *out = 100 * above / range;
    return true;
}

/* Did the case fall short of a standard on any item?
 * gives   false when nothing fell short and fewer than half of the items have both answers
 * source  [F84] */
static bool shortfall_read(const struct case_source *source, const struct case_place *at, double *out)
{
    const struct case_score *score = &source->scores[0];
    uint32_t answered = 0;
    int32_t steps;
    *out = 0;
    for (uint32_t i = 0; i < score->item_count; i++) {
        if (!item_steps(at, &score->sources[i], &steps))
            continue;
        answered++;
        if (steps < 0)
            *out = 1;
    }
    return *out > 0 || (answered && answered >= (score->item_count + 1) / 2);
}

/* One score, or the mean of several of which at least half are there.
 * source  [F2] */
static bool scores_read(const struct case_source *source, const struct case_place *at, double *out)
{
    double sum = 0, one = 0;
    uint32_t there = 0;
    for (uint32_t i = 0; i < source->score_count; i++) {
        if (score_read(source, &source->scores[i], at, &one)) {
            sum += one;
            there++;
        }
    }
    if (!there || there < (source->score_count + 1) / 2)
        return false;
    *out = there == 1 ? sum : sum / there;
    return true;
}

bool case_outcome_read(const struct answers *answers, uint32_t encounter, uint32_t index, double *out)
{
    const struct outcome *outcome = &answers->study->columns.outcomes[index];
    const int64_t value = answers_outcome(answers, encounter, index);
    if (value == INT64_MIN)
        return false;
    *out = outcome->kind == OUTCOME_SCALE ? scale_value(&outcome->scale, (uint32_t)value)
                                          : decimal_to_double((struct decimal){.units = value, .places = outcome->decimals});
    return true;
}

/* The same by a table of the values of codes, where the outcome has some. */
static bool outcome_read(const struct answers *answers, const struct case_source *source, const struct case_place *at,
                         double *out)
{
    if (!source->outcome_values)
        return case_outcome_read(answers, at->encounter, source->variable->index, out);
    const int64_t code = answers_outcome(answers, at->encounter, source->variable->index);
    if (code == INT64_MIN)
        return false;
    *out = source->outcome_values[code];
    return true;
}

/* A case's points for a dimension; false when they are missing. */
static bool points_read(const struct answers *answers, const struct case_place *at, uint32_t dimension, double *out)
{
    int64_t points = at->chunk->points[(size_t)at->row * answers->study->dimension_count + dimension];
    *out = ldexp((double)points, -POINT_BITS);
    return points >= 0;
}

/* Did chance put the case among those asked before and afterwards? False when chance put it nowhere. */
static bool arm_read(const struct case_place *at, double *out)
{
    enum drawn_arm arm = at->chunk->arms ? (enum drawn_arm)at->chunk->arms[at->row] : DRAWN_NOT;
    *out = arm == DRAWN_BOTH;
    return arm != DRAWN_NOT;
}

/* Did the case name a source of expectations? False when it named none. */
static bool source_read(const struct case_place *at, uint32_t source, double *out)
{
    unsigned set = at->chunk->sources ? at->chunk->sources[at->row] : 0;
    *out = set >> source & 1u;
    return set != 0;
}

/* A case's value of any variable; false when it is missing. */
static bool value_read(const struct answers *answers, const struct case_source *source, const struct case_place *at, double *out)
{
    switch (source->variable->of) {
    case CASE_OUTCOME:
        return outcome_read(answers, source, at, out);
    case CASE_ARM:
        return arm_read(at, out);
    case CASE_SOURCE:
        return source_read(at, source->variable->index, out);
    case CASE_POINTS:
        return points_read(answers, at, source->variable->index, out);
    case CASE_SHORTFALL:
        return shortfall_read(source, at, out);
    case CASE_INDEX:
        return index_read(source, at, out);
    case CASE_ITEM:
    case CASE_DIMENSION:
    case CASE_OVERALL:
    case CASE_ITEMS_MEAN:
        break;
    }
    return scores_read(source, at, out);
}

double case_weight_of(const struct answers *answers, uint32_t encounter)
{
    const struct case_place at = case_place_of(answers, encounter);
    return ldexp((double)at.chunk->weights[at.row], -WEIGHT_BITS);
}

/* Asks for the memory of a case that is read soon: cases come in an order that caches cannot foresee. Always inline, since gcc 12
 * leaves out calls of a function that does nothing else. */
static inline __attribute__((always_inline)) void case_expect(const struct answers *answers, uint32_t encounter)
{
    const struct case_place at = case_place_of(answers, encounter);
    size_t code_bytes = (size_t)answers->slot_count * answers->code_bytes;
    if (code_bytes) {
        __builtin_prefetch(at.codes);
        __builtin_prefetch(at.codes + code_bytes - 1);
    }
    if (at.chunk->outcomes)
        __builtin_prefetch(at.chunk->outcomes + (size_t)at.row * answers->outcome_bytes);
    if (at.chunk->weights)
        __builtin_prefetch(at.chunk->weights + at.row);
}

size_t case_rows_read(const struct case_reading *reading, const uint32_t *cases, size_t count, size_t stride, double *values,
                      uint32_t *kept)
{
    size_t rows = 0;
    for (size_t i = 0; i < count; i++) {
        const struct case_place at = case_place_of(reading->answers, cases[i]);
        size_t there = 0;
        if (i + CASES_AHEAD < count)
            case_expect(reading->answers, cases[i + CASES_AHEAD]);
        while (there < reading->count &&
               value_read(reading->answers, &reading->sources[there], &at, &values[there * stride + rows]))
            there++;
        kept[rows] = cases[i];
        rows += there == reading->count;
    }
    return rows;
}
