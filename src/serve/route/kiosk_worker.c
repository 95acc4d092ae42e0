/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/asset_reply.h"
#include "serve/route.h"

/* Stands beside the kiosks' addresses, because a worker serves what lies below its own. */
static enum status kiosk_worker_handle(struct exchange *exchange)
{
    return asset_reply(exchange, span_of("kiosk_worker.js"));
}

const struct route route_kiosk_worker = {
    .name = "kiosk_worker",
    .sentence = "Keeps a kiosk's page for the time that the network is away.",
    .method = METHOD_GET,
    .path = "/kiosk_worker.js",
    .who = WHO_ANYONE,
    .run = RUN_AT_ONCE,
    .gives_type = "text/javascript",
    .handle = kiosk_worker_handle,
};
