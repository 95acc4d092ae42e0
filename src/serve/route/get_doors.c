/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/route.h"

const struct route route_get_doors = {
    .name = "get_doors",
    .sentence = "Lists the doors of a study.",
    .method = METHOD_GET,
    .path = "/api/v1/studies/{study}/doors",
    .who = WHO_KEY,
    .run = RUN_READING,
    .operation = "door_list",
    .gives_type = "application/json",
    .personal = true,
};
