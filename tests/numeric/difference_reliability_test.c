/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/difference_reliability.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "numeric/alpha.h"
#include "support/agreement.h"
#include "support/digits.h"
#include "support/integer_answers.h"
#include "support/oracle_fixture.h"

/* "(s₁² r₁₁ + s₂² r₂₂ − 2 s₁₂) / s_D²" from five figures */
static void summaries_agree_with_r(void **state)
{
    (void)state;
    json_t *root = oracle_read("difference_reliability");
    struct agreement r = {.name = "reliability of a difference", .wanted = 14.5};
    size_t index = 0;
    const json_t *row = NULL;
    json_array_foreach (oracle_at(root, "summaries"), index, row) {
        double e = member_number(row, "sd_expectation"), p = member_number(row, "sd_perception");
        struct difference_parts parts = {e * e, member_number(row, "reliability_expectation"), p * p,
                                         member_number(row, "reliability_perception"),
                                         e * e + p * p - 2 * member_number(row, "r") * e * p};
        double value = 7;
        bool defined = difference_reliability(&parts, &value) == DEFINED;
        assert_true(defined || value == 7);
        agreement_add_member(&r, defined, value, row, "difference_reliability");
    }
    agreement_print(&r);
    json_decref(root);
}

/* The sums of each row of a matrix, and of the differences of two: a score times the number of items. */
static struct exact_sums row_sums(const json_t *rows, const json_t *subtract)
{
    static struct block_room room;
    block_of(rows, subtract, &room);
    struct exact_sums sums = {.n = room.block.all.n, .w = wide_from(room.block.all.w), .ww = wide_from(room.block.all.ww)};
    int128 sum = 0, squares = 0;
    for (size_t i = 0; i < room.block.count; i++)
        sum += room.sums[i];
    for (size_t i = 0; i < room.block.count * room.block.count; i++)
        squares += room.products[i];
    sums.wx = sums.wwx = wide_from(sum);
    sums.wxx = sums.wwxx = wide_from(squares);
    return sums;
}

static double alpha_of(const json_t *rows, const json_t *subtract)
{
    static struct block_room room;
    block_of(rows, subtract, &room);
    struct alpha a;
    assert_int_equal(cronbach_alpha(&room.block, .95, &a), DEFINED);
    return a.alpha;
}

/* From answers: "give it exactly (exact_variance of the difference)"; and the alpha of the gaps, which stands beside it. */
static void studies_agree_with_r(void **state)
{
    (void)state;
    json_t *root = oracle_read("difference_reliability");
    struct agreement r = {.name = "from answers", .wanted = 14}, gaps = {.name = "alpha of the gaps", .wanted = 14};
    size_t index = 0;
    const json_t *row = NULL;
    json_array_foreach (oracle_at(root, "studies"), index, row) {
        const json_t *e = json_object_get(row, "expectation"), *p = json_object_get(row, "perception");
        struct difference_parts parts = {.first_reliability = alpha_of(e, NULL), .second_reliability = alpha_of(p, NULL)};
        struct exact_unit mean = {.step = {1, 0}, .divisor = (int64_t)json_array_size(json_array_get(e, 0))};
        struct exact_sums first = row_sums(e, NULL), second = row_sums(p, NULL), difference = row_sums(p, e);
        assert_int_equal(exact_variance(&first, &mean, &parts.first_variance), DEFINED);
        assert_int_equal(exact_variance(&second, &mean, &parts.second_variance), DEFINED);
        assert_int_equal(exact_variance(&difference, &mean, &parts.difference_variance), DEFINED);
        double value = 0;
        assert_int_equal(difference_reliability(&parts, &value), DEFINED);
        agreement_add(&r, value, member_number(row, "difference_reliability"));
        agreement_add(&gaps, alpha_of(p, e), member_number(row, "gap_reliability"));
    }
    agreement_print(&r);
    agreement_print(&gaps);
    json_decref(root);
}

/* formulas.md: "α_E .4326, α_P .8724, r .5465, sd 1.2662 and 1.2661, r_D .233743587" (figures to four digits here) */
static void the_published_example(void **state)
{
    (void)state;
    double e = 1.2662, p = 1.2661, value = 0;
    struct difference_parts parts = {e * e, .4326, p * p, .8724, e * e + p * p - 2 * .5465 * e * p};
    assert_int_equal(difference_reliability(&parts, &value), DEFINED);
    assert_digits(value, .233743587, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(summaries_agree_with_r),
        cmocka_unit_test(studies_agree_with_r),
        cmocka_unit_test(the_published_example),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
