/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/operation_door.h"
#include "serve/route.h"

static enum status get_responses_csv_handle(struct exchange *exchange)
{
    struct ctx *ctx = &exchange->ctx;
    const struct operation *operation = operation_find(span_of("response_list"));
    json_t *in = NULL, *out = NULL;
    if (!operation)
        return ctx_fail(ctx, STATUS_UNAVAILABLE, NULL, "The operation of this route does not exist.");
    if (!operation_door_read(exchange, operation, &in))
        return STATUS_OK;
    enum status status = operation_run(ctx, exchange->desk, exchange->session, operation, &exchange->caller, in, &out);
    json_decref(in);
    if (!status) {
        reply_begin(exchange, 200, "text/csv; charset=utf-8");
        reply_header(exchange, "Content-Disposition", "attachment; filename=\"responses.csv\"");
        out_text(exchange->reply, json_string_value(json_object_get(out, "csv")));
    }
    json_decref(out);
    return status;
}

const struct route route_get_responses_csv = {
    .name = "get_responses_csv",
    .sentence = "Gives the answers as CSV: `gapmeter analyze responses.csv --study study.json` reads it.",
    .method = METHOD_GET,
    .path = "/api/v1/studies/{study}/responses.csv",
    .who = WHO_KEY,
    .run = RUN_READING,
    .operation = "response_list",
    .gives_type = "text/csv",
    .personal = true,
    .handle = get_responses_csv_handle,
};
