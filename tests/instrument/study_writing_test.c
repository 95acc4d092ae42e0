/* SPDX-License-Identifier: GPL-3.0-or-later */
/* study_write: "whatever was read, so that it reads back equal, with columns as patterns where they have one" */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "instrument/study_file.h"
#include "support/job_fixture.h"
#include "support/scratch_folder.h"

#define CORPUS GAPMETER_SOURCE_DIR "/fuzz/corpus/study/"

static struct span written(struct job *job, const struct study *study)
{
    struct out *out = NULL;
    assert_ok(job, out_open_memory(&job->ctx, &out));
    assert_ok(job, study_write(&job->ctx, study, out));
    struct span text = out_bytes(out);
    return (struct span){arena_copy(job->ctx.arena, text), text.length};
}

static void every_good_study_reads_back_equal(void **state)
{
    (void)state;
    unsigned studies = 0;
    DIR *folder = opendir(CORPUS);
    assert_non_null(folder);
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        if (strncmp(entry->d_name, "ok_", 3) != 0)
            continue;
        char path[512];
        struct job job;
        const struct study *study = NULL, *again = NULL;
        (void)snprintf(path, sizeof path, CORPUS "%s", entry->d_name);
        job_begin(&job);
        assert_ok(&job, study_read_file(&job.ctx, path, &study));
        struct span first = written(&job, study);
        assert_ok(&job, study_read_text(&job.ctx, first, "written.json", &again));
        struct span second = written(&job, again);
        assert_int_equal(first.length, second.length);
        assert_memory_equal(first.at, second.at, first.length);
        assert_true(study_equal(study, again));
        job_end(&job);
        studies++;
    }
    (void)closedir(folder);
    assert_true(studies >= 10);
}

/* The text with one piece put in the place of another. */
static char *replaced(const char *text, const char *piece, const char *by)
{
    const char *at = strstr(text, piece);
    if (at == NULL)
        fail_msg("%s is not in the study", piece);
    size_t room = strlen(text) + strlen(by) + 1;
    char *changed = malloc(room);
    assert_non_null(changed);
    (void)snprintf(changed, room, "%.*s%s%s", (int)(at - text), text, by, at + strlen(piece));
    return changed;
}

struct change {
    const char *file, *piece, *by;
};

static void check_change(const struct change *change)
{
    struct job job;
    char path[512];
    size_t length = 0;
    const struct study *study = NULL, *other = NULL;
    (void)snprintf(path, sizeof path, CORPUS "%s.json", change->file);
    char *text = scratch_read(path, &length);
    char *changed = replaced(text, change->piece, change->by);
    job_begin(&job);
    assert_ok(&job, study_read_text(&job.ctx, span_of(text), "a.json", &study));
    assert_ok(&job, study_read_text(&job.ctx, span_of(changed), "b.json", &other));
    if (study_equal(study, other))
        fail_msg("%s: %s against %s makes no difference", change->file, change->piece, change->by);
    job_end(&job);
    free(changed);
    free(text);
}

static const struct change changes[] = {
    {"ok_full", "\"Counter\"", "\"Desk\""},
    {"ok_full", "\"Service desk\"", "\"Sales\""},
    {"ok_full", "\"will\"", "\"should\""},
    {"ok_full", "\"before\"", "\"recalled\""},
    {"ok_full", "\"simulated\": true", "\"simulated\": false"},
    {"ok_full", "\"Mark ® of someone\"", "\"Mark ® of nobody\""},
    {"ok_full", "\"decimal_mark\": \",\"", "\"decimal_mark\": \".\""},
    {"ok_full", "\"max\": 5", "\"max\": 6"},
    {"ok_full", "\"max\": 9", "\"max\": 9, \"step\": 2"},
    {"ok_full", "\"5\": \"Agree\"", "\"4\": \"Agree\""},
    {"ok_full", "\"5\": \"Agree\"", "\"5\": \"Yes\""},
    {"ok_full", ", \"5\": \"Agree\"", ""},
    {"ok_full", "\"title\": \"Empathy\"", "\"title\": \"Care\""},
    {"ok_full", "\"dimension\": \"empathy\"", "\"dimension\": \"empathy\", \"text\": \"?\""},
    {"ok_full", "\"q3\", \"scale\": \"agree9\"", "\"q3\", \"scale\": \"agree5\""},
    {"ok_full", "\"id\": \"q3\"", "\"id\": \"q3\", \"dimension\": \"empathy\""},
    {"ok_full", ", \"reverse\": true", ""},
    {"ok_full", "\"respondent\": \"id\"", "\"respondent\": \"no\""},
    {"ok_full", "\"encounter\": null", "\"encounter\": \"visit\""},
    {"ok_full", "\"h{n}\"", "\"e{n}\""},
    {"ok_full", "\"q3\": null", "\"q3\": \"p3\""},
    {"ok_full", "\"desired\": null", "\"desired\": \"d{n}\""},
    {"ok_full", "\"minimum\": null", "\"minimum\": \"m{n}\""},
    {"ok_full", "\"w_rel\"", "\"w_reliability\""},
    {"ok_full", "\"column\": \"sat\"", "\"column\": \"s\""},
    {"ok_full", "\"max\": 10", "\"max\": 11"},
    {"ok_full", "\"decimals\": 2", "\"decimals\": 3"},
    {"ok_full", "\"spend\"", "\"spent\""},
    {"ok_full", "\"branch\"]", "\"town\"]"},
    {"ok_full", "\"channel\": \"channel\"", "\"channel\": null"},
    {"ok_full", "\"touchpoint\": null", "\"touchpoint\": \"sex\""},
    {"ok_full", "\"employee\": \"who\"", "\"employee\": \"staff\""},
    {"ok_full", "\"wave\": null", "\"wave\": \"sex\""},
    {"ok_full", "\"weight\": \"w\"", "\"weight\": null"},
    {"ok_full", "\"cluster\": \"branch\"", "\"cluster\": \"region\""},
    {"ok_full", "\"strata\": \"region\"", "\"strata\": null"},
    {"ok_full", "\"time\": \"at\"", "\"time\": \"when\""},
    {"ok_full", "[\"why\"]", "[\"why\", \"why not\"]"},
    {"ok_full", "[\"why\"]", "[\"because\"]"},
    {"ok_full", "\"-99\": \"not_asked\"", "\"-99\": \"declared\""},
    {"ok_full", "\"-99\": \"not_asked\"", "\"-98\": \"not_asked\""},
    {"ok_roles", "\"role\": \"satisfaction\"", "\"role\": \"none\""},
    {"ok_roles", "\"role\": \"loyalty\"", "\"role\": \"none\""},
    {"ok_roles", "\"easy\": \"low\"", "\"easy\": \"high\""},
    {"ok_rating", "\"i3\"", "\"i2\""},
    {"ok_rating", "\"of\": \"item\", \"scale\": \"agree5\"", "\"scale\": \"agree9\""},
    {"ok_kano", "\"with_{id}\"", "\"have_{id}\""},
    {"ok_kano_some", "\"f\"", "\"g\""},
    {"ok_kano_long", "\"D\"", "\"dys\""},
    {"ok_kano_long_columns", "\"d\"", "\"without\""},
    {"ok_time", "\"week\"", "\"day\""},
    {"ok_time", "\"dmy\"", "\"mdy\""},
    {"ok_time", "\"seen\"", "\"when\""},
    {"ok_time_month", "\"time\": \"seen\"", "\"wave\": \"seen\""},
    {"ok_journey", "\"what\"", "\"step\""},
    {"ok_journey", "\"no\"", "\"nr\""},
    {"ok_journey", "\"order\": \"no\", ", ""},
    {"ok_journey", "\"column\": \"r\"", "\"column\": \"rating\""},
    {"ok_journey", "\"max\": 7", "\"max\": 9"},
    {"ok_journey", "\"bad\"", "\"poor\""},
    {"ok_journey_log", "\"timestamp\"", "\"timestamp\", \"rating\": {\"column\": \"r\", \"min\": 1, \"max\": 7}"},
    {"ok_margins", "\"m\": 49", "\"m\": 48"},
    {"ok_margins", "\"old\"", "\"aged\""},
    {"ok_margins", ", \"age\": {\"young\": 0.55, \"old\": 0.45}", ""},
    {"ok_margins", "\"trim_weights\": true", "\"trim_weights\": false"},
    {"ok_outcome_missing", "\"0\", ", ""},
    {"ok_outcome_missing", "\"0\", ", "\"00\", "},
    {"ok_outcome_missing", "\"-1\": \"declared\"", "\"-1\": \"skipped\""},
    {"ok_long_rows", "\"item\": \"item\"", "\"item\": \"question\""},
    {"ok_long_rows", "\"standard\": \"which\"", "\"standard\": \"kind\""},
    {"ok_long_rows", "\"value\": \"answer\"", "\"value\": \"x\""},
    {"ok_long_rows", "\"E\"", "\"exp\""},
    {"ok_long_columns", "\"harapan\"", "\"hope\""},
    {"ok_long_columns", "\"imp\"", "\"importance\""},
    {"ok_one_scale", "99.5", "99"},
    {"ok_collection", "\"language\": \"en\"", "\"language\": \"fr\""},
    {"ok_collection", "\"identity\": \"named\"", "\"identity\": \"anonymous\""},
    {"ok_collection", "\"We keep", "\"We hold"},
    {"ok_collection", "privacy@", "data@"},
    {"ok_collection", "\"time\",\n   \"customer\"", "\"time\",\n   \"program\""},
    {"ok_collection", ": 90", ": 91"},
    {"ok_collection", ": 14", ": 15"},
    {"ok_collection", "0.125", "0.126"},
    {"ok_collection", "\"items_asked\": 1", "\"items_asked\": 0"},
    {"ok_collection", "\"ask_noticed\": true", "\"ask_noticed\": false"},
    {"ok_collection", "\"ask_sources\": true", "\"ask_sources\": false"},
    {"ok_collection", "\"consent_required\": false", "\"consent_required\": true"},
    {"ok_collection", "\"during_items\": [\n   \"q1\"\n  ]", "\"during_items\": []"},
    {"ok_collection", "\"Which sex", "\"What sex"},
    {"ok_collection", "\"Female\"", "\"Woman\""},
    {"ok_collection", "\"other\": \"Other\"", "\"none\": \"Other\""},
    {"ok_collection", "\"Bergen\"", "\"Tromsø\""},
    {"ok_collection", "\"spend\": null", "\"spend\": \"How much?\""},
    {"ok_collection", "\"How satisfied", "\"How happy"},
    {"ok_collection", "\"Why?\"", "\"Why so?\""},
    {"ok_collection", "\"why\": \"Why?\"", "\"more\": \"Why?\""},
    {"ok_collection", ": 365", ": 366"},
    {"ok_collection", ": 45", ": 46"},
    {"ok_collection", "\"Schalter\"", "\"Tresen\""},
    {"ok_collection", "\"title\": \"Schalter\",", "\"item.q2\": \"Schalter\","},
    {"ok_collection", "\"On this visit, I", "\"On that visit, I"},
    {"ok_collection", "   \"de\",\n   \"ar\"", "   \"ar\",\n   \"de\""},
    {"ok_collection_code", "Day of", "Date of"},
    {"ok_collection_code", "\"eyes\"", "\"hair\""},
    {"ok_collection_empty", "\"collection\"", "\"note\""},
    {"ok_arm", "\"group\"", "\"arm\""},
    {"ok_sources_list", "\"why\"", "\"how\""},
    {"ok_sources_codes", "\"4\"", "\"5\""},
    {"ok_sources_columns", "\"cheap\"", "\"price\""},
    {"ok_sources_pattern", "s_{id}", "t_{id}"},
    {"ok_stems", "A pharmacy", "A bank"},
};

/* "Do they say the same": each thing that a study can say makes a difference */
static void any_change_makes_a_study_another(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++)
        check_change(&changes[i]);
}

static bool has(struct span text, const char *piece)
{
    return memmem(text.at, text.length, piece, strlen(piece)) != NULL;
}

/* A map stays one when no pattern gives it, also when a header looks like a pattern itself. */
static void columns_become_patterns_when_one_gives_them_all(void **state)
{
    (void)state;
    struct job job;
    const struct study *study = NULL, *again = NULL;
    job_begin(&job);
    const char json[] =
        "{\"gapmeter\":1,\"scale\":{\"min\":0,\"max\":1,\"step\":0.1},\"items\":[{\"id\":\"a\"},{\"id\":\"b\"}],"
        "\"columns\":{\"perception\":{\"a\":\"x1y\",\"b\":\"x2y\"},\"desired\":{\"a\":\"a at best\",\"b\":\"b at best\"},"
        "\"minimum\":{\"a\":\"{low}1\",\"b\":\"{low}2\"}}}";
    assert_ok(&job, study_read_text(&job.ctx, span_of(json), "patterns.json", &study));
    struct span text = written(&job, study);
    assert_true(has(text, "\"perception\": \"x{n}y\""));
    assert_true(has(text, "\"desired\": \"{id} at best\""));
    assert_true(has(text, "\"a\": \"{low}1\""));
    /* exact numbers are written as people write them */
    assert_true(has(text, "\"step\": 0.1}"));
    assert_ok(&job, study_read_text(&job.ctx, text, "written.json", &again));
    assert_string_equal(again->columns.of_item[STANDARD_MINIMUM][0], "{low}1");
    assert_string_equal(again->columns.of_item[STANDARD_PERCEPTION][1], "x2y");
    job_end(&job);
}

/* "An object or list that holds no other and fits a line stands on one; all else has a line for each member" */
static void small_things_stand_on_one_line(void **state)
{
    (void)state;
    struct job job;
    const struct study *study = NULL, *again = NULL;
    job_begin(&job);
    const char json[] =
        "{\"gapmeter\":1,\"design\":{\"expectation\":\"will\",\"asked\":\"before\"},\"scales\":{\"s\":{\"min\":1,\"max\":7}},"
        "\"items\":[{\"id\":\"a\",\"text\":\"He said: \\\"{no} [1, 2]\\\", \\\\\"},{\"id\":\"b\",\"text\":"
        "\"A question so long that it does not fit on a line of one hundred and twenty bytes, whatever else stands there\"}],"
        "\"columns\":{\"expectation\":\"e_{id}\",\"perception\":\"p_{id}\",\"segments\":[\"x\",\"y\"]}}";
    assert_ok(&job, study_read_text(&job.ctx, span_of(json), "small.json", &study));
    struct span text = written(&job, study);
    assert_true(has(text, "\n  \"design\": {\"expectation\": \"will\", \"asked\": \"before\"},\n"));
    assert_true(has(text, "\n    \"s\": {\"min\": 1, \"max\": 7, \"step\": 1}\n  },\n"));
    assert_true(has(text, "\n    {\"id\": \"a\", \"scale\": \"s\", \"text\": \"He said: \\\"{no} [1, 2]\\\", \\\\\"},\n"));
    assert_true(has(text, "\n    {\n      \"id\": \"b\",\n      \"scale\": \"s\",\n"));
    assert_true(has(text, "\n    \"segments\": [\"x\", \"y\"]\n"));
    assert_false(has(text, "dimensions"));
    assert_ok(&job, study_read_text(&job.ctx, text, "written.json", &again));
    assert_true(study_equal(study, again));
    job_end(&job);
}

static void fail_each_allocation(const char *file)
{
    struct job job;
    const struct study *study = NULL;
    enum status status = STATUS_MEMORY;
    uint64_t failing = 0;
    job_begin(&job);
    assert_ok(&job, study_read_file(&job.ctx, file, &study));
    while (status != STATUS_OK) {
        struct out *out = NULL;
        struct arena *home = job.ctx.arena, *piece = NULL;
        assert_ok(&job, arena_create(home, &piece));
        job.ctx.arena = piece;
        memory_fail_at(++failing, false);
        status = out_open_memory(&job.ctx, &out);
        if (status == STATUS_OK)
            status = study_write(&job.ctx, study, out);
        if (status == STATUS_OK)
            status = out_close(&job.ctx, out);
        memory_fail_at(0, false);
        if (status != STATUS_OK)
            assert_int_equal(status, STATUS_MEMORY);
        arena_destroy(piece);
        job.ctx.arena = home;
    }
    assert_true(failing > 50);
    job_end(&job);
}

/* "fails STATUS_MEMORY": any allocation of writing may fail */
static void any_allocation_may_fail(void **state)
{
    (void)state;
    fail_each_allocation(CORPUS "ok_full.json");
    fail_each_allocation(CORPUS "ok_collection.json");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_good_study_reads_back_equal),
        cmocka_unit_test(any_change_makes_a_study_another),
        cmocka_unit_test(columns_become_patterns_when_one_gives_them_all),
        cmocka_unit_test(small_things_stand_on_one_line),
        cmocka_unit_test(any_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
