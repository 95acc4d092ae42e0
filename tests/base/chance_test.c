/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/chance.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* "the published known answers": kat_vectors of the authors' Random123, philox4x32 with 10 rounds */
static void known_answers(void **state)
{
    (void)state;
    static const struct {
        uint32_t counter[4], key[2], out[4];
    } cases[] = {
        {{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
        {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
         {0xffffffff, 0xffffffff},
         {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
        {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
         {0xa4093822, 0x299f31d0},
         {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint32_t out[4];
        philox4x32(cases[i].counter, cases[i].key, out);
        assert_memory_equal(out, cases[i].out, sizeof out);
    }
}

/* "the value depends on (seed, stream, index) alone": each of them counts, in all of its bits */
static void every_part_counts(void **state)
{
    (void)state;
    assert_true(chance_bits(0, 0, 0) == 0xe169c58d6627e8d5u);
    uint64_t first = chance_bits(1, 2, 3);
    uint32_t words[8];
    chance_words(1, 2, 3, 2, words);
    assert_true(((uint64_t)words[1] << 32 | words[0]) == first && (words[2] != words[0] || words[3] != words[1]));
    assert_true(((uint64_t)words[5] << 32 | words[4]) == chance_bits(1, 2, 4));
    assert_true(chance_bits(1, 2, 3) == first);
    for (int bit = 0; bit < 64; bit++) {
        assert_true(chance_bits(1 ^ UINT64_C(1) << bit, 2, 3) != first);
        assert_true(chance_bits(1, 2 ^ UINT64_C(1) << bit, 3) != first);
        assert_true(chance_bits(1, 2, 3 ^ UINT64_C(1) << bit) != first);
    }
}

/* "Uniform in (0, 1), never 0 and never 1": mean and variance of many are those of the uniform distribution */
static void uniform_lies_inside(void **state)
{
    (void)state;
    enum { DRAWS = 1000000 };
    double sum = 0.0, squares = 0.0, smallest = 1.0, largest = 0.0;
    for (uint64_t i = 0; i < DRAWS; i++) {
        double u = chance_uniform(7, 1, i);
        /* "52 bits and a half": an odd multiple of 2^-53, so neither 0 nor 1 can be drawn */
        assert_true(fmod(u * 0x1p53, 2.0) == 1.0);
        smallest = u < smallest ? u : smallest;
        largest = u > largest ? u : largest;
        sum += u;
        squares += (u - 0.5) * (u - 0.5);
    }
    assert_true(smallest > 0.0 && smallest < 1e-4);
    assert_true(largest < 1.0 && largest > 1.0 - 1e-4);
    double error = sum / DRAWS - 0.5, variance = squares / DRAWS - 1.0 / 12;
    /* five standard errors */
    assert_true(error < 1.5e-3 && error > -1.5e-3);
    assert_true(variance < 4e-4 && variance > -4e-4);
}

/* "Uniform in 0 … count-1 without bias": all values occur equally often, also where 2^64 is no multiple of count */
static void below_is_even(void **state)
{
    (void)state;
    enum { COUNT = 7, DRAWS = 700000 };
    unsigned hits[COUNT] = {0};
    for (uint64_t i = 0; i < DRAWS; i++) {
        uint64_t drawn = chance_below(99, 5, i, COUNT);
        assert_true(drawn < COUNT);
        hits[drawn]++;
    }
    double chi_square = 0.0;
    for (int i = 0; i < COUNT; i++)
        chi_square += (hits[i] - 1e5) * (hits[i] - 1e5) / 1e5;
    assert_true(chi_square < 30.0); /* 6 df: p = 4e-5 */
    /* With 3 × 2^62 values a plain remainder would favour the lower third, a plain product each third value: 2 : 1 : 1. */
    const uint64_t third = UINT64_C(1) << 62;
    unsigned lower = 0, first = 0;
    for (uint64_t i = 0; i < 30000; i++) {
        uint64_t drawn = chance_below(3, 0, i, 3 * third);
        assert_true(drawn < 3 * third);
        lower += drawn < third;
        first += drawn % 3 == 0;
    }
    assert_in_range(lower, 10000 - 410, 10000 + 410); /* five standard errors */
    assert_in_range(first, 10000 - 410, 10000 + 410);
    assert_true(chance_below(1, 1, 1, 1) == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_answers),
        cmocka_unit_test(every_part_counts),
        cmocka_unit_test(uniform_lies_inside),
        cmocka_unit_test(below_is_even),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
