/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/operation_value.h"
#include "app/retention.h"

static enum status retention_run_run(struct ctx *ctx, const struct operation_call *call, json_t **out)
{
    struct retention_result result;
    bool dry = json_is_true(json_object_get(call->in, "dry"));
    enum status status = retention_apply(ctx, call->desk, call->session, &call->study, dry, &result);
    if (status)
        return status;
    return value_give(
        ctx, json_pack("{s:b,s:I,s:I}", "dry", dry, "days", (json_int_t)result.days, "encounters", (json_int_t)result.encounters),
        out);
}

const struct operation operation_retention_run = {
    .name = "retention_run",
    .sentence =
        "Erases the encounters that the study keeps no longer, or with \"dry\" says how many they would be. A running server "
        "does it by itself every hour.",
    .reach = REACH_STUDY,
    .writes = true,
    .operator_only = true,
    .takes =
        (const struct operation_field[]){
            {"dry", FIELD_TRUTH, false, "true: only count.", "true"},
            {.name = NULL},
        },
    .gives =
        (const struct operation_field[]){
            {"dry", FIELD_TRUTH, true, "Whether it was only counted.", "true"},
            {"days", FIELD_WHOLE, true, "How long the study keeps answers; 0: for good.", "365"},
            {"encounters", FIELD_WHOLE, true, "How many are too old.", "17"},
            {.name = NULL},
        },
    .run = retention_run_run,
};
