/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/limits.h"
#include "serve/route.h"

const struct route route_post_response = {
    .name = "post_response",
    .sentence = "Stores one answered form; 201 only after it is durable.",
    .method = METHOD_POST,
    .path = "/api/v1/studies/{study}/responses",
    .who = WHO_KEY_WRITE,
    .run = RUN_WRITING,
    .body_bytes_max = API_BODY_BYTES_MAX,
    .operation = "response_add",
    .done_status = 201,
    .takes_type = "application/json",
    .gives_type = "application/json",
    .personal = true,
};
