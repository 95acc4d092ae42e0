/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/route.h"

const struct route route_get_respondent = {
    .name = "get_respondent",
    .sentence = "Shows a respondent: contact, encounters, links, what was answered when.",
    .method = METHOD_GET,
    .path = "/api/v1/studies/{study}/respondents/{respondent}",
    .who = WHO_KEY,
    .run = RUN_READING,
    .operation = "respondent_show",
    .gives_type = "application/json",
    .personal = true,
};
