/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/route.h"

static enum status healthz_handle(struct exchange *exchange)
{
    reply_begin(exchange, 200, "text/plain; charset=utf-8");
    out_text(exchange->reply, "ok\n");
    return STATUS_OK;
}

const struct route route_healthz = {
    .name = "healthz",
    .sentence = "Says that the process answers; asks nothing else.",
    .method = METHOD_GET,
    .path = "/healthz",
    .who = WHO_ANYONE,
    .run = RUN_AT_ONCE,
    .gives_type = "text/plain",
    .personal = true,
    .handle = healthz_handle,
};
