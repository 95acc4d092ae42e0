/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "A unique string in every personal field, erased, then no byte of it in the database, its WAL, backups made afterwards, logs and
 * exports": of a person who was invited, answered and was looked at through a running server, by every way that leaves something. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <jansson.h>

#include "support/http_client.h"
#include "support/live_stage.h"
#include "support/program_run.h"

/* What is hers alone: each is found before she is erased, and none after it. */
static const char *const needles[] = {"ysolde-n4mq7w", "m4ilq7w",  "ph0neq7w", "r3fq7w",
                                      "br4nchq7w",     "dr4ftq7w", "c0mmq7w",  "n0ticq7w"};
enum { NEEDLES = sizeof needles / sizeof *needles };

/* What came with her requests, and is stored nowhere. */
static const char *const passing[] = {"qu3ryq7w", "wr0ngq7w", "p4thq7w", "ag3ntq7w", "k3yq7w"};

#define OTHER "bjarne-stays" /* of somebody who is not erased: the search finds what is there */

#define PEOPLE                                                                                                                   \
    "name,email,phone,reference,branch\n"                                                                                        \
    "ysolde-n4mq7w,m4ilq7w@example.org,+47-ph0neq7w,r3fq7w,br4nchq7w\n"                                                          \
    "Bo,bo@example.org,," OTHER ",Oslo\n"

struct erased_person {
    struct live_stage stage;
    struct http_server server;
    char expectation[SECRET_TEXT_BYTES], perception[SECRET_TEXT_BYTES], key[SECRET_TEXT_BYTES];
    char encounter[UUID_TEXT_BYTES], receipt[40];
};

/* Runs gapmeter in the folder of the test, which must succeed.
 * gives   what it wrote, in the job's arena */
static const char *ran(struct erased_person *person, const char *const *arguments)
{
    struct program_run run;
    program_run(&run, &(const struct program_call){.arguments = arguments, .folder = person->stage.scratch.folder});
    if (run.exit_code != 0)
        print_error("%s %s: %s\n", arguments[0], arguments[1], run.err);
    assert_int_equal(run.exit_code, 0);
    const char *said = arena_copy(person->stage.job.ctx.arena, (struct span){run.out, run.out_length});
    program_run_clear(&run);
    return said;
}

#define RUN(person, ...) ran(person, (const char *const[]){__VA_ARGS__, "--db", "study.db", NULL})

/* The secret at the end of a link: of the last one but `later`. */
static void secret_take(char out[SECRET_TEXT_BYTES], const char *row, unsigned later)
{
    const char *at = row + strcspn(row, "\n");
    for (unsigned i = 0; i <= later; i++)
        do
            at--;
        while (at > row && memcmp(at, "/s/", 3) != 0);
    assert_true(at > row);
    (void)snprintf(out, SECRET_TEXT_BYTES, "%s", at + 3);
    assert_true(secret_well_formed(span_of(out)));
}

static void people_invite(struct erased_person *person)
{
    (void)scratch_write(&person->stage.scratch, "people.csv", PEOPLE);
    const char *said = RUN(person, "respondent", "invite", "counter", "--contacts", "people.csv");
    const char *row = strchr(said, '\n') + 1;
    (void)snprintf(person->encounter, sizeof person->encounter, "%s", row);
    secret_take(person->expectation, row, 1);
    secret_take(person->perception, row, 0);
    json_t *made = json_loads(RUN(person, "key", "create", "till", "--study", "counter", "--access", "write", "--json"), 0, NULL);
    assert_non_null(json_string_value(json_object_get(made, "key")));
    (void)snprintf(person->key, sizeof person->key, "%s", json_string_value(json_object_get(made, "key")));
    json_decref(made);
}

static void ask(struct erased_person *person, const char *method, const char *target, const char *fields, int wanted)
{
    struct http_reply reply;
    char lines[300];
    (void)snprintf(lines, sizeof lines, "User-Agent: ag3ntq7w\r\nAuthorization: Bearer %s\r\n%s", person->key,
                   fields ? "Content-Type: application/x-www-form-urlencoded\r\n" : "");
    http_ask(&person->server, method, target, lines, fields, &reply);
    if (reply.status != wanted)
        print_error("%s %s: %d\n", method, target, reply.status);
    assert_int_equal(reply.status, wanted);
    http_reply_clear(&reply);
}

/* A till sends her first form, and once more: the reply is kept for the time. */
static void till_answers(struct erased_person *person)
{
    struct arena *arena = person->stage.job.ctx.arena;
    const char *lines = arena_format(
        arena, "Authorization: Bearer %s\r\nIdempotency-Key: k3yq7w\r\nContent-Type: application/json\r\n", person->key);
    const char *body = arena_format(
        arena, "{\"wave\": \"expectation\", \"encounter\": \"%s\", \"answers\": {\"expectation.q1\": 4, \"expectation.q2\": 5}}",
        person->encounter);
    for (unsigned i = 0; i < 2; i++) {
        struct http_reply reply;
        http_ask(&person->server, "POST", "/api/v1/studies/counter/responses", lines, body, &reply);
        assert_int_equal(reply.status, 201);
        http_reply_clear(&reply);
    }
}

/* Both forms are answered, with a mistake and a break, and comes back to look; staff look her up by every name. */
static void she_answers(struct erased_person *person)
{
    struct arena *arena = person->stage.job.ctx.arena;
    const char *before = arena_format(arena, "/s/%s?lang=en&from=qu3ryq7w", person->expectation);
    const char *after = arena_format(arena, "/s/%s?lang=en", person->perception);
    ask(person, "GET", before, NULL, 200);
    till_answers(person);
    ask(person, "GET", before, NULL, 200);
    (void)RUN(person, "respondent", "end", "counter", person->encounter);
    ask(person, "POST", after, "perception.q1=2&comment.why=dr4ftq7w&_do=save", 303);
    ask(person, "GET", after, NULL, 200);
}

static void she_finishes(struct erased_person *person)
{
    struct arena *arena = person->stage.job.ctx.arena;
    const char *after = arena_format(arena, "/s/%s?lang=en", person->perception);
    ask(person, "POST", after, "perception.q1=wr0ngq7w&comment.why=c0mmq7w", 422);
    ask(person, "POST", after, "perception.q1=2&perception.q2=3&outcome.satisfaction=4&comment.why=c0mmq7w&noticed=n0ticq7w",
        303);
    ask(person, "GET", after, NULL, 200);
    ask(person, "GET", "/api/v1/studies/counter/respondents/m4ilq7w@example.org", NULL, 200);
    ask(person, "GET", "/api/v1/studies/counter/respondents/r3fq7w/export", NULL, 200);
    ask(person, "GET", "/p4thq7w", NULL, 404);
    json_t *all = json_loads(RUN(person, "respondent", "export", "counter", "r3fq7w"), 0, NULL);
    const json_t *forms = json_object_get(json_array_get(json_object_get(all, "encounters"), 0), "forms");
    assert_int_equal(json_array_size(forms), 2);
    (void)snprintf(person->receipt, sizeof person->receipt, "%s",
                   json_string_value(json_object_get(json_array_get(forms, 0), "receipt")));
    json_decref(all);
}

/* A page or table of the server, as a file. */
static void page_keep(struct erased_person *person, const char *name, const char *target)
{
    struct http_reply reply;
    char lines[100];
    (void)snprintf(lines, sizeof lines, "Authorization: Bearer %s\r\n", person->key);
    http_ask(&person->server, "GET", target, lines, NULL, &reply);
    assert_int_equal(reply.status, 200);
    (void)scratch_write_bytes(&person->stage.scratch, name, reply.body, reply.body_length);
    http_reply_clear(&reply);
}

/* Everything that can be written out, in files whose names begin so. */
static void write_out(struct erased_person *person, const char *begins)
{
    static const struct {
        const char *name, *target;
    } pages[] = {{"responses.csv", "/api/v1/studies/counter/responses.csv"},
                 {"people", "/api/v1/studies/counter/respondents"},
                 {"events", "/api/v1/studies/counter/events"},
                 {"page.html", "/studies/counter/report.html"},
                 {"page.json", "/studies/counter/report.json"},
                 {"metrics", "/metrics"}};
    struct arena *arena = person->stage.job.ctx.arena;
    const char *const said[] = {
        RUN(person, "respondent", "list", "counter", "--json"), RUN(person, "respondent", "list", "counter", "--csv"),
        RUN(person, "study", "events", "counter", "--json"),    RUN(person, "study", "events", "counter", "--csv"),
        RUN(person, "study", "show", "counter", "--json"),      RUN(person, "study", "list", "--json"),
        RUN(person, "door", "list", "counter", "--json"),       RUN(person, "key", "list", "--json")};
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        (void)scratch_write(&person->stage.scratch, arena_format(arena, "%s-said%zu", begins, i), said[i]);
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        page_keep(person, arena_format(arena, "%s-%s", begins, pages[i].name), pages[i].target);
    (void)RUN(person, "study", "responses", "counter", "-o", arena_format(arena, "%s-answers.csv", begins));
    (void)RUN(person, "study", "file", "counter", "-o", arena_format(arena, "%s-file.json", begins));
    (void)RUN(person, "backup", "-o", arena_format(arena, "%s-copy.db", begins));
    static const char *const forms[] = {"html", "json"};
    for (size_t i = 0; i < 2; i++)
        (void)ran(person, (const char *const[]){"report", "study.db", "--study", "counter", "--min-cell", "1", "-o",
                                                arena_format(arena, "%s-report.%s", begins, forms[i]), NULL});
}

static size_t found(const struct erased_person *person, const char *begins, const char *text)
{
    return scratch_bytes_find(&person->stage.scratch, begins, text, strlen(text));
}

/* Nothing of her stands in the files whose names begin so. */
static void assert_nothing_in(const struct erased_person *person, const char *begins)
{
    const char *const made[] = {person->expectation, person->perception, person->receipt};
    for (size_t i = 0; i < NEEDLES + 3; i++) {
        const char *text = i < NEEDLES ? needles[i] : made[i - NEEDLES];
        if (found(person, begins, text) > 0)
            print_error("%s stands in %s\n", text, begins);
        assert_int_equal(found(person, begins, text), 0);
    }
    for (size_t i = 0; i < sizeof passing / sizeof *passing; i++)
        assert_int_equal(found(person, begins, passing[i]), 0);
}

/* The last files that she must be found in before: what is stored of her can be found by this search at all. */
static void assert_all_before(const struct erased_person *person)
{
    for (size_t i = 0; i < NEEDLES; i++) {
        if (found(person, "study.db", needles[i]) == 0)
            print_error("%s was never stored\n", needles[i]);
        assert_true(found(person, "study.db", needles[i]) > 0);
    }
    assert_true(found(person, "study.db", person->receipt) > 0);
    assert_true(found(person, "before", "m4ilq7w") > 0);
    assert_true(found(person, "before", "c0mmq7w") > 0);
    assert_true(found(person, "before-copy.db", "ysolde-n4mq7w") > 0);
    assert_true(strlen(person->receipt) == 14);
}

static void person_begin(struct erased_person *person, const char *log)
{
    live_stage_begin(&person->stage, "{\"ask_noticed\": true}");
    desk_close(person->stage.desk);
    http_server_start(&person->server, &person->stage.scratch, person->stage.path, (const char *const[]){"--log", log, NULL});
    people_invite(person);
    she_answers(person);
}

/* The server is through with it: no trace in the store, within 30 s. */
static void traces_await(const struct erased_person *person)
{
    for (unsigned tried = 0; tried < 300 && found(person, "study.db", "q7w") > 0; tried++)
        (void)usleep(100000);
}

/* What is written out afterwards, the log, and the store when the server is gone; then an old copy is put back. */
static void assert_erased(struct erased_person *person)
{
    assert_nothing_in(person, "study.db");
    write_out(person, "after");
    assert_nothing_in(person, "after");
    assert_true(found(person, "after", OTHER) > 1);
    assert_true(found(person, "after-copy.db", OTHER) > 0);
    assert_int_equal(http_server_stop(&person->server), 0);
    assert_nothing_in(person, "study.db");
    assert_true(found(person, "study.db", OTHER) > 0);
    assert_true(found(person, "log", "respondent") > 0);
    assert_nothing_in(person, "log");
    (void)RUN(person, "restore", "before-copy.db", "--replace");
    assert_nothing_in(person, "study.db");
    assert_true(found(person, "study.db", OTHER) > 0);
}

static void test_erased_by_command_line(void **state)
{
    (void)state;
    static struct erased_person person;
    person_begin(&person, "logfmt");
    she_finishes(&person);
    write_out(&person, "before");
    assert_all_before(&person);
    (void)RUN(&person, "respondent", "erase", "counter", "m4ilq7w@example.org");
    assert_erased(&person);
    live_stage_end(&person.stage);
}

/* A program erases: the server leaves no byte soon after. */
static void test_erased_by_program(void **state)
{
    (void)state;
    static struct erased_person person;
    person_begin(&person, "json");
    she_finishes(&person);
    write_out(&person, "before");
    assert_all_before(&person);
    ask(&person, "DELETE", "/api/v1/studies/counter/respondents/r3fq7w", NULL, 200);
    traces_await(&person);
    assert_erased(&person);
    live_stage_end(&person.stage);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {cmocka_unit_test(test_erased_by_command_line),
                                              cmocka_unit_test(test_erased_by_program)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
