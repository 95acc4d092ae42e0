/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/route.h"

static enum status robots_handle(struct exchange *exchange)
{
    reply_begin(exchange, 200, "text/plain; charset=utf-8");
    out_text(exchange->reply, "User-agent: *\nDisallow: /\n");
    return STATUS_OK;
}

const struct route route_robots = {
    .name = "robots",
    .sentence = "Asks search engines to stay away.",
    .method = METHOD_GET,
    .path = "/robots.txt",
    .who = WHO_ANYONE,
    .run = RUN_AT_ONCE,
    .gives_type = "text/plain",
    .handle = robots_handle,
};
