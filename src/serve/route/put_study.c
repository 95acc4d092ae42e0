/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/limits.h"
#include "serve/route.h"

const struct route route_put_study = {
    .name = "put_study",
    .sentence = "Adds a version of a study's questions.",
    .method = METHOD_PUT,
    .path = "/api/v1/studies/{study}",
    .who = WHO_KEY_WRITE,
    .run = RUN_WRITING,
    .body_bytes_max = JSON_BYTES_MAX,
    .operation = "study_update",
    .takes_type = "application/json",
    .gives_type = "application/json",
    .personal = true,
};
