/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/caller_study.h"
#include "app/operation_value.h"
#include "base/limits.h"
#include "base/secret.h"
#include "store/key_rows.h"

#define DAY_MS INT64_C(86400000)

static enum status studies_read(struct ctx *ctx, const struct operation_call *call, struct uuid *studies, size_t *count)
{
    const json_t *list = json_object_get(call->in, "studies");
    *count = 0;
    if (json_array_size(list) > KEY_STUDIES_MAX)
        return member_fail(ctx, "studies", "A key is made for at most %u studies, or for all.", KEY_STUDIES_MAX);
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *name = json_string_value(json_array_get(list, i));
        struct live_study study;
        if (!name)
            return member_fail(ctx, "studies", "Names of studies belong in this list.");
        enum status status = caller_study(ctx, call->session, call->caller, span_of(name), &study);
        if (status)
            return status;
        studies[(*count)++] = study.id;
    }
    return STATUS_OK;
}

static enum status key_read(struct ctx *ctx, const json_t *in, size_t study_count, struct api_key *key)
{
    int64_t days = 0;
    const char *access = in_text(in, "access", "read");
    enum status status = in_whole(ctx, in, "days", 1, KEY_DAYS_MAX, &days);
    if (status)
        return status;
    key->name = in_text(in, "name", "");
    key->all_studies = json_is_true(json_object_get(in, "all_studies"));
    key->access = span_is(span_of(access), "write") ? KEY_WRITE : KEY_READ;
    key->created_ms = desk_now_ms();
    key->expires_ms = days ? key->created_ms + days * DAY_MS : 0;
    size_t bad = 0;
    size_t length = span_of(key->name).length;
    if (length == 0 || length > NAME_BYTES_MAX || !text_utf8_valid(span_of(key->name), &bad))
        return member_fail(ctx, "name", "A key's name has 1 to %u bytes.", NAME_BYTES_MAX);
    if (key->access == KEY_READ && !span_is(span_of(access), "read"))
        return member_fail(ctx, "access", "read and write are accepted.");
    if (key->all_studies == (study_count > 0))
        return member_fail(ctx, "studies", "A key is for the studies that are named, or for all: give one of the two.");
    return STATUS_OK;
}

static enum status key_create_run(struct ctx *ctx, const struct operation_call *call, json_t **out)
{
    struct api_key key = {.all_studies = false};
    struct uuid studies[KEY_STUDIES_MAX];
    size_t count = 0;
    char secret[SECRET_TEXT_BYTES];
    enum status status = studies_read(ctx, call, studies, &count);
    if (!status)
        status = key_read(ctx, call->in, count, &key);
    if (status)
        return status;
    uuid_ordered(&key.id);
    secret_make(secret);
    digest_of(span_of(secret), &key.hash);
    status = key_add(ctx, call->session, &key, studies, count);
    if (!status)
        status = event_note(ctx, call, "key_created", NULL, 1);
    if (status)
        return status;
    return value_give(ctx,
                      json_pack("{s:s,s:s,s:s,s:o}", "name", key.name, "key", secret, "access",
                                key.access == KEY_WRITE ? "write" : "read", "expires", value_time(key.expires_ms)),
                      out);
}

const struct operation operation_key_create = {
    .name = "key_create",
    .sentence = "Makes a key for programs. The key is shown this once; only its hash is kept.",
    .reach = REACH_STORE,
    .writes = true,
    .operator_only = true,
    .takes =
        (const struct operation_field[]){
            {"name", FIELD_TEXT, true, "What the key is called in lists and in the event log.", "\"till\""},
            {"access", FIELD_TEXT, false, "read or write; write includes read.", "\"write\""},
            {"studies", FIELD_LIST, false, "Names of the studies that it is good for.", "[\"counter\"]"},
            {"all_studies", FIELD_TRUTH, false, "true: for every study, later ones too, and to create some.", "false"},
            {"days", FIELD_WHOLE, false, "How many days it is good; for ever, when it is left out.", "365"},
            {.name = NULL},
        },
    .gives =
        (const struct operation_field[]){
            {"name", FIELD_TEXT, true, "The key's name.", "\"till\""},
            {"key", FIELD_TEXT, true, "The key: Authorization: Bearer <key>.", "\"k7q2m9xa…\""},
            {"access", FIELD_TEXT, true, "read or write.", "\"write\""},
            {"expires", FIELD_TEXT, false, "Until when it is good; null: for ever.", "null"},
            {.name = NULL},
        },
    .run = key_create_run,
};
