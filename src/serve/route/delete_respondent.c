/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/route.h"

const struct route route_delete_respondent = {
    .name = "delete_respondent",
    .sentence = "Erases a person: contact, encounters, links and answers.",
    .method = METHOD_DELETE,
    .path = "/api/v1/studies/{study}/respondents/{respondent}",
    .who = WHO_KEY_WRITE,
    .run = RUN_WRITING,
    .operation = "respondent_erase",
    .gives_type = "application/json",
    .personal = true,
};
