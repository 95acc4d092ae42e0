/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/token_rows.h"

#include "store/row_list.h"

enum status token_add(struct ctx *ctx, struct store_session *session, const struct token *token)
{
    return store_run(ctx, session, "token_insert",
                     STORE_VALUES(value_digest(&token->hash), value_uuid(&token->study), value_uuid(&token->encounter),
                                  value_string(wave_name(token->wave)), value_integer(token->created_ms),
                                  value_integer(token->opens_ms), value_integer(token->expires_ms), value_integer(token->used_ms),
                                  value_integer(token->withdrawn_ms)),
                     NULL);
}

static enum status token_read(struct ctx *ctx, const struct store_row *row, struct token *out)
{
    *out = (struct token){.created_ms = row_integer(row, 4),
                          .opens_ms = row_integer(row, 5),
                          .expires_ms = row_integer(row, 6),
                          .used_ms = row_integer(row, 7),
                          .withdrawn_ms = row_integer(row, 8)};
    row_digest(row, 0, &out->hash);
    row_uuid(row, 1, &out->study);
    row_uuid(row, 2, &out->encounter);
    if (!wave_parse(row->columns[3].bytes, &out->wave))
        return ctx_fail(ctx, STATUS_DATA, NULL, "The row of a token cannot be read: restore a backup.");
    return STATUS_OK;
}

static enum status token_found(struct ctx *ctx, void *state, const struct store_row *row)
{
    struct row_found *found = state;
    found->found = true;
    return token_read(ctx, row, found->into);
}

enum status token_get(struct ctx *ctx, struct store_session *session, const struct digest *hash, struct token *out, bool *found)
{
    struct row_found one = {.into = out};
    enum status status = store_query(ctx, session, "token_get", STORE_VALUES(value_digest(hash)), token_found, &one);
    *found = one.found;
    return status;
}

static enum status token_listed(struct ctx *ctx, void *state, const struct store_row *row)
{
    struct token *token = row_list_add(ctx, state);
    return token ? token_read(ctx, row, token) : ctx_no_memory(ctx);
}

enum status token_list(struct ctx *ctx, struct store_session *session, const struct uuid *study, const struct uuid *encounter,
                       struct token **out, size_t *count)
{
    struct row_list list = {.size_bytes = sizeof **out};
    enum status status =
        store_query(ctx, session, "token_list", STORE_VALUES(value_uuid(study), value_uuid(encounter)), token_listed, &list);
    *out = (struct token *)(void *)list.at;
    *count = list.count;
    return status;
}

enum status token_use(struct ctx *ctx, struct store_session *session, const struct token *token, int64_t used_ms, bool forget,
                      bool *first)
{
    uint64_t changed = 0;
    enum status status =
        store_run(ctx, session, forget ? "token_use_forget" : "token_use",
                  STORE_VALUES(value_integer(used_ms), value_digest(&token->hash), value_uuid(&token->study)), &changed);
    *first = changed > 0;
    if (status || !*first)
        return status;
    return store_run(ctx, session, "draft_delete", STORE_VALUES(value_digest(&token->hash), value_uuid(&token->study)), NULL);
}

enum status token_open(struct ctx *ctx, struct store_session *session, const struct token_choice *choice, int64_t opens_ms,
                       int64_t expires_ms, uint64_t *changed)
{
    return store_run(ctx, session, "token_open",
                     STORE_VALUES(value_integer(opens_ms), value_integer(expires_ms), value_uuid(&choice->study),
                                  value_uuid(&choice->encounter), value_string(wave_name(choice->wave))),
                     changed);
}

enum status token_withdraw(struct ctx *ctx, struct store_session *session, const struct token_choice *choice, int64_t at_ms,
                           uint64_t *changed)
{
    return store_run(ctx, session, "token_withdraw",
                     STORE_VALUES(value_integer(at_ms), value_uuid(&choice->study), value_uuid(&choice->encounter),
                                  value_string(wave_name(choice->wave))),
                     changed);
}

enum status draft_put(struct ctx *ctx, struct store_session *session, const struct draft *draft)
{
    return store_run(ctx, session, "draft_put",
                     STORE_VALUES(value_digest(&draft->token), value_uuid(&draft->study), value_integer(draft->updated_ms),
                                  value_integer(draft->seconds), value_bytes(draft->answers)),
                     NULL);
}

static enum status draft_found(struct ctx *ctx, void *state, const struct store_row *row)
{
    struct row_found *found = state;
    struct draft *draft = found->into;
    found->found = true;
    draft->updated_ms = row_integer(row, 0);
    draft->seconds = (uint32_t)row_integer(row, 1);
    draft->answers = row_bytes(ctx, row, 2);
    return draft->answers.at ? STATUS_OK : ctx_no_memory(ctx);
}

enum status draft_get(struct ctx *ctx, struct store_session *session, const struct uuid *study, const struct digest *token,
                      struct draft *out, bool *found)
{
    struct draft draft = {.study = *study, .token = *token};
    struct row_found one = {.into = &draft};
    enum status status =
        store_query(ctx, session, "draft_get", STORE_VALUES(value_digest(token), value_uuid(study)), draft_found, &one);
    *found = one.found;
    if (!status && one.found)
        *out = draft;
    return status;
}

enum status door_add(struct ctx *ctx, struct store_session *session, const struct door *door)
{
    return store_run(ctx, session, "door_insert",
                     STORE_VALUES(value_digest(&door->hash), value_uuid(&door->study), value_string(door_kind_name(door->kind)),
                                  value_string(wave_name(door->wave)), value_string(door->attributes),
                                  value_integer(door->created_ms), value_integer(door->closed_ms)),
                     NULL);
}

static enum status door_read(struct ctx *ctx, const struct store_row *row, struct door *out)
{
    *out =
        (struct door){.attributes = row_text(ctx, row, 4), .created_ms = row_integer(row, 5), .closed_ms = row_integer(row, 6)};
    row_digest(row, 0, &out->hash);
    row_uuid(row, 1, &out->study);
    if (!door_kind_parse(row->columns[2].bytes, &out->kind) || !wave_parse(row->columns[3].bytes, &out->wave))
        return ctx_fail(ctx, STATUS_DATA, NULL, "The row of a door cannot be read: restore a backup.");
    return out->attributes ? STATUS_OK : ctx_no_memory(ctx);
}

static enum status door_found(struct ctx *ctx, void *state, const struct store_row *row)
{
    struct row_found *found = state;
    found->found = true;
    return door_read(ctx, row, found->into);
}

enum status door_get(struct ctx *ctx, struct store_session *session, const struct digest *hash, struct door *out, bool *found)
{
    struct row_found one = {.into = out};
    enum status status = store_query(ctx, session, "door_get", STORE_VALUES(value_digest(hash)), door_found, &one);
    *found = one.found;
    return status;
}

static enum status door_listed(struct ctx *ctx, void *state, const struct store_row *row)
{
    struct door *door = row_list_add(ctx, state);
    return door ? door_read(ctx, row, door) : ctx_no_memory(ctx);
}

enum status door_list(struct ctx *ctx, struct store_session *session, const struct uuid *study, struct door **out, size_t *count)
{
    struct row_list list = {.size_bytes = sizeof **out};
    enum status status = store_query(ctx, session, "door_list", STORE_VALUES(value_uuid(study)), door_listed, &list);
    *out = (struct door *)(void *)list.at;
    *count = list.count;
    return status;
}

enum status door_close(struct ctx *ctx, struct store_session *session, const struct uuid *study, const struct digest *hash,
                       int64_t at_ms, bool *found)
{
    uint64_t changed = 0;
    enum status status = store_run(ctx, session, "door_close",
                                   STORE_VALUES(value_integer(at_ms), value_uuid(study), value_digest(hash)), &changed);
    *found = changed > 0;
    return status;
}
