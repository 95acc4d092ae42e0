/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/route.h"

const struct route route_get_respondents = {
    .name = "get_respondents",
    .sentence = "Lists respondents with their contacts, a page at a time.",
    .method = METHOD_GET,
    .path = "/api/v1/studies/{study}/respondents",
    .who = WHO_KEY,
    .run = RUN_READING,
    .operation = "respondent_list",
    .gives_type = "application/json",
    .personal = true,
};
