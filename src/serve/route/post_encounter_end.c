/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/limits.h"
#include "serve/route.h"

const struct route route_post_encounter_end = {
    .name = "post_encounter_end",
    .sentence = "Says that an encounter has ended: opens its perception form.",
    .method = METHOD_POST,
    .path = "/api/v1/studies/{study}/encounters/{encounter}/end",
    .who = WHO_KEY_WRITE,
    .run = RUN_WRITING,
    .body_bytes_max = API_BODY_BYTES_MAX,
    .operation = "encounter_end",
    .takes_type = "application/json",
    .gives_type = "application/json",
    .personal = true,
};
