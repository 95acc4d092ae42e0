/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/resample_interval.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/agreement.h"
#include "support/digits.h"
#include "support/oracle_fixture.h"

enum { MOST = 2048 };

/* Replicates and jackknife figures of one statistic. */
struct figures {
    double replicates[MOST], left_out[MOST];
    uint64_t weight[MOST];
    struct resampled bootstrap, jackknife;
};

static struct figures figures;

static void figures_set(const double *replicates, size_t kept, const double *left_out, size_t units)
{
    for (size_t i = 0; i < kept; i++)
        figures.replicates[i] = replicates[i];
    for (size_t i = 0; i < units; i++) {
        figures.left_out[i] = left_out[i];
        figures.weight[i] = 1;
    }
    figures.bootstrap = (struct resampled){.kept = kept, .count = 1, .values = figures.replicates};
    figures.jackknife = (struct resampled){.kept = units, .count = 1, .values = figures.left_out, .weight = figures.weight};
}

static size_t numbers(const json_t *array, double *out)
{
    for (size_t i = 0; i < json_array_size(array); i++)
        out[i] = json_number_value(json_array_get(array, i));
    return json_array_size(array);
}

static enum undefined find(double estimate, double confidence, struct resample_interval *out)
{
    struct ctx ctx = {.threads = 1};
    assert_int_equal(arena_create(NULL, &ctx.arena), STATUS_OK);
    enum undefined undefined = DEFINED;
    const struct resample_sample sample = {estimate, &figures.bootstrap, figures.jackknife.kept ? &figures.jackknife : NULL, 0,
                                           confidence};
    assert_int_equal(resample_interval_find(&ctx, &sample, out, &undefined), STATUS_OK);
    arena_destroy(ctx.arena);
    return undefined;
}

static void compare_ends(struct agreement *agreement, const struct interval *interval, const json_t *row, const char *key)
{
    double ends[2];
    assert_int_equal(numbers(json_object_get(row, key), ends), 2);
    agreement_add(agreement, interval->low, ends[0]);
    agreement_add(agreement, interval->high, ends[1]);
}

/* Percentile, basic and BCa from the same replicates, against boot::boot.ci */
static void agrees_with_boot(void **state)
{
    (void)state;
    json_t *root = oracle_read("resample");
    struct agreement percentile = {.name = "percentile", .wanted = 14}, basic = {.name = "basic", .wanted = 13};
    struct agreement bca = {.name = "BCa", .wanted = 12}, acceleration = {.name = "acceleration", .wanted = 11.5};
    struct agreement se = {.name = "standard error", .wanted = 14};
    size_t index = 0;
    const json_t *row = NULL;
    json_array_foreach (oracle_at(root, "cases"), index, row) {
        static double replicates[MOST], left_out[MOST];
        size_t kept = numbers(json_object_get(row, "replicates"), replicates);
        size_t units = numbers(json_object_get(row, "jackknife"), left_out);
        figures_set(replicates, kept, left_out, units);
        struct resample_interval found;
        assert_int_equal(find(member_number(row, "estimate"), member_number(row, "confidence"), &found), DEFINED);
        assert_int_equal(found.method, METHOD_BCA);
        compare_ends(&percentile, &found.percentile, row, "percentile");
        compare_ends(&basic, &found.basic, row, "basic");
        compare_ends(&bca, &found.bca, row, "bca");
        agreement_add(&acceleration, found.acceleration, member_number(row, "acceleration"));
        agreement_add(&se, found.se, member_number(row, "se"));
    }
    agreement_print(&percentile);
    agreement_print(&basic);
    agreement_print(&bca);
    agreement_print(&acceleration);
    agreement_print(&se);
    json_decref(root);
}

/* formulas.md F25: "data (0,0,1,0,−3,2,0,−6,1,0,−1,−5,0,1,−2) → −0.0499319", the third moment of the data itself */
static void acceleration_of_a_mean(void **state)
{
    (void)state;
    static const double x[15] = {0, 0, 1, 0, -3, 2, 0, -6, 1, 0, -1, -5, 0, 1, -2};
    double left_out[15], replicates[99], squares = 0, cubes = 0;
    for (int i = 0; i < 15; i++) {
        left_out[i] = (-12 - x[i]) / 14;
        squares += (x[i] + .8) * (x[i] + .8);
        cubes += (x[i] + .8) * (x[i] + .8) * (x[i] + .8);
    }
    for (int i = 0; i < 99; i++)
        replicates[i] = -.8 + (i - 49) * .02;
    figures_set(replicates, 99, left_out, 15);
    struct resample_interval found;
    assert_int_equal(find(-.8, .95, &found), DEFINED);
    assert_true(fabs(found.acceleration - -0.0499319) < 5e-8);
    assert_digits(found.acceleration, cubes / (6 * pow(squares, 1.5)), 13);
    assert_true(found.z0 == 0);
    /* a cell of six zeros counts as six people */
    figures.left_out[0] = -12. / 14;
    figures.weight[0] = 6;
    size_t kept = 1;
    for (int i = 0; i < 15; i++) {
        if (x[i] != 0) {
            figures.left_out[kept] = (-12 - x[i]) / 14;
            figures.weight[kept++] = 1;
        }
    }
    figures.jackknife.kept = kept;
    struct resample_interval cells;
    assert_int_equal(find(-.8, .95, &cells), DEFINED);
    assert_digits(cells.acceleration, found.acceleration, 14);
}

/* "Proportion 0 or 1 → percentile and say so; all u = 0 → a = 0; denominators ≤ 0 → percentile" */
static void special_cases_fall_back(void **state)
{
    (void)state;
    static double replicates[199], left_out[20];
    for (int i = 0; i < 199; i++)
        replicates[i] = i + 1;
    for (int i = 0; i < 20; i++)
        left_out[i] = 3;
    figures_set(replicates, 199, left_out, 20);
    struct resample_interval found;
    assert_int_equal(find(100, .95, &found), DEFINED);
    assert_true(found.method == METHOD_BCA && found.acceleration == 0 && found.z0 == 0);
    /* nothing to correct: 200 × .025 = 5 exactly */
    assert_true(found.percentile.low == 5 && found.percentile.high == 195);
    assert_digits(found.bca.low, 5, 12);
    assert_digits(found.bca.high, 195, 12);
    assert_true(found.basic.low == 5 && found.basic.high == 195 && !found.extreme);
    assert_int_equal(find(0, .95, &found), DEFINED);
    assert_true(found.method == METHOD_PERCENTILE_ONE_SIDED && found.bca.low == 5 && found.bca.high == 195 && found.z0 == 0);
    assert_int_equal(find(1000, .95, &found), DEFINED);
    assert_int_equal(found.method, METHOD_PERCENTILE_ONE_SIDED);
}

/* "equal is what differs by less than 1e-12 of the spread": the same figure, added up in another order, counts half */
static void rounding_is_no_difference(void **state)
{
    (void)state;
    double replicates[99], left_out[4] = {1, 2, 4, 7};
    for (int i = 0; i < 99; i++)
        replicates[i] = i < 30 ? .1 : i < 60 ? .3 : .5;
    figures_set(replicates, 99, left_out, 4);
    struct resample_interval exact, rounded;
    assert_int_equal(find(.3, .95, &exact), DEFINED);
    for (int i = 30; i < 60; i++)
        figures.replicates[i] = .1 + .2;
    assert_int_equal(find(.3, .95, &rounded), DEFINED);
    assert_true(exact.z0 == rounded.z0 && exact.z0 < 0);
    for (int i = 30; i < 60; i++)
        figures.replicates[i] = .3 - 1e-15;
    assert_int_equal(find(.3, .95, &rounded), DEFINED);
    assert_true(exact.z0 == rounded.z0);
    for (int i = 30; i < 60; i++)
        figures.replicates[i] = .3 - 1e-9;
    assert_int_equal(find(.3, .95, &rounded), DEFINED);
    assert_true(rounded.z0 > 0);
    /* nor do differences of rounding make an acceleration */
    for (int i = 0; i < 4; i++)
        figures.left_out[i] = .3 + (i == 0 ? 1e-16 : 0);
    assert_int_equal(find(.3, .95, &rounded), DEFINED);
    assert_true(rounded.acceleration == 0);
}

/* "denominators ≤ 0 → percentile": the estimate above nearly all replicates, and one unit that decides everything */
static void far_out_falls_back(void **state)
{
    (void)state;
    static double replicates[1999], left_out[200];
    for (int i = 0; i < 1999; i++)
        replicates[i] = i;
    for (int i = 0; i < 200; i++)
        left_out[i] = i == 0 ? -199 : 1;
    figures_set(replicates, 1999, left_out, 200);
    struct resample_interval found;
    assert_int_equal(find(1998, .999, &found), DEFINED);
    /* z0 = Φ⁻¹(1 − ½/1999) = 3.48, z = 3.29, a = .16: 1 − .16 × 6.77 < 0 */
    assert_true(found.z0 > 3.48 && found.z0 < 3.49 && found.acceleration > .16 && found.acceleration < 1 / 6.);
    assert_true(found.method == METHOD_PERCENTILE_FAR && found.bca.low == 0 && found.bca.high == 1998);
    /* the other way round it is far from 0, and ends at the largest replicate of those there are */
    for (int i = 0; i < 200; i++)
        figures.left_out[i] = -figures.left_out[i];
    assert_int_equal(find(1998, .999, &found), DEFINED);
    assert_true(found.method == METHOD_BCA && found.acceleration < -.16 && found.extreme && found.bca.high == 1998);
    assert_int_equal(find(1000, .9995, &found), UNDEFINED_TOO_FEW);
}

/* "fails: a figure does not exist with some unit left out"; "so that no replicate lies outside"; "all replicates equal" */
static void undefined_cases(void **state)
{
    (void)state;
    double replicates[39], left_out[3] = {1, 2, 4};
    for (int i = 0; i < 39; i++)
        replicates[i] = i;
    figures_set(replicates, 39, left_out, 3);
    struct resample_interval found = {.se = 7};
    figures.jackknife.failed = 1;
    assert_int_equal(find(20, .95, &found), DEFINED);
    assert_true(found.method == METHOD_PERCENTILE_JACKKNIFE && found.percentile.low == 0 && found.percentile.high == 38);
    figures.jackknife.kept = 0;
    assert_int_equal(find(20, .95, &found), DEFINED);
    assert_int_equal(found.method, METHOD_PERCENTILE_JACKKNIFE);
    figures.bootstrap.kept = 38;
    found.se = 7;
    assert_int_equal(find(20, .95, &found), UNDEFINED_TOO_FEW);
    figures.bootstrap.kept = 0;
    assert_int_equal(find(20, .95, &found), UNDEFINED_TOO_FEW);
    for (int i = 0; i < 39; i++)
        figures.replicates[i] = .1 + .2 * (i % 2 ? 1 : 1 + 2e-16);
    figures.bootstrap.kept = 39;
    assert_int_equal(find(.3, .95, &found), UNDEFINED_NO_VARIANCE);
    assert_true(found.se == 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_boot),        cmocka_unit_test(acceleration_of_a_mean),
        cmocka_unit_test(special_cases_fall_back), cmocka_unit_test(far_out_falls_back),
        cmocka_unit_test(undefined_cases),         cmocka_unit_test(rounding_is_no_difference),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
