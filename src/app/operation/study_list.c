/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/operation_value.h"
#include "store/key_rows.h"
#include "store/study_rows.h"

static enum status covered(struct ctx *ctx, const struct operation_call *call, const struct uuid *study, bool *out)
{
    *out = true;
    if (call->caller->kind == CALLER_OPERATOR || call->caller->key.all_studies)
        return STATUS_OK;
    return key_covers(ctx, call->session, &call->caller->key, study, out);
}

static enum status study_list_run(struct ctx *ctx, const struct operation_call *call, json_t **out)
{
    struct live_study *studies = NULL;
    size_t count = 0;
    json_t *list = json_array();
    enum status status = study_list(ctx, call->session, &studies, &count);
    for (size_t i = 0; !status && i < count; i++) {
        bool may = false;
        status = covered(ctx, call, &studies[i].id, &may);
        if (!status && may && json_array_append_new(list, value_study(&studies[i])) != 0)
            status = ctx_no_memory(ctx);
    }
    if (!status)
        return value_give(ctx, json_pack("{s:o}", "studies", list), out);
    json_decref(list);
    return status;
}

const struct operation operation_study_list = {
    .name = "study_list",
    .sentence = "Lists the studies.",
    .reach = REACH_STORE,
    .takes = (const struct operation_field[]){{.name = NULL}},
    .gives =
        (const struct operation_field[]){
            {"studies", FIELD_LIST, true, "Name, title, state, identity, version and creation of each study, by name.",
             "[{\"name\": \"counter\", \"title\": \"Pharmacy counter\", \"state\": \"open\", \"identity\": \"named\", "
             "\"version\": 1, \"created\": \"2026-11-26T22:02:09.123Z\"}]"},
            {.name = NULL},
        },
    .run = study_list_run,
};
