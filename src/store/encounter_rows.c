/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/encounter_rows.h"

#include "store/row_list.h"

enum status respondent_add(struct ctx *ctx, struct store_session *session, const struct uuid *study,
                           const struct uuid *respondent, int64_t created_ms, const struct contact *contact)
{
    enum status status = store_run(ctx, session, "respondent_insert",
                                   STORE_VALUES(value_uuid(study), value_uuid(respondent), value_integer(created_ms)), NULL);
    if (status || !contact || !(contact->name || contact->email || contact->phone || contact->reference))
        return status;
    return store_run(ctx, session, "contact_insert",
                     STORE_VALUES(value_uuid(study), value_uuid(respondent), value_string(contact->name),
                                  value_string(contact->email), value_string(contact->phone), value_string(contact->reference)),
                     NULL);
}

static enum status contact_found(struct ctx *ctx, void *state, const struct store_row *row)
{
    struct row_found *found = state;
    struct contact *contact = found->into;
    found->found = true;
    *contact = (struct contact){.name = row_text(ctx, row, 0),
                                .email = row_text(ctx, row, 1),
                                .phone = row_text(ctx, row, 2),
                                .reference = row_text(ctx, row, 3)};
    return STATUS_OK;
}

enum status respondent_contact(struct ctx *ctx, struct store_session *session, const struct uuid *study,
                               const struct uuid *respondent, struct contact *out, bool *found)
{
    struct row_found one = {.into = out};
    enum status status =
        store_query(ctx, session, "contact_get", STORE_VALUES(value_uuid(study), value_uuid(respondent)), contact_found, &one);
    *found = one.found;
    return status;
}

static enum status id_listed(struct ctx *ctx, void *state, const struct store_row *row)
{
    struct uuid *id = row_list_add(ctx, state);
    if (!id)
        return ctx_no_memory(ctx);
    row_uuid(row, 0, id);
    return STATUS_OK;
}

enum status respondent_find(struct ctx *ctx, struct store_session *session, const struct uuid *study, struct span text,
                            struct uuid **out, size_t *count)
{
    struct row_list list = {.size_bytes = sizeof **out};
    struct uuid id = {{0}};
    (void)uuid_parse(text, &id);
    enum status status = store_query(ctx, session, "respondent_find",
                                     STORE_VALUES(value_uuid(study), value_span(text), value_uuid(&id)), id_listed, &list);
    *out = (struct uuid *)(void *)list.at;
    *count = list.count;
    return status;
}

enum status respondent_list(struct ctx *ctx, struct store_session *session, const struct uuid *study,
                            const struct respondent_page *page, struct uuid **out, size_t *count)
{
    struct row_list list = {.size_bytes = sizeof **out};
    /* "None" is all zeros, which stands before every id. */
    const struct store_value after = value_bytes((struct span){(const char *)page->after.bytes, sizeof page->after.bytes});
    enum status status = store_query(ctx, session, "respondent_list",
                                     STORE_VALUES(value_uuid(study), after, value_integer(page->most)), id_listed, &list);
    *out = (struct uuid *)(void *)list.at;
    *count = list.count;
    return status;
}

enum status encounter_add(struct ctx *ctx, struct store_session *session, const struct encounter *encounter)
{
    return store_run(ctx, session, "encounter_insert",
                     STORE_VALUES(value_uuid(&encounter->study), value_uuid(&encounter->id), value_uuid(&encounter->respondent),
                                  value_string(encounter->arm == ARM_BOTH ? "both" : "perception_only"),
                                  value_integer(encounter->invited), value_integer((int64_t)encounter->seed),
                                  value_integer(encounter->version), value_string(encounter->language),
                                  value_string(encounter->attributes), value_integer(encounter->created_ms),
                                  value_integer(encounter->planned_ms), value_integer(encounter->began_ms),
                                  value_integer(encounter->ended_ms)),
                     NULL);
}

static enum status encounter_read(struct ctx *ctx, const struct store_row *row, struct encounter *out)
{
    *out = (struct encounter){.arm = span_is(row->columns[3].bytes, "both") ? ARM_BOTH : ARM_PERCEPTION_ONLY,
                              .invited = row_integer(row, 4) != 0,
                              .seed = (uint64_t)row_integer(row, 5),
                              .version = (uint32_t)row_integer(row, 6),
                              .language = row_text(ctx, row, 7),
                              .attributes = row_text(ctx, row, 8),
                              .created_ms = row_integer(row, 9),
                              .planned_ms = row_integer(row, 10),
                              .began_ms = row_integer(row, 11),
                              .ended_ms = row_integer(row, 12)};
    row_uuid(row, 0, &out->study);
    row_uuid(row, 1, &out->id);
    row_uuid(row, 2, &out->respondent);
    return out->language && out->attributes ? STATUS_OK : ctx_no_memory(ctx);
}

static enum status encounter_found(struct ctx *ctx, void *state, const struct store_row *row)
{
    struct row_found *found = state;
    found->found = true;
    return encounter_read(ctx, row, found->into);
}

enum status encounter_get(struct ctx *ctx, struct store_session *session, const struct uuid *study, const struct uuid *id,
                          struct encounter *out, bool *found)
{
    struct row_found one = {.into = out};
    enum status status =
        store_query(ctx, session, "encounter_get", STORE_VALUES(value_uuid(study), value_uuid(id)), encounter_found, &one);
    *found = one.found;
    return status;
}

enum status encounter_update(struct ctx *ctx, struct store_session *session, const struct encounter *encounter)
{
    return store_run(ctx, session, "encounter_update",
                     STORE_VALUES(value_string(encounter->language), value_integer(encounter->began_ms),
                                  value_integer(encounter->ended_ms), value_uuid(&encounter->study), value_uuid(&encounter->id)),
                     NULL);
}

static enum status encounter_listed(struct ctx *ctx, void *state, const struct store_row *row)
{
    struct encounter *encounter = row_list_add(ctx, state);
    return encounter ? encounter_read(ctx, row, encounter) : ctx_no_memory(ctx);
}

enum status encounter_remove(struct ctx *ctx, struct store_session *session, const struct uuid *study, const struct uuid *id)
{
    enum status status = store_run(ctx, session, "erase_tokens", STORE_VALUES(value_uuid(study), value_uuid(id)), NULL);
    return status ? status : store_run(ctx, session, "erase_encounter", STORE_VALUES(value_uuid(study), value_uuid(id)), NULL);
}

enum status encounter_list(struct ctx *ctx, struct store_session *session, const struct uuid *study,
                           const struct uuid *respondent, struct encounter **out, size_t *count)
{
    struct row_list list = {.size_bytes = sizeof **out};
    enum status status = store_query(ctx, session, "encounter_of_respondent",
                                     STORE_VALUES(value_uuid(study), value_uuid(respondent)), encounter_listed, &list);
    *out = (struct encounter *)(void *)list.at;
    *count = list.count;
    return status;
}

/* To whom each row is handed on. */
struct encounter_passing {
    enum status (*each)(struct ctx *ctx, void *state, const struct encounter *encounter);
    void *state;
};

static enum status encounter_passed(struct ctx *ctx, void *state, const struct store_row *row)
{
    const struct encounter_passing *passing = state;
    struct encounter encounter;
    enum status status = encounter_read(ctx, row, &encounter);
    return status ? status : passing->each(ctx, passing->state, &encounter);
}

enum status encounter_each(struct ctx *ctx, struct store_session *session, const struct uuid *study,
                           enum status (*each)(struct ctx *ctx, void *state, const struct encounter *encounter), void *state)
{
    struct encounter_passing passing = {.each = each, .state = state};
    return store_query(ctx, session, "encounter_each", STORE_VALUES(value_uuid(study)), encounter_passed, &passing);
}
