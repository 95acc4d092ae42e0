/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pair/pairing.h"

#include "base/pool.h"
#include "base/progress.h"
#include "base/work_count.h"
#include "pair/case_turns.h"
#include "pair/pair_plain.h"
#include "pair/pair_quality.h"
#include "pair/pair_strata.h"
#include "pair/pair_tallies.h"

#define SLICE_CHUNKS 256u /* a million encounters between two looks at the progress bar */

/* What is tallied: everybody, and with NEED_KEPT everybody but straight-liners. */
enum layer { LAYER_ALL, LAYER_KEPT, LAYER_COUNT };

/* One thread's share. */
struct pair_worker {
    struct arena *arena;
    struct pair_row row;
    struct pair_quality quality;
    struct pair_tallies *sets[LAYER_COUNT]; /* [set_count] each; NULL when the layer is not tallied */
};

/* All that the workers share. */
struct pair_pass {
    const struct pair_frame *frame;
    const struct pair_frame *frames[LAYER_COUNT]; /* the first is `frame`; NULL when the layer is not tallied */
    const struct pair_grouping *groupings;
    struct pair_worker **workers; /* each in memory of its own, so that no two share a line of the cache */
    unsigned worker_count;
    bool plain; /* rows are read by `rows` */
    struct pair_plain rows;
    size_t first_chunk; /* of the slice */
};

/* Adds the row that the worker holds to every by-set that is counted. */
static enum status row_add(const struct pair_pass *pass, struct pair_worker *worker, enum layer layer)
{
    enum status status = STATUS_OK;
    for (uint32_t set = 0; set < pass->frame->plan->set_count && status == STATUS_OK; set++) {
        if (pass->groupings[set].source == set) {
            status = pair_tallies_add(&worker->sets[layer][set], pass->frames[layer], &worker->row);
        }
    }
    return status;
}

/* Counts a row's pairs in every by-set of a layer. */
static void plain_add(const struct pair_pass *pass, struct pair_worker *worker, enum layer layer, const struct plain_row *row,
                      bool usable)
{
    for (uint32_t set = 0; set < pass->frame->plan->set_count; set++) {
        if (pass->groupings[set].source == set) {
            pair_tallies_add_plain(&worker->sets[layer][set], &worker->row, row->cells, usable ? pass->rows.items : 0);
        }
    }
}

/* Counts rows that pair_plain has read.
 * takes   first  their place in the worker's chunk */
static void plain_rows_add(const struct pair_pass *pass, struct pair_worker *worker, uint32_t first, uint32_t count,
                           const struct plain_row *rows)
{
    bool available = pass->frame->plan->policy == PAIRS_AVAILABLE;
    for (uint32_t i = 0; i < count; i++) {
        const struct plain_row *row = &rows[i];
        bool straight = pair_quality_count(&worker->quality, &row->sides);
        bool usable = available || row->both == pass->rows.items;
        pair_quality_pairs(&worker->quality, row->both);
        worker->row.at = first + i;
        plain_add(pass, worker, LAYER_ALL, row, usable);
        if (!straight && pass->frames[LAYER_KEPT] != NULL) {
            plain_add(pass, worker, LAYER_KEPT, row, usable);
        }
    }
}

/* All rows of a chunk, as they lie. */
static void plain_chunk(const struct pair_pass *pass, struct pair_worker *worker, size_t chunk, uint32_t count)
{
    struct plain_row rows[PLAIN_ROWS];
    worker->row.chunk = &pass->frame->answers->chunks[chunk];
    const uint8_t *codes = worker->row.chunk->codes, *end = codes + (size_t)count * pass->rows.row_bytes;
    for (uint32_t first = 0; first < count; first += PLAIN_ROWS) {
        uint32_t here = count - first < PLAIN_ROWS ? count - first : PLAIN_ROWS;
        pair_plain_read(kernel_current(), &pass->rows, codes + (size_t)first * pass->rows.row_bytes, end, here, rows);
        plain_rows_add(pass, worker, first, here, rows);
    }
}

static enum status pair_chunk(void *state, size_t chunk, unsigned index)
{
    struct pair_pass *pass = state;
    const struct pair_frame *frame = pass->frame;
    struct pair_worker *worker = pass->workers[index];
    size_t here = pass->first_chunk + chunk;
    uint32_t rows = pair_frame_rows(frame, here);
    work_add(WORK_ENCOUNTERS_TALLIED, rows);
    enum status status = STATUS_OK;
    if (pass->plain) {
        plain_chunk(pass, worker, here, rows);
        return STATUS_OK;
    }
    for (uint32_t row = 0; row < rows && status == STATUS_OK; row++) {
        pair_row_load(frame, (uint32_t)(here * ANSWERS_CHUNK_ROWS) + row, &worker->row);
        bool straight = pair_quality_add(&worker->quality, frame, &worker->row);
        pair_row_prepare(frame, &worker->row);
        pair_quality_pairs(&worker->quality, worker->row.pair_count);
        status = row_add(pass, worker, LAYER_ALL);
        if (status == STATUS_OK && !straight && pass->frames[LAYER_KEPT] != NULL) {
            status = row_add(pass, worker, LAYER_KEPT);
        }
    }
    return status;
}

static enum status layer_create(struct arena *arena, const struct pair_pass *pass, const struct pair_frame *frame,
                                struct pair_tallies **out)
{
    uint32_t sets = frame->plan->set_count;
    *out = arena_array(arena, (size_t)sets + 1, sizeof **out);
    enum status status = *out == NULL ? STATUS_MEMORY : STATUS_OK;
    for (uint32_t set = 0; set < sets && status == STATUS_OK; set++) {
        if (pass->groupings[set].source == set) {
            status = pair_tallies_create(arena, frame, &pass->groupings[set], *out + set);
        }
    }
    return status;
}

/* Whether no by-set counts blocks row by row. */
static bool all_in_tiles(const struct pair_pass *pass, const struct pair_tallies *sets)
{
    bool all = true;
    for (uint32_t set = 0; set < pass->frame->plan->set_count; set++) {
        all = all && (pass->groupings[set].source != set || sets[set].tile.rows_most > 0);
    }
    return all;
}

static enum status worker_create(struct arena *scratch, struct pair_pass *pass, struct pair_worker **out)
{
    struct arena *own;
    if (arena_create(scratch, &own) != STATUS_OK) {
        return STATUS_MEMORY;
    }
    struct pair_worker *worker = arena_alloc(own, sizeof *worker);
    *out = worker;
    if (worker == NULL || pair_row_create(own, pass->frame, &worker->row) != STATUS_OK) {
        return STATUS_MEMORY;
    }
    worker->arena = own;
    enum status status = STATUS_OK;
    for (unsigned layer = 0; layer < LAYER_COUNT && status == STATUS_OK; layer++) {
        if (pass->frames[layer] != NULL) {
            status = layer_create(own, pass, pass->frames[layer], &worker->sets[layer]);
        }
    }
    worker->row.in_tiles = status == STATUS_OK && all_in_tiles(pass, worker->sets[LAYER_ALL]);
    return status;
}

/* What all groups of all by-sets take, with one worker; each further worker takes as much again. */
static uint64_t pass_bytes(const struct pair_pass *pass)
{
    uint64_t bytes = 0;
    for (unsigned layer = 0; layer < LAYER_COUNT; layer++) {
        const struct pair_frame *frame = pass->frames[layer];
        for (uint32_t set = 0; frame != NULL && set < frame->plan->set_count; set++) {
            uint32_t groups = pass->groupings[set].group_count;
            bytes += pair_tallies_bytes(frame, groups);
            bytes += frame->clustered || frame->stratified ? run_totals_bytes(frame, groups) : 0;
        }
    }
    return bytes;
}

/* Fewer threads when their tallies would not fit; a sentence when not even one would. */
static enum status pass_workers(struct ctx *ctx, struct pair_pass *pass)
{
    uint64_t bytes = pass_bytes(pass);
    uint64_t most = bytes == 0 ? THREADS_MAX : TALLY_BYTES_MAX / bytes;
    if (most == 0) {
        return ctx_fail(ctx, STATUS_DATA, NULL,
                        "The tables asked for need %.1f GB to count these groups, and %.1f GB are the most; ask for fewer "
                        "segments or tables at a time.",
                        (double)bytes / 1e9, (double)TALLY_BYTES_MAX / 1e9);
    }
    unsigned workers = pool_workers(ctx, pass->frame->answers->chunk_count);
    pass->worker_count = workers == 0 ? 1 : workers > most ? (unsigned)most : workers;
    return STATUS_OK;
}

/* pool_run asks ctx how many threads it may use; this one may be allowed fewer. */
static enum status pass_run(struct ctx *ctx, struct pair_pass *pass)
{
    size_t chunks = pass->frame->answers->chunk_count;
    unsigned threads = ctx->threads;
    enum status status = STATUS_OK;
    progress_begin(ctx->progress, "Pairing", pass->frame->answers->encounter_count);
    ctx->threads = pass->worker_count;
    for (size_t first = 0; first < chunks && status == STATUS_OK; first += SLICE_CHUNKS) {
        size_t count = chunks - first < SLICE_CHUNKS ? chunks - first : SLICE_CHUNKS;
        pass->first_chunk = first;
        status = pool_run(ctx, count, pair_chunk, pass);
        progress_update(ctx->progress, (uint64_t)(first + count) * ANSWERS_CHUNK_ROWS);
    }
    ctx->threads = threads;
    progress_end(ctx->progress);
    return status == STATUS_CANCELLED ? ctx_cancelled(ctx) : status == STATUS_MEMORY ? ctx_no_memory(ctx) : status;
}

/* Fills a by-set that was not counted from the one that has all of its segments. */
static enum status set_derive(struct arena *scratch, struct pair_pass *pass, enum layer layer, uint32_t set)
{
    const struct pair_grouping *grouping = &pass->groupings[set];
    const struct pair_frame *frame = pass->frames[layer];
    struct pair_tallies *tallies = pass->workers[0]->sets[layer];
    const uint32_t *map = pair_grouping_map(scratch, &pass->groupings[grouping->source], grouping);
    if (map == NULL || pair_tallies_create(scratch, frame, grouping, &tallies[set]) != STATUS_OK) {
        return STATUS_MEMORY;
    }
    return pair_tallies_merge(&tallies[set], &tallies[grouping->source], frame, map);
}

/* Brings one layer together in the first worker. */
static enum status layer_merge(struct arena *scratch, struct pair_pass *pass, enum layer layer)
{
    const struct pair_frame *frame = pass->frames[layer];
    enum status status = STATUS_OK;
    for (uint32_t set = 0; set < frame->plan->set_count; set++) {
        for (unsigned i = 1; i < pass->worker_count && pass->groupings[set].source == set && status == STATUS_OK; i++) {
            status = pair_tallies_merge(&pass->workers[0]->sets[layer][set], &pass->workers[i]->sets[layer][set], frame, NULL);
        }
    }
    for (uint32_t set = 0; set < frame->plan->set_count && status == STATUS_OK; set++) {
        status = pass->groupings[set].source == set ? STATUS_OK : set_derive(scratch, pass, layer, set);
    }
    return status;
}

/* Brings everything together in the first worker, which remains alone. */
static enum status pass_merge(struct arena *scratch, struct pair_pass *pass)
{
    enum status status = STATUS_OK;
    for (unsigned i = 1; i < pass->worker_count; i++) {
        pair_quality_merge(&pass->workers[0]->quality, &pass->workers[i]->quality);
    }
    for (unsigned layer = 0; layer < LAYER_COUNT && status == STATUS_OK; layer++) {
        status = pass->frames[layer] == NULL ? STATUS_OK : layer_merge(scratch, pass, (enum layer)layer);
    }
    while (pass->worker_count > 1) {
        arena_destroy(pass->workers[--pass->worker_count]->arena);
    }
    return status;
}

/* Decides whether rows can be read as they lie: whether each layer counts nothing but pairs, in the same cells. */
static void pass_plain(struct pair_pass *pass)
{
    pass->plain = true;
    for (unsigned layer = 0; layer < LAYER_COUNT; layer++) {
        for (uint32_t set = 0; pass->frames[layer] != NULL && set < pass->frame->plan->set_count; set++) {
            bool counted = pass->groupings[set].source == set;
            pass->plain = pass->plain &&
                          (!counted || pair_plain_make(pass->frames[layer], &pass->workers[0]->sets[layer][set], &pass->rows));
        }
    }
}

static enum status pass_count(struct ctx *ctx, struct arena *scratch, struct pair_pass *pass)
{
    enum status status = pass_workers(ctx, pass);
    if (status != STATUS_OK) {
        return status;
    }
    pass->workers = arena_array(scratch, pass->worker_count, sizeof *pass->workers);
    if (pass->workers == NULL) {
        return ctx_no_memory(ctx);
    }
    for (unsigned i = 0; i < pass->worker_count; i++) {
        if (worker_create(scratch, pass, &pass->workers[i]) != STATUS_OK) {
            return ctx_no_memory(ctx);
        }
    }
    pass_plain(pass);
    status = pass_run(ctx, pass);
    if (status == STATUS_OK && pass_merge(scratch, pass) != STATUS_OK) {
        return ctx_no_memory(ctx);
    }
    return status;
}

/* One ordered pass for the design, another for respondents who repeat unless they are the design and it has no strata. */
static enum status runs_make(struct ctx *ctx, struct arena *scratch, const struct pair_frame *frame,
                             const struct pair_grouping *grouping, struct run_result *out)
{
    struct run_purpose purpose = {.key = run_key_of_design(frame), .with_sums = true};
    struct run_totals *totals;
    enum status status = STATUS_OK;
    *out = (struct run_result){.design = NULL};
    if (frame->clustered || frame->stratified) {
        status = run_totals_make(ctx, scratch, frame, grouping, &purpose, &totals);
        out->design = status == STATUS_OK ? totals : NULL;
    }
    if (status == STATUS_OK && frame->repeats && purpose.key == RUN_RESPONDENT && !frame->stratified) {
        out->respondents = out->design;
    } else if (status == STATUS_OK && frame->repeats) {
        purpose = (struct run_purpose){.key = RUN_RESPONDENT, .with_sums = false};
        status = run_totals_make(ctx, scratch, frame, grouping, &purpose, &totals);
        out->respondents = status == STATUS_OK ? totals : NULL;
    }
    return status;
}

/* The groups of every by-set.
 * gives   *out  [set_count] in ctx->arena; NULL when the layer is not tallied */
static enum status sets_finish(struct ctx *ctx, struct arena *scratch, const struct pair_pass *pass, enum layer layer,
                               struct group_set **out)
{
    const struct pair_frame *frame = pass->frames[layer];
    enum status status = STATUS_OK;
    *out = NULL;
    if (frame == NULL) {
        return STATUS_OK;
    }
    struct group_set *sets = arena_array(ctx->arena, (size_t)frame->plan->set_count + 1, sizeof *sets);
    if (sets == NULL) {
        return ctx_no_memory(ctx);
    }
    for (uint32_t set = 0; set < frame->plan->set_count && status == STATUS_OK; set++) {
        struct arena *own; /* the order of each by-set is given back before the next */
        struct run_result runs;
        if (arena_create(scratch, &own) != STATUS_OK) {
            return ctx_no_memory(ctx);
        }
        status = runs_make(ctx, own, frame, &pass->groupings[set], &runs);
        if (status == STATUS_OK) {
            status = pair_tallies_finish(ctx, own, frame, &pass->workers[0]->sets[layer][set], &runs, &sets[set]);
        }
        arena_destroy(own);
    }
    *out = sets;
    return status;
}

/* The encounters themselves, for measures of whole persons. */
static enum status cases_finish(struct ctx *ctx, struct arena *scratch, const struct pair_pass *pass, struct group_set *sets,
                                struct case_turns **turns)
{
    *turns = NULL;
    return pair_frame_needs(pass->frame, NEED_CASES) ? case_turns_open(ctx, scratch, pass->frame, pass->groupings, sets, turns)
                                                     : STATUS_OK;
}

/* The clusters of the whole design; with strata a cluster counts in each stratum that it stands in. */
static uint64_t design_clusters(const struct pair_frame *frame, uint64_t units)
{
    if (!frame->clustered) {
        return 0;
    }
    if (frame->stratified) {
        return units;
    }
    return frame->study->columns.cluster != NULL ? frame->answers->cluster_count : frame->answers->respondent_count;
}

static enum status pairs_fill(struct ctx *ctx, struct arena *scratch, struct pair_pass *pass, struct pairs *out)
{
    const struct pair_frame *frame = pass->frame;
    const struct answers *answers = frame->answers;
    const struct stratum *strata = NULL;
    uint64_t units = 0;
    struct group_set *sets, *kept;
    struct case_turns *turns;
    enum status status = pass_count(ctx, scratch, pass);
    if (status == STATUS_OK) {
        status = sets_finish(ctx, scratch, pass, LAYER_ALL, &sets);
    }
    if (status == STATUS_OK) {
        status = sets_finish(ctx, scratch, pass, LAYER_KEPT, &kept);
    }
    if (status == STATUS_OK) {
        status = cases_finish(ctx, scratch, pass, sets, &turns);
    }
    if (status == STATUS_OK) {
        status = pair_strata_count(ctx, scratch, frame, &strata, &units);
    }
    if (status != STATUS_OK) {
        return status;
    }
    *out = (struct pairs){.study = frame->study,
                          .answers = answers,
                          .plan = frame->plan,
                          .repeats = frame->repeats,
                          .clustered = frame->clustered,
                          .clusters = design_clusters(frame, units),
                          .stratified = frame->stratified,
                          .stratum_count = frame->stratum_count,
                          .strata = strata,
                          .stratum_places = frame->strata,
                          .set_count = frame->plan->set_count,
                          .sets = sets,
                          .turns = turns,
                          .kept = kept};
    uint64_t respondents = frame->repeats ? answers->respondent_count : answers->encounter_count;
    pair_quality_finish(&pass->workers[0]->quality, frame, respondents, &out->pairing);
    return STATUS_OK;
}

/* The frame of those who are no straight-liners: fewer tallies, of the same scores. */
static enum status kept_frame_create(struct ctx *ctx, const struct pair_frame *frame, const struct pair_frame **out)
{
    *out = NULL;
    if (!pair_frame_needs(frame, NEED_KEPT)) {
        return STATUS_OK;
    }
    const struct pair_frame *made = NULL;
    struct pair_frame *kept = arena_alloc(ctx->arena, sizeof *kept);
    struct plan *plan = arena_alloc(ctx->arena, sizeof *plan);
    if (kept == NULL || plan == NULL) {
        return ctx_no_memory(ctx);
    }
    *plan = *frame->plan;
    plan->needs &= NEED_PAIRS | NEED_COMPOSITES;
    enum status status = pair_frame_create(ctx, frame->answers, plan, &made);
    if (status != STATUS_OK) {
        return status;
    }
    *kept = *made;
    kept->kept_only = true;
    *out = kept;
    return STATUS_OK;
}

enum status pairs_make(struct ctx *ctx, const struct answers *answers, const struct plan *plan, const struct pairs **out)
{
    struct arena *scratch;
    struct pair_grouping *groupings = NULL;
    struct pair_pass pass = {.frame = NULL};
    struct pairs *pairs = arena_alloc(ctx->arena, sizeof *pairs);
    if (pairs == NULL || arena_create(ctx->arena, &scratch) != STATUS_OK) {
        return ctx_no_memory(ctx);
    }
    enum status status = pair_frame_create(ctx, answers, plan, &pass.frame);
    if (status == STATUS_OK) {
        status = pair_groupings_make(ctx, scratch, pass.frame, &groupings);
    }
    if (status == STATUS_OK) {
        status = kept_frame_create(ctx, pass.frame, &pass.frames[LAYER_KEPT]);
    }
    if (status == STATUS_OK) {
        pass.frames[LAYER_ALL] = pass.frame;
        pass.groupings = groupings;
        status = pairs_fill(ctx, scratch, &pass, pairs);
    }
    arena_destroy(scratch);
    *out = pairs;
    return status;
}
