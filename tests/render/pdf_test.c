/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/pool.h"
#include "model/measure.h"
#include "model/renderer.h"
#include "render/pdf_grid.h"
#include "support/document_text.h"
#include "support/pdf_reading.h"

static const struct hand_gap gaps[] = {{"q1", -0.44, 0.1, "short"},
                                       {"q2", 0.31, 0.1, "above"},
                                       {"q3", 0.004, 0.1, "met"},
                                       {"q4", -0.002, 0.4, "undecided"},
                                       {.item = NULL}};

/* The bytes of a PDF of a document, in the job's arena. */
static struct span pdf_of_document(struct job *job, const struct document *document)
{
    const struct renderer *pdf = renderer_for_extension(span_of(".pdf"));
    const struct rendering rendering = {.utf8 = true};
    struct out *out = NULL;
    assert_non_null(pdf);
    assert_ok(job, out_open_memory(&job->ctx, &out));
    assert_ok(job, pdf->render(&job->ctx, document, &rendering, out));
    return out_bytes(out);
}

static struct span pdf_of(struct hand *hand)
{
    return pdf_of_document(&hand->job, hand_story(hand, NULL));
}

static void report_begin(struct hand *hand, uint32_t items)
{
    hand_begin(hand, items);
    hand->head.title = "Harbour Hotels";
    hand_gaps(hand, gaps);
}

/* "pdfinfo says tagged"; bookmarks for headings; title, creator and date */
static void a_report_is_tagged_and_has_bookmarks(void **state)
{
    (void)state;
    struct hand hand;
    report_begin(&hand, 4);
    assert_int_equal(setenv("SOURCE_DATE_EPOCH", "1700000000", 1), 0);
    struct span pdf = pdf_of(&hand);
    assert_true(pdf.length > 8 && memcmp(pdf.at, "%PDF-1.5", 8) == 0);
    pdf = pdf_unpacked(&hand.job, pdf);
    static const char *const once[] = {"/Marked true", "/S/Document/", "/S/H1/", "/Type/StructTreeRoot"};
    for (size_t i = 0; i < sizeof once / sizeof *once; i++)
        assert_int_equal(pdf_count(pdf, once[i]), 1);
    static const char *const some[] = {"/S/H2/",
                                       "/S/P/",
                                       "/S/L/",
                                       "/S/LI/",
                                       "/S/LBody/",
                                       "/S/Table/",
                                       "/S/TR/",
                                       "/S/TH/",
                                       "/S/TD/",
                                       "/S/Caption/",
                                       "/S/Figure/",
                                       "/Type/Outlines",
                                       "/ParentTree ",
                                       "/Artifact<</Type/Pagination/Subtype/Footer>>BDC",
                                       "(Harbour Hotels)",
                                       "(gapmeter " GAPMETER_VERSION ")",
                                       "/CreationDate(D:20231114221320Z)",
                                       "/FontFile2 "};
    for (size_t i = 0; i < sizeof some / sizeof *some; i++) {
        if (!pdf_count(pdf, some[i]))
            fail_msg("%s is not there", some[i]);
    }
    assert_int_equal(unsetenv("SOURCE_DATE_EPOCH"), 0);
    hand_end(&hand);
}

/* "byte-identical on rerun with SOURCE_DATE_EPOCH" */
static void the_same_bytes_come_twice(void **state)
{
    (void)state;
    struct hand hand;
    report_begin(&hand, 4);
    assert_int_equal(setenv("SOURCE_DATE_EPOCH", "1700000000", 1), 0);
    struct span first = pdf_of(&hand), second = pdf_of(&hand);
    assert_int_equal(first.length, second.length);
    assert_memory_equal(first.at, second.at, first.length);
    assert_int_equal(setenv("SOURCE_DATE_EPOCH", "1700086400", 1), 0);
    struct span later = pdf_of(&hand);
    assert_true(later.length != first.length || memcmp(first.at, later.at, first.length) != 0);
    assert_int_equal(unsetenv("SOURCE_DATE_EPOCH"), 0);
    hand_end(&hand);
}

/* A row of tags per row of the table, also when it goes over several pages: heads that are repeated are not read again. */
static void a_long_table_goes_over_pages(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 60);
    struct table *table = hand_table(&hand, "item_gap", NULL);
    for (unsigned i = 0; i < 60; i++)
        (void)hand_gap_row(&hand, table, &(struct hand_gap){hand.ids[i], -0.01 * i, 0.1, "undecided"});
    struct document_head head = hand.head;
    struct report_tables tables = hand_release(&hand);
    struct document *document = NULL;
    struct document_block *block = NULL;
    assert_ok(&hand.job, document_create(&hand.job.ctx, &head, &document));
    assert_ok(&hand.job, document_add(&hand.job.ctx, document, DOCUMENT_TABLE, &block));
    block->text = "Sixty items";
    block->table = tables.tables[0];
    struct span pdf = pdf_unpacked(&hand.job, pdf_of_document(&hand.job, document));
    assert_int_equal(pdf_count(pdf, "/Type/Page/"), 2);
    assert_int_equal(pdf_count(pdf, "/S/Table/"), 1);
    assert_int_equal(pdf_count(pdf, "/S/TR/"), 61);
    assert_int_equal(pdf_count(pdf, "/S/Caption/"), 1);
    hand_end(&hand);
}

/* What people write cannot break the file, nor hang or overflow the page. */
static void hostile_texts_are_set(void **state)
{
    (void)state;
    struct hand hand;
    static char endless[4000];
    memset(endless, 'W', sizeof endless - 1);
    report_begin(&hand, 4);
    hand.items[0].text = endless;
    hand.items[1].text = ") Tj \\( << >> endobj \x01\x7f\xff\xc0\x80";
    hand.items[2].text = "";
    hand.head.title = "\xff) /Title (x\n\x02 \xd9\x85\xd8\xb1\xd8\xad\xd8\xa8\xd8\xa7 \xec\x95\x88\xeb\x85\x95";
    struct span pdf = pdf_of(&hand);
    assert_int_equal(pdf_count(pdf, "%%EOF"), 1);
    pdf = pdf_unpacked(&hand.job, pdf);
    assert_int_equal(pdf_count(pdf, "/S/Document/"), 1);
    assert_int_equal(pdf_count(pdf, "/Title(x"), 0);
    hand_end(&hand);
}

static struct pdf_grid grid_of(struct hand *hand, uint32_t keys, uint32_t columns, double least)
{
    struct pdf_grid grid;
    assert_ok(&hand->job, pdf_grid_create(&hand->job.ctx, columns, 0, &grid));
    grid.key_count = keys;
    for (uint32_t c = 0; c < columns; c++)
        grid.columns[c] = (struct pdf_column){.number = c >= keys, .natural = 2 * least, .least = least};
    return grid;
}

/* "never overflow the page": what is too wide stands in several panels, each with the keys. */
static void wide_tables_are_divided(void **state)
{
    (void)state;
    struct hand hand;
    uint32_t panels[100] = {0}, count = 0;
    hand_begin(&hand, 1);
    struct pdf_grid grid = grid_of(&hand, 1, 9, 50); /* a key and 8 columns of 50 with gaps of 10: 530 */
    pdf_grid_fit(&grid, 530, 10, panels, &count);
    assert_int_equal(count, 1);
    pdf_grid_fit(&grid, 529, 10, panels, &count);
    assert_int_equal(count, 2);
    assert_int_equal(panels[7], 0);
    assert_int_equal(panels[8], 1);
    pdf_grid_fit(&grid, 115, 10, panels, &count); /* a key and one column */
    assert_int_equal(count, 8);
    struct pdf_grid keys = grid_of(&hand, 4, 5, 200); /* keys that alone would fill the page are narrowed */
    pdf_grid_fit(&keys, 500, 10, panels, &count);
    assert_int_equal(count, 1);
    assert_true(keys.columns[0].least <= 0.6 * 500 / 4 + 0.001);
    hand_end(&hand);
}

/* "Figure with alternate text", and what each head of a table is for */
static void figures_and_heads_say_what_they_are(void **state)
{
    (void)state;
    struct hand hand;
    report_begin(&hand, 4);
    hand.head.language = "de";
    struct span pdf = pdf_unpacked(&hand.job, pdf_of(&hand));
    assert_int_equal(pdf_count(pdf, "/Lang(de)"), 1);
    assert_true(pdf_count(pdf, "/S/Figure/") > 0);
    assert_int_equal(pdf_count(pdf, "/Alt"), pdf_count(pdf, "/S/Figure/"));
    assert_int_equal(pdf_count(pdf, "/Scope/Row>>") + pdf_count(pdf, "/Scope/Column>>"), pdf_count(pdf, "/S/TH/"));
    assert_int_equal(pdf_count(pdf, "/Direction/R2L"), 0);
    hand.head.language = "ar";
    pdf = pdf_unpacked(&hand.job, pdf_of(&hand));
    assert_int_equal(pdf_count(pdf, "/Direction/R2L"), 1);
    hand_end(&hand);
}

/* What one of several threads draws. */
struct drawn {
    const struct document *document;
    struct job jobs[8];
    struct span pdfs[8];
};

static enum status draw_one(void *state, size_t chunk, unsigned worker)
{
    struct drawn *drawn = state;
    (void)worker;
    drawn->pdfs[chunk] = pdf_of_document(&drawn->jobs[chunk], drawn->document);
    return STATUS_OK;
}

/* A server draws several at once: each has fonts of its own, and all have the same bytes. */
static void threads_draw_at_once(void **state)
{
    (void)state;
    struct hand hand;
    struct drawn drawn;
    report_begin(&hand, 4);
    assert_int_equal(setenv("SOURCE_DATE_EPOCH", "1700000000", 1), 0);
    drawn.document = hand_story(&hand, NULL);
    for (size_t i = 0; i < 8; i++)
        job_begin(&drawn.jobs[i]);
    hand.job.ctx.threads = 4;
    assert_ok(&hand.job, pool_run(&hand.job.ctx, 8, draw_one, &drawn));
    for (size_t i = 1; i < 8; i++) {
        assert_int_equal(drawn.pdfs[i].length, drawn.pdfs[0].length);
        assert_memory_equal(drawn.pdfs[i].at, drawn.pdfs[0].at, drawn.pdfs[0].length);
    }
    for (size_t i = 0; i < 8; i++)
        job_end(&drawn.jobs[i]);
    assert_int_equal(unsetenv("SOURCE_DATE_EPOCH"), 0);
    hand_end(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_report_is_tagged_and_has_bookmarks),
        cmocka_unit_test(the_same_bytes_come_twice),
        cmocka_unit_test(a_long_table_goes_over_pages),
        cmocka_unit_test(hostile_texts_are_set),
        cmocka_unit_test(wide_tables_are_divided),
        cmocka_unit_test(figures_and_heads_say_what_they_are),
        cmocka_unit_test(threads_draw_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
