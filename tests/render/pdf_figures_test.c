/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/pdf_figures.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/philox.h"
#include "support/job_fixture.h"

/* Figures, and what looks like them. */
static void figures_are_told_from_words(void **state)
{
    static const char *const figures[] = {"0",  "−0.44", "[−0.71, −0.17]", "59\xc2\xa0%", "1,204", "(3)", "+0.5", "3–4",
                                          "..", "%"};
    static const char *const others[] = {"",
                                         " ",
                                         "n",
                                         "1 ",
                                         " 1",
                                         "1\xc2\xa0",
                                         "\xc2\xa0"
                                         "1",
                                         "1  2",
                                         "<0.01",
                                         "1\n2",
                                         "1e5",
                                         "Ⅳ",
                                         "٣",
                                         "1\xe2",
                                         "\xe2\x88",
                                         "1\xc2",
                                         "−\xe2\x88\x93",
                                         "1:2"};
    (void)state;
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
        assert_true(pdf_figures_only(figures[i]));
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (pdf_figures_only(others[i]))
            fail_msg("\"%s\" is taken for figures", others[i]);
    }
}

static const PangoGlyphItem *run_of(const struct pdf_layout *layout)
{
    assert_int_equal(layout->line_count, 1);
    assert_non_null(layout->lines[0].runs);
    assert_null(layout->lines[0].runs->next);
    return layout->lines[0].runs->data;
}

/* The same letters of the same font at the same places, in a line of the same height. */
static void assert_same(const struct pdf_layout *quick, const struct pdf_layout *whole)
{
    const PangoGlyphItem *a = run_of(quick), *b = run_of(whole);
    assert_string_equal(quick->text, whole->text);
    assert_true(a->item->analysis.font == b->item->analysis.font);
    assert_int_equal(a->item->analysis.level, b->item->analysis.level);
    assert_int_equal(a->item->offset, b->item->offset);
    assert_int_equal(a->item->length, b->item->length);
    assert_int_equal(a->item->num_chars, b->item->num_chars);
    assert_int_equal(a->glyphs->num_glyphs, b->glyphs->num_glyphs);
    for (int i = 0; i < a->glyphs->num_glyphs; i++) {
        const PangoGlyphInfo *x = &a->glyphs->glyphs[i], *y = &b->glyphs->glyphs[i];
        assert_int_equal(x->glyph, y->glyph);
        assert_int_equal(x->geometry.width, y->geometry.width);
        assert_int_equal(x->geometry.x_offset, y->geometry.x_offset);
        assert_int_equal(x->geometry.y_offset, y->geometry.y_offset);
        assert_int_equal(a->glyphs->log_clusters[i], b->glyphs->log_clusters[i]);
    }
    assert_true(quick->left >= 0 && quick->left <= 0);
    assert_memory_equal(&quick->width, &whole->width, sizeof quick->width);
    assert_memory_equal(&quick->height, &whole->height, sizeof quick->height);
    assert_memory_equal(&quick->lines[0].top, &whole->lines[0].top, sizeof quick->height);
    assert_memory_equal(&quick->lines[0].bottom, &whole->lines[0].bottom, sizeof quick->height);
    assert_memory_equal(&quick->lines[0].baseline, &whole->lines[0].baseline, sizeof quick->height);
}

/* Sets a text as figures, and by pango alone, which it is when it has a width. */
static void assert_set_alike(struct job *job, struct pdf_type *type, const struct pdf_words *words)
{
    struct pdf_layout *quick = NULL, *whole = NULL;
    struct pdf_words wide = *words;
    wide.width = 5000;
    assert_ok(job, pdf_type_set(&job->ctx, type, words, &quick));
    assert_ok(job, pdf_type_set(&job->ctx, type, &wide, &whole));
    assert_null(quick->pango);
    assert_non_null(whole->pango);
    assert_same(quick, whole);
}

/* The letters of figures; the last two are spaces. */
static const char *const letters[] = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9",        ".", ",",
                                      "+", "-", "%", "[", "]", "(", ")", "−", "–", "\xc2\xa0", " "};
enum { LETTERS = sizeof letters / sizeof *letters, TEXTS = 1500 };

/* A text of the letters: each pair of them in turn, then as chance has it. */
static const char *figures_draw(struct job *job, uint32_t at, const uint32_t drawn[4])
{
    const char *text = "7", *first = letters[at / LETTERS % LETTERS], *second = letters[at % LETTERS];
    bool pair = at < LETTERS * LETTERS, spaces = at / LETTERS >= LETTERS - 2;
    if (pair)
        text = arena_format(job->ctx.arena, "7%s%s", first, spaces ? "" : second);
    for (uint32_t k = 0; !pair && k < drawn[3] % 9 && text; k++)
        text = arena_format(job->ctx.arena, "%s%s", text, letters[(drawn[k / 3] >> 8 * (k % 3)) % (LETTERS - 2)]);
    text = text ? arena_format(job->ctx.arena, "%s1", text) : NULL;
    assert_non_null(text);
    return text;
}

/* In each language that runs its own way */
static void figures_are_set_as_pango_sets_them(void **state)
{
    static const char *const languages[] = {"en", "ar", "ko"};
    static const uint32_t key[2] = {1, 2};
    (void)state;
    for (size_t l = 0; l < sizeof languages / sizeof *languages; l++) {
        struct job job;
        struct pdf_type *type = NULL;
        job_begin(&job);
        assert_ok(&job, pdf_type_open(&job.ctx, languages[l], &type));
        for (uint32_t i = 0; i < TEXTS; i++) {
            uint32_t drawn[4];
            philox_block((const uint32_t[]){i, 0, 0, 0}, key, drawn);
            const struct pdf_words words = {.text = figures_draw(&job, i, drawn),
                                            .number = true,
                                            .far = i % 2,
                                            .bold = drawn[2] % 2,
                                            .italic = drawn[2] % 3 == 0,
                                            .size = i % 5 ? 8.5 : 10};
            assert_set_alike(&job, type, &words);
        }
        job_end(&job);
    }
}

/* What is not on one line, has a small part, or is no figure, is pango's. */
static void others_are_left_to_pango(void **state)
{
    static const struct pdf_words others[] = {{.text = "12", .size = 9},
                                              {.text = "12", .small = "a", .number = true, .size = 9},
                                              {.text = "12", .small = "13", .below = true, .number = true, .size = 9},
                                              {.text = "12", .number = true, .size = 9, .lines_most = 2},
                                              {.text = "12 pairs", .number = true, .size = 9}};
    struct job job;
    struct pdf_type *type = NULL;
    struct pdf_layout *layout = NULL;
    (void)state;
    job_begin(&job);
    assert_ok(&job, pdf_type_open(&job.ctx, "en", &type));
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        assert_ok(&job, pdf_type_set(&job.ctx, type, &others[i], &layout));
        assert_non_null(layout->pango);
    }
    /* More sizes than are kept: the last ones are pango's as well. */
    for (unsigned i = 0; i < 20; i++) {
        const struct pdf_words words = {.text = "12", .number = true, .size = 6 + i};
        assert_ok(&job, pdf_type_set(&job.ctx, type, &words, &layout));
        assert_true((layout->pango == NULL) == (i < 8));
    }
    job_end(&job);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_are_told_from_words),
        cmocka_unit_test(figures_are_set_as_pango_sets_them),
        cmocka_unit_test(others_are_left_to_pango),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
