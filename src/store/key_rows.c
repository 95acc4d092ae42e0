/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/key_rows.h"

#include "store/row_list.h"

enum status key_add(struct ctx *ctx, struct store_session *session, const struct api_key *key, const struct uuid *studies,
                    size_t count)
{
    uint64_t added = 0;
    enum status status =
        store_run(ctx, session, "key_insert",
                  STORE_VALUES(value_digest(&key->hash), value_uuid(&key->id), value_string(key->name),
                               value_string(key->access == KEY_WRITE ? "write" : "read"), value_integer(key->all_studies),
                               value_integer(key->created_ms), value_integer(key->expires_ms), value_integer(key->revoked_ms)),
                  &added);
    if (!status && added == 0)
        status = ctx_fail(ctx, STATUS_INVALID, NULL, "There is a key named %s already; give this one another name.", key->name);
    for (size_t i = 0; i < count && !status; i++)
        status = store_run(ctx, session, "key_study_insert", STORE_VALUES(value_uuid(&key->id), value_uuid(&studies[i])), NULL);
    return status;
}

static enum status key_read(struct ctx *ctx, const struct store_row *row, struct api_key *out)
{
    *out = (struct api_key){.name = row_text(ctx, row, 2),
                            .access = span_is(row->columns[3].bytes, "write") ? KEY_WRITE : KEY_READ,
                            .all_studies = row_integer(row, 4) != 0,
                            .created_ms = row_integer(row, 5),
                            .expires_ms = row_integer(row, 6),
                            .revoked_ms = row_integer(row, 7)};
    row_digest(row, 0, &out->hash);
    row_uuid(row, 1, &out->id);
    return out->name ? STATUS_OK : ctx_no_memory(ctx);
}

static enum status key_found(struct ctx *ctx, void *state, const struct store_row *row)
{
    struct row_found *found = state;
    found->found = true;
    return key_read(ctx, row, found->into);
}

enum status key_by_hash(struct ctx *ctx, struct store_session *session, const struct digest *hash, struct api_key *out,
                        bool *found)
{
    struct row_found one = {.into = out};
    enum status status = store_query(ctx, session, "key_by_hash", STORE_VALUES(value_digest(hash)), key_found, &one);
    *found = one.found;
    return status;
}

enum status key_by_name(struct ctx *ctx, struct store_session *session, struct span name, struct api_key *out, bool *found)
{
    struct row_found one = {.into = out};
    enum status status = store_query(ctx, session, "key_by_name", STORE_VALUES(value_span(name)), key_found, &one);
    *found = one.found;
    return status;
}

static enum status covered(struct ctx *ctx, void *state, const struct store_row *row)
{
    bool *covers = state;
    (void)ctx;
    (void)row;
    *covers = true;
    return STATUS_OK;
}

enum status key_covers(struct ctx *ctx, struct store_session *session, const struct api_key *key, const struct uuid *study,
                       bool *out)
{
    *out = key->all_studies;
    if (*out)
        return STATUS_OK;
    return store_query(ctx, session, "key_covers", STORE_VALUES(value_uuid(&key->id), value_uuid(study)), covered, out);
}

static enum status key_listed(struct ctx *ctx, void *state, const struct store_row *row)
{
    struct api_key *key = row_list_add(ctx, state);
    return key ? key_read(ctx, row, key) : ctx_no_memory(ctx);
}

enum status key_list(struct ctx *ctx, struct store_session *session, struct api_key **out, size_t *count)
{
    struct row_list list = {.size_bytes = sizeof **out};
    enum status status = store_query(ctx, session, "key_list", (struct store_values){NULL, 0}, key_listed, &list);
    *out = (struct api_key *)(void *)list.at;
    *count = list.count;
    return status;
}

static enum status name_listed(struct ctx *ctx, void *state, const struct store_row *row)
{
    const char **name = row_list_add(ctx, state);
    if (name)
        *name = row_text(ctx, row, 0);
    return name && *name ? STATUS_OK : ctx_no_memory(ctx);
}

enum status key_studies(struct ctx *ctx, struct store_session *session, const struct uuid *key, const char *const **out,
                        size_t *count)
{
    struct row_list list = {.size_bytes = sizeof **out};
    enum status status = store_query(ctx, session, "key_studies", STORE_VALUES(value_uuid(key)), name_listed, &list);
    *out = (const char *const *)(void *)list.at;
    *count = list.count;
    return status;
}

enum status key_revoke(struct ctx *ctx, struct store_session *session, const struct uuid *key, int64_t at_ms)
{
    return store_run(ctx, session, "key_revoke", STORE_VALUES(value_integer(at_ms), value_uuid(key)), NULL);
}
