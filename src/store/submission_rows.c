/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/submission_rows.h"

#include <string.h>

#include "base/siphash.h"
#include "store/row_list.h"

static uint64_t check_bytes(uint64_t check, const void *bytes, size_t length)
{
    const uint64_t key[2] = {check, length};
    return siphash(key, (struct span){bytes, length});
}

static uint64_t check_number(uint64_t check, uint64_t number)
{
    uint8_t bytes[8];
    for (unsigned i = 0; i < sizeof bytes; i++)
        bytes[i] = (uint8_t)(number >> 8u * i);
    return check_bytes(check, bytes, sizeof bytes);
}

/* A database finds damage to its own structure; a bit that flips within an answer it hands on as an answer. So each row carries a
 * checksum over all of it. */
static int64_t submission_check(const struct submission *submission)
{
    const char *const texts[] = {wave_name(submission->wave), phase_name(submission->phase), door_kind_name(submission->door),
                                 submission->language, submission->receipt};
    const uint64_t numbers[] = {submission->version, (uint64_t)submission->received_ms, submission->seconds};
    uint64_t check = check_bytes(0, submission->study.bytes, sizeof submission->study.bytes);
    check = check_bytes(check, submission->encounter.bytes, sizeof submission->encounter.bytes);
    check = check_bytes(check, submission->id.bytes, sizeof submission->id.bytes);
    check = check_bytes(check, submission->consent.bytes, sizeof submission->consent.bytes);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        check = check_bytes(check, texts[i], strlen(texts[i]));
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        check = check_number(check, numbers[i]);
    return (int64_t)check_bytes(check, submission->answers.at, submission->answers.length);
}

enum status submission_add(struct ctx *ctx, struct store_session *session, const struct submission *submission, bool *first)
{
    uint64_t added = 0;
    enum status status =
        store_run(ctx, session, "submission_insert",
                  STORE_VALUES(value_uuid(&submission->study), value_uuid(&submission->encounter),
                               value_string(wave_name(submission->wave)), value_uuid(&submission->id),
                               value_string(phase_name(submission->phase)), value_integer(submission->version),
                               value_string(door_kind_name(submission->door)), value_string(submission->language),
                               value_integer(submission->received_ms), value_integer(submission->seconds),
                               value_digest(&submission->consent), value_string(submission->receipt),
                               value_bytes(submission->answers), value_integer(submission_check(submission))),
                  &added);
    *first = added > 0;
    return status;
}

/* What is read points into the row, but for the texts that need an end. */
static enum status submission_read(struct ctx *ctx, const struct store_row *row, struct submission *out)
{
    *out = (struct submission){.version = (uint32_t)row_integer(row, 5),
                               .language = row_text(ctx, row, 7),
                               .received_ms = row_integer(row, 8),
                               .seconds = (uint32_t)row_integer(row, 9),
                               .receipt = row_text(ctx, row, 11),
                               .answers = row->columns[12].bytes};
    row_uuid(row, 0, &out->study);
    row_uuid(row, 1, &out->encounter);
    row_uuid(row, 3, &out->id);
    row_digest(row, 10, &out->consent);
    if (!wave_parse(row->columns[2].bytes, &out->wave) || !phase_parse(row->columns[4].bytes, &out->phase) ||
        !door_kind_parse(row->columns[6].bytes, &out->door))
        return ctx_fail(ctx, STATUS_DATA, NULL, "The row of a submission cannot be read: restore a backup.");
    if (!out->language || !out->receipt)
        return ctx_no_memory(ctx);
    char encounter[UUID_TEXT_BYTES];
    uuid_format(&out->encounter, encounter);
    if (submission_check(out) != row_integer(row, 13))
        return ctx_fail(ctx, STATUS_DATA, NULL, "What was answered on %s in encounter %s is damaged: restore a backup.",
                        wave_name(out->wave), encounter);
    return STATUS_OK;
}

static enum status submission_found(struct ctx *ctx, void *state, const struct store_row *row)
{
    struct row_found *found = state;
    struct submission *submission = found->into;
    found->found = true;
    enum status status = submission_read(ctx, row, submission);
    if (status)
        return status;
    submission->answers = row_bytes(ctx, row, 12);
    return submission->answers.at ? STATUS_OK : ctx_no_memory(ctx);
}

enum status submission_get(struct ctx *ctx, struct store_session *session, struct submission *submission, bool *found)
{
    const struct uuid study = submission->study, encounter = submission->encounter;
    struct row_found one = {.into = submission};
    enum status status =
        store_query(ctx, session, "submission_get",
                    STORE_VALUES(value_uuid(&study), value_uuid(&encounter), value_string(wave_name(submission->wave))),
                    submission_found, &one);
    *found = one.found;
    return status;
}

/* To whom each row is handed on. */
struct submission_passing {
    enum status (*each)(struct ctx *ctx, void *state, const struct submission *submission);
    void *state;
};

static enum status submission_passed(struct ctx *ctx, void *state, const struct store_row *row)
{
    const struct submission_passing *passing = state;
    struct submission submission;
    enum status status = submission_read(ctx, row, &submission);
    return status ? status : passing->each(ctx, passing->state, &submission);
}

enum status submission_each(struct ctx *ctx, struct store_session *session, const struct uuid *study,
                            enum status (*each)(struct ctx *ctx, void *state, const struct submission *submission), void *state)
{
    struct submission_passing passing = {.each = each, .state = state};
    return store_query(ctx, session, "submission_each", STORE_VALUES(value_uuid(study)), submission_passed, &passing);
}

enum status code_add(struct ctx *ctx, struct store_session *session, const struct uuid *study, const struct uuid *encounter,
                     const struct digest *hashes, size_t count)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < count && !status; i++)
        status = store_run(
            ctx, session, "code_insert",
            STORE_VALUES(value_uuid(study), value_digest(&hashes[i]), value_uuid(encounter), value_integer((int64_t)i)), NULL);
    return status;
}

/* Encounters found so far, each once. */
static enum status code_matched(struct ctx *ctx, void *state, const struct store_row *row)
{
    struct row_list *list = state;
    struct uuid id;
    row_uuid(row, 0, &id);
    const struct uuid *known = (const struct uuid *)(const void *)list->at;
    for (size_t i = 0; i < list->count; i++)
        if (uuid_equal(&known[i], &id))
            return STATUS_OK;
    struct uuid *fresh = row_list_add(ctx, list);
    if (!fresh)
        return ctx_no_memory(ctx);
    *fresh = id;
    return STATUS_OK;
}

enum status code_find(struct ctx *ctx, struct store_session *session, const struct code_search *search, struct uuid **out,
                      size_t *found, size_t *exact)
{
    struct row_list list = {.size_bytes = sizeof **out};
    enum status status = STATUS_OK;
    for (size_t i = 0; i < search->count && !status; i++) {
        status = store_query(ctx, session, "code_find",
                             STORE_VALUES(value_uuid(&search->study), value_digest(&search->hashes[i]), value_integer((int64_t)i),
                                          value_string(wave_name(search->wave))),
                             code_matched, &list);
        if (i == 0)
            *exact = list.count;
    }
    *out = (struct uuid *)(void *)list.at;
    *found = list.count;
    return status;
}

static enum status reply_found(struct ctx *ctx, void *state, const struct store_row *row)
{
    struct row_found *found = state;
    struct idempotent_reply *reply = found->into;
    found->found = true;
    *reply = (struct idempotent_reply){
        .http_status = (int)row_integer(row, 1), .body = row_text(ctx, row, 2), .created_ms = row_integer(row, 3)};
    row_digest(row, 0, &reply->request);
    row_uuid(row, 5, &reply->encounter);
    if (!phase_parse(span_of(row_text(ctx, row, 4)), &reply->phase))
        reply->phase = PHASE_COUNT;
    return reply->body ? STATUS_OK : ctx_no_memory(ctx);
}

enum status reply_get(struct ctx *ctx, struct store_session *session, const struct uuid *study, const struct digest *key,
                      struct idempotent_reply *out, bool *found)
{
    struct row_found one = {.into = out};
    enum status status =
        store_query(ctx, session, "reply_get", STORE_VALUES(value_uuid(study), value_digest(key)), reply_found, &one);
    *found = one.found;
    return status;
}

enum status reply_add(struct ctx *ctx, struct store_session *session, const struct uuid *study, const struct digest *key,
                      const struct idempotent_reply *reply)
{
    return store_run(ctx, session, "reply_insert",
                     STORE_VALUES(value_uuid(study), value_digest(key), value_digest(&reply->request),
                                  value_integer(reply->http_status), value_string(reply->body), value_integer(reply->created_ms),
                                  value_string(reply->phase < PHASE_COUNT ? phase_name(reply->phase) : ""),
                                  value_uuid(&reply->encounter)),
                     NULL);
}
