/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/limits.h"
#include "serve/route.h"

const struct route route_post_token = {
    .name = "post_token",
    .sentence = "Makes a new link in the place of one that was lost.",
    .method = METHOD_POST,
    .path = "/api/v1/studies/{study}/encounters/{encounter}/links",
    .who = WHO_KEY_WRITE,
    .run = RUN_WRITING,
    .body_bytes_max = API_BODY_BYTES_MAX,
    .operation = "token_reissue",
    .done_status = 201,
    .takes_type = "application/json",
    .gives_type = "application/json",
    .personal = true,
};
