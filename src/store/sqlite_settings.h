/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What SQLite is told, and what it must then say. Private to store/. */
#ifndef GAPMETER_STORE_SQLITE_SETTINGS_H
#define GAPMETER_STORE_SQLITE_SETTINGS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/ctx.h"

#define SQLITE_APPLICATION 1195462733 /* "GAPM", at byte 68 of the file */
#define SQLITE_CREATION    "PRAGMA application_id=1195462733; PRAGMA journal_mode=WAL"

struct sqlite_setting {
    const char *name;
    const char *set;    /* NULL: only asked */
    const char *ask;    /* gives one value */
    const char *wanted; /* as text */
    bool writes, reads; /* for which connections */
};

/* Ends with a row without a name.
 * proof   tests/store/sqlite_test.c */
extern const struct sqlite_setting sqlite_settings[];

/* A migration as SQLite takes it (see migrations/0001); NULL without memory.
 * proof   tests/store/migration_test.c */
const char *sqlite_translated(struct ctx *ctx, struct span sql);

/* The size of a file; -1 when there is none. */
int64_t sqlite_file_bytes(const char *path);

#endif
