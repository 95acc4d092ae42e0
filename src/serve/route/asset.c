/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/asset_reply.h"
#include "serve/route.h"

/* The address holds a digest of the bytes, so what was fetched once is good for ever. */
static enum status asset_handle(struct exchange *exchange)
{
    enum status status = asset_reply(exchange, exchange->parts[0]);
    if (!status && exchange->http_status == 200)
        reply_header(exchange, "Cache-Control", "public, max-age=31536000, immutable");
    return status;
}

const struct route route_asset = {
    .name = "asset",
    .sentence = "Stylesheet and scripts of the pages.",
    .method = METHOD_GET,
    .path = "/assets/{name}",
    .who = WHO_ANYONE,
    .run = RUN_AT_ONCE,
    .gives_type = "text/css",
    .framed = true,
    .handle = asset_handle,
};
