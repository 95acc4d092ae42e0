/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Weights and clusters through the whole program, against the survey package (tests/oracle/weights.R). */
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

enum { PATH_ROOM = 512, TEXT_ROOM = 1024, CLUSTERS_FOR_TEST = 10 };

/* Column of the table, member of the fixture. */
static const char *const figures[][2] = {
    {"n", "n"},
    {"mean_expectation", "mean_expectation"},
    {"mean_perception", "mean_perception"},
    {"gap", "gap"},
    {"sd_gap", "sd_gap"},
    {"sd_expectation", "sd_expectation"},
    {"sd_perception", "sd_perception"},
    {"se", "se"},
    {"df", "df"},
    {"r_expectation_perception", "r"},
    {"share_short", "share_short"},
    {"t", "t"},
    {"dz", "dz"},
    {"ci_low", "ci_low"},
    {"ci_high", "ci_high"},
};

static const char *study_file(struct scratch *scratch, bool clustered)
{
    char text[TEXT_ROOM];
    (void)snprintf(text, sizeof text,
                   "{\"gapmeter\": 1, \"title\": \"Weights\", \"design\": {\"expectation\": \"will\", \"asked\": \"before\"},"
                   " \"scale\": {\"min\": 1, \"max\": 7, \"step\": 1}, \"dimensions\": [{\"id\": \"d\", \"title\": \"D\"}],"
                   " \"items\": [{\"id\": \"q\", \"dimension\": \"d\", \"text\": \"Item\"}],"
                   " \"columns\": {\"expectation\": \"e\", \"perception\": \"p\", \"segments\": [\"branch\"], \"weight\": \"w\","
                   " \"cluster\": %s}, \"missing\": [\"\"]}",
                   clustered ? "\"place\"" : "null");
    return scratch_write(scratch, "study.json", text);
}

static void compare_row(struct comparison *comparison, json_t *printed, json_t *expected, bool clustered)
{
    const char *label = json_string_value(oracle_at(expected, "label"));
    bool everyone = strcmp(label, "everyone") == 0;
    const char *const keys[] = {"branch", label, NULL};
    json_t *row = printed_row(printed_table(printed, "item_gap", everyone ? NULL : "branch"), everyone ? keys + 2 : keys);
    for (size_t i = 0; i < sizeof figures / sizeof figures[0]; i++)
        comparison_add(comparison, row, figures[i][0], oracle_at(expected, figures[i][1]), 11);
    comparison_add(comparison, row, "n_eff", oracle_at(expected, "n_eff"), 12);
    json_t *none = json_null();
    bool tested = !clustered || oracle_number(expected, "clusters") >= CLUSTERS_FOR_TEST;
    comparison_add(comparison, row, "share_short_low", tested ? oracle_at(expected, "share_short_low") : none, 11);
    comparison_add(comparison, row, "share_short_high", tested ? oracle_at(expected, "share_short_high") : none, 11);
    comparison_add(comparison, row, "p", tested ? oracle_at(expected, "p") : none, 11);
    comparison_add(comparison, row, "wilcoxon_p", none, 11);
}

static void compare_study(struct comparison *comparison, json_t *study)
{
    struct scratch scratch;
    scratch_create(&scratch);
    bool clustered = json_is_true(oracle_at(study, "clustered"));
    char answers[PATH_ROOM];
    const struct answer_columns columns[] = {{"e", oracle_at(study, "expectation")},
                                             {"p", oracle_at(study, "perception")},
                                             {"w", oracle_at(study, "weight")},
                                             {"branch", oracle_at(study, "segment")},
                                             {"place", clustered ? oracle_at(study, "cluster") : NULL},
                                             {NULL, NULL}};
    (void)snprintf(answers, sizeof answers, "%s", answer_file_write(&scratch, "answers.csv", columns));
    json_t *printed = printed_analysis((const char *const[]){answers, "--study", study_file(&scratch, clustered), "--table",
                                                             "item_gap", "--by", "branch", "--min-cell", "1", NULL});
    size_t index = 0;
    json_t *expected = NULL;
    json_array_foreach (oracle_at(study, "rows"), index, expected) {
        compare_row(comparison, printed, expected, clustered);
    }
    json_decref(printed);
    scratch_destroy(&scratch);
}

/* F20, 6.0: "a segment is a subpopulation, so C is that of the whole design, and df = clusters of the row − 1". */
static void weights_and_clusters_agree(void **state)
{
    (void)state;
    struct comparison comparison = COMPARISON_NONE;
    json_t *root = oracle_read("weights"), *study = NULL;
    size_t index = 0;
    json_array_foreach (oracle_at(root, "studies"), index, study) {
        compare_study(&comparison, study);
    }
    comparison_say(&comparison, "weights and clusters");
    json_decref(root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(weights_and_clusters_agree)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
