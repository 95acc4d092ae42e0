/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/pdf_syntax.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "support/job_fixture.h"

static void assert_number(struct out *out, double value, unsigned places, const char *text)
{
    out_empty(out);
    pdf_number_write(out, value, places);
    if (!span_is(out_bytes(out), text))
        fail_msg("%g with %u places is %.*s, not %s", value, places, (int)out_bytes(out).length, out_bytes(out).at, text);
}

static void numbers_are_short(void **state)
{
    struct job job;
    struct out *out = NULL;
    (void)state;
    job_begin(&job);
    assert_ok(&job, out_open_memory(&job.ctx, &out));
    assert_number(out, 0, 3, "0");
    assert_number(out, 12.345, 3, "12.345");
    assert_number(out, 12.345, 1, "12.3");
    assert_number(out, 12.5, 0, "13");
    assert_number(out, 12.300, 3, "12.3");
    assert_number(out, 0.05, 2, ".05");
    assert_number(out, 100, 3, "100");
    assert_number(out, -0.5, 2, "-.5");
    assert_number(out, -0.001, 2, "0");
    assert_number(out, -7, 2, "-7");
    assert_number(out, 1.005, 9, "1.005");
    assert_number(out, 0.9996, 3, "1");
    assert_number(out, 1e300, 2, "1000000000");
    assert_number(out, -INFINITY, 2, "0");
    assert_number(out, NAN, 2, "0");
    job_end(&job);
}

static void assert_text(struct out *out, const char *text, const char *written)
{
    out_empty(out);
    pdf_text_write(out, span_of(text));
    if (!span_is(out_bytes(out), written))
        fail_msg("%s is %.*s, not %s", text, (int)out_bytes(out).length, out_bytes(out).at, written);
}

/* No text can end its string, whatever it holds. */
static void texts_cannot_break_out(void **state)
{
    struct job job;
    struct out *out = NULL;
    (void)state;
    job_begin(&job);
    assert_ok(&job, out_open_memory(&job.ctx, &out));
    assert_text(out, "Gaps", "(Gaps)");
    assert_text(out, "", "()");
    assert_text(out, "a(b)\\c", "(a\\(b\\)\\\\c)");
    assert_text(out, "a\nb", "<FEFF0061000A0062>");
    assert_text(out, "é", "<FEFF00E9>");
    assert_text(out, "\xf0\x9f\x98\x80", "<FEFFD83DDE00>");
    assert_text(out, "\xff)", "<FEFFFFFD0029>");
    out_empty(out);
    pdf_name_write(out, "Open Sans/é-1+B_.");
    assert_true(span_is(out_bytes(out), "/Open#20Sans#2F#C3#A9-1+B_."));
    out_empty(out);
    pdf_reference_write(out, 4294967295u);
    assert_true(span_is(out_bytes(out), "4294967295 0 R"));
    job_end(&job);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {cmocka_unit_test(numbers_are_short), cmocka_unit_test(texts_cannot_break_out)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
