/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/pdf_flow.h"

#define MEASURE        425.0 /* the width of lines that are read, in points */
#define INDENT         14.0
#define SENTENCE       13.0
#define CAUTION        10.5
#define BAR            3.0
#define BAR_INDENT     16.0
#define SENTENCES_MOST 8u
#define PART_LEAST     40.0 /* of a text that is divided: so much of it stands with what leads to it */

/* By level: size, space above and below. */
static const struct {
    double size, before, after;
    const char *tag;
} headings[] = {{0, 0, 0, ""}, {22, 0, 14, "H1"}, {15, 26, 8, "H2"}, {11, 18, 6, "H3"}};

static unsigned level_known(unsigned level)
{
    return level < 1 ? 1 : level > 3 ? 3 : level;
}

enum status pdf_heading_add(struct ctx *ctx, struct pdf_flow *flow, const char *text, unsigned level, uint32_t target)
{
    enum status status = flow->waiting_count == PDF_WAITING_MOST ? pdf_flow_end(ctx, flow) : STATUS_OK;
    if (status)
        return status;
    struct pdf_heading *heading = &flow->waiting[flow->waiting_count++];
    *heading = (struct pdf_heading){.level = level_known(level), .target = target};
    const struct pdf_words words = {.text = text, .bold = true, .size = headings[heading->level].size, .width = PDF_WIDTH};
    status = pdf_text_clean(ctx, text, &heading->text);
    return status ? status : pdf_type_set(ctx, flow->sheet.type, &words, &heading->layout);
}

enum status pdf_target_add(struct ctx *ctx, struct pdf_flow *flow, const char *text, uint32_t target)
{
    enum status status = flow->waiting_count == PDF_WAITING_MOST ? pdf_flow_end(ctx, flow) : STATUS_OK;
    if (status)
        return status;
    struct pdf_heading *heading = &flow->waiting[flow->waiting_count++];
    *heading = (struct pdf_heading){.level = 3, .target = target};
    return pdf_text_clean(ctx, text, &heading->text);
}

/* The bookmark of a heading, and the heading. */
static enum status heading_place(struct ctx *ctx, struct pdf_flow *flow, const struct pdf_heading *heading)
{
    struct pdf_sheet *sheet = &flow->sheet;
    const struct pdf_placing placing = {
        .layout = heading->layout, .width = PDF_WIDTH, .tone = PDF_INK, .tag = headings[heading->level].tag};
    if (heading->layout)
        pdf_sheet_space(sheet, headings[heading->level].before);
    const struct pdf_mark mark = {.kind = PDF_MARK_OUTLINE,
                                  .x = PDF_LEFT,
                                  .y = sheet->y,
                                  .text = heading->text,
                                  .level = heading->level - 1,
                                  .target = heading->target};
    enum status status = pdf_mark_add(ctx, sheet, mark);
    if (status || !heading->layout)
        return status;
    status = pdf_sheet_flow(ctx, sheet, &placing);
    sheet->after = headings[heading->level].after;
    return status;
}

enum status pdf_flow_begin(struct ctx *ctx, struct pdf_flow *flow, double before, double height)
{
    double needed = before + height;
    for (unsigned i = 0; i < flow->waiting_count; i++) {
        unsigned level = flow->waiting[i].level;
        if (!flow->waiting[i].layout)
            continue;
        needed += headings[level].before + headings[level].after + flow->waiting[i].layout->height;
    }
    enum status status = pdf_sheet_need(ctx, &flow->sheet, needed);
    for (unsigned i = 0; i < flow->waiting_count && !status; i++)
        status = heading_place(ctx, flow, &flow->waiting[i]);
    flow->waiting_count = 0;
    pdf_sheet_space(&flow->sheet, before);
    return status;
}

enum status pdf_flow_end(struct ctx *ctx, struct pdf_flow *flow)
{
    return flow->waiting_count ? pdf_flow_begin(ctx, flow, 0, 0) : STATUS_OK;
}

/* How much of a text must have room on the page where its heading or its bullet stands: all of what pdf_sheet_flow does not divide,
 * since that would go on alone. */
static double height_together(double height)
{
    return height <= PDF_WHOLE_MOST ? height : PART_LEAST;
}

static enum status paragraph_set(struct ctx *ctx, struct pdf_flow *flow, const struct pdf_words *words, struct pdf_layout **out)
{
    struct pdf_words set = *words;
    set.width = MEASURE;
    return pdf_type_set(ctx, flow->sheet.type, &set, out);
}

enum status pdf_paragraph_height(struct ctx *ctx, struct pdf_flow *flow, const struct pdf_words *words, double *out)
{
    struct pdf_layout *layout = NULL;
    enum status status = paragraph_set(ctx, flow, words, &layout);
    *out = status ? 0 : layout->height;
    return status;
}

enum status pdf_paragraph_add(struct ctx *ctx, struct pdf_flow *flow, const struct pdf_words *words, double before)
{
    struct pdf_placing placing = {.width = MEASURE, .tone = words->tone, .tag = "P"};
    enum status status = paragraph_set(ctx, flow, words, &placing.layout);
    double height = status ? 0 : placing.layout->height;
    if (!status)
        status = pdf_flow_begin(ctx, flow, before, height_together(height));
    if (!status)
        status = pdf_sheet_flow(ctx, &flow->sheet, &placing);
    flow->sheet.after = words->size * 0.8;
    return status;
}

/* One point: "•", and its text beside it. */
struct list_point {
    struct pdf_placing label, body;
    double height;
};

static enum status point_set(struct ctx *ctx, const struct pdf_flow *flow, const char *text, struct list_point *out)
{
    const struct pdf_words bullet = {.text = "•", .tone = PDF_SOFT, .size = PDF_BODY};
    const struct pdf_words words = {.text = text, .size = PDF_BODY, .width = MEASURE - INDENT};
    *out = (struct list_point){.label = {.width = INDENT, .tone = PDF_SOFT, .tag = "Lbl"},
                               .body = {.offset = INDENT, .width = MEASURE - INDENT, .tag = "LBody"}};
    enum status status = pdf_type_set(ctx, flow->sheet.type, &bullet, &out->label.layout);
    if (!status)
        status = pdf_type_set(ctx, flow->sheet.type, &words, &out->body.layout);
    if (status)
        return status;
    out->label.width = out->label.layout->width;
    out->height = out->body.layout->height;
    return STATUS_OK;
}

static enum status point_put(struct ctx *ctx, struct pdf_sheet *sheet, const struct list_point *point)
{
    enum status status = pdf_sheet_need(ctx, sheet, height_together(point->height));
    if (!status)
        status = pdf_tag_open(ctx, sheet, "LI");
    double top = sheet->y;
    if (!status)
        status = pdf_sheet_put(ctx, sheet, &point->label);
    sheet->y = top;
    if (!status)
        status = pdf_sheet_flow(ctx, sheet, &point->body);
    return status ? status : pdf_tag_close(ctx, sheet, "LI");
}

enum status pdf_list_add(struct ctx *ctx, struct pdf_flow *flow, const char *const *texts, uint32_t count)
{
    struct list_point point = {.height = 0};
    enum status status = count ? point_set(ctx, flow, texts[0], &point) : STATUS_OK;
    if (!status)
        status = pdf_flow_begin(ctx, flow, PDF_BODY * 0.8, height_together(point.height));
    if (!status)
        status = pdf_tag_open(ctx, &flow->sheet, "L");
    for (uint32_t i = 0; i < count && !status; i++) {
        flow->sheet.y += i ? PDF_BODY * 0.35 : 0;
        status = i ? point_set(ctx, flow, texts[i], &point) : STATUS_OK;
        if (!status)
            status = point_put(ctx, &flow->sheet, &point);
    }
    flow->sheet.after = PDF_BODY;
    return status ? status : pdf_tag_close(ctx, &flow->sheet, "L");
}

enum status pdf_sentences_add(struct ctx *ctx, struct pdf_flow *flow, const char *const *texts, uint32_t count)
{
    struct pdf_sheet *sheet = &flow->sheet;
    struct pdf_placing placings[SENTENCES_MOST];
    enum status status = STATUS_OK;
    double height = 0;
    uint32_t shown = count < SENTENCES_MOST ? count : SENTENCES_MOST;
    for (uint32_t i = 0; i < shown && !status; i++) {
        bool caution = i > 0 && i + 1 == shown;
        double width = PDF_WIDTH - BAR_INDENT;
        placings[i] =
            (struct pdf_placing){.offset = BAR_INDENT, .width = width, .tone = caution ? PDF_SOFT : PDF_INK, .tag = "P"};
        const struct pdf_words words = {.text = texts[i], .size = caution ? CAUTION : SENTENCE, .width = width};
        status = pdf_type_set(ctx, sheet->type, &words, &placings[i].layout);
        height += status ? 0 : placings[i].layout->height + (i ? 6 : 0);
    }
    if (!status)
        status = pdf_flow_begin(ctx, flow, 10, height);
    const struct pdf_mark bar = {
        .kind = PDF_MARK_BOX, .x = pdf_sheet_x(sheet, 0, BAR), .y = sheet->y, .width = BAR, .height = height, .tone = PDF_ACCENT};
    if (!status)
        status = pdf_mark_add(ctx, sheet, bar);
    for (uint32_t i = 0; i < shown && !status; i++) {
        sheet->y += i ? 6 : 0;
        status = pdf_sheet_flow(ctx, sheet, &placings[i]);
    }
    sheet->after = 16;
    return status;
}
