/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/limits.h"
#include "serve/route.h"

const struct route route_post_door = {
    .name = "post_door",
    .sentence = "Makes an open link, a kiosk, an embedded form or paper entry.",
    .method = METHOD_POST,
    .path = "/api/v1/studies/{study}/doors",
    .who = WHO_KEY_WRITE,
    .run = RUN_WRITING,
    .body_bytes_max = API_BODY_BYTES_MAX,
    .operation = "door_create",
    .done_status = 201,
    .takes_type = "application/json",
    .gives_type = "application/json",
    .personal = true,
};
