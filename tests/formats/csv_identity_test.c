/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/csv_identity.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/chance.h"

/* A text of up to three bytes, among them those that a separator might be made of. */
static struct span random_text(uint64_t trial, uint64_t which, char *into)
{
    static const char bytes[] = "ab,|\x1F\0\1\2\3";
    size_t length = chance_below(5, trial, which * 10, 4);
    for (size_t i = 0; i < length; i++)
        into[i] = bytes[chance_below(5, trial, which * 10 + 1 + i, sizeof bytes - 1)];
    return (struct span){into, length};
}

/* "different pairs have different keys, whatever they hold" */
static void different_pairs_have_different_keys(void **state)
{
    (void)state;
    char texts[4][4], first[CSV_PAIR_BYTES], second[CSV_PAIR_BYTES];
    unsigned equal = 0;
    for (uint64_t trial = 0; trial < 200000; trial++) {
        struct span a = random_text(trial, 0, texts[0]), b = random_text(trial, 1, texts[1]);
        struct span c = random_text(trial, 2, texts[2]), d = random_text(trial, 3, texts[3]);
        bool same = span_equal(a, c) && span_equal(b, d);
        assert_int_equal(span_equal(csv_identity_pair(a, b, first), csv_identity_pair(c, d, second)), same);
        equal += same;
    }
    assert_true(equal > 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(different_pairs_have_different_keys)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
