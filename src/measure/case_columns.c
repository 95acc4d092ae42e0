/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/case_columns.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define WEIGHT_BITS 40

/* What a score is made of. */
struct score_source {
    const struct scale *scale;
    const uint32_t *items; /* [item_count] */
    uint32_t item_count;
};

/* One variable, ready to be read. */
struct column_source {
    enum reason blank;
    const struct case_variable *variable;
    const struct score_source *scores; /* [score_count] an item or one score; for CASE_OVERALL one per dimension */
    uint32_t score_count;
};

/* Where one case stands. */
struct case_place {
    const struct answers_chunk *chunk;
    uint32_t row, encounter;
};

/* Where an encounter stands. */
static struct case_place place_of(const struct answers *answers, uint32_t encounter)
{
    return (struct case_place){
        .chunk = &answers->chunks[encounter / ANSWERS_CHUNK_ROWS], .row = encounter % ANSWERS_CHUNK_ROWS, .encounter = encounter};
}

/* Importance keeps its direction: an item asked the other way round is not less important. */
static bool standard_is_turned(enum standard standard)
{
    return standard == STANDARD_EXPECTATION || standard == STANDARD_PERCEPTION || standard == STANDARD_DESIRED ||
           standard == STANDARD_MINIMUM;
}

uint32_t case_code(const struct measuring *measuring, uint32_t encounter, enum standard standard, uint32_t item)
{
    const struct answers *answers = measuring->pairs->answers;
    uint32_t slot = answers_slot(answers, standard, item);
    if (slot == NO_SLOT)
        return 0;
    uint32_t code = answers_code(answers, encounter, slot);
    const struct study *study = measuring->pairs->study;
    if (!code || !study->items[item].reverse || !standard_is_turned(standard))
        return code;
    return study_scale(study, standard, item)->steps + 1 - code;
}

uint16_t case_segment(const struct measuring *measuring, uint32_t encounter, uint32_t segment)
{
    struct case_place at = place_of(measuring->pairs->answers, encounter);
    return at.chunk->segments[(size_t)at.row * measuring->pairs->study->columns.segment_count + segment];
}

unsigned case_sources(const struct measuring *measuring, uint32_t encounter)
{
    struct case_place at = place_of(measuring->pairs->answers, encounter);
    return at.chunk->sources ? at.chunk->sources[at.row] : 0;
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

/* The scale that a variable's figures are in the points of. */
static const struct scale *variable_scale(const struct study *study, const struct case_variable *variable, uint32_t item)
{
    return study_scale(study, variable->gap ? STANDARD_PERCEPTION : variable->standard, item);
}

/* The items of a dimension (UINT32_MAX: all), or one item, that the variable can use.
 * gives   *blank  not_asked or mixed_scales */
static enum status source_of_items(struct ctx *ctx, const struct study *study, const struct case_variable *variable,
                                   uint32_t dimension, struct score_source *out, enum reason *blank)
{
    uint32_t *items = arena_array(ctx->arena, study->item_count + 1u, sizeof *items);
    if (!items)
        return ctx_no_memory(ctx);
    *out = (struct score_source){.items = items};
    *blank = REASON_NONE;
    for (uint32_t i = 0; i < study->item_count; i++) {
        bool meant =
            variable->of == CASE_ITEM ? i == variable->index : dimension == UINT32_MAX || study->items[i].dimension == dimension;
        if (!meant || !item_is_asked(study, variable, i))
            continue;
        const struct scale *scale = variable_scale(study, variable, i);
        if (out->scale && !scale_same(out->scale, scale) && variable->of != CASE_INDEX && variable->of != CASE_SHORTFALL)
            *blank = REASON_MIXED_SCALES;
        out->scale = scale;
        items[out->item_count++] = i;
    }
    if (!out->item_count)
        *blank = REASON_NOT_ASKED;
    return STATUS_OK;
}

/* The scores that an overall score is the mean of: those of the dimensions that were asked, all on one scale. */
static enum status source_of_dimensions(struct ctx *ctx, const struct study *study, struct column_source *source,
                                        struct score_source *scores)
{
    source->blank = REASON_NOT_ASKED;
    for (uint32_t d = 0; d < study->dimension_count; d++) {
        enum reason blank = REASON_NONE;
        struct score_source *score = &scores[source->score_count];
        enum status status = source_of_items(ctx, study, source->variable, d, score, &blank);
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

/* Prepares one variable, or says why there is none. */
static enum status source_make(struct ctx *ctx, const struct study *study, const struct case_variable *variable,
                               struct column_source *out)
{
    struct score_source *scores = arena_array(ctx->arena, study->dimension_count + 1u, sizeof *scores);
    if (!scores)
        return ctx_no_memory(ctx);
    *out = (struct column_source){.variable = variable, .scores = scores};
    if (variable->of == CASE_OUTCOME || variable->of == CASE_SOURCE)
        return STATUS_OK;
    if (variable->of == CASE_POINTS) {
        out->blank = study->columns.importance == IMPORTANCE_POINTS ? REASON_NONE : REASON_NOT_ASKED;
        return STATUS_OK;
    }
    if (variable->of == CASE_OVERALL)
        return source_of_dimensions(ctx, study, out, scores);
    out->score_count = 1;
    bool of_dimension = variable->of == CASE_DIMENSION || variable->of == CASE_INDEX;
    uint32_t dimension = of_dimension ? variable->index : UINT32_MAX;
    return source_of_items(ctx, study, variable, dimension, scores, &out->blank);
}

/* A case's steps above the lowest point on one item: of a gap the difference of both standards.
 * gives   false when an answer is missing */
static bool item_steps(const struct measuring *measuring, const struct case_variable *variable, uint32_t encounter, uint32_t item,
                       int64_t *out)
{
    if (!variable->gap && !variable->paired) {
        uint32_t code = case_code(measuring, encounter, variable->standard, item);
        *out = (int64_t)code - 1;
        return code != 0;
    }
    int64_t expectation = case_code(measuring, encounter, STANDARD_EXPECTATION, item);
    int64_t perception = case_code(measuring, encounter, STANDARD_PERCEPTION, item);
    *out = variable->gap                                ? perception - expectation
           : variable->standard == STANDARD_EXPECTATION ? expectation - 1
                                                        : perception - 1;
    return expectation != 0 && perception != 0;
}

/* The mean of the answered items in scale points, rounded once per operation.
 * source  [F2] */
static bool score_read(const struct measuring *measuring, const struct column_source *source, const struct score_source *score,
                       uint32_t encounter, double *out)
{
    int64_t sum = 0, steps = 0;
    uint32_t answered = 0;
    for (uint32_t i = 0; i < score->item_count; i++) {
        if (item_steps(measuring, source->variable, encounter, score->items[i], &steps)) {
            sum += steps;
            answered++;
        }
    }
    if (!answered || answered < (score->item_count + 1) / 2)
        return false;
    double mean = (double)sum / answered * decimal_to_double(score->scale->step);
    *out = source->variable->gap ? mean : decimal_to_double(score->scale->min) + mean;
    return true;
}

/* How far the answered items stand above their lowest points, in percent of how far they could.
 * source  [F60] */
static bool index_read(const struct measuring *measuring, const struct column_source *source, uint32_t encounter, double *out)
{
    const struct score_source *score = &source->scores[0];
    double above = 0, range = 0;
    uint32_t answered = 0;
    int64_t steps = 0;
    for (uint32_t i = 0; i < score->item_count; i++) {
        if (!item_steps(measuring, source->variable, encounter, score->items[i], &steps))
            continue;
        const struct scale *scale = variable_scale(measuring->pairs->study, source->variable, score->items[i]);
        double step = decimal_to_double(scale->step);
        above += (double)steps * step;
        range += (double)(scale->steps - 1) * step;
        answered++;
    }
    if (!answered || answered < (score->item_count + 1) / 2)
        return false;
    *out = 100 * above / range;
    return true;
}

/* Did the case fall short of a standard on any item?
 * gives   false when nothing fell short and fewer than half of the items have both answers
 * source  [F84] */
static bool shortfall_read(const struct measuring *measuring, const struct column_source *source, uint32_t encounter, double *out)
{
    const struct score_source *score = &source->scores[0];
    uint32_t answered = 0;
    *out = 0;
    for (uint32_t i = 0; i < score->item_count; i++) {
        uint32_t standard = case_code(measuring, encounter, source->variable->standard, score->items[i]);
        uint32_t perception = case_code(measuring, encounter, STANDARD_PERCEPTION, score->items[i]);
        if (!standard || !perception)
            continue;
        answered++;
        if (perception < standard)
            *out = 1;
    }
    return *out > 0 || (answered && answered >= (score->item_count + 1) / 2);
}

/* One score, or the mean of several of which at least half are there.
 * source  [F2] */
static bool scores_read(const struct measuring *measuring, const struct column_source *source, uint32_t encounter, double *out)
{
    double sum = 0, one = 0;
    uint32_t there = 0;
    for (uint32_t i = 0; i < source->score_count; i++) {
        if (score_read(measuring, source, &source->scores[i], encounter, &one)) {
            sum += one;
            there++;
        }
    }
    if (!there || there < (source->score_count + 1) / 2)
        return false;
    *out = there == 1 ? sum : sum / there;
    return true;
}

/* A case's outcome; false when it is missing. */
static bool outcome_read(const struct study *study, struct case_place at, uint32_t index, double *out)
{
    const struct outcome *outcome = &study->columns.outcomes[index];
    int64_t value = at.chunk->outcomes[(size_t)at.row * study->columns.outcome_count + index];
    if (value == INT64_MIN)
        return false;
    *out = outcome->kind == OUTCOME_SCALE ? scale_value(&outcome->scale, (uint32_t)value)
                                          : decimal_to_double((struct decimal){.units = value, .places = outcome->decimals});
    return true;
}

bool case_outcome(const struct measuring *measuring, uint32_t encounter, uint32_t outcome, double *out)
{
    return outcome_read(measuring->pairs->study, place_of(measuring->pairs->answers, encounter), outcome, out);
}

/* A case's points for a dimension; false when they are missing. */
static bool points_read(const struct study *study, struct case_place at, uint32_t dimension, double *out)
{
    int64_t points = at.chunk->points[(size_t)at.row * study->dimension_count + dimension];
    *out = ldexp((double)points, -20);
    return points >= 0;
}

/* A case's value of any variable; false when it is missing. */
static bool value_read(const struct measuring *measuring, const struct column_source *source, uint32_t encounter, double *out)
{
    const struct study *study = measuring->pairs->study;
    struct case_place at = place_of(measuring->pairs->answers, encounter);
    if (source->variable->of == CASE_OUTCOME)
        return outcome_read(study, at, source->variable->index, out);
    if (source->variable->of == CASE_SOURCE) {
        unsigned set = case_sources(measuring, encounter);
        *out = set >> source->variable->index & 1u;
        return set != 0;
    }
    if (source->variable->of == CASE_POINTS)
        return points_read(study, at, source->variable->index, out);
    if (source->variable->of == CASE_SHORTFALL)
        return shortfall_read(measuring, source, encounter, out);
    if (source->variable->of == CASE_INDEX)
        return index_read(measuring, source, encounter, out);
    return scores_read(measuring, source, encounter, out);
}

/* Reads every variable of every case; complete cases move up. */
struct gathering {
    const struct measuring *measuring;
    const struct group *group;
    const struct column_source *sources;
    size_t count;
};

/* Fills the columns with the complete cases. */
static enum status rows_gather(struct ctx *ctx, const struct gathering *gathering, struct case_matrix *out)
{
    const struct group *group = gathering->group;
    double *wide = arena_array(ctx->arena, gathering->count * group->case_count + 1u, sizeof *wide);
    uint32_t *cases = arena_array(ctx->arena, group->case_count + 1u, sizeof *cases);
    if (!wide || !cases)
        return ctx_no_memory(ctx);
    for (uint32_t i = 0; i < group->case_count; i++) {
        bool complete = true;
        for (size_t j = 0; j < gathering->count && complete; j++)
            complete = value_read(gathering->measuring, &gathering->sources[j], group->cases[i],
                                  &wide[j * group->case_count + out->rows]);
        if (complete)
            cases[out->rows++] = group->cases[i];
    }
    for (size_t j = 1; j < gathering->count && out->rows < group->case_count; j++)
        memmove(wide + j * out->rows, wide + j * group->case_count, out->rows * sizeof *wide);
    out->values = wide;
    out->cases = cases;
    out->left_out = group->case_count - out->rows;
    return ctx_cancelled(ctx);
}

/* The weights of the rows, when the design has some. */
static enum status weights_gather(struct ctx *ctx, const struct measuring *measuring, struct case_matrix *out)
{
    if (!measuring->pairs->plan->weighted)
        return STATUS_OK;
    double *weights = arena_array(ctx->arena, out->rows + 1, sizeof *weights);
    if (!weights)
        return ctx_no_memory(ctx);
    for (size_t i = 0; i < out->rows; i++) {
        struct case_place at = place_of(measuring->pairs->answers, out->cases[i]);
        weights[i] = ldexp((double)at.chunk->weights[at.row], -WEIGHT_BITS);
    }
    out->weights = weights;
    return STATUS_OK;
}

/* The stratum of a case; 0 without strata. */
static uint32_t stratum_of(const struct pairs *pairs, uint32_t encounter)
{
    struct case_place at = place_of(pairs->answers, encounter);
    return pairs->stratified ? pairs->stratum_places[at.chunk->strata[at.row]] : 0;
}

/* A row beside what it belongs to. */
struct unit_row {
    uint64_t key;
    uint32_t row;
};

/* By what they belong to, then in their order. */
static int unit_row_compare(const void *a, const void *b)
{
    const struct unit_row *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return x->row < y->row ? -1 : x->row > y->row;
}

/* Numbers what the rows belong to in order of appearance.
 * takes   clusters  or respondents
 *         apart     by strata
 * gives   [rows], or NULL without memory; *count  how many there are */
static uint32_t *units_number(struct ctx *ctx, const struct measuring *measuring, const struct case_matrix *matrix, bool clusters,
                              bool apart, size_t *count)
{
    struct unit_row *list = arena_array(ctx->arena, matrix->rows + 1, sizeof *list);
    uint32_t *units = arena_array(ctx->arena, matrix->rows + 1, sizeof *units);
    *count = 0;
    if (!list || !units)
        return NULL;
    for (size_t i = 0; i < matrix->rows; i++) {
        struct case_place at = place_of(measuring->pairs->answers, matrix->cases[i]);
        uint64_t stratum = apart ? stratum_of(measuring->pairs, matrix->cases[i]) : 0;
        list[i].key = stratum << 32 | (clusters ? at.chunk->clusters : at.chunk->respondents)[at.row];
        list[i].row = (uint32_t)i;
    }
    qsort(list, matrix->rows, sizeof *list, unit_row_compare);
    /* The first row of each points at itself, the others at the first; then numbers are given in order. */
    for (size_t i = 0; i < matrix->rows; i++)
        units[list[i].row] = i > 0 && list[i].key == list[i - 1].key ? units[list[i - 1].row] : list[i].row;
    for (size_t i = 0; i < matrix->rows; i++)
        units[i] = units[i] == i ? (uint32_t)(*count)++ : units[units[i]];
    return units;
}

/* The stratum of each unit, or of each row. */
static enum status strata_gather(struct ctx *ctx, const struct measuring *measuring, struct case_matrix *out)
{
    const struct pairs *pairs = measuring->pairs;
    if (!pairs->stratified)
        return STATUS_OK;
    uint32_t *strata = arena_array(ctx->arena, out->unit_count + 1, sizeof *strata);
    if (!strata)
        return ctx_no_memory(ctx);
    uint64_t *sizes = arena_array(ctx->arena, pairs->stratum_count + 1u, sizeof *sizes);
    if (!sizes)
        return ctx_no_memory(ctx);
    for (size_t i = 0; i < out->rows; i++)
        strata[out->units ? out->units[i] : i] = stratum_of(pairs, out->cases[i]);
    for (uint32_t h = 0; h < pairs->stratum_count; h++)
        sizes[h] = pairs->strata[h].units;
    out->strata = strata;
    out->stratum_units = sizes;
    out->stratum_count = pairs->stratum_count;
    return STATUS_OK;
}

/* The clusters, strata and distinct respondents of the rows. */
static enum status units_gather(struct ctx *ctx, const struct measuring *measuring, struct case_matrix *out)
{
    const struct pairs *pairs = measuring->pairs;
    out->respondents = out->unit_count = out->rows;
    if (pairs->repeats) {
        size_t count = 0;
        out->units = units_number(ctx, measuring, out, false, false, &count);
        if (!out->units)
            return ctx_no_memory(ctx);
        out->respondents = out->unit_count = count;
    }
    if (pairs->study->columns.cluster || (pairs->repeats && pairs->stratified)) {
        out->units =
            units_number(ctx, measuring, out, pairs->study->columns.cluster != NULL, pairs->stratified, &out->unit_count);
        if (!out->units)
            return ctx_no_memory(ctx);
    }
    return strata_gather(ctx, measuring, out);
}

enum status case_respondents(struct ctx *ctx, const struct measuring *measuring, const struct case_matrix *matrix,
                             const bool *counts, uint64_t *out)
{
    const struct answers *answers = measuring->pairs->answers;
    bool *met = arena_array(ctx->arena, answers->respondent_count + 1u, sizeof *met);
    if (!met)
        return ctx_no_memory(ctx);
    *out = 0;
    for (size_t i = 0; i < matrix->rows; i++) {
        struct case_place at = place_of(answers, matrix->cases[i]);
        uint32_t respondent = at.chunk->respondents[at.row];
        *out += counts[i] && !met[respondent];
        met[respondent] |= counts[i];
    }
    return STATUS_OK;
}

enum status case_matrix_make(struct ctx *ctx, const struct measuring *measuring, const struct group *group,
                             const struct case_variable *variables, size_t count, struct case_matrix *out)
{
    struct column_source *sources = arena_array(ctx->arena, count + 1, sizeof *sources);
    *out = (struct case_matrix){.columns = count};
    enum status status = sources ? STATUS_OK : ctx_no_memory(ctx);
    for (size_t j = 0; j < count && !status; j++) {
        status = source_make(ctx, measuring->pairs->study, &variables[j], &sources[j]);
        if (!status && sources[j].blank && !out->blank)
            out->blank = sources[j].blank;
    }
    if (status || out->blank)
        return status;
    const struct gathering gathering = {.measuring = measuring, .group = group, .sources = sources, .count = count};
    status = rows_gather(ctx, &gathering, out);
    if (!status)
        status = weights_gather(ctx, measuring, out);
    return status ? status : units_gather(ctx, measuring, out);
}
