/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Live results … from one consistent snapshot, the same recipes and the same bytes as `gapmeter analyze study.db`, small-cell rule
 * in force", while a writer goes on. */
#include <jansson.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "model/renderer.h"
#include "serve/analysis_query.h"
#include "serve/route.h"
#include "support/live_store.h"
#include "support/load_client.h"
#include "support/program_run.h"
#include "support/scratch_folder.h"
#include "support/server_process.h"

enum { WRITERS = 4, LOOKS = 40, TINY = 3 };

/* What one request got. */
struct fetched {
    const char *path, *key;
    int status;
    char *head, *body; /* one piece of memory: free(head) */
    size_t body_length;
};

static size_t fetch_write(void *state, uint64_t number, char *into, size_t room)
{
    const struct fetched *fetched = state;
    (void)number;
    return (size_t)snprintf(into, room, "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\n%s%s%s\r\n", fetched->path,
                            fetched->key ? "Authorization: Bearer " : "", fetched->key ? fetched->key : "",
                            fetched->key ? "\r\n" : "");
}

static void fetch_note(void *state, const struct load_reply *reply)
{
    struct fetched *fetched = state;
    fetched->status = reply->status;
    fetched->head = malloc(reply->length + 1);
    assert_non_null(fetched->head);
    memcpy(fetched->head, reply->bytes, reply->length + 1);
    char *end = strstr(fetched->head, "\r\n\r\n");
    assert_non_null(end);
    *end = '\0';
    fetched->body = end + 4;
    fetched->body_length = reply->length - (size_t)(fetched->body - fetched->head);
}

/* GETs a path with a key, or NULL. */
static struct fetched fetch(unsigned port, const char *key, const char *path)
{
    struct fetched fetched = {.path = path, .key = key};
    struct load_result result;
    const struct load_plan plan = {
        .port = port, .connections = 1, .requests = 1, .write = fetch_write, .told = fetch_note, .state = &fetched};
    load_run(&plan, &result);
    assert_int_equal(result.lost, 0);
    return fetched;
}

static void assert_refused(unsigned port, const char *key, const char *path, int status, const char *words)
{
    struct fetched fetched = fetch(port, key, path);
    if (fetched.status != status || !strstr(fetched.body, words))
        fail_msg("%s: %d %s", path, fetched.status, fetched.body);
    free(fetched.head);
}

/* A study that asks for both sides in one form, so that what is stored together balances. */
static const char definition[] =
    "{\"gapmeter\": 1, \"title\": \"Balance\", \"design\": {\"expectation\": \"will\", \"asked\": \"same sitting\"},"
    "\"scale\": {\"min\": 1, \"max\": 7, \"labels\": {\"1\": \"no\", \"7\": \"yes\"}},"
    "\"dimensions\": [{\"id\": \"d1\", \"title\": \"First\"}, {\"id\": \"d2\", \"title\": \"Second\"}],"
    "\"items\": [{\"id\": \"q1\", \"text\": \"one\", \"dimension\": \"d1\"}, {\"id\": \"q2\", \"text\": \"two\", \"dimension\": "
    "\"d1\"}, {\"id\": \"q3\", \"text\": \"three\", \"dimension\": \"d2\"}, {\"id\": \"q4\", \"text\": \"four\", \"dimension\": "
    "\"d2\"}],"
    "\"columns\": {\"respondent\": \"id\", \"expectation\": \"e_{id}\", \"perception\": \"p_{id}\", \"segments\": [\"branch\"]},"
    "\"collection\": {\"identity\": \"named\"}}";

struct fixture {
    struct scratch scratch;
    char path[SCRATCH_ROOM];
    char key[64], foreign[64]; /* of the studies "balance" and "other" */
    struct server_process server;
    bool other;       /* answers go to the other study */
    uint64_t written; /* answers stored before the writer began */
};

static void key_make(const struct fixture *fixture, const char *name, const char *study, char into[64])
{
    json_t *made = live_store_ask(fixture->path, "key_create",
                                  json_pack("{s:s, s:s, s:[s]}", "name", name, "access", "write", "studies", study));
    (void)snprintf(into, 64, "%s", json_string_value(json_object_get(made, "key")));
    json_decref(made);
}

static int fixture_make(void **state)
{
    static struct fixture fixture;
    static const char *const names[] = {"balance", "other"};
    *state = &fixture;
    /* documents that bear a date bear the same one, whoever writes them */
    assert_int_equal(setenv("SOURCE_DATE_EPOCH", "1767225600", 1), 0);
    scratch_create(&fixture.scratch);
    (void)snprintf(fixture.path, sizeof fixture.path, "%s", scratch_path(&fixture.scratch, "study.db"));
    live_store_new(fixture.path);
    for (unsigned i = 0; i < 2; i++)
        live_store_study(fixture.path, names[i], json_loads(definition, 0, NULL));
    key_make(&fixture, "till", "balance", fixture.key);
    key_make(&fixture, "foreign", "other", fixture.foreign);
    assert_true(server_start(&(const struct server_wish){.store = fixture.path, .core = -1}, &fixture.server));
    return 0;
}

static int fixture_clear(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(server_end(&fixture->server, SIGTERM), 0);
    scratch_destroy(&fixture->scratch);
    return 0;
}

/* One answer: whatever the second item gets more than expected the first gets less, and the same in the other dimension. The
 * first answers come from a branch that is small. */
static size_t answer_write(void *state, uint64_t number, char *into, size_t room)
{
    const struct fixture *fixture = state;
    uint64_t at = fixture->written + number;
    unsigned off = (unsigned)(at % 4);
    char body[512];
    int length = snprintf(body, sizeof body,
                          "{\"wave\": \"perception\", \"attributes\": {\"branch\": \"%s\"}, \"answers\": {\"expectation.q1\": 4, "
                          "\"perception.q1\": %u, \"expectation.q2\": 4, \"perception.q2\": %u, \"expectation.q3\": 4, "
                          "\"perception.q3\": %u, \"expectation.q4\": 4, \"perception.q4\": %u}}",
                          at < TINY ? "tiny"
                          : at % 2  ? "east"
                                    : "west",
                          4 - off, 4 + off, 4 + off, 4 - off);
    return (size_t)snprintf(into, room,
                            "POST /api/v1/studies/%s/responses HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer %s\r\n"
                            "Idempotency-Key: answer-%llu\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
                            fixture->other ? "other" : "balance", fixture->other ? fixture->foreign : fixture->key,
                            (unsigned long long)at, length, body);
}

/* Stores so many answers, or goes on for so many seconds. */
static uint64_t answers_write(struct fixture *fixture, uint64_t most, double seconds)
{
    struct load_result result;
    const struct load_plan plan = {.port = fixture->server.port,
                                   .connections = WRITERS,
                                   .requests = most,
                                   .seconds = seconds,
                                   .write = answer_write,
                                   .state = fixture};
    load_run(&plan, &result);
    if (result.refused || result.lost)
        (void)fprintf(stderr, "%llu answers were refused, with %d\n", (unsigned long long)result.refused, result.refused_status);
    return result.refused || result.lost ? 0 : result.good;
}

static json_t *table_of(json_t *document, const char *measure, bool by)
{
    size_t index = 0;
    json_t *table = NULL;
    json_array_foreach (json_object_get(document, "tables"), index, table) {
        if (strcmp(json_string_value(json_object_get(table, "measure")), measure) == 0 &&
            (json_array_size(json_object_get(table, "by")) > 0) == by)
            return table;
    }
    fail_msg("no table %s", measure);
    return NULL;
}

static json_t *cell_of(json_t *table, size_t row, const char *column)
{
    return json_object_get(json_array_get(json_object_get(table, "rows"), row), column);
}

static double number_of(json_t *table, size_t row, const char *column)
{
    assert_true(json_is_number(cell_of(table, row, column)));
    return json_number_value(cell_of(table, row, column));
}

/* A report of one moment balances: as many pairs of every item as there are encounters, and gaps that cancel to the last bit.
 * gives   how many encounters it is of */
static uint64_t balance_check(json_t *document)
{
    json_t *items = table_of(document, "item_gap", false), *dimensions = table_of(document, "dimension_gap", false);
    json_t *overall = table_of(document, "overall_gap", false), *groups = table_of(document, "item_gap", true);
    uint64_t encounters = (uint64_t)json_integer_value(json_object_get(json_object_get(document, "study"), "encounters"));
    assert_int_equal(json_array_size(json_object_get(items, "rows")), 4);
    for (size_t i = 0; i < 4; i++)
        assert_true(number_of(items, i, "n") == (double)encounters);
    assert_true(number_of(items, 0, "gap") == -number_of(items, 1, "gap"));
    assert_true(number_of(items, 2, "gap") == -number_of(items, 3, "gap"));
    assert_true(number_of(items, 0, "gap") == number_of(items, 3, "gap"));
    assert_true(number_of(items, 0, "sd_gap") == number_of(items, 1, "sd_gap"));
    assert_true(number_of(overall, 0, "n") == (double)encounters && number_of(overall, 0, "gap") == 0);
    assert_true(number_of(dimensions, 0, "n") == (double)encounters && number_of(dimensions, 0, "gap") == 0);
    uint64_t shown = 0;
    for (size_t r = 0; r < json_array_size(json_object_get(groups, "rows")); r++) {
        if (strcmp(json_string_value(cell_of(groups, r, "item")), "q1") == 0)
            shown += (uint64_t)json_integer_value(cell_of(groups, r, "n"));
    }
    assert_true(shown < encounters);
    return encounters;
}

/* "every report balances": while four connections keep adding answers, each table is of one moment, and moments do not go back. */
static void every_report_balances(void **state)
{
    struct fixture *fixture = *state;
    uint64_t last = 0, moved = 0;
    int status = 0;
    assert_int_equal(answers_write(fixture, 63, 0), 63);
    fixture->written = 63;
    pid_t writer = fork();
    assert_true(writer >= 0);
    if (writer == 0)
        _exit(answers_write(fixture, 1000000, 600) > 0 ? 0 : 1);
    for (unsigned i = 0; i < LOOKS; i++) {
        struct fetched fetched = fetch(fixture->server.port, fixture->key, "/api/v1/studies/balance/tables?by=branch");
        assert_int_equal(fetched.status, 200);
        json_t *document = json_loads(fetched.body, 0, NULL);
        assert_non_null(document);
        uint64_t encounters = balance_check(document);
        assert_true(encounters >= last);
        moved += encounters > last;
        last = encounters;
        json_decref(document);
        free(fetched.head);
    }
    assert_int_equal(waitpid(writer, &status, WNOHANG), 0); /* it wrote all the time */
    assert_int_equal(kill(writer, SIGKILL), 0);
    assert_int_equal(waitpid(writer, &status, 0), writer);
    print_message("%d looks at %llu different moments, the last of %llu answers\n", LOOKS, (unsigned long long)moved,
                  (unsigned long long)last);
    assert_true(moved > LOOKS / 4);
}

/* "the same bytes as `gapmeter analyze study.db`", for one table and for all, with options; the command line reads the store
 * while the server holds it. */
static void the_same_bytes(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *path;
        const char *arguments[10];
    } pairs[] = {
        {"/api/v1/studies/balance/tables/item_gap", {"--table", "item_gap", NULL}},
        {"/api/v1/studies/balance/tables/item_gap?by=branch&confidence=0.9",
         {"--table", "item_gap", "--by", "branch", "--confidence", "0.9", NULL}},
        {"/api/v1/studies/balance/tables?by=branch&min_cell=7", {"--by", "branch", "--min-cell", "7", NULL}},
        {"/api/v1/studies/balance/tables/dimension_gap?bootstrap=200&seed=7&anytime=1",
         {"--table", "dimension_gap", "--bootstrap", "200", "--seed", "7", "--anytime", NULL}},
    };
    struct program_run run;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        const char *arguments[20] = {"analyze", fixture->path, "--study", "balance", "--json"};
        for (size_t a = 0; pairs[i].arguments[a]; a++)
            arguments[5 + a] = pairs[i].arguments[a];
        program_run(&run, &(const struct program_call){.arguments = arguments});
        assert_int_equal(run.exit_code, 0);
        struct fetched fetched = fetch(fixture->server.port, fixture->key, pairs[i].path);
        assert_int_equal(fetched.status, 200);
        assert_int_equal(fetched.body_length, run.out_length);
        assert_memory_equal(fetched.body, run.out, run.out_length);
        free(fetched.head);
        program_run_clear(&run);
    }
    gapmeter_run(&run, "analyze", fixture->path, "--json");
    assert_int_equal(run.exit_code, 2);
    assert_non_null(strstr(run.err, "balance, other"));
    program_run_clear(&run);
}

/* "small-cell rule in force with the server's floor (no query can lower it)": three people in a branch are not shown, nor one
 * other branch, by which they could be worked out; a study of four shows nothing at all. */
static void small_groups_stay_hidden(void **state)
{
    struct fixture *fixture = *state;
    struct fetched fetched = fetch(fixture->server.port, fixture->key, "/api/v1/studies/balance/tables/item_gap?by=branch");
    json_t *document = json_loads(fetched.body, 0, NULL), *groups = table_of(document, "item_gap", true);
    unsigned hidden = 0, tiny = 0;
    for (size_t r = 0; r < json_array_size(json_object_get(groups, "rows")); r++) {
        bool shown = json_is_number(cell_of(groups, r, "gap"));
        bool small = strcmp(json_string_value(cell_of(groups, r, "branch")), "tiny") == 0;
        hidden += !shown;
        tiny += small;
        assert_false(small && shown);
    }
    assert_true(tiny > 0 && hidden > tiny);
    json_decref(document);
    free(fetched.head);
    assert_refused(fixture->server.port, fixture->key, "/api/v1/studies/balance/tables/item_gap?by=branch&min_cell=1", 400,
                   "from 5");
    fixture->other = true;
    fixture->written = 0;
    assert_int_equal(answers_write(fixture, 4, 0), 4);
    fetched = fetch(fixture->server.port, fixture->foreign, "/api/v1/studies/other/tables/item_gap");
    assert_int_equal(fetched.status, 200);
    document = json_loads(fetched.body, 0, NULL);
    assert_false(json_is_number(cell_of(table_of(document, "item_gap", false), 0, "gap")));
    json_decref(document);
    free(fetched.head);
}

/* What the API's description says of the query is taken. */
static void described_words_are_taken(void **state)
{
    const struct fixture *fixture = *state;
    static const struct {
        const char *address;
        const struct query_word *words;
    } routes[] = {{"/api/v1/studies/balance/tables/item_gap", TABLE_QUERY_WORDS},
                  {"/studies/balance/report.json", report_query_words},
                  {"/studies/balance/report.svg?chart=gap_lollipop&seed=1", NULL}};
    for (size_t i = 0; i < sizeof routes / sizeof *routes; i++) {
        for (const struct query_word *word = routes[i].words; word && word->name; word++) {
            char address[200];
            /* A document is no picture: its charts are all there. */
            if (strcmp(word->name, "chart") == 0)
                continue;
            (void)snprintf(address, sizeof address, "%s?%s=%s", routes[i].address, word->name, word->example);
            struct fetched fetched = fetch(fixture->server.port, fixture->key, address);
            if (fetched.status != 200)
                print_error("%s: %s\n", address, fetched.body);
            assert_int_equal(fetched.status, 200);
            free(fetched.head);
        }
    }
    struct fetched picture = fetch(fixture->server.port, fixture->key, routes[2].address);
    assert_int_equal(picture.status, 200);
    free(picture.head);
}

static void what_is_refused(void **state)
{
    const struct fixture *fixture = *state;
    unsigned port = fixture->server.port;
    const char *key = fixture->key;
    assert_refused(port, key, "/api/v1/studies/balance/tables/item_gap?by=respondent", 400, "branch");
    assert_refused(port, key, "/api/v1/studies/balance/tables/item_gap?floor=1", 400, "floor");
    assert_refused(port, key, "/api/v1/studies/balance/tables/item_gap?seed=1&seed=2", 400, "twice");
    assert_refused(port, key, "/api/v1/studies/balance/tables/item_gap?bootstrap=1000000", 400, "10000");
    assert_refused(port, key, "/api/v1/studies/balance/tables/item_gap?confidence=1", 400, "0.9999");
    assert_refused(port, key, "/api/v1/studies/balance/tables/nothing", 404, "no table");
    assert_refused(port, key, "/api/v1/studies/nothing/tables/item_gap", 404, "no study");
    assert_refused(port, fixture->foreign, "/api/v1/studies/balance/tables/item_gap", 404, "no study");
    assert_refused(port, NULL, "/api/v1/studies/balance/tables/item_gap", 401, "");
    assert_refused(port, key, "/api/v1/studies/balance/tables/item_gap?language=en", 400, "no word of this query");
    assert_refused(port, key, "/studies/balance/report.html?language=xx", 400, "there are: ");
    assert_refused(port, key, "/studies/balance/report.html?sections=gap", 400, "is not a section");
    assert_refused(port, key, "/studies/balance/report.html?title=x", 400, "sections, chart, order and language are");
    assert_refused(port, key, "/studies/balance/report.svg", 400, "say which one");
    assert_refused(port, key, "/studies/balance/report.svg?chart=pie", 400, "is no chart");
    assert_refused(port, key, "/studies/balance/report.html?order=size", 400, "is no order of items");
    assert_refused(port, key, "/studies/balance/report.docx", 404, ".html");
    assert_refused(port, key, "/studies/balance/summary.html", 404, ".html");
    assert_refused(port, fixture->foreign, "/studies/balance/report.docx", 404, "no study");
}

/* "The bytes are those that the command line writes": every kind of document that can be a file, whole, in parts and with groups. */
static void the_same_documents(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *query;
        const char *arguments[8];
    } wishes[] = {
        {"", {NULL}},
        {"?sections=opening,gaps&language=en", {"--sections", "opening,gaps", "--language", "en", NULL}},
        {"?sections=gaps&order=dimension", {"--sections", "gaps", "--order", "dimension", NULL}},
        {"?by=branch&confidence=0.9", {"--by", "branch", "--confidence", "0.9", NULL}},
    };
    enum { WISHES = sizeof wishes / sizeof *wishes };
    unsigned compared = 0;
    for (size_t i = 0; i < renderer_register_count * WISHES; i++) {
        const struct renderer *renderer = renderer_register[i / WISHES];
        char path[SCRATCH_ROOM], address[128];
        struct program_run run;
        size_t length = 0;
        if (!renderer->extension || (renderer->one_chart && i % WISHES)) /* a picture is one block of the same document */
            continue;
        const char *query = wishes[i % WISHES].query;
        (void)snprintf(address, sizeof address, "/studies/balance/report%s%s%s", renderer->extension, query,
                       !renderer->one_chart ? ""
                       : *query             ? "&chart=gap_lollipop"
                                            : "?chart=gap_lollipop");
        (void)snprintf(path, sizeof path, "%s%s", scratch_path(&fixture->scratch, "report"), renderer->extension);
        const char *arguments[16] = {"report", fixture->path, "--study", "balance", "-o", path};
        size_t count = 6;
        for (size_t a = 0; wishes[i % WISHES].arguments[a]; a++)
            arguments[count++] = wishes[i % WISHES].arguments[a];
        if (renderer->one_chart) {
            arguments[count++] = "--chart";
            arguments[count++] = "gap_lollipop";
        }
        program_run(&run, &(const struct program_call){.arguments = arguments});
        if (run.exit_code)
            fail_msg("%s", run.err);
        program_run_clear(&run);
        char *written = scratch_read(path, &length);
        struct fetched fetched = fetch(fixture->server.port, fixture->key, address);
        assert_int_equal(fetched.status, 200);
        assert_non_null(strstr(fetched.head, renderer->media_type));
        assert_int_equal(fetched.body_length, length);
        assert_memory_equal(fetched.body, written, length);
        free(fetched.head);
        free(written);
        compared++;
    }
    assert_true(compared >= 6);
}

/* The report as a page that carries its stylesheet, let in by its hash and nothing else; and as JSON. */
static void the_report(void **state)
{
    const struct fixture *fixture = *state;
    struct fetched fetched = fetch(fixture->server.port, fixture->key, "/studies/balance/report.html?by=branch");
    assert_int_equal(fetched.status, 200);
    assert_non_null(strstr(fetched.body, "<style>"));
    assert_non_null(strstr(fetched.head, "style-src 'sha256-"));
    assert_null(strstr(fetched.head, "unsafe"));
    assert_null(strstr(fetched.body, "<script"));
    free(fetched.head);
    fetched = fetch(fixture->server.port, fixture->key, "/studies/balance/report.json");
    json_t *document = json_loads(fetched.body, 0, NULL);
    assert_int_equal(fetched.status, 200);
    assert_true(json_array_size(json_object_get(document, "sentences")) > 0);
    json_decref(document);
    free(fetched.head);
}

int main(void)
{
    /* A PDF says when it was made: both sides say the same. */
    if (setenv("SOURCE_DATE_EPOCH", "1700000000", 1))
        return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_report_balances),     cmocka_unit_test(the_same_bytes),
        cmocka_unit_test(small_groups_stay_hidden),  cmocka_unit_test(what_is_refused),
        cmocka_unit_test(described_words_are_taken), cmocka_unit_test(the_report),
        cmocka_unit_test(the_same_documents),
    };
    return cmocka_run_group_tests(tests, fixture_make, fixture_clear);
}
