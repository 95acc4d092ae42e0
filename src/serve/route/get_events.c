/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/route.h"

const struct route route_get_events = {
    .name = "get_events",
    .sentence = "Shows what was done with a study.",
    .method = METHOD_GET,
    .path = "/api/v1/studies/{study}/events",
    .who = WHO_KEY,
    .run = RUN_READING,
    .operation = "event_list",
    .gives_type = "application/json",
    .personal = true,
};
