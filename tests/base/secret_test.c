/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/secret.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static struct ctx ctx;

static int start(void **state)
{
    (void)state;
    return secret_start(&ctx) == STATUS_OK && secret_start(&ctx) == STATUS_OK ? 0 : -1;
}

/* The known answers of FIPS 180-2, appendix B: "abc" and the text of two blocks. */
static void test_digest_of_known_texts(void **state)
{
    (void)state;
    struct digest digest;
    char text[DIGEST_TEXT_BYTES];
    digest_of(span_of("abc"), &digest);
    digest_format(&digest, text);
    assert_string_equal(text, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    digest_of(span_of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"), &digest);
    digest_format(&digest, text);
    assert_string_equal(text, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    digest_of((struct span){NULL, 0}, &digest);
    digest_format(&digest, text);
    assert_string_equal(text, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

/* "A hash that only those who have the key can compute": another key, another hash; every bit of the comparison counts. */
static void test_keyed_digest(void **state)
{
    (void)state;
    uint8_t key[32] = {1}, other[32] = {2};
    struct digest a, b;
    digest_keyed(key, span_of("maria"), &a);
    digest_keyed(key, span_of("maria"), &b);
    assert_true(digest_equal(&a, &b));
    digest_keyed(other, span_of("maria"), &b);
    assert_false(digest_equal(&a, &b));
    digest_keyed(key, span_of("marib"), &b);
    assert_false(digest_equal(&a, &b));
    for (unsigned i = 0; i < sizeof a.bytes; i++) {
        b = a;
        b.bytes[i] ^= 1u;
        assert_false(digest_equal(&a, &b));
    }
}

/* "that those who have the key can make again of the same text, and nobody else" */
static void test_derived_secrets(void **state)
{
    (void)state;
    uint8_t key[32] = {1}, other[32] = {2};
    char a[SECRET_TEXT_BYTES], b[SECRET_TEXT_BYTES];
    secret_derive(key, span_of("once"), a);
    secret_derive(key, span_of("once"), b);
    assert_true(secret_well_formed(span_of(a)));
    assert_string_equal(a, b);
    secret_derive(other, span_of("once"), b);
    assert_string_not_equal(a, b);
    secret_derive(key, span_of("twice"), b);
    assert_string_not_equal(a, b);
}

/* "A new secret of 128 bits as 26 characters": every character takes many values, the last one the eight of three bits. */
static void test_secrets(void **state)
{
    (void)state;
    uint32_t seen[26] = {0};
    char before[SECRET_TEXT_BYTES] = "", now[SECRET_TEXT_BYTES];
    for (unsigned i = 0; i < 2000; i++) {
        secret_make(now);
        assert_true(secret_well_formed(span_of(now)));
        assert_string_not_equal(before, now);
        for (unsigned k = 0; k < 26; k++)
            seen[k] |= 1u << (now[k] >= 'a' ? now[k] - 'a' : now[k] - '2' + 26);
        memcpy(before, now, sizeof now);
    }
    for (unsigned k = 0; k < 25; k++)
        assert_int_equal(seen[k], 0xffffffffu);
    assert_int_equal(seen[25], 0x11111111u);
    static const char *const wrong[] = {"",
                                        "abcdefghijklmnopqrstuvwxy",
                                        "abcdefghijklmnopqrstuvwxyza",
                                        "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
                                        "abcdefghijklmnopqrstuvwxy0",
                                        "abcdefghijklmnopqrstuvwxy%"};
    for (unsigned i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(secret_well_formed(span_of(wrong[i])));
}

/* "A number in 0 … count-1 without bias": all come, none above; and wiping leaves zeros. */
static void test_below_and_wipe(void **state)
{
    (void)state;
    unsigned counts[6] = {0};
    for (unsigned i = 0; i < 6000; i++)
        counts[secret_below(6)]++;
    for (unsigned i = 0; i < 6; i++)
        assert_in_range(counts[i], 800, 1200);
    secret_wipe(counts, sizeof counts);
    for (unsigned i = 0; i < 6; i++)
        assert_int_equal(counts[i], 0);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {cmocka_unit_test(test_digest_of_known_texts), cmocka_unit_test(test_keyed_digest),
                                              cmocka_unit_test(test_derived_secrets), cmocka_unit_test(test_secrets),
                                              cmocka_unit_test(test_below_and_wipe)};
    return cmocka_run_group_tests(tests, start, NULL);
}
