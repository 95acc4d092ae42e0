/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pair/pair_quality.h"

#define STRAIGHT_LEAST 3u /* fewer equal answers say nothing */

static void lane_extremes(const uint16_t *restrict codes, int16_t *restrict count, int16_t *restrict most,
                          int16_t *restrict least)
{
    for (size_t j = 0; j < PAIR_LANES; j++) {
        int16_t code = (int16_t)codes[j];
        int16_t there = code != 0 ? -1 : 0;
        int16_t low = (int16_t)((code & there) | (INT16_MAX & ~there));
        count[j] = (int16_t)(count[j] - there);
        most[j] = code > most[j] ? code : most[j];
        least[j] = low < least[j] ? low : least[j];
    }
}

/* How many answers of a standard there are, and whether all of them are the same: their least is their greatest. */
static uint32_t answered_count(const uint16_t *codes, uint32_t items, bool *same)
{
    int16_t count[PAIR_LANES] = {0}, most[PAIR_LANES] = {0}, least[PAIR_LANES];
    for (uint32_t j = 0; j < PAIR_LANES; j++) {
        least[j] = INT16_MAX;
    }
    for (size_t lane = 0; lane < pair_padded(items); lane += PAIR_LANES) {
        lane_extremes(codes + lane, count, most, least);
    }
    uint32_t all = 0;
    for (uint32_t j = 0; j < PAIR_LANES; j++) {
        all = all + (uint16_t)count[j];
        most[0] = most[j] > most[0] ? most[j] : most[0];
        least[0] = least[j] < least[0] ? least[j] : least[0];
    }
    *same = least[0] == most[0];
    return all;
}

bool pair_quality_count(struct pair_quality *quality, const struct row_sides *sides)
{
    bool expected = sides->same_expected && sides->expected >= STRAIGHT_LEAST;
    bool perceived = sides->same_perceived && sides->perceived >= STRAIGHT_LEAST;
    struct pairing *counts = &quality->counts;
    quality->answered[STANDARD_EXPECTATION] += sides->expected;
    quality->answered[STANDARD_PERCEPTION] += sides->perceived;
    counts->encounters++;
    counts->expectation_only += sides->expected > 0 && sides->perceived == 0;
    counts->perception_only += sides->perceived > 0 && sides->expected == 0;
    counts->straight_expectation += expected;
    counts->straight_perception += perceived;
    counts->straight_both += expected && perceived;
    return expected || perceived;
}

bool pair_quality_add(struct pair_quality *quality, const struct pair_frame *frame, const struct pair_row *row)
{
    uint32_t count[STANDARD_COUNT] = {0};
    bool same[STANDARD_COUNT] = {false};
    for (unsigned standard = 0; standard < STANDARD_COUNT; standard++) {
        if (frame->slots[standard] != NULL) {
            count[standard] = answered_count(row->codes[standard], frame->study->item_count, &same[standard]);
        }
        bool side = standard == STANDARD_EXPECTATION || standard == STANDARD_PERCEPTION;
        quality->answered[standard] += side ? 0 : count[standard];
    }
    const struct row_sides sides = {count[STANDARD_EXPECTATION], count[STANDARD_PERCEPTION], same[STANDARD_EXPECTATION],
                                    same[STANDARD_PERCEPTION]};
    return pair_quality_count(quality, &sides);
}

bool pair_row_straight(const struct pair_frame *frame, const struct pair_row *row)
{
    static const enum standard sides[] = {STANDARD_EXPECTATION, STANDARD_PERCEPTION};
    bool straight = false;
    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++) {
        if (frame->slots[sides[i]] != NULL) {
            bool same;
            uint32_t count = answered_count(row->codes[sides[i]], frame->study->item_count, &same);
            straight = straight || (same && count >= STRAIGHT_LEAST);
        }
    }
    return straight;
}

void pair_quality_pairs(struct pair_quality *quality, uint32_t pairs)
{
    quality->counts.pairs += pairs;
    quality->counts.both += pairs > 0;
}

void pair_quality_merge(struct pair_quality *into, const struct pair_quality *from)
{
    struct pairing *counts = &into->counts;
    counts->encounters += from->counts.encounters;
    counts->pairs += from->counts.pairs;
    counts->both += from->counts.both;
    counts->expectation_only += from->counts.expectation_only;
    counts->perception_only += from->counts.perception_only;
    counts->straight_expectation += from->counts.straight_expectation;
    counts->straight_perception += from->counts.straight_perception;
    counts->straight_both += from->counts.straight_both;
    for (unsigned standard = 0; standard < STANDARD_COUNT; standard++) {
        into->answered[standard] += from->answered[standard];
    }
}

/* The standard of every slot.
 * gives   standards  [slot_count] */
static void slot_standards(const struct pair_frame *frame, uint8_t *standards)
{
    for (unsigned standard = 0; standard < STANDARD_COUNT; standard++) {
        for (uint32_t item = 0; item < frame->study->item_count; item++) {
            if (pair_frame_asks(frame, (enum standard)standard, item)) {
                standards[frame->slots[standard][item]] = (uint8_t)standard;
            }
        }
    }
}

/* Marks of answers that came later (a second row of the same encounter) do not count. */
static void marks_count(const struct pair_frame *frame, struct pairing *out)
{
    uint8_t standards[STANDARD_COUNT * ITEMS_MAX] = {0};
    const struct answers *answers = frame->answers;
    slot_standards(frame, standards);
    for (uint64_t i = 0; i < answers->missing_count; i++) {
        const struct missing_mark *mark = &answers->missing[i];
        bool other = mark->kind != MISSING_SKIPPED && mark->kind < MISSING_COUNT;
        if (other && answers_code(answers, mark->encounter, mark->slot) == 0) {
            out->missing[standards[mark->slot]][mark->kind]++;
        }
    }
}

void pair_quality_finish(const struct pair_quality *quality, const struct pair_frame *frame, uint64_t respondents,
                         struct pairing *out)
{
    *out = quality->counts;
    out->respondents = respondents;
    marks_count(frame, out);
    for (unsigned standard = 0; standard < STANDARD_COUNT; standard++) {
        uint64_t items = 0;
        for (uint32_t item = 0; item < frame->study->item_count; item++) {
            items += pair_frame_asks(frame, (enum standard)standard, item);
        }
        uint64_t marked = out->missing[standard][MISSING_NOT_ASKED] + out->missing[standard][MISSING_DECLARED];
        out->asked[standard] = items * quality->counts.encounters;
        uint64_t missing = out->asked[standard] - quality->answered[standard];
        out->missing[standard][MISSING_SKIPPED] = missing > marked ? missing - marked : 0;
    }
}
