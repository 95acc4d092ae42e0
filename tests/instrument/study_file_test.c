/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/study_file.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/memory.h"
#include "support/job_fixture.h"
#include "support/scratch_folder.h"

#define CORPUS GAPMETER_SOURCE_DIR "/fuzz/corpus/study/"

static const struct study *read_text(struct job *job, const char *json)
{
    const struct study *study = NULL;
    assert_ok(job, study_read_text(&job->ctx, span_of(json), "some/where/counter.json", &study));
    return study;
}

static const struct study *read_corpus(struct job *job, const char *name)
{
    const struct study *study = NULL;
    char path[512];
    (void)snprintf(path, sizeof path, CORPUS "%s.json", name);
    assert_ok(job, study_read_file(&job->ctx, path, &study));
    return study;
}

/* The study file of the page "The outside of Gapmeter", with every column that it shows */
static const char documented[] =
    "{ \"gapmeter\": 1, \"title\": \"Pharmacy counter\", \"design\": {\"expectation\": \"will\", \"asked\": \"same "
    "sitting\"},"
    "  \"scales\": {\"agree5\": {\"min\": 1, \"max\": 5, \"step\": 1, \"labels\": {\"1\": \"Strongly disagree\", \"5\": "
    "\"Strongly agree\"}}},"
    "  \"dimensions\": [{\"id\": \"reliability\", \"title\": \"Reliability\"}],"
    "  \"items\": [{\"id\": \"q1\", \"dimension\": \"reliability\", \"scale\": \"agree5\", \"text\": \"Keeps its promises\", "
    "\"reverse\": false},"
    "              {\"id\": \"q2\", \"dimension\": \"reliability\", \"scale\": \"agree5\", \"reverse\": true}],"
    "  \"columns\": { \"respondent\": \"id\", \"encounter\": null, \"expectation\": \"h{n}\", \"perception\": \"{id}_p\","
    "    \"desired\": null, \"minimum\": null, \"importance\": {\"kind\": \"points\", \"of\": \"dimension\", "
    "\"reliability\": \"w_rel\"},"
    "    \"outcomes\": {\"satisfaction\": {\"column\": \"sat\", \"min\": 1, \"max\": 10},"
    "                   \"spend\": {\"column\": \"eur\", \"kind\": \"real\", \"decimals\": 2}},"
    "    \"segments\": [\"sex\", \"branch\"], \"channel\": null, \"touchpoint\": null, \"employee\": null, \"wave\": null,"
    "    \"weight\": null, \"cluster\": null, \"strata\": null, \"time\": null, \"comments\": [\"why\"] },"
    "  \"missing\": {\"\": \"skipped\", \"NA\": \"skipped\", \"-99\": \"not_asked\", \"99\": \"declared\"} }";

static void the_documented_study_is_read_whole(void **state)
{
    (void)state;
    struct job job;
    job_begin(&job);
    const struct study *study = read_text(&job, documented);
    assert_string_equal(study->title, "Pharmacy counter");
    assert_int_equal(study->expectation, EXPECTATION_WILL);
    assert_int_equal(study->asked, ASKED_SAME_SITTING);
    assert_false(study->simulated);
    assert_int_equal(study->scale_count, 1);
    assert_int_equal(study->scales[0].steps, 5);
    assert_int_equal(study->scales[0].label_count, 2);
    assert_int_equal(study->scales[0].labels[1].code, 5);
    assert_string_equal(study->scales[0].labels[1].text, "Strongly agree");
    assert_int_equal(study->dimension_count, 1);
    assert_int_equal(study->dimensions[0].item_count, 2);
    assert_int_equal(study->dimensions[0].items[1], 1);
    assert_int_equal(study->item_count, 2);
    assert_string_equal(study->items[0].text, "Keeps its promises");
    assert_string_equal(study->items[1].text, "q2");
    assert_false(study->items[0].reverse);
    assert_true(study->items[1].reverse);
    /* "{n} = 1-based position of the item, {id} = its id" */
    assert_string_equal(study->columns.of_item[STANDARD_EXPECTATION][1], "h2");
    assert_string_equal(study->columns.of_item[STANDARD_PERCEPTION][0], "q1_p");
    /* "A standard that was not asked is null or left out" */
    assert_null(study->columns.of_item[STANDARD_DESIRED]);
    assert_false(study_asks_any(study, STANDARD_MINIMUM));
    assert_string_equal(study->columns.respondent, "id");
    assert_null(study->columns.encounter);
    assert_int_equal(study->columns.importance, IMPORTANCE_POINTS);
    assert_string_equal(study->columns.points_of_dimension[0], "w_rel");
    assert_int_equal(study->columns.outcome_count, 2);
    assert_int_equal(study->columns.outcomes[0].scale.steps, 10);
    assert_int_equal(study->columns.outcomes[1].kind, OUTCOME_REAL);
    assert_int_equal(study->columns.outcomes[1].decimals, 2);
    assert_int_equal(study->columns.segment_count, 2);
    assert_int_equal(study->columns.comment_count, 1);
    assert_int_equal(study->missing_count, 4);
    assert_int_equal(study->missing[2].kind, MISSING_NOT_ASKED);
    assert_true(study->missing[2].is_number);
    assert_false(study->missing[1].is_number);
    job_end(&job);
}

/* `"scale": {…}` is short for one scale used by every item; items without a dimension belong to none */
static void one_scale_serves_all_items(void **state)
{
    (void)state;
    struct job job;
    job_begin(&job);
    const struct study *study = read_corpus(&job, "ok_one_scale");
    assert_int_equal(study->scale_count, 1);
    assert_int_equal(study->scales[0].steps, 5);
    assert_int_equal(study->items[1].scale, 0);
    assert_int_equal(study->items[1].dimension, UINT32_MAX);
    assert_string_equal(study->columns.of_item[STANDARD_MINIMUM][1], "AS-7_min");
    assert_null(study->columns.respondent);
    /* "`missing` may also be a plain list", of texts or numbers */
    assert_int_equal(study->missing_count, 5);
    assert_string_equal(study->missing[3].text, "99.5");
    assert_string_equal(study->missing[4].text, "99.50");
    assert_int_equal(study->missing[2].kind, MISSING_SKIPPED);
    assert_string_equal(study->title, "ok_one_scale");
    job_end(&job);
}

/* The questions of Kano have a scale of their own, in every layout */
static void kano_is_asked_on_its_own_scale(void **state)
{
    (void)state;
    static const char *const files[] = {"ok_kano", "ok_kano_some", "ok_kano_long", "ok_kano_long_columns"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct job job;
        job_begin(&job);
        const struct study *study = read_corpus(&job, files[i]);
        assert_true(study_asks(study, STANDARD_FUNCTIONAL, 0) && study_asks(study, STANDARD_DYSFUNCTIONAL, 0));
        assert_int_equal(study_asks(study, STANDARD_FUNCTIONAL, 1), i != 1);
        assert_ptr_equal(study_scale(study, STANDARD_FUNCTIONAL, 0), &kano_scale);
        assert_ptr_equal(study_scale(study, STANDARD_DYSFUNCTIONAL, 0), &kano_scale);
        assert_int_equal(study->scale_count, 1);
        job_end(&job);
    }
}

/* The period of a date is a segment, as wave, channel, touchpoint and employee are; one column is one segment */
static void times_are_segments(void **state)
{
    (void)state;
    struct job job;
    job_begin(&job);
    const struct study *weeks = read_corpus(&job, "ok_time");
    assert_string_equal(weeks->columns.time, "seen");
    assert_int_equal(weeks->columns.time_period, PERIOD_WEEK);
    assert_int_equal(weeks->columns.time_format, DATE_DMY);
    assert_int_equal(weeks->columns.segment_count, 3);
    assert_int_equal(study_segment(weeks, span_of("wave")), 1);
    assert_int_equal(study_segment(weeks, span_of("seen")), 2);
    const struct study *months = read_corpus(&job, "ok_time_month");
    assert_int_equal(months->columns.time_period, PERIOD_MONTH);
    assert_int_equal(months->columns.time_format, DATE_ISO);
    assert_int_equal(months->columns.segment_count, 1);
    job_end(&job);
}

/* "a row per moment": touchpoint and time are of moments, no segments; all else holds for the journey */
static void journeys_are_rows_of_moments(void **state)
{
    (void)state;
    struct job job;
    job_begin(&job);
    const struct study *rated = read_corpus(&job, "ok_journey");
    assert_int_equal(rated->columns.layout, LAYOUT_JOURNEY);
    assert_string_equal(rated->columns.touchpoint, "what");
    assert_string_equal(rated->columns.time, "at");
    assert_int_equal(rated->columns.time_format, DATE_DMY);
    assert_string_equal(rated->columns.journey.order, "no");
    assert_string_equal(rated->columns.journey.rating, "r");
    assert_int_equal(rated->columns.journey.rating_scale.steps, 7);
    assert_int_equal(rated->columns.journey.rating_scale.label_count, 2);
    assert_int_equal(rated->columns.segment_count, 2);
    assert_int_equal(study_segment(rated, span_of("channel")), 1);
    const struct study *log = read_corpus(&job, "ok_journey_log");
    assert_null(log->columns.journey.rating);
    assert_null(log->columns.journey.order);
    assert_null(log->columns.respondent);
    assert_int_equal(log->columns.segment_count, 0);
    assert_null(read_corpus(&job, "ok_journey_order")->columns.time);
    job_end(&job);
}

/* `"margins": {"sex": {"m": 49, "f": 51}}`: shares of the values of a segment, exact */
static void margins_are_of_segments(void **state)
{
    (void)state;
    struct job job;
    job_begin(&job);
    const struct study *study = read_corpus(&job, "ok_margins");
    assert_true(study_is_weighted(study));
    assert_true(study->trim_weights);
    assert_int_equal(study->margin_count, 2);
    assert_int_equal(study->margins[1].segment, 1);
    assert_int_equal(study->margins[0].category_count, 2);
    assert_string_equal(study->margins[0].categories[1].value, "f");
    assert_int_equal(study->margins[0].categories[1].target.units, 51);
    assert_int_equal(decimal_compare(study->margins[1].categories[0].target, (struct decimal){55, 2}), 0);
    const struct study *none = read_corpus(&job, "ok_margins_none");
    assert_false(study_is_weighted(none));
    assert_true(study_is_weighted(read_corpus(&job, "ok_full")));
    job_end(&job);
}

/* A name that equals a role implies it; "none" takes it away; a real number plays no role */
static void outcomes_have_roles(void **state)
{
    (void)state;
    struct job job;
    job_begin(&job);
    const struct study *study = read_corpus(&job, "ok_roles");
    for (enum outcome_role role = OUTCOME_ROLE_SATISFACTION; role < OUTCOME_ROLE_COUNT; role++)
        assert_int_equal(study_outcome_of_role(study, role), role - OUTCOME_ROLE_SATISFACTION);
    assert_true(study->columns.outcomes[2].easy_low);
    assert_int_equal(study->columns.outcomes[9].kind, OUTCOME_REAL);
    assert_int_equal(study->columns.outcomes[9].role, OUTCOME_ROLE_NONE);
    assert_int_equal(study->columns.outcomes[10].role, OUTCOME_ROLE_NONE);
    const struct study *plain = read_corpus(&job, "ok_full");
    assert_int_equal(study_outcome_of_role(plain, OUTCOME_ROLE_SATISFACTION), 0);
    assert_int_equal(study_outcome_of_role(plain, OUTCOME_ROLE_LEFT), UINT32_MAX);
    assert_false(plain->columns.outcomes[0].easy_low);
    job_end(&job);
}

/* "`items` may be empty when only outcomes are analysed"; the empty cell is missing without being listed */
static void outcomes_alone_are_a_study(void **state)
{
    (void)state;
    struct job job;
    job_begin(&job);
    const struct study *study = read_corpus(&job, "ok_outcomes_only");
    assert_int_equal(study->item_count, 0);
    assert_int_equal(study->columns.outcome_count, 1);
    assert_int_equal(study->missing_count, 1);
    assert_string_equal(study->missing[0].text, "");
    assert_int_equal(study->missing[0].kind, MISSING_SKIPPED);
    job_end(&job);
}

/* "long (a row per encounter, item and standard …; or one column per standard)" */
static void long_layouts_are_told_apart(void **state)
{
    (void)state;
    struct job job;
    job_begin(&job);
    const struct study *rows = read_corpus(&job, "ok_long_rows");
    assert_int_equal(rows->columns.layout, LAYOUT_LONG);
    assert_string_equal(rows->columns.in_rows.standard, "which");
    assert_string_equal(rows->columns.in_rows.standard_text[STANDARD_PERCEPTION], "P");
    assert_true(study_asks(rows, STANDARD_IMPORTANCE, 2));
    assert_false(study_asks(rows, STANDARD_DESIRED, 0));
    assert_string_equal(study_scale(rows, STANDARD_IMPORTANCE, 0)->id, "agree9");
    const struct study *columns = read_corpus(&job, "ok_long_columns");
    assert_null(columns->columns.in_rows.standard);
    assert_string_equal(columns->columns.in_rows.standard_column[STANDARD_EXPECTATION], "harapan");
    assert_string_equal(columns->columns.in_rows.standard_column[STANDARD_IMPORTANCE], "imp");
    /* a scale given in place becomes one of the study */
    assert_int_equal(columns->scale_count, 3);
    assert_int_equal(study_scale(columns, STANDARD_IMPORTANCE, 1)->steps, 3);
    job_end(&job);
}

/* A header that a map leaves out, or gives as null, was not asked of that item; channel and employee are segments too */
static void maps_and_named_segments(void **state)
{
    (void)state;
    struct job job;
    job_begin(&job);
    const struct study *study = read_corpus(&job, "ok_full");
    assert_true(study_asks(study, STANDARD_PERCEPTION, 1));
    assert_false(study_asks(study, STANDARD_PERCEPTION, 2));
    assert_string_equal(study->columns.of_item[STANDARD_PERCEPTION][1], "after, q2");
    assert_int_equal(study->columns.segment_count, 5);
    assert_int_equal(study_segment(study, span_of("channel")), 2);
    assert_int_equal(study_segment(study, span_of("who")), 3);
    assert_int_equal(study_segment(study, span_of("nobody")), UINT32_MAX);
    assert_int_equal(study->decimal_mark, ',');
    assert_true(study->simulated);
    const struct study *rating = read_corpus(&job, "ok_rating");
    assert_true(study_asks(rating, STANDARD_IMPORTANCE, 0));
    assert_false(study_asks(rating, STANDARD_IMPORTANCE, 1));
    job_end(&job);
}

/* `"instrument": "gap-22"` replaces scales, dimensions and items, and brings its "does not apply" */
static void a_shipped_instrument_brings_its_questions(void **state)
{
    (void)state;
    struct job job;
    job_begin(&job);
    const struct study *study = read_corpus(&job, "ok_instrument");
    assert_int_equal(study->item_count, 22);
    assert_int_equal(study->dimension_count, 5);
    assert_string_equal(study->columns.of_item[STANDARD_PERCEPTION][21], "P_emp5");
    assert_int_equal(study->missing_count, 3);
    assert_string_equal(study->missing[1].text, "n/a");
    assert_int_equal(study->missing[1].kind, MISSING_DECLARED);
    job_end(&job);
}

/* "(a shipped instrument's name, or a path)": the path starts at the study's own folder */
static void an_instrument_is_found_beside_the_study(void **state)
{
    (void)state;
    struct job job;
    struct scratch scratch;
    const struct study *study = NULL;
    char text[1 << 15];
    size_t length = 0;
    scratch_create(&scratch);
    char *instrument = scratch_read(GAPMETER_SOURCE_DIR "/data/instruments/ces.json", &length);
    (void)snprintf(text, sizeof text, "%s", instrument);
    free(instrument);
    scratch_write(&scratch, "own.json", text);
    const char *path = scratch_write(&scratch, "study.json",
                                     "{\"gapmeter\": 1, \"instrument\": \"./own.json\", \"columns\": {\"perception\": \"c\"}}");
    job_begin(&job);
    assert_ok(&job, study_read_file(&job.ctx, path, &study));
    assert_string_equal(study->items[0].id, "effort");
    assert_non_null(strstr(study->attribution, "Gartner"));
    path = scratch_write(&scratch, "study.json",
                         "{\"gapmeter\": 1, \"instrument\": \"gone.json\", \"columns\": {\"perception\": \"c\"}}");
    assert_int_equal(study_read_file(&job.ctx, path, &study), STATUS_CONFIG);
    assert_string_equal(job.ctx.error.place.path, "$.instrument");
    job_end(&job);
    scratch_destroy(&scratch);
}

/* "STATUS_NO_INPUT, STATUS_PERMISSION, STATUS_IO": each with its own sentence */
static void files_that_cannot_be_read_say_why(void **state)
{
    (void)state;
    struct job job;
    struct scratch scratch;
    const struct study *study = NULL;
    scratch_create(&scratch);
    job_begin(&job);
    assert_int_equal(study_read_file(&job.ctx, scratch_path(&scratch, "gone.json"), &study), STATUS_NO_INPUT);
    assert_non_null(strstr(job.ctx.error.sentence, "is not there"));
    assert_int_equal(study_read_file(&job.ctx, scratch.folder, &study), STATUS_NO_INPUT);
    assert_non_null(strstr(job.ctx.error.sentence, "this is a folder"));
    const char *path = scratch_write(&scratch, "closed.json", "{}");
    assert_int_equal(chmod(path, 0), 0);
    if (geteuid() != 0)
        assert_int_equal(study_read_file(&job.ctx, path, &study), STATUS_PERMISSION);
    path = scratch_write(&scratch, "empty.json", "");
    assert_int_equal(study_read_file(&job.ctx, path, &study), STATUS_CONFIG);
    job_end(&job);
    scratch_destroy(&scratch);
}

/* Every k-th allocation fails in turn: the study is read or STATUS_MEMORY is given, and nothing is lost (leaks are caught by
 * the sanitizer). */
static void any_allocation_may_fail(void **state)
{
    (void)state;
    static const char *const names[] = {"ok_full", "ok_instrument", "ok_long_columns", "ok_collection", "ok_collection_code"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[512];
        enum status status = STATUS_MEMORY;
        uint64_t failing = 0;
        (void)snprintf(path, sizeof path, CORPUS "%s.json", names[i]);
        while (status != STATUS_OK) {
            struct job job;
            const struct study *study = NULL;
            job_begin(&job);
            memory_fail_at(++failing, false);
            status = study_read_file(&job.ctx, path, &study);
            memory_fail_at(0, false);
            if (status != STATUS_OK) {
                assert_int_equal(status, STATUS_MEMORY);
                assert_int_equal(job.ctx.error.status, STATUS_MEMORY);
            }
            job_end(&job);
        }
        assert_true(failing > 100);
    }
}

/* Every study that the guide shows can be read as it stands there. */
static void studies_of_the_guide_are_read(void **state)
{
    (void)state;
    size_t length = 0;
    unsigned studies = 0;
    char *guide = scratch_read(GAPMETER_SOURCE_DIR "/docs/guide/study-file.md", &length);
    for (char *at = strstr(guide, "```json\n"); at != NULL; at = strstr(at, "```json\n")) {
        struct job job;
        const struct study *study = NULL;
        at += strlen("```json\n");
        const char *end = strstr(at, "```");
        assert_non_null(end);
        job_begin(&job);
        assert_ok(&job, study_read_text(&job.ctx, (struct span){at, (size_t)(end - at)}, "study-file.md", &study));
        job_end(&job);
        studies++;
    }
    free(guide);
    assert_int_equal(studies, 12);
}

/* The study files of the real answers that the tests analyse */
static void studies_of_the_tests_are_read(void **state)
{
    (void)state;
    unsigned studies = 0;
    DIR *folder = opendir(GAPMETER_SOURCE_DIR "/tests/studies");
    assert_non_null(folder);
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        struct job job;
        char path[512];
        const struct study *study = NULL;
        if (strstr(entry->d_name, ".json") == NULL)
            continue;
        (void)snprintf(path, sizeof path, GAPMETER_SOURCE_DIR "/tests/studies/%s", entry->d_name);
        job_begin(&job);
        assert_ok(&job, study_read_file(&job.ctx, path, &study));
        job_end(&job);
        studies++;
    }
    (void)closedir(folder);
    assert_true(studies >= 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_documented_study_is_read_whole),
        cmocka_unit_test(one_scale_serves_all_items),
        cmocka_unit_test(kano_is_asked_on_its_own_scale),
        cmocka_unit_test(times_are_segments),
        cmocka_unit_test(journeys_are_rows_of_moments),
        cmocka_unit_test(margins_are_of_segments),
        cmocka_unit_test(outcomes_have_roles),
        cmocka_unit_test(outcomes_alone_are_a_study),
        cmocka_unit_test(long_layouts_are_told_apart),
        cmocka_unit_test(maps_and_named_segments),
        cmocka_unit_test(a_shipped_instrument_brings_its_questions),
        cmocka_unit_test(an_instrument_is_found_beside_the_study),
        cmocka_unit_test(files_that_cannot_be_read_say_why),
        cmocka_unit_test(studies_of_the_guide_are_read),
        cmocka_unit_test(studies_of_the_tests_are_read),
        cmocka_unit_test(any_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
