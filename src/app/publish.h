/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_APP_PUBLISH_H
#define GAPMETER_APP_PUBLISH_H

#include "model/renderer.h"

/* Writes a document with a renderer, giving it the stylesheet it needs.
 * takes   rendering  stylesheet is filled in here */
enum status document_publish(struct ctx *ctx, const struct document *document, const struct renderer *renderer,
                             const struct rendering *rendering, struct out *out) MUST_USE;

/* Writes a document to a file; its extension chooses the renderer. The file is replaced only when
 * all bytes are safe.
 * fails   STATUS_USAGE when no renderer writes such files, naming those that can be written */
enum status document_publish_file(struct ctx *ctx, const struct document *document, const char *path) MUST_USE;

#endif
