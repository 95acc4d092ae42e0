/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_BASE_OUT_H
#define GAPMETER_BASE_OUT_H

#include <stdarg.h>
#include <stddef.h>

#include "base/ctx.h"

/* Where bytes go: a file beside its final name, an open stream, or memory. Errors stick: after
 * the first, writes do nothing and out_close reports it. */
struct out;

/* Writes to a file that replaces `path` only when out_close succeeds: until then the bytes stand
 * in a temporary file beside it, so the old file stays whole when the disk is full. A symbolic
 * link stays, and what it leads to is replaced; a file that is replaced keeps its mode. A pipe or
 * a device, /dev/stdout too, is written directly.
 * owns    the temporary file; ctx->arena's end removes it when out_close was not reached
 * fails   STATUS_PERMISSION, STATUS_NO_INPUT (no such folder), STATUS_IO, STATUS_MEMORY */
enum status out_open_file(struct ctx *ctx, const char *path, struct out **out) MUST_USE;

/* The same for a copy of what others may not read: nobody is allowed more than `most_mode` allows, such as 0600. */
enum status out_open_guarded_file(struct ctx *ctx, const char *path, unsigned most_mode, struct out **out) MUST_USE;

/* Writes to an open descriptor, which stays open.
 * takes   name  as messages shall call it, such as "the terminal"
 * fails   STATUS_MEMORY */
enum status out_open_fd(struct ctx *ctx, int fd, const char *name, struct out **out) MUST_USE;

/* Collects in memory, at most OUT_BYTES_MAX.
 * fails   STATUS_MEMORY */
enum status out_open_memory(struct ctx *ctx, struct out **out) MUST_USE;

/* Adds bytes, a text, a span, one byte, or what printf would write. A failure is remembered and told by out_close. */
/* The writes cannot fail by themselves: what goes wrong is told by out_close. */
void out_write(struct out *out, const void *bytes, size_t length);
void out_text(struct out *out, const char *text);
void out_span(struct out *out, struct span text);
void out_char(struct out *out, char byte);
void out_format(struct out *out, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Room for the next `most` bytes, to be written there and counted by out_advance before anything else is written: cheaper than many
 * small writes.
 * gives   NULL when there is no room or an earlier write failed, which out_close tells
 * needs   1 <= most <= OUT_ROOM_MOST
 * proof   tests/base/out_test.c */
#define OUT_ROOM_MOST 4096u
char *out_room(struct out *out, size_t most);
void out_advance(struct out *out, size_t length);

/* Formats as by vprintf and hands the whole text to `write` once, so that it can be escaped. */
void out_format_list(struct out *out, void (*write)(struct out *, struct span), const char *format, va_list list)
    __attribute__((format(printf, 3, 0)));

/* The bytes written so far; only for out_open_memory. Good until the next write; after out_close, until
 * the arena ends. */
struct span out_bytes(const struct out *out);

/* The text written so far, a copy in ctx->arena; only for out_open_memory.
 * fails   STATUS_MEMORY, also when an earlier write found none
 * proof   tests/render/no_memory_test.c */
enum status out_copy(struct ctx *ctx, const struct out *out, const char **text) MUST_USE;

/* Was something lost so far? out_close says what and why. */
bool out_failed(const struct out *out);

/* Forgets what was written, and what went wrong; only for out_open_memory. */
void out_empty(struct out *out);

/* Ends the writing: flushes, syncs and renames. To be called once; nothing is written after it.
 * needs   SIGPIPE and SIGXFSZ ignored, so that a broken pipe and a size limit come back as errors
 * fails   STATUS_IO (disk full, broken pipe, device), STATUS_PERMISSION (read-only), with the file's name, the old
 *         file being whole; STATUS_MEMORY */
enum status out_close(struct ctx *ctx, struct out *out) MUST_USE;

#endif
