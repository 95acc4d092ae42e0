/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/markup.h"

#include <assert.h>
#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include "base/base64.h"
#include "base/decimal.h"

enum {
    DEPTH_MAX = sizeof((struct markup){0}.open) / sizeof(struct span),
    NAME_BYTES = 64,   /* of an element or attribute; all are literals of ours */
    ENTITY_BYTES = 6,  /* what a byte becomes at most */
    NUMBER_BYTES = 48, /* the same of a number */
};

void markup_begin(struct markup *m, struct out *out)
{
    *m = (struct markup){.out = out};
    out_text(out, "<!doctype html>\n");
}

/* Ends the start tag, after which no attribute can follow. */
static void tag_end(struct markup *m)
{
    if (m->in_tag)
        out_char(m->out, '>');
    m->in_tag = false;
}

/* Copies a name behind what was written.
 * gives   where the next byte goes */
static char *name_put(char *to, struct span name)
{
    memcpy(to, name.at, name.length);
    return to + name.length;
}

static void tag_begin(struct markup *m, struct span name)
{
    assert(name.length <= NAME_BYTES);
    char *room = out_room(m->out, name.length + 2), *to = room;
    if (room != NULL) {
        if (m->in_tag)
            *to++ = '>';
        *to++ = '<';
        to = name_put(to, name);
        out_advance(m->out, (size_t)(to - room));
    }
    m->in_tag = true;
}

void markup_open(struct markup *m, const char *name)
{
    assert(m->depth < DEPTH_MAX);
    /* What a script or a stylesheet holds is not read as escaped text: markup_style is the only way to one. */
    assert(name[0] != 's' || (strcmp(name, "script") != 0 && strcmp(name, "style") != 0));
    const struct span span = span_of(name);
    tag_begin(m, span);
    m->open[m->depth++] = span;
}

void markup_void(struct markup *m, const char *name)
{
    tag_begin(m, span_of(name));
}

/* What stands in place of a byte that means something to a reader of HTML; NULL when it stands for itself. */
static const char *entity_of(char byte)
{
    switch (byte) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

/* Is it a character that HTML does not allow, control characters other than tab and newline above all? */
static bool is_forbidden(unsigned code_point)
{
    return (code_point < 0x20 && code_point != '\t' && code_point != '\n') || (code_point >= 0x7F && code_point <= 0x9F) ||
           (code_point & 0xFFFE) == 0xFFFE || (code_point >= 0xFDD0 && code_point <= 0xFDEF);
}

/* Bytes that stand for themselves whatever stands beside them: ASCII but for control characters and the five above. */
static bool is_plain(char byte)
{
    /* All five stand between the space and the question mark, a bit of each. */
    static const uint32_t meaning =
        1u << ('"' - ' ') | 1u << ('&' - ' ') | 1u << ('\'' - ' ') | 1u << ('<' - ' ') | 1u << ('>' - ' ');
    unsigned above = (unsigned char)byte - (unsigned)' ';
    return above < 32 ? !(meaning >> above & 1) : above < 0x7F - ' ';
}

/* Writes what stands for a character that is_plain does not hold of.
 * gives   *taken  its bytes, and where the next byte goes */
static char *character_put(char *to, struct span rest, size_t *taken)
{
    unsigned code_point = 0;
    *taken = text_utf8_decode(rest, &code_point);
    bool forbidden = *taken == 0 || is_forbidden(code_point);
    const char *instead = forbidden ? "\xEF\xBF\xBD" : entity_of(rest.at[0]);
    *taken += *taken == 0;
    return name_put(to, instead == NULL ? (struct span){rest.at, *taken} : span_of(instead));
}

/* Writes escaped as much of a text from `at` on as surely fits.
 * gives   *at  how far it came, and where the next byte goes */
static char *escaped_put(char *to, const char *end, struct span text, size_t *at)
{
    size_t next = *at;
    while (next < text.length && end - to >= ENTITY_BYTES) {
        size_t taken = 1;
        if (is_plain(text.at[next]))
            *to++ = text.at[next];
        else
            to = character_put(to, (struct span){text.at + next, text.length - next}, &taken);
        next += taken;
    }
    *at = next;
    return to;
}

static void write_escaped(struct out *out, struct span text)
{
    for (size_t at = 0; at < text.length;) {
        size_t rest = text.length - at;
        size_t most = rest < OUT_ROOM_MOST / ENTITY_BYTES ? rest * ENTITY_BYTES : OUT_ROOM_MOST;
        char *room = out_room(out, most);
        if (room == NULL)
            return;
        out_advance(out, (size_t)(escaped_put(room, room + most, text, &at) - room));
    }
}

/* Writes ` name`, and `="` before a value. */
static void attribute_begin(struct markup *m, const char *name, bool valued)
{
    assert(m->in_tag);
    const struct span span = span_of(name);
    assert(span.length <= NAME_BYTES);
    char *room = out_room(m->out, span.length + 3), *to = room;
    if (room == NULL)
        return;
    *to++ = ' ';
    to = name_put(to, span);
    if (valued) {
        *to++ = '=';
        *to++ = '"';
    }
    out_advance(m->out, (size_t)(to - room));
}

void markup_attribute(struct markup *m, const char *name, const char *value)
{
    attribute_begin(m, name, value != NULL);
    if (value == NULL)
        return;
    write_escaped(m->out, span_of(value));
    out_char(m->out, '"');
}

/* Writes the shortest form with at most two decimals. */
static void number_write(struct out *out, double value)
{
    char *room = out_room(out, NUMBER_BYTES);
    if (room != NULL)
        out_advance(out, number_format_trimmed(value, 2, room, NUMBER_BYTES));
}

void markup_number(struct markup *m, const char *name, double value)
{
    markup_numbers(m, name, &value, 1);
}

void markup_numbers(struct markup *m, const char *name, const double *values, size_t count)
{
    attribute_begin(m, name, true);
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            out_char(m->out, ' ');
        number_write(m->out, values[i]);
    }
    out_char(m->out, '"');
}

void markup_attribute_join(struct markup *m, const char *name, const char *const *parts)
{
    attribute_begin(m, name, true);
    for (; *parts != NULL; parts++)
        if (**parts != '\0')
            write_escaped(m->out, span_of(*parts));
    out_char(m->out, '"');
}

void markup_attribute_format(struct markup *m, const char *name, const char *format, ...)
{
    attribute_begin(m, name, true);
    va_list list;
    va_start(list, format);
    out_format_list(m->out, write_escaped, format, list);
    va_end(list);
    out_char(m->out, '"');
}

void markup_attribute_data(struct markup *m, const char *name, const char *type, struct span bytes)
{
    attribute_begin(m, name, true);
    out_text(m->out, "data:");
    write_escaped(m->out, span_of(type));
    out_text(m->out, ";base64,");
    base64_write(m->out, bytes);
    out_char(m->out, '"');
}

void markup_text(struct markup *m, const char *text)
{
    markup_text_span(m, span_of(text));
}

void markup_text_span(struct markup *m, struct span text)
{
    tag_end(m);
    write_escaped(m->out, text);
}

void markup_text_format(struct markup *m, const char *format, ...)
{
    tag_end(m);
    va_list list;
    va_start(list, format);
    out_format_list(m->out, write_escaped, format, list);
    va_end(list);
}

static void end_tag(struct markup *m, struct span name)
{
    char *room = out_room(m->out, name.length + 4), *to = room;
    if (room == NULL)
        return;
    if (m->in_tag)
        *to++ = '>';
    *to++ = '<';
    *to++ = '/';
    to = name_put(to, name);
    *to++ = '>';
    out_advance(m->out, (size_t)(to - room));
    m->in_tag = false;
}

void markup_close(struct markup *m, const char *name)
{
    assert(m->depth > 0 && (m->open[m->depth - 1].at == name || span_is(m->open[m->depth - 1], name)));
    end_tag(m, m->open[--m->depth]);
}

void markup_element(struct markup *m, const char *name, const char *text)
{
    markup_open(m, name);
    markup_text(m, text);
    markup_close(m, name);
}

void markup_style(struct markup *m, struct span css)
{
    assert(css.length == 0 || memmem(css.at, css.length, "</", 2) == NULL);
    tag_begin(m, span_of("style"));
    tag_end(m);
    out_span(m->out, css);
    end_tag(m, span_of("style"));
}

void markup_script(struct markup *m, const char *address)
{
    tag_begin(m, span_of("script"));
    markup_attribute(m, "src", address);
    markup_attribute(m, "defer", NULL);
    tag_end(m);
    end_tag(m, span_of("script"));
}

void markup_newline(struct markup *m)
{
    tag_end(m);
    out_char(m->out, '\n');
}
