/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A logo is a whole PNG of a bounded size, or a sentence says what is wrong with it. */
#include "app/logo.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "support/job_fixture.h"
#include "support/scratch_folder.h"

/* One pixel, with nothing between IHDR and IEND: what is looked at is the frame. */
static const char frame[] = "\x89PNG\r\n\x1a\n"
                            "\0\0\0\x0dIHDR\0\0\0\1\0\0\0\1\x08\2\0\0\0\x90\x77\x53\xde"
                            "\0\0\0\0IEND\xae\x42\x60\x82";
enum { FRAME_BYTES = sizeof frame - 1, WIDTH_AT = 16, HEIGHT_AT = 20 };

static enum status try(struct job *job, const void *bytes, size_t length, struct span *out)
{
    struct scratch scratch;
    scratch_create(&scratch);
    enum status status = logo_read(&job->ctx, scratch_write_bytes(&scratch, "logo.png", bytes, length), out);
    scratch_destroy(&scratch);
    return status;
}

static void assert_refused(const void *bytes, size_t length, const char *words)
{
    struct job job;
    struct span logo;
    job_begin(&job);
    assert_int_equal(try(&job, bytes, length, &logo), STATUS_DATA);
    if (!strstr(job.ctx.error.sentence, words))
        fail_msg("%s", job.ctx.error.sentence);
    assert_non_null(strstr(job.ctx.error.place.file, "logo.png"));
    job_end(&job);
}

static void a_png_is_taken(void **state)
{
    (void)state;
    struct job job;
    struct span logo;
    job_begin(&job);
    assert_ok(&job, try(&job, frame, FRAME_BYTES, &logo));
    assert_int_equal(logo.length, FRAME_BYTES);
    assert_memory_equal(logo.at, frame, FRAME_BYTES);
    job_end(&job);
}

static void anything_else_is_refused(void **state)
{
    (void)state;
    assert_refused("", 0, "no PNG");
    assert_refused("GIF89a", 6, "no PNG");
    assert_refused("<svg xmlns=\"http://www.w3.org/2000/svg\"/>", 40, "no PNG");
    assert_refused(frame, 8, "cut off");
    assert_refused(frame, FRAME_BYTES - 1, "cut off");
    char other[FRAME_BYTES];
    memcpy(other, frame, FRAME_BYTES);
    other[12] = 'J';
    assert_refused(other, FRAME_BYTES, "cut off");
}

static void sizes_are_bounded(void **state)
{
    (void)state;
    char large[FRAME_BYTES];
    memcpy(large, frame, FRAME_BYTES);
    large[WIDTH_AT + 3] = 0;
    assert_refused(large, FRAME_BYTES, "0 × 1 pixels");
    large[WIDTH_AT + 3] = 1;
    large[HEIGHT_AT + 2] = LOGO_PIXELS_MAX >> 8;
    assert_refused(large, FRAME_BYTES, "1 × 4097 pixels; 1 to 4096");
    char *heavy = calloc(1, LOGO_BYTES_MAX + 1);
    assert_non_null(heavy);
    memcpy(heavy, frame, FRAME_BYTES);
    assert_refused(heavy, LOGO_BYTES_MAX + 1, "at most 1024 KiB");
    free(heavy);
}

static void a_missing_file_is_said(void **state)
{
    (void)state;
    struct job job;
    struct span logo;
    job_begin(&job);
    assert_int_equal(logo_read(&job.ctx, "/nowhere/logo.png", &logo), STATUS_NO_INPUT);
    job_end(&job);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_png_is_taken), cmocka_unit_test(anything_else_is_refused),
                                       cmocka_unit_test(sizes_are_bounded), cmocka_unit_test(a_missing_file_is_said)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
