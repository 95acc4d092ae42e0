/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The examples of RFC 4648, 10, and bytes above 127. */
#include "base/base64.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "support/job_fixture.h"

static void assert_written(struct job *job, struct span bytes, const char *expected)
{
    struct out *out = NULL;
    assert_ok(job, out_open_memory(&job->ctx, &out));
    base64_write(out, bytes);
    struct span text = out_bytes(out);
    assert_int_equal(text.length, strlen(expected));
    assert_memory_equal(text.length ? text.at : "", expected, text.length);
}

static void as_the_standard_says(void **state)
{
    (void)state;
    struct job job;
    job_begin(&job);
    assert_written(&job, span_of(""), "");
    assert_written(&job, span_of("f"), "Zg==");
    assert_written(&job, span_of("fo"), "Zm8=");
    assert_written(&job, span_of("foo"), "Zm9v");
    assert_written(&job, span_of("foob"), "Zm9vYg==");
    assert_written(&job, span_of("fooba"), "Zm9vYmE=");
    assert_written(&job, span_of("foobar"), "Zm9vYmFy");
    assert_written(&job, (struct span){"\xff\xfe\xfd\x00", 4}, "//79AA==");
    job_end(&job);
}

/* What is longer than a piece is one text all the same, padded at its end alone. */
static void long_bytes_are_one_text(void **state)
{
    (void)state;
    enum { LENGTH = 3 * 3072 + 1 };
    static char bytes[LENGTH], expected[LENGTH / 3 * 4 + 5];
    struct job job;
    job_begin(&job);
    for (size_t i = 0; i + 3 <= LENGTH; i += 3) {
        memcpy(bytes + i, "foo", 3);
        memcpy(expected + i / 3 * 4, "Zm9v", 4);
    }
    bytes[LENGTH - 1] = 'f';
    memcpy(expected + LENGTH / 3 * 4, "Zg==", 5);
    assert_written(&job, (struct span){bytes, LENGTH}, expected);
    expected[LENGTH / 3 * 4] = '\0';
    assert_written(&job, (struct span){bytes, LENGTH - 1}, expected);
    job_end(&job);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(as_the_standard_says), cmocka_unit_test(long_bytes_are_one_text)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
