/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/pdf_flow.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "render/pdf_grid.h"
#include "support/job_fixture.h"

static void flow_begin(struct job *job, struct pdf_flow *flow, const char *language)
{
    struct pdf_type *type = NULL;
    job_begin(job);
    assert_ok(job, pdf_type_open(&job->ctx, language, &type));
    *flow = (struct pdf_flow){.waiting_count = 0};
    pdf_sheet_begin(&flow->sheet, type);
}

static void paragraph(struct job *job, struct pdf_flow *flow, const char *text)
{
    const struct pdf_words words = {.text = text, .size = PDF_BODY};
    assert_ok(job, pdf_paragraph_add(&job->ctx, flow, &words, 8));
}

/* Does a tag begin with a mark? */
static bool tag_begins(const struct pdf_mark *mark, const char *tag)
{
    return (mark->kind == PDF_MARK_OPEN || mark->kind == PDF_MARK_LINES) && mark->name && strcmp(mark->name, tag) == 0;
}

/* The page of the n-th tag of a name, or of the n-th bookmark when it is NULL, from 1; 0 when there is none. */
static unsigned page_of(const struct pdf_sheet *sheet, const char *tag, unsigned n)
{
    unsigned page = 1;
    for (size_t i = 0; i < sheet->marks.count; i++) {
        const struct pdf_mark *mark = pdf_sheet_mark(sheet, i);
        page += mark->kind == PDF_MARK_PAGE;
        if ((tag ? tag_begins(mark, tag) : mark->kind == PDF_MARK_OUTLINE) && n-- == 1)
            return page;
    }
    return 0;
}

/* No text stands outside of the margins of its page. */
static void assert_within_pages(const struct pdf_sheet *sheet)
{
    for (size_t i = 0; i < sheet->marks.count; i++) {
        const struct pdf_mark *mark = pdf_sheet_mark(sheet, i);
        if (mark->kind != PDF_MARK_LINES)
            continue;
        double width = mark->layout->width;
        assert_true(mark->x >= PDF_LEFT - 0.1 && mark->x + width <= PDF_PAGE_WIDTH - PDF_LEFT + 0.1);
        assert_true(mark->y >= PDF_TOP - 0.1 && mark->y < PDF_BOTTOM);
    }
}

/* A heading stands on the page of what it is about, wherever the page ends. */
static void a_heading_never_ends_a_page(void **state)
{
    (void)state;
    for (unsigned before = 20; before < 45; before++) {
        struct job job;
        struct pdf_flow flow;
        flow_begin(&job, &flow, "en");
        for (unsigned i = 0; i < before; i++)
            paragraph(&job, &flow, "A line.");
        assert_ok(&job, pdf_heading_add(&job.ctx, &flow, "Part", 2, 0));
        assert_ok(&job, pdf_heading_add(&job.ctx, &flow, "Piece", 3, 0));
        paragraph(&job, &flow, "What it says.");
        unsigned page = page_of(&flow.sheet, "P", before + 1);
        assert_int_equal(page_of(&flow.sheet, "H2", 1), page);
        assert_int_equal(page_of(&flow.sheet, "H3", 1), page);
        assert_int_equal(page_of(&flow.sheet, NULL, 1), page);
        assert_within_pages(&flow.sheet);
        job_end(&job);
    }
}

/* A text of about so many lines on a page. */
static const char *lines_of(unsigned lines, char text[4000])
{
    size_t length = (size_t)lines * 90;
    for (size_t i = 0; i < length; i++)
        text[i] = i % 7 == 6 ? ' ' : 'n';
    text[length] = '\0';
    return text;
}

/* Nor does one that stands above a paragraph or a list of several lines, nor a bullet without its text. */
static void what_leads_to_a_text_stands_with_it(void **state)
{
    (void)state;
    static char long_text[4000];
    for (unsigned i = 0; i < 2 * 25 * 6; i++) {
        struct job job;
        struct pdf_flow flow;
        unsigned before = 20 + i % 25, lines = 2 + i / 25 % 6 * 2, list = i / (25 * 6);
        const char *const texts[] = {lines_of(lines, long_text), long_text};
        flow_begin(&job, &flow, "en");
        for (unsigned k = 0; k < before; k++)
            paragraph(&job, &flow, "A line.");
        assert_ok(&job, pdf_heading_add(&job.ctx, &flow, "Part", 2, 0));
        if (list)
            assert_ok(&job, pdf_list_add(&job.ctx, &flow, texts, 2));
        else
            paragraph(&job, &flow, texts[0]);
        unsigned page = list ? page_of(&flow.sheet, "Lbl", 1) : page_of(&flow.sheet, "P", before + 1);
        assert_int_equal(page_of(&flow.sheet, "H2", 1), page);
        for (unsigned n = 1; n <= 2 * list && lines < 12; n++)
            assert_int_equal(page_of(&flow.sheet, "LBody", n), page_of(&flow.sheet, "Lbl", n));
        assert_within_pages(&flow.sheet);
        job_end(&job);
    }
}

/* A text longer than pages is divided between its lines, and all of them are there. */
static void a_long_text_is_divided(void **state)
{
    (void)state;
    static char text[20000];
    struct job job;
    struct pdf_flow flow;
    int lines = 0, count = 0;
    for (size_t i = 0; i + 1 < sizeof text; i++)
        text[i] = i % 7 == 6 ? ' ' : 'n';
    flow_begin(&job, &flow, "en");
    paragraph(&job, &flow, "Before.");
    paragraph(&job, &flow, text);
    assert_true(flow.sheet.pages > 3);
    for (size_t i = 0; i < flow.sheet.marks.count; i++) {
        const struct pdf_mark *mark = pdf_sheet_mark(&flow.sheet, i);
        if (mark->kind != PDF_MARK_LINES || mark->layout->line_count == 1)
            continue;
        assert_int_equal(mark->first, lines);
        lines += mark->count;
        count = mark->layout->line_count;
    }
    assert_int_equal(lines, count);
    assert_within_pages(&flow.sheet);
    job_end(&job);
}

/* A table with two keys and more columns than fit: each panel has the keys again, and its heads on every page. */
static void grid_fill(struct job *job, struct pdf_grid *grid, uint32_t rows, uint32_t columns)
{
    assert_ok(job, pdf_grid_create(&job->ctx, columns, rows, grid));
    grid->caption = "Gaps";
    grid->caption_shown = true;
    grid->language = "en";
    grid->key_count = 1;
    grid->row_count = rows;
    for (uint32_t r = 0; r <= rows; r++) {
        for (uint32_t c = 0; c < columns; c++) {
            struct pdf_cell *cell = pdf_grid_cell(grid, r, c);
            cell->head = !r || !c;
            cell->words = (struct pdf_words){.text = !r  ? "Head"
                                                     : c ? "−0.44 [−0.62, −0.26]"
                                                         : "an item",
                                             .size = PDF_CELL,
                                             .number = r && c,
                                             .far = c > 0};
            grid->columns[c].number = c > 0;
        }
    }
}

static unsigned tags(const struct pdf_sheet *sheet, const char *name)
{
    unsigned count = 0;
    for (size_t i = 0; i < sheet->marks.count; i++)
        count += tag_begins(pdf_sheet_mark(sheet, i), name);
    return count;
}

static void a_wide_table_has_panels(void **state)
{
    (void)state;
    struct job job;
    struct pdf_flow flow;
    struct pdf_grid grid;
    flow_begin(&job, &flow, "en");
    grid_fill(&job, &grid, 90, 9);
    assert_ok(&job, pdf_grid_place(&job.ctx, &flow, &grid));
    unsigned panels = tags(&flow.sheet, "Table");
    assert_true(panels > 1 && panels < 9);
    assert_int_equal(tags(&flow.sheet, "TD"), 8 * 90);
    assert_int_equal(tags(&flow.sheet, "TR"), 91 * panels);
    assert_int_equal(tags(&flow.sheet, "TH"), 8 + panels * 91); /* heads of 8 columns; the key's head and 90 keys in each panel */
    assert_within_pages(&flow.sheet);
    job_end(&job);
}

/* Where the language runs to the left the first column stands at the right, and figures still run to the right. */
static void tables_are_mirrored(void **state)
{
    (void)state;
    for (unsigned leftward = 0; leftward < 2; leftward++) {
        struct job job;
        struct pdf_flow flow;
        struct pdf_grid grid;
        double keys = 0, figures = 0;
        flow_begin(&job, &flow, leftward ? "ar" : "en");
        grid_fill(&job, &grid, 3, 3);
        assert_ok(&job, pdf_grid_place(&job.ctx, &flow, &grid));
        for (size_t i = 0; i < flow.sheet.marks.count; i++) {
            const struct pdf_mark *mark = pdf_sheet_mark(&flow.sheet, i);
            if (mark->kind != PDF_MARK_LINES)
                continue;
            const char *text = mark->layout->text;
            if (strcmp(text, "an item") == 0)
                keys = mark->x;
            if (text[0] == '\xe2') {
                figures = mark->x;
                const PangoGlyphItem *run = mark->layout->lines[0].runs->data;
                assert_int_equal(run->item->analysis.level % 2, 0);
            }
        }
        assert_true(leftward ? keys > figures : keys < figures);
        job_end(&job);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_heading_never_ends_a_page), cmocka_unit_test(what_leads_to_a_text_stands_with_it),
        cmocka_unit_test(a_long_text_is_divided),      cmocka_unit_test(a_wide_table_has_panels),
        cmocka_unit_test(tables_are_mirrored),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
