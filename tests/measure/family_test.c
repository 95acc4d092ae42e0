/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "measure/family.h"
#include "numeric/distribution.h"
#include "support/digits.h"
#include "support/oracle_fixture.h"

static const struct column columns[] = {
    {"mean", "Mean", "points", "A mean.", 2, COLUMN_NUMBER, true, false},
    {"se", "SE", "points", "Its error.", 2, COLUMN_NUMBER, true, false},
    {"df", "df", "degrees", "Its freedom.", 0, COLUMN_COUNT, true, false},
    {"p", "p", "probability", "Its p.", 3, COLUMN_NUMBER, true, false},
    {"low", "Low", "points", "One end.", 2, COLUMN_NUMBER, true, false},
    {"high", "High", "points", "The other.", 2, COLUMN_NUMBER, true, false},
    {"holm", "Holm", "probability", "p.", 3, COLUMN_NUMBER, true, false},
    {"bh", "BH", "probability", "p.", 3, COLUMN_NUMBER, true, false},
    {"by", "BY", "probability", "p.", 3, COLUMN_NUMBER, true, false},
};
enum { MEAN, SE, DF, P, LOW, HIGH, HOLM, BH, BY };

static const struct measure measure = {.name = "family", .columns = columns, .column_count = 9};

/* "Holm .008 .056 .234×6; BH .008 .032 .0672 .0672 .0672 .08 .0845714 .205; BY .0217429 .0869714 .18264×3 …" of the p-values of
 * section 9; rows without a p are no part of the family and keep their reason */
static void section_nine(void **state)
{
    (void)state;
    const double p[] = {.041, .001, .074, .008, .205, .042, .039, .06}, holm[] = {.234, .008, .234, .056, .234, .234, .234, .234};
    const double bh[] = {.0672, .008, .0845714, .032, .205, .0672, .0672, .08};
    const double by[] = {.18264, .0217429, .2298531, .0869714, .5571607, .18264, .18264, .2174286};
    struct ctx ctx = {.threads = 1};
    assert_int_equal(arena_create(NULL, &ctx.arena), STATUS_OK);
    struct table *table = NULL;
    assert_int_equal(table_create(&ctx, &measure, NULL, 0, &table), STATUS_OK);
    for (size_t i = 0; i < 10; i++) {
        struct row *row = NULL;
        assert_int_equal(table_add_row(&ctx, table, &row), STATUS_OK);
        row->values[MEAN] = value_number(1);
        row->values[SE] = value_number(0.5);
        row->values[DF] = value_count(9);
        row->values[P] = i < 8 ? value_number(p[i]) : value_blank(i == 8 ? REASON_TOO_FEW : REASON_FEW_CLUSTERS);
    }
    assert_int_equal(family_size(table, 0, P), 8);
    assert_int_equal(family_adjust(&ctx, table, P, HOLM), STATUS_OK);
    assert_int_equal(family_discoveries(&ctx, table, P, BH, BY), STATUS_OK);
    struct measuring measuring = {.confidence = 0.95};
    family_intervals(&measuring, table, &(struct family_interval){.mean = MEAN, .se = SE, .df = DF, .p = P, .low = LOW});
    double half = 0.5 * t_quantile_upper(0.05 / 16, 9);
    for (size_t i = 0; i < 8; i++) {
        assert_digits(table->rows[i].values[HOLM].number, holm[i], 14);
        assert_digits(table->rows[i].values[BH].number, bh[i], 6.4);
        assert_digits(table->rows[i].values[BY].number, by[i], 5.5);
        assert_digits(table->rows[i].values[LOW].number, 1 - half, 13);
        assert_digits(table->rows[i].values[HIGH].number, 1 + half, 13);
    }
    assert_int_equal(table->rows[8].values[HOLM].reason, REASON_TOO_FEW);
    assert_int_equal(table->rows[9].values[HOLM].reason, REASON_FEW_CLUSTERS);
    assert_int_equal(table->rows[8].values[BH].reason, REASON_TOO_FEW);
    assert_int_equal(table->rows[9].values[BY].reason, REASON_FEW_CLUSTERS);
    assert_int_equal(table->rows[9].values[LOW].kind, VALUE_BLANK);
    assert_int_equal(table->rows[9].values[HIGH].reason, REASON_FEW_CLUSTERS);
    arena_destroy(ctx.arena);
}

/* "so that no figure of a group depends on another, which the release may hide" */
static void groups_are_apart(void **state)
{
    (void)state;
    static const double p[] = {.01, .04, .012, .5, .03};
    static const uint32_t group[] = {0, 0, 1, 1, 1};
    static const double holm[] = {.02, .04, .036, .5, .06};
    static const double bh[] = {.02, .04, .036, .5, .045};
    struct ctx ctx = {.threads = 1};
    assert_int_equal(arena_create(NULL, &ctx.arena), STATUS_OK);
    struct table *table = NULL;
    assert_int_equal(table_create(&ctx, &measure, (const char *const[]){"branch"}, 1, &table), STATUS_OK);
    for (size_t i = 0; i < 5; i++) {
        struct row *row = NULL;
        assert_int_equal(table_add_row(&ctx, table, &row), STATUS_OK);
        row->group = group[i];
        row->values[MEAN] = value_number(0);
        row->values[SE] = value_number(1);
        row->values[DF] = value_count(9);
        row->values[P] = value_number(p[i]);
    }
    assert_int_equal(family_size(table, 0, P), 2);
    assert_int_equal(family_end(table, 0), 2);
    assert_int_equal(family_size(table, 2, P), 3);
    assert_int_equal(family_adjust(&ctx, table, P, HOLM), STATUS_OK);
    assert_int_equal(family_discoveries(&ctx, table, P, BH, BY), STATUS_OK);
    struct measuring measuring = {.confidence = 0.95};
    family_intervals(&measuring, table, &(struct family_interval){.mean = MEAN, .se = SE, .df = DF, .p = P, .low = LOW});
    for (size_t i = 0; i < 5; i++) {
        assert_digits(table->rows[i].values[HOLM].number, holm[i], 14);
        assert_digits(table->rows[i].values[BH].number, bh[i], 14);
        assert_digits(table->rows[i].values[BY].number, fmin(1, bh[i] * (i < 2 ? 1.5 : 11.0 / 6)), 14);
        assert_digits(table->rows[i].values[HIGH].number, t_quantile_upper(0.05 / (i < 2 ? 4 : 6), 9), 13);
    }
    arena_destroy(ctx.arena);
}

/* A table without rows, or without any p, is no family and no failure. */
static void empty(void **state)
{
    (void)state;
    struct ctx ctx = {.threads = 1};
    assert_int_equal(arena_create(NULL, &ctx.arena), STATUS_OK);
    struct table *table = NULL;
    assert_int_equal(table_create(&ctx, &measure, NULL, 0, &table), STATUS_OK);
    assert_int_equal(family_adjust(&ctx, table, P, HOLM), STATUS_OK);
    struct row *row = NULL;
    assert_int_equal(table_add_row(&ctx, table, &row), STATUS_OK);
    assert_int_equal(family_adjust(&ctx, table, P, HOLM), STATUS_OK);
    assert_int_equal(row->values[HOLM].reason, REASON_NOT_APPLICABLE);
    arena_destroy(ctx.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(section_nine), cmocka_unit_test(groups_are_apart),
                                       cmocka_unit_test(empty)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
