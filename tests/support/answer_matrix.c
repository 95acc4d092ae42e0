/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/answer_matrix.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "model/answers_builder.h"
#include "pair/pairing.h"

struct matrix_study {
    struct ctx ctx;
    struct study study;
    struct scale scales[2];
    struct dimension dimensions[MATRIX_ITEMS_MAX];
    uint32_t dimension_items[MATRIX_ITEMS_MAX][MATRIX_ITEMS_MAX];
    struct item items[MATRIX_ITEMS_MAX];
    const char *headers[STANDARD_COUNT][MATRIX_ITEMS_MAX];
    const char *points[MATRIX_ITEMS_MAX];
    struct segment segment;
    struct outcome outcomes[MATRIX_OUTCOMES_MAX];
    uint32_t replicates;
    const struct measure *asked[MATRIX_ITEMS_MAX];
    uint32_t asked_count;
    const char *by[1];
    struct plan plan;
    const struct pairs *pairs;
};

static const char *name_of(struct ctx *ctx, const char *prefix, unsigned number)
{
    const char *name = arena_format(ctx->arena, "%s%u", prefix, number);
    assert_non_null(name);
    return name;
}

static struct scale scale_of(const char *id, int low, int high)
{
    return (struct scale){
        .id = id, .min = {.units = low}, .max = {.units = high}, .step = {.units = 1}, .steps = (uint32_t)(high - low + 1)};
}

static void items_lay_out(struct matrix_study *study, const struct answer_matrix *matrix)
{
    assert_true(matrix->items >= 1 && matrix->items <= MATRIX_ITEMS_MAX);
    for (unsigned i = 0; i < matrix->items; i++) {
        unsigned d = matrix->dimension_of ? matrix->dimension_of[i] : 0;
        const char *name = name_of(&study->ctx, "q", i + 1);
        study->items[i] = (struct item){.id = name, .text = name, .dimension = d};
        for (unsigned s = 0; s < STANDARD_COUNT; s++)
            study->headers[s][i] = matrix->left_out[s] && matrix->left_out[s][i] ? NULL : name;
        while (study->study.dimension_count <= d) {
            unsigned at = study->study.dimension_count++;
            study->dimensions[at].id = study->points[at] =
                matrix->dimension_names ? matrix->dimension_names[at] : name_of(&study->ctx, "d", at + 1);
            study->dimensions[at].title = name_of(&study->ctx, "Dimension ", at + 1);
            study->dimensions[at].items = study->dimension_items[at];
        }
        study->dimension_items[d][study->dimensions[d].item_count++] = i;
    }
}

static void columns_lay_out(struct matrix_study *study, const struct answer_matrix *matrix)
{
    struct columns *columns = &study->study.columns;
    for (unsigned s = 0; s < STANDARD_COUNT; s++)
        columns->of_item[s] = matrix->answers[s] ? study->headers[s] : NULL;
    columns->importance = IMPORTANCE_NONE;
    if (matrix->answers[STANDARD_IMPORTANCE]) {
        columns->importance = IMPORTANCE_RATING;
        columns->importance_scale = 1;
    } else if (matrix->points) {
        columns->importance = IMPORTANCE_POINTS;
        columns->points_of_dimension = study->points;
    }
    if (matrix->segments) {
        study->segment.column = study->by[0] = "segment";
        columns->segments = &study->segment;
        columns->segment_count = 1;
    }
    for (unsigned o = 0; o < matrix->outcome_count; o++) {
        const struct matrix_outcome *from = &matrix->outcomes[o];
        study->outcomes[o] = (struct outcome){.name = from->name,
                                              .column = from->name,
                                              .kind = OUTCOME_SCALE,
                                              .role = from->role,
                                              .scale = scale_of(from->name, from->low, from->high)};
    }
    columns->outcomes = study->outcomes;
    columns->outcome_count = matrix->outcome_count;
    columns->comments = matrix->comments ? study->by : NULL;
    columns->comment_count = matrix->comments != NULL;
    columns->arm = matrix->arms ? "arm" : NULL;
    columns->sources.list = matrix->sources ? "sources" : NULL;
    columns->weight = matrix->weights ? "weight" : NULL;
    columns->cluster = matrix->clusters ? "cluster" : NULL;
    columns->strata = matrix->strata ? "stratum" : NULL;
    columns->respondent = matrix->respondents ? "respondent" : NULL;
}

static void person_add(struct matrix_study *study, const struct answer_matrix *matrix, struct answers_builder *builder,
                       unsigned i)
{
    struct answers_row row;
    bool fresh = false;
    char text[32];
    assert_int_equal(answers_add(&study->ctx, builder, &row), STATUS_OK);
    uint32_t slot = 0;
    for (unsigned s = 0; s < STANDARD_COUNT; s++) {
        int low = s > STANDARD_IMPORTANCE ? 1 : s == STANDARD_IMPORTANCE ? matrix->rating_low : matrix->low;
        for (unsigned j = 0; j < matrix->items && matrix->answers[s]; j++) {
            if (!study->headers[s][j])
                continue;
            int value = matrix->answers[s][i * matrix->items + j];
            answers_row_set(&row, slot++, value == MATRIX_MISSING ? 0 : (uint32_t)(value - low + 1));
        }
    }
    if (matrix->weights)
        *row.weight = (int64_t)llround(ldexp(matrix->weights[i], WEIGHT_FRACTION_BITS));
    for (unsigned d = 0; matrix->points && d < study->study.dimension_count; d++) {
        double points = matrix->points[i * study->study.dimension_count + d];
        row.points[d] = points < 0 ? -1 : (int64_t)llround(ldexp(points, 20));
    }
    for (unsigned o = 0; o < matrix->outcome_count; o++) {
        int value = matrix->outcomes[o].answers[i];
        outcome_set(row.outcomes, row.outcome_places[o],
                    value == MATRIX_MISSING ? INT64_MIN : value - matrix->outcomes[o].low + 1);
    }
    if (matrix->comments && matrix->comments[i])
        assert_int_equal(answers_text(&study->ctx, builder, i, "comment.why", span_of(matrix->comments[i])), STATUS_OK);
    if (matrix->arms)
        *row.arm = (uint8_t)matrix->arms[i];
    if (matrix->sources)
        *row.sources = (uint16_t)matrix->sources[i];
    if (matrix->clusters) {
        assert_true(snprintf(text, sizeof text, "c%u", matrix->clusters[i]) > 0);
        assert_int_equal(answers_cluster(&study->ctx, builder, span_of(text), row.cluster), STATUS_OK);
    }
    if (matrix->strata) {
        assert_true(snprintf(text, sizeof text, "s%u", matrix->strata[i]) > 0);
        assert_int_equal(answers_stratum(&study->ctx, builder, span_of(text), row.stratum), STATUS_OK);
    }
    if (matrix->respondents) {
        assert_true(snprintf(text, sizeof text, "r%u", matrix->respondents[i]) > 0);
        assert_int_equal(answers_respondent(&study->ctx, builder, span_of(text), row.respondent, &fresh), STATUS_OK);
    }
    if (matrix->segments)
        assert_int_equal(answers_segment_value(&study->ctx, builder, 0, span_of(matrix->segments[i]), &row.segments[0]),
                         STATUS_OK);
}

struct matrix_study *matrix_open(const struct answer_matrix *matrix, unsigned needs)
{
    struct matrix_study *study = calloc(1, sizeof *study);
    assert_non_null(study);
    assert_int_equal(arena_create(NULL, &study->ctx.arena), STATUS_OK);
    assert_true(matrix->outcome_count <= MATRIX_OUTCOMES_MAX);
    study->ctx.threads = matrix->threads ? matrix->threads : 1;
    study->replicates = matrix->replicates;
    for (const char *const *name = matrix->asked; name && *name; name++) {
        study->asked[study->asked_count] = measure_find(span_of(*name));
        assert_non_null(study->asked[study->asked_count++]);
    }
    study->scales[0] = scale_of("scale", matrix->low, matrix->high);
    study->scales[1] = scale_of("rating", matrix->rating_low,
                                matrix->rating_high > matrix->rating_low ? matrix->rating_high : matrix->rating_low + 1);
    study->study = (struct study){.title = "Matrix",
                                  .source = "matrix.json",
                                  .expectation = EXPECTATION_WILL,
                                  .asked = ASKED_BEFORE,
                                  .scales = study->scales,
                                  .scale_count = 2,
                                  .dimensions = study->dimensions,
                                  .items = study->items,
                                  .item_count = matrix->items,
                                  .decimal_mark = '.'};
    items_lay_out(study, matrix);
    columns_lay_out(study, matrix);
    struct answers_builder *builder = NULL;
    const struct answers *answers = NULL;
    assert_int_equal(answers_begin(&study->ctx, &study->study, &builder), STATUS_OK);
    for (unsigned i = 0; i < matrix->people; i++)
        person_add(study, matrix, builder, i);
    assert_int_equal(answers_end(&study->ctx, builder, &answers), STATUS_OK);
    study->plan = (struct plan){.study = &study->study, .needs = needs, .weighted = matrix->weights != NULL, .set_count = 1};
    if (matrix->segments) {
        study->plan.sets[1] = (struct by_set){.segments = {0}, .segment_count = 1};
        study->plan.set_count = 2;
    }
    if (pairs_make(&study->ctx, answers, &study->plan, &study->pairs) != STATUS_OK)
        fail_msg("pairs_make: %s", study->ctx.error.sentence);
    return study;
}

static struct measuring measuring_of(const struct matrix_study *study, bool by_segment, double confidence)
{
    return (struct measuring){.pairs = study->pairs,
                              .set = &study->pairs->sets[by_segment ? 1 : 0],
                              .asked = study->asked,
                              .asked_count = study->asked_count,
                              .replicates = study->replicates,
                              .confidence = confidence,
                              .seed = 1};
}

const struct table *matrix_measure(struct matrix_study *study, const char *name, bool by_segment, double confidence)
{
    const struct measure *measure = measure_find(span_of(name));
    assert_non_null(measure);
    assert_int_equal(measure->needs & ~study->plan.needs, 0);
    struct measuring measuring = measuring_of(study, by_segment, confidence);
    struct table *table = NULL;
    assert_int_equal(table_create(&study->ctx, measure, study->by, by_segment ? 1 : 0, &table), STATUS_OK);
    if (measure->run(&study->ctx, &measuring, table) != STATUS_OK)
        fail_msg("%s: %s", name, study->ctx.error.sentence);
    return table;
}

enum status matrix_try(struct matrix_study *study, const struct measure *measure, bool by_segment)
{
    struct arena *whole = study->ctx.arena;
    struct measuring measuring = measuring_of(study, by_segment, 0.95);
    struct table *table = NULL;
    enum status status = arena_create(NULL, &study->ctx.arena);
    if (status == STATUS_OK) {
        status = table_create(&study->ctx, measure, study->by, by_segment ? 1 : 0, &table);
        if (status == STATUS_OK)
            status = measure->run(&study->ctx, &measuring, table);
        arena_destroy(study->ctx.arena);
    }
    study->ctx.arena = whole;
    return status;
}

void matrix_close(struct matrix_study *study)
{
    if (study)
        arena_destroy(study->ctx.arena);
    free(study);
}

struct matrix_study *matrix_table(const struct answer_matrix *matrix, const char *name, const struct table **table)
{
    const struct measure *measure = measure_find(span_of(name));
    assert_non_null(measure);
    struct matrix_study *study = matrix_open(matrix, measure->needs);
    *table = matrix_measure(study, name, false, 0.95);
    return study;
}

int *matrix_read(const json_t *json, unsigned *rows, unsigned *columns)
{
    assert_true(json_is_array(json));
    *rows = (unsigned)json_array_size(json);
    const json_t *first = json_array_get(json, 0);
    *columns = json_is_array(first) ? (unsigned)json_array_size(first) : 1;
    int *values = calloc((size_t)*rows * *columns, sizeof *values);
    assert_non_null(values);
    for (unsigned i = 0; i < *rows; i++) {
        const json_t *row = json_array_get(json, i);
        for (unsigned j = 0; j < *columns; j++) {
            const json_t *cell = json_is_array(row) ? json_array_get(row, j) : row;
            values[i * *columns + j] = json_is_null(cell) ? MATRIX_MISSING : (int)json_integer_value(cell);
        }
    }
    return values;
}
