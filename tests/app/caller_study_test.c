/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "API keys scoped to studies": which study a caller may touch, and that the refusal does not tell whether there is one. */
#include "app/caller_study.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "store/key_rows.h"
#include "support/live_stage.h"

struct calling {
    struct caller caller;
    const struct uuid *studies;
    size_t count;
    const char *name;
    struct live_study found;
};

static enum status key_make(struct ctx *ctx, struct desk *desk, struct store_session *session, void *state)
{
    struct calling *calling = state;
    (void)desk;
    uuid_ordered(&calling->caller.key.id);
    secret_bytes(calling->caller.key.hash.bytes, sizeof calling->caller.key.hash.bytes);
    return key_add(ctx, session, &calling->caller.key, calling->studies, calling->count);
}

static enum status call(struct ctx *ctx, struct desk *desk, struct store_session *session, void *state)
{
    struct calling *calling = state;
    (void)desk;
    return caller_study(ctx, session, &calling->caller, span_of(calling->name), &calling->found);
}

/* Whether the caller may touch the study of a name; if not, the sentence is always the same. */
static bool may(struct live_stage *stage, struct calling *calling, const char *name)
{
    calling->name = name;
    enum status status = desk_read(&stage->job.ctx, stage->desk, call, calling);
    if (status == STATUS_OK) {
        assert_string_equal(calling->found.name, name);
        return true;
    }
    assert_int_equal(status, STATUS_NO_INPUT);
    assert_string_equal(stage->job.ctx.error.sentence,
                        arena_format(stage->job.ctx.arena, "There is no study called \"%.64s\" here.", name));
    return false;
}

static void test_who_may(void **state)
{
    (void)state;
    struct live_stage stage;
    live_stage_begin(&stage, "{}");
    const struct live_study beside = live_stage_add(&stage, "beside", live_stage_file(&stage, "{}"));
    const struct uuid both[] = {stage.study.id, beside.id};
    struct calling callers[] = {
        {.caller = {.kind = CALLER_OPERATOR}},
        {.caller = {.kind = CALLER_KEY, .key = {.name = "every", .all_studies = true}}},
        {.caller = {.kind = CALLER_KEY, .key = {.name = "two"}}, .studies = both, .count = 2},
        {.caller = {.kind = CALLER_KEY, .key = {.name = "one"}}, .studies = both, .count = 1},
        {.caller = {.kind = CALLER_KEY, .key = {.name = "none"}}},
    };
    static const bool touch[][2] = {{true, true}, {true, true}, {true, true}, {true, false}, {false, false}};
    static const char long_name[] = "a-name-that-is-much-longer-than-the-sixty-four-bytes-which-a-refusal-says-again";
    for (size_t i = 0; i < sizeof callers / sizeof *callers; i++) {
        if (i > 0)
            assert_ok(&stage.job, desk_write(&stage.job.ctx, stage.desk, key_make, &callers[i]));
        assert_int_equal(may(&stage, &callers[i], "counter"), touch[i][0]);
        assert_int_equal(may(&stage, &callers[i], "beside"), touch[i][1]);
        assert_false(may(&stage, &callers[i], "nowhere"));
        assert_false(may(&stage, &callers[i], ""));
        assert_false(may(&stage, &callers[i], long_name));
    }
    live_stage_end(&stage);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {cmocka_unit_test(test_who_may)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
