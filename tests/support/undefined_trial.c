/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/undefined_trial.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "app/analysis.h"
#include "instrument/study_file.h"
#include "model/measure.h"
#include "report/story.h"
#include "support/blank_laws.h"
#include "support/job_fixture.h"
#include "support/program_run.h"
#include "support/rendered_text.h"
#include "support/shown_tables.h"

enum { PATH_ROOM = 640, WHERE_ROOM = 200, REPLICATES = 40, SELDOM = 4, FIXTURES_MOST = 100 };

/* One fixture on its way through the program. */
struct trial {
    const struct undefined_case *fixture;
    char study[PATH_ROOM], answers[PATH_ROOM];
    struct blank_count *count;
    bool *measures; /* [measure_register_count] seen in any trial */
    bool seldom;    /* one of those that are looked at in every way */
};

/* How a fixture is looked at. */
struct view {
    const char *name;
    uint32_t floor, replicates;
    bool before, story;
};

static const char *segment_of(const struct undefined_case *fixture)
{
    return fixture->by ? fixture->by : "branch";
}

/* Can it be computed with these options for this study? */
static bool measure_possible(const struct measure *measure, const struct study *study, const struct view *view, bool by)
{
    const char *missing = NULL;
    return measure_applies(measure, study, &missing) == REASON_NONE && (by || measure->by != BY_GROUPS) &&
           (view->before || !measure->compares) && (view->replicates || !measure->resamples);
}

static const struct document *document_make(struct job *job, const struct trial *trial, const struct view *view)
{
    const struct study *study = NULL;
    struct problems problems;
    const struct document *document = NULL;
    const char **names = arena_array(job->ctx.arena, measure_register_count, sizeof *names);
    const char *segment = segment_of(trial->fixture);
    struct analysis_request request = {.source = {.path = trial->answers},
                                       .study_path = trial->study,
                                       .measures = names,
                                       .by = &segment,
                                       .by_count = *segment ? 1 : 0,
                                       .confidence = 0.95,
                                       .seed = 1,
                                       .floor = view->floor,
                                       .replicates = view->replicates,
                                       .wide = true,
                                       .story = view->story,
                                       .language = "en"};
    assert_non_null(names);
    request.before.path = view->before ? trial->answers : NULL;
    assert_ok(job, study_read_file(&job->ctx, trial->study, &study));
    for (size_t i = 0; i < measure_register_count; i++) {
        if (!measure_possible(measure_register[i], study, view, *segment != '\0'))
            continue;
        names[request.measure_count++] = measure_register[i]->name;
        trial->measures[i] = true;
    }
    assert_ok(job, problems_init(&job->ctx, &problems, false));
    assert_ok(job, analysis_document(&job->ctx, &request, &problems, &document));
    return document;
}

/* One table alone in every form that shows one. */
static void table_assert(struct job *job, const struct document *document, uint32_t block, json_t *table, const char *where)
{
    const struct released_table *const one[] = {document->blocks[block].table};
    const struct report_tables tables = {.tables = one, .count = 1};
    const struct document *alone = NULL;
    char at[WHERE_ROOM + 64];
    (void)snprintf(at, sizeof at, "%s, %s", where, json_string_value(json_object_get(table, "measure")));
    assert_ok(job, report_tables_document(&job->ctx, &document->head, &tables, true, &alone));
    csv_table_assert(table, rendered_text(job, alone, "csv", (struct rendering){0}), at);
    const char *text = rendered_text(job, alone, "terminal", (struct rendering){.wide = true, .utf8 = true, .columns = 9000});
    terminal_table_assert(table, text, at);
    blank_words_assert(text, at);
    text = rendered_text(job, alone, "html", (struct rendering){.utf8 = true, .stylesheet = {" ", 1}});
    html_table_assert(table, text, at);
    blank_words_assert(text, at);
}

static bool cell_is(const json_t *row, const struct undefined_expectation *expected)
{
    const json_t *value = json_object_get(row, expected->column);
    const char *reason = json_string_value(json_object_get(json_object_get(row, "blank"), expected->column));
    if (*expected->value == '=') {
        double difference = json_number_value(value) - strtod(expected->value + 1, NULL);
        return json_is_number(value) && difference < 1e-9 && difference > -1e-9;
    }
    if (*expected->value == '\'')
        return json_is_string(value) && strcmp(json_string_value(value), expected->value + 1) == 0;
    return reason && strcmp(reason, expected->value) == 0;
}

/* Is it a row of the group, with this text in one of its cells? */
static bool row_meant(const json_t *row, const char *segment, const struct undefined_expectation *expected)
{
    const json_t *value = NULL;
    const char *name = NULL;
    json_t *copy = json_deep_copy(row);
    const char *group = json_string_value(json_object_get(row, segment));
    bool found = !expected->key;
    json_object_foreach (copy, name, value)
        found = found || (json_is_string(value) && strcmp(json_string_value(value), expected->key) == 0);
    json_decref(copy);
    return found && (!expected->group || (group && strcmp(group, expected->group) == 0));
}

static void expectation_assert(json_t *root, const struct undefined_case *fixture, const struct undefined_expectation *expected)
{
    json_t *tables = json_object_get(root, "tables"), *table = NULL, *row = NULL;
    size_t t = 0, r = 0;
    bool seen = false;
    json_array_foreach (tables, t, table) {
        if (strcmp(json_string_value(json_object_get(table, "measure")), expected->measure) != 0 ||
            (expected->group != NULL) != (json_array_size(json_object_get(table, "by")) > 0))
            continue;
        json_array_foreach (json_object_get(table, "rows"), r, row) {
            if (!row_meant(row, segment_of(fixture), expected))
                continue;
            seen = true;
            if (cell_is(row, expected))
                return;
        }
    }
    /* A measure that is not in the register yet is not missed. */
    if (seen || measure_find(span_of(expected->measure)))
        fail_msg("%s: no row of %s about %s has %s %s", fixture->name, expected->measure, expected->key ? expected->key : "any",
                 expected->column, expected->value);
}

static void tables_look(struct trial *trial, const struct view *view)
{
    struct job job;
    char where[WHERE_ROOM];
    (void)snprintf(where, sizeof where, "\"%s\", %s", trial->fixture->name, view->name);
    job_begin(&job);
    const struct document *document = document_make(&job, trial, view);
    json_error_t error;
    json_t *root = json_loads(rendered_text(&job, document, "json", (struct rendering){0}), 0, &error);
    if (!root)
        fail_msg("%s: not JSON: %s", where, error.text);
    blank_laws_assert(root, where, trial->count);
    if (view->floor == 1)
        blank_sums_assert(root, where);
    assert_int_equal(json_array_size(json_object_get(root, "tables")), document->block_count);
    for (uint32_t i = 0; i < document->block_count; i++) {
        /* Tables of everyone are the same whichever groups are hidden. */
        if (view->floor == 1 || released_table_view(document->blocks[i].table)->by_count)
            table_assert(&job, document, i, json_array_get(json_object_get(root, "tables"), i), where);
    }
    for (size_t i = 0; i < UNDEFINED_EXPECTED && trial->fixture->expected[i].measure && view->floor == 1; i++)
        expectation_assert(root, trial->fixture, &trial->fixture->expected[i]);
    json_decref(root);
    job_end(&job);
}

/* The report: sentences and pictures too. */
static void story_look(struct trial *trial)
{
    struct job job;
    const struct view view = {
        .name = "the report", .floor = 5, .replicates = trial->seldom ? REPLICATES : 0, .before = trial->seldom, .story = true};
    job_begin(&job);
    const struct document *document = document_make(&job, trial, &view);
    blank_words_assert(rendered_text(&job, document, "terminal", (struct rendering){.utf8 = true}), trial->fixture->name);
    blank_words_assert(rendered_text(&job, document, "html", (struct rendering){.utf8 = true, .stylesheet = {" ", 1}}),
                       trial->fixture->name);
    job_end(&job);
}

/* What a user sees who runs the program on it. */
static void program_look(const struct scratch *folder, const struct undefined_case *fixture)
{
    struct program_run run;
    const char *const arguments[] = {"analyze", "answers.csv", "--study", "study.json", NULL};
    program_run(&run, &(struct program_call){.arguments = arguments, .folder = folder->folder});
    if (run.exit_code != fixture->exit_code)
        fail_msg("%s: exit code %d, not %d: %s", fixture->name, run.exit_code, fixture->exit_code, run.err);
    for (size_t i = 0; i < UNDEFINED_SAID && fixture->said[i]; i++) {
        if (!strstr(run.err, fixture->said[i]))
            fail_msg("%s: \"%s\" was not said, but: %s", fixture->name, fixture->said[i], run.err);
    }
    if (fixture->exit_code)
        assert_string_equal(run.out, "");
    else
        assert_string_equal(run.err, "");
    program_run_clear(&run);
}

static void fixture_look(struct scratch *folder, struct trial *trial)
{
    static const struct view views[] = {{.name = "every group shown", .floor = 1},
                                        {.name = "small groups hidden", .floor = 5},
                                        {.name = "resampled", .floor = 1, .replicates = REPLICATES, .before = true}};
    undefined_case_write(folder, trial->fixture);
    if (trial->fixture->exit_code || trial->seldom)
        program_look(folder, trial->fixture);
    if (trial->fixture->exit_code)
        return;
    (void)snprintf(trial->study, sizeof trial->study, "%s", scratch_path(folder, "study.json"));
    (void)snprintf(trial->answers, sizeof trial->answers, "%s", scratch_path(folder, "answers.csv"));
    tables_look(trial, &views[0]);
    tables_look(trial, &views[1]);
    if (trial->seldom)
        tables_look(trial, &views[2]);
    story_look(trial);
}

/* What all fixtures share. */
static struct scratch scratch;
static struct blank_count count;
static bool *measures;
static const struct undefined_case *list;

static void no_number_stands_where_none_exists(void **state)
{
    const struct undefined_case *fixture = *state;
    struct trial trial = {.fixture = fixture, .count = &count, .measures = measures, .seldom = (fixture - list) % SELDOM == 0};
    fixture_look(&scratch, &trial);
}

static int set_up(void **state)
{
    (void)state;
    scratch_create(&scratch);
    measures = calloc(measure_register_count, sizeof *measures);
    return measures == NULL;
}

static int tear_down(void **state)
{
    (void)state;
    unsigned tried = 0;
    for (size_t i = 0; i < measure_register_count; i++)
        tried += measures[i];
    print_message("%u measures, %u tables, %u cells, %u of them blank with their reason\n", tried, count.tables, count.cells,
                  count.blanks);
    free(measures);
    scratch_destroy(&scratch);
    return 0;
}

int undefined_trials_run(const struct undefined_case *fixtures)
{
    struct CMUnitTest tests[FIXTURES_MOST] = {{.name = NULL}};
    size_t used = 0;
    list = fixtures;
    for (; fixtures->name && used < FIXTURES_MOST; fixtures++) {
        /* cmocka's state is not const; it is only read here. */
        union {
            const struct undefined_case *fixture;
            void *state;
        } kept = {.fixture = fixtures};
        tests[used++] = (struct CMUnitTest){
            .name = fixtures->name, .test_func = no_number_stands_where_none_exists, .initial_state = kept.state};
    }
    if (fixtures->name)
        return 1;
    print_message("%zu fixtures\n", used);
    return _cmocka_run_group_tests("undefined cases", tests, used, set_up, tear_down);
}
