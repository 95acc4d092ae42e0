/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The zone of tolerance through the whole program, against tests/oracle/zone.R. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "support/answer_file.h"
#include "support/oracle_fixture.h"
#include "support/printed_tables.h"

enum { PATH_ROOM = 512, TEXT_ROOM = 4096, NAME_ROOM = 32 };

/* Column of the table, member of the fixture. */
static const char *const figures[][2] = {
    {"n", "n"},
    {"mean_minimum", "mean_minimum"},
    {"mean_desired", "mean_desired"},
    {"mean_perception", "mean_perception"},
    {"adequacy", "adequacy"},
    {"adequacy_ci_low", "adequacy_low"},
    {"adequacy_ci_high", "adequacy_high"},
    {"adequacy_p", "adequacy_p"},
    {"adequacy_p_holm", "adequacy_p_holm"},
    {"superiority", "superiority"},
    {"superiority_ci_low", "superiority_low"},
    {"superiority_ci_high", "superiority_high"},
    {"superiority_p", "superiority_p"},
    {"superiority_p_holm", "superiority_p_holm"},
    {"zone_width", "zone_width"},
    {"zone_position", "zone_position"},
    {"zone_position_low", "zone_position_low"},
    {"zone_position_high", "zone_position_high"},
    {"inversions", "inversions"},
    {"status", "status"},
};

static const char *zone_study(struct scratch *scratch, size_t items)
{
    char text[TEXT_ROOM];
    int length =
        snprintf(text, sizeof text,
                 "{\"gapmeter\": 1, \"title\": \"Zone\", \"design\": {\"expectation\": \"desired\", \"asked\": \"same sitting\"},"
                 " \"scale\": {\"min\": 1, \"max\": 9, \"step\": 1}, \"dimensions\": [{\"id\": \"d\", \"title\": \"D\"}],"
                 " \"columns\": {\"minimum\": \"m{n}\", \"desired\": \"d{n}\", \"perception\": \"p{n}\"}, \"missing\": [\"\"],"
                 " \"items\": [");
    for (size_t i = 0; i < items; i++)
        length += snprintf(text + length, sizeof text - (size_t)length,
                           "%s{\"id\": \"z%zu\", \"dimension\": \"d\", \"text\": \"Item\"}", i ? ", " : "", i + 1);
    (void)snprintf(text + length, sizeof text - (size_t)length, "]}");
    return scratch_write(scratch, "study.json", text);
}

static void compare_study(struct comparison *comparison, json_t *study)
{
    struct scratch scratch;
    scratch_create(&scratch);
    char answers[PATH_ROOM], confidence[NAME_ROOM];
    const struct answer_columns columns[] = {{"m%zu", oracle_at(study, "minimum")},
                                             {"d%zu", oracle_at(study, "desired")},
                                             {"p%zu", oracle_at(study, "perception")},
                                             {NULL, NULL}};
    (void)snprintf(answers, sizeof answers, "%s", answer_file_write(&scratch, "answers.csv", columns));
    (void)snprintf(confidence, sizeof confidence, "%g", oracle_number(study, "confidence"));
    json_t *items = oracle_at(study, "items"), *expected = NULL;
    json_t *printed = printed_analysis((const char *const[]){answers, "--study", zone_study(&scratch, json_array_size(items)),
                                                             "--table", "zone", "--confidence", confidence, NULL});
    size_t index = 0;
    json_array_foreach (items, index, expected) {
        char id[NAME_ROOM];
        (void)snprintf(id, sizeof id, "z%zu", index + 1);
        json_t *row = printed_row(printed_table(printed, "zone", NULL), (const char *const[]){"item", id, NULL});
        for (size_t i = 0; i < sizeof figures / sizeof figures[0]; i++)
            comparison_add(comparison, row, figures[i][0], oracle_at(expected, figures[i][1]), 11);
    }
    json_decref(printed);
    scratch_destroy(&scratch);
}

/* F9–F12: every status, a zone too narrow for an interval, an upside-down zone, 99 % confidence. */
static void zones_agree(void **state)
{
    (void)state;
    struct comparison comparison = COMPARISON_NONE;
    json_t *root = oracle_read("zone"), *study = NULL;
    size_t index = 0;
    json_array_foreach (oracle_at(root, "studies"), index, study) {
        compare_study(&comparison, study);
    }
    comparison_say(&comparison, "zone");
    json_decref(root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(zones_agree)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
