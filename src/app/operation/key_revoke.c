/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/operation_value.h"
#include "store/key_rows.h"

static enum status key_revoke_run(struct ctx *ctx, const struct operation_call *call, json_t **out)
{
    struct api_key key;
    bool found = false;
    char shown[80];
    const char *name = in_text(call->in, "name", "");
    enum status status = key_by_name(ctx, call->session, span_of(name), &key, &found);
    text_printable(span_of(name), shown, sizeof shown);
    if (!status && !found)
        return ctx_fail(ctx, STATUS_NO_INPUT, NULL, "There is no key called \"%s\".", shown);
    if (!status && key.revoked_ms == 0) {
        status = key_revoke(ctx, call->session, &key.id, desk_now_ms());
        if (!status)
            status = event_note(ctx, call, "key_revoked", NULL, 1);
    }
    return status ? status : value_give(ctx, json_pack("{s:b}", "revoked", 1), out);
}

const struct operation operation_key_revoke = {
    .name = "key_revoke",
    .sentence = "Ends a key for good.",
    .reach = REACH_STORE,
    .writes = true,
    .operator_only = true,
    .takes =
        (const struct operation_field[]){
            {"name", FIELD_TEXT, true, "The key's name.", "\"till\""},
            {.name = NULL},
        },
    .gives =
        (const struct operation_field[]){
            {"revoked", FIELD_TRUTH, true, "true.", "true"},
            {.name = NULL},
        },
    .run = key_revoke_run,
};
