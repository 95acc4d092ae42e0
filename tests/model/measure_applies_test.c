/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/measure.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct scale scale = {.id = "s", .min = {1, 0}, .max = {5, 0}, .step = {1, 0}, .steps = 5};
static const struct item item = {.id = "q1", .text = "q1", .dimension = UINT32_MAX};
static const char *const header[] = {"c"};

static struct study asking(unsigned standards)
{
    struct study study = {.scales = &scale, .scale_count = 1, .items = &item, .item_count = 1};
    for (enum standard standard = 0; standard < STANDARD_COUNT; standard++) {
        if ((standards & 1u << standard) != 0)
            study.columns.of_item[standard] = header;
    }
    return study;
}

static const unsigned both = 1u << STANDARD_EXPECTATION | 1u << STANDARD_PERCEPTION;

/* "REASON_NONE, or REASON_NOT_ASKED with *missing naming what was not asked" */
static void all_standards_must_be_asked(void **state)
{
    (void)state;
    const struct measure gap = {.name = "gap", .standards = both};
    const char *missing = NULL;
    struct study study = asking(both);
    assert_int_equal(measure_applies(&gap, &study, &missing), REASON_NONE);
    assert_null(missing);
    study = asking(1u << STANDARD_PERCEPTION);
    assert_int_equal(measure_applies(&gap, &study, &missing), REASON_NOT_ASKED);
    assert_string_equal(missing, "expectation");
    study = asking(1u << STANDARD_EXPECTATION);
    assert_int_equal(measure_applies(&gap, &study, &missing), REASON_NOT_ASKED);
    assert_string_equal(missing, "perception");
}

/* any_standards: "and at least one of these, when not 0" */
static void one_of_any_is_enough(void **state)
{
    (void)state;
    const struct measure reliability = {.name = "reliability", .any_standards = both};
    const char *missing = NULL;
    struct study study = asking(1u << STANDARD_PERCEPTION);
    assert_int_equal(measure_applies(&reliability, &study, &missing), REASON_NONE);
    study = asking(1u << STANDARD_DESIRED);
    assert_int_equal(measure_applies(&reliability, &study, &missing), REASON_NOT_ASKED);
    assert_string_equal(missing, "expectation");
}

/* outcome_roles: "the study must have an outcome with at least one of these roles"; outcomes: "must have an outcome" */
static void outcomes_must_have_the_role(void **state)
{
    (void)state;
    const struct measure nps = {.name = "nps", .outcome_roles = 1u << OUTCOME_ROLE_RECOMMEND | 1u << OUTCOME_ROLE_LEFT};
    const struct measure drivers = {.name = "drivers", .outcomes = true};
    struct outcome outcome = {.name = "o", .column = "o", .kind = OUTCOME_SCALE, .role = OUTCOME_ROLE_SATISFACTION};
    const char *missing = NULL;
    struct study study = asking(both);
    assert_int_equal(measure_applies(&drivers, &study, &missing), REASON_NOT_ASKED);
    study.columns.outcomes = &outcome;
    study.columns.outcome_count = 1;
    assert_int_equal(measure_applies(&drivers, &study, &missing), REASON_NONE);
    assert_int_equal(measure_applies(&nps, &study, &missing), REASON_NOT_ASKED);
    assert_string_equal(missing, "an outcome with the role recommend");
    outcome.role = OUTCOME_ROLE_LEFT;
    assert_int_equal(measure_applies(&nps, &study, &missing), REASON_NONE);
}

/* BY_TOUCHPOINT: "the by-set of touchpoint and channel"; BY_TIME: "of the waves, without waves of the periods of time" */
static void a_by_set_comes_with_its_columns(void **state)
{
    (void)state;
    static const struct segment segments[] = {{.column = "when"}, {.column = "door"}, {.column = "desk"}, {.column = "round"}};
    const struct measure trend = {.name = "trend", .by = BY_TIME}, desks = {.name = "desks", .by = BY_TOUCHPOINT};
    uint32_t own[2] = {9, 9};
    const char *missing = NULL;
    struct study study = asking(both);
    study.columns.segments = segments;
    study.columns.segment_count = 4;
    assert_int_equal(measure_applies(&trend, &study, &missing), REASON_NOT_ASKED);
    assert_int_equal(measure_applies(&desks, &study, &missing), REASON_NOT_ASKED);
    study.columns.time = "when";
    study.columns.channel = "door";
    assert_int_equal(measure_segments(&trend, &study, own), 1);
    assert_int_equal(own[0], 0);
    study.columns.wave = "round";
    assert_int_equal(measure_segments(&trend, &study, own), 1);
    assert_int_equal(own[0], 3);
    study.columns.touchpoint = "desk";
    assert_int_equal(measure_segments(&desks, &study, own), 2);
    assert_int_equal(own[0], 2);
    assert_int_equal(own[1], 1);
    assert_int_equal(measure_applies(&desks, &study, &missing), REASON_NONE);
}

/* importance: points count as well as ratings */
static void importance_may_be_points_or_ratings(void **state)
{
    (void)state;
    const struct measure weighted = {.name = "weighted", .standards = both, .importance = true};
    const char *missing = NULL;
    struct study study = asking(both);
    assert_int_equal(measure_applies(&weighted, &study, &missing), REASON_NOT_ASKED);
    assert_string_equal(missing, "importance");
    study.columns.importance = IMPORTANCE_POINTS;
    assert_int_equal(measure_applies(&weighted, &study, &missing), REASON_NONE);
    study.columns.importance = IMPORTANCE_RATING;
    assert_int_equal(measure_applies(&weighted, &study, &missing), REASON_NONE);
}

/* dimensions: "and items that form dimensions"; unless_dimensions: shown by default in their place */
static void dimensions_may_be_missing(void **state)
{
    (void)state;
    const struct measure of_dimensions = {.name = "a", .standards = both, .dimensions = true, .by_default = true};
    const struct measure of_items = {.name = "b", .standards = both, .unless_dimensions = true, .by_default = true};
    const char *missing = NULL;
    struct study study = asking(both);
    assert_int_equal(measure_applies(&of_dimensions, &study, &missing), REASON_NOT_ASKED);
    assert_string_equal(missing, "dimensions");
    assert_false(measure_is_default(&of_dimensions, &study));
    assert_true(measure_is_default(&of_items, &study));
    study.dimension_count = 1;
    assert_true(measure_is_default(&of_dimensions, &study));
    assert_false(measure_is_default(&of_items, &study));
    missing = NULL;
    assert_int_equal(measure_applies(&of_items, &study, &missing), REASON_NONE);
}

/* "By name; NULL when there is none." */
static void registered_measures_are_found(void **state)
{
    (void)state;
    for (size_t i = 0; i < measure_register_count; i++)
        assert_ptr_equal(measure_find(span_of(measure_register[i]->name)), measure_register[i]);
    assert_null(measure_find(span_of("no_such_measure")));
    assert_null(measure_find(span_of("")));
}

/* "The text of a group's segment value; NULL when the cell was empty." */
static void segment_values_have_their_text(void **state)
{
    (void)state;
    static const char *const sexes[] = {"f", "m"};
    static const char *const branches[] = {"Oslo", "Bergen", "Bodø"};
    static const char *const *const texts[] = {sexes, branches};
    static const uint16_t values[] = {2, NO_SEGMENT_VALUE, 0};
    const struct answers answers = {.segment_values = texts};
    const struct pairs pairs = {.answers = &answers};
    const struct group group = {.values = values};
    const struct group_set set = {.by = {.segments = {1, 0, 0}, .segment_count = 3}, .group_count = 1, .groups = &group};
    assert_string_equal(pairs_value_text(&pairs, &set, &group, 0), "Bodø");
    assert_null(pairs_value_text(&pairs, &set, &group, 1));
    assert_string_equal(pairs_value_text(&pairs, &set, &group, 2), "f");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(outcomes_must_have_the_role),         cmocka_unit_test(a_by_set_comes_with_its_columns),
        cmocka_unit_test(all_standards_must_be_asked),         cmocka_unit_test(one_of_any_is_enough),
        cmocka_unit_test(importance_may_be_points_or_ratings), cmocka_unit_test(dimensions_may_be_missing),
        cmocka_unit_test(registered_measures_are_found),       cmocka_unit_test(segment_values_have_their_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
