/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/index_score.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "support/agreement.h"
#include "support/digits.h"
#include "support/oracle_fixture.h"

static double number_of(const json_t *row, const char *array, size_t at)
{
    return json_number_value(json_array_get(json_object_get(row, array), at));
}

/* "100 Σ w (mean − low) / Σ w (high − low)" */
static void agrees_with_r(void **state)
{
    (void)state;
    json_t *root = oracle_read("index_score");
    struct agreement figures = {.name = "index", .wanted = 14.5};
    size_t index = 0;
    const json_t *row = NULL;
    json_array_foreach (oracle_at(root, "cases"), index, row) {
        struct indicator indicators[3];
        size_t count = json_array_size(json_object_get(row, "mean"));
        assert_true(count <= 3);
        for (size_t i = 0; i < count; i++)
            indicators[i] = (struct indicator){number_of(row, "mean", i), number_of(row, "low", i), number_of(row, "high", i),
                                               number_of(row, "weight", i)};
        double value = 0;
        assert_int_equal(index_score(indicators, count, &value), DEFINED);
        agreement_add(&figures, value, member_number(row, "index"));
    }
    agreement_print(&figures);
    json_decref(root);
}

static double mean_of_item(const json_t *items, const char *name)
{
    size_t index = 0;
    const json_t *item = NULL;
    json_array_foreach (items, index, item) {
        if (strcmp(json_string_value(json_object_get(item, "item")), name) == 0)
            return member_number(item, "mean");
    }
    fail_msg("no item %s", name);
    return 0;
}

/* formulas.md section 9: "Index of Satisfaction (F60): 72.45411793; weight shares .38363, .28155, .33482", and the index of
 * every other construct of that study. The weights are those of the structural model, published to 11 digits. */
static void the_published_indices(void **state)
{
    (void)state;
    char path[4096];
    json_t *root = oracle_read_path(real_answers_path("mobi-ecsi/reference.json", path, sizeof path));
    struct agreement figures = {.name = "published indices", .wanted = 9};
    size_t index = 0, found = 0;
    const json_t *row = NULL;
    json_array_foreach (oracle_at(root, "index_0_100_scale_1_10"), index, row) {
        struct indicator indicators[8];
        size_t count = 0;
        const char *name = NULL;
        json_t *weight = NULL;
        json_object_foreach (json_object_get(row, "w_unstd_normalised"), name, weight) {
            assert_true(count < 8);
            double mean = mean_of_item(oracle_at(root, "items"), name);
            indicators[count++] = (struct indicator){mean, 1, 10, json_number_value(weight)};
        }
        double value = 0;
        assert_int_equal(index_score(indicators, count, &value), DEFINED);
        agreement_add(&figures, value, member_number(row, "index_0_100"));
        if (strcmp(json_string_value(json_object_get(row, "lv")), "Satisfaction") == 0) {
            assert_digits(value, 72.45411793, 9);
            found = count;
        }
    }
    assert_int_equal(found, 3);
    agreement_print(&figures);
    json_decref(root);
}

/* "A negative weight → index invalid; refuse"; "all weights 0"; the ends of the scales are 0 and 100, and weights have no unit */
static void refuses_and_ends(void **state)
{
    (void)state;
    struct indicator two[2] = {{5, 1, 10, .5}, {6, 1, 10, -.1}};
    double value = 7, other = 0;
    assert_int_equal(index_score(two, 2, &value), UNDEFINED_INADMISSIBLE);
    two[0].weight = two[1].weight = 0;
    assert_int_equal(index_score(two, 2, &value), UNDEFINED_NO_VARIANCE);
    assert_true(value == 7);
    two[0] = (struct indicator){1, 1, 10, 3};
    two[1] = (struct indicator){-2, -2, 2, 1};
    assert_int_equal(index_score(two, 2, &value), DEFINED);
    assert_true(value == 0);
    two[0].mean = 10;
    two[1].mean = 2;
    assert_int_equal(index_score(two, 2, &value), DEFINED);
    assert_digits(value, 100, 15);
    two[0].mean = 4;
    assert_int_equal(index_score(two, 2, &value), DEFINED);
    two[0].weight = 6;
    two[1].weight = 2;
    assert_int_equal(index_score(two, 2, &other), DEFINED);
    assert_digits(other, value, 15);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_r),
        cmocka_unit_test(the_published_indices),
        cmocka_unit_test(refuses_and_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
