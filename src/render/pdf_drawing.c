/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/pdf_drawing.h"

#include <assert.h>
#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "model/phrase.h"
#include "render/cairo_picture.h"
#include "render/pdf_amendment.h"

#define FOOT_TOP     793.0
#define FOOT_SIZE    8.0
#define NUMBER_WIDTH 90.0
#define LEVELS_MOST  4u

/* The drawing of one document. */
struct drawing {
    struct ctx *ctx;
    const struct pdf_sheet *sheet;
    const struct pdf_about *about;
    cairo_surface_t *surface;
    cairo_t *cairo;
    unsigned page;            /* from 1 */
    int parents[LEVELS_MOST]; /* the last bookmark of each level */
};

static cairo_status_t bytes_write(void *closure, const unsigned char *bytes, unsigned length)
{
    out_write(closure, bytes, length); /* what goes wrong is told by out_close */
    return CAIRO_STATUS_SUCCESS;
}

static void tone_set(const struct drawing *drawing, enum pdf_tone tone)
{
    cairo_set_source_rgb(drawing->cairo, pdf_tones[tone][0], pdf_tones[tone][1], pdf_tones[tone][2]);
}

static void lines_draw(const struct drawing *drawing, const struct pdf_mark *mark)
{
    PangoLayoutIter *iter = pango_layout_get_iter(mark->layout);
    int line = 0, begun = 0, top = 0, bottom = 0;
    tone_set(drawing, mark->tone);
    do {
        pango_layout_iter_get_line_yrange(iter, &top, &bottom);
        begun = line == mark->first ? top : begun;
        if (line >= mark->first && line < mark->first + mark->count) {
            PangoRectangle logical;
            pango_layout_iter_get_line_extents(iter, NULL, &logical);
            int baseline = pango_layout_iter_get_baseline(iter);
            cairo_move_to(drawing->cairo, mark->x + (double)logical.x / PANGO_SCALE,
                          mark->y + (double)(baseline - begun) / PANGO_SCALE);
            pango_cairo_show_layout_line(drawing->cairo, pango_layout_iter_get_line_readonly(iter));
        }
        line++;
    } while (pango_layout_iter_next_line(iter));
    pango_layout_iter_free(iter);
}

static void box_draw(const struct drawing *drawing, const struct pdf_mark *mark)
{
    tone_set(drawing, mark->tone);
    cairo_rectangle(drawing->cairo, mark->x, mark->y, mark->width, mark->height);
    cairo_fill(drawing->cairo);
}

/* A part of a picture: what stands above and below it is on other pages. */
static void picture_draw(const struct drawing *drawing, const struct pdf_mark *mark)
{
    cairo_t *cairo = drawing->cairo;
    PangoLayout *words = pdf_type_words(drawing->sheet->type);
    cairo_save(cairo);
    cairo_rectangle(cairo, 0, mark->y, PDF_PAGE_WIDTH, mark->height);
    cairo_clip(cairo);
    cairo_translate(cairo, mark->x, mark->y - mark->from * mark->scale);
    cairo_scale(cairo, mark->scale, mark->scale);
    cairo_picture_draw(cairo, words, mark->picture);
    cairo_restore(cairo);
    g_object_unref(words);
}

static cairo_status_t bytes_read(void *closure, unsigned char *into, unsigned length)
{
    struct span *rest = closure;
    if (rest->length < length)
        return CAIRO_STATUS_READ_ERROR;
    memcpy(into, rest->at, length);
    *rest = (struct span){.at = rest->at + length, .length = rest->length - length};
    return CAIRO_STATUS_SUCCESS;
}

/* A logo within its box, at the near edge. One that cannot be drawn after all is left out: the numbers are what matters. */
static void logo_draw(const struct drawing *drawing, const struct pdf_mark *mark)
{
    struct span rest = mark->png;
    cairo_surface_t *image = cairo_image_surface_create_from_png_stream(bytes_read, &rest);
    double width = cairo_image_surface_get_width(image), height = cairo_image_surface_get_height(image);
    if (cairo_surface_status(image) == CAIRO_STATUS_SUCCESS && width > 0 && height > 0) {
        double scale = mark->width / width < mark->height / height ? mark->width / width : mark->height / height;
        cairo_save(drawing->cairo);
        cairo_translate(drawing->cairo, pdf_sheet_x(drawing->sheet, 0, width * scale), mark->y);
        cairo_scale(drawing->cairo, scale, scale);
        cairo_set_source_surface(drawing->cairo, image, 0, 0);
        cairo_paint(drawing->cairo);
        cairo_restore(drawing->cairo);
    }
    cairo_surface_destroy(image);
}

static enum status words_draw(const struct drawing *drawing, const struct pdf_words *words, double offset, double y)
{
    PangoLayout *layout = NULL;
    enum status status = pdf_type_set(drawing->ctx, drawing->sheet->type, words, &layout);
    if (status)
        return status;
    const struct pdf_mark mark = {.x = pdf_sheet_x(drawing->sheet, offset, words->width),
                                  .y = y,
                                  .tone = words->tone,
                                  .layout = layout,
                                  .count = pango_layout_get_line_count(layout)};
    lines_draw(drawing, &mark);
    return STATUS_OK;
}

/* Nothing of it is tagged: cairo 1.16 knows no artifacts. */
static enum status foot_draw(struct drawing *drawing)
{
    char page[16], pages[16];
    const char *numbers = NULL;
    (void)snprintf(page, sizeof page, "%u", drawing->page);
    (void)snprintf(pages, sizeof pages, "%u", drawing->sheet->pages);
    const struct phrase_word words[] = {{"n", page}, {"all", pages}, {NULL, NULL}};
    enum status status = phrase_make(drawing->ctx, drawing->about->language, "page.form.count", words, &numbers);
    if (status)
        return status;
    struct pdf_words foot = {
        .text = drawing->about->title, .tone = PDF_SOFT, .size = FOOT_SIZE, .width = PDF_WIDTH - NUMBER_WIDTH, .lines_most = 1};
    status = words_draw(drawing, &foot, 0, FOOT_TOP);
    foot.text = numbers;
    foot.far = true;
    foot.width = NUMBER_WIDTH;
    return status ? status : words_draw(drawing, &foot, PDF_WIDTH - NUMBER_WIDTH, FOOT_TOP);
}

/* A bookmark below the last one of the level above it. */
static enum status outline_add(struct drawing *drawing, const struct pdf_mark *mark)
{
    const char *place = arena_format(drawing->ctx->arena, "page=%u pos=[%.1f %.1f]", drawing->page, mark->x, mark->y);
    if (!place)
        return ctx_no_memory(drawing->ctx);
    unsigned level = mark->level < LEVELS_MOST ? mark->level : LEVELS_MOST - 1;
    int parent = level ? drawing->parents[level - 1] : CAIRO_PDF_OUTLINE_ROOT;
    int id = cairo_pdf_surface_add_outline(drawing->surface, parent, mark->text, place, CAIRO_PDF_OUTLINE_FLAG_OPEN);
    for (unsigned i = level; i < LEVELS_MOST; i++)
        drawing->parents[i] = id;
    return STATUS_OK;
}

/* The page of a target, and how far below its top.
 * needs   it exists */
static unsigned target_page(const struct pdf_sheet *sheet, uint32_t target, const struct pdf_mark **found)
{
    unsigned page = 1;
    size_t at = 0;
    while (at < sheet->mark_count && (sheet->marks[at].kind != PDF_MARK_OUTLINE || sheet->marks[at].target != target))
        page += sheet->marks[at++].kind == PDF_MARK_PAGE;
    assert(at < sheet->mark_count);
    *found = &sheet->marks[at];
    return page;
}

static enum status link_draw(const struct drawing *drawing, const struct pdf_mark *mark)
{
    char page[16];
    const struct pdf_mark *target = NULL;
    const char *text = NULL;
    unsigned number = target_page(drawing->sheet, mark->target, &target);
    (void)snprintf(page, sizeof page, "%u", number);
    const struct phrase_word words[] = {{"caption", mark->text}, {"page", page}, {NULL, NULL}};
    enum status status = phrase_make(drawing->ctx, drawing->about->language, mark->name, words, &text);
    const char *place = arena_format(drawing->ctx->arena, "page=%u pos=[%.1f %.1f]", number, target->x, target->y);
    if (status)
        return status;
    if (!place)
        return ctx_no_memory(drawing->ctx);
    const struct pdf_words set = {.text = text, .tone = mark->tone, .size = mark->height, .width = mark->width};
    cairo_tag_begin(drawing->cairo, CAIRO_TAG_LINK, place);
    status = words_draw(drawing, &set, 0, mark->y);
    cairo_tag_end(drawing->cairo, CAIRO_TAG_LINK);
    return status;
}

static enum status page_turn(struct drawing *drawing)
{
    cairo_show_page(drawing->cairo);
    drawing->page++;
    return foot_draw(drawing);
}

static enum status mark_draw(struct drawing *drawing, const struct pdf_mark *mark)
{
    switch (mark->kind) {
    case PDF_MARK_LINES:
        lines_draw(drawing, mark);
        break;
    case PDF_MARK_BOX:
        box_draw(drawing, mark);
        break;
    case PDF_MARK_OPEN:
        cairo_tag_begin(drawing->cairo, mark->name, "");
        break;
    case PDF_MARK_CLOSE:
        cairo_tag_end(drawing->cairo, mark->name);
        break;
    case PDF_MARK_OUTLINE:
        return outline_add(drawing, mark);
    case PDF_MARK_LINK:
        return link_draw(drawing, mark);
    case PDF_MARK_PICTURE:
        picture_draw(drawing, mark);
        break;
    case PDF_MARK_LOGO:
        logo_draw(drawing, mark);
        break;
    case PDF_MARK_PAGE:
    default:
        return page_turn(drawing);
    }
    return STATUS_OK;
}

/* Who made it, what of, and when: the time that SOURCE_DATE_EPOCH names, when it is set. */
static void metadata_set(const struct drawing *drawing)
{
    char made[64];
    time_t seconds = (time_t)clock_utc_seconds();
    struct tm parts = {0};
    cairo_pdf_surface_set_metadata(drawing->surface, CAIRO_PDF_METADATA_TITLE, drawing->about->title);
    cairo_pdf_surface_set_metadata(drawing->surface, CAIRO_PDF_METADATA_CREATOR, "gapmeter " GAPMETER_VERSION);
    if (gmtime_r(&seconds, &parts) && strftime(made, sizeof made, "%Y-%m-%dT%H:%M:%SZ", &parts))
        cairo_pdf_surface_set_metadata(drawing->surface, CAIRO_PDF_METADATA_CREATE_DATE, made);
}

static enum status pages_draw(struct drawing *drawing)
{
    const struct pdf_sheet *sheet = drawing->sheet;
    metadata_set(drawing);
    /* Without a tag around all others cairo does not mark the file as tagged. */
    cairo_tag_begin(drawing->cairo, "Document", "");
    enum status status = foot_draw(drawing);
    for (size_t i = 0; i < sheet->mark_count && !status; i++)
        status = mark_draw(drawing, &sheet->marks[i]);
    cairo_tag_end(drawing->cairo, "Document");
    cairo_show_page(drawing->cairo);
    return status;
}

static enum status sheet_draw(struct ctx *ctx, const struct pdf_sheet *sheet, const struct pdf_about *about, struct out *out)
{
    struct drawing drawing = {.ctx = ctx, .sheet = sheet, .about = about, .page = 1};
    drawing.surface = cairo_pdf_surface_create_for_stream(bytes_write, out, PDF_PAGE_WIDTH, PDF_PAGE_HEIGHT);
    drawing.cairo = cairo_create(drawing.surface);
    enum status status = pages_draw(&drawing);
    cairo_status_t refused = cairo_status(drawing.cairo);
    cairo_destroy(drawing.cairo);
    cairo_surface_finish(drawing.surface);
    refused = refused ? refused : cairo_surface_status(drawing.surface);
    cairo_surface_destroy(drawing.surface);
    if (!status && refused)
        return ctx_fail(ctx, STATUS_FAILURE, NULL, "The PDF could not be drawn: %s.", cairo_status_to_string(refused));
    return status;
}

/* What cairo does not write of the tags: alternate texts, and of which head of a table which is one of a column. */
static enum status amendment_make(struct ctx *ctx, const struct pdf_sheet *sheet, struct pdf_amendment *amendment)
{
    const char **alternates = arena_array(ctx->arena, sheet->mark_count + 1, sizeof *alternates);
    bool *columns = arena_array(ctx->arena, sheet->mark_count + 1, sizeof *columns);
    bool first_row = false;
    if (!alternates || !columns)
        return ctx_no_memory(ctx);
    for (size_t i = 0; i < sheet->mark_count; i++) {
        const struct pdf_mark *mark = &sheet->marks[i];
        if (mark->kind == PDF_MARK_CLOSE && strcmp(mark->name, "TR") == 0)
            first_row = false;
        if (mark->kind != PDF_MARK_OPEN)
            continue;
        first_row = first_row || strcmp(mark->name, "Table") == 0;
        if (strcmp(mark->name, "Figure") == 0)
            alternates[amendment->alternate_count++] = mark->text ? mark->text : "";
        else if (strcmp(mark->name, "TH") == 0)
            columns[amendment->head_count++] = first_row;
    }
    amendment->alternates = alternates;
    amendment->columns = columns;
    return STATUS_OK;
}

enum status pdf_sheet_draw(struct ctx *ctx, const struct pdf_sheet *sheet, const struct pdf_about *about, struct out *out)
{
    struct out *drawn = NULL;
    struct pdf_amendment amendment = {.language = about->language, .leftward = pdf_type_leftward(sheet->type)};
    enum status status = out_open_memory(ctx, &drawn);
    if (!status)
        status = sheet_draw(ctx, sheet, about, drawn);
    if (!status)
        status = amendment_make(ctx, sheet, &amendment);
    return status ? status : pdf_amend(ctx, out_bytes(drawn), &amendment, out);
}
