/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `gapmeter analyze|report|check study.db`: a store in the place of a file of answers says the same as the file would. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/chance.h"
#include "support/live_store.h"
#include "support/program_run.h"
#include "support/scratch_folder.h"

enum { PEOPLE = 40, ITEMS = 3 };

/* What was asked, but for how a live study asks it. */
#define STUDY                                                                                                                    \
    "{\"gapmeter\": 1, \"title\": \"Counter\", \"design\": {\"expectation\": \"will\", \"asked\": \"same sitting\"},"            \
    "\"scale\": {\"min\": 1, \"max\": 5},"                                                                                       \
    "\"dimensions\": [{\"id\": \"d1\", \"title\": \"First\"}, {\"id\": \"d2\", \"title\": \"Second\"}],"                         \
    "\"items\": [{\"id\": \"q1\", \"text\": \"one\", \"dimension\": \"d1\"}, {\"id\": \"q2\", \"text\": \"two\", "               \
    "\"dimension\": \"d2\"}, {\"id\": \"q3\", \"text\": \"three\", \"dimension\": \"d2\"}],"                                     \
    "\"columns\": {\"respondent\": \"id\", \"expectation\": \"e_{id}\", \"perception\": \"p_{id}\", \"segments\": "              \
    "[\"branch\"]}, \"missing\": {\"\": \"skipped\", \"na\": \"declared\"}"

struct fixture {
    struct scratch scratch;
    char store[SCRATCH_ROOM], answers[SCRATCH_ROOM], study[SCRATCH_ROOM];
};

/* Somebody's answer: a point of the scale, "na" now and then, or nothing. */
static const char *answer_of(unsigned person, unsigned item, bool perception)
{
    static const char *const texts[] = {"", "1", "2", "3", "4", "5", "na"};
    unsigned drawn = (unsigned)chance_below(8, person, item * 2 + perception, 40);
    return texts[drawn == 0 ? 0 : drawn == 1 ? 6 : 1 + (drawn + (perception ? 0 : 1)) % 5];
}

/* The same answers as a row of a file and as a form that was sent. */
static void person_add(const struct fixture *fixture, FILE *file, unsigned person)
{
    const char *branch = person % 3 ? "Oslo" : "Bergen";
    json_t *answers = json_object();
    (void)fprintf(file, "%u,%s", person, branch);
    for (unsigned side = 0; side < 2; side++) {
        for (unsigned i = 0; i < ITEMS; i++) {
            char name[32];
            (void)snprintf(name, sizeof name, "%s.q%u", side ? "perception" : "expectation", i + 1);
            const char *answer = answer_of(person, i, side == 1);
            (void)fprintf(file, ",%s", answer);
            json_object_set_new(answers, name, json_string(answer));
        }
    }
    (void)fprintf(file, "\n");
    char once[16];
    (void)snprintf(once, sizeof once, "p%u", person);
    json_decref(live_store_ask(fixture->store, "response_add",
                               json_pack("{s:s, s:s, s:{s:s}, s:o, s:s}", "study", "counter", "wave", "perception", "attributes",
                                         "branch", branch, "answers", answers, "idempotency_key", once)));
}

static int fixture_make(void **state)
{
    static struct fixture fixture;
    *state = &fixture;
    scratch_create(&fixture.scratch);
    (void)snprintf(fixture.store, sizeof fixture.store, "%s", scratch_path(&fixture.scratch, "study.db"));
    (void)snprintf(fixture.answers, sizeof fixture.answers, "%s", scratch_path(&fixture.scratch, "answers.csv"));
    (void)snprintf(fixture.study, sizeof fixture.study, "%s", scratch_write(&fixture.scratch, "study.json", STUDY "}"));
    live_store_new(fixture.store);
    live_store_study(fixture.store, "counter", json_loads(STUDY ", \"collection\": {\"identity\": \"named\"}}", 0, NULL));
    FILE *file = fopen(fixture.answers, "w");
    assert_non_null(file);
    (void)fprintf(file, "id,branch,e_q1,e_q2,e_q3,p_q1,p_q2,p_q3\n");
    for (unsigned person = 0; person < PEOPLE; person++)
        person_add(&fixture, file, person);
    assert_int_equal(fclose(file), 0);
    return 0;
}

static int fixture_clear(void **state)
{
    struct fixture *fixture = *state;
    scratch_destroy(&fixture->scratch);
    return 0;
}

/* The same bytes; where not, says around which. */
static void assert_same(const struct program_run *live, const struct program_run *file)
{
    size_t at = 0;
    while (live->out[at] && live->out[at] == file->out[at])
        at++;
    size_t from = at > 200 ? at - 200 : 0;
    if (live->out[at] != file->out[at])
        fail_msg("the store:\n%.400s\nthe file:\n%.400s", live->out + from, file->out + from);
}

/* Every table, to the last byte: what was answered in forms and what stands in a file. */
static void a_store_says_what_a_file_says(void **state)
{
    const struct fixture *fixture = *state;
    struct program_run live, file;
    gapmeter_run(&live, "analyze", fixture->store, "--json", "--by", "branch", "--bootstrap", "200", "--min-cell", "1");
    gapmeter_run(&file, "analyze", fixture->answers, "--study", fixture->study, "--json", "--by", "branch", "--bootstrap", "200",
                 "--min-cell", "1");
    if (live.exit_code || file.exit_code)
        fail_msg("%s%s", live.err, file.err);
    assert_true(live.out_length > 10000);
    assert_same(&live, &file);
    program_run_clear(&live);
    program_run_clear(&file);
    gapmeter_run(&live, "analyze", fixture->store, "--by", "branch", "--table", "item_gap", "--csv");
    gapmeter_run(&file, "analyze", fixture->answers, "--study", fixture->study, "--by", "branch", "--table", "item_gap", "--csv");
    assert_same(&live, &file);
    program_run_clear(&live);
    program_run_clear(&file);
    gapmeter_run(&live, "check", fixture->store, "--study", "counter");
    gapmeter_run(&file, "check", fixture->answers, "--study", fixture->study);
    assert_int_equal(live.exit_code, 0);
    assert_same(&live, &file);
    program_run_clear(&live);
    program_run_clear(&file);
}

static void a_report_is_written(void **state)
{
    struct fixture *fixture = *state;
    struct program_run run;
    char page[SCRATCH_ROOM];
    size_t length = 0;
    (void)snprintf(page, sizeof page, "%s", scratch_path(&fixture->scratch, "report.html"));
    gapmeter_run(&run, "report", fixture->store, "-o", page);
    assert_int_equal(run.exit_code, 0);
    program_run_clear(&run);
    char *text = scratch_read(page, &length);
    assert_non_null(strstr(text, "<h1>Counter</h1>"));
    free(text);
}

/* Which study: the only one, or one that is named; a sentence lists those there are. */
static void the_study_is_chosen(void **state)
{
    const struct fixture *fixture = *state;
    struct program_run run;
    gapmeter_run(&run, "analyze", fixture->store, "--study", "till");
    assert_int_equal(run.exit_code, 2);
    assert_non_null(strstr(run.err, "no study called \"till\""));
    assert_non_null(strstr(run.err, "there are: counter."));
    program_run_clear(&run);
    live_store_study(fixture->store, "second", json_loads(STUDY ", \"collection\": {\"identity\": \"named\"}}", 0, NULL));
    gapmeter_run(&run, "check", fixture->store);
    assert_int_equal(run.exit_code, 2);
    assert_non_null(strstr(run.err, "2 studies; say which with --study NAME: counter, second."));
    program_run_clear(&run);
    gapmeter_run(&run, "analyze", fixture->store, "--study", "second", "--table", "item_gap", "--json");
    assert_int_equal(run.exit_code, 0);
    assert_non_null(strstr(run.out, "\"encounters\": 0"));
    program_run_clear(&run);
    gapmeter_run(&run, "analyze", fixture->answers, "--study", fixture->study, "--compare", fixture->store);
    assert_int_equal(run.exit_code, 2);
    assert_non_null(strstr(run.err, "--compare takes a file"));
    program_run_clear(&run);
}

/* The gaps of one segment's groups as a request of its own shows them; 0 where they are hidden.
 * gives   how many groups are shown */
static unsigned groups_shown(const struct fixture *fixture, const char *segment, const char *const *names, bool *shown)
{
    struct program_run run;
    unsigned count = 0;
    gapmeter_run(&run, "analyze", fixture->store, "--study", "nested", "--table", "overall_item_gap", "--by", segment, "--json");
    if (run.exit_code)
        fail_msg("%s", run.err);
    json_t *document = json_loads(run.out, 0, NULL), *tables = json_object_get(document, "tables");
    assert_int_equal(json_array_size(tables), 2);
    json_t *rows = json_object_get(json_array_get(tables, 1), "rows");
    for (size_t i = 0; names[i]; i++)
        shown[i] = false;
    for (size_t r = 0; r < json_array_size(rows); r++) {
        json_t *row = json_array_get(rows, r);
        for (size_t i = 0; names[i]; i++)
            shown[i] |= strcmp(json_string_value(json_object_get(row, segment)), names[i]) == 0 &&
                        json_is_number(json_object_get(row, "gap"));
    }
    for (size_t i = 0; names[i]; i++)
        count += shown[i];
    json_decref(document);
    program_run_clear(&run);
    return count;
}

/* A study is asked again and again. Three people of one branch are the difference between their region, that one request could
 * show, and its other branch, that another could: whatever is asked for, the two are not both shown. */
static void requests_do_not_add_up(void **state)
{
    const struct fixture *fixture = *state;
    static const struct {
        const char *region, *branch;
        unsigned people;
    } groups[] = {{"north", "airport", 20}, {"north", "harbour", 3}, {"south", "castle", 20}, {"south", "market", 12}};
    static const char definition[] =
        "{\"gapmeter\": 1, \"title\": \"Nested\", \"design\": {\"expectation\": \"will\", \"asked\": \"same sitting\"},"
        "\"scale\": {\"min\": 1, \"max\": 5}, \"items\": [{\"id\": \"q1\", \"text\": \"one\"}], \"columns\": {\"respondent\": "
        "\"id\", \"expectation\": \"e_{id}\", \"perception\": \"p_{id}\", \"segments\": [\"region\", \"branch\"]}, "
        "\"collection\": {\"identity\": \"named\"}}";
    live_store_study(fixture->store, "nested", json_loads(definition, 0, NULL));
    for (unsigned g = 0; g < sizeof groups / sizeof *groups; g++) {
        for (unsigned i = 0; i < groups[g].people; i++) {
            char once[32];
            (void)snprintf(once, sizeof once, "g%u-%u", g, i);
            json_decref(
                live_store_ask(fixture->store, "response_add",
                               json_pack("{s:s, s:s, s:{s:s, s:s}, s:{s:i, s:i}, s:s}", "study", "nested", "wave", "perception",
                                         "attributes", "region", groups[g].region, "branch", groups[g].branch, "answers",
                                         "expectation.q1", 4, "perception.q1", 1 + (int)(i % 5), "idempotency_key", once)));
        }
    }
    static const char *const regions[] = {"north", "south", NULL}, *const branches[] = {"airport", "harbour", "castle", "market",
                                                                                        NULL};
    bool region[2], branch[4];
    unsigned shown_regions = groups_shown(fixture, "region", regions, region);
    unsigned shown_branches = groups_shown(fixture, "branch", branches, branch);
    assert_false(branch[1]);
    assert_true(shown_regions + shown_branches > 0);
    assert_false(region[0] && branch[0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_store_says_what_a_file_says),
        cmocka_unit_test(a_report_is_written),
        cmocka_unit_test(the_study_is_chosen),
        cmocka_unit_test(requests_do_not_add_up),
    };
    return cmocka_run_group_tests(tests, fixture_make, fixture_clear);
}
