/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/renderer.h"

#include <math.h>

#include "render/cairo_picture.h"
#include "render/pdf_type.h"
#include "render/single_chart.h"

/* Pixels of the file for one of the picture: screens show twice as many as they say. */
#define SCALE     2.0
#define SIDE_MOST 32000.0 /* of a surface of cairo */

static cairo_status_t bytes_write(void *closure, const unsigned char *bytes, unsigned length)
{
    out_write(closure, bytes, length); /* what goes wrong is told by out_close */
    return CAIRO_STATUS_SUCCESS;
}

static cairo_status_t picture_write(const struct picture *picture, const struct pdf_type *type, struct out *out)
{
    double scale = fmin(SCALE, SIDE_MOST / fmax(picture->height, picture->width));
    int width = (int)ceil(picture->width * scale), height = (int)ceil(picture->height * scale);
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
    cairo_t *cairo = cairo_create(surface);
    PangoLayout *words = pdf_type_words(type);
    cairo_tone_set(cairo, TONE_PAPER);
    cairo_paint(cairo); /* the last row of pixels may reach beyond the picture */
    cairo_scale(cairo, scale, scale);
    cairo_picture_draw(cairo, words, picture);
    cairo_status_t drawn = cairo_status(cairo);
    g_object_unref(words);
    cairo_destroy(cairo);
    if (drawn == CAIRO_STATUS_SUCCESS)
        drawn = cairo_surface_write_to_png_stream(surface, bytes_write, out);
    cairo_surface_destroy(surface);
    return drawn;
}

/* Looks whether the house's fonts have every letter, so that those of the system are taken where they have not. */
static enum status letters_look(struct ctx *ctx, struct pdf_type *type, const struct picture *picture)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < picture->mark_count && !status; i++) {
        const struct mark *mark = &picture->marks[i];
        struct pdf_layout *layout = NULL;
        if (mark->kind != MARK_TEXT)
            continue;
        const char *text = arena_copy(ctx->arena, mark->text);
        if (!text)
            return ctx_no_memory(ctx);
        status = pdf_type_set(ctx, type, &(struct pdf_words){.text = text, .size = mark->size}, &layout);
    }
    return status;
}

static enum status png_render(struct ctx *ctx, const struct document *document, const struct rendering *rendering,
                              struct out *out)
{
    struct picture picture;
    struct pdf_type *type = NULL;
    enum status status = single_chart_make(ctx, document, &picture);
    (void)rendering;
    if (!status)
        status = pdf_type_open(ctx, document->head.language, &type);
    if (!status)
        status = letters_look(ctx, type, &picture);
    if (status)
        return status;
    cairo_status_t drawn = picture_write(&picture, type, out);
    if (drawn == CAIRO_STATUS_NO_MEMORY)
        return ctx_no_memory(ctx);
    return drawn == CAIRO_STATUS_SUCCESS
               ? STATUS_OK
               : ctx_fail(ctx, STATUS_FAILURE, NULL, "The chart cannot be drawn: %s.", cairo_status_to_string(drawn));
}

const struct renderer renderer_png = {
    .name = "png",
    .extension = ".png",
    .media_type = "image/png",
    .meaning = "One chart as a picture of 1,632 pixels across.",
    .one_chart = true,
    .render = png_render,
};
