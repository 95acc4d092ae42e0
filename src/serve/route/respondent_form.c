/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/door_page.h"
#include "serve/route.h"

static enum status respondent_form_handle(struct exchange *exchange)
{
    return door_page_show(exchange, &door_look_respondent);
}

const struct route route_respondent_form = {
    .name = "respondent_form",
    .sentence = "Shows the form of a personal link.",
    .method = METHOD_GET,
    .path = "/s/{token}",
    .who = WHO_ANYONE,
    .run = RUN_READING,
    .gives_type = "text/html",
    .personal = true,
    .framed = false,
    .handle = respondent_form_handle,
};
