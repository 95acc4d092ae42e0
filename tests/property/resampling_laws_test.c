/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is drawn again is the same for any order of the rows, any number of threads, and whatever else is asked: not a byte of
 * the JSON changes. Files in, JSON out; from counts, from persons, with weights, and from clusters. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "base/chance.h"
#include "support/program_run.h"
#include "support/scratch_folder.h"

enum { PEOPLE = 90, ITEMS = 4, ROW_ROOM = 96 };

/* What the study file says of the columns besides the answers. */
static const char *const designs[] = {
    "\"respondent\": \"id\"", "\"respondent\": \"id\", \"weight\": \"w\"", "\"respondent\": \"id\", \"cluster\": \"house\"",
    "\"respondent\": \"house\", \"encounter\": \"id\"", "\"respondent\": \"id\", \"strata\": \"branch\""};

enum { DESIGNS = sizeof designs / sizeof *designs };

static struct scratch scratch;

static int answer(unsigned person, unsigned item, unsigned standard)
{
    uint64_t draw = chance_below(11, standard, person * ITEMS + item, 60);
    int value = 4 + (int)chance_below(11, 9, person, 3) + (int)(draw % 3) - 1 - (standard ? (int)(item % 2) : 0);
    return draw < 3 ? 0 : value < 1 ? 1 : value > 7 ? 7 : value;
}

static size_t row_write(char *into, unsigned person)
{
    size_t used = (size_t)snprintf(into, ROW_ROOM, "p%u,h%u,%.2f,%s", person, person / 3, .5 + person % 4 * .25,
                                   person % 3 ? "Oslo" : "Bergen");
    for (unsigned cell = 0; cell < 2 * ITEMS; cell++) {
        int value = answer(person, cell % ITEMS, cell / ITEMS);
        used +=
            (size_t)(value ? snprintf(into + used, ROW_ROOM - used, ",%d", value) : snprintf(into + used, ROW_ROOM - used, ","));
    }
    return used + (size_t)snprintf(into + used, ROW_ROOM - used, "\n");
}

/* Rows in steps of `step`, which has no divisor in common with their number: 1 is as they are, 89 is backwards. */
static void answers_save(unsigned step)
{
    static char file[(PEOPLE + 2) * ROW_ROOM];
    size_t used = (size_t)snprintf(file, ROW_ROOM, "id,house,w,branch,e1,e2,e3,e4,p1,p2,p3,p4\n");
    for (unsigned i = 0; i < PEOPLE; i++)
        used += row_write(file + used, (i * step + step / 2) % PEOPLE);
    (void)scratch_write(&scratch, "answers.csv", file);
}

static void study_save(unsigned design)
{
    char study[1024];
    (void)snprintf(
        study, sizeof study,
        "{\"gapmeter\": 1, \"title\": \"Laws\", \"design\": {\"expectation\": \"will\", \"asked\": \"before\"}, \"scale\": "
        "{\"min\": 1, \"max\": 7}, \"dimensions\": [{\"id\": \"a\"}, {\"id\": \"b\"}], \"items\": [{\"id\": \"q1\", "
        "\"dimension\": \"a\"}, {\"id\": \"q2\", \"dimension\": \"a\", \"reverse\": true}, {\"id\": \"q3\", "
        "\"dimension\": \"b\"}, {\"id\": \"q4\", \"dimension\": \"b\"}], \"columns\": {\"expectation\": \"e{n}\", "
        "\"perception\": \"p{n}\", \"segments\": [\"branch\"], %s}}",
        designs[design]);
    (void)scratch_write(&scratch, "study.json", study);
}

/* owns    the caller: free */
static char *analyse(const char *threads, const char *seed)
{
    struct program_run run;
    const char *const arguments[] = {"analyze", "answers.csv",   "--study",     "study.json",  "--by",    "branch",
                                     "--table", "item_gap",      "--table",     "overall_gap", "--table", "reliability",
                                     "--table", "dimension_gap", "--bootstrap", "150",         "--seed",  seed,
                                     "--json",  "--threads",     threads,       NULL};
    program_run(&run, &(struct program_call){.arguments = arguments, .folder = scratch.folder});
    if (run.exit_code)
        fail_msg("analyze failed: %s", run.err);
    char *json = run.out;
    run.out = NULL;
    program_run_clear(&run);
    return json;
}

/* "same bytes for threads 1/2/3/8 and for any row order" */
static void order_and_threads_change_no_byte(void **state)
{
    (void)state;
    static const struct {
        unsigned step;
        const char *threads;
    } changes[] = {{89, "1"}, {1, "2"}, {7, "3"}, {89, "8"}, {37, "2"}};
    for (unsigned design = 0; design < DESIGNS; design++) {
        study_save(design);
        answers_save(1);
        char *plain = analyse("1", "1");
        assert_non_null(strstr(plain, "\"percentile_low\""));
        for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
            answers_save(changes[i].step);
            char *json = analyse(changes[i].threads, "1");
            assert_string_equal(json, plain);
            free(json);
        }
        free(plain);
    }
}

/* Chance comes from the seed alone: another seed draws other samples of the same people. */
static void another_seed_draws_other_samples(void **state)
{
    (void)state;
    study_save(0);
    answers_save(1);
    char *one = analyse("2", "1"), *again = analyse("2", "1"), *two = analyse("2", "2");
    assert_string_equal(one, again);
    assert_string_not_equal(one, two);
    free(one);
    free(again);
    free(two);
}

static int set_up(void **state)
{
    (void)state;
    scratch_create(&scratch);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    scratch_destroy(&scratch);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(order_and_threads_change_no_byte),
        cmocka_unit_test(another_seed_draws_other_samples),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
