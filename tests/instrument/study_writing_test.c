/* SPDX-License-Identifier: GPL-3.0-or-later */
/* study_write: "whatever was read, so that it reads back equal, with columns as patterns where they have one" */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "instrument/study_file.h"
#include "support/job_fixture.h"

#define CORPUS GAPMETER_SOURCE_DIR "/fuzz/corpus/study/"

static struct span written(struct job *job, const struct study *study)
{
    struct out *out = NULL;
    assert_ok(job, out_open_memory(&job->ctx, &out));
    assert_ok(job, study_write(&job->ctx, study, out));
    struct span text = out_bytes(out);
    return (struct span){arena_copy(job->ctx.arena, text), text.length};
}

/* All that is written is all there is in a study, so equal text says equal study. */
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
        assert_int_equal(study->item_count, again->item_count);
        assert_int_equal(study->missing_count, again->missing_count);
        assert_int_equal(study->columns.segment_count, again->columns.segment_count);
        job_end(&job);
        studies++;
    }
    (void)closedir(folder);
    assert_true(studies >= 10);
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
        "\"minimum\":{\"a\":\"low{n}\",\"b\":\"1\"}}}";
    assert_ok(&job, study_read_text(&job.ctx, span_of(json), "patterns.json", &study));
    struct span text = written(&job, study);
    assert_true(has(text, "\"perception\": \"x{n}y\""));
    assert_true(has(text, "\"desired\": \"{id} at best\""));
    assert_true(has(text, "\"a\": \"low{n}\""));
    /* exact numbers are written as people write them */
    assert_true(has(text, "\"step\": 0.1\n"));
    assert_ok(&job, study_read_text(&job.ctx, text, "written.json", &again));
    assert_string_equal(again->columns.of_item[STANDARD_MINIMUM][0], "low{n}");
    assert_string_equal(again->columns.of_item[STANDARD_PERCEPTION][1], "x2y");
    job_end(&job);
}

/* "fails STATUS_MEMORY": any allocation of writing may fail */
static void any_allocation_may_fail(void **state)
{
    (void)state;
    struct job job;
    const struct study *study = NULL;
    enum status status = STATUS_MEMORY;
    uint64_t failing = 0;
    job_begin(&job);
    assert_ok(&job, study_read_file(&job.ctx, CORPUS "ok_full.json", &study));
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_good_study_reads_back_equal),
        cmocka_unit_test(columns_become_patterns_when_one_gives_them_all),
        cmocka_unit_test(any_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
