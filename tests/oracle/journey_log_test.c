/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A hospital's log of 15 214 moments, read as journeys: what comes first, last and next must be what another program counted in
 * the same log. The log is not ours to ship; where it is absent each test says so and is skipped. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "formats/csv_read.h"
#include "support/job_fixture.h"
#include "support/oracle_fixture.h"
#include "support/scratch_folder.h"

enum { PATH_ROOM = 4096, TOUCHPOINTS = 16 };

static const struct study log_study = {
    .title = "log",
    .source = "log.json",
    .columns = {.layout = LAYOUT_JOURNEY,
                .respondent = "case_id",
                .touchpoint = "activity",
                .time = "timestamp",
                .journey = {.order = "order"}},
};

/* The log as text. Its makers wrote the case "NA" as an empty cell, which no reader can tell from an absent name: it gets its
 * name back when asked for. owns    the caller */
static char *log_text(bool mended, size_t *length)
{
    char path[PATH_ROOM];
    char *raw = scratch_read(real_answers_path("journey-sepsis/sepsis.csv", path, sizeof path), length);
    char *text = malloc(*length * 2);
    size_t out = 0;
    assert_non_null(text);
    for (size_t i = 0; i < *length; i++) {
        if (mended && raw[i] == ',' && (i == 0 || raw[i - 1] == '\n')) {
            text[out++] = 'N';
            text[out++] = 'A';
        }
        text[out++] = raw[i];
    }
    free(raw);
    *length = out;
    return text;
}

static enum status read_log(struct job *job, bool mended, struct problems *problems, const struct answers **out)
{
    size_t length = 0;
    char *text = log_text(mended, &length);
    const struct span bytes = {text, length};
    const struct csv_request request = {.openings = {{.path = "sepsis.csv", .bytes = &bytes}}, .count = 1};
    assert_ok(job, problems_init(&job->ctx, problems, true));
    enum status status = csv_read(&job->ctx, &request, &log_study, problems, out);
    free(text);
    return status;
}

/* "an empty key" is a problem of its row: 24 moments of a case without a name are not given to somebody. */
static void moments_of_nobody_are_problems(void **state)
{
    (void)state;
    struct job job;
    struct problems problems;
    const struct answers *answers;
    job_begin(&job);
    assert_int_equal(read_log(&job, false, &problems, &answers), STATUS_DATA);
    assert_null(answers);
    assert_int_equal(problems.total, 24);
    assert_int_equal(problems.count[PROBLEM_NO_KEY], 24);
    assert_int_equal(problems.kept[0].place.row, 443);
    job_end(&job);
}

static void assert_counts(json_t *reference, const char *member, const struct answers *answers, const uint64_t *counts)
{
    char path[128];
    uint64_t there = 0, all = 0;
    for (uint32_t i = 0; i < TOUCHPOINTS; i++)
        all += counts[i] > 0;
    json_t *expected = oracle_at(reference, member);
    for (uint32_t i = 0; i < TOUCHPOINTS; i++) {
        if (json_object_get(expected, answers->touchpoint_names[i]) == NULL)
            continue;
        (void)snprintf(path, sizeof path, "%s.%s", member, answers->touchpoint_names[i]);
        assert_int_equal(counts[i], (uint64_t)oracle_number(reference, path));
        there++;
    }
    assert_int_equal(there, json_object_size(expected));
    assert_int_equal(there, all);
}

static void journeys_are_those_of_the_log(void **state)
{
    (void)state;
    struct job job;
    struct problems problems;
    const struct answers *answers;
    char path[PATH_ROOM];
    uint64_t all[TOUCHPOINTS] = {0}, first[TOUCHPOINTS] = {0}, last[TOUCHPOINTS] = {0}, next[TOUCHPOINTS][TOUCHPOINTS] = {{0}};
    uint64_t least = UINT64_MAX, most = 0, follows = 0, loops = 0;
    job_begin(&job);
    json_t *reference = oracle_read_path(real_answers_path("journey-sepsis/reference.json", path, sizeof path));
    assert_ok(&job, read_log(&job, true, &problems, &answers));
    assert_int_equal(answers->encounter_count, (uint64_t)oracle_number(reference, "n_cases"));
    assert_int_equal(answers->moment_count, (uint64_t)oracle_number(reference, "n_events"));
    assert_int_equal(answers->touchpoint_count, (uint64_t)oracle_number(reference, "n_activities"));
    assert_int_equal(answers->touchpoint_count, TOUCHPOINTS);
    for (uint32_t e = 0; e < answers->encounter_count; e++) {
        uint64_t begin = answers->moment_starts[e], end = answers->moment_starts[e + 1];
        least = end - begin < least ? end - begin : least;
        most = end - begin > most ? end - begin : most;
        first[answers->moments[begin].touchpoint]++;
        last[answers->moments[end - 1].touchpoint]++;
        for (uint64_t i = begin; i < end; i++) {
            assert_int_equal(answers->moments[i].encounter, e);
            all[answers->moments[i].touchpoint]++;
            if (i > begin)
                next[answers->moments[i - 1].touchpoint][answers->moments[i].touchpoint]++;
        }
    }
    for (uint32_t i = 0; i < TOUCHPOINTS; i++) {
        loops += next[i][i];
        for (uint32_t j = 0; j < TOUCHPOINTS; j++)
            follows += next[i][j] > 0;
    }
    assert_int_equal(least, (uint64_t)oracle_number(reference, "events_per_case.min"));
    assert_int_equal(most, (uint64_t)oracle_number(reference, "events_per_case.max"));
    assert_int_equal(follows, (uint64_t)oracle_number(reference, "n_directly_follows_pairs"));
    assert_int_equal(loops, (uint64_t)oracle_number(reference, "self_loop_pairs"));
    assert_counts(reference, "activity_counts", answers, all);
    assert_counts(reference, "start_activities", answers, first);
    assert_counts(reference, "end_activities", answers, last);
    assert_string_equal(answers->notes[0].english, "1050 journeys with 15214 moments at 16 touchpoints.");
    assert_int_equal(answers->note_count, 1);
    json_decref(reference);
    job_end(&job);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(moments_of_nobody_are_problems),
        cmocka_unit_test(journeys_are_those_of_the_log),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
