/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/ratio_interval.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "numeric/distribution.h"
#include "support/agreement.h"
#include "support/digits.h"
#include "support/integer_answers.h"
#include "support/oracle_fixture.h"

/* The sums of P − minimum and desired − minimum over those who have all three answers to an item. */
static struct exact_pair_sums zone_sums(const json_t *study, size_t item)
{
    struct exact_pair_sums sums = {0};
    bool overflow = false;
    const struct exact_weight once = {1, 1, 1};
    const char *const standards[] = {"minimum", "desired", "perception"};
    for (size_t person = 0; person < json_array_size(json_object_get(study, "minimum")); person++) {
        const json_t *answer[3];
        bool complete = true;
        for (size_t s = 0; s < 3; s++) {
            answer[s] = json_array_get(json_array_get(json_object_get(study, standards[s]), person), item);
            complete = complete && json_is_integer(answer[s]);
        }
        if (complete) {
            int64_t minimum = json_integer_value(answer[0]), desired = json_integer_value(answer[1]);
            exact_pair_sums_add(&sums, &once, json_integer_value(answer[2]) - minimum, desired - minimum, &overflow);
        }
    }
    assert_false(overflow);
    return sums;
}

static struct ratio_parts parts_of(const struct exact_pair_sums *sums)
{
    struct exact_sums x = {.n = sums->n, .w = sums->w, .ww = sums->ww, .wx = sums->wx, .wxx = sums->wxx};
    struct exact_sums y = {.n = sums->n, .w = sums->w, .ww = sums->ww, .wx = sums->wy, .wxx = sums->wyy};
    struct ratio_parts parts;
    assert_int_equal(exact_mean(&x, &unit_plain, &parts.numerator), DEFINED);
    assert_int_equal(exact_mean(&y, &unit_plain, &parts.denominator), DEFINED);
    assert_int_equal(exact_variance(&x, &unit_plain, &parts.numerator_variance), DEFINED);
    assert_int_equal(exact_variance(&y, &unit_plain, &parts.denominator_variance), DEFINED);
    assert_int_equal(exact_covariance(sums, &unit_plain, &unit_plain, &parts.covariance), DEFINED);
    double n = (double)sums->n;
    parts.numerator_variance /= n;
    parts.denominator_variance /= n;
    parts.covariance /= n;
    return parts;
}

/* "Fieller's interval of numerator/denominator": the zone position of F10, against R */
static void zone_positions_agree_with_r(void **state)
{
    (void)state;
    json_t *root = oracle_read("zone");
    struct agreement positions = {.name = "zone position and its ends", .wanted = 11};
    size_t study_index = 0, unbounded = 0;
    const json_t *study = NULL;
    json_array_foreach (oracle_at(root, "studies"), study_index, study) {
        size_t item = 0;
        const json_t *row = NULL;
        json_array_foreach (json_object_get(study, "items"), item, row) {
            struct exact_pair_sums sums = zone_sums(study, item);
            assert_true((double)sums.n == member_number(row, "n"));
            if (json_is_null(json_object_get(row, "zone_position")))
                continue; /* inverted: the measure leaves it out */
            struct ratio_parts parts = parts_of(&sums);
            struct interval i = {0, 0};
            double tail = (1 - member_number(study, "confidence")) / 2;
            bool bounded = fieller_interval(&parts, t_quantile_upper(tail, (double)sums.n - 1), &i) == DEFINED;
            agreement_add(&positions, 100 * parts.numerator / parts.denominator, member_number(row, "zone_position"));
            agreement_add_member(&positions, bounded, 100 * i.low, row, "zone_position_low");
            agreement_add_member(&positions, bounded, 100 * i.high, row, "zone_position_high");
            unbounded += !bounded;
        }
    }
    assert_true(unbounded > 0);
    agreement_print(&positions);
    json_decref(root);
}

/* The ends are where (a − rb)² = q² (v_a − 2r c + r² v_b), whatever the signs; between them stands the ratio. */
static void ends_solve_their_equation(void **state)
{
    (void)state;
    static const struct ratio_parts cases[] = {
        {.8, 1.7, .01, .02, .005}, {-.8, 1.7, .01, .02, .005}, {.8, -1.7, .01, .02, -.005},
        {0, 2, .5, .1, 0},         {1e-9, 2, .5, .1, .2},      {3, 1e6, 1e-9, 4, 0},
        {5, 2, 0, 0, 0},           {5, 2, .3, 0, 0},           {-5, 2, .09, .04, -.06},
    };
    double q = 1.97;
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        const struct ratio_parts *p = &cases[c];
        struct interval i;
        assert_int_equal(fieller_interval(p, q, &i), DEFINED);
        assert_true(i.low <= p->numerator / p->denominator && p->numerator / p->denominator <= i.high);
        const double ends[] = {i.low, i.high};
        for (size_t e = 0; e < 2; e++) {
            double r = ends[e], left = pow(p->numerator - r * p->denominator, 2);
            double right = q * q * (p->numerator_variance - 2 * r * p->covariance + r * r * p->denominator_variance);
            double size = pow(p->numerator, 2) + pow(r * p->denominator, 2);
            assert_true(fabs(left - right) <= 1e-14 * size);
        }
    }
}

/* "denominator² <= quantile² × denominator_variance -> UNDEFINED_UNBOUNDED" */
static void unbounded_is_told(void **state)
{
    (void)state;
    struct interval i = {7, 7};
    assert_int_equal(fieller_interval(&(struct ratio_parts){1, .1, .01, .01, 0}, 1.97, &i), UNDEFINED_UNBOUNDED);
    assert_int_equal(fieller_interval(&(struct ratio_parts){1, 2, .01, 1, 0}, 2, &i), UNDEFINED_UNBOUNDED);
    assert_int_equal(fieller_interval(&(struct ratio_parts){1, 0, .01, 0, 0}, 2, &i), UNDEFINED_UNBOUNDED);
    assert_true(i.low == 7 && i.high == 7);
    assert_int_equal(fieller_interval(&(struct ratio_parts){0, 2, 0, 0, 0}, 2, &i), DEFINED);
    assert_true(i.low == 0 && i.high == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(zone_positions_agree_with_r),
        cmocka_unit_test(ends_solve_their_equation),
        cmocka_unit_test(unbounded_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
