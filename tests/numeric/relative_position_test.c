/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/relative_position.h"

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

/* "importance over its mean, and performance over its mean, turned round when it is shown to fall short, and 0 when nothing is
 * shown", against R */
static void agrees_with_r(void **state)
{
    (void)state;
    json_t *root = oracle_read("importance_map");
    struct agreement figures = {.name = "relative positions", .wanted = 15};
    size_t index = 0;
    const json_t *row = NULL;
    json_array_foreach (oracle_at(root, "cases"), index, row) {
        const json_t *p = json_object_get(row, "performance"), *i = json_object_get(row, "importance"),
                     *shown = json_object_get(row, "shown");
        const json_t *mean = json_object_get(row, "mean");
        for (size_t j = 0; j < json_array_size(p); j++) {
            const struct map_point point = {json_number_value(json_array_get(p, j)), json_number_value(json_array_get(i, j))};
            const struct map_point means = {json_number_value(json_array_get(mean, 0)),
                                            json_number_value(json_array_get(mean, 1))};
            struct relative_position r;
            assert_int_equal(relative_position_of(&point, &means, (int)json_integer_value(json_array_get(shown, j)), &r),
                             DEFINED);
            agreement_add(&figures, r.importance,
                          json_number_value(json_array_get(json_object_get(row, "relative_importance"), j)));
            agreement_add(&figures, r.performance,
                          json_number_value(json_array_get(json_object_get(row, "relative_performance"), j)));
        }
    }
    agreement_print(&figures);
    json_decref(root);
}

/* "the axes cross at (0, 1); RP = 0 or RI = 1 is MAP_BORDERLINE" */
static void quarters(void **state)
{
    (void)state;
    const struct map_point mean = {3, 4}, high = {3.5, 5}, low = {2.5, 3}, at = {2.5, 4};
    struct relative_position r;
    assert_int_equal(relative_position_of(&high, &mean, -1, &r), DEFINED);
    assert_int_equal(r.of, MAP_CONCENTRATE);
    assert_int_equal(relative_position_of(&high, &mean, 1, &r), DEFINED);
    assert_int_equal(r.of, MAP_KEEP_UP);
    assert_int_equal(relative_position_of(&low, &mean, -1, &r), DEFINED);
    assert_int_equal(r.of, MAP_LOW_PRIORITY);
    assert_int_equal(relative_position_of(&low, &mean, 1, &r), DEFINED);
    assert_int_equal(r.of, MAP_OVERKILL);
    assert_int_equal(relative_position_of(&high, &mean, 0, &r), DEFINED);
    assert_true(r.of == MAP_BORDERLINE && r.performance == 0);
    assert_int_equal(relative_position_of(&at, &mean, -1, &r), DEFINED);
    assert_int_equal(r.of, MAP_BORDERLINE);
}

/* "a mean or the performance is not above 0, so that a ratio says nothing -> UNDEFINED_UNBOUNDED" */
static void degenerate_cases(void **state)
{
    (void)state;
    const struct map_point good = {2, 2}, flat = {0, 2}, unimportant = {2, 0};
    struct relative_position r = {.importance = 7};
    assert_int_equal(relative_position_of(&flat, &good, -1, &r), UNDEFINED_UNBOUNDED);
    assert_int_equal(relative_position_of(&good, &flat, -1, &r), UNDEFINED_UNBOUNDED);
    assert_int_equal(relative_position_of(&good, &unimportant, 0, &r), UNDEFINED_UNBOUNDED);
    assert_true(r.importance == 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_r),
        cmocka_unit_test(quarters),
        cmocka_unit_test(degenerate_cases),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
