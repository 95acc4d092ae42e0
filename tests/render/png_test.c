/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/renderer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cairo.h>
#include <cmocka.h>

#include "support/hand_document.h"

static struct span drawn(struct job *job, const struct document *document)
{
    struct out *out = NULL;
    const struct rendering rendering = {.utf8 = true};
    assert_ok(job, out_open_memory(&job->ctx, &out));
    assert_ok(job, renderer_find(span_of("png"))->render(&job->ctx, document, &rendering, out));
    return out_bytes(out);
}

static cairo_status_t bytes_read(void *closure, unsigned char *into, unsigned length)
{
    struct span *rest = closure;
    if (rest->length < length)
        return CAIRO_STATUS_READ_ERROR;
    memcpy(into, rest->at, length);
    *rest = (struct span){rest->at + length, rest->length - length};
    return CAIRO_STATUS_SUCCESS;
}

static uint32_t pixel(cairo_surface_t *image, int x, int y)
{
    const unsigned char *at = cairo_image_surface_get_data(image) + (ptrdiff_t)y * cairo_image_surface_get_stride(image);
    uint32_t colour = 0;
    memcpy(&colour, at + (ptrdiff_t)x * 4, sizeof colour);
    return colour & 0xFFFFFFu;
}

/* How many pixels have a colour. */
static size_t pixels_count(cairo_surface_t *image, uint32_t colour)
{
    size_t count = 0;
    for (int y = 0; y < cairo_image_surface_get_height(image); y++)
        for (int x = 0; x < cairo_image_surface_get_width(image); x++)
            count += pixel(image, x, y) == colour;
    return count;
}

/* "One chart as a picture of 1,632 pixels across": on white to its last row, in the colours of verdicts, with words; the same bytes again. */
static void the_chart_is_a_picture(void **state)
{
    (void)state;
    struct hand hand;
    hand_document_begin(&hand);
    const struct document *document = hand_document(&hand);
    struct span bytes = drawn(&hand.job, document), rest = bytes;
    assert_true(span_equal(bytes, drawn(&hand.job, document)));
    cairo_surface_t *image = cairo_image_surface_create_from_png_stream(bytes_read, &rest);
    assert_int_equal(cairo_surface_status(image), CAIRO_STATUS_SUCCESS);
    int width = cairo_image_surface_get_width(image), height = cairo_image_surface_get_height(image);
    assert_int_equal(width, 1632);
    assert_in_range(height, 400, 1200);
    assert_int_equal(pixel(image, 0, 0), 0xFFFFFF);
    assert_int_equal(pixel(image, width - 1, height - 1), 0xFFFFFF);
    assert_true(pixels_count(image, 0xD55E00) > 100);
    assert_true(pixels_count(image, 0x0072B2) > 100);
    assert_true(pixels_count(image, 0x1A1D21) > 300); /* words */
    cairo_surface_destroy(image);
    hand_end(&hand);
}

/* A document without a chart is no picture. */
static void a_chart_is_needed(void **state)
{
    (void)state;
    struct hand hand;
    struct document *empty = NULL;
    struct out *out = NULL;
    hand_document_begin(&hand);
    assert_ok(&hand.job, document_create(&hand.job.ctx, &hand.head, &empty));
    assert_ok(&hand.job, out_open_memory(&hand.job.ctx, &out));
    assert_int_equal(renderer_find(span_of("png"))->render(&hand.job.ctx, empty, &(struct rendering){.utf8 = true}, out),
                     STATUS_USAGE);
    assert_int_equal(out_bytes(out).length, 0);
    hand_end(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_chart_is_a_picture),
        cmocka_unit_test(a_chart_is_needed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
