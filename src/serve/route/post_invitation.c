/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/limits.h"
#include "serve/route.h"

const struct route route_post_invitation = {
    .name = "post_invitation",
    .sentence = "Invites one respondent, or several: single-use links, expectation now, perception after the encounter.",
    .method = METHOD_POST,
    .path = "/api/v1/studies/{study}/invitations",
    .who = WHO_KEY_WRITE,
    .run = RUN_WRITING,
    .body_bytes_max = API_BODY_BYTES_MAX,
    .operation = "respondent_invite",
    .done_status = 201,
    .takes_type = "application/json",
    .gives_type = "application/json",
    .personal = true,
};
