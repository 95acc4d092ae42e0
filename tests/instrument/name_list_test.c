/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/name_list.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char *const words[] = {"expectation", "perception", "desired", "minimum", "importance", "agree5", "agree9"};
static const struct name_list names = {words, sizeof words / sizeof *words};

/* "at most a third of its letters differ (case not counted); NULL when there is none or when two are equally near" */
static void the_nearest_name_is_guessed_when_it_is_the_only_one(void **state)
{
    (void)state;
    static const struct {
        const char *wrong, *meant;
    } cases[] = {
        {"expectaton", "expectation"},
        {"Perception", "perception"},
        {"percpetion", "perception"},
        {"minimun", "minimum"},
        {"agre5", "agree5"},
        {"agree7", NULL},
        {"quality", NULL},
        {"", NULL},
        {"expectations_of_our_customers_in_the_first_wave_of_2024", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *nearest = name_list_nearest(names, cases[i].wrong);
        if (cases[i].meant == NULL)
            assert_null(nearest);
        else
            assert_string_equal(nearest, cases[i].meant);
    }
}

static void names_are_found_as_they_stand(void **state)
{
    (void)state;
    assert_int_equal(name_list_find(names, "minimum"), 3);
    assert_int_equal(name_list_find(names, "Minimum"), UINT32_MAX);
    assert_int_equal(name_list_find((struct name_list){NULL, 0}, "minimum"), UINT32_MAX);
}

/* "a, b, c", or "a, b, c and 12 more" when they do not all fit; "none" of an empty list */
static void lists_say_what_would_be_accepted(void **state)
{
    (void)state;
    char text[512];
    name_list_format(names, NULL, text, sizeof text);
    assert_string_equal(text, "expectation, perception, desired, minimum, importance, agree5, agree9.");
    name_list_format(names, "desird", text, sizeof text);
    assert_string_equal(text, "expectation, perception, desired, minimum, importance, agree5, agree9. Did you mean \"desired\"?");
    name_list_format((struct name_list){NULL, 0}, "x", text, sizeof text);
    assert_string_equal(text, "none.");
}

static void long_lists_are_cut_between_names(void **state)
{
    (void)state;
    char room[300][16], text[256];
    const char *many[300];
    for (int i = 0; i < 300; i++) {
        (void)snprintf(room[i], sizeof room[i], "q%d", i + 100);
        many[i] = room[i];
    }
    name_list_format((struct name_list){many, 300}, "zebra", text, sizeof text);
    assert_true(strlen(text) < sizeof text);
    const char *more = strstr(text, " and ");
    assert_non_null(more);
    unsigned shown = 0;
    for (const char *at = text; at < more; at++)
        shown += *at == 'q';
    char expected[32];
    (void)snprintf(expected, sizeof expected, " and %u more.", 300 - shown);
    assert_string_equal(more, expected);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_nearest_name_is_guessed_when_it_is_the_only_one),
        cmocka_unit_test(names_are_found_as_they_stand),
        cmocka_unit_test(lists_say_what_would_be_accepted),
        cmocka_unit_test(long_lists_are_cut_between_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
