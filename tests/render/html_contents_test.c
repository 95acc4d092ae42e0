/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "a table of contents (links to headings with stable ids, only when there are 4 or more), a link from each chart to its table
 * twin": every link leads somewhere, and no two places have the same name. */
#include "render/html_contents.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "support/document_text.h"
#include "support/hand_document.h"
#include "support/page_reading.h"
#include "support/rendered_text.h"

static void heading_add(struct hand *hand, struct document *document, unsigned level, const char *id, const char *text)
{
    struct document_block *block = NULL;
    assert_ok(&hand->job, document_add(&hand->job.ctx, document, DOCUMENT_HEADING, &block));
    block->level = level;
    block->id = id;
    block->text = text;
}

static const char *page_of(struct hand *hand, const struct document *document)
{
    const char *page = rendered_text(&hand->job, document, "html", rendering_page);
    page_assert_well_formed(page);
    return page;
}

/* Every href="#x" has its id="x", which stands once.
 * gives   how many there are */
static unsigned links_check(const char *page)
{
    unsigned count = 0;
    for (const char *at = strstr(page, "href=\"#"); at; at = strstr(at + 1, "href=\"#")) {
        char id[128];
        (void)snprintf(id, sizeof id, " id=\"%.*s\"", (int)strcspn(at + 7, "\""), at + 7);
        if (text_count(page, id) != 1)
            fail_msg("%s stands %zu times", id, text_count(page, id));
        count++;
    }
    return count;
}

static struct document *document_of(struct hand *hand, unsigned headings)
{
    static const char *const ids[] = {"gaps", "gaps", NULL, NULL, "method"};
    static const char *const texts[] = {"Gaps", "Gaps again", "A & B", "C", "Method"};
    struct document *document = NULL;
    assert_ok(&hand->job, document_create(&hand->job.ctx, &hand->head, &document));
    for (unsigned i = 0; i < headings; i++)
        heading_add(hand, document, 2, ids[i], texts[i]);
    heading_add(hand, document, 3, "below", "Below");
    return document;
}

static void four_headings_make_contents(void **state)
{
    (void)state;
    for (unsigned headings = 3; headings <= 5; headings++) {
        struct hand hand;
        hand_begin(&hand, 1);
        const char *page = page_of(&hand, document_of(&hand, headings));
        assert_int_equal(text_count(page, "<nav"), headings >= 4);
        assert_int_equal(links_check(page), headings >= 4 ? headings : 0);
        hand_end(&hand);
    }
}

static void names_are_stable_and_single(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 1);
    const char *page = page_of(&hand, document_of(&hand, 5));
    static const char *const wanted[] = {
        "<h2 id=\"gaps\">Gaps<",     "<h2 id=\"gaps-2\">Gaps again<", "<h2 id=\"part\">A &amp; B<",     "<h2 id=\"part-2\">C<",
        "<h2 id=\"method\">Method<", "<h3 id=\"below\">Below<",       "<a href=\"#part\">A &amp; B</a>"};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        if (!strstr(page, wanted[i]))
            fail_msg("%s is not there", wanted[i]);
    }
    assert_true(strstr(page, "<nav") < strstr(page, "<h2"));
    hand_end(&hand);
}

/* A chart leads to the table of its numbers; where the document shows none, one stands folded below it. */
static void a_chart_has_its_twin(void **state)
{
    (void)state;
    struct hand hand;
    hand_document_begin(&hand);
    struct document *document = hand_document(&hand);
    const char *page = page_of(&hand, document);
    unsigned charts = 0;
    for (uint32_t i = 0; i < document->block_count; i++)
        charts += document->blocks[i].kind == DOCUMENT_CHART;
    assert_true(charts > 0);
    assert_int_equal(text_count(page, "class=\"twin\""), charts);
    assert_int_equal(links_check(page), charts);
    for (uint32_t i = 0; i < document->block_count; i++) {
        if (document->blocks[i].kind == DOCUMENT_TABLE)
            document->blocks[i].kind = DOCUMENT_PARAGRAPH;
        document->blocks[i].text = document->blocks[i].text ? document->blocks[i].text : "text";
    }
    page = page_of(&hand, document);
    assert_int_equal(text_count(page, "class=\"twin\""), 0);
    assert_int_equal(text_count(page, "<details"), charts);
    hand_end(&hand);
}

/* Whole reports too: contents, charts and tables lead to each other. */
static void a_whole_report_holds_together(void **state)
{
    (void)state;
    struct hand hand;
    hand_document_begin(&hand);
    assert_true(links_check(page_of(&hand, hand_story(&hand, NULL))) > 2);
    hand_end(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(four_headings_make_contents),
                                       cmocka_unit_test(names_are_stable_and_single), cmocka_unit_test(a_chart_has_its_twin),
                                       cmocka_unit_test(a_whole_report_holds_together)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
