/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/route.h"

const struct route route_delete_door = {
    .name = "delete_door",
    .sentence = "Closes a door.",
    .method = METHOD_DELETE,
    .path = "/api/v1/studies/{study}/doors/{door_id}",
    .who = WHO_KEY_WRITE,
    .run = RUN_WRITING,
    .operation = "door_close",
    .gives_type = "application/json",
    .personal = true,
};
