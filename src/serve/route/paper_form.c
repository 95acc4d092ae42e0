/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/door_page.h"
#include "serve/route.h"

static enum status paper_form_handle(struct exchange *exchange)
{
    return door_page_show(exchange, &door_look_paper);
}

const struct route route_paper_form = {
    .name = "paper_form",
    .sentence = "Shows the form by which staff enter paper answers.",
    .method = METHOD_GET,
    .path = "/paper/{door}",
    .who = WHO_ANYONE,
    .run = RUN_READING,
    .gives_type = "text/html",
    .personal = true,
    .framed = false,
    .handle = paper_form_handle,
};
