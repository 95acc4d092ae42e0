/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "--language takes those of the words files that are complete for reports"; a study's own language is the default where it is one
 * of them. */
#include "app/report_choices.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "model/collection.h"
#include "model/words.h"
#include "support/job_fixture.h"

static const char *chosen(struct job *job, const char *asked, const char *own)
{
    struct collection collection;
    const char *language = NULL;
    collection_defaults(&collection);
    collection.language = own;
    const struct study study = {.collection = own ? &collection : NULL};
    assert_ok(job, report_language_choose(&job->ctx, asked, &study, &language));
    return language;
}

static void whole_languages_are_taken(void **state)
{
    (void)state;
    struct job job;
    const char *language = NULL;
    unsigned taken = 0;
    job_begin(&job);
    for (const struct words *words = words_languages; words->language; words++) {
        enum status status = report_language_choose(&job.ctx, words->language, NULL, &language);
        bool whole = words_text(words->language, "language.covers") == NULL;
        assert_int_equal(status, whole ? STATUS_OK : STATUS_USAGE);
        taken += whole;
        if (whole)
            assert_string_equal(language, words->language);
        else
            assert_non_null(strstr(job.ctx.error.sentence, "en"));
        assert_string_equal(chosen(&job, NULL, words->language), whole ? words->language : "en");
    }
    assert_true(taken > 0);
    job_end(&job);
}

static void others_are_refused(void **state)
{
    (void)state;
    static const char *const others[] = {"", "xx", "EN", "en-GB", "en,de", "en\n"};
    struct job job;
    const char *language = NULL;
    job_begin(&job);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        assert_int_equal(report_language_choose(&job.ctx, others[i], NULL, &language), STATUS_USAGE);
        assert_non_null(strstr(job.ctx.error.sentence, "there are: "));
        assert_null(strchr(job.ctx.error.sentence, '\n'));
    }
    job_end(&job);
}

/* A study in a language, or a kind of it, that we have no words for is told of in English. */
static void the_study_decides(void **state)
{
    (void)state;
    struct job job;
    job_begin(&job);
    assert_string_equal(chosen(&job, NULL, NULL), "en");
    assert_string_equal(chosen(&job, NULL, "xx"), "en");
    assert_string_equal(chosen(&job, NULL, "en-GB"), "en");
    assert_string_equal(chosen(&job, "en", "de"), "en");
    for (const struct words *words = words_languages; words->language; words++) {
        char regional[32];
        (void)snprintf(regional, sizeof regional, "%s-XX", words->language);
        assert_string_equal(chosen(&job, NULL, regional), words_tell_reports(words->language) ? words->language : "en");
    }
    job_end(&job);
}

static void sections_are_divided(void **state)
{
    (void)state;
    struct job job;
    const char *const *names = NULL;
    job_begin(&job);
    assert_ok(&job, report_sections_read(&job.ctx, span_of(NULL), &names));
    assert_null(names);
    assert_ok(&job, report_sections_read(&job.ctx, span_of("gaps, quality,,x"), &names));
    assert_string_equal(names[0], "gaps");
    assert_string_equal(names[1], "quality");
    assert_string_equal(names[2], "");
    assert_string_equal(names[3], "x");
    assert_null(names[4]);
    job_end(&job);
}

/* "gap" or "dimension"; anything else is refused with what would be accepted. */
static void orders_are_two(void **state)
{
    (void)state;
    struct job job;
    bool by_dimension = true;
    job_begin(&job);
    assert_ok(&job, report_order_read(&job.ctx, span_of(""), &by_dimension));
    assert_false(by_dimension);
    assert_ok(&job, report_order_read(&job.ctx, span_of("dimension"), &by_dimension));
    assert_true(by_dimension);
    assert_ok(&job, report_order_read(&job.ctx, span_of("gap"), &by_dimension));
    assert_false(by_dimension);
    assert_int_equal(report_order_read(&job.ctx, span_of("Gap"), &by_dimension), STATUS_USAGE);
    assert_string_equal(job.ctx.error.sentence, "\"Gap\" is no order of items; \"gap\" and \"dimension\" are.");
    job_end(&job);
}

/* A title is held to the rules of the study file's. */
static void titles_are_checked(void **state)
{
    (void)state;
    static const struct {
        const char *text, *sentence;
    } refused[] = {
        {"", "The report's title is empty; 1 to 4096 bytes of letters, signs, line breaks and tabs in UTF-8 are accepted."},
        {" \n ", "The report's title is empty; 1 to 4096 bytes of letters, signs, line breaks and tabs in UTF-8 are accepted."},
        {"a\xff",
         "The report's title is not UTF-8 (byte 2); 1 to 4096 bytes of letters, signs, line breaks and tabs in UTF-8 are "
         "accepted."},
        {"ab\x1b[2J",
         "The report's title holds a control character (byte 3, code 27); 1 to 4096 bytes of letters, signs, line breaks and "
         "tabs in UTF-8 are accepted."}};
    struct job job;
    const char *title = "";
    char longest[4098];
    job_begin(&job);
    assert_ok(&job, report_title_read(&job.ctx, NULL, &title));
    assert_null(title);
    assert_ok(&job, report_title_read(&job.ctx, " Größe und\tRuhe\n", &title));
    assert_string_equal(title, "Größe und\tRuhe");
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        assert_int_equal(report_title_read(&job.ctx, refused[i].text, &title), STATUS_USAGE);
        assert_string_equal(job.ctx.error.sentence, refused[i].sentence);
        assert_null(title);
    }
    memset(longest, 'x', sizeof longest);
    longest[4097] = '\0';
    assert_int_equal(report_title_read(&job.ctx, longest, &title), STATUS_USAGE);
    assert_non_null(strstr(job.ctx.error.sentence, "The report's title has 4097 bytes; 1 to 4096 bytes of"));
    assert_ok(&job, report_title_read(&job.ctx, longest + 1, &title));
    job_end(&job);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(orders_are_two),       cmocka_unit_test(whole_languages_are_taken),
                                       cmocka_unit_test(others_are_refused),   cmocka_unit_test(the_study_decides),
                                       cmocka_unit_test(sections_are_divided), cmocka_unit_test(titles_are_checked)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
