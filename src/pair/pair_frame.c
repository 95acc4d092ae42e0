/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pair/pair_frame.h"

#include "pair/pair_block.h"
#include "pair/pair_importance.h"
#include "pair/pair_score.h"
#include "pair/pair_strata.h"

static void frame_slots(struct pair_frame *frame)
{
    uint32_t items = frame->study->item_count;
    for (unsigned standard = 0; standard < STANDARD_COUNT; standard++) {
        const uint32_t *slots = frame->answers->slots + (size_t)standard * items;
        bool asked = false;
        bool in_order = true;
        for (uint32_t item = 0; item < items; item++) {
            asked = asked || slots[item] != NO_SLOT;
            in_order = in_order && slots[item] != NO_SLOT && slots[item] == slots[0] + item;
        }
        frame->slots[standard] = asked ? slots : NULL;
        frame->side_by_side[standard] = in_order;
    }
}

static enum status frame_items(struct ctx *ctx, struct pair_frame *frame)
{
    const struct study *study = frame->study;
    uint32_t items = study->item_count;
    uint32_t *tops = arena_array(ctx->arena, items + (size_t)1, sizeof *tops);
    uint32_t *reversed = arena_array(ctx->arena, items + (size_t)1, sizeof *reversed);
    uint32_t *pairs = arena_array(ctx->arena, items + (size_t)1, sizeof *pairs);
    if (tops == NULL || reversed == NULL || pairs == NULL) {
        return ctx_no_memory(ctx);
    }
    uint32_t steps_most = 2;
    for (uint32_t item = 0; item < items; item++) {
        uint32_t steps = study->scales[study->items[item].scale].steps;
        tops[item] = steps + 1;
        steps_most = steps > steps_most ? steps : steps_most;
        if (study->items[item].reverse) {
            reversed[frame->reversed_count++] = item;
        }
        if (pair_frame_asks(frame, STANDARD_EXPECTATION, item) && pair_frame_asks(frame, STANDARD_PERCEPTION, item)) {
            pairs[frame->pair_count++] = item;
        }
    }
    frame->tops = tops;
    frame->reversed = reversed;
    frame->pair_items = pairs;
    frame->pair_padded = pair_padded(frame->pair_count);
    frame->all_pairs = frame->pair_count == items;
    frame->contrast_count = frame->pair_count == 0 ? 0 : frame->pair_count * (frame->pair_count - 1) / 2;
    frame->difference_most = 2 * (steps_most - 1);
    return STATUS_OK;
}

/* Gives `count` numbers to a kind when the plan needs it. */
static uint32_t variables_take(const struct pair_frame *frame, enum need need, uint32_t count, uint32_t *next)
{
    uint32_t first = *next;
    *next += pair_frame_needs(frame, need) ? count : 0;
    return first;
}

static void frame_variables(struct pair_frame *frame)
{
    uint32_t items = frame->study->item_count;
    uint32_t parts = frame->part_count == 0 ? 0 : frame->part_count + 1;
    uint32_t next = 0;
    struct pair_variables *v = &frame->variables;
    v->pairs = variables_take(frame, NEED_PAIRS, 2 * items, &next);
    v->zones = variables_take(frame, NEED_ZONES, 2 * items, &next);
    v->scores = variables_take(frame, NEED_COMPOSITES, 2 * frame->score_count, &next);
    v->contrasts = variables_take(frame, NEED_CONTRASTS, frame->contrast_count, &next);
    v->importance = variables_take(frame, NEED_IMPORTANCE, parts, &next);
    v->singles = variables_take(frame, NEED_SINGLES, items, &next);
    v->summed = next;
    v->blocks = variables_take(frame, NEED_BLOCKS, frame->block_count, &next);
    v->count = next;
}

bool pair_frame_one_scale(const struct pair_frame *frame, const uint32_t *items, uint32_t count)
{
    const struct study *study = frame->study;
    for (uint32_t i = 1; i < count; i++) {
        if (!scale_same(&study->scales[study->items[items[0]].scale], &study->scales[study->items[items[i]].scale])) {
            return false;
        }
    }
    return true;
}

enum status pair_frame_create(struct ctx *ctx, const struct answers *answers, const struct plan *plan,
                              const struct pair_frame **out)
{
    struct pair_frame *frame = arena_alloc(ctx->arena, sizeof *frame);
    if (frame == NULL) {
        return ctx_no_memory(ctx);
    }
    frame->study = answers->study;
    frame->answers = answers;
    frame->plan = plan;
    frame->weighted = plan->weighted && answers->chunk_count > 0 && answers->chunks[0].weights != NULL;
    frame->repeats = answers->respondent_count < answers->encounter_count;
    frame->clustered = answers->study->columns.cluster != NULL || frame->repeats;
    frame->stratified = answers->study->columns.strata != NULL;
    frame_slots(frame);
    enum status status = pair_strata_order(ctx, frame);
    if (status == STATUS_OK) {
        status = frame_items(ctx, frame);
    }
    if (status == STATUS_OK) {
        status = score_rules_create(ctx, frame);
    }
    if (status == STATUS_OK) {
        status = block_rules_create(ctx, frame);
    }
    if (status == STATUS_OK) {
        status = importance_rules_create(ctx, frame);
    }
    frame_variables(frame);
    *out = frame;
    return status;
}
