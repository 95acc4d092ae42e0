/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/json_text.h"

#include <stdint.h>

#include "base/decimal.h"

void json_begin(struct json_text *json, struct out *out)
{
    *json = (struct json_text){.out = out, .first = true};
}

static void line_break(struct json_text *json)
{
    if (json->flat) {
        if (!json->first)
            out_char(json->out, ' ');
        return;
    }
    out_char(json->out, '\n');
    for (unsigned i = 0; i < json->depth; i++)
        out_text(json->out, "  ");
}

/* What stands before an element of an array or the name of a member. */
static void element_begin(struct json_text *json)
{
    if (!json->first)
        out_char(json->out, ',');
    if (json->depth)
        line_break(json);
    json->first = false;
}

/* After json_name the value follows at once; in an array it begins an element. `named` is the sign. */
static void value_begin(struct json_text *json)
{
    if (json->named)
        json->named = false;
    else
        element_begin(json);
}

static void escaped_write(struct out *out, const char *text)
{
    for (const char *at = text; *at; at++) {
        unsigned char byte = (unsigned char)*at;
        if (byte == '"' || byte == '\\')
            out_format(out, "\\%c", byte);
        else if (byte == '\n')
            out_text(out, "\\n");
        else if (byte < 0x20 || byte == 0x7f)
            out_format(out, "\\u%04x", byte);
        else
            out_char(out, *at);
    }
}

static void string_write(struct out *out, const char *text)
{
    out_char(out, '"');
    escaped_write(out, text);
    out_char(out, '"');
}

void json_name_joined(struct json_text *json, const char *first, const char *second)
{
    element_begin(json);
    out_char(json->out, '"');
    escaped_write(json->out, first);
    escaped_write(json->out, second);
    out_text(json->out, "\": ");
    json->named = true;
}

void json_name(struct json_text *json, const char *name)
{
    json_name_joined(json, name, "");
}

void json_open(struct json_text *json, char bracket, bool flat)
{
    value_begin(json);
    out_char(json->out, bracket);
    json->depth++;
    json->first = true;
    if (flat && !json->flat) {
        json->flat = true;
        json->flat_depth = json->depth;
    }
}

void json_close(struct json_text *json, char bracket)
{
    bool empty = json->first;
    bool was_flat = json->flat;
    if (json->flat && json->flat_depth == json->depth)
        json->flat = false;
    json->depth--;
    json->first = false;
    if (!empty && !was_flat)
        line_break(json);
    out_char(json->out, bracket);
}

void json_quote(struct json_text *json, const char *text)
{
    value_begin(json);
    if (text)
        string_write(json->out, text);
    else
        out_text(json->out, "null");
}

void json_number(struct json_text *json, double value)
{
    char text[32];
    number_format_shortest(value, text, sizeof text);
    value_begin(json);
    out_text(json->out, text);
}

void json_count(struct json_text *json, int64_t value)
{
    value_begin(json);
    out_format(json->out, "%lld", (long long)value);
}

void json_unsigned(struct json_text *json, uint64_t value)
{
    value_begin(json);
    out_format(json->out, "%llu", (unsigned long long)value);
}

void json_bool(struct json_text *json, bool value)
{
    value_begin(json);
    out_text(json->out, value ? "true" : "false");
}

void json_blank(struct json_text *json)
{
    value_begin(json);
    out_text(json->out, "null");
}
