/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/study_rows.h"

#include <string.h>

#include "store/row_list.h"

static const char *state_name(enum live_state state)
{
    return state == LIVE_OPEN ? "open" : "closed";
}

enum status study_consent_add(struct ctx *ctx, struct store_session *session, const struct uuid *study, const char *text,
                              int64_t created_ms)
{
    struct digest hash;
    digest_of(span_of(text), &hash);
    return store_run(ctx, session, "consent_insert",
                     STORE_VALUES(value_uuid(study), value_digest(&hash), value_string(text), value_integer(created_ms)), NULL);
}

static enum status version_insert(struct ctx *ctx, struct store_session *session, const struct instrument_version *version,
                                  const char *consent)
{
    enum status status = store_run(ctx, session, "consent_insert",
                                   STORE_VALUES(value_uuid(&version->study), value_digest(&version->consent),
                                                value_string(consent), value_integer(version->created_ms)),
                                   NULL);
    if (status)
        return status;
    return store_run(ctx, session, "version_insert",
                     STORE_VALUES(value_uuid(&version->study), value_integer(version->version), value_bytes(version->definition),
                                  value_digest(&version->scales), value_digest(&version->consent),
                                  value_integer(version->created_ms)),
                     NULL);
}

enum status study_add(struct ctx *ctx, struct store_session *session, const struct live_study *study,
                      const struct instrument_version *version, const char *consent)
{
    uint64_t added = 0;
    const struct span salt = {(const char *)study->salt, sizeof study->salt};
    enum status status =
        store_run(ctx, session, "study_insert",
                  STORE_VALUES(value_uuid(&study->id), value_string(study->name), value_string(study->title),
                               value_string(state_name(study->state)), value_string(identity_name(study->identity)),
                               value_bytes(salt), value_integer(study->version), value_integer(study->created_ms)),
                  &added);
    if (!status && added == 0)
        status =
            ctx_fail(ctx, STATUS_INVALID, NULL, "There is a study named %s already; give this one another name.", study->name);
    return status ? status : version_insert(ctx, session, version, consent);
}

static enum status study_read(struct ctx *ctx, const struct store_row *row, struct live_study *out)
{
    struct span salt = row->columns[5].bytes;
    *out = (struct live_study){.name = row_text(ctx, row, 1),
                               .title = row_text(ctx, row, 2),
                               .state = span_is(row->columns[3].bytes, "open") ? LIVE_OPEN : LIVE_CLOSED,
                               .version = (uint32_t)row_integer(row, 6),
                               .created_ms = row_integer(row, 7)};
    row_uuid(row, 0, &out->id);
    if (!identity_parse(row->columns[4].bytes, &out->identity) || salt.length != sizeof out->salt)
        return ctx_fail(ctx, STATUS_DATA, NULL, "The row of a study cannot be read: restore a backup.");
    memcpy(out->salt, salt.at, sizeof out->salt);
    return out->name && out->title ? STATUS_OK : ctx_no_memory(ctx);
}

static enum status study_found(struct ctx *ctx, void *state, const struct store_row *row)
{
    struct row_found *found = state;
    found->found = true;
    return study_read(ctx, row, found->into);
}

enum status study_by_name(struct ctx *ctx, struct store_session *session, struct span name, struct live_study *out, bool *found)
{
    struct row_found one = {.into = out};
    enum status status = store_query(ctx, session, "study_by_name", STORE_VALUES(value_span(name)), study_found, &one);
    *found = one.found;
    return status;
}

enum status study_by_id(struct ctx *ctx, struct store_session *session, const struct uuid *id, struct live_study *out,
                        bool *found)
{
    struct row_found one = {.into = out};
    enum status status = store_query(ctx, session, "study_by_id", STORE_VALUES(value_uuid(id)), study_found, &one);
    *found = one.found;
    return status;
}

static enum status study_listed(struct ctx *ctx, void *state, const struct store_row *row)
{
    struct live_study *study = row_list_add(ctx, state);
    return study ? study_read(ctx, row, study) : ctx_no_memory(ctx);
}

enum status study_list(struct ctx *ctx, struct store_session *session, struct live_study **out, size_t *count)
{
    struct row_list list = {.size_bytes = sizeof **out};
    enum status status = store_query(ctx, session, "study_list", (struct store_values){NULL, 0}, study_listed, &list);
    *out = (struct live_study *)(void *)list.at;
    *count = list.count;
    return status;
}

enum status study_set_state(struct ctx *ctx, struct store_session *session, const struct uuid *study, enum live_state state)
{
    return store_run(ctx, session, "study_set_state", STORE_VALUES(value_string(state_name(state)), value_uuid(study)), NULL);
}

enum status study_add_version(struct ctx *ctx, struct store_session *session, const struct instrument_version *version,
                              const char *title, const char *consent)
{
    uint64_t changed = 0;
    enum status status = store_run(ctx, session, "study_set_version",
                                   STORE_VALUES(value_integer(version->version), value_string(title), value_uuid(&version->study),
                                                value_integer((int64_t)version->version - 1)),
                                   &changed);
    if (!status && changed == 0)
        status =
            ctx_fail(ctx, STATUS_INVALID, NULL, "The study has a newer version than the one that was changed; look at it again.");
    return status ? status : version_insert(ctx, session, version, consent);
}

static enum status version_found(struct ctx *ctx, void *state, const struct store_row *row)
{
    struct row_found *found = state;
    struct instrument_version *version = found->into;
    found->found = true;
    *version = (struct instrument_version){
        .version = (uint32_t)row_integer(row, 1), .definition = row_bytes(ctx, row, 2), .created_ms = row_integer(row, 5)};
    row_uuid(row, 0, &version->study);
    row_digest(row, 3, &version->scales);
    row_digest(row, 4, &version->consent);
    return version->definition.at ? STATUS_OK : ctx_no_memory(ctx);
}

enum status study_version(struct ctx *ctx, struct store_session *session, const struct uuid *study, uint32_t version,
                          struct instrument_version *out, bool *found)
{
    struct row_found one = {.into = out};
    enum status status =
        store_query(ctx, session, "version_get", STORE_VALUES(value_uuid(study), value_integer(version)), version_found, &one);
    *found = one.found;
    return status;
}

static enum status text_found(struct ctx *ctx, void *state, const struct store_row *row)
{
    const char **text = state;
    *text = row_text(ctx, row, 0);
    return *text ? STATUS_OK : ctx_no_memory(ctx);
}

enum status study_consent(struct ctx *ctx, struct store_session *session, const struct uuid *study, const struct digest *hash,
                          const char **out)
{
    *out = NULL;
    return store_query(ctx, session, "consent_get", STORE_VALUES(value_uuid(study), value_digest(hash)), text_found, out);
}

static enum status invitations_counted(struct ctx *ctx, void *state, const struct store_row *row)
{
    struct live_counts *counts = state;
    (void)ctx;
    counts->invited = (uint64_t)row_integer(row, 0);
    counts->perception_only = (uint64_t)row_integer(row, 1);
    return STATUS_OK;
}

static enum status submissions_counted(struct ctx *ctx, void *state, const struct store_row *row)
{
    struct live_counts *counts = state;
    enum wave wave = WAVE_COUNT;
    enum phase phase = PHASE_COUNT;
    enum door_kind door = DOOR_COUNT;
    if (!wave_parse(row->columns[0].bytes, &wave) || !phase_parse(row->columns[1].bytes, &phase) ||
        !door_kind_parse(row->columns[2].bytes, &door))
        return ctx_fail(ctx, STATUS_DATA, NULL, "The row of a submission cannot be read: restore a backup.");
    uint64_t count = (uint64_t)row_integer(row, 3);
    counts->answered[wave] += count;
    counts->answered_in[phase] += count;
    counts->by_door[door] += count;
    return STATUS_OK;
}

static enum status number_counted(struct ctx *ctx, void *state, const struct store_row *row)
{
    uint64_t *count = state;
    (void)ctx;
    *count = (uint64_t)row_integer(row, 0);
    return STATUS_OK;
}

enum status study_invited(struct ctx *ctx, struct store_session *session, const struct uuid *study, uint64_t *out)
{
    struct live_counts counts = {.invited = 0};
    enum status status =
        store_query(ctx, session, "counts_encounters", STORE_VALUES(value_uuid(study)), invitations_counted, &counts);
    *out = counts.invited;
    return status;
}

enum status study_counts(struct ctx *ctx, struct store_session *session, const struct uuid *study, struct live_counts *out)
{
    *out = (struct live_counts){0};
    const struct store_value id = value_uuid(study);
    enum status status = store_query(ctx, session, "counts_encounters", STORE_VALUES(id), invitations_counted, out);
    if (!status)
        status = store_query(ctx, session, "counts_submissions", STORE_VALUES(id), submissions_counted, out);
    if (!status)
        status = store_query(ctx, session, "counts_pairs", STORE_VALUES(id), number_counted, &out->paired);
    if (!status)
        status = store_query(ctx, session, "counts_ambiguous", STORE_VALUES(id), number_counted, &out->ambiguous_codes);
    return status;
}
