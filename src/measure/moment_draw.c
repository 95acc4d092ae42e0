/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/moment_draw.h"

#include "measure/resample_job.h"
#include "numeric/resample_interval.h"

/* FNV-1a over a text and a mark of its end. */
static uint64_t name_mix(uint64_t hash, const char *name)
{
    for (const char *at = name ? name : ""; *at; at++)
        hash = (hash ^ (unsigned char)*at) * UINT64_C(0x100000001B3);
    return (hash ^ 0xFF) * UINT64_C(0x100000001B3);
}

uint64_t draw_stream(const struct measuring *measuring, uint32_t group, const char *const *names, size_t count)
{
    const struct group_set *set = measuring->set;
    uint64_t hash = UINT64_C(0xCBF29CE484222325);
    for (size_t i = 0; i < count; i++)
        hash = name_mix(hash, names[i]);
    for (uint32_t s = 0; s < set->by.segment_count; s++)
        hash = name_mix(hash, pairs_value_text(measuring->pairs, set, &set->groups[group], s));
    return hash;
}

/* What the workers share, and their rooms. */
struct moment_work {
    const struct moment_figures *figures;
    struct moment_groups groups;
    size_t room; /* doubles of one worker */
    double *rooms;
};

/* The figures of one draw. */
static enum undefined work_compute(void *state, unsigned worker, const uint32_t *times, double *out)
{
    const struct moment_work *work = state;
    size_t columns = work->groups.columns;
    double *covariance = work->rooms + worker * work->room, *gather = covariance + columns * columns;
    double rows = moment_groups_gather(&work->groups, times, gather, covariance);
    return work->figures->compute(work->figures->state, covariance, rows, gather + moment_groups_room(columns), out);
}

enum status moment_draw_run(struct ctx *ctx, const struct measuring *measuring, const struct case_matrix *matrix,
                            const struct moment_draw *draw, struct moment_drawn *out)
{
    struct moment_work work = {.figures = draw->figures};
    const struct moment_grouping grouping = {.units = matrix->units,
                                             .unit_count = matrix->unit_count,
                                             .seed = measuring->seed,
                                             .stream = draw->stream,
                                             .strata = matrix->strata,
                                             .stratum_count = matrix->stratum_count};
    *out = (struct moment_drawn){.estimates = arena_array(ctx->arena, draw->figures->count, sizeof *out->estimates)};
    enum status status = out->estimates ? moment_groups_of(ctx, draw->regression, &grouping, &work.groups) : ctx_no_memory(ctx);
    if (status)
        return status;
    size_t columns = work.groups.columns;
    work.room = columns * columns + moment_groups_room(columns) + draw->figures->room;
    work.rooms = arena_array(ctx->arena, resample_workers(ctx), work.room * sizeof *work.rooms);
    if (!work.rooms)
        return ctx_no_memory(ctx);
    const struct resample_design design = {
        .row_count = work.groups.count, .strata = work.groups.strata, .stratum_count = matrix->stratum_count};
    const struct resample_figures figures = {.state = &work, .count = draw->figures->count, .compute = work_compute};
    const struct resample_plan plan = {
        .replicates = draw->replicates, .seed = measuring->seed, .stream = draw->stream, .what = "Drawing samples again"};
    status = resample_original(ctx, &design, &figures, out->estimates, &out->undefined);
    if (!status && !out->undefined && matrix->strata)
        status = resample_strata_check(ctx, matrix, &out->blank);
    if (status || out->undefined || out->blank || !draw->replicates)
        return status;
    return resample_bootstrap(ctx, &design, &figures, &plan, &out->replicates);
}

enum status moment_interval_find(struct ctx *ctx, const struct measuring *measuring, const struct moment_drawn *drawn,
                                 size_t figure, bool shifted, struct value ends[2])
{
    const struct resample_sample sample = {.estimate = drawn->estimates[figure],
                                           .bootstrap = &drawn->replicates,
                                           .figure = figure,
                                           .confidence = measuring->confidence};
    struct resample_interval interval = {.se = 0};
    enum undefined undefined = drawn->undefined;
    enum status status = STATUS_OK;
    if (!undefined && !drawn->blank)
        status = resample_interval_find(ctx, &sample, &interval, &undefined);
    if (status)
        return status;
    if (drawn->blank && !undefined) {
        ends[0] = ends[1] = value_blank(drawn->blank);
        return STATUS_OK;
    }
    double off = 0;
    for (size_t r = 0; r < drawn->replicates.kept && shifted && !undefined; r++)
        off +=
            (drawn->replicates.values[r * drawn->replicates.count + figure] - sample.estimate) / (double)drawn->replicates.kept;
    ends[0] = value_of(undefined, interval.percentile.low - off);
    ends[1] = value_of(undefined, interval.percentile.high - off);
    return STATUS_OK;
}
