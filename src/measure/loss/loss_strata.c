/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/loss/loss_strata.h"

#include <string.h>

#include "measure/loss/loss_drawing.h"

/* Is the segment one of those that make the group? */
static bool makes_group(const struct measuring *measuring, uint32_t segment)
{
    for (uint32_t s = 0; s < measuring->set->by.segment_count; s++) {
        if (measuring->set->by.segments[s] == segment)
            return true;
    }
    return false;
}

/* The raw value of a row: its segment value, or captive, free, unknown. */
static uint32_t raw_value(const struct measuring *measuring, const struct stratifier *stratifier, uint32_t encounter)
{
    if (stratifier->segment != UINT32_MAX)
        return case_segment(measuring, encounter, stratifier->segment);
    double captive = 0;
    uint32_t outcome = study_outcome_of_role(measuring->pairs->study, OUTCOME_ROLE_CAPTIVE);
    if (!case_outcome(measuring, encounter, outcome, &captive))
        return NO_SEGMENT_VALUE;
    return captive > 0;
}

/* Numbers the values of all rows in order of appearance.
 * fails   STATUS_MEMORY */
static enum status levels_number(struct ctx *ctx, const struct measuring *measuring, const struct loss_cases *cases,
                                 struct stratifier *stratifier)
{
    uint32_t *number = arena_array(ctx->arena, (size_t)NO_SEGMENT_VALUE + 1, sizeof *number); /* + 1; 0 = not met yet */
    uint32_t *level = arena_array(ctx->arena, cases->matrix.rows + 1, sizeof *level);
    if (!number || !level)
        return ctx_no_memory(ctx);
    for (size_t i = 0; i < cases->matrix.rows; i++) {
        uint32_t *at = &number[raw_value(measuring, stratifier, cases->matrix.cases[i])];
        if (!*at)
            *at = ++stratifier->level_count;
        level[i] = *at - 1;
    }
    stratifier->level = level;
    return STATUS_OK;
}

enum status stratifiers_find(struct ctx *ctx, const struct measuring *measuring, const struct loss_cases *cases,
                             struct stratifiers *out)
{
    const struct study *study = measuring->pairs->study;
    *out = (struct stratifiers){.each = arena_array(ctx->arena, study->columns.segment_count + 1u, sizeof *out->each)};
    if (!out->each)
        return ctx_no_memory(ctx);
    uint32_t captive = study_outcome_of_role(study, OUTCOME_ROLE_CAPTIVE);
    if (captive != UINT32_MAX)
        out->each[out->count++] = (struct stratifier){.name = study->columns.outcomes[captive].name, .segment = UINT32_MAX};
    for (uint32_t s = 0; s < study->columns.segment_count; s++) {
        if (!makes_group(measuring, s))
            out->each[out->count++] = (struct stratifier){.name = study->columns.segments[s].column, .segment = s};
    }
    enum status status = STATUS_OK;
    for (uint32_t s = 0; s < out->count && !status; s++)
        status = levels_number(ctx, measuring, cases, &out->each[s]);
    return status;
}

/* The tables of all strata as they were drawn. */
struct strata_state {
    struct loss_drawn drawn;
    struct exposure_table *room; /* [workers × strata] */
    size_t strata;
};

/* The ratio and the fraction of what was drawn.
 * source  [F84] */
static enum undefined strata_compute(void *state, unsigned worker, const uint32_t *times, double *out)
{
    const struct strata_state *all = state;
    struct exposure_table *tables = all->room + worker * all->strata;
    memset(tables, 0, all->strata * sizeof *tables);
    double exposed = 0, events = 0;
    for (size_t i = 0; i < all->drawn.count; i++) {
        double weight = times[i] * all->drawn.weight[i];
        struct exposure_table *table = &tables[all->drawn.pattern[i]];
        double *const cells[4] = {&table->exposed_event, &table->exposed_none, &table->unexposed_event, &table->unexposed_none};
        unsigned cell = all->drawn.cell[i];
        *cells[cell] += weight;
        exposed += cell == 0 ? weight : 0;
        events += cell == 0 || cell == 2 ? weight : 0;
    }
    if (!(events > 0))
        return UNDEFINED_TOO_FEW;
    enum undefined undefined = mantel_haenszel_ratio(tables, all->strata, &out[0]);
    return undefined ? undefined : miettinen_fraction(exposed / events, out[0], &out[1]);
}

enum status stratified_loss(struct ctx *ctx, const struct measuring *measuring, const struct loss_cases *cases,
                            const struct stratifier *stratifier, struct adjusted_loss *out)
{
    struct strata_state state = {.strata = stratifier->level_count};
    state.room = arena_array(ctx->arena, resample_workers(ctx) * state.strata + 1, sizeof *state.room);
    if (!state.room)
        return ctx_no_memory(ctx);
    enum status status = loss_drawn_make(ctx, measuring, cases, stratifier->level, &state.drawn);
    const struct resample_figures figures = {.state = &state, .count = 2, .compute = strata_compute};
    out->has_ratio = true;
    return status ? status : loss_draw(ctx, measuring, &state.drawn, &figures, stratifier->name, out);
}
