/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/respondent_naming.h"

#include <stdio.h>

#include "app/operation_value.h"
#include "base/limits.h"
#include "store/encounter_rows.h"

#define SHARED_SHOWN 5u

static enum status fail_shared(struct ctx *ctx, const struct uuid *ids, size_t count)
{
    char list[SHARED_SHOWN * (UUID_TEXT_BYTES + 2)] = "";
    size_t length = 0;
    for (size_t i = 0; i < count && i < SHARED_SHOWN; i++) {
        char id[UUID_TEXT_BYTES];
        uuid_format(&ids[i], id);
        length += (size_t)snprintf(list + length, sizeof list - length, "%s%s", i ? ", " : "", id);
    }
    return member_fail(ctx, "respondent", "%zu respondents share that text; give the id of one: %s%s.", count, list,
                       count > SHARED_SHOWN ? ", …" : "");
}

enum status respondent_named(struct ctx *ctx, const struct operation_call *call, struct uuid *out)
{
    struct uuid *ids = NULL;
    size_t count = 0;
    struct span text = span_trim(span_of(in_text(call->in, "respondent", "")));
    if (text.length == 0 || text.length > TITLE_BYTES_MAX)
        return member_fail(ctx, "respondent", "An id, an e-mail address or a reference belongs here.");
    enum status status = respondent_find(ctx, call->session, &call->study.id, text, &ids, &count);
    if (status)
        return status;
    if (count == 0)
        return ctx_fail(ctx, STATUS_NO_INPUT, NULL, "There is no such respondent in this study.");
    if (count > 1)
        return fail_shared(ctx, ids, count);
    *out = ids[0];
    return STATUS_OK;
}

enum status respondent_value(struct ctx *ctx, const struct operation_call *call, const struct uuid *respondent, json_t **out)
{
    struct contact contact = {NULL, NULL, NULL, NULL};
    bool found = false;
    enum status status = respondent_contact(ctx, call->session, &call->study.id, respondent, &contact, &found);
    if (status)
        return status;
    return value_give(ctx,
                      json_pack("{s:o,s:s?,s:s?,s:s?,s:s?}", "respondent", value_id(respondent), "name", contact.name, "email",
                                contact.email, "phone", contact.phone, "reference", contact.reference),
                      out);
}
