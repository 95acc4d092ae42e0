/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pair/case_turns.h"

#include "pair/pair_cases.h"

#define NO_SET UINT32_MAX

struct case_turns {
    struct arena *arena; /* that lasts as long as the pairs */
    const struct pair_frame *frame;
    const struct pair_grouping *groupings; /* [plan->set_count] */
    struct pair_ranks ranks;
    struct group **groups; /* [plan->set_count] of each by-set */
    uint32_t taken;        /* the by-set whose turn it is; NO_SET at first */
    struct arena *room;    /* of its cases; NULL at first */
};

/* The groups of every by-set, to be written into. */
static enum status groups_open(struct ctx *ctx, struct case_turns *turns, struct group_set *sets)
{
    uint32_t count = turns->frame->plan->set_count;
    turns->groups = arena_array(ctx->arena, (size_t)count + 1, sizeof *turns->groups);
    if (turns->groups == NULL) {
        return ctx_no_memory(ctx);
    }
    for (uint32_t s = 0; s < count; s++) {
        struct group *groups = arena_array(ctx->arena, (size_t)sets[s].group_count + 1, sizeof *groups);
        if (groups == NULL) {
            return ctx_no_memory(ctx);
        }
        for (uint32_t g = 0; g < sets[s].group_count; g++) {
            groups[g] = sets[s].groups[g];
        }
        turns->groups[s] = groups;
        sets[s].groups = groups;
    }
    return STATUS_OK;
}

static bool is_everyone(const struct case_turns *turns, uint32_t set)
{
    return turns->frame->plan->sets[set].segment_count == 0;
}

static enum status set_deal(struct ctx *ctx, struct arena *room, struct case_turns *turns, uint32_t set)
{
    return pair_cases_make(ctx, room, turns->frame, &turns->groupings[set], &turns->ranks, turns->groups[set]);
}

enum status case_turns_open(struct ctx *ctx, struct arena *scratch, const struct pair_frame *frame,
                            const struct pair_grouping *groupings, struct group_set *sets, struct case_turns **out)
{
    bool in_turn = frame->plan->cases_in_turn;
    struct case_turns *turns = arena_alloc(ctx->arena, sizeof *turns);
    *out = NULL;
    if (turns == NULL) {
        return ctx_no_memory(ctx);
    }
    *turns = (struct case_turns){.arena = ctx->arena, .frame = frame, .groupings = groupings, .taken = NO_SET};
    enum status status = groups_open(ctx, turns, sets);
    if (status == STATUS_OK) {
        status = pair_ranks_make(ctx, scratch, frame, &turns->ranks);
    }
    for (uint32_t s = 0; s < frame->plan->set_count && status == STATUS_OK; s++) {
        if (!in_turn || is_everyone(turns, s)) {
            status = set_deal(ctx, ctx->arena, turns, s);
        }
    }
    *out = in_turn ? turns : NULL;
    return status;
}

static void cases_leave(struct case_turns *turns)
{
    for (uint32_t g = 0; turns->taken != NO_SET && g < turns->groupings[turns->taken].group_count; g++) {
        turns->groups[turns->taken][g].cases = NULL;
        turns->groups[turns->taken][g].case_count = 0;
    }
    arena_destroy(turns->room);
    turns->room = NULL;
    turns->taken = NO_SET;
}

enum status cases_take(struct ctx *ctx, const struct pairs *pairs, uint32_t set)
{
    struct case_turns *turns = pairs == NULL ? NULL : pairs->turns;
    if (turns == NULL || turns->taken == set || is_everyone(turns, set)) {
        return STATUS_OK;
    }
    cases_leave(turns);
    if (arena_create(turns->arena, &turns->room) != STATUS_OK) {
        return ctx_no_memory(ctx);
    }
    turns->taken = set;
    enum status status = set_deal(ctx, turns->room, turns, set);
    if (status != STATUS_OK) {
        cases_leave(turns);
    }
    return status;
}
