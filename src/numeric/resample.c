/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/resample.h"

#include <assert.h>
#include <math.h>
#include <stdatomic.h>
#include <string.h>

#include "base/chance.h"
#include "base/pool.h"
#include "base/progress.h"
#include "numeric/resample_draw.h"

#define GROUPS_SEED   UINT64_C(0xE7037ED1A0B428DB) /* numbers of their own for the groups of a jackknife */
#define CHUNK_ROWS    (1u << 16)                   /* so much drawing between two looks at whether to stop */
#define CELL_COST     16u                          /* rows that drawing a cell takes as long as */
#define AT_ONCE       8u                           /* replicates in one go */
#define FAILED_SHARE  20u                          /* more than one in so many must be told */
#define PERMUTED_NEAR 1e-10
#define SKIPPED       ((unsigned char)UNDEFINED_COUNT) /* no replicate: an empty cell */

_Static_assert(AT_ONCE - BYTE_DRAWS_AT_ONCE == 0, "bytes come in the same pieces");
_Static_assert(AT_ONCE - BINOMIAL_LANES == 0, "and so do cells");

enum run_kind { RUN_BOOTSTRAP, RUN_JACKKNIFE, RUN_PERMUTATION };

/* What the workers share. */
struct run {
    enum run_kind kind;
    struct resample_frame frame;
    const struct resample_figures *figures;
    const struct resample_plan *plan;
    const uint32_t *given; /* permutation: labels of the entities; jackknife: the group of each, NULL = its own number */
    size_t replicates, per_chunk;
    uint32_t *times;     /* [workers × times_stride] */
    size_t times_stride; /* row_count, or that of BINOMIAL_LANES replicates of a count table */
    uint32_t *of_entity; /* [workers × entity_count] with units, else NULL */
    uint8_t *room;       /* [workers × largest stratum] for drawing; NULL where nothing is drawn from rows */
    uint8_t *bytes;      /* [workers × BYTE_DRAWS_AT_ONCE × byte_stride] where the figures can do with them; else NULL */
    size_t byte_stride;
    struct resample_frame left_out; /* jackknife in bytes: the rows of each group, as if these were strata */
    double *values;                 /* [replicates × count] */
    unsigned char *state;           /* [replicates] enum undefined, or SKIPPED */
    atomic_size_t done;
    struct progress *progress;
};

unsigned resample_workers(const struct ctx *ctx)
{
    return pool_workers(ctx, SIZE_MAX);
}

/* Each row once, each cell as often as it was counted. */
static void times_original(const struct resample_design *design, uint32_t *times)
{
    for (size_t row = 0; row < design->row_count; row++)
        times[row] = design->cell_counts ? (uint32_t)design->cell_counts[row] : 1;
}

/* The sample without one unit, one group of units, or one observation of a cell.
 * gives   false when the cell is empty */
static bool times_without(const struct run *run, size_t left_out, uint32_t *times)
{
    const struct resample_design *design = run->frame.design;
    if (design->cell_counts) {
        times_original(design, times);
        return times[left_out]-- > 0;
    }
    for (size_t row = 0; row < design->row_count; row++) {
        size_t entity = design->units ? design->units[row] : row;
        times[row] = (run->given ? run->given[entity] : entity) != left_out;
    }
    return true;
}

/* Draws, deals or leaves out. */
static bool times_make(const struct run *run, size_t replicate, const struct draw_room *room, uint32_t *times)
{
    const struct resample_design *design = run->frame.design;
    if (run->kind == RUN_JACKKNIFE)
        return times_without(run, replicate, times);
    if (run->kind == RUN_BOOTSTRAP) {
        resample_draw_times(&run->frame, run->plan, replicate, room, times);
        return true;
    }
    resample_deal(&run->frame, run->plan, replicate, run->given, design->units ? room->entity_times : times);
    if (design->units)
        resample_spread(design, room->entity_times, times);
    return true;
}

/* Draws or leaves out, in bytes.
 * gives   *total  what the times add up to; false when a row came too often for a byte */
static bool bytes_make(const struct run *run, size_t replicate, uint8_t *times, int64_t *total)
{
    size_t rows = run->frame.design->row_count;
    *total = (int64_t)rows;
    if (run->kind == RUN_BOOTSTRAP)
        return resample_draw_bytes(&run->frame, run->plan, replicate, times);
    memset(times, 1, rows);
    if (!run->given) {
        times[replicate] = 0;
        *total -= 1;
        return true;
    }
    for (size_t i = run->left_out.first[replicate]; i < run->left_out.first[replicate + 1]; i++) {
        times[run->left_out.order[i]] = 0;
        *total -= 1;
    }
    return true;
}

/* Some replicates in bytes, if they can be.
 * gives   their figures and outcomes */
static bool replicates_in_bytes(const struct run *run, size_t first, size_t count, unsigned worker)
{
    int64_t totals[BYTE_DRAWS_AT_ONCE];
    if (!run->bytes)
        return false;
    uint8_t *times = run->bytes + (size_t)worker * BYTE_DRAWS_AT_ONCE * run->byte_stride;
    for (size_t i = 0; i < count; i++) {
        if (!bytes_make(run, first + i, times + i * run->byte_stride, &totals[i]))
            return false;
    }
    const struct byte_draws draws = {times, count, run->byte_stride, totals};
    run->figures->compute_bytes(run->figures->state, worker, &draws, run->values + first * run->figures->count,
                                run->state + first);
    return true;
}

/* As many replicates of a count table as are drawn side by side.
 * gives   false when there is none, or there are fewer replicates */
static bool replicates_of_cells(const struct run *run, size_t first, size_t count, unsigned worker)
{
    const struct resample_figures *figures = run->figures;
    uint32_t *times = run->times + worker * run->times_stride;
    size_t rows = run->frame.design->row_count;
    if (run->kind != RUN_BOOTSTRAP || !run->frame.design->cell_counts || count < BINOMIAL_LANES)
        return false;
    resample_draw_cells(&run->frame, run->plan, first, times);
    for (size_t i = 0; i < BINOMIAL_LANES; i++)
        run->state[first + i] =
            (unsigned char)figures->compute(figures->state, worker, times + i * rows, run->values + (first + i) * figures->count);
    return true;
}

/* Some replicates, one after the other. */
static void replicates_in_words(const struct run *run, size_t first, size_t count, unsigned worker)
{
    uint32_t *times = run->times + worker * run->times_stride;
    const struct draw_room room = {
        .bytes = run->room ? run->room + worker * run->frame.largest : NULL,
        .entity_times = run->of_entity ? run->of_entity + worker * run->frame.entity_count : NULL,
    };
    for (size_t r = first; r < first + count; r++) {
        run->state[r] = SKIPPED;
        if (times_make(run, r, &room, times))
            run->state[r] =
                (unsigned char)run->figures->compute(run->figures->state, worker, times, run->values + r * run->figures->count);
    }
}

/* How far the bar is: its own counts replicates, the caller's the share that this run is. */
static uint64_t run_told(const struct run *run, size_t done)
{
    const struct resample_plan *plan = run->plan;
    return plan->told_share ? plan->told_before + plan->told_share * done / run->replicates : done;
}

/* The pool's work: some replicates, a few at a time. */
static enum status run_chunk(void *state, size_t chunk, unsigned worker)
{
    struct run *run = state;
    size_t first = chunk * run->per_chunk, end = first + run->per_chunk;
    if (end > run->replicates)
        end = run->replicates;
    for (size_t r = first; r < end; r += AT_ONCE) {
        size_t here = end - r < AT_ONCE ? end - r : AT_ONCE;
        if (!replicates_in_bytes(run, r, here, worker) && !replicates_of_cells(run, r, here, worker))
            replicates_in_words(run, r, here, worker);
    }
    size_t done = atomic_fetch_add(&run->done, end - first) + (end - first);
    if (worker == 0)
        progress_update(run->progress, run_told(run, done));
    return STATUS_OK;
}

/* Moves the replicates that have figures together, and counts the others. */
static void run_collect(struct run *run, struct resampled *out)
{
    size_t count = run->figures->count;
    *out = (struct resampled){.count = count, .values = run->values};
    for (size_t r = 0; r < run->replicates; r++) {
        if (run->state[r] == DEFINED) {
            if (out->kept < r)
                memmove(run->values + out->kept * count, run->values + r * count, count * sizeof *run->values);
            out->kept++;
        } else if (run->state[r] != SKIPPED) {
            if (out->failed++ == 0)
                out->failure = (enum undefined)run->state[r];
        }
    }
    out->many_failed = out->failed * FAILED_SHARE > out->kept + out->failed;
}

/* Room for times in bytes, where rows stand alone and the figures can do with them.
 * fails   STATUS_MEMORY */
static enum status bytes_room(struct ctx *ctx, struct run *run)
{
    const struct resample_design *design = run->frame.design;
    if (!run->figures->compute_bytes || run->kind == RUN_PERMUTATION || design->units || design->strata || design->cell_counts)
        return STATUS_OK;
    const struct resample_design groups = {
        .row_count = design->row_count, .strata = run->given, .stratum_count = run->replicates};
    if (run->given && resample_frame_make(ctx, &groups, &run->left_out))
        return STATUS_MEMORY;
    run->byte_stride = (design->row_count + BYTE_ROWS - 1) / BYTE_ROWS * BYTE_ROWS;
    run->bytes = arena_array(ctx->arena, (size_t)resample_workers(ctx) * BYTE_DRAWS_AT_ONCE, run->byte_stride + 1);
    return run->bytes ? STATUS_OK : ctx_no_memory(ctx);
}

/* Room for the workers and the results.
 * fails   STATUS_MEMORY */
static enum status run_room(struct ctx *ctx, struct run *run)
{
    size_t workers = resample_workers(ctx), rows = run->frame.design->row_count, count = run->figures->count;
    if (count > 0 && run->replicates > SIZE_MAX / sizeof *run->values / count)
        return ctx_no_memory(ctx);
    run->times_stride = rows * (run->frame.design->cell_counts ? BINOMIAL_LANES : 1);
    run->times = arena_array(ctx->arena, workers * run->times_stride + 1, sizeof *run->times);
    if (run->frame.design->units) {
        run->of_entity = arena_array(ctx->arena, workers * run->frame.entity_count + 1, sizeof *run->of_entity);
        if (!run->of_entity)
            return ctx_no_memory(ctx);
    }
    if (run->kind == RUN_BOOTSTRAP && !run->frame.design->cell_counts) {
        run->room = arena_array(ctx->arena, workers, run->frame.largest + 1);
        if (!run->room)
            return ctx_no_memory(ctx);
    }
    run->values = arena_array(ctx->arena, run->replicates * count + 1, sizeof *run->values);
    run->state = arena_array(ctx->arena, run->replicates + 1, sizeof *run->state);
    return run->times && run->values && run->state ? STATUS_OK : ctx_no_memory(ctx);
}

/* Does all replicates on all threads.
 * fails   STATUS_MEMORY, STATUS_CANCELLED */
static enum status run_all(struct ctx *ctx, struct run *run, struct resampled *out)
{
    enum status status = run_room(ctx, run);
    if (!status)
        status = bytes_room(ctx, run);
    if (status)
        return status;
    size_t cost = run->frame.design->row_count * (run->frame.design->cell_counts ? CELL_COST : 1);
    run->per_chunk = (1 + CHUNK_ROWS / (cost + 1) / AT_ONCE) * AT_ONCE;
    bool own_bar = run->plan->what != NULL && run->plan->told_share == 0;
    if (own_bar)
        progress_begin(ctx->progress, run->plan->what, run->replicates);
    run->progress = own_bar || run->plan->told_share > 0 ? ctx->progress : NULL;
    status = pool_run(ctx, (run->replicates + run->per_chunk - 1) / run->per_chunk, run_chunk, run);
    if (own_bar)
        progress_end(ctx->progress);
    if (!status)
        run_collect(run, out);
    return status;
}

enum status resample_original(struct ctx *ctx, const struct resample_design *design, const struct resample_figures *figures,
                              double *out, enum undefined *undefined)
{
    uint32_t *times = arena_array(ctx->arena, design->row_count + 1, sizeof *times);
    if (!times)
        return ctx_no_memory(ctx);
    times_original(design, times);
    *undefined = figures->compute(figures->state, 0, times, out);
    return STATUS_OK;
}

enum status resample_bootstrap(struct ctx *ctx, const struct resample_design *design, const struct resample_figures *figures,
                               const struct resample_plan *plan, struct resampled *out)
{
    struct run run = {.kind = RUN_BOOTSTRAP, .figures = figures, .plan = plan, .replicates = plan->replicates};
    enum status status = resample_frame_make(ctx, design, &run.frame);
    if (!status && !design->cell_counts)
        status = resample_laws_make(ctx, &run.frame);
    return status ? status : run_all(ctx, &run, out);
}

/* Puts many units into JACKKNIFE_GROUPS groups by chance; few stay alone.
 * gives   run->given and run->replicates
 * fails   STATUS_MEMORY */
static enum status groups_make(struct ctx *ctx, struct run *run)
{
    size_t entities = run->frame.entity_count;
    run->replicates = entities;
    if (run->frame.design->cell_counts || entities <= JACKKNIFE_UNITS_MAX)
        return STATUS_OK;
    uint32_t *groups = arena_array(ctx->arena, entities, sizeof *groups);
    if (!groups)
        return ctx_no_memory(ctx);
    for (size_t e = 0; e < entities; e++)
        groups[e] = (uint32_t)chance_below(run->plan->seed ^ GROUPS_SEED, run->plan->stream, e, JACKKNIFE_GROUPS);
    run->given = groups;
    run->replicates = JACKKNIFE_GROUPS;
    return STATUS_OK;
}

/* For how many observations each kept figure stands.
 * fails   STATUS_MEMORY */
static enum status weights_make(struct ctx *ctx, const struct run *run, struct resampled *out)
{
    uint64_t *weights = arena_array(ctx->arena, out->kept + 1, sizeof *weights);
    if (!weights)
        return ctx_no_memory(ctx);
    size_t kept = 0;
    for (size_t r = 0; r < run->replicates; r++) {
        if (run->state[r] == DEFINED)
            weights[kept++] = run->frame.design->cell_counts ? run->frame.design->cell_counts[r] : 1;
    }
    out->weight = weights;
    return STATUS_OK;
}

enum status resample_jackknife(struct ctx *ctx, const struct resample_design *design, const struct resample_figures *figures,
                               const struct resample_plan *plan, struct resampled *out)
{
    struct run run = {.kind = RUN_JACKKNIFE, .figures = figures, .plan = plan};
    enum status status = resample_frame_make(ctx, design, &run.frame);
    if (!status)
        status = groups_make(ctx, &run);
    if (!status)
        status = run_all(ctx, &run, out);
    return status ? status : weights_make(ctx, &run, out);
}

enum status resample_permutation(struct ctx *ctx, const struct resample_design *design, const uint32_t *labels,
                                 const struct resample_figures *figures, const struct resample_plan *plan, struct resampled *out)
{
    assert(!design->cell_counts);
    struct run run = {.kind = RUN_PERMUTATION, .figures = figures, .plan = plan, .given = labels, .replicates = plan->replicates};
    enum status status = resample_frame_make(ctx, design, &run.frame);
    return status ? status : run_all(ctx, &run, out);
}

double permutation_p(const struct resampled *resampled, size_t figure, double found)
{
    assert(resampled->kept > 0 && figure < resampled->count);
    size_t as_large = 0;
    double bound = found - PERMUTED_NEAR * fabs(found);
    for (size_t r = 0; r < resampled->kept; r++)
        as_large += resampled->values[r * resampled->count + figure] >= bound;
    return (double)(1 + as_large) / (double)(1 + resampled->kept);
}
