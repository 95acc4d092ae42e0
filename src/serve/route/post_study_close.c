/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/limits.h"
#include "serve/route.h"

const struct route route_post_study_close = {
    .name = "post_study_close",
    .sentence = "Closes a study: it takes no more answers.",
    .method = METHOD_POST,
    .path = "/api/v1/studies/{study}/close",
    .who = WHO_KEY_WRITE,
    .run = RUN_WRITING,
    .body_bytes_max = API_BODY_BYTES_MAX,
    .operation = "study_close",
    .takes_type = "application/json",
    .gives_type = "application/json",
    .personal = true,
};
