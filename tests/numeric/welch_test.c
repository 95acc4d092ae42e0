/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/welch.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "numeric/paired_t.h"
#include "support/agreement.h"
#include "support/digits.h"
#include "support/oracle_fixture.h"

enum { GROUPS_MAX = 20 };

/* Of n, mean and standard deviation. */
static struct mean_estimate estimate(double n, double mean, double sd)
{
    return (struct mean_estimate){mean, sd * sd / n, n - 1};
}

static size_t read_groups(const json_t *row, struct mean_estimate *out)
{
    const json_t *n = json_object_get(row, "n"), *mean = json_object_get(row, "mean"), *sd = json_object_get(row, "sd");
    size_t count = json_array_size(n);
    assert_true(count <= GROUPS_MAX);
    for (size_t i = 0; i < count; i++)
        out[i] = estimate(json_number_value(json_array_get(n, i)), json_number_value(json_array_get(mean, i)),
                          json_number_value(json_array_get(sd, i)));
    return count;
}

/* "t = (second − first)/se, se² = v1 + v2, df = se⁴/(v1²/df1 + v2²/df2)", against t.test */
static void two_groups_agree_with_r(void **state)
{
    (void)state;
    json_t *root = oracle_read("welch");
    struct agreement agreement = {.name = "Welch's t", .wanted = 12};
    size_t index = 0;
    const json_t *row = NULL;
    json_array_foreach (oracle_at(root, "pairs"), index, row) {
        struct mean_estimate groups[GROUPS_MAX];
        struct mean_comparison c = {0};
        assert_int_equal(read_groups(row, groups), 2);
        bool defined = welch_t_test(&groups[0], &groups[1], member_number(row, "confidence"), &c) == DEFINED;
        agreement_add_member(&agreement, defined, c.difference, row, "difference");
        agreement_add_member(&agreement, defined, c.se, row, "se");
        agreement_add_member(&agreement, defined, c.statistic, row, "t");
        agreement_add_member(&agreement, defined, c.df, row, "df");
        agreement_add_member(&agreement, defined, c.p, row, "p");
        agreement_add_member(&agreement, defined, c.interval.low, row, "low");
        agreement_add_member(&agreement, defined, c.interval.high, row, "high");
    }
    agreement_print(&agreement);
    json_decref(root);
}

/* "Whether k means are equal", against oneway.test; pairs by the definition and the studentised range */
static void many_groups_agree_with_r(void **state)
{
    (void)state;
    json_t *root = oracle_read("welch");
    struct agreement f_test = {.name = "Welch's F", .wanted = 12}, howell = {.name = "Games-Howell", .wanted = 9};
    size_t index = 0, at = 0;
    const json_t *row = NULL, *pair = NULL;
    json_array_foreach (oracle_at(root, "groups"), index, row) {
        struct mean_estimate groups[GROUPS_MAX];
        size_t count = read_groups(row, groups);
        struct welch_f f = {0};
        bool defined = welch_f_test(groups, count, &f) == DEFINED;
        agreement_add_member(&f_test, defined, f.f, row, "f");
        agreement_add_member(&f_test, defined, f.df1, row, "df1");
        agreement_add_member(&f_test, defined, f.df2, row, "df2");
        agreement_add_member(&f_test, defined, f.p, row, "p");
        struct studentised_range range;
        studentised_range_open(count, &range);
        json_array_foreach (json_object_get(row, "pairs"), at, pair) {
            size_t i = (size_t)member_number(pair, "first"), j = (size_t)member_number(pair, "second");
            struct mean_comparison c = {0};
            assert_int_equal(games_howell(&groups[i], &groups[j], &range, .95, &c), DEFINED);
            agreement_add_member(&howell, true, c.difference, pair, "difference");
            agreement_add_member(&howell, true, c.statistic, pair, "q");
            agreement_add_member(&howell, true, c.df, pair, "df");
            agreement_add_member(&howell, true, c.interval.low, pair, "low");
            agreement_add_member(&howell, true, c.interval.high, pair, "high");
            if (json_is_number(json_object_get(pair, "p")))
                agreement_add_member(&howell, true, c.p, pair, "p");
        }
    }
    agreement_print(&f_test);
    agreement_print(&howell);
    json_decref(root);
}

/* "For two groups it is t² of Welch"; "two groups are Welch's t" */
static void two_groups_are_one_test(void **state)
{
    (void)state;
    const struct mean_estimate groups[] = {estimate(14, 3.1, .9), estimate(33, 3.9, 1.7)};
    struct mean_comparison t, pair;
    struct welch_f f;
    struct studentised_range range;
    studentised_range_open(2, &range);
    assert_int_equal(welch_t_test(&groups[0], &groups[1], .9, &t), DEFINED);
    assert_int_equal(welch_f_test(groups, 2, &f), DEFINED);
    assert_int_equal(games_howell(&groups[0], &groups[1], &range, .9, &pair), DEFINED);
    assert_digits(f.f, t.statistic * t.statistic, 14);
    assert_digits(f.df2, t.df, 14);
    assert_digits(f.p, t.p, 12);
    assert_digits(pair.statistic, t.statistic * sqrt(2.0), 14);
    assert_digits(pair.p, t.p, 12);
    assert_digits(pair.interval.low, t.interval.low, 12);
    assert_digits(pair.interval.high, t.interval.high, 12);
}

/* A change of unit changes no test; the order of groups turns the sign alone. */
static void units_and_order_do_not_matter(void **state)
{
    (void)state;
    struct mean_estimate groups[] = {estimate(9, 3, 1), estimate(20, 3.5, 2), estimate(7, 5, .5)}, scaled[3];
    for (size_t i = 0; i < 3; i++)
        scaled[2 - i] = (struct mean_estimate){100 - 8 * groups[i].mean, 64 * groups[i].variance, groups[i].df};
    struct welch_f f, g;
    assert_int_equal(welch_f_test(groups, 3, &f), DEFINED);
    assert_int_equal(welch_f_test(scaled, 3, &g), DEFINED);
    assert_digits(g.f, f.f, 13);
    assert_digits(g.p, f.p, 13);
    struct mean_comparison there, back;
    struct studentised_range range;
    studentised_range_open(3, &range);
    assert_int_equal(games_howell(&groups[0], &groups[1], &range, .95, &there), DEFINED);
    assert_int_equal(games_howell(&groups[1], &groups[0], &range, .95, &back), DEFINED);
    assert_true(there.difference == .5 && back.difference == -.5 && there.p == back.p);
    assert_true(there.interval.low == -back.interval.high && there.interval.high == -back.interval.low);
    /* variances whose squares leave the range of a double */
    const struct mean_estimate small = {0, 1e-200, 5}, great = {1, 1e200, 7};
    assert_int_equal(welch_t_test(&small, &great, .95, &there), DEFINED);
    assert_digits(there.df, 7, 15);
    assert_int_equal(welch_t_test(&small, &small, .95, &there), DEFINED);
    assert_digits(there.df, 10, 15);
}

/* "df < 1 in a group -> UNDEFINED_TOO_FEW;  both variances 0 -> UNDEFINED_NO_VARIANCE" */
static void degenerate_cases(void **state)
{
    (void)state;
    const struct mean_estimate good = {1, .5, 4}, lone = {2, 0, 0}, constant = {3, 0, 6};
    struct mean_comparison c = {.p = 7};
    struct welch_f f = {.p = 7};
    struct studentised_range range;
    studentised_range_open(3, &range);
    assert_int_equal(welch_t_test(&good, &lone, .95, &c), UNDEFINED_TOO_FEW);
    assert_int_equal(welch_t_test(&lone, &good, .95, &c), UNDEFINED_TOO_FEW);
    assert_int_equal(welch_t_test(&constant, &constant, .95, &c), UNDEFINED_NO_VARIANCE);
    assert_int_equal(games_howell(&good, &lone, &range, .95, &c), UNDEFINED_TOO_FEW);
    assert_int_equal(games_howell(&constant, &constant, &range, .95, &c), UNDEFINED_NO_VARIANCE);
    assert_true(c.p == 7);
    assert_int_equal(welch_t_test(&good, &constant, .95, &c), DEFINED);
    assert_true(c.df == 4);
    assert_int_equal(welch_f_test(&good, 1, &f), UNDEFINED_TOO_FEW);
    assert_int_equal(welch_f_test(NULL, 0, &f), UNDEFINED_TOO_FEW);
    assert_int_equal(welch_f_test((const struct mean_estimate[]){good, lone}, 2, &f), UNDEFINED_TOO_FEW);
    assert_int_equal(welch_f_test((const struct mean_estimate[]){constant, good}, 2, &f), UNDEFINED_NO_VARIANCE);
    assert_int_equal(welch_f_test((const struct mean_estimate[]){{1, 1e-310, 3}, good}, 2, &f), UNDEFINED_NO_VARIANCE);
    assert_true(f.p == 7);
}

/* One column of univer-cub: numbers without quotes, a row per student. */
struct sums {
    double n, sum, squares;
};

static size_t read_column(FILE *file, const int columns[2], struct sums *sums)
{
    char line[256];
    size_t groups = 0;
    assert_non_null(fgets(line, sizeof line, file));
    while (fgets(line, sizeof line, file)) {
        int group = -1, value = -1, at = 0;
        for (char *rest = line, *cell = NULL; (cell = strsep(&rest, ",")) != NULL; at++) {
            if (at == columns[0])
                group = (int)strtol(cell, NULL, 10);
            if (at == columns[1])
                value = cell[0] - '0';
        }
        assert_true(group >= 0 && group < GROUPS_MAX && value >= 1 && value <= 7);
        sums[group].n++;
        sums[group].sum += value;
        sums[group].squares += value * value;
        groups = (size_t)group >= groups ? (size_t)group + 1 : groups;
    }
    return groups;
}

static size_t read_real(const int columns[2], struct mean_estimate *out)
{
    char path[1024];
    FILE *file = fopen(real_answers_path("univer-cub/univer.csv", path, sizeof path), "r");
    assert_non_null(file);
    struct sums sums[GROUPS_MAX] = {{0, 0, 0}};
    size_t groups = read_column(file, columns, sums), count = 0;
    assert_int_equal(fclose(file), 0);
    for (size_t g = 0; g < groups; g++) {
        double n = sums[g].n, mean = sums[g].sum / n;
        if (n > 0)
            out[count++] = (struct mean_estimate){mean, (sums[g].squares - n * mean * mean) / (n - 1) / n, n - 1};
    }
    return count;
}

/* 2179 students of 13 faculties, 6 diplomas, users and others: the Welch tests of R on public answers */
static void real_students_agree_with_r(void **state)
{
    (void)state;
    char path[1024];
    json_t *root = oracle_read_path(real_answers_path("univer-cub/reference.json", path, sizeof path));
    static const int columns[][2] = {{0, 11}, {4, 11}, {0, 9}};
    struct agreement agreement = {.name = "univer-cub", .wanted = 9.5};
    struct mean_estimate groups[GROUPS_MAX];
    struct welch_f f = {0};
    for (size_t i = 0; i < 3; i++) {
        const json_t *row = json_array_get(oracle_at(root, "anova"), i);
        bool defined = welch_f_test(groups, read_real(columns[i], groups), &f) == DEFINED;
        agreement_add_member(&agreement, defined, f.f, row, "welch_F");
        agreement_add_member(&agreement, defined, f.df2, row, "welch_df2");
        agreement_add_member(&agreement, defined, f.p, row, "welch_p");
    }
    struct mean_comparison c = {0};
    assert_int_equal(read_real((const int[]){1, 11}, groups), 2);
    assert_int_equal(welch_t_test(&groups[0], &groups[1], .95, &c), DEFINED);
    const json_t *row = oracle_at(root, "global_by_freqserv");
    agreement_add_member(&agreement, true, -c.statistic, row, "welch_t");
    agreement_add_member(&agreement, true, c.df, row, "welch_df");
    agreement_add_member(&agreement, true, c.p, row, "welch_p");
    agreement_print(&agreement);
    json_decref(root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_groups_agree_with_r), cmocka_unit_test(many_groups_agree_with_r),
        cmocka_unit_test(two_groups_are_one_test), cmocka_unit_test(units_and_order_do_not_matter),
        cmocka_unit_test(degenerate_cases),        cmocka_unit_test(real_students_agree_with_r),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
