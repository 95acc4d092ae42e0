/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/limits.h"
#include "serve/route.h"

const struct route route_post_study = {
    .name = "post_study",
    .sentence = "Creates a study; needs a key for all studies.",
    .method = METHOD_POST,
    .path = "/api/v1/studies",
    .who = WHO_KEY_WRITE,
    .run = RUN_WRITING,
    .body_bytes_max = JSON_BYTES_MAX,
    .operation = "study_create",
    .done_status = 201,
    .takes_type = "application/json",
    .gives_type = "application/json",
    .personal = true,
};
