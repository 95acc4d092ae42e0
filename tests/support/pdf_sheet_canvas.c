/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/pdf_sheet_canvas.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

void sheet_canvas_begin(struct sheet_canvas *sheet, const char *language)
{
    job_begin(&sheet->job);
    assert_ok(&sheet->job, pdf_type_open(&sheet->job.ctx, language, &sheet->type));
    assert_ok(&sheet->job, pdf_fonts_create(&sheet->job.ctx, &sheet->fonts));
    assert_ok(&sheet->job, pdf_canvas_create(&sheet->job.ctx, sheet->fonts, 800, &sheet->canvas));
}

void sheet_canvas_end(struct sheet_canvas *sheet)
{
    job_end(&sheet->job);
}

struct span sheet_canvas_draw(struct sheet_canvas *sheet, const struct pdf_words *words)
{
    struct pdf_layout *layout = NULL;
    pdf_canvas_clear(&sheet->canvas);
    assert_ok(&sheet->job, pdf_type_set(&sheet->job.ctx, sheet->type, words, &layout));
    const struct pdf_line line = {.runs = layout->lines[0].runs, .text = layout->text, .at = {100, 200}};
    assert_ok(&sheet->job, pdf_line_draw(&sheet->canvas, &line));
    return out_bytes(sheet->canvas.out);
}

double sheet_canvas_width(struct sheet_canvas *sheet, const struct pdf_words *words)
{
    struct pdf_layout *layout = NULL;
    assert_ok(&sheet->job, pdf_type_set(&sheet->job.ctx, sheet->type, words, &layout));
    return layout->width;
}
