/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A server keeps a study's retention by itself: nobody asks it to. */
#include "serve/housekeeping.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "store/study_rows.h"
#include "support/http_client.h"
#include "support/live_stage.h"

#define DAY INT64_C(86400000)

static enum status counts_read(struct ctx *ctx, struct desk *desk, struct store_session *session, void *state)
{
    struct live_study study;
    bool found = false;
    (void)desk;
    enum status status = study_by_name(ctx, session, span_of("counter"), &study, &found);
    return status ? status : study_counts(ctx, session, &study.id, state);
}

static void test_old_answers_go_by_themselves(void **state)
{
    (void)state;
    struct live_stage stage;
    struct http_server server;
    struct live_counts counts;
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
    assert_ok(&stage.job, desk_read(&stage.job.ctx, stage.desk, counts_read, &counts));
    assert_int_equal(counts.answered[WAVE_EXPECTATION], 0);
    assert_int_equal(counts.invited, 0);
    live_stage_end(&stage);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {cmocka_unit_test(test_old_answers_go_by_themselves)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
