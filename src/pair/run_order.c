/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pair/run_order.h"

#include "pair/pair_strata.h"

enum run_key run_key_of_design(const struct pair_frame *frame)
{
    if (frame->study->columns.cluster != NULL) {
        return RUN_CLUSTER;
    }
    return frame->repeats ? RUN_RESPONDENT : RUN_ENCOUNTER;
}

static uint32_t key_of(const struct pair_frame *frame, enum run_key key, uint32_t encounter)
{
    if (key == RUN_ENCOUNTER) {
        return encounter;
    }
    if (key == RUN_RESPONDENT) {
        return answers_respondent_of(frame->answers, encounter);
    }
    return frame->answers->chunks[encounter / ANSWERS_CHUNK_ROWS].clusters[encounter % ANSWERS_CHUNK_ROWS];
}

static uint32_t key_count(const struct pair_frame *frame, enum run_key key)
{
    const struct answers *answers = frame->answers;
    if (key == RUN_ENCOUNTER) {
        return answers->encounter_count;
    }
    return key == RUN_CLUSTER ? answers->cluster_count : answers->respondent_count;
}

bool run_begins(const struct pair_frame *frame, const struct run_order *order, uint32_t at)
{
    if (at == 0 || order->cells[at] != order->cells[at - 1]) {
        return true;
    }
    return key_of(frame, order->key, order->encounters[at]) != key_of(frame, order->key, order->encounters[at - 1]);
}

/* A stable counting sort of encounters.
 * takes   keys  [count] of each encounter, below key_count
 *         from  NULL = the order of the file */
static enum status sort_by_key(struct arena *scratch, const uint32_t *keys, uint32_t count, uint32_t key_count,
                               const uint32_t *from, uint32_t *into)
{
    uint32_t *places = arena_array(scratch, (size_t)key_count + 2, sizeof *places);
    if (places == NULL) {
        return STATUS_MEMORY;
    }
    for (uint32_t i = 0; i < count; i++) {
        places[keys[i] + 1]++;
    }
    for (uint32_t key = 0; key < key_count; key++) {
        places[key + 1] += places[key];
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t encounter = from == NULL ? i : from[i];
        into[places[keys[encounter]]++] = encounter;
    }
    return STATUS_OK;
}

/* One after the other: by key, by stratum, by group; what was sorted last counts first.
 * takes   keys     [encounter_count] room; holds the groups afterwards
 *         buffers  two of [encounter_count]; the sorted encounters end in the first */
static enum status encounters_sort(struct arena *scratch, const struct pair_frame *frame, const struct pair_grouping *grouping,
                                   const struct run_order *order, bool split, uint32_t *const buffers[3])
{
    uint32_t count = frame->answers->encounter_count;
    uint32_t *keys = buffers[2];
    const uint32_t *from = NULL;
    uint32_t *into = split ? buffers[0] : buffers[1];
    enum status status = STATUS_OK;
    if (order->key != RUN_ENCOUNTER) {
        for (uint32_t i = 0; i < count; i++) {
            keys[i] = key_of(frame, order->key, i);
        }
        status = sort_by_key(scratch, keys, count, key_count(frame, order->key), NULL, into);
        from = into;
    }
    for (uint32_t i = 0; i < count && split; i++) {
        keys[i] = pair_stratum(frame, i);
    }
    if (split && status == STATUS_OK) {
        status = sort_by_key(scratch, keys, count, frame->stratum_count, from, buffers[1]);
        from = buffers[1];
    }
    for (uint32_t i = 0; i < count; i++) {
        const struct answers_chunk *chunk = &frame->answers->chunks[i / ANSWERS_CHUNK_ROWS];
        keys[i] = pair_grouping_find(grouping, chunk, i % ANSWERS_CHUNK_ROWS);
    }
    return status == STATUS_OK ? sort_by_key(scratch, keys, count, grouping->group_count, from, buffers[0]) : status;
}

/* The group, or the part of it, that an encounter belongs to. */
static struct run_cell cell_of(const struct pair_frame *frame, const uint32_t *groups, uint32_t encounter, bool split)
{
    return (struct run_cell){.group = groups[encounter], .stratum = split ? pair_stratum(frame, encounter) : 0};
}

static bool cells_differ(struct run_cell a, struct run_cell b)
{
    return a.group != b.group || a.stratum != b.stratum;
}

/* Numbers the parts of groups as they come.
 * takes   groups  [encounter] */
static enum status cells_split(struct arena *scratch, const struct pair_frame *frame, const uint32_t *groups, uint32_t *cells,
                               struct run_order *out)
{
    uint32_t count = frame->answers->encounter_count;
    struct run_cell before = {.group = UINT32_MAX};
    for (uint32_t at = 0; at < count; at++) {
        struct run_cell here = cell_of(frame, groups, out->encounters[at], true);
        out->cell_count += cells_differ(here, before);
        cells[at] = out->cell_count - 1;
        before = here;
    }
    struct run_cell *list = arena_array(scratch, (size_t)out->cell_count + 1, sizeof *list);
    for (uint32_t at = 0; at < count && list != NULL; at++) {
        list[cells[at]] = cell_of(frame, groups, out->encounters[at], true);
    }
    out->list = list;
    return list == NULL ? STATUS_MEMORY : STATUS_OK;
}

/* One cell per group, also of those without encounters. */
static enum status cells_whole(struct arena *scratch, const struct pair_frame *frame, const uint32_t *groups, uint32_t *cells,
                               struct run_order *out)
{
    struct run_cell *list = arena_array(scratch, (size_t)out->cell_count + 1, sizeof *list);
    for (uint32_t at = 0; at < frame->answers->encounter_count; at++) {
        cells[at] = groups[out->encounters[at]];
    }
    for (uint32_t group = 0; group < out->cell_count && list != NULL; group++) {
        list[group].group = group;
    }
    out->list = list;
    return list == NULL ? STATUS_MEMORY : STATUS_OK;
}

enum status run_order_make(struct arena *scratch, const struct pair_frame *frame, const struct pair_grouping *grouping,
                           enum run_key key, bool split, struct run_order *out)
{
    size_t count = frame->answers->encounter_count;
    uint32_t *buffers[3];
    *out = (struct run_order){.key = key, .cell_count = split ? 0 : grouping->group_count};
    for (unsigned i = 0; i < 3; i++) {
        buffers[i] = arena_array(scratch, count + 1, sizeof *buffers[i]);
        if (buffers[i] == NULL) {
            return STATUS_MEMORY;
        }
    }
    enum status status = encounters_sort(scratch, frame, grouping, out, split, buffers);
    if (status != STATUS_OK) {
        return status;
    }
    out->encounters = buffers[0];
    out->cells = buffers[1];
    return split ? cells_split(scratch, frame, buffers[2], buffers[1], out)
                 : cells_whole(scratch, frame, buffers[2], buffers[1], out);
}
