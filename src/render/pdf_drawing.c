/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/pdf_drawing.h"

#include <assert.h>
#include <pango/pangocairo.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "model/phrase.h"
#include "render/pdf_bookmarks.h"
#include "render/pdf_embedding.h"
#include "render/pdf_lines.h"
#include "render/pdf_logo.h"
#include "render/pdf_picture.h"
#include "render/pdf_syntax.h"
#include "render/pdf_tags.h"

#define FOOT_TOP     793.0
#define FOOT_SIZE    8.0
#define NUMBER_WIDTH 90.0
#define LOGO_NAME    "I0"

/* A link on a page: where it stands, from the left and the bottom. */
struct drawn_link {
    uint32_t number; /* of its object */
    uint32_t page;   /* from 0 */
};

/* The drawing of one document. */
struct drawing {
    struct ctx *ctx;
    const struct pdf_sheet *sheet;
    const struct pdf_about *about;
    struct pdf_file *file;
    struct pdf_fonts *fonts;
    struct pdf_canvas canvas;
    struct pdf_tags *tags;
    PangoLayout *words; /* of pictures */
    uint32_t page;      /* from 0 */
    uint32_t pages;     /* number of the first page's object; the others follow */
    uint32_t contents;  /* and of the first page's contents */
    struct pdf_bookmark *bookmarks;
    uint32_t bookmark_count;
    struct drawn_link *links;
    uint32_t link_count;
    struct pdf_logo logo;
};

/* What is drawn until content_end belongs to the open tag, or is an artifact when that only holds others. */
static enum status content_begin(struct drawing *drawing)
{
    struct out *out = drawing->canvas.out;
    const char *name = NULL;
    uint32_t mark = 0;
    enum status status = pdf_tag_content(drawing->tags, drawing->page, &name, &mark);
    if (status)
        return status;
    if (!name) {
        out_text(out, "/Artifact BMC\n");
        return STATUS_OK;
    }
    out_char(out, '/');
    out_text(out, name);
    out_text(out, "<</MCID ");
    pdf_count_write(out, mark);
    out_text(out, ">>BDC\n");
    return STATUS_OK;
}

static void content_end(const struct drawing *drawing)
{
    out_text(drawing->canvas.out, "EMC\n");
}

static enum status lines_draw(struct drawing *drawing, const struct pdf_mark *mark)
{
    const struct pdf_lines lines = {.layout = mark->layout,
                                    .first = mark->first,
                                    .count = mark->count,
                                    .at = {mark->x, mark->y},
                                    .colour = pdf_tones[mark->tone]};
    return pdf_lines_draw(&drawing->canvas, &lines);
}

/* Rules and bars are seen, not read. */
static void box_draw(struct drawing *drawing, const struct pdf_mark *mark)
{
    struct pdf_canvas *canvas = &drawing->canvas;
    out_text(canvas->out, "/Artifact BMC\n");
    pdf_fill_set(canvas, pdf_tones[mark->tone]);
    pdf_path_box(canvas, (struct point){mark->x, mark->y}, (struct point){mark->x + mark->width, mark->y + mark->height});
    pdf_path_paint(canvas, "f");
    content_end(drawing);
}

/* A part of a picture: what stands above and below it is on other pages. */
static enum status picture_draw(struct drawing *drawing, const struct pdf_mark *mark)
{
    const struct pdf_cutting cutting = {.picture = mark->picture,
                                        .at = {mark->x, mark->y},
                                        .width = PDF_PAGE_WIDTH,
                                        .height = mark->height,
                                        .from = mark->from,
                                        .scale = mark->scale};
    return pdf_picture_draw(&drawing->canvas, drawing->words, &cutting);
}

/* A logo within its box, at the near edge. One that cannot be drawn after all is left out: the numbers are what matters. */
static enum status logo_draw(struct drawing *drawing, const struct pdf_mark *mark)
{
    struct pdf_logo *logo = &drawing->logo;
    struct out *out = drawing->canvas.out;
    enum status status = pdf_logo_write(drawing->ctx, mark->png, drawing->file, logo);
    if (status || !logo->number)
        return status;
    double across = mark->width / logo->width, down = mark->height / logo->height, scale = across < down ? across : down;
    out_text(out, "q ");
    pdf_number_write(out, logo->width * scale, 3);
    out_text(out, " 0 0 ");
    pdf_number_write(out, logo->height * scale, 3);
    out_char(out, ' ');
    pdf_place_write(&drawing->canvas,
                    (struct point){pdf_sheet_x(drawing->sheet, 0, logo->width * scale), mark->y + logo->height * scale});
    out_text(out, "cm/" LOGO_NAME " Do Q\n");
    return STATUS_OK;
}

static enum status words_draw(struct drawing *drawing, const struct pdf_words *words, double offset, double y,
                              struct pdf_mark *mark)
{
    struct pdf_layout *layout = NULL;
    enum status status = pdf_type_set(drawing->ctx, drawing->sheet->type, words, &layout);
    if (status)
        return status;
    *mark = (struct pdf_mark){.x = pdf_sheet_x(drawing->sheet, offset, words->width),
                              .y = y,
                              .tone = words->tone,
                              .layout = layout,
                              .count = layout->line_count};
    return lines_draw(drawing, mark);
}

static enum status foot_draw(struct drawing *drawing)
{
    char page[16], pages[16];
    const char *numbers = NULL;
    struct pdf_mark mark;
    (void)snprintf(page, sizeof page, "%u", drawing->page + 1);
    (void)snprintf(pages, sizeof pages, "%u", drawing->sheet->pages);
    const struct phrase_word words[] = {{"n", page}, {"all", pages}, {NULL, NULL}};
    enum status status = phrase_make(drawing->ctx, drawing->about->language, "page.form.count", words, &numbers);
    if (status)
        return status;
    struct pdf_words foot = {
        .text = drawing->about->title, .tone = PDF_SOFT, .size = FOOT_SIZE, .width = PDF_WIDTH - NUMBER_WIDTH, .lines_most = 1};
    out_text(drawing->canvas.out, "/Artifact<</Type/Pagination/Subtype/Footer>>BDC\n");
    status = words_draw(drawing, &foot, 0, FOOT_TOP, &mark);
    foot.text = numbers;
    foot.far = true;
    foot.width = NUMBER_WIDTH;
    if (!status)
        status = words_draw(drawing, &foot, PDF_WIDTH - NUMBER_WIDTH, FOOT_TOP, &mark);
    content_end(drawing);
    return status;
}

static void bookmark_add(struct drawing *drawing, const struct pdf_mark *mark)
{
    drawing->bookmarks[drawing->bookmark_count++] = (struct pdf_bookmark){.title = mark->text,
                                                                          .level = mark->level,
                                                                          .page = drawing->pages + drawing->page,
                                                                          .at = {mark->x, PDF_PAGE_HEIGHT - mark->y}};
}

/* The page of a target, from 0, and how far below its top.
 * needs   it exists */
static uint32_t target_page(const struct pdf_sheet *sheet, uint32_t target, const struct pdf_mark **found)
{
    uint32_t page = 0;
    size_t at = 0;
    for (; at < sheet->marks.count; at++) {
        const struct pdf_mark *mark = pdf_sheet_mark(sheet, at);
        if (mark->kind == PDF_MARK_OUTLINE && mark->target == target)
            break;
        page += mark->kind == PDF_MARK_PAGE;
    }
    assert(at < sheet->marks.count);
    *found = pdf_sheet_mark(sheet, at);
    return page;
}

/* The area of a page that leads to a target: that of the words of a link. */
static enum status annotation_write(struct drawing *drawing, const struct pdf_mark *words, const char *said, uint32_t page,
                                    struct point to)
{
    const struct pdf_layout *layout = words->layout;
    uint32_t number = pdf_file_numbers(drawing->file, 1), key = 0;
    enum status status = pdf_tag_annotation(drawing->tags, drawing->page, number, &key);
    if (status)
        return status;
    double left = words->x + layout->left, top = PDF_PAGE_HEIGHT - words->y;
    struct out *out = pdf_object_begin(drawing->file, number);
    out_format(out, "<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/StructParent %u/Rect[%.2f %.2f %.2f %.2f]/Contents", key, left,
               top - layout->height, left + layout->width, top);
    pdf_text_write(out, span_of(said));
    out_text(out, "/Dest");
    pdf_destination_write(out, page, to);
    out_text(out, ">>");
    drawing->links[drawing->link_count++] = (struct drawn_link){.number = number, .page = drawing->page};
    return pdf_object_end(drawing->file);
}

static enum status link_draw(struct drawing *drawing, const struct pdf_mark *mark)
{
    char page[16];
    const struct pdf_mark *target = NULL;
    const char *text = NULL;
    struct pdf_mark drawn;
    uint32_t number = target_page(drawing->sheet, mark->target, &target);
    (void)snprintf(page, sizeof page, "%u", number + 1);
    const struct phrase_word words[] = {{"caption", mark->text}, {"page", page}, {NULL, NULL}};
    enum status status = phrase_make(drawing->ctx, drawing->about->language, mark->name, words, &text);
    const struct pdf_words set = {.text = text, .tone = mark->tone, .size = mark->height, .width = mark->width};
    if (!status)
        status = pdf_tag_begin(drawing->tags, "Link", NULL);
    if (!status)
        status = content_begin(drawing);
    if (!status)
        status = words_draw(drawing, &set, 0, mark->y, &drawn);
    content_end(drawing);
    const struct point to = {target->x, PDF_PAGE_HEIGHT - target->y};
    if (!status)
        status = annotation_write(drawing, &drawn, text, drawing->pages + number, to);
    pdf_tag_end(drawing->tags);
    return status;
}

/* Writes what was drawn of a page, and begins the next one. */
static enum status page_end(struct drawing *drawing)
{
    enum status status = pdf_stream_write(drawing->file, drawing->contents + drawing->page, "", drawing->canvas.out);
    drawing->page++;
    pdf_canvas_clear(&drawing->canvas);
    return status;
}

static enum status content_draw(struct drawing *drawing, const struct pdf_mark *mark)
{
    enum status status = content_begin(drawing);
    if (!status)
        status = mark->kind == PDF_MARK_LINES     ? lines_draw(drawing, mark)
                 : mark->kind == PDF_MARK_PICTURE ? picture_draw(drawing, mark)
                                                  : logo_draw(drawing, mark);
    content_end(drawing);
    return status;
}

/* Lines within the tag that is theirs, or within the one that is open. */
static enum status text_draw(struct drawing *drawing, const struct pdf_mark *mark)
{
    enum status status = mark->name ? pdf_tag_begin(drawing->tags, mark->name, NULL) : STATUS_OK;
    if (!status)
        status = content_draw(drawing, mark);
    if (mark->name)
        pdf_tag_end(drawing->tags);
    return status;
}

static enum status mark_draw(struct drawing *drawing, const struct pdf_mark *mark)
{
    enum status status = STATUS_OK;
    switch (mark->kind) {
    case PDF_MARK_LINES:
        return text_draw(drawing, mark);
    case PDF_MARK_PICTURE:
    case PDF_MARK_LOGO:
        return content_draw(drawing, mark);
    case PDF_MARK_BOX:
        box_draw(drawing, mark);
        break;
    case PDF_MARK_OPEN:
        return pdf_tag_begin(drawing->tags, mark->name, strcmp(mark->name, "Figure") != 0 ? NULL : mark->text ? mark->text : "");
    case PDF_MARK_CLOSE:
        pdf_tag_end(drawing->tags);
        break;
    case PDF_MARK_OUTLINE:
        bookmark_add(drawing, mark);
        break;
    case PDF_MARK_LINK:
        return link_draw(drawing, mark);
    case PDF_MARK_PAGE:
    default:
        status = page_end(drawing);
        return status ? status : foot_draw(drawing);
    }
    return status;
}

static enum status drawing_begin(struct drawing *drawing, struct out *out)
{
    struct ctx *ctx = drawing->ctx;
    uint32_t links = 0, bookmarks = 0;
    for (size_t i = 0; i < drawing->sheet->marks.count; i++) {
        links += pdf_sheet_mark(drawing->sheet, i)->kind == PDF_MARK_LINK;
        bookmarks += pdf_sheet_mark(drawing->sheet, i)->kind == PDF_MARK_OUTLINE;
    }
    drawing->bookmarks = arena_array(ctx->arena, bookmarks + 1u, sizeof *drawing->bookmarks);
    drawing->links = arena_array(ctx->arena, links + 1u, sizeof *drawing->links);
    if (!drawing->bookmarks || !drawing->links)
        return ctx_no_memory(ctx);
    enum status status = pdf_file_begin(ctx, out, &drawing->file);
    if (!status)
        status = pdf_fonts_create(ctx, &drawing->fonts);
    if (!status)
        status = pdf_canvas_create(ctx, drawing->fonts, PDF_PAGE_HEIGHT, &drawing->canvas);
    if (status)
        return status;
    drawing->pages = pdf_file_numbers(drawing->file, 2 * drawing->sheet->pages);
    drawing->contents = drawing->pages + drawing->sheet->pages;
    return pdf_tags_create(ctx, drawing->file, drawing->pages, drawing->sheet->pages, &drawing->tags);
}

static enum status pages_draw(struct drawing *drawing)
{
    const struct pdf_sheet *sheet = drawing->sheet;
    drawing->words = pdf_type_words(sheet->type);
    enum status status = foot_draw(drawing);
    for (size_t i = 0; i < sheet->marks.count && !status; i++)
        status = mark_draw(drawing, pdf_sheet_mark(sheet, i));
    g_object_unref(drawing->words);
    return status ? status : page_end(drawing);
}

/* The objects of the pages, and what they share: their size, the fonts and the logo. */
static enum status pages_write(struct drawing *drawing, uint32_t root)
{
    uint32_t link = 0;
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < drawing->page && !status; i++) {
        struct out *out = pdf_object_begin(drawing->file, drawing->pages + i);
        out_format(out, "<</Type/Page/Parent %u 0 R/Contents %u 0 R/StructParents %u/Tabs/S", root, drawing->contents + i, i);
        if (link < drawing->link_count && drawing->links[link].page == i) {
            out_text(out, "/Annots[");
            for (; link < drawing->link_count && drawing->links[link].page == i; link++)
                out_format(out, "%u 0 R ", drawing->links[link].number);
            out_char(out, ']');
        }
        out_text(out, ">>");
        status = pdf_object_end(drawing->file);
    }
    return status;
}

static enum status tree_write(struct drawing *drawing, uint32_t root)
{
    struct out *resources = NULL;
    enum status status = out_open_memory(drawing->ctx, &resources);
    if (!status)
        status = pdf_fonts_write(drawing->fonts, drawing->file, resources);
    if (!status && out_failed(resources))
        status = ctx_no_memory(drawing->ctx);
    if (status)
        return status;
    struct out *out = pdf_object_begin(drawing->file, root);
    out_format(out, "<</Type/Pages/MediaBox[0 0 %.3f %.3f]/Count %u/Resources<</Font<<", PDF_PAGE_WIDTH, PDF_PAGE_HEIGHT,
               drawing->page);
    out_span(out, out_bytes(resources));
    out_text(out, ">>");
    if (drawing->logo.number)
        out_format(out, "/XObject<</" LOGO_NAME " %u 0 R>>", drawing->logo.number);
    out_text(out, ">>/Kids[");
    for (uint32_t i = 0; i < drawing->page; i++)
        out_format(out, "%u 0 R ", drawing->pages + i);
    out_text(out, "]>>");
    return pdf_object_end(drawing->file);
}

/* Who made it, what of, and when: the time that SOURCE_DATE_EPOCH names, when it is set. */
static enum status about_write(const struct drawing *drawing, uint32_t number)
{
    char made[64];
    time_t seconds = (time_t)clock_utc_seconds();
    struct tm parts = {0};
    struct out *out = pdf_object_begin(drawing->file, number);
    out_text(out, "<</Title");
    pdf_text_write(out, span_of(drawing->about->title));
    out_text(out, "/Creator(gapmeter " GAPMETER_VERSION ")/Producer(gapmeter " GAPMETER_VERSION ")");
    if (gmtime_r(&seconds, &parts) && strftime(made, sizeof made, "%Y%m%d%H%M%SZ", &parts))
        out_format(out, "/CreationDate(D:%s)", made);
    out_text(out, ">>");
    return pdf_object_end(drawing->file);
}

/* A language as a PDF tells it: letters, digits and hyphens. */
static void language_write(struct out *out, const char *language)
{
    out_text(out, "/Lang(");
    for (; *language; language++) {
        bool plain = (*language >= 'a' && *language <= 'z') || (*language >= 'A' && *language <= 'Z') ||
                     (*language >= '0' && *language <= '9') || *language == '-';
        out_char(out, plain ? *language : '-');
    }
    out_char(out, ')');
}

static enum status catalog_write(struct drawing *drawing, uint32_t number, uint32_t pages)
{
    uint32_t tags = 0, bookmarks = 0;
    enum status status = pdf_tags_write(drawing->tags, &tags);
    if (!status && drawing->bookmark_count)
        status = pdf_bookmarks_write(drawing->ctx, drawing->file, drawing->bookmarks, drawing->bookmark_count, &bookmarks);
    if (status)
        return status;
    struct out *out = pdf_object_begin(drawing->file, number);
    out_format(out, "<</Type/Catalog/Pages %u 0 R/StructTreeRoot %u 0 R/MarkInfo<</Marked true>>", pages, tags);
    if (bookmarks)
        out_format(out, "/Outlines %u 0 R/PageMode/UseOutlines", bookmarks);
    language_write(out, drawing->about->language);
    out_text(out, "/ViewerPreferences<</DisplayDocTitle true");
    out_text(out, pdf_type_leftward(drawing->sheet->type) ? "/Direction/R2L>>>>" : ">>>>");
    return pdf_object_end(drawing->file);
}

enum status pdf_sheet_draw(struct ctx *ctx, const struct pdf_sheet *sheet, const struct pdf_about *about, struct out *out)
{
    struct drawing drawing = {.ctx = ctx, .sheet = sheet, .about = about};
    enum status status = drawing_begin(&drawing, out);
    if (!status)
        status = pages_draw(&drawing);
    if (status)
        return status;
    uint32_t root = pdf_file_numbers(drawing.file, 3), info = root + 1, pages = root + 2;
    status = pages_write(&drawing, pages);
    if (!status)
        status = tree_write(&drawing, pages);
    if (!status)
        status = catalog_write(&drawing, root, pages);
    if (!status)
        status = about_write(&drawing, info);
    return status ? status : pdf_file_end(drawing.file, root, info);
}
