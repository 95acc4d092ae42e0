/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/pdf_chart.h"

#include "render/chart/chart.h"

#define POINTS_PER_PX (PDF_WIDTH / PAPER_PX)
#define TITLE         10.5
#define SUBTITLE      8.5
#define PICTURE_ABOVE 6.0

/* How far above and below its point a mark reaches, where a picture must not be cut. Lines and areas may be: they go on. */
static bool mark_reach(const struct mark *mark, double *top, double *bottom)
{
    *top = mark->at.y - mark->size;
    *bottom = mark->at.y + (mark->kind == MARK_TEXT ? 0.35 * mark->size : mark->size);
    return mark->kind == MARK_TEXT || mark->kind == MARK_DOT;
}

/* The lowest place between `from` and `most` that crosses no text and no dot; `most` when there is none. */
static double cut_find(const struct picture *picture, double from, double most)
{
    double cut = most, top = 0, bottom = 0;
    for (bool moved = true; moved && cut > from;) {
        moved = false;
        for (size_t i = 0; i < picture->mark_count; i++) {
            if (!mark_reach(&picture->marks[i], &top, &bottom) || top >= cut || bottom <= cut)
                continue;
            cut = top;
            moved = true;
        }
    }
    return cut > from ? cut : most;
}

static enum status words_place(struct ctx *ctx, struct pdf_flow *flow, const struct pdf_words *words)
{
    struct pdf_placing placing = {.width = PDF_WIDTH, .tone = words->tone, .tag = "P"};
    if (!*words->text)
        return STATUS_OK;
    enum status status = pdf_type_set(ctx, flow->sheet.type, words, &placing.layout);
    return status ? status : pdf_sheet_flow(ctx, &flow->sheet, &placing);
}

/* The picture from the top of the room on, page by page. */
static enum status picture_place(struct ctx *ctx, struct pdf_sheet *sheet, const struct picture *picture)
{
    enum status status = STATUS_OK;
    for (double from = 0; from < picture->height && !status;) {
        double room = pdf_sheet_room(sheet) / POINTS_PER_PX, rest = picture->height - from;
        double to = rest <= room ? picture->height : cut_find(picture, from, from + room);
        const struct pdf_mark mark = {.kind = PDF_MARK_PICTURE,
                                      .x = PDF_LEFT,
                                      .y = sheet->y,
                                      .width = PDF_WIDTH,
                                      .height = (to - from) * POINTS_PER_PX,
                                      .picture = picture,
                                      .from = from,
                                      .scale = POINTS_PER_PX};
        status = pdf_figure_add(ctx, sheet, &mark, picture->description);
        sheet->y += mark.height;
        from = to;
        if (!status && from < picture->height)
            status = pdf_sheet_need(ctx, sheet, PDF_PAGE_HEIGHT);
    }
    return status;
}

enum status pdf_chart_place(struct ctx *ctx, struct pdf_flow *flow, const struct document_head *head,
                            const struct document_block *block, bool *drawn)
{
    struct picture *picture = arena_alloc(ctx->arena, sizeof *picture);
    if (!picture)
        return ctx_no_memory(ctx);
    enum status status = chart_draw(ctx, head, block, ROOM_PAPER, picture);
    *drawn = !status && picture->mark_count;
    if (!*drawn)
        return status;
    const struct pdf_words title = {.text = picture->title, .bold = true, .size = TITLE, .width = PDF_WIDTH};
    const struct pdf_words subtitle = {.text = picture->subtitle, .tone = PDF_SOFT, .size = SUBTITLE, .width = PDF_WIDTH};
    struct pdf_layout *titled = NULL, *based = NULL;
    status = pdf_type_set(ctx, flow->sheet.type, &title, &titled);
    if (!status)
        status = pdf_type_set(ctx, flow->sheet.type, &subtitle, &based);
    if (status)
        return status;
    double height = titled->height + based->height + PICTURE_ABOVE + picture->height * POINTS_PER_PX;
    status = pdf_flow_begin(ctx, flow, PDF_MARGIN, height);
    if (!status)
        status = words_place(ctx, flow, &title);
    if (!status)
        status = words_place(ctx, flow, &subtitle);
    flow->sheet.y += PICTURE_ABOVE;
    if (!status)
        status = picture_place(ctx, &flow->sheet, picture);
    flow->sheet.after = PDF_MARGIN;
    return status;
}
