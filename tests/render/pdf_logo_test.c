/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/pdf_logo.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pango/pangocairo.h>
#include <string.h>

#include "support/job_fixture.h"
#include "support/pdf_reading.h"

static cairo_status_t bytes_write(void *closure, const unsigned char *bytes, unsigned length)
{
    out_write(closure, bytes, length);
    return CAIRO_STATUS_SUCCESS;
}

/* A PNG of two pixels: red, and blue that covers so much. */
static struct span png_make(struct job *job, double cover)
{
    struct out *png = NULL;
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, 2, 1);
    cairo_t *cairo = cairo_create(surface);
    cairo_set_source_rgb(cairo, 1, 0, 0);
    cairo_paint(cairo);
    cairo_set_operator(cairo, CAIRO_OPERATOR_SOURCE);
    cairo_set_source_rgba(cairo, 0, 0, 1, cover);
    cairo_rectangle(cairo, 1, 0, 1, 1);
    cairo_fill(cairo);
    cairo_destroy(cairo);
    assert_ok(job, out_open_memory(&job->ctx, &png));
    assert_int_equal(cairo_surface_write_to_png_stream(surface, bytes_write, png), CAIRO_STATUS_SUCCESS);
    cairo_surface_destroy(surface);
    return out_bytes(png);
}

static struct span logo_write(struct job *job, struct span png, struct pdf_logo *logo)
{
    struct out *out = NULL;
    struct pdf_file *file = NULL;
    assert_ok(job, out_open_memory(&job->ctx, &out));
    assert_ok(job, pdf_file_begin(&job->ctx, out, &file));
    assert_ok(job, pdf_logo_write(&job->ctx, png, file, logo));
    assert_ok(job, pdf_file_end(file, 1, 1));
    return pdf_unpacked(job, out_bytes(out));
}

static void colours_and_covers_are_kept(void **state)
{
    struct job job;
    struct pdf_logo logo;
    (void)state;
    job_begin(&job);
    struct span pdf = logo_write(&job, png_make(&job, 1), &logo);
    assert_int_equal(logo.number, 1);
    assert_true(logo.width > 1.9 && logo.width < 2.1 && logo.height > 0.9 && logo.height < 1.1);
    assert_int_equal(pdf_count(pdf, "/SMask"), 0);
    assert_non_null(memmem(pdf.at, pdf.length, "\xff\0\0\0\0\xff", 6));
    pdf = logo_write(&job, png_make(&job, 0.5), &logo);
    assert_int_equal(pdf_count(pdf, "/Width 2/Height 1/BitsPerComponent 8/ColorSpace/DeviceRGB/SMask 2 0 R"), 1);
    assert_int_equal(pdf_count(pdf, "/ColorSpace/DeviceGray"), 1);
    assert_non_null(memmem(pdf.at, pdf.length, "\xff\0\0\0\0\xff", 6)); /* blue as it was, not paler */
    assert_non_null(memmem(pdf.at, pdf.length, "\xff\x80", 2));
    job_end(&job);
}

/* What cannot be read is left out. */
static void damaged_images_are_left_out(void **state)
{
    struct job job;
    struct pdf_logo logo;
    (void)state;
    job_begin(&job);
    struct span png = png_make(&job, 1);
    for (size_t length = 0; length < png.length - 12; length++) { /* the end may lack: the pixels are there */
        (void)logo_write(&job, (struct span){.at = png.at, .length = length}, &logo);
        assert_int_equal(logo.number, 0);
    }
    job_end(&job);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {cmocka_unit_test(colours_and_covers_are_kept),
                                              cmocka_unit_test(damaged_images_are_left_out)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
