/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A JSON file, its values, and the way to each of them, so that an error can say where it is. Private to instrument/. */
#ifndef GAPMETER_INSTRUMENT_JSON_READING_H
#define GAPMETER_INSTRUMENT_JSON_READING_H

#include <jansson.h>

#include "base/ctx.h"

/* A value and the way to it. Lives on the stack of whoever reads; the parent must outlive the child. */
struct json_node {
    json_t *value;
    const char *file;               /* as the user named it */
    const struct json_node *parent; /* NULL: the whole file */
    const char *key;                /* the member it is; NULL: an element of a list */
    size_t index;                   /* which element */
};

/* Parses text; at most JSON_BYTES_MAX and JSON_DEPTH_MAX, no member twice in one object.
 * takes   arena  where the values live; ctx->arena or one of shorter life
 *         name  what messages call the text; outlives the node
 * gives   *out  the root; its values live until the arena ends
 * fails   STATUS_CONFIG with place.row and place.column when it is not JSON */
enum status json_open_text(struct ctx *ctx, struct arena *arena, struct span text, const char *name,
                           struct json_node *out) MUST_USE;

/* Reads a file and parses it.
 * takes   what  "A study file": how the sentence begins when it cannot be read
 * fails   STATUS_NO_INPUT, STATUS_PERMISSION, STATUS_IO, and as json_open_text */
enum status json_open_file(struct ctx *ctx, struct arena *arena, const char *path, const char *what,
                           struct json_node *out) MUST_USE;

/* A member of an object; false when it is not there or null. */
bool json_member_at(const struct json_node *object, const char *key, struct json_node *out);

/* An element of a list.
 * needs   index below the length of the list */
struct json_node json_element_at(const struct json_node *list, size_t index);

/* "$.items[3].scale"; a long path keeps its end, which says more.
 * takes   into  at least 64 bytes */
void json_path_format(const struct json_node *node, char *into, size_t size);

/* The value as a message shows it: "agree7", 7, true, null, an object, a list.
 * takes   into  at least 64 bytes; longer text is cut */
void json_value_format(const struct json_node *node, char *into, size_t size);

/* Fails with STATUS_CONFIG at the place of a node. */
enum status json_fail(struct ctx *ctx, const struct json_node *node, const char *format, ...)
    __attribute__((format(printf, 3, 4))) MUST_USE;

/* Makes jansson take its memory through base/memory.h, so that a fault can be put there too; done once for the process. */
void json_use_house_memory(void);

#endif
