/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/importance_map.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "support/agreement.h"
#include "support/digits.h"
#include "support/oracle_fixture.h"

#define POINTS_MAX 32

static const char *const words[MAP_QUADRANT_COUNT] = {"keep up", "concentrate here", "low priority", "possible overkill",
                                                      "borderline"};

/* The word at a place of an array of words. */
static const char *word_at(const json_t *row, const char *key, size_t i)
{
    return json_string_value(json_array_get(json_object_get(row, key), i));
}

/* "the two lines at the means, or at the medians", "the quarter a point lies in", against R */
static void agrees_with_r(void **state)
{
    (void)state;
    json_t *root = oracle_read("importance_map");
    struct agreement lines = {.name = "lines of the map", .wanted = 15};
    size_t index = 0;
    const json_t *row = NULL;
    json_array_foreach (oracle_at(root, "cases"), index, row) {
        const json_t *performance = json_object_get(row, "performance"), *importance = json_object_get(row, "importance");
        bool one = json_is_number(performance);
        size_t count = one ? 1 : json_array_size(performance);
        struct map_point points[POINTS_MAX], means, medians;
        double work[POINTS_MAX];
        assert_true(count <= POINTS_MAX);
        for (size_t i = 0; i < count && !one; i++)
            points[i] = (struct map_point){json_number_value(json_array_get(performance, i)),
                                           json_number_value(json_array_get(importance, i))};
        if (one)
            points[0] = (struct map_point){json_number_value(performance), json_number_value(importance)};
        assert_int_equal(map_lines(points, count, MAP_CUT_MEANS, work, &means), DEFINED);
        assert_int_equal(map_lines(points, count, MAP_CUT_MEDIANS, work, &medians), DEFINED);
        agreement_add(&lines, means.performance, json_number_value(json_array_get(json_object_get(row, "mean"), 0)));
        agreement_add(&lines, means.importance, json_number_value(json_array_get(json_object_get(row, "mean"), 1)));
        agreement_add(&lines, medians.performance, json_number_value(json_array_get(json_object_get(row, "median"), 0)));
        agreement_add(&lines, medians.importance, json_number_value(json_array_get(json_object_get(row, "median"), 1)));
        for (size_t i = 0; i < count && !one; i++) {
            assert_string_equal(words[map_quadrant_of(&points[i], &means)], word_at(row, "by_means", i));
            assert_string_equal(words[map_quadrant_of(&points[i], &medians)], word_at(row, "by_medians", i));
            assert_string_equal(words[map_diagonal_of(&points[i])], word_at(row, "diagonal", i));
        }
    }
    agreement_print(&lines);
    json_decref(root);
}

/* "closer to a line than 1e-9 of its value is on it"; "so that the order of the points does not matter" */
static void lines_and_orders(void **state)
{
    (void)state;
    const struct map_point lines = {3, 4}, on = {3 + 1e-10, 5}, beside = {3 + 1e-7, 5}, below = {4, 4 - 1e-10};
    assert_int_equal(map_quadrant_of(&on, &lines), MAP_BORDERLINE);
    assert_int_equal(map_quadrant_of(&beside, &lines), MAP_KEEP_UP);
    assert_int_equal(map_quadrant_of(&below, &lines), MAP_BORDERLINE);
    const struct map_point points[] = {{.1, .7}, {.2, .2}, {.3, .1}, {1e6, .3}},
                           turned[] = {{1e6, .3}, {.3, .1}, {.1, .7}, {.2, .2}};
    struct map_point a, b;
    double work[4];
    assert_int_equal(map_lines(points, 4, MAP_CUT_MEANS, work, &a), DEFINED);
    assert_int_equal(map_lines(turned, 4, MAP_CUT_MEANS, work, &b), DEFINED);
    assert_true(a.performance == b.performance && a.importance == b.importance);
    assert_int_equal(map_lines(points, 0, MAP_CUT_MEANS, work, &a), UNDEFINED_TOO_FEW);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_r),
        cmocka_unit_test(lines_and_orders),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
