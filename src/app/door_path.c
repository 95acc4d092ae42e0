/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/door_path.h"

const char *door_path(enum door_kind kind)
{
    switch (kind) {
    case DOOR_OPEN:
        return "/open/";
    case DOOR_KIOSK:
        return "/kiosk/";
    case DOOR_EMBED:
        return "/embed/";
    case DOOR_PAPER:
        return "/paper/";
    case DOOR_LINK:
    case DOOR_API:
    case DOOR_COUNT:
        break;
    }
    return "/s/";
}
