/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/raking.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/chance.h"
#include "support/agreement.h"
#include "support/digits.h"
#include "support/job_fixture.h"
#include "support/oracle_fixture.h"

enum { PEOPLE_MOST = 128, MARGINS_MOST = 4 };

/* Every person of a fixture as a cell of one case. */
struct people {
    double cases[PEOPLE_MOST], weights[PEOPLE_MOST], targets[MARGINS_MOST][PEOPLE_MOST];
    uint32_t categories[MARGINS_MOST][PEOPLE_MOST];
    struct raking_cells cells;
    struct raking_margin margins[MARGINS_MOST];
    size_t margin_count;
};

static void people_of(json_t *row, struct people *people)
{
    size_t index = 0, m = 0;
    const json_t *value = NULL, *margin = NULL;
    json_array_foreach (json_object_get(row, "weights"), index, value) {
        people->cases[index] = 1;
        people->weights[index] = json_number_value(value);
    }
    people->cells = (struct raking_cells){json_array_size(json_object_get(row, "weights")), people->cases, people->weights};
    json_array_foreach (json_object_get(row, "margins"), m, margin) {
        json_array_foreach (json_object_get(margin, "categories"), index, value)
            people->categories[m][index] = (uint32_t)json_integer_value(value);
        json_array_foreach (json_object_get(margin, "targets"), index, value)
            people->targets[m][index] = json_number_value(value);
        people->margins[m] = (struct raking_margin){people->categories[m], people->targets[m],
                                                    json_array_size(json_object_get(margin, "targets"))};
    }
    people->margin_count = json_array_size(json_object_get(row, "margins"));
}

/* Against survey::rake, run until nothing changes: weights, Kish's design effect, the number that counts */
static void agrees_with_survey(void **state)
{
    (void)state;
    json_t *root = oracle_read("raking"), *row = NULL;
    struct agreement weights = {.name = "raked weights", .wanted = 12}, effects = {.name = "design effect", .wanted = 12};
    size_t index = 0;
    json_array_foreach (oracle_at(root, "cases"), index, row) {
        struct people *people = calloc(1, sizeof *people);
        struct job job;
        struct raked raked;
        const json_t *value = NULL;
        size_t i = 0;
        job_begin(&job);
        assert_non_null(people);
        people_of(row, people);
        bool trim = json_is_true(json_object_get(row, "trim"));
        assert_ok(&job, raking(&job.ctx, &people->cells, people->margins, people->margin_count, trim, &raked));
        assert_int_equal(raked.undefined, DEFINED);
        json_array_foreach (json_object_get(row, "raked"), i, value)
            agreement_add(&weights, raked.weights[i], json_number_value(value));
        agreement_add_member(&effects, true, raked.design_effect, row, "design_effect");
        agreement_add_member(&effects, true, raked.effective, row, "effective");
        agreement_add_member(&effects, true, raked.least, row, "least");
        agreement_add_member(&effects, true, raked.most, row, "most");
        assert_int_equal(raked.trimmed > 0, json_is_true(json_object_get(row, "changed")));
        job_end(&job);
        free(people);
    }
    agreement_print(&weights);
    agreement_print(&effects);
    json_decref(root);
}

static const double sheet_cases[] = {16, 10, 4, 10}, sheet_weights[] = {2.5, 2.5, 2.5, 2.5};
static const uint32_t sheet_sex[] = {0, 0, 1, 1}, sheet_age[] = {0, 1, 0, 1};

static enum undefined sheet_rake(struct job *job, const double *sex, const double *age, bool trim, struct raked *out)
{
    const struct raking_cells cells = {4, sheet_cases, sheet_weights};
    const struct raking_margin margins[] = {{sheet_sex, sex, 2}, {sheet_age, age, 2}};
    assert_ok(job, raking(&job->ctx, &cells, margins, 2, trim, out));
    return out->undefined;
}

/* 40 cases m/f 26/14 (m: y16 o10; f: y4 o10) to 49/51 and y55/o45: the four weights and the design effect of the formulas' sheet
 */
static void the_example_of_the_sheet(void **state)
{
    (void)state;
    static const double expected[] = {2.19835722, 1.38262845, 4.95657113, 3.11737155};
    struct job job;
    struct raked raked;
    job_begin(&job);
    assert_int_equal(sheet_rake(&job, (const double[]){49, 51}, (const double[]){55, 45}, false, &raked), DEFINED);
    for (size_t i = 0; i < 4; i++)
        assert_digits(raked.weights[i], expected[i], 8.5);
    assert_digits(raked.design_effect, 1.16757, 5);
    assert_digits(raked.effective, 34.259, 5);
    /* "inconsistent totals → scale": thousands in one margin and shares in the other change nothing */
    struct raked scaled;
    assert_int_equal(sheet_rake(&job, (const double[]){49000, 51000}, (const double[]){.55, .45}, false, &scaled), DEFINED);
    for (size_t i = 0; i < 4; i++)
        assert_digits(scaled.weights[i], raked.weights[i], 14);
    /* within the bounds nothing is trimmed */
    assert_int_equal(sheet_rake(&job, (const double[]){49, 51}, (const double[]){55, 45}, true, &scaled), DEFINED);
    assert_int_equal(scaled.trimmed, 0);
    job_end(&job);
}

/* Laws: every category has its share; the total stays; within a combination weights stay in proportion. */
static void margins_are_met(void **state)
{
    (void)state;
    enum { CELLS = 60 };
    struct job job;
    struct raked raked;
    double cases[CELLS], weights[CELLS], total = 0;
    uint32_t first[CELLS], second[CELLS];
    const double targets[] = {5, 2, 3}, others[] = {1, 1, 4, 2};
    job_begin(&job);
    for (uint32_t i = 0; i < CELLS; i++) {
        cases[i] = 1 + (double)chance_below(5, 1, i, 9);
        weights[i] = .5 + chance_uniform(5, 2, i);
        first[i] = i % 3;
        second[i] = i / 3 % 4;
        total += cases[i] * weights[i];
    }
    const struct raking_cells cells = {CELLS, cases, weights};
    const struct raking_margin margins[] = {{first, targets, 3}, {second, others, 4}};
    assert_ok(&job, raking(&job.ctx, &cells, margins, 2, false, &raked));
    assert_int_equal(raked.undefined, DEFINED);
    double by_first[3] = {0}, by_second[4] = {0}, all = 0;
    for (uint32_t i = 0; i < CELLS; i++) {
        by_first[first[i]] += cases[i] * raked.weights[i];
        by_second[second[i]] += cases[i] * raked.weights[i];
        all += cases[i] * raked.weights[i];
        assert_digits(raked.weights[i] / weights[i], raked.weights[i % 12] / weights[i % 12], 13);
    }
    assert_digits(all, total, 12);
    for (size_t c = 0; c < 3; c++)
        assert_digits(by_first[c], total * targets[c] / 10, 12);
    for (size_t c = 0; c < 4; c++)
        assert_digits(by_second[c], total * others[c] / 8, 12);
    job_end(&job);
}

/* "blank": nobody, an empty category, a target of 0, margins that contradict each other */
static void what_cannot_be_raked_is_blank(void **state)
{
    (void)state;
    struct job job;
    struct raked raked;
    job_begin(&job);
    const struct raking_cells nobody = {0, NULL, NULL};
    assert_ok(&job, raking(&job.ctx, &nobody, NULL, 0, false, &raked));
    assert_int_equal(raked.undefined, UNDEFINED_TOO_FEW);
    assert_int_equal(sheet_rake(&job, (const double[]){49, 51}, (const double[]){0, 45}, false, &raked), UNDEFINED_INADMISSIBLE);
    assert_int_equal(raked.worst_margin, 1);
    assert_int_equal(raked.worst_category, 0);
    const struct raking_cells cells = {4, sheet_cases, sheet_weights};
    const struct raking_margin empty = {sheet_sex, (const double[]){1, 1, 1}, 3};
    assert_ok(&job, raking(&job.ctx, &cells, &empty, 1, false, &raked));
    assert_int_equal(raked.undefined, UNDEFINED_INADMISSIBLE);
    assert_int_equal(raked.worst_category, 2);
    /* all men are young and all women old: half of each, and three quarters young, cannot be */
    const double two[] = {10, 10};
    const uint32_t same[] = {0, 1};
    const struct raking_cells pair = {2, two, two};
    const struct raking_margin against[] = {{same, (const double[]){1, 1}, 2}, {same, (const double[]){3, 1}, 2}};
    assert_ok(&job, raking(&job.ctx, &pair, against, 2, false, &raked));
    assert_int_equal(raked.undefined, UNDEFINED_NOT_CONVERGED);
    assert_int_equal(raked.loops, 100);
    assert_true(raked.worst > .1);
    job_end(&job);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_survey),
        cmocka_unit_test(the_example_of_the_sheet),
        cmocka_unit_test(margins_are_met),
        cmocka_unit_test(what_cannot_be_raked_is_blank),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
