/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/route.h"

const struct route route_get_respondent_export = {
    .name = "get_respondent_export",
    .sentence = "Gives everything that is stored of a person.",
    .method = METHOD_GET,
    .path = "/api/v1/studies/{study}/respondents/{respondent}/export",
    .who = WHO_KEY,
    .run = RUN_READING,
    .operation = "respondent_export",
    .gives_type = "application/json",
    .personal = true,
};
