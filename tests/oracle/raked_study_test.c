/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A survey of schools, raked by R's survey package to known numbers of schools: the program must weight them alike. The answers
 * are not ours to ship; where they are absent the test says so and is skipped. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "formats/csv_read.h"
#include "pair/weighting.h"
#include "support/digits.h"
#include "support/job_fixture.h"
#include "support/oracle_fixture.h"
#include "support/scratch_folder.h"

enum { PATH_ROOM = 4096, SCHOOLS = 6194 };

static const struct segment segments[] = {{"stype"}, {"sch.wide"}};
static const struct outcome outcomes[] = {{.name = "score", .column = "api00", .kind = OUTCOME_REAL, .decimals = 0}};
static const struct margin_category by_type[] = {{"E", {4421, 0}}, {"H", {755, 0}}, {"M", {1018, 0}}};
static const struct margin_category by_target[] = {{"No", {1072, 0}}, {"Yes", {5122, 0}}};
static const struct margin margins[] = {{0, by_type, 3}, {1, by_target, 2}};
static const struct study schools = {
    .title = "schools",
    .source = "schools.json",
    .columns = {.weight = "pw", .segments = segments, .segment_count = 2, .outcomes = outcomes, .outcome_count = 1},
    .margins = margins,
    .margin_count = 2,
};

static void schools_are_weighted_as_by_survey(void **state)
{
    (void)state;
    struct job job;
    struct problems problems;
    const struct answers *answers, *weighted;
    char path[PATH_ROOM];
    size_t length = 0;
    double sum = 0, scores = 0, least = 1e9, most = 0;
    job_begin(&job);
    json_t *reference = oracle_read_path(real_answers_path("survey-weights-standard/reference.json", path, sizeof path));
    char *text = scratch_read(real_answers_path("survey-weights-standard/apiclus1.csv", path, sizeof path), &length);
    const struct span bytes = {text, length};
    const struct csv_request request = {.openings = {{.path = "apiclus1.csv", .bytes = &bytes}}, .count = 1};
    assert_ok(&job, problems_init(&job.ctx, &problems, true));
    assert_ok(&job, csv_read(&job.ctx, &request, &schools, &problems, &answers));
    assert_ok(&job, weights_make(&job.ctx, answers, &weighted));
    for (uint32_t i = 0; i < weighted->encounter_count; i++) {
        double weight = (double)weighted->chunks[0].weights[i] / 0x1p40;
        sum += weight;
        scores += weight * (double)answers_outcome(weighted, i, 0);
        least = weight < least ? weight : least;
        most = weight > most ? weight : most;
    }
    assert_int_equal(weighted->encounter_count, 183);
    /* the package stops once no cell of its table moves by a whole school, so its figures have five digits */
    assert_digits(scores / sum, oracle_number(reference, "clus1_raked.mean"), 5);
    assert_digits(least / sum * SCHOOLS, oracle_number(reference, "clus1_raked.weights_range.0"), 3.5);
    assert_digits(most / sum * SCHOOLS, oracle_number(reference, "clus1_raked.weights_range.1"), 3.5);
    /* survey 4.1.1 run until nothing changes: rake(…, control = list(maxit = 1000, epsilon = 1e-13)) */
    assert_digits(scores / sum, 641.23032092682, 13);
    assert_digits(least / sum * SCHOOLS, 29.8706754927, 11);
    assert_digits(most / sum * SCHOOLS, 67.1255292412, 11);
    free(text);
    json_decref(reference);
    job_end(&job);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(schools_are_weighted_as_by_survey)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
