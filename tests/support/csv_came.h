/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What came of reading a csv file, and whether the same came of another reading: for the fuzz targets. */
#ifndef GAPMETER_TESTS_CSV_CAME_H
#define GAPMETER_TESTS_CSV_CAME_H

#include <assert.h>
#include <string.h>

#include "model/answers.h"
#include "model/problem.h"

struct csv_came {
    struct ctx ctx;
    enum status status;
    struct problems problems;
    const struct answers *answers;
};

static inline void csv_came_same_chunk(const struct answers *a, const struct answers_chunk *x, const struct answers_chunk *y)
{
    const struct study *study = a->study;
    const size_t rows = ANSWERS_CHUNK_ROWS;
    const struct {
        const void *left, *right;
        size_t bytes;
    } arrays[] = {
        {x->codes, y->codes, rows * a->slot_count * a->code_bytes},
        {x->segments, y->segments, rows * study->columns.segment_count * sizeof *x->segments},
        {x->weights, y->weights, rows * sizeof *x->weights},
        {x->respondents, y->respondents, rows * sizeof *x->respondents},
        {x->clusters, y->clusters, rows * sizeof *x->clusters},
        {x->strata, y->strata, rows * sizeof *x->strata},
        {x->points, y->points, rows * study->dimension_count * sizeof *x->points},
        {x->outcomes, y->outcomes, rows * a->outcome_bytes},
    };
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++)
        assert((arrays[i].left == NULL) == (arrays[i].right == NULL) &&
               (arrays[i].left == NULL || memcmp(arrays[i].left, arrays[i].right, arrays[i].bytes) == 0));
}

/* The texts that numbers stand for, and the notes. */
static inline void csv_came_same_texts(const struct answers *a, const struct answers *b)
{
    assert(answers_are_named(a) == answers_are_named(b) && a->note_count == b->note_count);
    for (uint32_t i = 0; answers_are_named(a) && i < a->respondent_count; i++)
        assert(answers_respondent_mark(a, i) == answers_respondent_mark(b, i));
    for (uint32_t i = 0; i < a->note_count; i++)
        assert(strcmp(a->notes[i].english, b->notes[i].english) == 0);
    for (uint32_t i = 0; i < a->cluster_count; i++)
        assert(strcmp(a->cluster_names[i], b->cluster_names[i]) == 0);
    for (uint32_t s = 0; s < a->study->columns.segment_count; s++) {
        assert(a->segment_value_count[s] == b->segment_value_count[s]);
        for (uint32_t i = 0; i < a->segment_value_count[s]; i++)
            assert(strcmp(a->segment_values[s][i], b->segment_values[s][i]) == 0);
    }
}

static inline void csv_came_same(const struct csv_came *a, const struct csv_came *b)
{
    assert(a->status == b->status && strcmp(a->ctx.error.sentence, b->ctx.error.sentence) == 0);
    assert(a->problems.total == b->problems.total && a->problems.kept_count == b->problems.kept_count);
    assert(strcmp(a->problems.remark, b->problems.remark) == 0);
    assert(memcmp(a->problems.count, b->problems.count, sizeof a->problems.count) == 0);
    for (uint32_t i = 0; i < a->problems.kept_count; i++) {
        const struct problem *x = &a->problems.kept[i], *y = &b->problems.kept[i];
        assert(x->kind == y->kind && x->place.row == y->place.row && strcmp(x->value, y->value) == 0 &&
               strcmp(x->place.column, y->place.column) == 0 && strcmp(x->accepted, y->accepted) == 0 &&
               strcmp(x->advice, y->advice) == 0);
    }
    if (a->answers == NULL)
        return;
    assert(a->answers->encounter_count == b->answers->encounter_count &&
           a->answers->respondent_count == b->answers->respondent_count &&
           a->answers->cluster_count == b->answers->cluster_count && a->answers->missing_count == b->answers->missing_count);
    assert(a->answers->missing_count == 0 || memcmp(a->answers->missing, b->answers->missing,
                                                    (size_t)a->answers->missing_count * sizeof *a->answers->missing) == 0);
    csv_came_same_texts(a->answers, b->answers);
    for (uint32_t i = 0; i < a->answers->chunk_count; i++)
        csv_came_same_chunk(a->answers, &a->answers->chunks[i], &b->answers->chunks[i]);
}

#endif
