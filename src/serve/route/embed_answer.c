/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/limits.h"
#include "serve/door_page.h"
#include "serve/route.h"

static enum status embed_answer_handle(struct exchange *exchange)
{
    return door_page_take(exchange, &door_look_embed);
}

const struct route route_embed_answer = {
    .name = "embed_answer",
    .sentence = "Takes the answers of the form that stands in other pages.",
    .method = METHOD_POST,
    .path = "/embed/{door}",
    .who = WHO_ANYONE,
    .run = RUN_WRITING,
    .body_bytes_max = FORM_BODY_BYTES_MAX,
    .takes_type = "application/x-www-form-urlencoded",
    .gives_type = "text/html",
    .personal = true,
    .framed = true,
    .handle = embed_answer_handle,
};
