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

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(as_the_standard_says)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
