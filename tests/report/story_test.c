/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "report/story.h"
#include "support/document_text.h"

/* "the sections in their order, each only when it has something to say" */
static void sections_stand_in_their_order(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 1);
    static const struct hand_gap gaps[] = {{"q1", -0.44, 0.1, "short"}, {.item = NULL}};
    hand_gaps(&hand, gaps);
    const char *text = document_text(&hand.job, hand_story(&hand, NULL));
    const char *opening = strstr(text, "> "), *heading = strstr(text, "## Where the gaps are");
    const char *quality = strstr(text, "## Quality"), *method = strstr(text, "## Method");
    assert_true(opening == text && heading > opening && quality > heading && method > quality);
    assert_null(strstr(text, "## Zone"));
    hand_end(&hand);
}

/* "An unknown name is STATUS_USAGE, naming those there are" */
static void an_unknown_section_is_refused(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 1);
    static const char *const names[] = {"opening", "openings", NULL};
    struct report_tables tables = hand_release(&hand);
    const struct document *document = NULL;
    assert_int_equal(report_story(&hand.job.ctx, &hand.head, &tables, names, &document), STATUS_USAGE);
    const char *sentence = hand.job.ctx.error.sentence;
    assert_non_null(strstr(sentence, "\"openings\" is not a section; there are: opening, gaps, "));
    for (size_t i = 0; i < section_register_count; i++)
        assert_non_null(strstr(sentence, section_register[i]->name));
    hand_end(&hand);
}

/* "A plain document: the tables one after another, as analyze prints them." */
static void plain_tables(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 1);
    (void)hand_row(&hand, hand_table(&hand, "item_gap", NULL), "q1");
    (void)hand_row(&hand, hand_table(&hand, "dimension_gap", NULL), "care");
    struct report_tables tables = hand_release(&hand);
    const struct document *document = NULL;
    assert_ok(&hand.job, report_tables_document(&hand.job.ctx, &hand.head, &tables, true, &document));
    assert_string_equal(document_text(&hand.job, document),
                        "table item_gap: Gap per item\ntable dimension_gap: Gap per dimension\n");
    assert_true(document->blocks[1].wide);
    hand_end(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sections_stand_in_their_order),
        cmocka_unit_test(an_unknown_section_is_refused),
        cmocka_unit_test(plain_tables),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
