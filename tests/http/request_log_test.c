/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "no answers, addresses, tokens, mails in logs; control bytes escaped" (reliability, 5.8): a request is logged by the name of its
 * route; what the machine fails at is logged with its sentence, and not told to the reader. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <jansson.h>

#include "support/http_fork.h"

static enum status answer_handle(struct exchange *exchange)
{
    const struct form_field *fields = NULL;
    size_t count = 0;
    enum status status = exchange_form(exchange, &fields, &count);
    if (status != STATUS_OK)
        return status;
    reply_begin(exchange, 200, "text/plain");
    out_format(exchange->reply, "%zu fields", count);
    return STATUS_OK;
}

static enum status failing_handle(struct exchange *exchange)
{
    return ctx_fail(&exchange->ctx, STATUS_IO, NULL, "The disk of /srv/inner failed at byte 17.");
}

static const struct route answer_post = {.name = "answer",
                                         .method = METHOD_POST,
                                         .path = "/s/{token}",
                                         .body_bytes_max = 1000,
                                         .takes_type = "application/x-www-form-urlencoded",
                                         .gives_type = "text/html",
                                         .handle = answer_handle};
static const struct route failing_get = {.name = "failing", .method = METHOD_GET, .path = "/failing", .handle = failing_handle};
static const struct route *const routes[] = {&answer_post, &failing_get};

static struct scratch scratch;
static struct http_server server;

/* Asks this and that, stops the server, and gives what it logged. */
static char *logged(bool json)
{
    struct http_reply reply;
    size_t length;
    scratch_create(&scratch);
    http_fork(&server, &scratch, routes, sizeof routes / sizeof routes[0], &(const struct server_settings){.json_log = json});
    http_ask(&server, "POST", "/s/SECRETTOKEN?who=SECRETQUERY",
             "Content-Type: application/x-www-form-urlencoded; charset=utf-8\r\nX-Forwarded-For: 203.0.113.9\r\nUser-Agent: "
             "SECRETAGENT\r\n"
             "Authorization: Bearer SECRETKEY\r\n",
             "comment.why=SECRETANSWER", &reply);
    assert_int_equal(reply.status, 200);
    assert_string_equal(reply.body, "1 fields");
    http_reply_clear(&reply);
    http_ask(&server, "POST", "/s/SECRETTOKEN", "Content-Type: text/plain\r\n", "SECRETANSWER", &reply);
    assert_int_equal(reply.status, 415);
    http_reply_clear(&reply);
    http_ask(&server, "POST", "/s/SECRETTOKEN", "Content-Type: application/x-www-form-urlencoded\r\n", "SECRETANSWER=%zz",
             &reply);
    assert_int_equal(reply.status, 422);
    http_reply_clear(&reply);
    http_get(&server, "/SECRETPATH/%1b%5b31m", &reply);
    assert_int_equal(reply.status, 404);
    http_reply_clear(&reply);
    http_get(&server, "/failing", &reply);
    assert_int_equal(reply.status, 500);
    assert_null(strstr(reply.bytes, "/srv/inner"));
    http_reply_clear(&reply);
    assert_int_equal(http_server_stop(&server), 0);
    char *all = scratch_read(server.log, &length);
    scratch_destroy(&scratch);
    return all;
}

static void assert_no_secrets(const char *all)
{
    assert_null(strstr(all, "SECRET"));
    assert_null(strstr(all, "203.0.113.9"));
    for (const char *at = all; *at != '\0'; at++)
        assert_true(*at == '\n' || (unsigned char)*at >= 0x20);
}

static void plain_lines(void **state)
{
    (void)state;
    char *all = logged(false);
    assert_no_secrets(all);
    assert_non_null(strstr(all, "event=request number=1 method=POST route=answer status=200 us="));
    assert_non_null(strstr(all, "event=request number=4 method=GET route=none status=404 us="));
    assert_non_null(strstr(all, "event=failure number=5 route=failing sentence=\"The disk of /srv/inner failed at byte 17.\""));
    assert_non_null(strstr(all, "event=stopped requests=5"));
    free(all);
}

static void json_lines(void **state)
{
    (void)state;
    char *all = logged(true), *rest = NULL;
    size_t requests = 0;
    assert_no_secrets(all);
    for (char *line = strtok_r(all, "\n", &rest); line != NULL; line = strtok_r(NULL, "\n", &rest)) {
        json_t *value = json_loads(line, JSON_REJECT_DUPLICATES, NULL);
        assert_non_null(value);
        requests += strcmp(json_string_value(json_object_get(value, "event")), "request") == 0;
        json_decref(value);
    }
    assert_int_equal(requests, 5);
    free(all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(plain_lines), cmocka_unit_test(json_lines)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
