/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_APP_PUBLISH_H
#define GAPMETER_APP_PUBLISH_H

#include "model/renderer.h"

/* Writes a document with a renderer, giving it the stylesheet it needs.
 * takes   rendering  stylesheet is filled in here */
enum status document_publish(struct ctx *ctx, const struct document *document, const struct renderer *renderer,
                             const struct rendering *rendering, struct out *out) MUST_USE;

/* The endings of the documents that can be written: ".html, .json". */
enum status document_endings(struct ctx *ctx, const char **out) MUST_USE;

/* Writes a document to a file; its extension chooses the renderer. The file is replaced only when
 * all bytes are safe.
 * takes   logo  of logo_read; empty = none
 * fails   STATUS_USAGE when no renderer writes such files, naming those that can be written */
enum status document_publish_file(struct ctx *ctx, const struct document *document, const char *path, struct span logo) MUST_USE;

#endif
