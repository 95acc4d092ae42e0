/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/undefined_case.h"

#include <stddef.h>

#define LEFT        "\"left\": {\"column\": \"gone\", \"min\": 0, \"max\": 1}"
#define BAD         "\"bad_service\": {\"column\": \"bad\", \"min\": 0, \"max\": 1}"
#define COMPLAINED  "\"complained\": {\"column\": \"said\", \"min\": 0, \"max\": 1}"
#define CAPTIVE     "\"captive\": {\"column\": \"held\", \"min\": 0, \"max\": 1}"
#define ALL_OF_LOSS "\"outcomes\": {" LEFT ", " BAD ", " COMPLAINED ", " CAPTIVE "}"

const struct undefined_case undefined_losses[] = {
    {.name = "everybody left", .columns = "\"outcomes\": {" LEFT ", " BAD "}", .cells = "gone 1; bad 0 1"},
    {.name = "nobody left", .columns = "\"outcomes\": {" LEFT ", " BAD "}", .cells = "gone 0; bad 0 1"},
    {.name = "nobody met bad service", .columns = "\"outcomes\": {" LEFT ", " BAD "}", .cells = "gone 0 1 0; bad 0"},
    {.name = "everybody met bad service", .columns = "\"outcomes\": {" LEFT ", " BAD "}", .cells = "gone 0 1 0; bad 1"},
    {.name = "just those left who met bad service", .columns = "\"outcomes\": {" LEFT ", " BAD "}", .cells = "gone 0 1; bad 0 1"},
    {.name = "just those left who met good service",
     .columns = "\"outcomes\": {" LEFT ", " BAD "}",
     .cells = "gone 0 1; bad 1 0"},
    {.name = "nobody told whether they left", .columns = "\"outcomes\": {" LEFT ", " BAD "}", .cells = "gone _; bad 0 1"},
    {.name = "nobody complained and nobody is held", .columns = ALL_OF_LOSS, .cells = "gone 0 1 0; bad 0 1 1 0; said 0; held 0"},
    {.name = "everybody complained and is held", .columns = ALL_OF_LOSS, .cells = "gone 0 1 0; bad 0 1 1 0; said 1; held 1"},
    {.name = "losses by shop of one person", .people = 1, .columns = ALL_OF_LOSS, .cells = "gone 1; bad 1; said 0; held 0"},
    {.name = NULL},
};
