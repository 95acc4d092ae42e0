/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "A unique string in every personal field, erased, then no byte of it in the database, its WAL, backups made afterwards." */
#include "store/erasure.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "store/backup.h"
#include "store/encounter_rows.h"
#include "store/submission_rows.h"
#include "store/token_rows.h"
#include "support/person_store.h"

/* Long enough to stand on overflow pages, and to be found by any part of it. */
#define NEEDLE "vfq7nk2wz-needle-"
enum { OTHERS = 120, ADA = 1000, PARTS = 400 };

struct erasing {
    struct person_store persons;
    char text[PARTS * (sizeof NEEDLE - 1u) + 1u];
    unsigned number;
    struct uuid study;
    uint64_t submissions;
    struct expiry expiry;
    uint64_t encounters;
};

static int make(void **state)
{
    struct erasing *erasing = calloc(1, sizeof *erasing);
    if (!erasing)
        return -1;
    person_store_make(&erasing->persons);
    for (size_t i = 0; i < PARTS; i++)
        memcpy(erasing->text + i * (sizeof NEEDLE - 1u), NEEDLE, sizeof NEEDLE);
    *state = erasing;
    return 0;
}

static int end(void **state)
{
    struct erasing *erasing = *state;
    person_store_end(&erasing->persons);
    free(erasing);
    return 0;
}

static void add(struct erasing *erasing, struct uuid study, unsigned number, const char *text, int64_t at_ms)
{
    const struct person person = {.study = study, .number = number, .text = text, .at_ms = at_ms};
    assert_ok(&erasing->persons.job, person_add(&erasing->persons.job.ctx, erasing->persons.store, &person));
}

static enum status draft_again(struct ctx *ctx, struct store_session *session, void *state)
{
    struct erasing *erasing = state;
    const struct draft draft = {.study = erasing->persons.ours,
                                .token = person_token(ADA, WAVE_PERCEPTION),
                                .answers = {erasing->text, erasing->submissions}};
    return draft_put(ctx, session, &draft);
}

/* Persons before and after, and drafts of every length in between: what is erased has been moved about in the file. */
static void fill(struct erasing *erasing)
{
    for (unsigned i = 0; i < OTHERS / 2; i++)
        add(erasing, erasing->persons.ours, i, "somebody else", 5000);
    add(erasing, erasing->persons.ours, ADA, erasing->text, 5000);
    for (uint64_t length = 40; length < sizeof erasing->text; length += 397) {
        erasing->submissions = length;
        assert_ok(&erasing->persons.job, store_write(&erasing->persons.job.ctx, erasing->persons.store, draft_again, erasing));
    }
    for (unsigned i = OTHERS / 2; i < OTHERS; i++)
        add(erasing, erasing->persons.ours, i, "somebody else", 5000);
}

static enum status erase_work(struct ctx *ctx, struct store_session *session, void *state)
{
    struct erasing *erasing = state;
    const struct uuid respondent = person_respondent(erasing->number);
    return respondent_erase(ctx, session, &erasing->study, &respondent, 9000, &erasing->submissions);
}

static uint64_t erase(struct erasing *erasing, struct uuid study, unsigned number)
{
    erasing->number = number;
    erasing->study = study;
    assert_ok(&erasing->persons.job, store_write(&erasing->persons.job.ctx, erasing->persons.store, erase_work, erasing));
    return erasing->submissions;
}

static void scrub(struct erasing *erasing)
{
    assert_ok(&erasing->persons.job, store_scrub(&erasing->persons.job.ctx, erasing->persons.store));
}

/* How many traces of ADA stand in the files whose names begin so: the text, and hashes by which she could be found. */
static size_t traces(const struct erasing *erasing, const char *begins)
{
    static const enum wave waves[] = {WAVE_EXPECTATION, WAVE_PERCEPTION};
    const struct scratch *scratch = &erasing->persons.scratch;
    size_t found = scratch_bytes_find(scratch, begins, NEEDLE, sizeof NEEDLE - 1u);
    const struct uuid encounter = person_encounter(ADA);
    for (size_t i = 0; i < 2; i++) {
        const struct digest token = person_token(ADA, waves[i]);
        found += scratch_bytes_find(scratch, begins, token.bytes, sizeof token.bytes);
    }
    return found + scratch_bytes_find(scratch, begins, encounter.bytes, sizeof encounter.bytes);
}

static const char *beside(struct erasing *erasing, const char *name)
{
    return arena_format(erasing->persons.job.ctx.arena, "%s/%s", erasing->persons.scratch.folder, name);
}

static void backup(struct erasing *erasing, const char *name)
{
    uint64_t pages = 0;
    assert_ok(&erasing->persons.job,
              store_backup(&erasing->persons.job.ctx, erasing->persons.store, beside(erasing, name), &pages));
    assert_true(pages > 0);
}

static uint64_t restore(struct erasing *erasing, const char *name)
{
    uint64_t erased = 99;
    assert_ok(&erasing->persons.job,
              store_restore(&erasing->persons.job.ctx, beside(erasing, name), erasing->persons.path, &erased));
    return erased;
}

static void assert_others(struct erasing *erasing, size_t count)
{
    bool unbroken = false;
    assert_int_equal(persons_count(&erasing->persons, &unbroken), count);
    assert_true(unbroken);
}

/* A rebuilt file has no free pages: their number stands at byte 36 of its head (SQLite's file format, 1.3). */
static void assert_rebuilt(const struct erasing *erasing)
{
    static const char none[4] = {0};
    size_t length = 0;
    char *all = scratch_read(erasing->persons.path, &length);
    assert_true(length > 100);
    assert_memory_equal(all + 36, none, sizeof none);
    free(all);
}

/* The search itself finds what an erasure without a scrub leaves. */
static void no_byte_stays(void **state)
{
    struct erasing *erasing = *state;
    fill(erasing);
    assert_true(traces(erasing, "study.db") > 100);
    assert_int_equal(erase(erasing, erasing->persons.ours, ADA), 1);
    assert_true(traces(erasing, "study.db") > 0);
    scrub(erasing);
    assert_int_equal(traces(erasing, "study.db"), 0);
    assert_rebuilt(erasing);
    backup(erasing, "new.db");
    assert_int_equal(traces(erasing, "new.db"), 0);
    assert_others(erasing, OTHERS);
    person_store_close(&erasing->persons);
    assert_int_equal(traces(erasing, "study.db"), 0);
}

/* What came in an earlier run of the process, and lies in the file and no more in the log, goes too. */
static void what_was_folded_in_goes_too(void **state)
{
    struct erasing *erasing = *state;
    fill(erasing);
    person_store_close(&erasing->persons);
    assert_ok(&erasing->persons.job, person_store_open(&erasing->persons, STORE_WRITE));
    assert_int_equal(erase(erasing, erasing->persons.ours, ADA), 1);
    scrub(erasing);
    assert_int_equal(traces(erasing, "study.db"), 0);
    assert_others(erasing, OTHERS);
}

static void reopen(struct erasing *erasing)
{
    person_store_close(&erasing->persons);
    assert_ok(&erasing->persons.job, person_store_open(&erasing->persons, STORE_WRITE));
}

/* An erasure leaves traces that are to be cleared soon, whoever asked for it; when the store is closed before, it still knows. */
static void an_erasure_is_to_be_scrubbed(void **state)
{
    struct erasing *erasing = *state;
    fill(erasing);
    assert_false(store_has_traces(erasing->persons.store));
    (void)erase(erasing, erasing->persons.ours, ADA);
    assert_true(store_has_traces(erasing->persons.store));
    reopen(erasing);
    assert_true(store_has_traces(erasing->persons.store));
    assert_ok(&erasing->persons.job, store_traces_clear(&erasing->persons.job.ctx, erasing->persons.store));
    assert_false(store_has_traces(erasing->persons.store));
    assert_int_equal(traces(erasing, "study.db"), 0);
    assert_rebuilt(erasing);
    assert_int_equal(access(beside(erasing, "study.db.erased"), F_OK), 0);
    reopen(erasing);
    assert_false(store_has_traces(erasing->persons.store));
    /* One more: the list beside the store lacks her. A damaged list is left for a restore to find. */
    (void)erase(erasing, erasing->persons.ours, 0);
    reopen(erasing);
    assert_true(store_has_traces(erasing->persons.store));
    (void)scratch_write(&erasing->persons.scratch, "study.db.erased", "nobody\n");
    reopen(erasing);
    assert_false(store_has_traces(erasing->persons.store));
}

/* "An old backup restored: still 0", by the list of the store and, where that is gone, by PATH.erased. */
static void an_old_backup_brings_nobody_back(void **state)
{
    struct erasing *erasing = *state;
    fill(erasing);
    backup(erasing, "old.db");
    assert_true(traces(erasing, "old.db") > 100);
    (void)erase(erasing, erasing->persons.ours, ADA);
    scrub(erasing);
    for (unsigned without_store = 0; without_store < 2; without_store++) {
        person_store_close(&erasing->persons);
        if (without_store)
            assert_int_equal(unlink(erasing->persons.path), 0);
        else
            assert_int_equal(unlink(beside(erasing, "study.db.erased")), 0);
        assert_int_equal(restore(erasing, "old.db"), 1);
        assert_int_equal(traces(erasing, "study.db"), 0);
        assert_ok(&erasing->persons.job, person_store_open(&erasing->persons, STORE_WRITE));
        assert_others(erasing, OTHERS);
        assert_int_equal(access(beside(erasing, "study.db.making"), F_OK), -1);
    }
}

/* Without a list a backup comes back as it was. */
static void a_backup_of_nobody_erased_comes_back(void **state)
{
    struct erasing *erasing = *state;
    for (unsigned i = 0; i < 3; i++)
        add(erasing, erasing->persons.ours, i, "somebody", 1);
    backup(erasing, "old.db");
    add(erasing, erasing->persons.ours, 3, "somebody", 1);
    person_store_close(&erasing->persons);
    assert_int_equal(restore(erasing, "old.db"), 0);
    assert_ok(&erasing->persons.job, person_store_open(&erasing->persons, STORE_WRITE));
    assert_others(erasing, 3);
}

static enum status rows_look(struct ctx *ctx, struct store_session *session, void *state)
{
    struct erasing *erasing = state;
    const struct uuid study = erasing->study, respondent = person_respondent(erasing->number),
                      encounter = person_encounter(erasing->number);
    struct submission submission = {.study = study, .encounter = encounter, .wave = WAVE_EXPECTATION};
    const struct digest token = person_token(erasing->number, WAVE_PERCEPTION);
    struct contact contact;
    struct encounter row;
    struct token link;
    struct draft draft;
    bool found[5];
    assert_int_equal(respondent_contact(ctx, session, &study, &respondent, &contact, &found[0]), STATUS_OK);
    assert_int_equal(encounter_get(ctx, session, &study, &encounter, &row, &found[1]), STATUS_OK);
    assert_int_equal(token_get(ctx, session, &token, &link, &found[2]), STATUS_OK);
    assert_int_equal(draft_get(ctx, session, &study, &token, &draft, &found[3]), STATUS_OK);
    assert_int_equal(submission_get(ctx, session, &submission, &found[4]), STATUS_OK);
    erasing->encounters = 0;
    for (size_t i = 0; i < 5; i++)
        erasing->encounters += found[i];
    return STATUS_OK;
}

/* In how many of five tables the person stands. */
static uint64_t rows_of(struct erasing *erasing, struct uuid study, unsigned number)
{
    erasing->number = number;
    erasing->study = study;
    assert_ok(&erasing->persons.job, store_write(&erasing->persons.job.ctx, erasing->persons.store, rows_look, erasing));
    return erasing->encounters;
}

/* The id of a person of one study erases nobody of another; twice does no harm. */
static void another_study_erases_nobody(void **state)
{
    struct erasing *erasing = *state;
    add(erasing, erasing->persons.ours, 0, "somebody", 1);
    assert_int_equal(erase(erasing, erasing->persons.theirs, 0), 0);
    assert_int_equal(rows_of(erasing, erasing->persons.ours, 0), 5);
    assert_int_equal(erase(erasing, erasing->persons.ours, 0), 1);
    assert_int_equal(rows_of(erasing, erasing->persons.ours, 0), 0);
    assert_int_equal(erase(erasing, erasing->persons.ours, 0), 0);
}

static enum status expire_work(struct ctx *ctx, struct store_session *session, void *state)
{
    struct erasing *erasing = state;
    return encounters_expire(ctx, session, &erasing->expiry, &erasing->encounters);
}

static uint64_t expire(struct erasing *erasing, struct uuid study, int64_t before_ms, bool dry)
{
    erasing->expiry = (struct expiry){.study = study, .before_ms = before_ms, .dry = dry};
    assert_ok(&erasing->persons.job, store_write(&erasing->persons.job.ctx, erasing->persons.store, expire_work, erasing));
    return erasing->encounters;
}

/* "Erases encounters that are too old with all that hangs on them": the boundary, the dry run, and only of this study. */
static void what_is_too_old_goes(void **state)
{
    struct erasing *erasing = *state;
    add(erasing, erasing->persons.ours, ADA, erasing->text, 1000);
    add(erasing, erasing->persons.ours, 0, "somebody", 2000);
    add(erasing, erasing->persons.theirs, 7, "somebody", 1000);
    assert_int_equal(expire(erasing, erasing->persons.ours, 1000, false), 0);
    assert_int_equal(expire(erasing, erasing->persons.ours, 1001, true), 1);
    assert_false(store_has_traces(erasing->persons.store));
    assert_int_equal(rows_of(erasing, erasing->persons.ours, ADA), 5);
    assert_int_equal(expire(erasing, erasing->persons.ours, 1001, false), 1);
    assert_true(store_has_traces(erasing->persons.store));
    assert_int_equal(rows_of(erasing, erasing->persons.ours, ADA), 0);
    assert_int_equal(rows_of(erasing, erasing->persons.ours, 0), 5);
    assert_int_equal(rows_of(erasing, erasing->persons.theirs, 7), 5);
    scrub(erasing);
    assert_int_equal(traces(erasing, "study.db"), 0);
}

static enum status perception_put(struct ctx *ctx, struct store_session *session, void *state)
{
    struct erasing *erasing = state;
    const struct submission submission = {.study = erasing->persons.ours,
                                          .id = person_respondent(77),
                                          .encounter = person_encounter(0),
                                          .wave = WAVE_PERCEPTION,
                                          .phase = PHASE_AFTER,
                                          .language = "en",
                                          .receipt = "AB",
                                          .received_ms = 3000,
                                          .answers = span_of("x")};
    bool first = false;
    return submission_add(ctx, session, &submission, &first);
}

/* An old expectation stays as long as its perception is young. */
static void the_last_answer_counts(void **state)
{
    struct erasing *erasing = *state;
    add(erasing, erasing->persons.ours, 0, "somebody", 1000);
    assert_ok(&erasing->persons.job, store_write(&erasing->persons.job.ctx, erasing->persons.store, perception_put, erasing));
    assert_int_equal(expire(erasing, erasing->persons.ours, 3000, false), 0);
    assert_int_equal(expire(erasing, erasing->persons.ours, 3001, false), 1);
}

static enum status leavings_work(struct ctx *ctx, struct store_session *session, void *state)
{
    const struct erasing *erasing = state;
    return leavings_expire(ctx, session, &erasing->expiry.study, erasing->expiry.before_ms);
}

/* Drafts go without their encounters. */
static void old_drafts_go_alone(void **state)
{
    struct erasing *erasing = *state;
    add(erasing, erasing->persons.ours, 0, "somebody", 1000);
    add(erasing, erasing->persons.theirs, 1, "somebody", 1000);
    erasing->expiry = (struct expiry){.study = erasing->persons.ours, .before_ms = 1000};
    assert_ok(&erasing->persons.job, store_write(&erasing->persons.job.ctx, erasing->persons.store, leavings_work, erasing));
    assert_int_equal(rows_of(erasing, erasing->persons.ours, 0), 5);
    erasing->expiry.before_ms = 1001;
    assert_ok(&erasing->persons.job, store_write(&erasing->persons.job.ctx, erasing->persons.store, leavings_work, erasing));
    assert_int_equal(rows_of(erasing, erasing->persons.ours, 0), 4);
    assert_int_equal(rows_of(erasing, erasing->persons.theirs, 1), 5);
}

/* "STATUS_DATA when the file holds anything else": a list that cannot be read must not be passed over. */
static void a_damaged_list_stops_a_restore(void **state)
{
    struct erasing *erasing = *state;
    uint64_t erased = 0;
    static const char *const lists[] = {"nobody\n", "0151a700-0000-0000-0000-000000000000 0151a700-0000-0000-0000-00000000000\n",
                                        "0151a700-0000-0000-0000-000000000000 0151a700-0000-0000-0000-000000000000",
                                        "0151a700-0000-0000-0000-000000000000 0151a700-0000-0000-0000-000000000000\n0151"};
    add(erasing, erasing->persons.ours, 0, "somebody", 1);
    backup(erasing, "old.db");
    person_store_close(&erasing->persons);
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        (void)scratch_write(&erasing->persons.scratch, "study.db.erased", lists[i]);
        assert_int_equal(store_restore(&erasing->persons.job.ctx, beside(erasing, "old.db"), erasing->persons.path, &erased),
                         STATUS_DATA);
        assert_non_null(strstr(erasing->persons.job.ctx.error.sentence, "study.db.erased is damaged, line"));
    }
    (void)scratch_write(&erasing->persons.scratch, "study.db.erased",
                        "0151a700-0000-0000-0000-000000000000 0151a700-0000-0000-0000-000000000000\n");
    assert_int_equal(restore(erasing, "old.db"), 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, make, end)
    static const struct CMUnitTest tests[] = {TEST(no_byte_stays),
                                              TEST(what_was_folded_in_goes_too),
                                              TEST(an_erasure_is_to_be_scrubbed),
                                              TEST(an_old_backup_brings_nobody_back),
                                              TEST(a_backup_of_nobody_erased_comes_back),
                                              TEST(another_study_erases_nobody),
                                              TEST(what_is_too_old_goes),
                                              TEST(the_last_answer_counts),
                                              TEST(old_drafts_go_alone),
                                              TEST(a_damaged_list_stops_a_restore)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
