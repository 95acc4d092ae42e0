/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "render/chart/map_key.h"
#include "support/picture_reading.h"

static const struct key_entry entries[] = {
    {"1", "Waiting time", TONE_SHORT},
    {"2", "A question that goes on and on, far beyond the room that two lines of a label leave for it in any picture of ours",
     TONE_UNDECIDED},
    {"3", "Price", TONE_ABOVE},
};

/* In reading order, the second column beginning at the top; a long label takes two lines. */
static void a_list_reads_down_its_columns(void **state)
{
    (void)state;
    struct job job;
    job_begin(&job);
    struct picture picture;
    picture_begin(&picture, &job.ctx, WIDE_PX);
    double bottom = map_key_draw(&picture, 10, entries, 3);
    assert_ok(&job, picture_end(&picture, bottom));
    picture_assert_readable(&picture);
    const struct mark *first = picture_find_text(&picture, "Waiting time"), *third = picture_find_text(&picture, "Price");
    assert_non_null(first);
    assert_non_null(third);
    assert_true(third->at.x > WIDE_PX / 2 && fabs(third->at.y - first->at.y) < 1e-9);
    assert_int_equal(picture_find_text(&picture, "1")->tone, TONE_SHORT);
    assert_int_equal(picture_find_text(&picture, "2")->tone, TONE_INK);
    assert_true(fabs(bottom - (10 + 3 * 16 + 2 * 3)) < 1e-9); /* one line and two, with 3 px below each */
    job_end(&job);
}

static void a_phone_has_one_column(void **state)
{
    (void)state;
    struct job job;
    job_begin(&job);
    struct picture picture;
    picture_begin(&picture, &job.ctx, NARROW_PX);
    double bottom = map_key_draw(&picture, 10, entries, 3);
    assert_ok(&job, picture_end(&picture, bottom));
    picture_assert_readable(&picture);
    assert_true(fabs(picture_find_text(&picture, "Price")->at.x - picture_find_text(&picture, "Waiting time")->at.x) < 1e-9);
    assert_true(fabs(bottom - (10 + 4 * 16 + 3 * 3)) < 1e-9);
    job_end(&job);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_list_reads_down_its_columns),
        cmocka_unit_test(a_phone_has_one_column),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
