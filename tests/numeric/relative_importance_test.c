/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/relative_importance.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/chance.h"
#include "base/limits.h"
#include "support/agreement.h"
#include "support/digits.h"
#include "support/oracle_fixture.h"

enum { P = LMG_EXACT_MAX, MANY = 30 };

static double between[MANY * MANY], outcome[MANY];
static struct correlations correlations;

static double *room_of(size_t doubles)
{
    double *room = malloc(doubles * sizeof *room);
    assert_non_null(room);
    return room;
}

static void read_correlations(const json_t *row)
{
    const json_t *from = json_object_get(row, "between");
    size_t p = json_array_size(from);
    for (size_t i = 0; i < p; i++) {
        outcome[i] = json_number_value(json_array_get(json_object_get(row, "outcome"), i));
        for (size_t j = 0; j < p; j++)
            between[i * p + j] = p == 1 ? 1 : json_number_value(json_array_get(json_array_get(from, i), j));
    }
    correlations = (struct correlations){p, between, outcome};
}

static void add_all(struct agreement *agreement, const json_t *expected, const double *actual)
{
    for (size_t i = 0; i < json_array_size(expected); i++)
        agreement_add(agreement, actual[i], json_number_value(json_array_get(expected, i)));
}

/* LMG, Owen's value and Johnson's weights against the means over all orders of entry, by R. */
static void agrees_with_all_orders(void **state)
{
    (void)state;
    json_t *root = oracle_read("relative_importance");
    struct agreement lmg = {.name = "LMG", .wanted = 12}, owen = {.name = "Owen", .wanted = 12};
    struct agreement johnson = {.name = "Johnson", .wanted = 12}, squares = {.name = "R²", .wanted = 13};
    double *room = room_of(importance_room(7) + importance_johnson_room(7));
    size_t index = 0;
    const json_t *row = NULL;
    json_array_foreach (oracle_at(root, "cases"), index, row) {
        read_correlations(row);
        double out[P], r_squared = -1;
        assert_int_equal(importance_lmg(&correlations, room, out, &r_squared), DEFINED);
        add_all(&lmg, json_object_get(row, "lmg"), out);
        agreement_add_member(&squares, true, r_squared, row, "r_squared");
        const json_t *blocks = json_object_get(row, "blocks");
        uint32_t block_of[P];
        for (size_t j = 0; j < json_array_size(blocks); j++)
            block_of[j] = (uint32_t)json_integer_value(json_array_get(blocks, j));
        if (json_is_array(blocks)) {
            assert_int_equal(importance_owen(&correlations, block_of, room, out, &r_squared), DEFINED);
            add_all(&owen, json_object_get(row, "owen"), out);
        }
        assert_int_equal(importance_johnson(&correlations, room, out), DEFINED);
        add_all(&johnson, json_object_get(row, "johnson"), out);
    }
    const struct agreement *const all[] = {&lmg, &owen, &johnson, &squares};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        agreement_print(all[i]);
    free(room);
    json_decref(root);
}

/* Correlations of p variables that share a factor, and an outcome made of them; another seed, other ones. */
static void draw(uint64_t seed, size_t p)
{
    double loading[MANY], slope[MANY], variance = 1;
    for (size_t i = 0; i < p; i++) {
        loading[i] = .3 + .6 * chance_uniform(seed, 1, i);
        slope[i] = chance_uniform(seed, 2, i) - .3;
    }
    for (size_t i = 0; i < p; i++) {
        for (size_t j = 0; j < p; j++)
            between[i * p + j] = i == j ? 1 : loading[i] * loading[j];
    }
    for (size_t i = 0; i < p; i++) {
        outcome[i] = 0;
        for (size_t j = 0; j < p; j++)
            outcome[i] += between[i * p + j] * slope[j];
        variance += outcome[i] * slope[i];
    }
    for (size_t i = 0; i < p; i++)
        outcome[i] /= sqrt(variance);
    correlations = (struct correlations){p, between, outcome};
}

static double sum_of(const double *values, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += values[i];
    return sum;
}

/* "they sum to R²", with as many predictors as are enumerated; "a block's sum is the LMG of the block as a whole"; another order
 * of the predictors gives the same in another order. */
static void laws(void **state)
{
    (void)state;
    double *room = room_of(importance_room(P));
    for (uint64_t seed = 0; seed < 4; seed++) {
        size_t p = seed ? 5 + seed : P;
        draw(seed, p);
        double out[P], turned[P], blocks[P], r_squared = 0, again = 0, mirror[P * P], mirror_outcome[P];
        assert_int_equal(importance_lmg(&correlations, room, out, &r_squared), DEFINED);
        assert_true(fabs(sum_of(out, p) - r_squared) < 1e-12 && r_squared > 0 && r_squared < 1);
        for (size_t i = 0; i < p; i++) {
            mirror_outcome[p - 1 - i] = outcome[i];
            for (size_t j = 0; j < p; j++)
                mirror[(p - 1 - i) * p + p - 1 - j] = between[i * p + j];
        }
        const struct correlations reversed = {p, mirror, mirror_outcome};
        assert_int_equal(importance_lmg(&reversed, room, turned, &again), DEFINED);
        for (size_t i = 0; i < p; i++)
            assert_true(fabs(out[i] - turned[p - 1 - i]) < 1e-13);
        /* everybody in a block of his own: LMG; all in one block: LMG too */
        uint32_t alone[P], together[P] = {0}, halves[P];
        for (size_t i = 0; i < p; i++) {
            alone[i] = (uint32_t)i;
            halves[i] = i < 2;
        }
        assert_int_equal(importance_owen(&correlations, alone, room, turned, &again), DEFINED);
        assert_int_equal(importance_owen(&correlations, together, room, blocks, &again), DEFINED);
        for (size_t i = 0; i < p; i++)
            assert_true(fabs(out[i] - turned[i]) < 1e-13 && fabs(out[i] - blocks[i]) < 1e-13);
        /* two blocks: the block of the first two gets the mean of what it adds first and last */
        double *squares = room, first = 0;
        assert_int_equal(importance_owen(&correlations, halves, room, blocks, &again), DEFINED);
        size_t full = ((size_t)1 << p) - 1;
        first = .5 * (squares[3] + squares[full] - squares[full & ~(size_t)3]);
        assert_true(fabs(blocks[0] + blocks[1] - first) < 1e-13);
    }
    free(room);
}

/* "LMG by random orders": within four of its errors of the exact one, exact in the sum, and the same for the same seed. */
static void sampled_orders_agree(void **state)
{
    (void)state;
    double *room = room_of(importance_room(12) + importance_sampled_room(MANY));
    draw(11, 12);
    double exact[12], out[MANY], again[MANY], se[MANY], r_squared = 0, sampled = 0;
    assert_int_equal(importance_lmg(&correlations, room, exact, &r_squared), DEFINED);
    const struct importance_draw draws = {7, 3, 400}, others = {8, 3, 400};
    assert_int_equal(importance_lmg_sampled(&correlations, &draws, room, out, se, &sampled), DEFINED);
    assert_digits(sampled, r_squared, 13);
    double spread = 0;
    for (size_t i = 0; i < 12; i++) {
        spread += (out[i] - exact[i]) * (out[i] - exact[i]) / (se[i] * se[i]) / 12;
        assert_true(fabs(out[i] - exact[i]) < 4 * se[i] && se[i] < .02);
    }
    assert_true(spread > .1 && spread < 4);
    assert_int_equal(importance_lmg_sampled(&correlations, &draws, room, again, se, &sampled), DEFINED);
    assert_memory_equal(out, again, sizeof exact);
    assert_int_equal(importance_lmg_sampled(&correlations, &others, room, again, se, &sampled), DEFINED);
    assert_memory_not_equal(out, again, sizeof exact);
    draw(12, MANY);
    assert_int_equal(importance_lmg_sampled(&correlations, &draws, room, out, se, &sampled), DEFINED);
    assert_true(fabs(sum_of(out, MANY) - sampled) < 1e-12 && sampled < 1);
    free(room);
}

/* "a predictor that leaves less than 1e-10 of its variance", "a constant predictor", "constant outcome" */
static void degenerate_cases(void **state)
{
    (void)state;
    double *room = room_of(importance_room(4) + importance_sampled_room(4) + importance_johnson_room(4));
    draw(3, 3);
    for (size_t i = 0; i < 3; i++) {
        between[2 * 3 + i] = between[3 + i];
        between[i * 3 + 2] = between[i * 3 + 1];
    }
    outcome[2] = outcome[1];
    between[5] = between[7] = between[8] = between[4] = 1;
    double out[3] = {7, 7, 7}, se[3], r_squared = 7;
    const struct importance_draw draws = {1, 1, 2};
    const uint32_t blocks[3] = {0, 1, 1};
    assert_int_equal(importance_lmg(&correlations, room, out, &r_squared), UNDEFINED_SINGULAR);
    assert_int_equal(importance_owen(&correlations, blocks, room, out, &r_squared), UNDEFINED_SINGULAR);
    assert_int_equal(importance_johnson(&correlations, room, out), UNDEFINED_SINGULAR);
    assert_true(out[0] == 7 && r_squared == 7);
    assert_int_equal(importance_lmg_sampled(&correlations, &draws, room, out, se, &r_squared), UNDEFINED_SINGULAR);
    const double constant[] = {0, 0, 0, 0, 2, 1, 0, 1, 2}, flat[] = {2, 1, 0, 1, 2, 0, 0, 0, 0},
                 fine[] = {4, 1, 3, 1, 9, -3, 3, -3, 25};
    assert_int_equal(correlations_make(constant, 2, between, outcome), UNDEFINED_SINGULAR);
    assert_int_equal(correlations_make(flat, 2, between, outcome), UNDEFINED_NO_VARIANCE);
    assert_int_equal(correlations_make(fine, 2, between, outcome), DEFINED);
    assert_digits(between[1], 1 / 6., 15);
    assert_digits(outcome[0], .3, 15);
    assert_digits(outcome[1], -.2, 15);
    free(room);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_all_orders),
        cmocka_unit_test(laws),
        cmocka_unit_test(sampled_orders_agree),
        cmocka_unit_test(degenerate_cases),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
