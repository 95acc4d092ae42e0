/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/operation_value.h"
#include "store/event_rows.h"

static enum status event_verify_run(struct ctx *ctx, const struct operation_call *call, json_t **out)
{
    int64_t broken = 0;
    enum status status = event_verify(ctx, call->session, &broken);
    if (status)
        return status;
    json_t *at = broken ? json_integer(broken) : json_null();
    return value_give(ctx, json_pack("{s:b,s:o}", "whole", broken == 0, "broken", at), out);
}

const struct operation operation_event_verify = {
    .name = "event_verify",
    .sentence = "Checks that no line of the event log was changed or taken out: each holds a hash of the one before.",
    .reach = REACH_STORE,
    .operator_only = true,
    .takes = (const struct operation_field[]){{.name = NULL}},
    .gives =
        (const struct operation_field[]){
            {"whole", FIELD_TRUTH, true, "Does every line fit the one before?", "true"},
            {"broken", FIELD_WHOLE, false, "The first that does not; null when all do.", "null"},
            {.name = NULL},
        },
    .run = event_verify_run,
};
