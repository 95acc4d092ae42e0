/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "render/xlsx_text.h"
#include "support/job_fixture.h"

/* A cell holds what XML can hold, and nothing in it is read as a code. */
static void texts_are_what_a_cell_can_hold(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"plain é 한 \xf0\x9f\x98\x80", "plain é 한 \xf0\x9f\x98\x80"},
        {"=1+1", "=1+1"},
        {"two\nlines\tand a tab", "two\nlines\tand a tab"},
        {"a\x01"
         "b\r\x7f\x1f",
         "a\xef\xbf\xbd"
         "b\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
        {"\xff\xc0\x80 \xef\xbf\xbe \xef\xbf\xbf \xc2\x85",
         "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd \xef\xbf\xbd \xef\xbf\xbd \xef\xbf\xbd"},
        {"_x0041_ and _x005F_", "_x005F_x0041_ and _x005F_x005F_"},
        {"_x004_ _x004G_ _X0041_", "_x004_ _x004G_ _X0041_"},
        {"", ""},
    };
    struct job job;
    struct out *room = NULL;
    job_begin(&job);
    assert_ok(&job, out_open_memory(&job.ctx, &room));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(xlsx_cell_text(room, cases[i][0]), cases[i][1]);
    assert_string_equal(xlsx_plain_text(&job.ctx, "_x0041_", 20), "_x0041_");
    assert_string_equal(xlsx_bare_text(&job.ctx, "\xe2\x81\xa8"
                                                 "a\xe2\x81\xa9 \xe2\x80\xa6 \xe2\x81\xa5\xe2\x81\xa7"),
                        "a \xe2\x80\xa6 \xe2\x81\xa5");
    job_end(&job);
}

/* A text that is too long is cut between characters, counted as UTF-16. */
static void long_texts_are_cut(void **state)
{
    (void)state;
    struct job job;
    struct out *room = NULL;
    job_begin(&job);
    assert_ok(&job, out_open_memory(&job.ctx, &room));
    assert_string_equal(xlsx_plain_text(&job.ctx, "abcd", 4), "abcd");
    assert_string_equal(xlsx_plain_text(&job.ctx, "abcde", 4), "abc…");
    assert_string_equal(xlsx_plain_text(&job.ctx, "ab\xf0\x9f\x98\x80", 4), "ab\xf0\x9f\x98\x80");
    assert_string_equal(xlsx_plain_text(&job.ctx,
                                        "ab\xf0\x9f\x98\x80"
                                        "c",
                                        4),
                        "ab…");
    char *text = arena_alloc(job.ctx.arena, 40001);
    assert_non_null(text);
    memset(text, 'x', 40000);
    assert_int_equal(strlen(xlsx_cell_text(room, text)), 32766 + strlen("…"));
    text[32767] = '\0';
    assert_string_equal(xlsx_cell_text(room, text), text);
    job_end(&job);
}

/* "unique, at most 31 letters", without what a sheet's name must not have. */
static void names_of_sheets_are_allowed_and_unique(void **state)
{
    (void)state;
    struct job job;
    job_begin(&job);
    const char *names[5] = {"Report", "Gap per item", "gap per item 2"};
    assert_string_equal(xlsx_sheet_name(&job.ctx, names, 3, "Is it a [good] score?", ""), "Is it a good score");
    assert_string_equal(xlsx_sheet_name(&job.ctx, names, 3, "a/b\\c:d*'e'", ""), "a-b-c,de");
    assert_string_equal(xlsx_sheet_name(&job.ctx, names, 3, "Gap Per Item", ""), "Gap Per Item 3");
    assert_string_equal(xlsx_sheet_name(&job.ctx, names, 3, "Gap per item", "hotel"), "Gap per item – hotel");
    assert_string_equal(xlsx_sheet_name(&job.ctx, names, 3, "Expectations and experience of different people", ""),
                        "Expectations and experience of…");
    assert_string_equal(xlsx_sheet_name(&job.ctx, names, 3, "Expectations and experience of people", "hotel"),
                        "Expectations and exper… – hotel");
    assert_string_equal(xlsx_sheet_name(&job.ctx, names, 3, "Gap per item", "a very long name of a segment"),
                        "Gap per item – a very long na…");
    assert_string_equal(xlsx_sheet_name(&job.ctx, names, 3, "History", ""), "History 2");
    assert_string_equal(xlsx_sheet_name(&job.ctx, names, 3, "?*", ""), "-");
    names[3] = "Expectations and experience of…";
    assert_string_equal(xlsx_sheet_name(&job.ctx, names, 4, "Expectations and experience of different people", ""),
                        "Expectations and experience … 2");
    job_end(&job);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_what_a_cell_can_hold),
        cmocka_unit_test(long_texts_are_cut),
        cmocka_unit_test(names_of_sheets_are_allowed_and_unique),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
