/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "intervals are never broken between two lines", and nothing else is touched. */
#include "render/html_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "support/job_fixture.h"

static void assert_written(const char *text, const char *expected)
{
    struct job job;
    struct out *out = NULL;
    struct markup m;
    job_begin(&job);
    assert_ok(&job, out_open_memory(&job.ctx, &out));
    markup_begin(&m, out);
    out_empty(out);
    html_text_write(&m, text);
    struct span written = out_bytes(out);
    assert_int_equal(written.length, strlen(expected));
    assert_memory_equal(written.length ? written.at : "", expected, written.length);
    job_end(&job);
}

#define WHOLE(interval) "<span class=\"whole\">" interval "</span>"

static void intervals_are_kept_whole(void **state)
{
    (void)state;
    assert_written("A gap of −0.44 [−0.62, −0.26] points.", "A gap of −0.44 " WHOLE("[−0.62, −0.26]") " points.");
    assert_written("[51, 67]", WHOLE("[51, 67]"));
    assert_written("a [1, 2] & b [+0.1, 3]", "a " WHOLE("[1, 2]") " &amp; b " WHOLE("[+0.1, 3]"));
    assert_written("[[1, 2]]", "[" WHOLE("[1, 2]") "]");
}

static void other_brackets_are_words(void **state)
{
    (void)state;
    static const char *const texts[] = {"",          "no brackets", "[",     "[1, 2", "[see 3]", "[1]",
                                        "[1, 2, 3]", "[, ]",        "[1 2]", "a ] b", "[−"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_written(texts[i], texts[i]);
    assert_written("[<b>, 2]", "[&lt;b&gt;, 2]");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(intervals_are_kept_whole), cmocka_unit_test(other_brackets_are_words)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
