/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/door_page.h"
#include "serve/route.h"

static enum status open_form_handle(struct exchange *exchange)
{
    return door_page_show(exchange, &door_look_open);
}

const struct route route_open_form = {
    .name = "open_form",
    .sentence = "Shows the form of an open link.",
    .method = METHOD_GET,
    .path = "/open/{study}",
    .who = WHO_ANYONE,
    .run = RUN_READING,
    .gives_type = "text/html",
    .personal = true,
    .framed = false,
    .handle = open_form_handle,
};
