/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/door_page.h"
#include "serve/route.h"

static enum status embed_form_handle(struct exchange *exchange)
{
    return door_page_show(exchange, &door_look_embed);
}

const struct route route_embed_form = {
    .name = "embed_form",
    .sentence = "Shows the form that stands in other pages.",
    .method = METHOD_GET,
    .path = "/embed/{door}",
    .who = WHO_ANYONE,
    .run = RUN_READING,
    .gives_type = "text/html",
    .personal = true,
    .framed = true,
    .handle = embed_form_handle,
};
