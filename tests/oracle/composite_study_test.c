/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scores of several items, bands, and gaps weighted by importance through the whole program, against tests/oracle/composite.R. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "support/answer_file.h"
#include "support/oracle_fixture.h"
#include "support/printed_tables.h"

enum { PATH_ROOM = 512, TEXT_ROOM = 4096, NAME_ROOM = 32, ITEMS = 9 };

#define CLOSED_FORM 12 /* digits */
#define WEIGHTED    6  /* each person's value is rounded to 2^-20 of a step */

#define POINTS "{\"kind\": \"points\", \"of\": \"dimension\", \"place\": \"a1\", \"staff\": \"a2\", \"time\": \"a3\"}"
#define RATINGS                                                                                                                  \
    "{\"kind\": \"rating\", \"of\": \"item\", \"scale\": {\"min\": 1, \"max\": 5, \"step\": 1}, \"columns\": \"i{n}\"}"

static const char *const dimension_ids[] = {"place", "staff", "time"};

struct composites {
    struct scratch scratch;
    json_t *oracle, *printed, *rated;
};

static const char *study_file(struct composites *composites, const char *name, const char *importance)
{
    char text[TEXT_ROOM];
    int length =
        snprintf(text, sizeof text,
                 "{\"gapmeter\": 1, \"title\": \"Scores\", \"design\": {\"expectation\": \"will\", \"asked\": \"before\"},"
                 " \"scale\": {\"min\": 1, \"max\": 7, \"step\": 1}, \"dimensions\": [{\"id\": \"place\", \"title\": \"A\"},"
                 " {\"id\": \"staff\", \"title\": \"B\"}, {\"id\": \"time\", \"title\": \"C\"}], \"missing\": [\"\"],"
                 " \"columns\": {\"expectation\": \"e{n}\", \"perception\": \"p{n}\", \"importance\": %s}, \"items\": [",
                 importance);
    for (size_t i = 0; i < ITEMS; i++) {
        size_t dimension = (size_t)json_integer_value(json_array_get(oracle_at(composites->oracle, "dimension_of"), i)) - 1;
        length += snprintf(text + length, sizeof text - (size_t)length,
                           "%s{\"id\": \"q%zu\", \"dimension\": \"%s\", \"text\": \"Item\"}", i ? ", " : "", i + 1,
                           dimension_ids[dimension]);
    }
    (void)snprintf(text + length, sizeof text - (size_t)length, "]}");
    return scratch_write(&composites->scratch, name, text);
}

static int composites_setup(void **state)
{
    static struct composites composites;
    composites.oracle = oracle_read("composite");
    scratch_create(&composites.scratch);
    char answers[PATH_ROOM];
    const struct answer_columns columns[] = {{"e%zu", oracle_at(composites.oracle, "expectation")},
                                             {"p%zu", oracle_at(composites.oracle, "perception")},
                                             {"a%zu", oracle_at(composites.oracle, "points")},
                                             {"i%zu", oracle_at(composites.oracle, "rating")},
                                             {NULL, NULL}};
    (void)snprintf(answers, sizeof answers, "%s", answer_file_write(&composites.scratch, "answers.csv", columns));
    composites.printed = printed_analysis((const char *const[]){
        answers, "--study", study_file(&composites, "points.json", POINTS), "--table", "dimension_gap", "--table", "overall_gap",
        "--table", "overall_item_gap", "--table", "weighted_gap", "--table", "gap_bands", NULL});
    composites.rated = printed_analysis((const char *const[]){
        answers, "--study", study_file(&composites, "ratings.json", RATINGS), "--table", "weighted_gap", NULL});
    *state = &composites;
    return 0;
}

static int composites_teardown(void **state)
{
    struct composites *composites = *state;
    if (composites == NULL)
        return 0;
    json_decref(composites->oracle);
    json_decref(composites->printed);
    json_decref(composites->rated);
    scratch_destroy(&composites->scratch);
    return 0;
}

static void compare_number(struct comparison *comparison, json_t *row, const char *column, double expected, double digits)
{
    json_t *value = json_real(expected);
    comparison_add(comparison, row, column, value, digits);
    json_decref(value);
}

static void compare_score(struct comparison *comparison, json_t *row, json_t *expected)
{
    static const char *const same[] = {"n",          "mean_expectation", "mean_perception", "sd_gap",
                                       "n_negative", "n_zero",           "n_positive"};
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++)
        comparison_add(comparison, row, same[i], oracle_at(expected, same[i]), CLOSED_FORM);
    comparison_add(comparison, row, "gap", oracle_at(expected, "mean_gap"), CLOSED_FORM);
    compare_number(comparison, row, "ceiling_share", oracle_number(expected, "n_ceiling") / oracle_number(expected, "n"),
                   CLOSED_FORM);
}

/* F2: "if at least half of its items are paired"; the overall "if at least half of the dimensions have one". */
static void scores_agree(void **state)
{
    struct composites *composites = *state;
    struct comparison comparison = COMPARISON_NONE;
    json_t *table = printed_table(composites->printed, "dimension_gap", NULL), *expected = NULL;
    size_t index = 0;
    json_array_foreach (oracle_at(composites->oracle, "dimensions"), index, expected) {
        compare_score(&comparison, printed_row(table, (const char *const[]){"dimension", dimension_ids[index], NULL}), expected);
    }
    const char *const none[] = {NULL};
    compare_score(&comparison, printed_row(printed_table(composites->printed, "overall_gap", NULL), none),
                  oracle_at(composites->oracle, "overall"));
    compare_score(&comparison, printed_row(printed_table(composites->printed, "overall_item_gap", NULL), none),
                  oracle_at(composites->oracle, "all_items"));
    comparison_say(&comparison, "scores");
}

/* F3: "Sums from 95 to 105 are rescaled and counted; others count as no answer." */
static void points_agree(void **state)
{
    struct composites *composites = *state;
    struct comparison comparison = COMPARISON_NONE;
    json_t *expected = oracle_at(composites->oracle, "weighted_gap");
    json_t *row = printed_row(printed_table(composites->printed, "weighted_gap", NULL),
                              (const char *const[]){"dimension", "overall", NULL});
    comparison_add(&comparison, row, "n", oracle_at(expected, "n"), CLOSED_FORM);
    comparison_add(&comparison, row, "rescaled", oracle_at(expected, "rescaled"), CLOSED_FORM);
    comparison_add(&comparison, row, "refused", oracle_at(expected, "refused"), CLOSED_FORM);
    comparison_add(&comparison, row, "weighted", oracle_at(expected, "weighted"), WEIGHTED);
    comparison_add(&comparison, row, "gap", oracle_at(expected, "gap"), WEIGHTED);
    comparison_say(&comparison, "hundred points");
}

/* F4: "Σ I(P − E)/ΣI and Σ IP/ΣI, which stay on the scale; beside them the unweighted means". */
static void ratings_agree(void **state)
{
    struct composites *composites = *state;
    struct comparison comparison = COMPARISON_NONE;
    json_t *expected = oracle_at(composites->oracle, "importance");
    json_t *row =
        printed_row(printed_table(composites->rated, "weighted_gap", NULL), (const char *const[]){"dimension", "overall", NULL});
    comparison_add(&comparison, row, "n", oracle_at(expected, "n"), CLOSED_FORM);
    static const char *const means[] = {"gap", "weighted", "performance", "weighted_performance"};
    for (size_t i = 0; i < 4; i++)
        comparison_add(&comparison, row, means[i], json_array_get(oracle_at(expected, "mean"), i), WEIGHTED);
    comparison_say(&comparison, "importance ratings");
}

/* F5: "kept apart for the two directions"; F6: the bands, and the net share with its multinomial error. */
static void bands_agree(void **state)
{
    static const char *const bands[] = {"share_two_below", "share_one_below", "share_equal", "share_one_above",
                                        "share_two_above"};
    struct composites *composites = *state;
    struct comparison comparison = COMPARISON_NONE;
    json_t *table = printed_table(composites->printed, "gap_bands", NULL), *expected = NULL;
    size_t index = 0;
    json_array_foreach (oracle_at(composites->oracle, "items"), index, expected) {
        char id[NAME_ROOM];
        (void)snprintf(id, sizeof id, "q%zu", index + 1);
        json_t *row = printed_row(table, (const char *const[]){"item", id, NULL});
        double n = oracle_number(expected, "n");
        for (size_t i = 0; i < 5; i++)
            compare_number(&comparison, row, bands[i], json_number_value(json_array_get(oracle_at(expected, "bands"), i)) / n,
                           CLOSED_FORM);
        comparison_add(&comparison, row, "room_used_up", oracle_at(expected, "better"), CLOSED_FORM);
        comparison_add(&comparison, row, "room_used_down", oracle_at(expected, "worse"), CLOSED_FORM);
        comparison_add(&comparison, row, "net", oracle_at(expected, "net"), CLOSED_FORM);
        compare_number(&comparison, row, "ceiling_share", oracle_number(expected, "n_ceiling") / n, CLOSED_FORM);
    }
    comparison_say(&comparison, "bands");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(scores_agree), cmocka_unit_test(points_agree),
                                       cmocka_unit_test(ratings_agree), cmocka_unit_test(bands_agree)};
    return cmocka_run_group_tests(tests, composites_setup, composites_teardown);
}
