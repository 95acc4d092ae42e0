/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/route.h"

const struct route route_get_study = {
    .name = "get_study",
    .sentence = "Shows a study: its questions, response rates and pairs.",
    .method = METHOD_GET,
    .path = "/api/v1/studies/{study}",
    .who = WHO_KEY,
    .run = RUN_READING,
    .operation = "study_show",
    .gives_type = "application/json",
    .personal = true,
};
