/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/erasure.h"

#include "store/encounter_rows.h"
#include "store/erasure_list.h"
#include "store/row_list.h"
#include "store/store_inside.h"

/* Everything that hangs on an encounter, and the encounter. */
static enum status encounter_erase(struct ctx *ctx, struct store_session *session, const struct uuid *study,
                                   const struct uuid *encounter, uint64_t *submissions)
{
    /* Replies and drafts are found through submissions and tokens, so they go first. */
    static const char *const statements[] = {"erase_replies", "erase_drafts",      "erase_tokens",
                                             "erase_codes",   "erase_submissions", "erase_encounter"};
    enum status status = STATUS_OK;
    for (size_t i = 0; i < sizeof statements / sizeof *statements && !status; i++) {
        uint64_t changed = 0;
        status = store_run(ctx, session, statements[i], STORE_VALUES(value_uuid(study), value_uuid(encounter)), &changed);
        *submissions += i == 4 ? changed : 0;
    }
    return status;
}

enum status respondent_erase(struct ctx *ctx, struct store_session *session, const struct uuid *study,
                             const struct uuid *respondent, int64_t at_ms, uint64_t *submissions)
{
    struct encounter *encounters = NULL;
    size_t count = 0;
    *submissions = 0;
    enum status status = encounter_list(ctx, session, study, respondent, &encounters, &count);
    for (size_t i = 0; i < count && !status; i++)
        status = encounter_erase(ctx, session, study, &encounters[i].id, submissions);
    if (!status)
        status = store_run(ctx, session, "erase_contact", STORE_VALUES(value_uuid(study), value_uuid(respondent)), NULL);
    if (!status)
        status = store_run(ctx, session, "erase_respondent", STORE_VALUES(value_uuid(study), value_uuid(respondent)), NULL);
    store_traces_leave(session, TRACES_OF_PAGES);
    if (!status)
        status = store_run(ctx, session, "erasure_insert",
                           STORE_VALUES(value_uuid(study), value_uuid(respondent), value_integer(at_ms)), NULL);
    return status;
}

static enum status expired_listed(struct ctx *ctx, void *state, const struct store_row *row)
{
    struct uuid *id = row_list_add(ctx, state);
    if (!id)
        return ctx_no_memory(ctx);
    row_uuid(row, 0, id);
    return STATUS_OK;
}

static enum status idle_erase(struct ctx *ctx, struct store_session *session, const struct expiry *expiry)
{
    struct row_list list = {.size_bytes = sizeof(struct uuid)};
    uint64_t submissions = 0;
    enum status status =
        store_query(ctx, session, "respondent_idle", STORE_VALUES(value_uuid(&expiry->study), value_integer(expiry->before_ms)),
                    expired_listed, &list);
    const struct uuid *respondents = (const struct uuid *)(const void *)list.at;
    for (size_t i = 0; i < list.count && !status; i++)
        status = respondent_erase(ctx, session, &expiry->study, &respondents[i], expiry->before_ms, &submissions);
    return status;
}

enum status encounters_expire(struct ctx *ctx, struct store_session *session, const struct expiry *expiry, uint64_t *encounters)
{
    struct row_list list = {.size_bytes = sizeof(struct uuid)};
    uint64_t submissions = 0;
    enum status status =
        store_query(ctx, session, "encounter_expired", STORE_VALUES(value_uuid(&expiry->study), value_integer(expiry->before_ms)),
                    expired_listed, &list);
    *encounters = list.count;
    if (list.count > 0 && !expiry->dry)
        store_traces_leave(session, TRACES_OF_PAGES);
    const struct uuid *ids = (const struct uuid *)(const void *)list.at;
    for (size_t i = 0; i < list.count && !status && !expiry->dry; i++)
        status = encounter_erase(ctx, session, &expiry->study, &ids[i], &submissions);
    return status || expiry->dry ? status : idle_erase(ctx, session, expiry);
}

enum status leavings_expire(struct ctx *ctx, struct store_session *session, const struct uuid *study, int64_t before_ms)
{
    enum status status =
        store_run(ctx, session, "draft_expired", STORE_VALUES(value_uuid(study), value_integer(before_ms)), NULL);
    return status ? status
                  : store_run(ctx, session, "reply_expired", STORE_VALUES(value_uuid(study), value_integer(before_ms)), NULL);
}

static enum status erasures_keep(struct ctx *ctx, struct store *store)
{
    struct store_session *session = NULL;
    struct erased *list = NULL;
    size_t count = 0;
    enum status status = store_read_begin(ctx, store, &session);
    if (!status)
        status = erasure_list_of(ctx, session, &list, &count);
    store_read_end(session);
    return status || count == 0 ? status : erasure_file_write(ctx, store->path, list, count);
}

enum status erasures_look(struct ctx *ctx, struct store *store)
{
    struct erased *list = NULL;
    struct ctx inner = {.arena = ctx->arena};
    size_t count = 0, kept = 0;
    enum status status = erasure_list_of(ctx, &store->writing, &list, &count);
    /* A list that cannot be read stays as it is, for a restore to say so. */
    if (!status && count > 0 && !erasure_file_read(&inner, store->path, &list, &kept) && kept < count)
        store_traces_leave(&store->writing, TRACES_OF_PAGES);
    return status;
}

enum status store_scrub(struct ctx *ctx, struct store *store)
{
    enum status status = erasures_keep(ctx, store);
    if (!status)
        status = store->driver->fold(ctx, store_writer(store), true);
    if (!status)
        atomic_store(&store->traces, TRACES_NONE);
    return status;
}
