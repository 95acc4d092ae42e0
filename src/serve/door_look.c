/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/door_page.h"

const struct door_look door_look_respondent = {
    .way = WAY_TOKEN, .path = "/s/", .script = "respondent.js", .kind = "link", .open = false, .may_wait = true, .again = false};

const struct door_look door_look_open = {.way = WAY_STUDY,
                                         .path = "/open/",
                                         .script = "respondent.js",
                                         .kind = "open",
                                         .open = true,
                                         .may_wait = false,
                                         .again = false};

const struct door_look door_look_kiosk = {
    .way = WAY_DOOR, .path = "/kiosk/", .script = "kiosk.js", .kind = "kiosk", .open = true, .may_wait = false, .again = true};

const struct door_look door_look_embed = {.way = WAY_DOOR,
                                          .path = "/embed/",
                                          .script = "respondent.js",
                                          .kind = "embed",
                                          .open = true,
                                          .may_wait = false,
                                          .again = false};

const struct door_look door_look_paper = {.way = WAY_DOOR,
                                          .path = "/paper/",
                                          .script = "respondent.js",
                                          .kind = "paper",
                                          .open = true,
                                          .may_wait = false,
                                          .again = true};
