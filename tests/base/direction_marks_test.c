/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/direction_marks.h"
#include "base/text.h"
#include "support/job_fixture.h"

static const char *kept(struct job *job, const char *text)
{
    struct direction_marks marks = {.open = 0};
    struct out *out = NULL;
    const char *copy = NULL;
    unsigned code_point = 0;
    struct span rest = span_of(text);
    assert_ok(job, out_open_memory(&job->ctx, &out));
    for (size_t taken = 0; rest.length; rest = (struct span){rest.at + taken, rest.length - taken}) {
        taken = text_utf8_decode(rest, &code_point);
        if (direction_mark_stands(&marks, code_point))
            out_span(out, (struct span){rest.at, taken});
    }
    direction_marks_end(&marks, out);
    assert_ok(job, out_copy(&job->ctx, out, &copy));
    return copy;
}

/* "isolates are ended where they began, embeddings and overrides … are left out" */
static void nothing_reaches_beyond_the_text(void **state)
{
    (void)state;
    static const char *const cases[][2] = {{"plain", "plain"},
                                           {"a\u202eb\u202cc", "abc"},
                                           {"\u202aa\u202bb\u202dc", "abc"},
                                           {"a\u2067b", "a\u2067b\u2069"},
                                           {"a\u2069b", "ab"},
                                           {"\u2066a\u2068b\u2069c\u2069\u2069", "\u2066a\u2068b\u2069c\u2069"},
                                           {"\u2069a\u2066\u2067", "a\u2066\u2067\u2069\u2069"},
                                           {"a\u200e\u200f\u061cb\u206a", "a\u200e\u200f\u061cb\u206a"}};
    struct job job;
    job_begin(&job);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(kept(&job, cases[i][0]), cases[i][1]);
    job_end(&job);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(nothing_reaches_beyond_the_text)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
