/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pair/pair_runs.h"

#include <string.h>

#include "base/pool.h"
#include "pair/pair_tallies.h"

#define PIECE_ROWS 4096u /* encounters that a worker takes at a time, up to the end of their last run */

/* The sums of the run that is open. */
struct run_open {
    uint32_t n;
    int128 a, b;
};

struct run_worker {
    struct pair_row row;
    struct run_track track;
    struct run_open *open; /* [variable_count] */
    uint32_t *touched;     /* [variable_count] variables with n > 0 */
    uint32_t touched_count;
    struct run_totals totals;
};

/* All that the workers share. */
struct run_pass {
    const struct pair_frame *frame;
    const struct pair_grouping *grouping;
    enum run_key key;
    const uint32_t *order;  /* encounters sorted by key, then by group */
    const uint32_t *groups; /* [encounter] */
    struct run_worker *workers;
};

static uint32_t key_of(const struct run_pass *pass, uint32_t encounter)
{
    const struct answers_chunk *chunk = &pass->frame->answers->chunks[encounter / ANSWERS_CHUNK_ROWS];
    return (pass->key == RUN_CLUSTER ? chunk->clusters : chunk->respondents)[encounter % ANSWERS_CHUNK_ROWS];
}

/* Does a run begin at this place of the order? */
static bool run_begins(const struct run_pass *pass, uint32_t at)
{
    if (at == 0) {
        return true;
    }
    uint32_t here = pass->order[at];
    uint32_t before = pass->order[at - 1];
    return pass->groups[here] != pass->groups[before] || key_of(pass, here) != key_of(pass, before);
}

static void run_close(struct run_worker *worker, uint32_t group)
{
    struct run_totals *totals = &worker->totals;
    totals->runs[group]++;
    for (uint32_t i = 0; i < worker->touched_count; i++) {
        uint32_t variable = worker->touched[i];
        struct run_open *open = &worker->open[variable];
        totals->counts[(size_t)group * totals->variable_count + variable]++;
        if (totals->sums != NULL && variable < totals->summed) {
            struct run_sums *sums = &totals->sums[(size_t)group * totals->summed + variable];
            long_sum_add_product(&sums->aa, open->a, open->a);
            long_sum_add_product(&sums->ab, open->a, open->b);
            long_sum_add_product(&sums->bb, open->b, open->b);
        }
        *open = (struct run_open){.n = 0};
    }
    worker->touched_count = 0;
}

static void run_add(struct run_worker *worker, const struct pair_frame *frame, uint32_t encounter)
{
    struct run_track *track = &worker->track;
    track->count = 0;
    pair_row_load(frame, encounter, &worker->row);
    pair_row_prepare(frame, &worker->row);
    if (worker->row.usable) {
        pair_tallies_track(frame, &worker->row, track);
    }
    for (uint32_t i = 0; i < track->count; i++) {
        struct run_open *open = &worker->open[track->variables[i]];
        if (open->n++ == 0) {
            worker->touched[worker->touched_count++] = track->variables[i];
        }
        open->a += (int128)worker->row.weight * track->values[i];
        open->b += worker->row.weight;
    }
}

/* A piece begins at its first run and ends with the run in which the next piece's first place lies. */
static enum status run_piece(void *state, size_t piece, unsigned index)
{
    struct run_pass *pass = state;
    struct run_worker *worker = &pass->workers[index];
    uint32_t count = pass->frame->answers->encounter_count;
    uint64_t at = (uint64_t)piece * PIECE_ROWS;
    uint64_t end = at + PIECE_ROWS < count ? at + PIECE_ROWS : count;
    while (at < end && !run_begins(pass, (uint32_t)at)) {
        at++;
    }
    while (at < end) {
        uint32_t group = pass->groups[pass->order[at]];
        do {
            run_add(worker, pass->frame, pass->order[at++]);
        } while (at < count && !run_begins(pass, (uint32_t)at));
        run_close(worker, group);
    }
    return STATUS_OK;
}

static enum status totals_create(struct arena *arena, const struct pair_frame *frame, uint32_t groups, bool with_sums,
                                 struct run_totals *out)
{
    const struct pair_variables *v = &frame->variables;
    *out = (struct run_totals){.group_count = groups, .variable_count = v->count, .summed = v->summed};
    out->runs = arena_array(arena, (size_t)groups + 1, sizeof *out->runs);
    out->counts = arena_array(arena, (size_t)groups * v->count + 1, sizeof *out->counts);
    if (with_sums) {
        out->sums = arena_array(arena, (size_t)groups * v->summed + 1, sizeof *out->sums);
    }
    return out->runs == NULL || out->counts == NULL || (with_sums && out->sums == NULL) ? STATUS_MEMORY : STATUS_OK;
}

uint64_t run_totals_bytes(const struct pair_frame *frame, uint32_t group_count)
{
    return group_count * (frame->variables.count * sizeof(uint64_t) + frame->variables.summed * sizeof(struct run_sums));
}

static enum status worker_create(struct arena *scratch, const struct pair_frame *frame, uint32_t groups, bool with_sums,
                                 struct run_worker *out)
{
    size_t variables = (size_t)frame->variables.count + 1;
    enum status status = pair_row_create(scratch, frame, &out->row);
    out->track.variables = arena_array(scratch, variables, sizeof *out->track.variables);
    out->track.values = arena_array(scratch, variables, sizeof *out->track.values);
    out->open = arena_array(scratch, variables, sizeof *out->open);
    out->touched = arena_array(scratch, variables, sizeof *out->touched);
    bool all = out->track.variables != NULL && out->track.values != NULL && out->open != NULL && out->touched != NULL;
    if (status != STATUS_OK || !all) {
        return STATUS_MEMORY;
    }
    return totals_create(scratch, frame, groups, with_sums, &out->totals);
}

/* A stable counting sort of encounters.
 * takes   places  [key_count + 1] zeroed
 *         from    NULL = the order of the file */
static void sort_by_key(const uint32_t *keys, uint32_t count, uint32_t key_count, uint32_t *places, const uint32_t *from,
                        uint32_t *into)
{
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
}

static uint32_t key_count(const struct run_pass *pass)
{
    const struct answers *answers = pass->frame->answers;
    return pass->key == RUN_CLUSTER ? answers->cluster_count : answers->respondent_count;
}

/* Sorts the encounters by key, then by group: first by group, then stably by key. */
static enum status pass_order(struct arena *scratch, struct run_pass *pass)
{
    uint32_t count = pass->frame->answers->encounter_count;
    uint32_t *groups = arena_array(scratch, (size_t)count + 1, sizeof *groups);
    uint32_t *keys = arena_array(scratch, (size_t)count + 1, sizeof *keys);
    uint32_t *by_group = arena_array(scratch, (size_t)count + 1, sizeof *by_group);
    uint32_t *order = arena_array(scratch, (size_t)count + 1, sizeof *order);
    uint32_t *group_places = arena_array(scratch, (size_t)pass->grouping->group_count + 2, sizeof *group_places);
    uint32_t *key_places = arena_array(scratch, (size_t)key_count(pass) + 2, sizeof *key_places);
    if (groups == NULL || keys == NULL || by_group == NULL || order == NULL || group_places == NULL || key_places == NULL) {
        return STATUS_MEMORY;
    }
    for (uint32_t i = 0; i < count; i++) {
        const struct answers_chunk *chunk = &pass->frame->answers->chunks[i / ANSWERS_CHUNK_ROWS];
        groups[i] = pair_grouping_find(pass->grouping, chunk, i % ANSWERS_CHUNK_ROWS);
        keys[i] = key_of(pass, i);
    }
    sort_by_key(groups, count, pass->grouping->group_count, group_places, NULL, by_group);
    sort_by_key(keys, count, key_count(pass), key_places, by_group, order);
    pass->order = order;
    pass->groups = groups;
    return STATUS_OK;
}

static void totals_merge(struct run_totals *into, const struct run_totals *from)
{
    for (size_t i = 0; i < into->group_count; i++) {
        into->runs[i] += from->runs[i];
    }
    for (size_t i = 0; i < (size_t)into->group_count * into->variable_count; i++) {
        into->counts[i] += from->counts[i];
    }
    for (size_t i = 0; i < (size_t)into->group_count * into->summed && into->sums != NULL; i++) {
        long_sum_merge(&into->sums[i].aa, &from->sums[i].aa);
        long_sum_merge(&into->sums[i].ab, &from->sums[i].ab);
        long_sum_merge(&into->sums[i].bb, &from->sums[i].bb);
    }
}

enum status run_totals_make(struct ctx *ctx, struct arena *scratch, const struct pair_frame *frame,
                            const struct pair_grouping *grouping, const struct run_purpose *purpose, struct run_totals **out)
{
    struct run_pass pass = {.frame = frame, .grouping = grouping, .key = purpose->key};
    size_t pieces = (frame->answers->encounter_count + (size_t)PIECE_ROWS - 1) / PIECE_ROWS;
    unsigned workers = pool_workers(ctx, pieces);
    workers = workers > 0 ? workers : 1;
    pass.workers = arena_array(scratch, workers, sizeof *pass.workers);
    if (pass.workers == NULL || pass_order(scratch, &pass) != STATUS_OK) {
        return ctx_no_memory(ctx);
    }
    for (unsigned i = 0; i < workers; i++) {
        if (worker_create(scratch, frame, grouping->group_count, purpose->with_sums, &pass.workers[i]) != STATUS_OK) {
            return ctx_no_memory(ctx);
        }
    }
    enum status status = pool_run(ctx, pieces, run_piece, &pass);
    for (unsigned i = 1; i < workers && status == STATUS_OK; i++) {
        totals_merge(&pass.workers[0].totals, &pass.workers[i].totals);
    }
    struct run_worker *first = pass.workers;
    *out = &first->totals;
    return status == STATUS_CANCELLED ? ctx_cancelled(ctx) : status;
}

struct cluster_sums run_result_sums(const struct run_result *runs, uint32_t group, uint32_t variable)
{
    const struct run_totals *totals = runs->clusters;
    if (totals == NULL) {
        return (struct cluster_sums){.clusters = 0};
    }
    const struct run_sums *sums = &totals->sums[(size_t)group * totals->summed + variable];
    return (struct cluster_sums){.clusters = totals->counts[(size_t)group * totals->variable_count + variable],
                                 .aa = long_sum_wide(&sums->aa),
                                 .ab = long_sum_wide(&sums->ab),
                                 .bb = long_sum_wide(&sums->bb)};
}

uint64_t run_result_respondents(const struct run_result *runs, uint32_t group, uint32_t variable, uint64_t n)
{
    const struct run_totals *totals = runs->respondents;
    return totals == NULL ? n : totals->counts[(size_t)group * totals->variable_count + variable];
}
