/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/tetraclasse_axis.h"

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

#define ATTRIBUTES_MAX 32

static const char *const words[TETRACLASSE_CLASS_COUNT] = {"key", "plus", "basic", "secondary"};

/* The number at [row][column] of a matrix. */
static double cell(const json_t *matrix, size_t row, size_t column)
{
    return json_number_value(json_array_get(json_array_get(matrix, row), column));
}

/* The counts of a stack of rows, good and bad in turn. */
static size_t counts_of(const json_t *rows, struct tetraclasse_counts counts[ATTRIBUTES_MAX])
{
    size_t count = json_array_size(rows) / 2;
    assert_true(count <= ATTRIBUTES_MAX);
    for (size_t i = 0; i < count; i++) {
        counts[i] = (struct tetraclasse_counts){.good_happy = cell(rows, 2 * i, 0),
                                                .good_all = cell(rows, 2 * i, 0) + cell(rows, 2 * i, 1),
                                                .bad_happy = cell(rows, 2 * i + 1, 0),
                                                .bad_all = cell(rows, 2 * i + 1, 0) + cell(rows, 2 * i + 1, 1)};
    }
    return count;
}

/* An element of an array against a figure that may not exist. */
static void compare_element(struct agreement *agreement, const json_t *array, size_t i, bool defined, double actual)
{
    const json_t *expected = json_array_get(array, i);
    assert_int_equal(defined, !json_is_null(expected));
    if (defined)
        agreement_add(agreement, actual, json_number_value(expected));
}

/* "coordinate (q_row − q)/√(q(1 − q)), the cuts at the means", against the singular value decomposition and MASS::corresp */
static void agrees_with_correspondence_analysis(void **state)
{
    (void)state;
    json_t *root = oracle_read("tetraclasse");
    struct agreement axes = {.name = "axis", .wanted = 12}, places = {.name = "coordinates", .wanted = 11};
    size_t index = 0;
    const json_t *row = NULL;
    json_array_foreach (oracle_at(root, "cases"), index, row) {
        struct tetraclasse_counts counts[ATTRIBUTES_MAX];
        struct tetraclasse_point points[ATTRIBUTES_MAX];
        struct tetraclasse_axis axis;
        size_t count = counts_of(json_object_get(row, "rows"), counts);
        assert_int_equal(tetraclasse_place(counts, count, points, &axis), DEFINED);
        agreement_add_member(&axes, true, axis.inertia, row, "inertia");
        agreement_add_member(&axes, true, axis.happy_share, row, "happy_share");
        agreement_add_member(&axes, true, axis.x_cut, row, "x_cut");
        agreement_add_member(&axes, true, axis.y_cut, row, "y_cut");
        for (size_t i = 0; i < count; i++) {
            bool defined = !points[i].undefined;
            compare_element(&places, json_object_get(row, "x"), i, defined, points[i].x);
            compare_element(&places, json_object_get(row, "y"), i, defined, points[i].y);
            if (defined)
                assert_string_equal(words[points[i].of], json_string_value(json_array_get(json_object_get(row, "class"), i)));
        }
    }
    agreement_print(&axes);
    agreement_print(&places);
    json_decref(root);
}

/* formulas.md section 9: "Tetraclasse rows (80,20)(10,40)(60,10)(30,50)(70,40)(20,20): ±.4082483 .8164966 .5248907 .4592793
 * .0742270 .2041241" */
static void the_formula_sheets_example(void **state)
{
    (void)state;
    const struct tetraclasse_counts counts[] = {{80, 100, 10, 50}, {60, 70, 30, 80}, {70, 110, 20, 40}};
    const double x[] = {.4082483, .5248907, .0742270}, y[] = {.8164966, .4592793, .2041241};
    struct tetraclasse_point points[3];
    struct tetraclasse_axis axis;
    assert_int_equal(tetraclasse_place(counts, 3, points, &axis), DEFINED);
    for (size_t i = 0; i < 3; i++) {
        assert_digits(points[i].x, x[i], 6.2);
        assert_digits(points[i].y, y[i], 6.5);
        assert_false(points[i].borderline);
    }
    assert_true(points[0].of == TETRACLASSE_KEY && points[1].of == TETRACLASSE_PLUS && points[2].of == TETRACLASSE_SECONDARY);
}

/* The order of the attributes and a common weight change nothing. */
static void laws(void **state)
{
    (void)state;
    const struct tetraclasse_counts counts[] = {{80, 100, 10, 50}, {60, 70, 30, 80}, {70, 110, 5, 40}};
    const struct tetraclasse_counts turned[] = {{560, 880, 40, 320}, {480, 560, 240, 640}, {640, 800, 80, 400}};
    struct tetraclasse_point points[3], others[3];
    struct tetraclasse_axis axis;
    assert_int_equal(tetraclasse_place(counts, 3, points, &axis), DEFINED);
    assert_int_equal(tetraclasse_place(turned, 3, others, &axis), DEFINED);
    const size_t from[] = {2, 1, 0};
    for (size_t i = 0; i < 3; i++) {
        assert_digits(others[i].x, points[from[i]].x, 14);
        assert_digits(others[i].y, points[from[i]].y, 14);
        assert_int_equal(others[i].of, points[from[i]].of);
    }
}

/* "nobody gave a bad mark, or nobody a good one"; "all outcomes the same"; alike attributes lie on the cuts */
static void degenerate_cases(void **state)
{
    (void)state;
    const struct tetraclasse_counts empty = {0, 0, 0, 0}, all_happy = {5, 5, 3, 3}, all_sad = {0, 5, 0, 3};
    struct tetraclasse_point points[2];
    struct tetraclasse_axis axis;
    assert_int_equal(tetraclasse_place(&empty, 1, points, &axis), UNDEFINED_TOO_FEW);
    assert_int_equal(tetraclasse_place(&all_happy, 1, points, &axis), UNDEFINED_NO_VARIANCE);
    assert_int_equal(tetraclasse_place(&all_sad, 1, points, &axis), UNDEFINED_NO_VARIANCE);
    const struct tetraclasse_counts one_sided[] = {{5, 9, 0, 0}, {0, 0, 2, 7}};
    assert_int_equal(tetraclasse_place(one_sided, 2, points, &axis), DEFINED);
    assert_true(points[0].undefined == UNDEFINED_TOO_FEW && points[1].undefined == UNDEFINED_TOO_FEW && axis.placed == 0);
    const struct tetraclasse_counts twins[] = {{8, 10, 2, 10}, {8, 10, 2, 10}};
    assert_int_equal(tetraclasse_place(twins, 2, points, &axis), DEFINED);
    assert_true(points[0].borderline && points[0].of == TETRACLASSE_SECONDARY && points[1].of == TETRACLASSE_SECONDARY);
    /* a perfect prediction has inertia 1 */
    const struct tetraclasse_counts perfect = {10, 10, 0, 10};
    assert_int_equal(tetraclasse_place(&perfect, 1, points, &axis), DEFINED);
    assert_digits(axis.inertia, 1, 15);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_correspondence_analysis),
        cmocka_unit_test(the_formula_sheets_example),
        cmocka_unit_test(laws),
        cmocka_unit_test(degenerate_cases),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
