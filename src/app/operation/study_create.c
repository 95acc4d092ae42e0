/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "app/operation_value.h"
#include "app/study_creation.h"

static enum status study_create_run(struct ctx *ctx, const struct operation_call *call, json_t **out)
{
    struct operation_call made = *call;
    const char *definition = value_compact(ctx, json_object_get(call->in, "definition"));
    if (!definition)
        return ctx_no_memory(ctx);
    if (call->caller->kind == CALLER_KEY && !call->caller->key.all_studies)
        return ctx_fail(ctx, STATUS_PERMISSION, NULL, "A key for all studies is needed to create one.");
    enum status status = study_create(ctx, call->session, span_of(definition), in_text(call->in, "name", ""), &made.study);
    return status ? status : value_give(ctx, value_study(&made.study), out);
}

const struct operation operation_study_create = {
    .name = "study_create",
    .sentence =
        "Creates a study of a study file; its member \"collection\" says how it asks. Whether persons and answers hang together "
        "is decided now, for ever.",
    .reach = REACH_STORE,
    .writes = true,
    .takes =
        (const struct operation_field[]){
            {"name", FIELD_TEXT, true, "What addresses and commands call it: a to z, 0 to 9, hyphens.", "\"counter\""},
            STUDY_DEFINITION_FIELD,
            {.name = NULL},
        },
    .gives = study_fields,
    .run = study_create_run,
};
