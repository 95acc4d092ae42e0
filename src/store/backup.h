/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_STORE_BACKUP_H
#define GAPMETER_STORE_BACKUP_H

#include "store/store.h"

/* Copies a store of one moment into a new file, while it is written, and checks the copy (integrity_check).
 * takes   to  replaced only when the copy is whole and synced
 * gives   *pages  of the copy
 * fails   STATUS_IO, STATUS_UNAVAILABLE, STATUS_PERMISSION, STATUS_NO_INPUT (no such folder), STATUS_INVALID (the store itself, or
 *         another that is in use); the old file at `to` is whole then
 * proof   tests/store/backup_test.c */
enum status store_backup(struct ctx *ctx, struct store *store, const char *to, uint64_t *pages) MUST_USE;

/* Puts a backup in the place of a store: checks it, takes the lock, copies it beside, re-applies the erasure lists of the store
 * that stands there and of PATH.erased, and replaces the file in one step.
 * gives   *erased  respondents whom the backup still knew
 *         A store that is damaged is kept beside it as PATH.damaged
 * fails   STATUS_DATA when the backup is damaged or no store, STATUS_UNAVAILABLE when a server holds the store or somebody reads it,
 *         STATUS_NO_INPUT, STATUS_PERMISSION, STATUS_IO; what stands at `path` is whole then
 * proof   tests/store/backup_test.c */
enum status store_restore(struct ctx *ctx, const char *from, const char *path, uint64_t *erased) MUST_USE;

#endif
