/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/operation_value.h"
#include "store/key_rows.h"

static const char *key_state(const struct api_key *key)
{
    if (key->revoked_ms != 0)
        return "revoked";
    return key->expires_ms != 0 && key->expires_ms <= desk_now_ms() ? "expired" : "good";
}

static enum status key_value(struct ctx *ctx, const struct operation_call *call, const struct api_key *key, json_t **out)
{
    const char *const *names = NULL;
    size_t count = 0;
    enum status status = key_studies(ctx, call->session, &key->id, &names, &count);
    if (status)
        return status;
    json_t *studies = json_array();
    for (size_t i = 0; i < count; i++)
        (void)json_array_append_new(studies, json_string(names[i]));
    return value_give(ctx,
                      json_pack("{s:s,s:s,s:s,s:b,s:o,s:o,s:o}", "name", key->name, "state", key_state(key), "access",
                                key->access == KEY_WRITE ? "write" : "read", "all_studies", key->all_studies, "studies", studies,
                                "created", value_time(key->created_ms), "expires", value_time(key->expires_ms)),
                      out);
}

static enum status key_list_run(struct ctx *ctx, const struct operation_call *call, json_t **out)
{
    struct api_key *keys = NULL;
    size_t count = 0;
    json_t *list = json_array();
    enum status status = key_list(ctx, call->session, &keys, &count);
    for (size_t i = 0; !status && i < count; i++) {
        json_t *value = NULL;
        status = key_value(ctx, call, &keys[i], &value);
        if (!status && json_array_append_new(list, value) != 0)
            status = ctx_no_memory(ctx);
    }
    if (!status)
        return value_give(ctx, json_pack("{s:o}", "keys", list), out);
    json_decref(list);
    return status;
}

const struct operation operation_key_list = {
    .name = "key_list",
    .sentence = "Lists the keys for programs: names, rights and states, never the keys themselves.",
    .reach = REACH_STORE,
    .operator_only = true,
    .takes = (const struct operation_field[]){{.name = NULL}},
    .gives =
        (const struct operation_field[]){
            {"keys", FIELD_LIST, true, "Name, state, access, studies, creation and end of each.",
             "[{\"name\": \"till\", \"state\": \"good\", \"access\": \"write\", \"all_studies\": false, \"studies\": "
             "[\"counter\"], \"created\": \"2026-11-26T22:02:09.123Z\", \"expires\": null}]"},
            {.name = NULL},
        },
    .run = key_list_run,
};
