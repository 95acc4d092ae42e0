/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/case_columns.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "measure/case_source.h"
#include "measure/case_units.h"

#define WEIGHT_BITS 40

/* Where one case stands. */
struct case_place {
    const struct answers_chunk *chunk;
    uint32_t row, encounter;
    const uint8_t *codes; /* its slots, of one byte each … */
    bool wide;            /* … or of two */
};

/* Where an encounter stands. */
static struct case_place place_of(const struct answers *answers, uint32_t encounter)
{
    const struct answers_chunk *chunk = &answers->chunks[encounter / ANSWERS_CHUNK_ROWS];
    uint32_t row = encounter % ANSWERS_CHUNK_ROWS;
    size_t first = (size_t)row * answers->slot_count * answers->code_bytes;
    return (struct case_place){.chunk = chunk,
                               .row = row,
                               .encounter = encounter,
                               .codes = answers->slot_count ? (const uint8_t *)chunk->codes + first : NULL,
                               .wide = answers->code_bytes != 1};
}

/* One code, turned; 0 when it is missing or was not asked. */
static inline uint32_t code_at(const struct case_place *at, const struct case_item *source, unsigned which)
{
    uint32_t slot = source->slot[which];
    if (slot == NO_SLOT)
        return 0;
    assert(at->codes != NULL);
    uint32_t code = at->wide ? ((const uint16_t *)(const void *)at->codes)[slot] : at->codes[slot];
    return code && source->turned[which] ? source->turned[which] - code : code;
}

uint32_t case_code(const struct measuring *measuring, uint32_t encounter, enum standard standard, uint32_t item)
{
    const struct answers *answers = measuring->pairs->answers;
    uint32_t slot = answers_slot(answers, standard, item);
    if (slot == NO_SLOT)
        return 0;
    uint32_t code = answers_code(answers, encounter, slot);
    const struct study *study = measuring->pairs->study;
    uint32_t turned = code ? case_turned(study, standard, item) : 0;
    return turned ? turned - code : code;
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

enum drawn_arm case_arm(const struct measuring *measuring, uint32_t encounter)
{
    struct case_place at = place_of(measuring->pairs->answers, encounter);
    return at.chunk->arms ? (enum drawn_arm)at.chunk->arms[at.row] : DRAWN_NOT;
}

/* A case's steps above the lowest point on one item: of a gap the difference of both standards.
 * gives   false when an answer is missing */
static inline bool item_steps(const struct case_variable *variable, const struct case_place *at, const struct case_item *source,
                              int64_t *out)
{
    int64_t first = code_at(at, source, 0);
    if (!variable->gap && !variable->paired) {
        *out = first - 1;
        return first != 0;
    }
    int64_t perception = code_at(at, source, 1);
    *out = variable->gap ? perception - first : variable->standard == STANDARD_EXPECTATION ? first - 1 : perception - 1;
    return first != 0 && perception != 0;
}

/* The mean of the answered items in scale points, rounded once per operation.
 * source  [F2] */
static bool score_read(const struct case_source *source, const struct case_score *score, const struct case_place *at, double *out)
{
    int64_t sum = 0, steps = 0;
    uint32_t answered = 0;
    for (uint32_t i = 0; i < score->item_count; i++) {
        if (item_steps(source->variable, at, &score->sources[i], &steps)) {
            sum += steps;
            answered++;
        }
    }
    if (!answered || answered < (score->item_count + 1) / 2)
        return false;
    double mean = (double)sum / answered * score->step;
    *out = source->variable->gap ? mean : score->lowest + mean;
    return true;
}

/* How far the answered items stand above their lowest points, in percent of how far they could.
 * source  [F60] */
static bool index_read(const struct study *study, const struct case_source *source, const struct case_place *at, double *out)
{
    const struct case_score *score = &source->scores[0];
    double above = 0, range = 0;
    uint32_t answered = 0;
    int64_t steps = 0;
    for (uint32_t i = 0; i < score->item_count; i++) {
        if (!item_steps(source->variable, at, &score->sources[i], &steps))
            continue;
        const struct scale *scale = case_source_scale(study, source->variable, score->items[i]);
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
static bool shortfall_read(const struct case_source *source, const struct case_place *at, double *out)
{
    const struct case_score *score = &source->scores[0];
    uint32_t answered = 0;
    *out = 0;
    for (uint32_t i = 0; i < score->item_count; i++) {
        uint32_t standard = code_at(at, &score->sources[i], 0);
        uint32_t perception = code_at(at, &score->sources[i], 1);
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
static bool scores_read(const struct case_source *source, const struct case_place *at, double *out)
{
    double sum = 0, one = 0;
    uint32_t there = 0;
    for (uint32_t i = 0; i < source->score_count; i++) {
        if (score_read(source, &source->scores[i], at, &one)) {
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
static bool outcome_read(const struct answers *answers, uint32_t encounter, uint32_t index, double *out)
{
    const struct outcome *outcome = &answers->study->columns.outcomes[index];
    const int64_t value = answers_outcome(answers, encounter, index);
    if (value == INT64_MIN)
        return false;
    *out = outcome->kind == OUTCOME_SCALE ? scale_value(&outcome->scale, (uint32_t)value)
                                          : decimal_to_double((struct decimal){.units = value, .places = outcome->decimals});
    return true;
}

bool case_outcome(const struct measuring *measuring, uint32_t encounter, uint32_t outcome, double *out)
{
    return outcome_read(measuring->pairs->answers, encounter, outcome, out);
}

/* A case's points for a dimension; false when they are missing. */
static bool points_read(const struct study *study, struct case_place at, uint32_t dimension, double *out)
{
    int64_t points = at.chunk->points[(size_t)at.row * study->dimension_count + dimension];
    *out = ldexp((double)points, -20);
    return points >= 0;
}

/* A case's value of any variable; false when it is missing. */
static bool value_read(const struct measuring *measuring, const struct case_source *source, const struct case_place *at,
                       double *out)
{
    const struct study *study = measuring->pairs->study;
    if (source->variable->of == CASE_OUTCOME)
        return outcome_read(measuring->pairs->answers, at->encounter, source->variable->index, out);
    if (source->variable->of == CASE_ARM) {
        *out = case_arm(measuring, at->encounter) == DRAWN_BOTH;
        return case_arm(measuring, at->encounter) != DRAWN_NOT;
    }
    if (source->variable->of == CASE_SOURCE) {
        unsigned set = case_sources(measuring, at->encounter);
        *out = set >> source->variable->index & 1u;
        return set != 0;
    }
    if (source->variable->of == CASE_POINTS)
        return points_read(study, *at, source->variable->index, out);
    if (source->variable->of == CASE_SHORTFALL)
        return shortfall_read(source, at, out);
    if (source->variable->of == CASE_INDEX)
        return index_read(study, source, at, out);
    return scores_read(source, at, out);
}

/* Reads every variable of every case; complete cases move up. */
struct gathering {
    const struct measuring *measuring;
    const struct group *group;
    const struct case_source *sources;
    size_t count;
};

/* Reads every variable of the i-th case of the group.
 * gives   row [count], or false when one is missing */
static bool case_read(const struct gathering *gathering, uint32_t i, double *row)
{
    const struct case_place at = place_of(gathering->measuring->pairs->answers, gathering->group->cases[i]);
    for (size_t j = 0; j < gathering->count; j++) {
        if (!value_read(gathering->measuring, &gathering->sources[j], &at, &row[j]))
            return false;
    }
    return true;
}

/* Fills the columns with the complete cases. */
static enum status rows_gather(struct ctx *ctx, const struct gathering *gathering, struct case_matrix *out)
{
    const struct group *group = gathering->group;
    double *wide = arena_array(ctx->arena, gathering->count * group->case_count + 1u, sizeof *wide);
    uint32_t *cases = arena_array(ctx->arena, group->case_count + 1u, sizeof *cases);
    double *row = arena_array(ctx->arena, gathering->count + 1u, sizeof *row);
    if (!wide || !cases || !row)
        return ctx_no_memory(ctx);
    for (uint32_t i = 0; i < group->case_count; i++) {
        if (!case_read(gathering, i, row))
            continue;
        for (size_t j = 0; j < gathering->count; j++)
            wide[j * group->case_count + out->rows] = row[j];
        cases[out->rows++] = group->cases[i];
    }
    for (size_t j = 1; j < gathering->count && out->rows < group->case_count; j++)
        memmove(wide + j * out->rows, wide + j * group->case_count, out->rows * sizeof *wide);
    out->values = wide;
    out->cases = cases;
    out->left_out = group->case_count - out->rows;
    return ctx_cancelled(ctx);
}

/* A case's weight. */
static double weight_of(const struct answers *answers, uint32_t encounter)
{
    struct case_place at = place_of(answers, encounter);
    return ldexp((double)at.chunk->weights[at.row], -WEIGHT_BITS);
}

/* The weights of the rows, when the design has some. */
static enum status weights_gather(struct ctx *ctx, const struct measuring *measuring, struct case_matrix *out)
{
    if (!measuring->pairs->plan->weighted)
        return STATUS_OK;
    double *weights = arena_array(ctx->arena, out->rows + 1, sizeof *weights);
    if (!weights)
        return ctx_no_memory(ctx);
    for (size_t i = 0; i < out->rows; i++)
        weights[i] = weight_of(measuring->pairs->answers, out->cases[i]);
    out->weights = weights;
    return STATUS_OK;
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
        uint32_t respondent = answers_respondent_of(answers, matrix->cases[i]);
        *out += counts[i] && !met[respondent];
        met[respondent] |= counts[i];
    }
    return STATUS_OK;
}

/* What each variable is read from.
 * gives   *sources, out->blank
 * fails   STATUS_MEMORY */
static enum status sources_make(struct ctx *ctx, const struct measuring *measuring, const struct case_variable *variables,
                                size_t count, struct case_source **sources, struct case_matrix *out)
{
    *sources = arena_array(ctx->arena, count + 1, sizeof **sources);
    *out = (struct case_matrix){.columns = count};
    enum status status = *sources ? STATUS_OK : ctx_no_memory(ctx);
    for (size_t j = 0; j < count && !status; j++) {
        status = case_source_make(ctx, measuring->pairs->answers, &variables[j], &(*sources)[j]);
        if (!status && (*sources)[j].blank && !out->blank)
            out->blank = (*sources)[j].blank;
    }
    return status;
}

enum status case_matrix_make(struct ctx *ctx, const struct measuring *measuring, const struct group *group,
                             const struct case_variable *variables, size_t count, struct case_matrix *out)
{
    struct case_source *sources = NULL;
    enum status status = sources_make(ctx, measuring, variables, count, &sources, out);
    if (status || out->blank)
        return status;
    const struct gathering gathering = {.measuring = measuring, .group = group, .sources = sources, .count = count};
    status = rows_gather(ctx, &gathering, out);
    if (!status)
        status = weights_gather(ctx, measuring, out);
    return status ? status : case_units_gather(ctx, measuring, out);
}

/* Columns on their way: each variable, then the weights. */
struct packing {
    struct number_packing **columns; /* [count + 1]; the last NULL without weights */
    uint32_t *cases;                 /* NULL: not wanted */
    double *row;                     /* [count] room */
};

/* Adds a complete case.
 * fails   STATUS_MEMORY */
static enum status row_pack(struct ctx *ctx, const struct gathering *gathering, struct packing *packing, uint32_t encounter,
                            struct case_matrix *out)
{
    size_t count = gathering->count;
    enum status status = STATUS_OK;
    for (size_t j = 0; j < count && !status; j++)
        status = number_packing_add(ctx, packing->columns[j], packing->row[j]);
    if (packing->columns[count] && !status)
        status = number_packing_add(ctx, packing->columns[count], weight_of(gathering->measuring->pairs->answers, encounter));
    if (packing->cases)
        packing->cases[out->rows] = encounter;
    out->rows++;
    return status;
}

/* Adds every complete case of the group. */
static enum status rows_pack(struct ctx *ctx, const struct gathering *gathering, struct packing *packing, struct case_matrix *out)
{
    const struct group *group = gathering->group;
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < group->case_count && !status; i++) {
        if (case_read(gathering, i, packing->row))
            status = row_pack(ctx, gathering, packing, group->cases[i], out);
    }
    out->cases = packing->cases;
    out->left_out = group->case_count - out->rows;
    return status ? status : ctx_cancelled(ctx);
}

/* Opens the columns.
 * fails   STATUS_MEMORY */
static enum status packing_open(struct ctx *ctx, const struct gathering *gathering, bool with_cases, struct packing *out)
{
    size_t count = gathering->count, rows = gathering->group->case_count;
    out->columns = arena_array(ctx->arena, count + 1, sizeof *out->columns);
    out->row = arena_array(ctx->arena, count + 1, sizeof *out->row);
    out->cases = with_cases ? arena_array(ctx->arena, rows + 1, sizeof *out->cases) : NULL;
    if (!out->columns || !out->row || (with_cases && !out->cases))
        return ctx_no_memory(ctx);
    enum status status = STATUS_OK;
    for (size_t j = 0; j < count + gathering->measuring->pairs->plan->weighted && !status; j++)
        status = number_packing_open(ctx, rows, &out->columns[j]);
    return status;
}

enum status case_matrix_pack(struct ctx *ctx, const struct measuring *measuring, const struct group *group,
                             const struct case_wish *wish, struct case_matrix *out)
{
    const struct pairs *pairs = measuring->pairs;
    struct case_source *sources = NULL;
    size_t count = wish->count;
    enum status status = sources_make(ctx, measuring, wish->variables, count, &sources, out);
    if (status || out->blank)
        return status;
    const struct gathering gathering = {.measuring = measuring, .group = group, .sources = sources, .count = count};
    struct packing packing;
    /* What rows belong to is found by their cases. */
    status = packing_open(ctx, &gathering, wish->with_cases || pairs->clustered || pairs->stratified, &packing);
    if (!status)
        status = rows_pack(ctx, &gathering, &packing, out);
    struct number_column *columns = arena_array(ctx->arena, count + 1, sizeof *columns);
    if (!status && !columns)
        status = ctx_no_memory(ctx);
    if (status)
        return status;
    for (size_t j = 0; j < count; j++)
        columns[j] = number_packing_column(packing.columns[j]);
    out->packed = columns;
    if (packing.columns[count])
        out->packed_weights = number_packing_column(packing.columns[count]);
    return case_units_gather(ctx, measuring, out);
}

double case_row_read(const void *matrix, size_t row, double *out)
{
    const struct case_matrix *packed = matrix;
    for (size_t j = 0; j < packed->columns; j++)
        out[j] = number_at(&packed->packed[j], row);
    return case_weight(packed, row);
}
