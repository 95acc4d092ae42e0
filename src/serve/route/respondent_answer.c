/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/limits.h"
#include "serve/door_page.h"
#include "serve/route.h"

static enum status respondent_answer_handle(struct exchange *exchange)
{
    return door_page_take(exchange, &door_look_respondent);
}

const struct route route_respondent_answer = {
    .name = "respondent_answer",
    .sentence = "Takes the answers of the form of a personal link.",
    .method = METHOD_POST,
    .path = "/s/{token}",
    .who = WHO_ANYONE,
    .run = RUN_WRITING,
    .body_bytes_max = FORM_BODY_BYTES_MAX,
    .takes_type = "application/x-www-form-urlencoded",
    .gives_type = "text/html",
    .personal = true,
    .framed = false,
    .handle = respondent_answer_handle,
};
