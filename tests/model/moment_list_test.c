/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/moment_list.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/chance.h"
#include "base/limits.h"
#include "support/job_fixture.h"

static struct moments collect(struct job *job, const struct moment *moments, const char *const *names, size_t count,
                              uint32_t encounters)
{
    struct moment_list *list;
    struct moments out;
    assert_ok(job, moment_list_create(&job->ctx, &list));
    for (size_t i = 0; i < count; i++) {
        struct moment moment = moments[i];
        assert_ok(job, moment_list_touchpoint(&job->ctx, list, span_of(names[i]), &moment.touchpoint));
        assert_ok(job, moment_list_add(&job->ctx, list, &moment));
    }
    assert_ok(job, moment_list_end(&job->ctx, list, job->ctx.arena, encounters, &out));
    return out;
}

/* "by encounter, time, order; only where these are equal as the rows stood in the file" */
static void moments_stand_in_order(void **state)
{
    (void)state;
    struct job job;
    job_begin(&job);
    const struct moment given[] = {
        {.encounter = 2, .time_ms = 50, .order = 1, .code = 1}, {.encounter = 0, .time_ms = 90, .order = 0, .code = 2},
        {.encounter = 2, .time_ms = -7, .order = 9, .code = 3}, {.encounter = 2, .time_ms = 50, .order = 0, .code = 4},
        {.encounter = 0, .time_ms = 90, .order = 0, .code = 5}, {.encounter = 0, .time_ms = 90, .order = 0, .code = 5},
    };
    const char *const names[] = {"walk", "pay", "enter", "walk", "enter", "enter"};
    const struct moments moments = collect(&job, given, names, 6, 4);
    static const uint16_t codes[] = {2, 5, 5, 3, 4, 1};
    for (size_t i = 0; i < 6; i++)
        assert_int_equal(moments.at[i].code, codes[i]);
    static const uint64_t starts[] = {0, 3, 3, 6, 6};
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(moments.starts[i], starts[i]);
    /* names are sorted, and indices follow them */
    assert_int_equal(moments.touchpoint_count, 3);
    assert_string_equal(moments.touchpoints[0], "enter");
    assert_string_equal(moments.touchpoints[1], "pay");
    assert_string_equal(moments.touchpoints[2], "walk");
    assert_string_equal(moments.touchpoints[moments.at[0].touchpoint], "pay");
    assert_string_equal(moments.touchpoints[moments.at[5].touchpoint], "walk");
    /* the second differs from the first; the third is the same as the second */
    assert_int_equal(moments.tied, 1);
    job_end(&job);
}

/* Without ties the order of the rows does not matter. */
static void the_order_of_rows_does_not_matter(void **state)
{
    (void)state;
    enum { COUNT = 300, ENCOUNTERS = 20 };
    struct job job;
    struct moment given[COUNT], turned[COUNT];
    const char *names[COUNT], *turned_names[COUNT];
    static const char *const known[] = {"ask", "come", "go", "pay"};
    job_begin(&job);
    for (uint32_t i = 0; i < COUNT; i++) {
        names[i] = known[chance_below(3, 1, i, 4)];
        given[i] = (struct moment){.encounter = (uint32_t)chance_below(3, 2, i, ENCOUNTERS),
                                   .time_ms = (int64_t)chance_below(3, 3, i, 5),
                                   .order = i,
                                   .code = (uint16_t)chance_below(3, 4, i, 8)};
        turned[COUNT - 1 - i] = given[i];
        turned_names[COUNT - 1 - i] = names[i];
    }
    const struct moments a = collect(&job, given, names, COUNT, ENCOUNTERS);
    const struct moments b = collect(&job, turned, turned_names, COUNT, ENCOUNTERS);
    for (uint32_t i = 0; i < COUNT; i++) {
        assert_int_equal(a.at[i].encounter, b.at[i].encounter);
        assert_int_equal(a.at[i].order, b.at[i].order);
        assert_int_equal(a.at[i].touchpoint, b.at[i].touchpoint);
        assert_true(a.starts[a.at[i].encounter] <= i && i < a.starts[a.at[i].encounter + 1]);
    }
    assert_int_equal(a.tied + b.tied, 0);
    job_end(&job);
}

/* "fails STATUS_DATA when TOUCHPOINTS_MAX is reached" */
static void touchpoints_have_a_ceiling(void **state)
{
    (void)state;
    struct job job;
    struct moment_list *list;
    uint32_t number;
    char name[24];
    job_begin(&job);
    assert_ok(&job, moment_list_create(&job.ctx, &list));
    for (uint32_t i = 0; i < TOUCHPOINTS_MAX; i++) {
        (void)snprintf(name, sizeof name, "t%u", i);
        assert_ok(&job, moment_list_touchpoint(&job.ctx, list, span_of(name), &number));
    }
    assert_int_equal(moment_list_touchpoint(&job.ctx, list, span_of("one more"), &number), STATUS_DATA);
    job_end(&job);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(moments_stand_in_order),
        cmocka_unit_test(the_order_of_rows_does_not_matter),
        cmocka_unit_test(touchpoints_have_a_ceiling),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
