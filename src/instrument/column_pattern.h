/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Headers of many columns in one text: "h{n}" is h1, h2, h3, …; "{id}_after" takes the ids. Private to instrument/. */
#ifndef GAPMETER_INSTRUMENT_COLUMN_PATTERN_H
#define GAPMETER_INSTRUMENT_COLUMN_PATTERN_H

#include "instrument/json_checking.h"

/* The headers that a text (a pattern) or an object (id to header) gives to the things of a list.
 * takes   names  ids of items or dimensions
 *         what   "an item of this study"
 * gives   *out   [names.count] headers; NULL entries where an object leaves one out or says null
 * fails   STATUS_CONFIG  another {…} than {n} and {id}, an id that is not known */
enum status column_headers_read(struct ctx *ctx, const struct json_node *node, struct name_list names, const char *what,
                                const char *const **out) MUST_USE;

/* Reads those members of an object that are not among the known ones as headers by id. */
enum status column_members_read(struct ctx *ctx, const struct json_node *object, struct json_members known,
                                struct name_list names, const char *what, const char *const **out) MUST_USE;

/* The pattern that gives exactly these headers, or NULL.
 * takes   headers  [names.count]; NULL entries have no pattern
 * fails   STATUS_MEMORY */
enum status column_pattern_find(struct ctx *ctx, const char *const *headers, struct name_list names, const char **out) MUST_USE;

#endif
