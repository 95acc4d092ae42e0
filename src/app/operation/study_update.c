/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/operation_value.h"
#include "app/study_creation.h"

static enum status study_update_run(struct ctx *ctx, const struct operation_call *call, json_t **out)
{
    struct operation_call made = *call;
    const char *definition = value_compact(ctx, json_object_get(call->in, "definition"));
    if (!definition)
        return ctx_no_memory(ctx);
    enum status status = study_revise(ctx, call->session, &made.study, span_of(definition));
    return status ? status : value_give(ctx, value_study(&made.study), out);
}

const struct operation operation_study_update = {
    .name = "study_update",
    .sentence =
        "Adds a version of a study's questions: wording at any time, items and scales only while nobody has answered. Encounters "
        "are asked with the version they began with.",
    .reach = REACH_STUDY,
    .writes = true,
    .takes =
        (const struct operation_field[]){
            STUDY_DEFINITION_FIELD,
            {.name = NULL},
        },
    .gives = study_fields,
    .run = study_update_run,
};
