/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An answer whose bits flipped on the disk is never handed on as an answer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/chance.h"
#include "base/secret.h"
#include "model/answers_builder.h"
#include "store/study_rows.h"
#include "store/submission_rows.h"
#include "support/job_fixture.h"
#include "support/scratch_folder.h"

enum { SUBMISSIONS = 120, FLIPS = 2000 };

struct answered {
    struct scratch scratch;
    char path[SCRATCH_ROOM];
    struct uuid study;
    char *whole;
    size_t length;
    struct digest wanted; /* of all that was answered */
};

static enum status answered_store(struct ctx *ctx, struct store_session *session, void *state)
{
    const struct answered *answered = state;
    const struct live_study study = {
        .id = answered->study, .name = "hotel", .title = "Hotel", .identity = IDENTITY_NAMED, .version = 1, .created_ms = 1000};
    struct instrument_version version = {.study = study.id, .version = 1, .definition = span_of("{}"), .created_ms = 1000};
    digest_of(span_of("We keep it."), &version.consent);
    enum status status = study_add(ctx, session, &study, &version, "We keep it.");
    for (uint64_t i = 0; i < SUBMISSIONS && !status; i++) {
        char packed[120];
        bool first = false;
        for (size_t b = 0; b < sizeof packed; b++)
            packed[b] = (char)(chance_bits(3, i, b) % 7 + 1);
        struct submission submission = {.study = study.id,
                                        .wave = i % 2 == 0 ? WAVE_EXPECTATION : WAVE_PERCEPTION,
                                        .version = 1,
                                        .language = "en",
                                        .received_ms = (int64_t)(5000 + i),
                                        .seconds = 60,
                                        .consent = version.consent,
                                        .receipt = "K7Q2-M9XA",
                                        .answers = {packed, sizeof packed}};
        uuid_ordered(&submission.id);
        uuid_ordered(&submission.encounter);
        status = submission_add(ctx, session, &submission, &first);
    }
    return status;
}

static enum status submission_hash(struct ctx *ctx, void *state, const struct submission *submission)
{
    struct digest *all = state;
    (void)ctx;
    char text[512];
    int length = snprintf(text, sizeof text, "%d %d %u %d %s %lld %u %s ", (int)submission->wave, (int)submission->phase,
                          submission->version, (int)submission->door, submission->language, (long long)submission->received_ms,
                          submission->seconds, submission->receipt);
    size_t at = (size_t)length;
    const struct span parts[] = {{(const char *)all->bytes, sizeof all->bytes},   {(const char *)submission->study.bytes, 16},
                                 {(const char *)submission->encounter.bytes, 16}, {(const char *)submission->id.bytes, 16},
                                 {(const char *)submission->consent.bytes, 32},   submission->answers};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        assert_true(at + parts[i].length < sizeof text);
        memcpy(text + at, parts[i].at, parts[i].length);
        at += parts[i].length;
    }
    digest_of((struct span){text, at}, all);
    return STATUS_OK;
}

/* Opens the file and reads all that was answered. */
static enum status answers_read(struct answered *answered, struct job *job, struct digest *out)
{
    struct store *store = NULL;
    struct store_session *session = NULL;
    memset(out, 0, sizeof *out);
    enum status status = store_open(&job->ctx, answered->path, STORE_READ, "x", &store);
    if (status)
        return status;
    status = store_read_begin(&job->ctx, store, &session);
    if (!status)
        status = submission_each(&job->ctx, session, &answered->study, submission_hash, out);
    store_read_end(session);
    store_close(store);
    return status;
}

static int make(void **state)
{
    struct answered *answered = calloc(1, sizeof *answered);
    struct job job;
    struct store *store = NULL;
    if (!answered)
        return -1;
    scratch_create(&answered->scratch);
    job_begin(&job);
    (void)snprintf(answered->path, sizeof answered->path, "%s", scratch_path(&answered->scratch, "study.db"));
    uuid_ordered(&answered->study);
    assert_ok(&job, secret_start(&job.ctx));
    assert_ok(&job, store_create(&job.ctx, answered->path));
    assert_ok(&job, store_open(&job.ctx, answered->path, STORE_WRITE, "x", &store));
    assert_ok(&job, store_write(&job.ctx, store, answered_store, answered));
    store_close(store);
    assert_ok(&job, answers_read(answered, &job, &answered->wanted));
    answered->whole = scratch_read(answered->path, &answered->length);
    job_end(&job);
    *state = answered;
    return 0;
}

static int end(void **state)
{
    struct answered *answered = *state;
    free(answered->whole);
    scratch_destroy(&answered->scratch);
    free(answered);
    return 0;
}

/* One bit in 2,000 places of the file: everything is read as it was answered, or it is refused with a sentence. */
static void test_flipped_bits(void **state)
{
    struct answered *answered = *state;
    size_t refused = 0, in_answers = 0;
    char *bytes = calloc(1, answered->length);
    assert_non_null(bytes);
    for (uint64_t i = 0; i < FLIPS; i++) {
        struct digest is;
        struct job job;
        size_t place = (size_t)chance_below(11, 1, i, answered->length);
        memcpy(bytes, answered->whole, answered->length);
        bytes[place] = (char)(bytes[place] ^ (1 << (chance_bits(11, 2, i) & 7)));
        (void)unlink(scratch_path(&answered->scratch, "study.db-wal"));
        (void)unlink(scratch_path(&answered->scratch, "study.db-shm"));
        (void)scratch_write_bytes(&answered->scratch, "study.db", bytes, answered->length);
        job_begin(&job);
        enum status status = answers_read(answered, &job, &is);
        if (status == STATUS_OK && !digest_equal(&is, &answered->wanted))
            fail_msg("a bit at %zu was read as an answer", place);
        assert_true(status == STATUS_OK || job.ctx.error.sentence[0] != '\0');
        in_answers += status == STATUS_DATA && strstr(job.ctx.error.sentence, "is damaged: restore a backup") != NULL &&
                      strstr(job.ctx.error.sentence, "in encounter") != NULL;
        refused += status != STATUS_OK;
        job_end(&job);
    }
    print_message("%d bits: %zu refused, %zu of them by the checksum of an answer, the rest read the same\n", FLIPS, refused,
                  in_answers);
    assert_true(in_answers > 50);
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(test_flipped_bits, make, end)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
