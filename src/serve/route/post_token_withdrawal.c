/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/limits.h"
#include "serve/route.h"

const struct route route_post_token_withdrawal = {
    .name = "post_token_withdrawal",
    .sentence = "Withdraws the unused links of an encounter.",
    .method = METHOD_POST,
    .path = "/api/v1/studies/{study}/encounters/{encounter}/withdrawal",
    .who = WHO_KEY_WRITE,
    .run = RUN_WRITING,
    .body_bytes_max = API_BODY_BYTES_MAX,
    .operation = "token_withdraw",
    .takes_type = "application/json",
    .gives_type = "application/json",
    .personal = true,
};
