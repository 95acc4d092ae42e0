/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Five scales of five items, 2800 people, 508 answers missing, seven items reversed: what psych and lavaan say of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "support/oracle_fixture.h"
#include "support/printed_tables.h"

enum { PATH_ROOM = 4096 };

struct people {
    json_t *printed, *reference;
};

static struct people people_read(const char *measure)
{
    char answers[PATH_ROOM], path[PATH_ROOM];
    const char *study = GAPMETER_SOURCE_DIR "/tests/studies/bfi.json";
    (void)real_answers_path("psychometrics-standard/bfi.csv", answers, sizeof answers);
    (void)real_answers_path("psychometrics-standard/reference.json", path, sizeof path);
    struct people people = {
        .printed = printed_analysis((const char *const[]){answers, "--study", study, "--table", measure, NULL}),
        .reference = json_load_file(path, 0, NULL),
    };
    assert_non_null(people.reference);
    return people;
}

static void people_drop(struct people *people)
{
    json_decref(people->printed);
    json_decref(people->reference);
}

/* F13 over the complete cases; F15, where lavaan's optimiser stops some 1e-7 before the minimum. */
static void scales_are_reproduced(void **state)
{
    (void)state;
    struct people people = people_read("reliability");
    struct comparison comparison = COMPARISON_NONE;
    size_t index;
    json_t *scale;
    json_array_foreach (json_object_get(people.reference, "scales"), index, scale) {
        json_t *complete = json_object_get(scale, "complete_case");
        json_t *row = printed_row(printed_table(people.printed, "reliability", NULL),
                                  (const char *const[]){"dimension", json_string_value(json_object_get(scale, "scale")), NULL});
        comparison_add(&comparison, row, "n", json_object_get(complete, "n_complete"), 17);
        comparison_add(&comparison, row, "k", json_object_get(complete, "k"), 17);
        comparison_add(&comparison, row, "alpha", json_object_get(complete, "alpha"), 10);
        comparison_add(&comparison, row, "alpha_standardized", json_object_get(complete, "alpha_standardised"), 10);
        comparison_add(&comparison, row, "omega", json_object_get(json_object_get(scale, "omega_one_factor"), "omega"), 6);
    }
    assert_int_equal(comparison.compared, 25);
    comparison_say(&comparison, "five factors, scales");
    people_drop(&people);
}

/* F14 */
static void items_of_scales_are_reproduced(void **state)
{
    (void)state;
    struct people people = people_read("item_total");
    struct comparison comparison = COMPARISON_NONE;
    size_t index, place;
    json_t *scale, *item;
    json_array_foreach (json_object_get(people.reference, "scales"), index, scale) {
        json_array_foreach (json_object_get(json_object_get(scale, "complete_case"), "items"), place, item) {
            const char *id = json_string_value(json_object_get(item, "item"));
            json_t *row = printed_row(printed_table(people.printed, "item_total", NULL),
                                      (const char *const[]){"item", id, "scope", "dimension", NULL});
            comparison_add(&comparison, row, "item_rest_r", json_object_get(item, "r_item_rest"), 10);
            comparison_add(&comparison, row, "alpha_if_deleted", json_object_get(item, "alpha_if_dropped"), 10);
        }
    }
    assert_int_equal(comparison.compared, 50);
    comparison_say(&comparison, "five factors, items of scales");
    people_drop(&people);
}

/* Each item by itself uses every answer it has, reversed items turned. */
static void items_are_reproduced(void **state)
{
    (void)state;
    struct people people = people_read("perception");
    struct comparison comparison = COMPARISON_NONE;
    size_t index;
    json_t *item;
    json_array_foreach (json_object_get(people.reference, "items"), index, item) {
        json_t *row = printed_row(printed_table(people.printed, "perception", NULL),
                                  (const char *const[]){"item", json_string_value(json_object_get(item, "item")), NULL});
        json_t *interval = json_object_get(item, "ci95");
        comparison_add(&comparison, row, "n", json_object_get(item, "n"), 17);
        comparison_add(&comparison, row, "mean", json_object_get(item, "mean"), 10);
        comparison_add(&comparison, row, "sd", json_object_get(item, "sd"), 10);
        comparison_add(&comparison, row, "se", json_object_get(item, "se"), 10);
        comparison_add(&comparison, row, "ci_low", json_array_get(interval, 0), 10);
        comparison_add(&comparison, row, "ci_high", json_array_get(interval, 1), 10);
    }
    assert_int_equal(comparison.compared, 150);
    comparison_say(&comparison, "five factors, items");
    people_drop(&people);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(scales_are_reproduced), cmocka_unit_test(items_of_scales_are_reproduced),
                                       cmocka_unit_test(items_are_reproduced)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
