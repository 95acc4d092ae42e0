/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/pdf_sheet.h"

void pdf_sheet_begin(struct pdf_sheet *sheet, struct pdf_type *type)
{
    *sheet = (struct pdf_sheet){.type = type, .y = PDF_TOP, .pages = 1};
}

struct pdf_mark *pdf_sheet_mark(const struct pdf_sheet *sheet, size_t at)
{
    return pile_at(&sheet->marks, sizeof(struct pdf_mark), at);
}

enum status pdf_mark_add(struct ctx *ctx, struct pdf_sheet *sheet, struct pdf_mark mark)
{
    struct pdf_mark *added = pile_add(ctx->arena, &sheet->marks, sizeof *added);
    if (!added)
        return ctx_no_memory(ctx);
    *added = mark;
    return STATUS_OK;
}

enum status pdf_tag_open(struct ctx *ctx, struct pdf_sheet *sheet, const char *name)
{
    return pdf_mark_add(ctx, sheet, (struct pdf_mark){.kind = PDF_MARK_OPEN, .name = name});
}

enum status pdf_tag_close(struct ctx *ctx, struct pdf_sheet *sheet, const char *name)
{
    return pdf_mark_add(ctx, sheet, (struct pdf_mark){.kind = PDF_MARK_CLOSE, .name = name});
}

enum status pdf_figure_add(struct ctx *ctx, struct pdf_sheet *sheet, const struct pdf_mark *mark, const char *said)
{
    enum status status = pdf_mark_add(ctx, sheet, (struct pdf_mark){.kind = PDF_MARK_OPEN, .name = "Figure", .text = said});
    if (!status)
        status = pdf_mark_add(ctx, sheet, *mark);
    return status ? status : pdf_tag_close(ctx, sheet, "Figure");
}

double pdf_sheet_room(const struct pdf_sheet *sheet)
{
    return PDF_BOTTOM - sheet->y;
}

static bool at_top(const struct pdf_sheet *sheet)
{
    return sheet->y <= PDF_TOP;
}

enum status pdf_sheet_need(struct ctx *ctx, struct pdf_sheet *sheet, double height)
{
    if (at_top(sheet) || height <= pdf_sheet_room(sheet))
        return STATUS_OK;
    sheet->y = PDF_TOP;
    sheet->after = 0;
    sheet->pages++;
    return pdf_mark_add(ctx, sheet, (struct pdf_mark){.kind = PDF_MARK_PAGE});
}

void pdf_sheet_space(struct pdf_sheet *sheet, double before)
{
    if (!at_top(sheet))
        sheet->y += before > sheet->after ? before : sheet->after;
    sheet->after = 0;
}

double pdf_sheet_x(const struct pdf_sheet *sheet, double offset, double width)
{
    return pdf_type_leftward(sheet->type) ? PDF_PAGE_WIDTH - PDF_LEFT - offset - width : PDF_LEFT + offset;
}

/* A part of the text, from a line on. */
static enum status lines_put(struct ctx *ctx, struct pdf_sheet *sheet, const struct pdf_placing *placing, int first, int count)
{
    const struct pdf_mark mark = {.kind = PDF_MARK_LINES,
                                  .x = pdf_sheet_x(sheet, placing->offset, placing->width),
                                  .y = sheet->y,
                                  .tone = placing->tone,
                                  .name = placing->tag,
                                  .layout = placing->layout,
                                  .first = first,
                                  .count = count};
    return pdf_mark_add(ctx, sheet, mark);
}

enum status pdf_sheet_put(struct ctx *ctx, struct pdf_sheet *sheet, const struct pdf_placing *placing)
{
    enum status status = lines_put(ctx, sheet, placing, 0, placing->layout->line_count);
    sheet->y += placing->layout->height;
    return status;
}

/* How many lines from `first` on are no higher than this, and how high they are. */
static int lines_fitting(const struct pdf_layout *layout, int first, double most, double *height)
{
    int fitting = 0;
    *height = 0;
    for (int i = first; i < layout->line_count; i++) {
        double reached = layout->lines[i].bottom - layout->lines[first].top;
        fitting += reached <= most;
        *height = reached <= most ? reached : *height;
    }
    return fitting;
}

enum status pdf_sheet_flow(struct ctx *ctx, struct pdf_sheet *sheet, const struct pdf_placing *placing)
{
    double height = placing->layout->height;
    enum status status = height <= PDF_WHOLE_MOST ? pdf_sheet_need(ctx, sheet, height) : STATUS_OK;
    if (!status && height <= pdf_sheet_room(sheet))
        return pdf_sheet_put(ctx, sheet, placing);
    int lines = placing->layout->line_count;
    for (int first = 0; first < lines && !status;) {
        int fitting = lines_fitting(placing->layout, first, pdf_sheet_room(sheet), &height);
        if (fitting < (lines - first < 2 ? 1 : 2)) {
            bool hopeless = at_top(sheet);
            status = pdf_sheet_need(ctx, sheet, PDF_PAGE_HEIGHT);
            fitting = hopeless ? 1 : 0;
        }
        if (!status && fitting)
            status = lines_put(ctx, sheet, placing, first, fitting);
        sheet->y += fitting ? height : 0;
        first += fitting;
    }
    return status;
}
