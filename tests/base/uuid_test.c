/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/uuid.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

/* "Version 7: milliseconds of the clock, then a counter and chance, so that ids of one process only grow". */
static void test_ordered_ids_grow(void **state)
{
    (void)state;
    struct uuid before, now;
    int64_t began_ms = (int64_t)time(NULL) * 1000;
    uuid_ordered(&before);
    uint64_t stamp = 0;
    for (unsigned i = 0; i < 6; i++)
        stamp = stamp << 8 | before.bytes[i];
    assert_true((int64_t)stamp >= began_ms && (int64_t)stamp <= began_ms + 60000);
    for (unsigned i = 0; i < 20000; i++) {
        uuid_ordered(&now);
        assert_true(memcmp(before.bytes, now.bytes, sizeof now.bytes) < 0);
        assert_int_equal(now.bytes[6] >> 4, 7);
        assert_int_equal(now.bytes[8] >> 6, 2);
        before = now;
    }
}

/* "Version 4: 122 random bits": every bit but the six fixed ones takes both values, and no id comes twice. */
static void test_random_ids(void **state)
{
    (void)state;
    struct uuid id, set = {{0}}, clear = {{0}};
    for (unsigned i = 0; i < 200; i++) {
        uuid_random(&id);
        assert_int_equal(id.bytes[6] >> 4, 4);
        assert_int_equal(id.bytes[8] >> 6, 2);
        for (unsigned k = 0; k < 16; k++) {
            set.bytes[k] |= id.bytes[k];
            clear.bytes[k] |= (uint8_t)~id.bytes[k];
        }
    }
    for (unsigned k = 0; k < 16; k++) {
        unsigned fixed = k == 6 ? 0xf0u : k == 8 ? 0xc0u : 0u;
        assert_int_equal((set.bytes[k] & clear.bytes[k]) | fixed, 0xff);
    }
}

static void test_text_and_back(void **state)
{
    (void)state;
    struct uuid id, back;
    char text[UUID_TEXT_BYTES];
    assert_true(uuid_parse(span_of("018F4C1E-0a2b-7C3d-8e4f-0123456789ab"), &id));
    uuid_format(&id, text);
    assert_string_equal(text, "018f4c1e-0a2b-7c3d-8e4f-0123456789ab");
    for (unsigned i = 0; i < 100; i++) {
        uuid_random(&id);
        uuid_format(&id, text);
        assert_true(uuid_parse(span_of(text), &back) && uuid_equal(&id, &back));
    }
    static const char *const wrong[] = {"",
                                        "018f4c1e-0a2b-7c3d-8e4f-0123456789a",
                                        "018f4c1e-0a2b-7c3d-8e4f-0123456789abc",
                                        "018f4c1e00a2b-7c3d-8e4f-0123456789ab",
                                        "018f4c1g-0a2b-7c3d-8e4f-0123456789ab",
                                        "018f4c1e-0a2b-7c3d-8e4f-01234567-9ab"};
    for (unsigned i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(uuid_parse(span_of(wrong[i]), &back));
    assert_false(uuid_is_none(&id));
    memset(&id, 0, sizeof id);
    assert_true(uuid_is_none(&id));
}

int main(void)
{
    static const struct CMUnitTest tests[] = {cmocka_unit_test(test_ordered_ids_grow), cmocka_unit_test(test_random_ids),
                                              cmocka_unit_test(test_text_and_back)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
