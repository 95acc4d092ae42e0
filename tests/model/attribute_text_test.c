/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known of an encounter, as JSON. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "model/attribute_text.h"
#include "support/job_fixture.h"

static char seen[512];

static enum status note(struct ctx *ctx, void *state, struct span name, struct span value)
{
    (void)ctx;
    (void)state;
    size_t used = strlen(seen);
    (void)snprintf(seen + used, sizeof seen - used, "%.*s=%.*s;", (int)name.length, name.at, (int)value.length, value.at);
    return STATUS_OK;
}

static enum status read_all(struct job *job, const char *json)
{
    seen[0] = '\0';
    return attributes_each(&job->ctx, span_of(json), note, NULL);
}

/* "an object whose values are texts": each member, in its order, decoded */
static void test_members_are_handed_on(void **state)
{
    (void)state;
    static const struct {
        const char *json, *members;
    } cases[] = {
        {"", ""},
        {"{}", ""},
        {" { } ", ""},
        {"{\"branch\":\"Oslo\"}", "branch=Oslo;"},
        {" {\"a\" : \"1\" ,\n\"b\": \"\"} ", "a=1;b=;"},
        {"{\"q\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"}", "q=\"\\/\b\f\n\r\t;"},
        {"{\"u\":\"\\u00e6\\u20AC\\ud83d\\ude00A\\u0041\"}", "u=\xc3\xa6\xe2\x82\xac\xf0\x9f\x98\x80\x41\x41;"},
        {"{\"\xc3\xa6\":\"\xd8\xb9\"}", "\xc3\xa6=\xd8\xb9;"},
    };
    struct job job;
    job_begin(&job);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_ok(&job, read_all(&job, cases[i].json));
        assert_string_equal(seen, cases[i].members);
    }
    job_end(&job);
}

/* "STATUS_DATA when it is anything else" */
static void test_what_is_no_object_of_texts_is_refused(void **state)
{
    (void)state;
    static const char *const cases[] = {"null",
                                        "[]",
                                        "{",
                                        "{\"a\"",
                                        "{\"a\":",
                                        "{\"a\":1}",
                                        "{\"a\":\"1\"",
                                        "{\"a\":\"1\",}",
                                        "{,}",
                                        "{\"a\":\"1\"}x",
                                        "{\"a\" \"1\"}",
                                        "{\"a\":\"\\x\"}",
                                        "{\"a\":\"\\u12\"}",
                                        "{\"a\":\"\n\"}",
                                        "{\"a\":null}",
                                        "{\"a\":{}}",
                                        "{a:\"1\"}",
                                        "{\"a\":\"1\" \"b\":\"2\"}",
                                        "{\"a\":\"\\ud83d\"}",
                                        "{\"a\":\"\\ude00\"}",
                                        "{\"a\":\"\\ud83dx\"}",
                                        "{\"a\":\"\\ud83d\\u0041\"}",
                                        "{\"a\":\"\\u0000\"}",
                                        "}",
                                        "{\"a\":\"1"};
    struct job job;
    job_begin(&job);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (read_all(&job, cases[i]) != STATUS_DATA)
            fail_msg("%s was taken", cases[i]);
    job_end(&job);
}

static enum status stop(struct ctx *ctx, void *state, struct span name, struct span value)
{
    (void)name;
    (void)value;
    ++*(int *)state;
    return ctx_fail(ctx, STATUS_CANCELLED, NULL, "Enough.");
}

static void test_a_status_stops(void **state)
{
    (void)state;
    struct job job;
    int calls = 0;
    job_begin(&job);
    assert_int_equal(attributes_each(&job.ctx, span_of("{\"a\":\"1\",\"b\":\"2\"}"), stop, &calls), STATUS_CANCELLED);
    assert_int_equal(calls, 1);
    job_end(&job);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {cmocka_unit_test(test_members_are_handed_on),
                                              cmocka_unit_test(test_what_is_no_object_of_texts_is_refused),
                                              cmocka_unit_test(test_a_status_stops)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
