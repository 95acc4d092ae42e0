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
            {"version", FIELD_WHOLE, true, "The newest version of the questions.", "2"},
            {"created", FIELD_TEXT, true, "When it was created.", "\"2026-11-26T22:02:09.123Z\""},
            {.name = NULL},
        },
    .run = study_update_run,
};
