/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_APP_RESTORING_H
#define GAPMETER_APP_RESTORING_H

#include "base/ctx.h"

/* Makes a new, empty store.
 * fails   STATUS_IO when there is a file already; STATUS_PERMISSION, STATUS_NO_INPUT */
enum status desk_create(struct ctx *ctx, const char *path) MUST_USE;

/* Puts a backup in the place of a store, which may be missing; whoever was erased since the backup is erased again, from what the
 * store that stands there and the list beside it (PATH.erased) say.
 * gives   *erased  respondents whom the backup still knew
 * fails   STATUS_DATA when the backup is damaged or no store; STATUS_UNAVAILABLE when a server or command holds the store
 * proof   tests/cli/live_study_test.sh */
enum status desk_restore(struct ctx *ctx, const char *from, const char *path, uint64_t *erased) MUST_USE;

#endif
