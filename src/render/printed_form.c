/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/printed_form.h"

#include <stdio.h>
#include <string.h>

#include "base/qr_code.h"
#include "model/phrase.h"
#include "model/words.h"
#include "render/paper_answers.h"
#include "render/pdf_drawing.h"
#include "render/pdf_flow.h"

#define TEXT_WIDTH  (PDF_WIDTH - PAPER_ANSWER_WIDTH - 10.0)
#define QR_SIDE     76.0
#define INDENT      18.0
#define TEXT_LINES  3u
#define ROW_BEFORE  3.0
#define BLOCK_SPACE 14.0

/* The form while it is laid out. */
struct paper_sheet {
    const struct form *form;
    struct pdf_flow flow;
    uint32_t number;           /* of the block */
    const struct scale *scale; /* whose ends were said last, on which page, for what */
    const char *stem;
    uint32_t page;
};

static const char *word(const struct paper_sheet *paper, const char *key)
{
    return words_or_english(paper->form->language, key);
}

static enum status text_set(struct ctx *ctx, struct paper_sheet *paper, const struct pdf_words *words, struct pdf_layout **out)
{
    return pdf_type_set(ctx, paper->flow.sheet.type, words, out);
}

/* A picture at a distance from the near edge, at the height that is reached; it takes no room. */
static enum status picture_put(struct ctx *ctx, struct paper_sheet *paper, double offset, struct picture *picture,
                               const char *said)
{
    struct pdf_sheet *sheet = &paper->flow.sheet;
    if (!picture->mark_count)
        return STATUS_OK;
    const struct pdf_mark mark = {.kind = PDF_MARK_PICTURE,
                                  .x = pdf_sheet_x(sheet, offset, picture->width),
                                  .y = sheet->y,
                                  .width = picture->width,
                                  .height = picture->height,
                                  .picture = picture,
                                  .scale = 1};
    return pdf_figure_add(ctx, sheet, &mark, said);
}

/* A picture of a scale, at the far edge. */
static enum status scale_put(struct ctx *ctx, struct paper_sheet *paper, struct picture *picture, const char *said)
{
    if (pdf_type_leftward(paper->flow.sheet.type))
        paper_picture_mirror(picture);
    return picture_put(ctx, paper, PDF_WIDTH - PAPER_ANSWER_WIDTH, picture, said);
}

/* The stem, the ends of the scale and "does not apply", once for rows of a kind on a page. */
static enum status ends_put(struct ctx *ctx, struct paper_sheet *paper, const struct question *question, const char *stem)
{
    struct pdf_sheet *sheet = &paper->flow.sheet;
    struct picture *ends = NULL;
    const char *declined = question->kind == QUESTION_RATING ? word(paper, "page.form.not_applicable") : NULL;
    enum status status = paper_ends_picture(ctx, question->scale, declined, &ends);
    if (status)
        return status;
    double top = sheet->y, height = ends->mark_count ? ends->height : 0;
    if (stem) {
        struct pdf_placing placing = {.width = TEXT_WIDTH, .tone = PDF_INK, .tag = "P"};
        const struct pdf_words words = {.text = stem, .bold = true, .size = PDF_BODY, .width = TEXT_WIDTH};
        status = text_set(ctx, paper, &words, &placing.layout);
        double text = status ? 0 : placing.layout->height;
        height = text > height ? text : height;
        sheet->y = top + height - text;
        status = status ? status : pdf_sheet_put(ctx, sheet, &placing);
    }
    sheet->y = top + height - ends->height;
    if (!status)
        status = scale_put(ctx, paper, ends, word(paper, "paper.ends"));
    sheet->y = top + height;
    return status;
}

/* A row with a scale: what is rated, and its circles. */
struct rating_row {
    const struct question *question;
    const char *text;
    const char *stem; /* said above the rows; NULL = nothing */
    double indent;
};

static double ends_height(const struct rating_row *row)
{
    return row->stem ? 44 : 32;
}

static enum status rating_put(struct ctx *ctx, struct paper_sheet *paper, const struct rating_row *row)
{
    struct pdf_sheet *sheet = &paper->flow.sheet;
    struct pdf_placing placing = {.offset = row->indent, .width = TEXT_WIDTH - row->indent, .tone = PDF_INK, .tag = "P"};
    const struct pdf_words words = {.text = row->text, .size = PDF_BODY, .width = placing.width};
    struct picture *circles = NULL;
    enum status status = text_set(ctx, paper, &words, &placing.layout);
    if (!status)
        status = paper_scale_picture(ctx, row->question->scale, row->question->kind == QUESTION_RATING, &circles);
    if (status)
        return status;
    double text = placing.layout->height, height = text > PAPER_ROW_HEIGHT ? text : PAPER_ROW_HEIGHT;
    bool again = paper->scale != row->question->scale || paper->stem != row->stem || paper->page != sheet->pages ||
                 pdf_sheet_room(sheet) < height + ROW_BEFORE;
    status = pdf_flow_begin(ctx, &paper->flow, ROW_BEFORE, height + (again ? ends_height(row) : 0));
    if (!status && again)
        status = ends_put(ctx, paper, row->question, row->stem);
    paper->scale = row->question->scale;
    paper->stem = row->stem;
    paper->page = sheet->pages;
    double top = sheet->y;
    sheet->y = top + (height - text) / 2;
    if (!status)
        status = pdf_sheet_put(ctx, sheet, &placing);
    sheet->y = top + (height - PAPER_ROW_HEIGHT) / 2;
    char ends[64];
    scale_format(row->question->scale, ends, sizeof ends);
    const char *said = arena_copy(ctx->arena, span_of(ends));
    if (!status)
        status = said ? scale_put(ctx, paper, circles, said) : ctx_no_memory(ctx);
    sheet->y = top + height;
    return status;
}

/* "7. text" */
static const char *numbered(struct ctx *ctx, struct paper_sheet *paper, const char *text)
{
    return arena_format(ctx->arena, "%u. %s", ++paper->number, text);
}

/* A question above the room in which it is answered, which begins on the same page. */
static enum status question_put(struct ctx *ctx, struct paper_sheet *paper, const char *text, double room)
{
    struct pdf_placing placing = {.width = PDF_WIDTH, .tone = PDF_INK, .tag = "P"};
    const struct pdf_words words = {.text = text, .bold = true, .size = PDF_BODY, .width = PDF_WIDTH};
    enum status status = text ? text_set(ctx, paper, &words, &placing.layout) : ctx_no_memory(ctx);
    if (!status)
        status = pdf_flow_begin(ctx, &paper->flow, BLOCK_SPACE, placing.layout->height + room);
    paper->scale = NULL;
    return status ? status : pdf_sheet_put(ctx, &paper->flow.sheet, &placing);
}

/* The standards of one item, each with its scale; or an item, or outcome, with one. */
static enum status ratings_put(struct ctx *ctx, struct paper_sheet *paper, uint32_t first, uint32_t end)
{
    const struct question *questions = paper->form->questions;
    enum status status = STATUS_OK;
    if (end == first + 1) {
        const char *text = numbered(ctx, paper, questions[first].text);
        const struct rating_row row = {.question = &questions[first], .text = text, .stem = questions[first].stem};
        return text ? rating_put(ctx, paper, &row) : ctx_no_memory(ctx);
    }
    status = question_put(ctx, paper, numbered(ctx, paper, questions[first].text), 2 * PAPER_ROW_HEIGHT + 32);
    for (uint32_t i = first; i < end && !status; i++) {
        const struct question *question = &questions[i];
        const struct rating_row row = {
            .question = question, .text = question->stem ? question->stem : standard_name(question->standard), .indent = INDENT};
        if (question->asked)
            status = rating_put(ctx, paper, &row);
    }
    return status;
}

static enum status lines_put(struct ctx *ctx, struct paper_sheet *paper, double offset, double width, unsigned lines)
{
    struct picture *picture = NULL;
    enum status status = paper_lines_picture(ctx, width, lines, &picture);
    if (!status)
        status = picture_put(ctx, paper, offset, picture, word(paper, "paper.write"));
    paper->flow.sheet.y += lines * PAPER_LINE_HEIGHT;
    return status;
}

static enum status written_put(struct ctx *ctx, struct paper_sheet *paper, const struct question *question)
{
    bool text = question->kind == QUESTION_TEXT;
    unsigned lines = text ? TEXT_LINES : 1;
    enum status status = question_put(ctx, paper, numbered(ctx, paper, question->text), lines * PAPER_LINE_HEIGHT);
    return status ? status : lines_put(ctx, paper, 0, text ? PDF_WIDTH : PDF_WIDTH / 3, lines);
}

/* A text beside something that is answered before it, or after it. */
static enum status option_put(struct ctx *ctx, struct paper_sheet *paper, const char *text, bool box)
{
    struct pdf_sheet *sheet = &paper->flow.sheet;
    struct pdf_placing placing = {.offset = INDENT, .width = PDF_WIDTH * 2 / 3 - INDENT, .tone = PDF_INK, .tag = "P"};
    const struct pdf_words words = {.text = text, .size = PDF_BODY, .width = placing.width};
    struct picture *picture = NULL;
    enum status status = text_set(ctx, paper, &words, &placing.layout);
    if (!status)
        status = box ? paper_box_picture(ctx, &picture) : paper_lines_picture(ctx, PDF_WIDTH / 6, 1, &picture);
    if (!status)
        status = pdf_flow_begin(ctx, &paper->flow, ROW_BEFORE, box ? placing.layout->height : PAPER_LINE_HEIGHT);
    if (!status)
        status = picture_put(ctx, paper, box ? 0 : PDF_WIDTH * 2 / 3, picture, word(paper, box ? "paper.tick" : "paper.write"));
    sheet->y += box ? 0 : 6;
    return status ? status : pdf_sheet_put(ctx, sheet, &placing);
}

static enum status options_put(struct ctx *ctx, struct paper_sheet *paper, const struct question *question)
{
    enum status status = question_put(ctx, paper, numbered(ctx, paper, question->text), 2 * PAPER_ROW_HEIGHT);
    for (uint32_t i = 0; i < question->option_count && !status; i++)
        status = option_put(ctx, paper, question->option_texts ? question->option_texts[i] : question->options[i], true);
    return status;
}

/* Points to share among dimensions. */
static enum status points_put(struct ctx *ctx, struct paper_sheet *paper, uint32_t first, uint32_t end)
{
    const struct question *questions = paper->form->questions;
    const char *stem = questions[first].stem ? questions[first].stem : "";
    enum status status = question_put(ctx, paper, numbered(ctx, paper, stem), 2 * PAPER_LINE_HEIGHT);
    for (uint32_t i = first; i < end && !status; i++)
        if (questions[i].asked)
            status = option_put(ctx, paper, questions[i].text, false);
    return status;
}

static enum status block_put(struct ctx *ctx, struct paper_sheet *paper, uint32_t first, uint32_t end)
{
    const struct question *question = &paper->form->questions[first];
    switch (question->kind) {
    case QUESTION_RATING:
    case QUESTION_OUTCOME:
        return ratings_put(ctx, paper, first, end);
    case QUESTION_POINTS:
        return points_put(ctx, paper, first, end);
    case QUESTION_CHOICE:
    case QUESTION_CHOICES:
        return options_put(ctx, paper, question);
    case QUESTION_NUMBER:
    case QUESTION_TEXT:
    case QUESTION_CODE:
        return written_put(ctx, paper, question);
    case QUESTION_KIND_COUNT:
    default:
        return STATUS_OK;
    }
}

static bool block_asked(const struct form *form, uint32_t first, uint32_t end)
{
    bool asked = false;
    for (uint32_t i = first; i < end; i++)
        asked = asked || form->questions[i].asked;
    return asked;
}

static enum status blocks_put(struct ctx *ctx, struct paper_sheet *paper)
{
    enum status status = STATUS_OK;
    for (uint32_t first = 0, end = 0; first < paper->form->question_count && !status; first = end) {
        end = form_block_end(paper->form, first);
        if (block_asked(paper->form, first, end))
            status = block_put(ctx, paper, first, end);
    }
    return status;
}

/* The QR code as a picture. */
static enum status code_picture(struct ctx *ctx, const char *link, struct picture **out)
{
    struct qr_code code;
    enum status status = qr_code_make(ctx, span_of(link), &code);
    *out = arena_alloc(ctx->arena, sizeof **out);
    if (status || !*out)
        return status ? status : ctx_no_memory(ctx);
    picture_begin(*out, ctx, QR_SIDE);
    double module = QR_SIDE / code.width;
    /* Dark modules beside each other are one box, so that no printer leaves a hair between them. */
    for (unsigned row = 0; row < code.width; row++) {
        for (unsigned from = 0, to = 0; from < code.width; from = to + 1) {
            for (to = from; to < code.width && qr_code_is_dark(&code, (int)row, (int)to);)
                to++;
            if (to > from)
                (void)picture_box(*out, TONE_INK, (struct point){from * module, row * module},
                                  (struct point){to * module, (row + 1) * module});
        }
    }
    return picture_end(*out, QR_SIDE);
}

/* The code at the near edge, and the address beside it. */
static enum status link_put(struct ctx *ctx, struct paper_sheet *paper, const char *link)
{
    struct pdf_sheet *sheet = &paper->flow.sheet;
    struct picture *code = NULL;
    struct pdf_placing placing = {.offset = QR_SIDE + 14, .width = PDF_WIDTH - QR_SIDE - 14, .tone = PDF_INK, .tag = "P"};
    const struct pdf_words words = {
        .text = word(paper, "paper.link"), .small = link, .below = true, .size = PDF_BODY, .width = placing.width};
    if (!link)
        return STATUS_OK;
    enum status status = code_picture(ctx, link, &code);
    if (!status)
        status = text_set(ctx, paper, &words, &placing.layout);
    if (!status)
        status = pdf_flow_begin(ctx, &paper->flow, BLOCK_SPACE, QR_SIDE);
    double top = sheet->y;
    if (!status)
        status = picture_put(ctx, paper, 0, code, link);
    if (status)
        return status;
    sheet->y = top + (QR_SIDE - placing.layout->height) / 2;
    status = pdf_sheet_put(ctx, sheet, &placing);
    sheet->y = top + QR_SIDE;
    sheet->after = BLOCK_SPACE;
    return status;
}

static enum status paragraph_put(struct ctx *ctx, struct paper_sheet *paper, const char *text, enum pdf_tone tone)
{
    const struct pdf_words words = {.text = text, .size = PDF_BODY, .tone = tone};
    return pdf_paragraph_add(ctx, &paper->flow, &words, PDF_BODY * 0.6);
}

/* What pairs the papers of one person. Who makes a code is asked for it, and where nobody may be known nothing is written. */
static enum status number_put(struct ctx *ctx, struct paper_sheet *paper)
{
    const struct collection *collection = paper->form->collection;
    if (collection && collection->identity != IDENTITY_NAMED)
        return STATUS_OK;
    struct pdf_sheet *sheet = &paper->flow.sheet;
    struct pdf_placing placing = {.tone = PDF_INK, .tag = "P"};
    const struct pdf_words words = {.text = word(paper, "paper.number"), .size = PDF_BODY};
    struct picture *line = NULL;
    enum status status = text_set(ctx, paper, &words, &placing.layout);
    if (!status)
        status = paper_lines_picture(ctx, PDF_WIDTH / 5, 1, &line);
    if (!status)
        status = pdf_flow_begin(ctx, &paper->flow, 0, PAPER_LINE_HEIGHT);
    if (status)
        return status;
    placing.width = placing.layout->width;
    status = picture_put(ctx, paper, placing.width + 8, line, word(paper, "paper.write"));
    sheet->y += 6;
    if (!status)
        status = pdf_sheet_put(ctx, sheet, &placing);
    sheet->after = BLOCK_SPACE;
    return status;
}

static enum status opening_put(struct ctx *ctx, struct paper_sheet *paper, const char *link)
{
    static const char *const headings[WAVE_COUNT] = {"page.form.before", "page.form.during", "page.form.after"};
    static const char *const leads[WAVE_COUNT] = {"page.form.before.lead", "page.form.during.lead", "page.form.after.lead"};
    const struct form *form = paper->form;
    char count[16];
    uint32_t blocks = 0;
    for (uint32_t first = 0, end = 0; first < form->question_count; first = end) {
        end = form_block_end(form, first);
        blocks += block_asked(form, first, end);
    }
    (void)snprintf(count, sizeof count, "%u", blocks);
    const struct phrase_word words[] = {{"n", count}, {NULL, NULL}};
    const char *lead = NULL;
    enum status status = phrase_make(ctx, form->language, leads[form->wave], words, &lead);
    if (!status)
        status = pdf_heading_add(ctx, &paper->flow, form->title, 2, 0);
    if (!status)
        status = pdf_heading_add(ctx, &paper->flow, word(paper, headings[form->wave]), 3, 0);
    if (!status)
        status = paragraph_put(ctx, paper, lead, PDF_INK);
    if (!status)
        status = paragraph_put(ctx, paper, word(paper, "paper.how"), PDF_SOFT);
    if (!status)
        status = link_put(ctx, paper, link);
    return status ? status : number_put(ctx, paper);
}

static enum status closing_put(struct ctx *ctx, struct paper_sheet *paper)
{
    const struct form *form = paper->form;
    enum status status = pdf_heading_add(ctx, &paper->flow, word(paper, "page.form.kept"), 3, 0);
    if (!status)
        status = paragraph_put(ctx, paper, form->consent ? form->consent : word(paper, "form.consent"), PDF_INK);
    if (!status && form->collection && form->collection->consent_required)
        status = option_put(ctx, paper, word(paper, "page.form.agree"), true);
    if (!status && form->collection && form->collection->contact) {
        const struct phrase_word words[] = {{"contact", form->collection->contact}, {NULL, NULL}};
        const char *contact = NULL;
        status = phrase_make(ctx, form->language, "page.form.contact", words, &contact);
        if (!status)
            status = paragraph_put(ctx, paper, contact, PDF_INK);
    }
    return status;
}

enum status printed_form_write(struct ctx *ctx, const struct printed_form *paper, struct out *out)
{
    struct paper_sheet sheet = {.form = paper->form};
    struct pdf_about about = {.language = paper->form->language};
    struct pdf_type *type = NULL;
    enum status status = pdf_type_open(ctx, paper->form->language, &type);
    if (!status)
        status = pdf_text_clean(ctx, paper->form->title, &about.title);
    if (status)
        return status;
    pdf_sheet_begin(&sheet.flow.sheet, type);
    status = opening_put(ctx, &sheet, paper->link);
    if (!status)
        status = blocks_put(ctx, &sheet);
    if (!status)
        status = closing_put(ctx, &sheet);
    if (!status)
        status = pdf_flow_end(ctx, &sheet.flow);
    return status ? status : pdf_sheet_draw(ctx, &sheet.flow.sheet, &about, out);
}
