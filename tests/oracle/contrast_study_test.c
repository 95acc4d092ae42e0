/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The worst item against the others through the whole program, against tests/oracle/contrasts.R. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "support/answer_file.h"
#include "support/oracle_fixture.h"
#include "support/printed_tables.h"

enum { PATH_ROOM = 512, TEXT_ROOM = 2048, NAME_ROOM = 32 };

static const char *study_file(struct scratch *scratch, size_t items)
{
    char text[TEXT_ROOM];
    int length =
        snprintf(text, sizeof text,
                 "{\"gapmeter\": 1, \"title\": \"Contrasts\", \"design\": {\"expectation\": \"will\", \"asked\": \"before\"},"
                 " \"scale\": {\"min\": 1, \"max\": 5, \"step\": 1}, \"dimensions\": [{\"id\": \"d\", \"title\": \"D\"}],"
                 " \"columns\": {\"expectation\": \"e{n}\", \"perception\": \"p{n}\"}, \"missing\": [\"\"], \"items\": [");
    for (size_t i = 0; i < items; i++)
        length += snprintf(text + length, sizeof text - (size_t)length,
                           "%s{\"id\": \"q%zu\", \"dimension\": \"d\", \"text\": \"Item\"}", i ? ", " : "", i + 1);
    (void)snprintf(text + length, sizeof text - (size_t)length, "]}");
    return scratch_write(scratch, "study.json", text);
}

/* Is the item one of those that cannot be told from the worst? */
static const char *tied_word(json_t *study, json_int_t item)
{
    size_t index = 0;
    json_t *one = NULL;
    json_array_foreach (oracle_at(study, "not_distinguishable"), index, one) {
        if (json_integer_value(one) == item)
            return "yes";
    }
    return "no";
}

static void compare_study(struct comparison *comparison, json_t *study)
{
    static const char *const same[] = {"n", "difference", "t", "df", "p", "p_holm"};
    struct scratch scratch;
    scratch_create(&scratch);
    char answers[PATH_ROOM], worst[NAME_ROOM], id[NAME_ROOM];
    const struct answer_columns columns[] = {
        {"e%zu", oracle_at(study, "expectation")}, {"p%zu", oracle_at(study, "perception")}, {NULL, NULL}};
    (void)snprintf(answers, sizeof answers, "%s", answer_file_write(&scratch, "answers.csv", columns));
    (void)snprintf(worst, sizeof worst, "q%.0f", oracle_number(study, "worst"));
    json_t *printed = printed_analysis((const char *const[]){
        answers, "--study", study_file(&scratch, json_array_size(oracle_at(study, "gaps"))), "--table", "gap_contrasts", NULL});
    json_t *expected = NULL;
    size_t index = 0;
    json_array_foreach (oracle_at(study, "others"), index, expected) {
        (void)snprintf(id, sizeof id, "q%.0f", oracle_number(expected, "item"));
        json_t *row =
            printed_row(printed_table(printed, "gap_contrasts", NULL), (const char *const[]){"item", id, "other", worst, NULL});
        for (size_t i = 0; i < sizeof same / sizeof same[0]; i++)
            comparison_add(comparison, row, same[i], oracle_at(expected, same[i]), 11);
        json_t *word = json_string(tied_word(study, json_integer_value(oracle_at(expected, "item"))));
        comparison_add(comparison, row, "tied", word, 0);
        json_decref(word);
    }
    json_decref(printed);
    scratch_destroy(&scratch);
}

/* "T = items whose paired difference from the worst is not Holm-significant." */
static void contrasts_agree(void **state)
{
    (void)state;
    struct comparison comparison = COMPARISON_NONE;
    json_t *root = oracle_read("contrasts"), *study = NULL;
    size_t index = 0;
    json_array_foreach (oracle_at(root, "studies"), index, study) {
        compare_study(&comparison, study);
    }
    comparison_say(&comparison, "contrasts");
    json_decref(root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(contrasts_agree)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
