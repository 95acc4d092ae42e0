/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pair/pair_runs.h"

#include <inttypes.h>

#include "base/pool.h"
#include "pair/pair_quality.h"
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
    struct run_order order;
    struct run_worker *workers;
    unsigned worker_count;
};

static void run_close(struct run_worker *worker, uint32_t cell)
{
    struct run_totals *totals = &worker->totals;
    totals->runs[cell]++;
    for (uint32_t i = 0; i < worker->touched_count; i++) {
        uint32_t variable = worker->touched[i];
        struct run_open *open = &worker->open[variable];
        totals->counts[(size_t)cell * totals->variable_count + variable]++;
        if (totals->sums != NULL && variable < totals->summed) {
            struct run_sums *sums = &totals->sums[(size_t)cell * totals->summed + variable];
            sums->a += open->a;
            sums->b += open->b;
            long_sum_add_product(&sums->aa, open->a, open->a);
            long_sum_add_product(&sums->ab, open->a, open->b);
            long_sum_add_product(&sums->bb, open->b, open->b);
        }
        *open = (struct run_open){.n = 0};
    }
    worker->touched_count = 0;
}

/* gives   whether the encounter is one that the frame counts */
static bool run_add(struct run_worker *worker, const struct pair_frame *frame, uint32_t encounter)
{
    struct run_track *track = &worker->track;
    track->count = 0;
    pair_row_load(frame, encounter, &worker->row);
    if (frame->kept_only && pair_row_straight(frame, &worker->row)) {
        return false;
    }
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
    return true;
}

/* A piece begins at its first run and ends with the run in which the next piece's first place lies. */
static enum status run_piece(void *state, size_t piece, unsigned index)
{
    struct run_pass *pass = state;
    struct run_worker *worker = &pass->workers[index];
    uint32_t count = pass->frame->answers->encounter_count;
    uint64_t at = (uint64_t)piece * PIECE_ROWS;
    uint64_t end = at + PIECE_ROWS < count ? at + PIECE_ROWS : count;
    while (at < end && !run_begins(pass->frame, &pass->order, (uint32_t)at)) {
        at++;
    }
    while (at < end) {
        uint32_t cell = pass->order.cells[at];
        bool counted = false;
        do {
            counted = run_add(worker, pass->frame, pass->order.encounters[at++]) || counted;
        } while (at < count && !run_begins(pass->frame, &pass->order, (uint32_t)at));
        if (counted) {
            run_close(worker, cell);
        }
    }
    return STATUS_OK;
}

static enum status totals_create(struct arena *arena, const struct pair_frame *frame, uint32_t cells, bool with_sums,
                                 struct run_totals *out)
{
    const struct pair_variables *v = &frame->variables;
    *out = (struct run_totals){.cell_count = cells, .variable_count = v->count, .summed = v->summed};
    out->runs = arena_array(arena, (size_t)cells + 1, sizeof *out->runs);
    out->counts = arena_array(arena, (size_t)cells * v->count + 1, sizeof *out->counts);
    if (with_sums) {
        out->sums = arena_array(arena, (size_t)cells * v->summed + 1, sizeof *out->sums);
    }
    return out->runs == NULL || out->counts == NULL || (with_sums && out->sums == NULL) ? STATUS_MEMORY : STATUS_OK;
}

uint64_t run_totals_bytes(const struct pair_frame *frame, uint32_t cell_count)
{
    return cell_count * (frame->variables.count * sizeof(uint64_t) + frame->variables.summed * sizeof(struct run_sums));
}

static enum status worker_create(struct arena *scratch, const struct pair_frame *frame, uint32_t cells, bool with_sums,
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
    return totals_create(scratch, frame, cells, with_sums, &out->totals);
}

static void totals_merge(struct run_totals *into, const struct run_totals *from)
{
    for (size_t i = 0; i < into->cell_count; i++) {
        into->runs[i] += from->runs[i];
    }
    for (size_t i = 0; i < (size_t)into->cell_count * into->variable_count; i++) {
        into->counts[i] += from->counts[i];
    }
    for (size_t i = 0; i < (size_t)into->cell_count * into->summed && into->sums != NULL; i++) {
        into->sums[i].a += from->sums[i].a;
        into->sums[i].b += from->sums[i].b;
        long_sum_merge(&into->sums[i].aa, &from->sums[i].aa);
        long_sum_merge(&into->sums[i].ab, &from->sums[i].ab);
        long_sum_merge(&into->sums[i].bb, &from->sums[i].bb);
    }
}

/* Fewer workers when their totals would not fit beside each other; a sentence when not even one's would. */
static enum status pass_workers(struct ctx *ctx, struct arena *scratch, bool with_sums, size_t pieces, struct run_pass *pass)
{
    const struct pair_frame *frame = pass->frame;
    uint64_t bytes = run_totals_bytes(frame, pass->order.cell_count);
    uint64_t most = bytes == 0 ? THREADS_MAX : TALLY_BYTES_MAX / bytes;
    if (most == 0) {
        return ctx_fail(ctx, STATUS_DATA, NULL,
                        "The groups asked for lie in %" PRIu32 " strata and need %.1f GB to count, and %.1f GB are the most; ask "
                        "for fewer segments or tables at a time.",
                        frame->stratum_count, (double)bytes / 1e9, (double)TALLY_BYTES_MAX / 1e9);
    }
    unsigned workers = pool_workers(ctx, pieces);
    pass->worker_count = workers == 0 ? 1 : workers > most ? (unsigned)most : workers;
    pass->workers = arena_array(scratch, pass->worker_count, sizeof *pass->workers);
    for (unsigned i = 0; i < pass->worker_count && pass->workers != NULL; i++) {
        if (worker_create(scratch, frame, pass->order.cell_count, with_sums, &pass->workers[i]) != STATUS_OK) {
            return ctx_no_memory(ctx);
        }
    }
    return pass->workers == NULL ? ctx_no_memory(ctx) : STATUS_OK;
}

/* Which strata a group lies in: its cells.
 * gives   [group_count + 1] first cell of each group; those of group g end before first[g + 1] */
static const uint32_t *cells_of_groups(struct arena *scratch, const struct run_order *order, uint32_t group_count)
{
    uint32_t *first = arena_array(scratch, (size_t)group_count + 2, sizeof *first);
    for (uint32_t cell = 0; cell < order->cell_count && first != NULL; cell++) {
        first[order->list[cell].group + 1]++;
    }
    for (uint32_t group = 0; group < group_count && first != NULL; group++) {
        first[group + 1] += first[group];
    }
    return first;
}

/* The strata of one variable in one group, those without a value left out. */
static uint32_t strata_give(const struct run_totals *totals, const struct run_order *order, const uint32_t cells[2],
                            uint32_t variable, struct stratum_sums *into)
{
    uint32_t count = 0;
    for (uint32_t cell = cells[0]; cell < cells[1]; cell++) {
        uint64_t clusters = totals->counts[(size_t)cell * totals->variable_count + variable];
        const struct run_sums *sums = &totals->sums[(size_t)cell * totals->summed + variable];
        if (clusters == 0) {
            continue;
        }
        into[count++] = (struct stratum_sums){.stratum = order->list[cell].stratum,
                                              .clusters = clusters,
                                              .a = sums->a,
                                              .b = sums->b,
                                              .aa = long_sum_wide(&sums->aa),
                                              .ab = long_sum_wide(&sums->ab),
                                              .bb = long_sum_wide(&sums->bb)};
    }
    return count;
}

/* Brings the cells of each group together: what is counted is added up, sums stay apart by stratum. */
static enum status totals_gather(struct ctx *ctx, struct arena *scratch, const struct run_order *order, uint32_t group_count,
                                 struct run_totals *totals)
{
    size_t variables = totals->variable_count;
    size_t summed = totals->summed;
    const uint32_t *first = cells_of_groups(scratch, order, group_count);
    uint64_t *runs = arena_array(scratch, (size_t)group_count + 1, sizeof *runs);
    uint64_t *counts = arena_array(scratch, group_count * variables + 1, sizeof *counts);
    struct run_strata *strata = arena_array(scratch, group_count * summed + 1, sizeof *strata);
    struct stratum_sums *all = arena_array(ctx->arena, order->cell_count * summed + 1, sizeof *all);
    if (first == NULL || runs == NULL || counts == NULL || strata == NULL || all == NULL) {
        return ctx_no_memory(ctx);
    }
    for (uint32_t cell = 0; cell < order->cell_count; cell++) {
        uint32_t group = order->list[cell].group;
        runs[group] += totals->runs[cell];
        for (size_t v = 0; v < variables; v++) {
            counts[group * variables + v] += totals->counts[cell * variables + v];
        }
    }
    for (uint32_t group = 0; group < group_count; group++) {
        for (size_t v = 0; v < summed; v++) {
            struct run_strata *of = &strata[group * summed + v];
            struct stratum_sums *into = all + first[group] * summed + v * (first[group + 1] - first[group]);
            *of = (struct run_strata){.count = strata_give(totals, order, first + group, (uint32_t)v, into), .sums = into};
        }
    }
    totals->runs = runs;
    totals->counts = counts;
    totals->strata = strata;
    return STATUS_OK;
}

/* pool_run asks ctx how many threads it may use; this one may be allowed fewer. */
static enum status pass_run(struct ctx *ctx, size_t pieces, struct run_pass *pass)
{
    unsigned threads = ctx->threads;
    ctx->threads = pass->worker_count;
    enum status status = pool_run(ctx, pieces, run_piece, pass);
    ctx->threads = threads;
    for (unsigned i = 1; i < pass->worker_count && status == STATUS_OK; i++) {
        totals_merge(&pass->workers[0].totals, &pass->workers[i].totals);
    }
    return status == STATUS_CANCELLED ? ctx_cancelled(ctx) : status;
}

enum status run_totals_make(struct ctx *ctx, struct arena *scratch, const struct pair_frame *frame,
                            const struct pair_grouping *grouping, const struct run_purpose *purpose, struct run_totals **out)
{
    struct run_pass pass = {.frame = frame};
    size_t pieces = (frame->answers->encounter_count + (size_t)PIECE_ROWS - 1) / PIECE_ROWS;
    bool split = purpose->with_sums && frame->stratified;
    if (run_order_make(scratch, frame, grouping, purpose->key, split, &pass.order) != STATUS_OK) {
        return ctx_no_memory(ctx);
    }
    enum status status = pass_workers(ctx, scratch, purpose->with_sums, pieces, &pass);
    if (status == STATUS_OK) {
        status = pass_run(ctx, pieces, &pass);
    }
    if (status != STATUS_OK) {
        return status;
    }
    struct run_worker *first = pass.workers;
    *out = &first->totals;
    return split ? totals_gather(ctx, scratch, &pass.order, grouping->group_count, *out) : STATUS_OK;
}

struct cluster_sums run_result_sums(const struct run_result *runs, uint32_t group, uint32_t variable)
{
    const struct run_totals *totals = runs->design;
    if (totals == NULL) {
        return (struct cluster_sums){.clusters = 0};
    }
    uint64_t clusters = totals->counts[(size_t)group * totals->variable_count + variable];
    if (totals->strata != NULL) {
        const struct run_strata *strata = &totals->strata[(size_t)group * totals->summed + variable];
        return (struct cluster_sums){.clusters = clusters, .stratum_count = strata->count, .strata = strata->sums};
    }
    const struct run_sums *sums = &totals->sums[(size_t)group * totals->summed + variable];
    return (struct cluster_sums){
        .clusters = clusters, .aa = long_sum_wide(&sums->aa), .ab = long_sum_wide(&sums->ab), .bb = long_sum_wide(&sums->bb)};
}

uint64_t run_result_respondents(const struct run_result *runs, uint32_t group, uint32_t variable, uint64_t n)
{
    const struct run_totals *totals = runs->respondents;
    return totals == NULL ? n : totals->counts[(size_t)group * totals->variable_count + variable];
}
