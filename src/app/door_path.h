/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_APP_DOOR_PATH_H
#define GAPMETER_APP_DOOR_PATH_H

#include "model/live.h"

/* Where a door's page stands: "/kiosk/", "/embed/" and "/paper/" before the door's secret, "/open/" before the study's name (a
 * study has at most one open link), "/s/" before a personal token. The routes of serve/ have the same paths.
 * proof   tests/cli/live_study_test.sh */
const char *door_path(enum door_kind kind);

#endif
