/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/paper_answers.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "support/picture_reading.h"

static struct picture *scale_picture(struct job *job, const struct scale *scale, bool declines)
{
    struct picture *picture = NULL;
    assert_ok(job, paper_scale_picture(&job->ctx, scale, declines, &picture));
    return picture;
}

static size_t dots(const struct picture *picture)
{
    return picture_count(picture, MARK_DOT, TONE_INK);
}

/* "One circle for each point of a scale with its number in it, and a box": hollow and fine, apart, within the room */
static void test_circles(void **state)
{
    (void)state;
    struct job job;
    job_begin(&job);
    for (uint32_t steps = 2; steps <= PAPER_POINTS_MOST; steps++) {
        const struct scale scale = {.min = {0, 0}, .max = {(int64_t)steps - 1, 0}, .step = {1, 0}, .steps = steps};
        const struct picture *picture = scale_picture(&job, &scale, true);
        assert_int_equal(dots(picture), steps);
        assert_int_equal(picture_count(picture, MARK_BOX, TONE_INK), 1);
        picture_assert_readable(picture);
        for (uint32_t i = 0; i < steps; i++) {
            const struct mark *circle = picture_mark(picture, MARK_DOT, i);
            assert_true(circle->hollow && circle->fine);
            assert_true(i == 0 || circle->at.x - picture_mark(picture, MARK_DOT, i - 1)->at.x > 2 * circle->size);
            const struct mark *number = picture_mark(picture, MARK_TEXT, i);
            assert_true(fabs(number->at.x - circle->at.x) < 1e-9);
            assert_int_equal(number->text.at[0], i < 10 ? '0' + (int)i : '1');
        }
    }
    job_end(&job);
}

/* "a line for a number where the scale is long, with its ends" */
static void test_a_long_scale_is_written(void **state)
{
    (void)state;
    struct job job;
    const struct scale scale = {.min = {0, 0}, .max = {100, 0}, .step = {1, 0}, .steps = 101};
    job_begin(&job);
    const struct picture *picture = scale_picture(&job, &scale, false);
    assert_int_equal(dots(picture), 0);
    assert_int_equal(picture_count(picture, MARK_LINE, TONE_INK), 1);
    assert_int_equal(picture_count(picture, MARK_BOX, TONE_INK), 0);
    assert_non_null(picture_find_text(picture, "(0–100)"));
    job_end(&job);
}

/* Words stand above the first and the last circle, from any length of words, and turn with the circles. */
static void test_ends_and_mirror(void **state)
{
    (void)state;
    static const struct scale_label labels[] = {{.code = 1, .text = "Not at all, not even a little bit of it"},
                                                {.code = 5, .text = "Yes"}};
    const struct scale scale = {.min = {1, 0}, .max = {5, 0}, .step = {1, 0}, .steps = 5, .labels = labels, .label_count = 2};
    struct job job;
    struct picture *ends = NULL;
    job_begin(&job);
    struct picture *circles = scale_picture(&job, &scale, true);
    assert_ok(&job, paper_ends_picture(&job.ctx, &scale, "Does not apply", &ends));
    picture_assert_readable(ends);
    const struct mark *yes = picture_find_text(ends, "Yes"), *last = picture_mark(circles, MARK_DOT, 4);
    assert_int_equal(yes->anchor, ANCHOR_END);
    assert_true(fabs(yes->at.x - last->at.x - last->size) < 1e-9);
    double before = yes->at.x;
    paper_picture_mirror(ends);
    paper_picture_mirror(circles);
    picture_assert_readable(ends);
    picture_assert_readable(circles);
    assert_int_equal(yes->anchor, ANCHOR_START);
    assert_true(fabs(yes->at.x - (PAPER_ANSWER_WIDTH - before)) < 1e-9);
    assert_true(last->at.x < picture_mark(circles, MARK_DOT, 0)->at.x);
    const struct mark *box = picture_mark(circles, MARK_BOX, 0);
    assert_true(box->at.x < box->to.x && box->to.x < last->at.x);
    job_end(&job);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {cmocka_unit_test(test_circles), cmocka_unit_test(test_a_long_scale_is_written),
                                              cmocka_unit_test(test_ends_and_mirror)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
