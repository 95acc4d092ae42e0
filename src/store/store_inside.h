/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What store.c and session.c share. Private to store/. */
#ifndef GAPMETER_STORE_STORE_INSIDE_H
#define GAPMETER_STORE_STORE_INSIDE_H

#include <stdatomic.h>

#include "base/file_lock.h"
#include "base/limits.h"
#include "base/mutex.h"
#include "store/database.h"

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
    struct store_session writing; /* STORE_WRITE; its connection NULL: to be opened again */
    atomic_bool in_group;
    struct mutex *mutex; /* guards all below */
    struct store_session reading[SESSIONS_MAX];
    struct store_figures figures;
};

#endif
