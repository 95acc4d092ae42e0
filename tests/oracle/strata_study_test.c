/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Strata through the whole program, against the survey package (tests/oracle/strata.R). */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "support/answer_file.h"
#include "support/oracle_fixture.h"
#include "support/printed_tables.h"

enum { PATH_ROOM = 512, TEXT_ROOM = 2048, DIGITS = 11 };

static const char *study_file(struct scratch *scratch, bool clustered, bool weighted)
{
    char text[TEXT_ROOM];
    (void)snprintf(
        text, sizeof text,
        "{\"gapmeter\": 1, \"title\": \"Strata\", \"design\": {\"expectation\": \"will\", \"asked\": \"before\"},"
        " \"scale\": {\"min\": 1, \"max\": 7, \"step\": 1}, \"dimensions\": [{\"id\": \"d\", \"title\": \"D\"}],"
        " \"items\": [{\"id\": \"q1\", \"dimension\": \"d\", \"text\": \"One\"}, {\"id\": \"q2\", \"dimension\": \"d\","
        " \"text\": \"Two\"}], \"columns\": {\"expectation\": \"e{n}\", \"perception\": \"p{n}\","
        " \"minimum\": {\"q1\": \"m1\"}, \"desired\": {\"q1\": \"d1\"}, \"segments\": [\"branch\"], \"weight\": %s,"
        " \"cluster\": %s, \"strata\": \"region\","
        " \"outcomes\": {\"spend\": {\"column\": \"eur\", \"kind\": \"real\", \"decimals\": 2}}}, \"missing\": [\"\"]}",
        weighted ? "\"w\"" : "null", clustered ? "\"place\"" : "null");
    return scratch_write(scratch, "study.json", text);
}

static void compare_row(struct comparison *comparison, json_t *printed, json_t *expected)
{
    const char *table = json_string_value(oracle_at(expected, "table")), *item = json_string_value(oracle_at(expected, "item"));
    const char *segment = json_string_value(oracle_at(expected, "segment")), *column = NULL;
    bool everyone = strcmp(segment, "everyone") == 0;
    const char *key = strcmp(item, "d") == 0 ? "dimension" : strcmp(item, "spend") == 0 ? "outcome" : "item";
    const char *const keys[] = {key, item, everyone ? NULL : "branch", segment, NULL};
    json_t *row = printed_row(printed_table(printed, table, everyone ? NULL : "branch"), keys), *figure = NULL;
    json_object_foreach (oracle_at(expected, "figures"), column, figure) {
        comparison_add(comparison, row, column, figure, DIGITS);
    }
    if (strcmp(table, "item_gap") == 0) {
        json_t *none = json_null();
        comparison_add(comparison, row, "sign_p", none, DIGITS);
        comparison_add(comparison, row, "dz_low", none, DIGITS);
    }
}

static void compare_study(struct comparison *comparison, json_t *study)
{
    struct scratch scratch;
    scratch_create(&scratch);
    bool clustered = json_is_true(oracle_at(study, "clustered")), weighted = json_is_true(oracle_at(study, "weighted"));
    char answers[PATH_ROOM];
    const struct answer_columns columns[] = {{"e1", oracle_at(study, "e1")},
                                             {"e2", oracle_at(study, "e2")},
                                             {"p1", oracle_at(study, "p1")},
                                             {"p2", oracle_at(study, "p2")},
                                             {"m1", oracle_at(study, "m1")},
                                             {"d1", oracle_at(study, "d1")},
                                             {"eur", oracle_at(study, "spend")},
                                             {"w", weighted ? oracle_at(study, "weight") : NULL},
                                             {"branch", oracle_at(study, "segment")},
                                             {"region", oracle_at(study, "stratum")},
                                             {"place", clustered ? oracle_at(study, "cluster") : NULL},
                                             {NULL, NULL}};
    (void)snprintf(answers, sizeof answers, "%s", answer_file_write(&scratch, "answers.csv", columns));
    json_t *printed = printed_analysis((const char *const[]){
        answers, "--study", study_file(&scratch, clustered, weighted), "--table", "item_gap", "--table", "dimension_gap",
        "--table", "gap_contrasts", "--table", "zone", "--table", "outcome_mean", "--by", "branch", "--min-cell", "1", NULL});
    size_t index = 0;
    json_t *expected = NULL;
    json_array_foreach (oracle_at(study, "rows"), index, expected) {
        compare_row(comparison, printed, expected);
    }
    json_decref(printed);
    scratch_destroy(&scratch);
}

/* mean_error.h: "within each stratum C_h/(C_h−1) × Σ(z_c − z̄_h)² with C_h of the whole design, df = clusters (or encounters) of
 * the row − strata of the row, as survey::degf of a subset"; "a stratum of the row with a single unit -> lonely_stratum". */
static void strata_agree(void **state)
{
    (void)state;
    json_t *root = oracle_read("strata"), *study = NULL;
    size_t index = 0;
    json_array_foreach (oracle_at(root, "studies"), index, study) {
        struct comparison comparison = COMPARISON_NONE;
        compare_study(&comparison, study);
        comparison_say(&comparison, json_string_value(oracle_at(study, "label")));
    }
    json_decref(root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(strata_agree)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
