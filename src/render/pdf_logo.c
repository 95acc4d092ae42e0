/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/pdf_logo.h"

#include <pango/pangocairo.h>
#include <string.h>

static cairo_status_t bytes_read(void *closure, unsigned char *into, unsigned length)
{
    struct span *rest = closure;
    if (rest->length < length)
        return CAIRO_STATUS_READ_ERROR;
    memcpy(into, rest->at, length);
    *rest = (struct span){.at = rest->at + length, .length = rest->length - length};
    return CAIRO_STATUS_SUCCESS;
}

/* The pixels of a PNG, four bytes each, whatever it holds.
 * gives   NULL when it cannot be read */
static cairo_surface_t *pixels_read(struct span png)
{
    struct span rest = png;
    cairo_surface_t *read = cairo_image_surface_create_from_png_stream(bytes_read, &rest), *pixels = NULL;
    int width = cairo_image_surface_get_width(read), height = cairo_image_surface_get_height(read);
    if (cairo_surface_status(read) == CAIRO_STATUS_SUCCESS && width > 0 && height > 0) {
        pixels = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height);
        cairo_t *cairo = cairo_create(pixels);
        cairo_set_operator(cairo, CAIRO_OPERATOR_SOURCE);
        cairo_set_source_surface(cairo, read, 0, 0);
        cairo_paint(cairo);
        cairo_destroy(cairo);
        cairo_surface_flush(pixels);
    }
    cairo_surface_destroy(read);
    if (pixels && cairo_surface_status(pixels) != CAIRO_STATUS_SUCCESS) {
        cairo_surface_destroy(pixels);
        pixels = NULL;
    }
    return pixels;
}

/* The colours of all pixels, and how much each covers. cairo's colours are those times what it covers.
 * gives   whether any pixel does not cover all */
static bool pixels_split(cairo_surface_t *pixels, struct out *colours, struct out *covers)
{
    int width = cairo_image_surface_get_width(pixels), height = cairo_image_surface_get_height(pixels);
    bool sheer = false;
    for (int y = 0; y < height; y++) {
        const unsigned char *row = cairo_image_surface_get_data(pixels) + (ptrdiff_t)y * cairo_image_surface_get_stride(pixels);
        for (int x = 0; x < width; x++) {
            uint32_t pixel = 0;
            memcpy(&pixel, row + 4 * (ptrdiff_t)x, sizeof pixel);
            uint32_t cover = pixel >> 24;
            for (unsigned shift = 24; shift > 0;) {
                shift -= 8;
                uint32_t part = pixel >> shift & 255u;
                part = cover ? (part * 255 + cover / 2) / cover : 0;
                out_char(colours, (char)(unsigned char)(part < 255 ? part : 255));
            }
            out_char(covers, (char)(unsigned char)cover);
            sheer = sheer || cover < 255;
        }
    }
    return sheer;
}

static enum status image_write(struct ctx *ctx, cairo_surface_t *pixels, struct pdf_file *file, struct pdf_logo *logo)
{
    int width = cairo_image_surface_get_width(pixels), height = cairo_image_surface_get_height(pixels);
    struct out *colours = NULL, *covers = NULL;
    enum status status = out_open_memory(ctx, &colours);
    if (!status)
        status = out_open_memory(ctx, &covers);
    if (status)
        return status;
    bool sheer = pixels_split(pixels, colours, covers);
    uint32_t number = pdf_file_numbers(file, sheer ? 2 : 1);
    const char *head =
        arena_format(ctx->arena, "/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8", width, height);
    const char *mask = sheer ? arena_format(ctx->arena, "/SMask %u 0 R", number + 1) : "";
    const char *image = head && mask ? arena_format(ctx->arena, "%s/ColorSpace/DeviceRGB%s", head, mask) : NULL;
    const char *cover = head ? arena_format(ctx->arena, "%s/ColorSpace/DeviceGray", head) : NULL;
    if (!image || !cover)
        return ctx_no_memory(ctx);
    status = pdf_stream_write(file, number, image, colours);
    if (!status && sheer)
        status = pdf_stream_write(file, number + 1, cover, covers);
    *logo = (struct pdf_logo){.number = number, .width = width, .height = height};
    return status;
}

enum status pdf_logo_write(struct ctx *ctx, struct span png, struct pdf_file *file, struct pdf_logo *out)
{
    cairo_surface_t *pixels = png.length ? pixels_read(png) : NULL;
    *out = (struct pdf_logo){.number = 0};
    enum status status = pixels ? image_write(ctx, pixels, file, out) : STATUS_OK;
    cairo_surface_destroy(pixels);
    return status;
}
