/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_RENDER_JSON_TEXT_H
#define GAPMETER_RENDER_JSON_TEXT_H

#include <stdint.h>

#include "base/out.h"

/* Writes JSON as it goes: commas, line breaks and escapes are its business. Numbers are written in
 * the shortest form that reads back equal, which jansson's dump cannot do (docs/adr). */
struct json_text {
    struct out *out;     /* set by json_begin */
    unsigned depth;      /* written by json_open and json_close */
    bool first;          /* nothing written yet at this depth */
    bool named;          /* a member's name stands there and waits for its value */
    bool flat;           /* everything inside stands on one line */
    unsigned flat_depth; /* the depth at which it began */
};

/* Nothing is written yet. */
void json_begin(struct json_text *json, struct out *out);

/* The name of the next member; only inside an object. */
void json_name(struct json_text *json, const char *name);

/* The same of a name in two parts, "by." and "branch". */
void json_name_joined(struct json_text *json, const char *first, const char *second);

/* Opens '{' or '['; with `flat` all that is inside stands on the same line. */
void json_open(struct json_text *json, char bracket, bool flat);

/* Closes '}' or ']'. */
void json_close(struct json_text *json, char bracket);

/* A text, escaped; NULL is null. */
void json_quote(struct json_text *json, const char *text);

/* A number.
 * needs   finite */
void json_number(struct json_text *json, double value);
void json_count(struct json_text *json, int64_t value);
void json_unsigned(struct json_text *json, uint64_t value);
void json_bool(struct json_text *json, bool value);
void json_blank(struct json_text *json);

#endif
