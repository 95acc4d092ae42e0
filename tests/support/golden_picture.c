/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/golden_picture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "render/cairo_picture.h"
#include "render/pdf_type.h"

enum { PATH_BYTES = 512, MARK_TOLERANCE = 24, TEXT_TOLERANCE = 14, AROUND = 2, LEVELS = 17 };
#define SCALE 0.5

/* Pixels of a picture; in[y * width + x] says whether a text may stand there. */
struct pixels {
    cairo_surface_t *surface;
    int width, height, stride;
    unsigned char *at;
    bool *in_text;
};

static void pixels_find(struct pixels *pixels)
{
    cairo_surface_flush(pixels->surface);
    pixels->width = cairo_image_surface_get_width(pixels->surface);
    pixels->height = cairo_image_surface_get_height(pixels->surface);
    pixels->stride = cairo_image_surface_get_stride(pixels->surface);
    pixels->at = cairo_image_surface_get_data(pixels->surface);
}

/* Where letters stand, and as far around them as another font might reach. */
static void text_room_note(struct pixels *pixels, const struct mark *mark)
{
    double width = picture_text_width(mark->text, mark->size);
    double left = mark->at.x - (mark->anchor == ANCHOR_END ? width : mark->anchor == ANCHOR_MIDDLE ? width / 2 : 0);
    for (int y = (int)((mark->at.y - mark->size) * SCALE); y <= (int)((mark->at.y + 0.4 * mark->size) * SCALE); y++)
        for (int x = (int)(left * SCALE) - 1; x <= (int)((left + width) * SCALE) + 1; x++) {
            if (x >= 0 && y >= 0 && x < pixels->width && y < pixels->height)
                pixels->in_text[y * pixels->width + x] = true;
        }
}

static struct pixels pixels_draw(const struct picture *picture)
{
    struct pixels pixels = {0};
    struct pdf_type *type = NULL;
    assert_int_equal(pdf_type_open(picture->ctx, "en", &type), STATUS_OK);
    PangoLayout *words = pdf_type_words(type);
    pixels.surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)(picture->width * SCALE), (int)(picture->height * SCALE + 1));
    cairo_t *cairo = cairo_create(pixels.surface);
    cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_paint(cairo);
    cairo_scale(cairo, SCALE, SCALE);
    cairo_picture_draw(cairo, words, picture);
    assert_int_equal(cairo_status(cairo), CAIRO_STATUS_SUCCESS);
    cairo_destroy(cairo);
    g_object_unref(words);
    pixels_find(&pixels);
    pixels.in_text = calloc((size_t)pixels.width * (size_t)pixels.height, sizeof *pixels.in_text);
    assert_non_null(pixels.in_text);
    for (size_t i = 0; i < picture->mark_count; i++) {
        if (picture->marks[i].kind == MARK_TEXT)
            text_room_note(&pixels, &picture->marks[i]);
    }
    return pixels;
}

static void pixels_end(struct pixels *pixels)
{
    cairo_surface_destroy(pixels->surface);
    free(pixels->in_text);
}

/* One colour of a pixel, or where letters stand its mean around it. */
static int level_at(const struct pixels *pixels, int x, int y, int colour, int around)
{
    int sum = 0, count = 0;
    for (int v = y - around; v <= y + around; v++)
        for (int u = x - around; u <= x + around; u++) {
            if (u < 0 || v < 0 || u >= pixels->width || v >= pixels->height)
                continue;
            sum += pixels->at[(ptrdiff_t)v * pixels->stride + 4 * (ptrdiff_t)u + colour];
            count++;
        }
    return sum / count;
}

static size_t pixels_compare(const struct pixels *now, const struct pixels *kept)
{
    size_t differences = 0;
    if (now->width != kept->width || now->height != kept->height)
        return (size_t)now->width * (size_t)now->height;
    for (int y = 0; y < now->height; y++)
        for (int x = 0; x < now->width; x++) {
            bool text = now->in_text[y * now->width + x], other = false;
            for (int colour = 0; colour < 3 && !other; colour++) {
                int away = level_at(now, x, y, colour, text ? AROUND : 0) - level_at(kept, x, y, colour, text ? AROUND : 0);
                other = abs(away) > (text ? TEXT_TOLERANCE : MARK_TOLERANCE);
            }
            differences += other;
        }
    return differences;
}

/* Sixteen levels of each colour are enough for the comparison, and make the file half as long. */
static void pixels_coarsen(const struct pixels *pixels)
{
    for (int y = 0; y < pixels->height; y++)
        for (int x = 0; x < 4 * pixels->width; x++) {
            unsigned char *at = &pixels->at[(ptrdiff_t)y * pixels->stride + x];
            *at = (unsigned char)((*at + LEVELS / 2) / LEVELS * LEVELS);
        }
    cairo_surface_mark_dirty(pixels->surface);
}

static void golden_path(const char *name, char path[PATH_BYTES])
{
    (void)snprintf(path, PATH_BYTES, "%s/tests/golden/charts/%s.png", GAPMETER_SOURCE_DIR, name);
}

static struct pixels golden_read(const char *name)
{
    char path[PATH_BYTES];
    golden_path(name, path);
    struct pixels kept = {.surface = cairo_image_surface_create_from_png(path)};
    if (cairo_surface_status(kept.surface) != CAIRO_STATUS_SUCCESS)
        fail_msg("%s is not there; ./dev golden writes it", path);
    pixels_find(&kept);
    return kept;
}

size_t golden_picture_differences(const char *name, const struct picture *picture)
{
    struct pixels now = pixels_draw(picture), kept = golden_read(name);
    size_t differences = pixels_compare(&now, &kept);
    pixels_end(&kept);
    pixels_end(&now);
    return differences;
}

void golden_picture_assert(const char *name, const struct picture *picture)
{
    char path[PATH_BYTES];
    const char *wish = getenv("GAPMETER_GOLDEN");
    size_t differences = 0;
    bool refresh = wish && strcmp(wish, "refresh") == 0;
    if (!refresh)
        differences = golden_picture_differences(name, picture);
    if (!refresh && !differences)
        return;
    struct pixels now = pixels_draw(picture);
    pixels_coarsen(&now);
    if (refresh)
        golden_path(name, path);
    else
        (void)snprintf(path, sizeof path, "%s-now.png", name);
    assert_int_equal(cairo_surface_write_to_png(now.surface, path), CAIRO_STATUS_SUCCESS);
    pixels_end(&now);
    if (differences)
        fail_msg("%zu points differ from tests/golden/charts/%s.png; what is drawn now is in %s. If that is meant, ./dev golden "
                 "writes the file anew.",
                 differences, name, path);
}
