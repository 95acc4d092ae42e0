/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a server does by itself: retention, and emptying the log of its store. */
#include "serve/housekeeping.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "support/http_fork.h"
#include "support/live_stage.h"

#define DAY INT64_C(86400000)

static void test_old_answers_go_by_themselves(void **state)
{
    (void)state;
    struct live_stage stage;
    struct http_server server;
    size_t length = 0;
    live_stage_begin(&stage, "{\"retention_days\": 1}");
    struct invitation made = live_stage_invite(&stage, &(struct invitation_request){.planned_ms = 0});
    assert_int_equal(live_stage_answer_token(&stage, made.expectation, "expectation.q1=5").outcome, SUBMISSION_STORED);
    desk_close(stage.desk);
    live_stage_clock(LIVE_NOON + 2 * DAY);
    http_server_start(&server, &stage.scratch, stage.path, NULL);
    char *log = scratch_read(server.log, &length);
    for (unsigned tried = 0; strstr(log, "housekeeping") == NULL && tried < 100; tried++) {
        free(log);
        (void)usleep(200000);
        log = scratch_read(server.log, &length);
    }
    assert_non_null(strstr(log, "erased=1"));
    free(log);
    assert_int_equal(http_server_stop(&server), 0);
    assert_ok(&stage.job, desk_open(&stage.job.ctx, stage.path, DESK_READ, "a test", &stage.desk));
    struct live_counts counts = live_stage_counts(&stage);
    assert_int_equal(counts.answered[WAVE_EXPECTATION], 0);
    assert_int_equal(counts.invited, 0);
    live_stage_end(&stage);
}

static enum status clock_handle(struct exchange *exchange)
{
    live_stage_clock(LIVE_NOON + 400 * DAY);
    reply_begin(exchange, 200, "text/plain");
    return STATUS_OK;
}

static const struct route clock_route = {
    .name = "clock", .method = METHOD_GET, .path = "/clock", .gives_type = "text/plain", .handle = clock_handle};

/* "Clock jumps forward": what is erased does not come back, and so a clock that was set is not believed at once. */
static void test_a_clock_that_was_set_erases_nothing(void **state)
{
    (void)state;
    struct live_stage stage;
    struct http_server server;
    struct http_reply reply;
    const struct route *const routes[] = {&clock_route};
    size_t length = 0;
    live_stage_begin(&stage, "{\"retention_days\": 1}");
    struct invitation made = live_stage_invite(&stage, &(struct invitation_request){.planned_ms = 0});
    assert_int_equal(live_stage_answer_token(&stage, made.expectation, "expectation.q1=5").outcome, SUBMISSION_STORED);
    desk_close(stage.desk);
    http_fork(&server, &stage.scratch, routes, 1, &(const struct server_settings){.store_path = stage.path});
    http_get(&server, "/clock", &reply);
    assert_int_equal(reply.status, 200);
    http_reply_clear(&reply);
    char *log = scratch_read(server.log, &length);
    for (unsigned tried = 0; strstr(log, "housekeeping") == NULL && tried < 100; tried++) {
        free(log);
        (void)usleep(200000);
        log = scratch_read(server.log, &length);
    }
    assert_non_null(strstr(log, "the clock was set"));
    assert_null(strstr(log, "erased="));
    free(log);
    assert_int_equal(http_server_stop(&server), 0);
    assert_ok(&stage.job, desk_open(&stage.job.ctx, stage.path, DESK_READ, "a test", &stage.desk));
    assert_int_equal(live_stage_counts(&stage).answered[WAVE_EXPECTATION], 1);
    live_stage_end(&stage);
}

/* Is the log of the store empty within so many tenths of a second? */
static bool log_empties(const struct live_stage *stage, unsigned tenths)
{
    const char *path = arena_format(stage->job.ctx.arena, "%s-wal", stage->path);
    for (unsigned tried = 0; tried < tenths; tried++) {
        struct stat log;
        assert_int_equal(stat(path, &log), 0);
        if (log.st_size == 0)
            return true;
        (void)usleep(100000);
    }
    return false;
}

/* "The write-ahead log of a running server is emptied every few seconds after answers": of an anonymous study, and again after the next
 * answer; that of a named one stays. */
static void test_the_log_is_emptied_after_anonymous_answers(void **state)
{
    (void)state;
    for (unsigned named = 0; named < 2; named++) {
        struct live_stage stage;
        struct http_server server;
        struct invitation made[2];
        live_stage_begin(&stage, named ? "{\"identity\": \"named\"}" : "{\"identity\": \"anonymous\"}");
        for (unsigned i = 0; i < 2; i++)
            made[i] = live_stage_invite(&stage, &(struct invitation_request){.planned_ms = 0});
        desk_close(stage.desk);
        http_server_start(&server, &stage.scratch, stage.path, NULL);
        for (unsigned i = 0; i < 2 - named; i++) {
            struct http_reply reply;
            http_post_form(&server, arena_format(stage.job.ctx.arena, "/s/%s", made[i].expectation), "expectation.q1=4", &reply);
            assert_int_equal(reply.status, named ? 303 : 200);
            http_reply_clear(&reply);
            assert_int_equal(log_empties(&stage, named ? 70 : 300), !named);
        }
        assert_int_equal(http_server_stop(&server), 0);
        live_stage_end(&stage);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {cmocka_unit_test(test_old_answers_go_by_themselves),
                                              cmocka_unit_test(test_a_clock_that_was_set_erases_nothing),
                                              cmocka_unit_test(test_the_log_is_emptied_after_anonymous_answers)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
