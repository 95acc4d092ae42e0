/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_APP_JSON_OUT_H
#define GAPMETER_APP_JSON_OUT_H

#include <jansson.h>

#include "base/out.h"

/* Writes a value as JSON.
 * takes   flags  of json_dumps: JSON_COMPACT, JSON_INDENT(2)
 * gives   false when there was no memory, or the value is NULL */
bool json_write_out(struct out *out, const json_t *value, size_t flags);

/* The same value for jansson's functions that only look and take it without const all the same. */
json_t *json_looked_at(const json_t *value);

#endif
