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

/* Adds a code to the steps of an item, `sign` times.
 * takes   turned  what the code is taken from when the item is reversed; 0 = as it is */
static void code_count(struct case_item *item, unsigned which, int32_t sign, uint32_t turned)
{
    item->times[which] = turned ? -sign : sign;
    item->base += sign * (int32_t)turned;
}

/* Where the answers to an item stand, and what its steps are made of. */
static struct case_item item_source_of(const struct answers *answers, const struct case_variable *variable, uint32_t item)
{
    const struct study *study = answers->study;
    const struct scale *scale = case_source_scale(study, variable, item);
    bool both = variable->gap || variable->paired, difference = variable->gap || variable->of == CASE_SHORTFALL;
    const enum standard standards[2] = {both ? STANDARD_EXPECTATION : variable->standard, STANDARD_PERCEPTION};
    struct case_item source = {.step = decimal_to_double(scale->step),
                               .range = (double)(scale->steps - 1) * decimal_to_double(scale->step)};
    source.slot[0] = answers_slot(answers, standards[0], item);
    source.slot[1] = both || difference ? answers_slot(answers, standards[1], item) : source.slot[0];
    const uint32_t turned[2] = {case_turned(study, standards[0], item), case_turned(study, standards[1], item)};
    if (difference) {
        code_count(&source, 0, -1, turned[0]);
        code_count(&source, 1, 1, turned[1]);
        return source;
    }
    unsigned which = both && variable->standard != STANDARD_EXPECTATION;
    code_count(&source, which, 1, turned[which]);
    source.base -= 1;
    return source;
}

/* The items of a dimension (UINT32_MAX: all), or one item, that the variable can use.
 * gives   *blank  not_asked or mixed_scales */
static enum status source_of_items(struct ctx *ctx, const struct answers *answers, const struct case_variable *variable,
                                   uint32_t dimension, struct case_score *out, enum reason *blank)
{
    const struct study *study = answers->study;
    struct case_item *sources = arena_array(ctx->arena, study->item_count + 1u, sizeof *sources);
    if (!sources)
        return ctx_no_memory(ctx);
    *out = (struct case_score){.sources = sources};
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
        sources[out->item_count++] = item_source_of(answers, variable, i);
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

/* The values of an outcome's codes.
 * fails   STATUS_MEMORY */
static enum status outcome_values_make(struct ctx *ctx, const struct study *study, struct case_source *out)
{
    const struct outcome *outcome = &study->columns.outcomes[out->variable->index];
    if (outcome->kind != OUTCOME_SCALE)
        return STATUS_OK;
    double *values = arena_array(ctx->arena, outcome->scale.steps + 1u, sizeof *values);
    if (!values)
        return ctx_no_memory(ctx);
    for (uint32_t code = 1; code <= outcome->scale.steps; code++)
        values[code] = scale_value(&outcome->scale, code);
    out->outcome_values = values;
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
    if (variable->of == CASE_OUTCOME)
        return outcome_values_make(ctx, study, out);
    if (variable->of == CASE_SOURCE || variable->of == CASE_ARM)
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
