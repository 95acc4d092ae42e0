/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_BASE_OUT_H
#define GAPMETER_BASE_OUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/ctx.h"

/* Where bytes go: a file beside its final name, an open stream, or memory. Errors stick: after
 * the first, writes do nothing and out_close reports it. */
struct out;

/* Writes to a file that replaces `path` only when out_close succeeds: until then the bytes stand
 * in a temporary file beside it, so the old file stays whole when the disk is full.
 * owns    the temporary file; ctx->arena's end removes it when out_close was not reached
 * fails   STATUS_PERMISSION, STATUS_NO_INPUT (no such folder), STATUS_IO */
enum status out_open_file(struct ctx *ctx, const char *path, struct out **out) MUST_USE;

/* Writes to an open descriptor, which stays open. */
enum status out_open_fd(struct ctx *ctx, int fd, const char *name, struct out **out) MUST_USE;

/* Collects in memory. */
enum status out_open_memory(struct ctx *ctx, struct out **out) MUST_USE;

/* Adds bytes, a text, a span, one byte, or what printf would write. A failure is remembered and told by out_close. */
void out_write(struct out *out, const void *bytes, size_t length);
void out_text(struct out *out, const char *text);
void out_span(struct out *out, struct span text);
void out_char(struct out *out, char byte);
void out_format(struct out *out, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The bytes written so far; only for out_open_memory. */
struct span out_bytes(const struct out *out);

/* Ends the writing: flushes, syncs and renames.
 * fails   STATUS_IO (disk full, read-only, broken pipe) with the file's name; the old file is whole */
enum status out_close(struct ctx *ctx, struct out *out) MUST_USE;

#endif
