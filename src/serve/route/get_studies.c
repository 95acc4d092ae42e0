/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/route.h"

const struct route route_get_studies = {
    .name = "get_studies",
    .sentence = "Lists the studies that the key covers.",
    .method = METHOD_GET,
    .path = "/api/v1/studies",
    .who = WHO_KEY,
    .run = RUN_READING,
    .operation = "study_list",
    .gives_type = "application/json",
    .personal = true,
};
