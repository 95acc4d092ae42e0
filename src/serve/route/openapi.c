/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/api_description.h"
#include "serve/route.h"

static enum status openapi_handle(struct exchange *exchange)
{
    json_t *description = NULL;
    enum status status = api_description_make(&exchange->ctx, desk_base_address(exchange->desk), &description);
    if (!status)
        reply_json(exchange, 200, description);
    json_decref(description);
    return status;
}

const struct route route_openapi = {
    .name = "openapi",
    .sentence = "This description of the API.",
    .method = METHOD_GET,
    .path = "/api/v1/openapi.json",
    .who = WHO_ANYONE,
    .run = RUN_READING,
    .gives_type = "application/json",
    .handle = openapi_handle,
};
