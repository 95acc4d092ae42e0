/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/case_source.h"

/* Is a low answer to a reversed item a high one? */
static bool standard_is_turned(enum standard standard)
{
    return standard == STANDARD_EXPECTATION || standard == STANDARD_PERCEPTION || standard == STANDARD_DESIRED ||
           standard == STANDARD_MINIMUM;
}

uint32_t case_turned(const struct study *study, enum standard standard, uint32_t item)
{
    bool turned = study->items[item].reverse && standard_is_turned(standard) && study_asks(study, standard, item);
    return turned ? study_scale(study, standard, item)->steps + 1 : 0;
}

/* Both standards of a variable that compares them, or the one it is of. */
static bool item_is_asked(const struct study *study, const struct case_variable *variable, uint32_t item)
{
    if (variable->gap || variable->paired)
        return study_asks(study, STANDARD_EXPECTATION, item) && study_asks(study, STANDARD_PERCEPTION, item);
    if (variable->of == CASE_SHORTFALL && !study_asks(study, STANDARD_PERCEPTION, item))
        return false;
    return study_asks(study, variable->standard, item);
}

const struct scale *case_source_scale(const struct study *study, const struct case_variable *variable, uint32_t item)
{
    return study_scale(study, variable->gap ? STANDARD_PERCEPTION : variable->standard, item);
}

/* Where the answers to an item stand. */
static struct case_item item_source_of(const struct answers *answers, const struct case_variable *variable, uint32_t item)
{
    const struct study *study = answers->study;
    bool both = variable->gap || variable->paired;
    const enum standard standards[2] = {both ? STANDARD_EXPECTATION : variable->standard, STANDARD_PERCEPTION};
    struct case_item source = {.slot = {NO_SLOT, NO_SLOT}};
    for (unsigned i = 0; i < (both || variable->of == CASE_SHORTFALL ? 2 : 1); i++) {
        source.slot[i] = answers_slot(answers, standards[i], item);
        source.turned[i] = case_turned(study, standards[i], item);
    }
    return source;
}

/* The items of a dimension (UINT32_MAX: all), or one item, that the variable can use.
 * gives   *blank  not_asked or mixed_scales */
static enum status source_of_items(struct ctx *ctx, const struct answers *answers, const struct case_variable *variable,
                                   uint32_t dimension, struct case_score *out, enum reason *blank)
{
    const struct study *study = answers->study;
    uint32_t *items = arena_array(ctx->arena, study->item_count + 1u, sizeof *items);
    struct case_item *sources = arena_array(ctx->arena, study->item_count + 1u, sizeof *sources);
    if (!items || !sources)
        return ctx_no_memory(ctx);
    *out = (struct case_score){.items = items, .sources = sources};
    *blank = REASON_NONE;
    for (uint32_t i = 0; i < study->item_count; i++) {
        bool meant =
            variable->of == CASE_ITEM ? i == variable->index : dimension == UINT32_MAX || study->items[i].dimension == dimension;
        if (!meant || !item_is_asked(study, variable, i))
            continue;
        const struct scale *scale = case_source_scale(study, variable, i);
        if (out->scale && !scale_same(out->scale, scale) && variable->of != CASE_INDEX && variable->of != CASE_SHORTFALL)
            *blank = REASON_MIXED_SCALES;
        out->scale = scale;
        sources[out->item_count] = item_source_of(answers, variable, i);
        items[out->item_count++] = i;
    }
    if (!out->item_count)
        *blank = REASON_NOT_ASKED;
    out->lowest = out->scale ? decimal_to_double(out->scale->min) : 0;
    out->step = out->scale ? decimal_to_double(out->scale->step) : 0;
    return STATUS_OK;
}

/* The scores that an overall score is the mean of: those of the dimensions that were asked, all on one scale. */
static enum status source_of_dimensions(struct ctx *ctx, const struct answers *answers, struct case_source *source,
                                        struct case_score *scores)
{
    const struct study *study = answers->study;
    source->blank = REASON_NOT_ASKED;
    for (uint32_t d = 0; d < study->dimension_count; d++) {
        enum reason blank = REASON_NONE;
        struct case_score *score = &scores[source->score_count];
        enum status status = source_of_items(ctx, answers, source->variable, d, score, &blank);
        if (status)
            return status;
        if (blank == REASON_NOT_ASKED)
            continue;
        if (blank == REASON_MIXED_SCALES || !scale_same(scores[0].scale, score->scale)) {
            source->blank = REASON_MIXED_SCALES;
            return STATUS_OK;
        }
        source->blank = REASON_NONE;
        source->score_count++;
    }
    return STATUS_OK;
}

enum status case_source_make(struct ctx *ctx, const struct answers *answers, const struct case_variable *variable,
                             struct case_source *out)
{
    const struct study *study = answers->study;
    struct case_score *scores = arena_array(ctx->arena, study->dimension_count + 1u, sizeof *scores);
    if (!scores)
        return ctx_no_memory(ctx);
    *out = (struct case_source){.variable = variable, .scores = scores};
    if (variable->of == CASE_OUTCOME || variable->of == CASE_SOURCE || variable->of == CASE_ARM)
        return STATUS_OK;
    if (variable->of == CASE_POINTS) {
        out->blank = study->columns.importance == IMPORTANCE_POINTS ? REASON_NONE : REASON_NOT_ASKED;
        return STATUS_OK;
    }
    if (variable->of == CASE_OVERALL)
        return source_of_dimensions(ctx, answers, out, scores);
    out->score_count = 1;
    bool of_dimension = variable->of == CASE_DIMENSION || variable->of == CASE_INDEX;
    uint32_t dimension = of_dimension ? variable->index : UINT32_MAX;
    return source_of_items(ctx, answers, variable, dimension, scores, &out->blank);
}
