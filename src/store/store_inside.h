/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What store.c and session.c share. Private to store/. */
#ifndef GAPMETER_STORE_STORE_INSIDE_H
#define GAPMETER_STORE_STORE_INSIDE_H

#include <stdatomic.h>

#include "base/file_lock.h"
#include "base/limits.h"
#include "base/mutex.h"
#include "store/database.h"

/* Is this, of statfs, the type of a file system that several machines share? Neither its locks nor its memory can be relied on. */
bool file_system_is_shared(int64_t type);

/* A name that was made, or moved, survives a power cut once its folder is synced. */
enum status store_folder_sync(struct ctx *ctx, const char *path) MUST_USE;

struct store_session {
    struct store *store;
    struct connection *connection;
    bool taken;
};

struct store {
    struct arena *arena; /* of its own: sessions come and go on any thread */
    const struct driver *driver;
    struct sql_folder statements;
    char *path;
    struct file_lock *lock;       /* STORE_WRITE */
    struct store_session writing; /* STORE_WRITE */
    bool distrusted;              /* a commit failed: the writing connection is renewed before the next group */
    atomic_bool in_group;
    atomic_int traces;   /* enum store_traces */
    struct mutex *mutex; /* guards all below */
    struct store_session reading[SESSIONS_MAX];
    struct store_figures figures;
};

#endif
