/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "General JSON with strict checking: an unknown member is 400 and named; duplicates refused; depth, size, UTF-8; the place in the
 * message. Idempotency-Key. 201 only after the commit." (interface, HTTP; reliability, case 26) */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "support/key_stage.h"

static struct key_stage stage;

static int stage_set_up(void **state)
{
    (void)state;
    key_stage_begin(&stage);
    return 0;
}

static int stage_tear_down(void **state)
{
    (void)state;
    key_stage_end(&stage);
    return 0;
}

/* What is sent beside a path. */
struct sending {
    const char *method, *path, *lines, *body;
    enum live_caller caller;
};

/* Sends, checks the status, and gives the body as JSON, to be given to json_decref. */
static json_t *send(const struct sending *sending, int wanted)
{
    char lines[600];
    struct http_reply reply;
    json_error_t error;
    (void)snprintf(lines, sizeof lines, "%s%s%s", key_stage_authorization(&stage, sending->caller),
                   sending->body ? "Content-Type: application/json\r\n" : "", sending->lines ? sending->lines : "");
    http_ask(&stage.server, sending->method, sending->path, lines, sending->body, &reply);
    if (reply.status != wanted)
        print_error("%s %s: %d %s\n", sending->method, sending->path, reply.status, reply.body ? reply.body : "");
    assert_int_equal(reply.status, wanted);
    json_t *value = json_loadb(reply.body, reply.body_length, JSON_REJECT_DUPLICATES, &error);
    assert_non_null(value);
    const char *type = http_header(&reply, "Content-Type");
    assert_non_null(strstr(type, wanted >= 400 ? "application/problem+json" : "application/json"));
    assert_string_equal(http_header(&reply, "Cache-Control"), "no-store");
    http_reply_clear(&reply);
    return value;
}

static json_t *post(const char *path, const char *body, int wanted)
{
    return send(&(struct sending){.method = "POST", .path = path, .body = body, .caller = CALLER_WRITES}, wanted);
}

static json_t *answer(const char *once, const char *body, int wanted)
{
    char lines[200];
    (void)snprintf(lines, sizeof lines, "Idempotency-Key: %s\r\n", once);
    return send(
        &(struct sending){
            .method = "POST", .path = "/api/v1/studies/ourstd/responses", .lines = lines, .body = body, .caller = CALLER_WRITES},
        wanted);
}

static json_t *get(const char *path, int wanted)
{
    return send(&(struct sending){.method = "GET", .path = path, .caller = CALLER_READS}, wanted);
}

static void refused(json_t *problem, const char *says)
{
    const char *detail = json_string_value(json_object_get(problem, "detail"));
    if (!detail || !strstr(detail, says))
        print_error("\"%s\" does not say \"%s\"\n", detail ? detail : "", says);
    assert_non_null(detail);
    assert_non_null(strstr(detail, says));
    json_decref(problem);
}

/* Invites one and gives the encounter's id. */
static void invite(char encounter[UUID_TEXT_BYTES])
{
    json_t *made = post("/api/v1/studies/ourstd/invitations",
                        "{\"email\": \"ada@example.org\", \"attributes\": {\"branch\": \"Oslo\"}}", 201);
    const json_t *one = json_array_get(json_object_get(made, "invitations"), 0);
    const char *link = json_string_value(json_object_get(one, "expectation"));
    assert_int_equal(json_array_size(json_object_get(made, "invitations")), 1);
    assert_non_null(link);
    assert_non_null(strstr(link, "/s/"));
    assert_true(strncmp(link, "http://127.0.0.1:", 17) == 0);
    (void)snprintf(encounter, UUID_TEXT_BYTES, "%s", json_string_value(json_object_get(one, "encounter")));
    json_decref(made);
}

static void both_waves_by_program(void **state)
{
    (void)state;
    char encounter[UUID_TEXT_BYTES], body[600], path[200];
    invite(encounter);
    (void)snprintf(
        body, sizeof body,
        "{\"wave\": \"expectation\", \"encounter\": \"%s\", \"answers\": {\"expectation.q1\": 6, \"expectation.q2\": \"7\", "
        "\"expectation.q3\": null, \"expectation.q4\": \"na\"}}",
        encounter);
    json_t *stored = answer("one", body, 201);
    assert_string_equal(json_string_value(json_object_get(stored, "phase")), "before");
    char receipt[40];
    (void)snprintf(receipt, sizeof receipt, "%s", json_string_value(json_object_get(stored, "receipt")));
    json_decref(stored);
    /* "The same key with the same body gives the same receipt and stores nothing again." */
    stored = answer("one", body, 201);
    assert_string_equal(json_string_value(json_object_get(stored, "receipt")), receipt);
    assert_string_equal(json_string_value(json_object_get(stored, "encounter")), encounter);
    assert_string_equal(json_string_value(json_object_get(stored, "phase")), "before");
    json_decref(stored);
    /* Another key: the form was answered. */
    refused(answer("two", body, 409), "answered already");
    (void)snprintf(path, sizeof path, "/api/v1/studies/ourstd/encounters/%s/end", encounter);
    json_t *ended = post(path, "{}", 200);
    assert_int_equal(json_integer_value(json_object_get(ended, "opened")), 1);
    json_decref(ended);
    (void)snprintf(
        body, sizeof body,
        "{\"wave\": \"perception\", \"encounter\": \"%s\", \"answers\": {\"perception.q1\": 5, \"outcome.satisfaction\": 8, "
        "\"comment.why\": \"Fine.\"}, \"seconds\": 40}",
        encounter);
    stored = answer("three", body, 201);
    assert_string_equal(json_string_value(json_object_get(stored, "phase")), "after");
    json_decref(stored);
    json_t *study = get("/api/v1/studies/ourstd", 200);
    assert_int_equal(json_integer_value(json_object_get(json_object_get(study, "counts"), "paired")), 1);
    json_decref(study);
}

/* The same key with another body is refused, and wrong answers are all told, with their fields. */
static void answers_are_checked(void **state)
{
    (void)state;
    char body[300];
    (void)snprintf(body, sizeof body, "{\"wave\": \"perception\", \"answers\": {\"perception.q1\": 3}}");
    json_t *first_time = answer("same", body, 201), *second_time = answer("same", body, 201);
    assert_true(json_equal(first_time, second_time));
    assert_true(json_is_string(json_object_get(second_time, "encounter")));
    json_decref(first_time);
    json_decref(second_time);
    json_t *problem = answer("same", "{\"wave\": \"perception\", \"answers\": {\"perception.q1\": 4}}", 422);
    json_decref(problem);
    problem = answer(
        "bad", "{\"wave\": \"perception\", \"answers\": {\"perception.q1\": 9, \"perception.q9\": 1, \"perception.q2\": 2.5}}",
        422);
    assert_true(json_array_size(json_object_get(problem, "problems")) >= 3);
    const json_t *first = json_array_get(json_object_get(problem, "problems"), 0);
    assert_true(json_is_string(json_object_get(first, "sentence")));
    json_decref(problem);
    refused(answer("odd", "{\"wave\": \"perception\", \"answers\": {\"perception.q1\": {\"a\": 1}}}", 422),
            "neither text nor a number");
    refused(answer("other", "{\"wave\": \"perception\", \"answers\": {}, \"language\": \"tlh\"}", 422),
            "does not speak this language");
    refused(answer("door", "{\"wave\": \"perception\", \"answers\": {\"_website\": \"x\"}}", 422), "is no field of a form");
    refused(answer("same", "{\"wave\": \"perception\", \"answers\": {\"perception.q1\": 3}, \"answered\": \"2026-01-01\"}", 422),
            "other answers before");
    refused(answer("when", "{\"wave\": \"later\", \"answers\": {}}", 422), "expectation, during and perception");
    refused(post("/api/v1/studies/ourstd/responses", "{\"wave\": \"perception\", \"answers\": {}}", 400),
            "Idempotency-Key is missing");
}

/* What a body must not be, and how the reply says where. */
static void bodies_are_strict(void **state)
{
    static const char path[] = "/api/v1/studies/ourstd/invitations";
    static const struct {
        const char *body;
        int status;
        const char *says;
    } cases[] = {
        {"{\"email\": \"a@b.c\", \"role\": 1}", 400, "\"role\" is not a member that is known here"},
        {"{\"emial\": \"a@b.c\"}", 400, "did you mean \"email\"?"},
        {"{\"email\": \"a\", \"email\": \"b\"}", 400, "line 1, column"},
        {"{\"email\": 5}", 400, "\"email\" has the wrong kind of value: text belongs there."},
        {"{\"email\": null}", 400, "\"email\" has the wrong kind"},
        {"{\"study\": \"theirs\"}", 400, "given by the address"},
        {"{\"count\": 1e999}", 400, "line 1, column"},
        {"{\"count\": 99999999999999999999}", 400, "line 1, column"},
        {"{\"count\": 1.0}", 400, "a whole number belongs there"},
        {"{\"count\": 0}", 422, "1 to 10000"},
        {"{\n \"count\": 1,\n}", 400, "line 3, column"},
        {"{\"count\": 1} {}", 400, "line 1, column"},
        {"[1]", 400, "no JSON object"},
        {"nonsense", 400, "line 1, column"},
        {"{\"name\": \"\xff\"}", 400, "not JSON"},
        {"{\"name\": \"\xed\xa0\x80\"}", 400, "not JSON"},
        {"{\"name\": \"\\ud800\"}", 400, "not JSON"},
        {"{\"name\": \"a\\u0000b\"}", 400, "not JSON"},
        {"{\"respondents\": []}", 422, "1 to 10000 respondents"},
        {"{\"respondents\": [{\"salt\": 1}]}", 422, "\"salt\" of element 1"},
        {"{\"respondents\": [{}], \"count\": 2}", 422, "either a list"},
        {"{\"attributes\": {\"branch\": 5}}", 422, "short text"},
        {"{\"planned\": \"tomorrow\"}", 422, "2026-12-01T10:00:00Z"},
    };
    (void)state;
    struct span before = key_stage_bytes(&stage);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        refused(post(path, cases[i].body, cases[i].status), cases[i].says);
    static char deep[100000];
    memset(deep, '[', sizeof deep - 1);
    memcpy(deep, "{\"a\":", 5);
    refused(post(path, deep, 400), "within each other");
    struct span after = key_stage_bytes(&stage);
    assert_true(span_equal(before, after));
}

static void other_kinds_of_requests(void **state)
{
    struct http_reply reply;
    char lines[300];
    (void)state;
    (void)snprintf(lines, sizeof lines, "%sContent-Type: text/plain\r\n", key_stage_authorization(&stage, CALLER_WRITES));
    http_ask(&stage.server, "POST", "/api/v1/studies/ourstd/invitations", lines, "{}", &reply);
    assert_int_equal(reply.status, 415);
    http_reply_clear(&reply);
    json_decref(get("/api/v1/studies/ourstd/respondents?limit=1", 200));
    refused(get("/api/v1/studies/ourstd/respondents?limit=x", 400), "a whole number belongs there");
    refused(get("/api/v1/studies/ourstd/respondents?limit=1&limit=2", 400), "given twice");
    refused(get("/api/v1/studies/ourstd/respondents?salt=1", 400), "\"salt\" in the query is not known");
    refused(post("/api/v1/studies/ourstd/close?really=1", "{}", 400), "Nothing is taken from the query");
    /* A list of one page says where the next begins. */
    json_t *page = get("/api/v1/studies/ourstd/respondents?limit=1", 200);
    assert_int_equal(json_array_size(json_object_get(page, "respondents")), 1);
    char path[200];
    (void)snprintf(path, sizeof path, "/api/v1/studies/ourstd/respondents?limit=1&after=%s",
                   json_string_value(json_object_get(page, "next")));
    json_t *next = get(path, 200);
    assert_false(json_equal(json_object_get(page, "respondents"), json_object_get(next, "respondents")));
    json_decref(page);
    json_decref(next);
}

/* A study made, changed, closed and opened; doors; all through the API with a key for all studies. */
static void a_study_through_its_life(void **state)
{
    (void)state;
    size_t length = 0;
    char *file = scratch_read(GAPMETER_SOURCE_DIR "/tests/studies/live_counter.json", &length);
    char *body = malloc(length + 200);
    assert_non_null(body);
    (void)snprintf(body, length + 200, "{\"name\": \"fresh\", \"definition\": %s}", file);
    struct sending sending = {.method = "POST", .path = "/api/v1/studies", .body = body, .caller = CALLER_ALL};
    json_t *made = send(&sending, 201);
    assert_string_equal(json_string_value(json_object_get(made, "state")), "open");
    json_decref(made);
    refused(send(&sending, 422), "fresh");
    sending.caller = CALLER_WRITES;
    refused(send(&sending, 403), "for all studies");
    (void)snprintf(body, length + 200, "{\"definition\": %s}", file);
    sending = (struct sending){.method = "PUT", .path = "/api/v1/studies/fresh", .body = body, .caller = CALLER_ALL};
    made = send(&sending, 200);
    assert_int_equal(json_integer_value(json_object_get(made, "version")), 2);
    json_decref(made);
    sending = (struct sending){.method = "POST", .path = "/api/v1/studies/fresh/close", .caller = CALLER_ALL};
    json_decref(send(&sending, 200));
    sending = (struct sending){.method = "POST", .path = "/api/v1/studies/fresh/invitations", .body = "{}", .caller = CALLER_ALL};
    refused(send(&sending, 422), "closed");
    free(file);
    free(body);
}

/* What analyses leave out has a table of its own: the query names the phase, and one that there is not is told. */
static void answers_of_one_phase(void **state)
{
    (void)state;
    struct http_reply reply;
    const char *lines = key_stage_authorization(&stage, CALLER_READS);
    http_ask(&stage.server, "GET", "/api/v1/studies/ourstd/responses.csv?phase=late", lines, NULL, &reply);
    assert_int_equal(reply.status, 200);
    assert_non_null(strstr(reply.body, ",phase\n"));
    http_reply_clear(&reply);
    http_ask(&stage.server, "GET", "/api/v1/studies/ourstd/responses.csv", lines, NULL, &reply);
    assert_int_equal(reply.status, 200);
    assert_null(strstr(reply.body, "phase"));
    http_reply_clear(&reply);
    refused(get("/api/v1/studies/ourstd/responses.csv?phase=after", 422), "before, late, recalled and during are accepted");
    refused(get("/api/v1/studies/ourstd/responses.csv?phases=late", 400), "phases");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_waves_by_program),    cmocka_unit_test(answers_are_checked),
        cmocka_unit_test(bodies_are_strict),        cmocka_unit_test(other_kinds_of_requests),
        cmocka_unit_test(a_study_through_its_life), cmocka_unit_test(answers_of_one_phase),
    };
    return cmocka_run_group_tests(tests, stage_set_up, stage_tear_down);
}
