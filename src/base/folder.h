/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_BASE_FOLDER_H
#define GAPMETER_BASE_FOLDER_H

#include <stdbool.h>

#include "base/ctx.h"

/* Makes a folder and the folders above it; one that is there already is welcome.
 * fails   STATUS_PERMISSION, STATUS_IO with a sentence that names the folder
 * proof   tests/base/folder_test.c */
enum status folder_make(struct ctx *ctx, const char *path) MUST_USE;

/* Is there something at this path? */
bool path_exists(const char *path);

#endif
