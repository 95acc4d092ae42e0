/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/sizing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/job_fixture.h"

/* [F28] "dz .2 → 199": one item at the full level; R's power.t.test(delta = .2, power = .8, type = "paired", strict = TRUE)
 * gives 198.15, so 199. Shared among 22 items: sig.level = .05/22 gives 383.68, so 384. A margin of .2 at sd 1:
 * (1.959964/.2)² = 96.04, so 97. */
static void a_fifth_of_a_standard_deviation_needs_199(void **state)
{
    (void)state;
    struct job job;
    struct sizing sizing;
    const struct sizing_request request = {
        .gap = 0.2, .sd = 1, .power = 0.8, .confidence = 0.95, .items = 22, .answer_rate = 0.5};
    job_begin(&job);
    assert_ok(&job, sizing_make(&job.ctx, &request, &sizing));
    assert_int_equal(sizing.pairs_one, 199);
    assert_int_equal(sizing.pairs_all, 384);
    assert_int_equal(sizing.invited_all, 2 * 384);
    assert_int_equal(sizing.pairs_margin, 97);
    job_end(&job);
}

/* Only the ratio of gap and standard deviation counts. */
static void gap_and_spread_scale_together(void **state)
{
    (void)state;
    struct job job;
    struct sizing small, large;
    job_begin(&job);
    assert_ok(&job, sizing_make(&job.ctx, &(struct sizing_request){0.3, 1, 0.9, 0.9, 1, 1}, &small));
    assert_ok(&job, sizing_make(&job.ctx, &(struct sizing_request){0.6, 2, 0.9, 0.9, 1, 1}, &large));
    assert_int_equal(small.pairs_one, large.pairs_one);
    assert_int_equal(small.pairs_one, small.pairs_all);
    assert_int_equal(small.invited_all, small.pairs_all);
    job_end(&job);
}

/* "STATUS_INVALID with a sentence when no number of customers suffices" */
static void no_number_suffices_for_nothing(void **state)
{
    (void)state;
    struct job job;
    struct sizing sizing;
    job_begin(&job);
    enum status status = sizing_make(&job.ctx, &(struct sizing_request){1e-12, 1e6, 0.8, 0.95, 1, 1}, &sizing);
    assert_int_equal(status, STATUS_INVALID);
    assert_true(job.ctx.error.sentence[0] != '\0');
    job_end(&job);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fifth_of_a_standard_deviation_needs_199),
        cmocka_unit_test(gap_and_spread_scale_together),
        cmocka_unit_test(no_number_suffices_for_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
