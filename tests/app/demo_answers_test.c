/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/demo_answers.h"
#include "support/job_fixture.h"

enum { ITEMS = 22, GUESTS = 180, HOTELS = 6, SEEDS = 200 };

/* What docs/guide/demo.md says of the items and hotels. */
static const double level[ITEMS] = {0.1,  -0.2, -0.3, -0.1, 0.2, 0.3, 0.1, 0.3,  0.0,  0.1, -0.1,
                                    -0.2, 0.0,  0.1,  -0.1, 0.3, 0.1, 0.0, -0.3, -0.2, 0.1, -0.1};
static const double gap[ITEMS] = {0.0,  0.1, -0.25, 0.0, -0.2, -0.9, 0.0,  0.05, -0.1, -0.35, -0.75,
                                  -0.6, 0.0, 0.3,   0.0, 0.45, 0.0,  0.65, 0.1,  0.0,  -0.05, 0.25};
static const double spread[5] = {0.45, 0.9, 0.9, 0.85, 0.8};
static const unsigned dimension[ITEMS] = {0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 4};
static const struct {
    const char *name;
    double effect;
    unsigned guests;
} hotels[HOTELS] = {{"Aalesund", 0.1, 42}, {"Bergen", -0.3, 42}, {"Oslo", 0, 46},
                    {"Tromso", 0.25, 38},  {"Molde", 0, 9},      {"Vardo", 0, 3}};

static struct span answers_of(struct job *job, uint64_t seed)
{
    struct out *out = NULL;
    assert_ok(job, out_open_memory(&job->ctx, &out));
    demo_answers_write(out, seed);
    return out_bytes(out);
}

/* FNV-1a, 64 bits */
static uint64_t checksum(struct span text)
{
    uint64_t sum = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < text.length; i++)
        sum = (sum ^ (unsigned char)text.at[i]) * UINT64_C(1099511628211);
    return sum;
}

/* "the same seed writes the same bytes on every machine": these are the bytes of the demo that the README shows. */
static void the_seed_decides_every_byte(void **state)
{
    (void)state;
    struct job job;
    job_begin(&job);
    struct span first = answers_of(&job, 20260401), again = answers_of(&job, 20260401), other = answers_of(&job, 20260402);
    assert_int_equal(first.length, again.length);
    assert_memory_equal(first.at, again.at, first.length);
    assert_false(span_equal(first, other));
    assert_int_equal(checksum(first), UINT64_C(0xa97202711534111e));
    job_end(&job);
}

/* What is counted over many seeds. */
struct counts {
    double sum[2][ITEMS];
    unsigned n[2][ITEMS];
    unsigned cells, skipped, not_applying, stayed_away, guests, of_hotel[HOTELS], business;
    unsigned points_wrong;
    unsigned bad[2], left[2], complained[2]; /* of those who met bad service [1] and of the others */
};

/* The next field of a line. */
static struct span field_next(const char **at)
{
    size_t length = strcspn(*at, ",\n");
    struct span field = {.at = *at, .length = length};
    *at += length + ((*at)[length] == ',');
    return field;
}

static void answers_count(struct counts *counts, unsigned side, const char **at)
{
    unsigned empty = 0, skipped = 0;
    const char *line = *at;
    for (unsigned j = 0; j < ITEMS; j++)
        empty += field_next(&line).length == 0;
    bool away = side == 1 && empty == ITEMS;
    counts->stayed_away += away;
    for (unsigned j = 0; j < ITEMS; j++) {
        struct span field = field_next(at);
        if (field.length == 1 && field.at[0] >= '1' && field.at[0] <= '7') {
            counts->sum[side][j] += field.at[0] - '0';
            counts->n[side][j]++;
        } else if (span_is(field, "n/a")) {
            counts->not_applying++;
        } else {
            assert_int_equal(field.length, 0);
            skipped++;
        }
    }
    counts->skipped += away ? 0 : skipped;
    counts->cells += away ? 0 : ITEMS;
}

/* A whole number between the ends; LONG_MIN for an empty field. */
static long number_next(const char **at, long least, long most)
{
    struct span field = field_next(at);
    if (!field.length)
        return LONG_MIN;
    long number = strtol(field.at, NULL, 10);
    assert_true(number >= least && number <= most);
    return number;
}

/* Satisfaction, recommendation, against expectation, bad service, complaint, stayed away; then a date and a way of booking. */
static void outcomes_count(struct counts *counts, const char **at)
{
    (void)number_next(at, 1, 10);
    (void)number_next(at, 0, 10);
    (void)number_next(at, -3, 3);
    long bad = number_next(at, 0, 1), complained = number_next(at, 0, 1), left = number_next(at, 0, 1);
    struct span date = field_next(at);
    assert_true(date.length == 10 && memcmp(date.at, "2026-03-02", 10) >= 0 && memcmp(date.at, "2026-06-28", 10) <= 0);
    if (bad == LONG_MIN)
        return;
    counts->bad[bad]++;
    counts->left[bad] += (unsigned)left;
    counts->complained[bad] += (unsigned)complained;
}

static void line_count(struct counts *counts, const char *at)
{
    (void)field_next(&at);
    struct span hotel = field_next(&at), purpose = field_next(&at);
    unsigned h = 0;
    while (!span_is(hotel, hotels[h].name))
        h++;
    counts->of_hotel[h]++;
    counts->guests++;
    counts->business += span_is(purpose, "business");
    assert_true(span_is(purpose, "business") || span_is(purpose, "leisure"));
    answers_count(counts, 0, &at);
    answers_count(counts, 1, &at);
    long points = 0;
    for (unsigned d = 0; d < 5; d++)
        points += strtol(field_next(&at).at, NULL, 10);
    counts->points_wrong += points != 100;
    outcomes_count(counts, &at);
}

static void seeds_count(struct counts *counts)
{
    memset(counts, 0, sizeof *counts);
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct job job;
        job_begin(&job);
        struct span text = answers_of(&job, seed);
        const char *at = text.at, *end = text.at + text.length;
        at += strcspn(at, "\n") + 1;
        for (; at < end; at += strcspn(at, "\n") + 1)
            line_count(counts, at);
        job_end(&job);
    }
}

/* The mean of a normal answer rounded to 1 … 7 and cut there: 1 + Σ P(X > k + ½). */
static double mean_rounded(double mean, double sd)
{
    double sum = 1;
    for (unsigned k = 1; k <= 6; k++)
        sum += erfc((k + 0.5 - mean) / sd / sqrt(2)) / 2;
    return sum;
}

static double perception_expected(unsigned item)
{
    double sd = sqrt(0.25 * 0.25 + spread[dimension[item]] * spread[dimension[item]] + 0.8 * 0.8), sum = 0;
    for (unsigned h = 0; h < HOTELS; h++)
        sum += hotels[h].guests * mean_rounded(5.7 + level[item] + gap[item] + hotels[h].effect, sd);
    return sum / GUESTS;
}

#define assert_within(number, expected, margin)                                                                                  \
    do {                                                                                                                         \
        if (fabs((number) - (expected)) > (margin))                                                                              \
            fail_msg("%g, expected %g within %g", (double)(number), (double)(expected), (double)(margin));                       \
    } while (0)

/* "expectation = 5.7 + a_j + u_i + 0.7 z_ij", "perception = 5.7 + a_j + g_j + h_hotel + 0.5 u_i + v_id + 0.8 z'_ij", "rounded to
 * 1 … 7 and cut there": 36,000 guests give means within five standard errors of what the model says. */
static void the_model_is_recovered(void **state)
{
    (void)state;
    static struct counts counts;
    seeds_count(&counts);
    for (unsigned j = 0; j < ITEMS; j++) {
        double expectation = counts.sum[0][j] / counts.n[0][j], perception = counts.sum[1][j] / counts.n[1][j];
        assert_within(expectation, mean_rounded(5.7 + level[j], sqrt(0.5 * 0.5 + 0.7 * 0.7)), 0.025);
        assert_within(perception, perception_expected(j), 0.035);
    }
    /* "One guest in eight never answers the second time, 2 % of answers are skipped, 1 % 'does not apply'." */
    assert_within((double)counts.stayed_away / counts.guests, 0.125, 0.009);
    assert_within((double)counts.skipped / counts.cells, 0.02, 0.001);
    assert_within((double)counts.not_applying / counts.cells, 0.01, 0.001);
    assert_within((double)counts.business / counts.guests, 0.4, 0.013);
    assert_int_equal(counts.points_wrong, 0);
    /* "Of those who met bad service 55 of 100 stayed away afterwards, of the others 15; 40 of 100 complained." */
    assert_within((double)counts.left[1] / counts.bad[1], 0.55, 0.04);
    assert_within((double)counts.left[0] / counts.bad[0], 0.15, 0.012);
    assert_within((double)counts.complained[1] / counts.bad[1], 0.4, 0.04);
    assert_int_equal(counts.complained[0], 0);
    /* "Two hotels are so small, nine guests and three" */
    for (unsigned h = 0; h < HOTELS; h++)
        assert_int_equal(counts.of_hotel[h], hotels[h].guests * SEEDS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_seed_decides_every_byte),
        cmocka_unit_test(the_model_is_recovered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
