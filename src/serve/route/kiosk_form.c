/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/door_page.h"
#include "serve/route.h"

static enum status kiosk_form_handle(struct exchange *exchange)
{
    return door_page_show(exchange, &door_look_kiosk);
}

const struct route route_kiosk_form = {
    .name = "kiosk_form",
    .sentence = "Shows the form of a kiosk.",
    .method = METHOD_GET,
    .path = "/kiosk/{door}",
    .who = WHO_ANYONE,
    .run = RUN_READING,
    .gives_type = "text/html",
    .personal = true,
    .framed = false,
    .handle = kiosk_form_handle,
};
