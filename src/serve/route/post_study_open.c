/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/limits.h"
#include "serve/route.h"

const struct route route_post_study_open = {
    .name = "post_study_open",
    .sentence = "Opens a study again.",
    .method = METHOD_POST,
    .path = "/api/v1/studies/{study}/open",
    .who = WHO_KEY_WRITE,
    .run = RUN_WRITING,
    .body_bytes_max = API_BODY_BYTES_MAX,
    .operation = "study_open",
    .takes_type = "application/json",
    .gives_type = "application/json",
    .personal = true,
};
