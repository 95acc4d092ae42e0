/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/chance.h"
#include "measure/priority/priority_cases.h"

#define BUNDLE_STREAM UINT64_C(0x62756E646C65) /* "bundle" */

/* The units of a group and what becomes of them. */
struct dealing {
    size_t units;
    const uint32_t *stratum_of; /* [units]; NULL = one stratum */
    size_t strata;
    uint32_t *order;  /* [units] shuffled */
    uint32_t *bundle; /* [units] */
    uint32_t *size;   /* [strata] units */
    uint32_t *first;  /* [strata] its first bundle */
    uint32_t *share;  /* [strata] its bundles */
    uint32_t *dealt;  /* [strata] units dealt so far */
};

/* The stratum of a unit. */
static uint32_t stratum_of(const struct dealing *dealing, uint32_t unit)
{
    return dealing->stratum_of ? dealing->stratum_of[unit] : 0;
}

/* How many bundles each stratum gets: as many as it has units, or its part of the most.
 * gives   bundles in all */
static uint32_t bundles_share(struct dealing *dealing)
{
    uint32_t count = 0;
    for (uint32_t u = 0; u < dealing->units; u++)
        dealing->size[stratum_of(dealing, u)]++;
    for (size_t s = 0; s < dealing->strata; s++) {
        uint64_t part = ((uint64_t)dealing->size[s] * PRIORITY_BUNDLES_MAX + dealing->units - 1) / dealing->units;
        dealing->first[s] = count;
        dealing->share[s] = part < dealing->size[s] ? (uint32_t)part : dealing->size[s];
        count += dealing->share[s];
    }
    return count;
}

/* Deals the shuffled units in turn to the bundles of their stratum; where there are few, each is a bundle of its own in the order
 * it has. */
static void units_deal(struct dealing *dealing, uint64_t seed, uint64_t stream)
{
    bool few = dealing->units <= PRIORITY_BUNDLES_MAX;
    for (uint32_t u = 0; u < dealing->units; u++)
        dealing->order[u] = u;
    for (uint32_t u = (uint32_t)dealing->units; u-- > 1 && !few;) {
        uint32_t other = (uint32_t)chance_below(seed, stream, u, (uint64_t)u + 1), kept = dealing->order[u];
        dealing->order[u] = dealing->order[other];
        dealing->order[other] = kept;
    }
    for (size_t u = 0; u < dealing->units; u++) {
        uint32_t unit = dealing->order[u], s = stratum_of(dealing, unit);
        dealing->bundle[unit] = dealing->first[s] + dealing->dealt[s]++ % dealing->share[s];
    }
}

/* Room for the dealing. */
static enum status dealing_make(struct ctx *ctx, const struct case_matrix *base, struct dealing *out)
{
    size_t strata = base->strata ? base->stratum_count : 1;
    *out = (struct dealing){.units = base->unit_count,
                            .stratum_of = base->strata,
                            .strata = strata,
                            .order = arena_array(ctx->arena, base->unit_count + 1, sizeof *out->order),
                            .bundle = arena_array(ctx->arena, base->unit_count + 1, sizeof *out->bundle),
                            .size = arena_array(ctx->arena, strata + 1, sizeof *out->size),
                            .first = arena_array(ctx->arena, strata + 1, sizeof *out->first),
                            .share = arena_array(ctx->arena, strata + 1, sizeof *out->share),
                            .dealt = arena_array(ctx->arena, strata + 1, sizeof *out->dealt)};
    bool all = out->order && out->bundle && out->size && out->first && out->share && out->dealt;
    return all ? STATUS_OK : ctx_no_memory(ctx);
}

enum status priority_bundles_make(struct ctx *ctx, const struct measuring *measuring, uint32_t index,
                                  struct priority_bundles *out)
{
    struct case_matrix base;
    struct dealing dealing;
    enum status status = case_matrix_make(ctx, measuring, &measuring->set->groups[index], NULL, 0, &base);
    if (!status)
        status = dealing_make(ctx, &base, &dealing);
    if (status)
        return status;
    uint32_t count = base.unit_count ? bundles_share(&dealing) : 0;
    units_deal(&dealing, measuring->seed, BUNDLE_STREAM);
    uint32_t *of_case = arena_array(ctx->arena, base.rows + 1, sizeof *of_case);
    uint32_t *strata = arena_array(ctx->arena, (size_t)count + 1, sizeof *strata);
    if (!of_case || !strata)
        return ctx_no_memory(ctx);
    for (size_t i = 0; i < base.rows; i++)
        of_case[i] = dealing.bundle[base.units ? base.units[i] : i];
    for (uint32_t s = 0; s < dealing.strata; s++) {
        for (uint32_t b = 0; b < dealing.share[s]; b++)
            strata[dealing.first[s] + b] = s;
    }
    *out = (struct priority_bundles){
        .count = count, .of_case = of_case, .strata = base.strata ? strata : NULL, .stratum_count = dealing.strata};
    return STATUS_OK;
}

enum status priority_rows_place(struct ctx *ctx, const struct group *group, const struct priority_bundles *bundles,
                                const struct case_matrix *matrix, const uint32_t **out)
{
    uint32_t *places = arena_array(ctx->arena, matrix->rows + 1, sizeof *places);
    if (!places)
        return ctx_no_memory(ctx);
    size_t at = 0;
    for (uint32_t i = 0; i < group->case_count && at < matrix->rows; i++) {
        if (group->cases[i] == matrix->cases[at])
            places[at++] = bundles->of_case[i];
    }
    *out = places;
    return STATUS_OK;
}
