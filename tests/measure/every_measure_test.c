/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What holds for every measure, also for those to come. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "support/gap_table_matrix.h"
#include "support/table_cells.h"

#define M        MATRIX_MISSING
#define EVERYONE 12
#define ITEMS    3

/* Answers on every standard, with holes; importance by rating. */
struct full_study {
    int answers[STANDARD_COUNT][EVERYONE * ITEMS];
    unsigned clusters[EVERYONE];
    double weights[EVERYONE];
    const char *segments[EVERYONE], *comments[EVERYONE];
    unsigned sources[EVERYONE], arms[EVERYONE];
    int outcomes[OUTCOME_ROLE_COUNT][EVERYONE];
    struct matrix_outcome roles[OUTCOME_ROLE_COUNT]; /* one of each role */
    struct answer_matrix matrix;
};

/* An outcome of every role that there is, with holes: yes or no from "left" on. */
static void outcomes_fill(struct full_study *full)
{
    unsigned count = 0;
    for (enum outcome_role role = OUTCOME_ROLE_NONE + 1; role < OUTCOME_ROLE_COUNT; role++, count++) {
        int high = role >= OUTCOME_ROLE_LEFT ? 1 : 10;
        for (unsigned i = 0; i < EVERYONE; i++)
            full->outcomes[count][i] = (i * 5 + role) % 11 == 4 ? M : (int)((i * 7 + role * 3) % 12) % (high + 1);
        full->roles[count] = (struct matrix_outcome){outcome_role_name(role), 0, high, full->outcomes[count], role};
    }
    full->matrix.outcomes = full->roles;
    full->matrix.outcome_count = count;
}

static void full_study_fill(struct full_study *full, unsigned people)
{
    static const unsigned dimension_of[ITEMS] = {0, 0, 1};
    static const char *const names[] = {"east", "north", "west"};
    for (unsigned i = 0; i < EVERYONE; i++) {
        for (unsigned j = 0; j < ITEMS; j++) {
            unsigned at = i * ITEMS + j;
            full->answers[STANDARD_EXPECTATION][at] = at % 11 == 3 ? M : (int)(3 + at * 7 % 5);
            full->answers[STANDARD_PERCEPTION][at] = at % 13 == 5 ? M : (int)(2 + at * 5 % 6);
            full->answers[STANDARD_MINIMUM][at] = at % 9 == 8 ? M : (int)(1 + at * 3 % 4);
            full->answers[STANDARD_DESIRED][at] = (int)(4 + at * 11 % 4);
            full->answers[STANDARD_IMPORTANCE][at] = (int)(1 + at * 7 % 5);
            full->answers[STANDARD_FUNCTIONAL][at] = at % 10 == 7 ? M : (int)(1 + at * 3 % 5);
            full->answers[STANDARD_DYSFUNCTIONAL][at] = (int)(1 + at * 2 % 5);
        }
        full->clusters[i] = i;
        full->weights[i] = 1 + i % 3;
        full->segments[i] = names[i % 3];
        full->comments[i] = i % 5 == 4 ? NULL : i % 2 ? "slow and slow again" : "kind, not slow";
        full->arms[i] = i % 4 == 3 ? DRAWN_NOT : 1 + i % 2;
        full->sources[i] = i * 37 % 256 * (i % 5 != 2);
    }
    full->matrix = (struct answer_matrix){.people = people,
                                          .items = ITEMS,
                                          .low = 1,
                                          .high = 7,
                                          .dimension_of = dimension_of,
                                          .rating_low = 1,
                                          .rating_high = 5,
                                          .segments = full->segments,
                                          .comments = full->comments,
                                          .arms = full->arms,
                                          .sources = full->sources};
    for (unsigned s = 0; s < STANDARD_COUNT; s++)
        full->matrix.answers[s] = full->answers[s];
    outcomes_fill(full);
}

static unsigned all_needs(void)
{
    unsigned needs = 0;
    for (size_t i = 0; i < measure_register_count; i++)
        needs |= measure_register[i]->needs;
    return needs;
}

/* "A blank with its reason; never NaN, never 0": every cell is of the kind its column says, or blank with a reason; keys are
 * texts; every row has a line and its groups stand in order. */
static void check_table(const struct table *table)
{
    for (uint32_t r = 0; r < table->row_count; r++) {
        const struct row *row = &table->rows[r];
        assert_true(r == 0 || row->group >= table->rows[r - 1].group);
        assert_true(row->support <= row->group_size);
        for (uint32_t c = 0; c < table->column_count; c++) {
            const struct value *value = &row->values[c];
            static const enum value_kind of_kind[] = {[COLUMN_KEY] = VALUE_TEXT,
                                                      [COLUMN_NUMBER] = VALUE_NUMBER,
                                                      [COLUMN_COUNT] = VALUE_COUNT,
                                                      [COLUMN_WORD] = VALUE_TEXT};
            if (value->kind == VALUE_BLANK)
                assert_true(value->reason > REASON_NONE && value->reason < REASON_COUNT);
            else if (value->kind != of_kind[table->measure->columns[c].kind])
                fail_msg("%s.%s is of another kind than its column", table->measure->name, table->measure->columns[c].name);
            if (value->kind == VALUE_NUMBER)
                assert_true(isfinite(value->number));
        }
    }
}

/* Every measure on 0, 1, 2, 3 and 12 people, plain, weighted, clustered and both, for everyone and by segment. */
static void every_size_and_design(void **state)
{
    (void)state;
    static const unsigned sizes[] = {0, 1, 2, 3, EVERYONE};
    unsigned tables = 0;
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
        for (unsigned design = 0; design < 4; design++) {
            struct full_study full;
            full_study_fill(&full, sizes[s]);
            full.matrix.weights = design & 1 ? full.weights : NULL;
            full.matrix.clusters = design & 2 ? full.clusters : NULL;
            struct matrix_study *open = matrix_open(&full.matrix, all_needs());
            for (size_t i = 0; i < 2 * measure_register_count; i++, tables++)
                check_table(matrix_measure(open, measure_register[i / 2]->name, i % 2 == 1, 0.95));
            matrix_close(open);
        }
    }
    assert_int_equal(tables, 5 * 4 * 2 * measure_register_count);
}

/* Two cells, to the bit. */
static bool values_equal(const struct value *a, const struct value *b)
{
    if (a->kind == VALUE_TEXT && b->kind == VALUE_TEXT)
        return strcmp(a->text, b->text) == 0;
    return a->kind == b->kind && a->reason == b->reason && memcmp(&a->number, &b->number, sizeof a->number) == 0 &&
           a->count == b->count;
}

/* The same rows and notes, to the bit. */
static void check_equal(const struct table *one, const struct table *other)
{
    assert_int_equal(one->row_count, other->row_count);
    assert_int_equal(one->note_count, other->note_count);
    assert_int_equal(one->needs_whole_model, other->needs_whole_model);
    assert_int_equal(one->parameters, other->parameters);
    for (uint32_t n = 0; n < one->note_count; n++)
        assert_string_equal(one->notes[n].english, other->notes[n].english);
    for (uint32_t r = 0; r < one->row_count; r++) {
        const struct row *a = &one->rows[r], *b = &other->rows[r];
        assert_true(a->group == b->group && a->line == b->line && a->support == b->support && a->group_size == b->group_size);
        for (uint32_t c = 0; c < one->column_count; c++)
            assert_true(values_equal(&a->values[c], &b->values[c]));
    }
}

/* Threads share the groups of a table; no figure, note or order tells how many there were. */
static void any_number_of_threads(void **state)
{
    (void)state;
    for (unsigned design = 0; design < 8; design++) {
        struct full_study full;
        full_study_fill(&full, EVERYONE);
        full.matrix.weights = design & 1 ? full.weights : NULL;
        full.matrix.clusters = design & 2 ? full.clusters : NULL;
        /* Importance that nobody was asked for comes from what explains satisfaction. */
        if (design & 4)
            full.matrix.answers[STANDARD_IMPORTANCE] = NULL;
        full.matrix.threads = 1;
        struct matrix_study *alone = matrix_open(&full.matrix, all_needs());
        full.matrix.threads = 3;
        struct matrix_study *many = matrix_open(&full.matrix, all_needs());
        for (size_t i = 0; i < measure_register_count; i++) {
            const char *name = measure_register[i]->name;
            check_equal(matrix_measure(alone, name, true, 0.95), matrix_measure(many, name, true, 0.95));
        }
        matrix_close(many);
        matrix_close(alone);
    }
}

/* When memory ends at any allocation, every measure says so and leaves nothing behind. */
static void every_failing_allocation(void **state)
{
    (void)state;
    struct full_study full;
    full_study_fill(&full, EVERYONE);
    struct matrix_study *open = matrix_open(&full.matrix, all_needs());
    unsigned failures = 0;
    for (size_t i = 0; i < measure_register_count; i++) {
        enum status status = STATUS_MEMORY;
        for (uint64_t k = 1; status != STATUS_OK; k++) {
            memory_fail_at(k, false);
            status = matrix_try(open, measure_register[i], true);
            memory_fail_at(0, false);
            assert_true(status == STATUS_OK || status == STATUS_MEMORY);
            failures += status == STATUS_MEMORY;
            assert_true(k < 100000);
        }
    }
    assert_true(failures >= 2 * measure_register_count);
    matrix_close(open);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_size_and_design),
        cmocka_unit_test(any_number_of_threads),
        cmocka_unit_test(every_failing_allocation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
