/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Every route declares who may, and a test generated from the table tries every route × caller × own/foreign/missing object." (issue
 * 4, 4). "404, identical to does not exist." "A route without an expected row fails the build." "Unknown field = 400, nothing stored."
 * (reliability, cases 1 to 3) */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <glob.h>

#include "app/operation.h"
#include "serve/route.h"
#include "support/key_stage.h"

enum object_kind { OBJECT_OWN, OBJECT_FOREIGN, OBJECT_MISSING, OBJECT_COUNT };

/* What may come of a request. */
enum admission { OUTCOME_IN, OUTCOME_KEY, OUTCOME_FORBIDDEN, OUTCOME_NOWHERE, OUTCOME_COUNT };

enum { TEXT_ROOM = 1024 };

static const char missing_id[] = "00000000-0000-7000-8000-000000000000";
static const char missing_door[] = "0000000000000000000000000000000000000000000000000000000000000000";
static unsigned tried, mistakes;

static void complain(const struct route *route, const char *who, const char *what)
{
    print_error("route %s, %s: %s\n", route->name, who, what);
    mistakes++;
}

/* ---- a request made of the tables ------------------------------------------------------------------------------------------- */

/* The text of one {…} of a path: of ours, of theirs, or of nobody. Parts that this does not know fail the test. */
static const char *part_text(const struct key_stage *stage, const struct route *route, const char *name, enum object_kind object)
{
    static char id[UUID_TEXT_BYTES];
    enum live_place place = object == OBJECT_FOREIGN ? PLACE_THEIRS : PLACE_OURS;
    bool missing = object == OBJECT_MISSING;
    if (strcmp(name, "study") == 0)
        return missing ? "nobody" : stage->studies[place].name;
    if (strcmp(name, "door_id") == 0)
        return missing ? missing_door : stage->doors[place];
    if (strcmp(name, "report") == 0)
        return "report.html";
    if (strcmp(name, "measure") == 0)
        return "item_gap";
    if (strcmp(name, "token") == 0 || strcmp(name, "door") == 0 || strcmp(name, "secret") == 0)
        return "aaaaaaaaaaaaaaaaaaaaaaaaaa";
    const struct uuid *ids = strcmp(name, "respondent") == 0  ? stage->respondents
                             : strcmp(name, "encounter") == 0 ? stage->encounters
                                                              : NULL;
    /* Deleting must leave something to look at. */
    if (ids == stage->respondents && route->method == METHOD_DELETE)
        ids = stage->victims;
    if (!ids && route->who == WHO_ANYONE)
        return "unknown";
    if (!ids) {
        complain(route, name, "has a part of its path that this test does not know: say what is ours, theirs and nobody's");
        return "unknown";
    }
    if (missing)
        return missing_id;
    uuid_format(&ids[place], id);
    return id;
}

/* Fills the braces of a path; study and the parts after it may be of different people. */
static void path_fill(const struct key_stage *stage, const struct route *route, enum object_kind study, enum object_kind part,
                      char *into)
{
    size_t length = 0;
    for (const char *at = route->path; *at; at++) {
        char name[64];
        size_t size = strcspn(at + 1, "}");
        if (*at != '{') {
            into[length++] = *at;
            continue;
        }
        (void)snprintf(name, sizeof name, "%.*s", (int)size, at + 1);
        const char *text = part_text(stage, route, name, strcmp(name, "study") == 0 ? study : part);
        length += (size_t)snprintf(into + length, TEXT_ROOM - length, "%s", text);
        at += size + 1;
    }
    into[length] = '\0';
}

static bool in_path(const struct route *route, const char *name)
{
    char brace[80];
    (void)snprintf(brace, sizeof brace, "{%s}", name);
    return strstr(route->path, brace) != NULL;
}

/* A body that the operation takes, of the examples of its fields; with one member more when `extra` is not NULL. */
static void body_make(const struct route *route, const char *extra, char *into, size_t size)
{
    const struct operation *operation = route->operation ? operation_find(span_of(route->operation)) : NULL;
    size_t length = (size_t)snprintf(into, size, "{");
    for (const struct operation_field *field = operation ? operation->takes : NULL; field && field->name; field++) {
        if (field->required && !in_path(route, field->name) && strcmp(field->name, "idempotency_key") != 0)
            length += (size_t)snprintf(into + length, size - length, "%s\"%s\": %s", length > 1 ? ", " : "", field->name,
                                       field->example);
    }
    if (extra)
        length += (size_t)snprintf(into + length, size - length, "%s\"%s\": 1", length > 1 ? ", " : "", extra);
    (void)snprintf(into + length, size - length, "}");
}

static const char *method_text(enum method method)
{
    static const char *const texts[] = {"GET", "POST", "PUT", "DELETE"};
    return texts[method];
}

static void ask(struct key_stage *stage, const struct route *route, enum live_caller caller, const char *path, const char *extra,
                struct http_reply *reply)
{
    static unsigned number;
    static char body[1 << 16];
    char lines[400];
    bool has_body = route->body_bytes_max > 0;
    body_make(route, extra, body, sizeof body);
    (void)snprintf(lines, sizeof lines, "%s%sIdempotency-Key: try-%u\r\n", key_stage_authorization(stage, caller),
                   has_body ? "Content-Type: application/json\r\n" : "", number++);
    http_ask(&stage->server, method_text(route->method), path, lines, has_body ? body : NULL, reply);
    tried++;
}

/* ---- what is expected ------------------------------------------------------------------------------------------------------- */

static bool covers(enum live_caller caller, enum object_kind object)
{
    if (object == OBJECT_MISSING)
        return false;
    return caller == CALLER_ALL || (caller == CALLER_OTHER) == (object == OBJECT_FOREIGN);
}

static enum admission expected(const struct route *route, enum live_caller caller, enum object_kind object)
{
    bool known = caller >= CALLER_READS, of_study = in_path(route, "study");
    switch (route->who) {
    case WHO_ANYONE:
    case WHO_MONITOR: /* this test asks from the server's own machine */
        return OUTCOME_IN;
    case WHO_KEY:
        return !known ? OUTCOME_KEY : of_study && !covers(caller, object) ? OUTCOME_NOWHERE : OUTCOME_IN;
    case WHO_KEY_WRITE:
        if (!known)
            return OUTCOME_KEY;
        if (caller == CALLER_READS || (!of_study && caller != CALLER_ALL))
            return OUTCOME_FORBIDDEN;
        return of_study && !covers(caller, object) ? OUTCOME_NOWHERE : OUTCOME_IN;
    }
    return OUTCOME_COUNT;
}

static bool says_no_study(const struct http_reply *reply)
{
    return reply->status == 404 && strstr(reply->body, "There is no study called") != NULL;
}

static bool fits(const struct route *route, enum admission outcome, enum object_kind object, const struct http_reply *reply)
{
    bool page = route->who == WHO_ANYONE || route->who == WHO_MONITOR;
    bool reads_own = route->method == METHOD_GET && object == OBJECT_OWN && !page;
    switch (outcome) {
    case OUTCOME_IN:
        return reads_own ? reply->status == 200
                         : reply->status >= 200 && reply->status < 500 && reply->status != 401 && reply->status != 403 &&
                               reply->status != 400 && !says_no_study(reply);
    case OUTCOME_KEY:
        return reply->status == 401 && http_header(reply, "WWW-Authenticate") != NULL;
    case OUTCOME_FORBIDDEN:
        return reply->status == 403;
    case OUTCOME_NOWHERE:
        return says_no_study(reply);
    case OUTCOME_COUNT:
        break;
    }
    return false;
}

/* ---- the matrix ------------------------------------------------------------------------------------------------------------- */

/* The body of a reply without the number of the request, and with another text in the place of a name. */
static void reply_plain(const struct http_reply *reply, const char *name, char *into, size_t size)
{
    size_t length = 0, name_length = strlen(name);
    for (const char *at = reply->body; *at && length + 1 < size;) {
        if (strncmp(at, "\"request\":", 10) == 0)
            at += strcspn(at, "},");
        else if (strncmp(at, name, name_length) == 0) {
            into[length++] = '*';
            at += name_length;
        } else
            into[length++] = *at++;
    }
    into[length] = '\0';
}

static void cell_try(struct key_stage *stage, const struct route *route, enum live_caller caller, enum object_kind object)
{
    char path[TEXT_ROOM], where[TEXT_ROOM];
    struct http_reply reply;
    path_fill(stage, route, object, object, path);
    enum admission outcome = expected(route, caller, object);
    assert_int_not_equal(outcome, OUTCOME_COUNT);
    ask(stage, route, caller, path, NULL, &reply);
    (void)snprintf(where, sizeof where, "%s, object %d: status %d, %.200s", live_caller_name(caller), (int)object, reply.status,
                   reply.body ? reply.body : "");
    if (!fits(route, outcome, object, &reply))
        complain(route, where, "is not what the table says");
    http_reply_clear(&reply);
}

static void every_route_asks_who_it_is(void **state)
{
    struct key_stage stage;
    (void)state;
    key_stage_begin(&stage);
    tried = 0;
    for (size_t i = 0; i < route_register_count; i++) {
        for (enum live_caller caller = CALLER_NONE; caller < LIVE_CALLER_COUNT; caller++) {
            for (enum object_kind object = OBJECT_OWN; object < OBJECT_COUNT; object++)
                cell_try(&stage, route_register[i], caller, object);
        }
    }
    print_message("%zu routes x %d callers x %d objects: %u requests\n", route_register_count, (int)LIVE_CALLER_COUNT,
                  (int)OBJECT_COUNT, tried);
    assert_int_equal(tried, route_register_count * LIVE_CALLER_COUNT * OBJECT_COUNT);
    assert_int_equal(mistakes, 0);
    key_stage_end(&stage);
}

/* Compares what is said of two paths, with the texts that differ taken out. */
static void same_reply(struct key_stage *stage, const struct route *route, const char *const paths[2], const char *const names[2])
{
    char plain[2][4096];
    int statuses[2];
    for (size_t i = 0; i < 2; i++) {
        struct http_reply reply;
        ask(stage, route, CALLER_WRITES, paths[i], NULL, &reply);
        statuses[i] = reply.status;
        reply_plain(&reply, names[i], plain[i], sizeof plain[i]);
        http_reply_clear(&reply);
    }
    if (statuses[0] != statuses[1] || strcmp(plain[0], plain[1]) != 0) {
        print_error("%s\n%s\n", plain[0], plain[1]);
        complain(route, "writes", "says of what is foreign something else than of what is missing");
    }
    if (statuses[0] != 404)
        complain(route, "writes", "does not answer 404 to what is foreign");
}

static void foreign_is_as_missing(void **state)
{
    struct key_stage stage;
    (void)state;
    key_stage_begin(&stage);
    unsigned compared = 0;
    for (size_t i = 0; i < route_register_count; i++) {
        const struct route *route = route_register[i];
        char foreign[TEXT_ROOM], missing[TEXT_ROOM];
        if (!in_path(route, "study") || route->who == WHO_ANYONE)
            continue;
        path_fill(&stage, route, OBJECT_FOREIGN, OBJECT_FOREIGN, foreign);
        path_fill(&stage, route, OBJECT_MISSING, OBJECT_FOREIGN, missing);
        same_reply(&stage, route, (const char *const[]){foreign, missing}, (const char *const[]){"theirs", "nobody"});
        compared++;
        const char *part = in_path(route, "respondent") ? "respondent" : in_path(route, "encounter") ? "encounter" : "door_id";
        if (!in_path(route, part))
            continue;
        /* Two ids in one address, the study ours and the other theirs. */
        char theirs[80], nobodys[80];
        (void)snprintf(theirs, sizeof theirs, "%s", part_text(&stage, route, part, OBJECT_FOREIGN));
        (void)snprintf(nobodys, sizeof nobodys, "%s", part_text(&stage, route, part, OBJECT_MISSING));
        path_fill(&stage, route, OBJECT_OWN, OBJECT_FOREIGN, foreign);
        path_fill(&stage, route, OBJECT_OWN, OBJECT_MISSING, missing);
        same_reply(&stage, route, (const char *const[]){foreign, missing}, (const char *const[]){theirs, nobodys});
        compared++;
    }
    print_message("%u pairs of foreign and missing compared byte by byte\n", compared);
    assert_true(compared >= 10);
    assert_int_equal(mistakes, 0);
    key_stage_end(&stage);
}

/* ---- mass assignment -------------------------------------------------------------------------------------------------------- */

enum { COLUMNS_MOST = 256 };

/* The names of all columns of all migrations, each once. */
static size_t columns_read(char columns[COLUMNS_MOST][64])
{
    glob_t found;
    size_t count = 0;
    assert_int_equal(glob(GAPMETER_SOURCE_DIR "/src/store/migrations/*.sql", 0, NULL, &found), 0);
    for (size_t f = 0; f < found.gl_pathc; f++) {
        size_t length = 0;
        char *text = scratch_read(found.gl_pathv[f], &length), *next = NULL;
        for (char *line = strtok_r(text, "\n", &next); line; line = strtok_r(NULL, "\n", &next)) {
            size_t name = strspn(line + (strncmp(line, "    ", 4) == 0 ? 4 : 0), "abcdefghijklmnopqrstuvwxyz_0123456789");
            bool known = strncmp(line, "    ", 4) != 0 || name == 0;
            for (size_t i = 0; i < count && !known; i++)
                known = strlen(columns[i]) == name && strncmp(columns[i], line + 4, name) == 0;
            assert_true(count < COLUMNS_MOST);
            if (!known)
                (void)snprintf(columns[count++], 64, "%.*s", (int)name, line + 4);
        }
        free(text);
    }
    globfree(&found);
    return count;
}

static bool takes(const struct route *route, const char *name)
{
    const struct operation *operation = route->operation ? operation_find(span_of(route->operation)) : NULL;
    for (const struct operation_field *field = operation ? operation->takes : NULL; field && field->name; field++) {
        if (strcmp(field->name, name) == 0 && !in_path(route, name))
            return true;
    }
    return false;
}

static void no_column_can_be_set(void **state)
{
    static char columns[COLUMNS_MOST][64];
    struct key_stage stage;
    (void)state;
    key_stage_begin(&stage);
    size_t count = columns_read(columns);
    unsigned refused = 0, routes = 0;
    assert_true(count > 40);
    struct span before = key_stage_bytes(&stage);
    for (size_t i = 0; i < route_register_count; i++) {
        const struct route *route = route_register[i];
        char path[TEXT_ROOM];
        if (route->body_bytes_max == 0 || route->who == WHO_ANYONE || !route->operation)
            continue;
        routes++;
        path_fill(&stage, route, OBJECT_OWN, OBJECT_OWN, path);
        for (size_t c = 0; c < count; c++) {
            struct http_reply reply;
            if (takes(route, columns[c]))
                continue;
            ask(&stage, route, CALLER_ALL, path, columns[c], &reply);
            if (reply.status != 400 || !strstr(reply.body, columns[c]))
                complain(route, columns[c], "is not refused by its name");
            refused++;
            http_reply_clear(&reply);
        }
    }
    struct span after = key_stage_bytes(&stage);
    print_message("%zu columns x %u routes that write: %u refused\n", count, routes, refused);
    assert_int_equal(mistakes, 0);
    assert_true(span_equal(before, after));
    key_stage_end(&stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_route_asks_who_it_is),
        cmocka_unit_test(foreign_is_as_missing),
        cmocka_unit_test(no_column_can_be_set),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
