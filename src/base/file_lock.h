/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_BASE_FILE_LOCK_H
#define GAPMETER_BASE_FILE_LOCK_H

#include "base/ctx.h"

#define LOCK_HOLDER_BYTES 160u

/* A lock between processes: a file that its holder has locked and in which the holder says who it is. The system takes the lock
 * away when the holder ends, however that happens. */
struct file_lock;

/* Takes the lock, without waiting.
 * takes   path  of the lock's own file, which is made when it is not there and stays
 *         who   "gapmeter serve": the holder, for others to read; the pid is added
 *         what  "study.db": what the sentence calls the locked thing
 * gives   *out  until file_lock_release or the end of ctx->arena
 * fails   STATUS_UNAVAILABLE  "study.db is held by gapmeter serve (pid 812); …"; STATUS_PERMISSION, STATUS_NO_INPUT, STATUS_IO
 * proof   tests/base/file_lock_test.c */
enum status file_lock_take(struct ctx *ctx, const char *path, const char *who, const char *what, struct file_lock **out) MUST_USE;

/* Gives it back; twice does no harm. */
void file_lock_release(struct file_lock *lock);

#endif
