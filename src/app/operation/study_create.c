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
            {"definition", FIELD_OBJECT, true, "The study file.",
             "{\"gapmeter\": 1, \"title\": \"Pharmacy counter\", \"design\": {\"expectation\": \"will\", \"asked\": \"before\"}, "
             "\"scale\": {\"min\": 1, \"max\": 7}, \"items\": [{\"id\": \"q1\", \"text\": \"The pharmacy has what I need.\"}], "
             "\"columns\": {\"expectation\": \"e{n}\", \"perception\": \"p{n}\"}}"},
            {.name = NULL},
        },
    .gives =
        (const struct operation_field[]){
            {"name", FIELD_TEXT, true, "The study's name.", "\"counter\""},
            {"title", FIELD_TEXT, true, "Its title.", "\"Pharmacy counter\""},
            {"state", FIELD_TEXT, true, "open or closed.", "\"open\""},
            {"identity", FIELD_TEXT, true, "named, code or anonymous.", "\"named\""},
            {"version", FIELD_WHOLE, true, "The newest version of the questions.", "1"},
            {"created", FIELD_TEXT, true, "When it was created.", "\"2026-11-26T22:02:09.123Z\""},
            {.name = NULL},
        },
    .run = study_create_run,
};
