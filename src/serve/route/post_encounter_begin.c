/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/limits.h"
#include "serve/route.h"

const struct route route_post_encounter_begin = {
    .name = "post_encounter_begin",
    .sentence = "Says that an encounter has begun.",
    .method = METHOD_POST,
    .path = "/api/v1/studies/{study}/encounters/{encounter}/begin",
    .who = WHO_KEY_WRITE,
    .run = RUN_WRITING,
    .body_bytes_max = API_BODY_BYTES_MAX,
    .operation = "encounter_begin",
    .takes_type = "application/json",
    .gives_type = "application/json",
    .personal = true,
};
