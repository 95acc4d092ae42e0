/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/markup.h"

#include <assert.h>
#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "base/base64.h"
#include "base/decimal.h"

enum { DEPTH_MAX = sizeof((struct markup){0}.open) / sizeof(const char *) };

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

static void tag_begin(struct markup *m, const char *name)
{
    tag_end(m);
    out_char(m->out, '<');
    out_text(m->out, name);
    m->in_tag = true;
}

void markup_open(struct markup *m, const char *name)
{
    assert(m->depth < DEPTH_MAX);
    /* What a script or a stylesheet holds is not read as escaped text: markup_style is the only way to one. */
    assert(name[0] != 's' || (strcmp(name, "script") != 0 && strcmp(name, "style") != 0));
    tag_begin(m, name);
    m->open[m->depth++] = name;
}

void markup_void(struct markup *m, const char *name)
{
    tag_begin(m, name);
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
    return byte >= ' ' && byte < 0x7F && byte != '&' && byte != '<' && byte != '>' && byte != '"' && byte != '\'';
}

static void write_escaped(struct out *out, struct span text)
{
    size_t kept = 0; /* where the bytes begin that are written as they are */
    for (size_t at = 0; at < text.length;) {
        if (is_plain(text.at[at])) {
            at++;
            continue;
        }
        unsigned code_point = 0;
        size_t taken = text_utf8_decode((struct span){text.at + at, text.length - at}, &code_point);
        bool forbidden = taken == 0 || is_forbidden(code_point);
        const char *instead = forbidden ? "\xEF\xBF\xBD" : entity_of(text.at[at]);
        taken += taken == 0;
        if (instead != NULL) {
            out_write(out, text.at + kept, at - kept);
            out_text(out, instead);
            kept = at + taken;
        }
        at += taken;
    }
    out_write(out, text.at == NULL ? "" : text.at + kept, text.length - kept);
}

static void attribute_begin(struct markup *m, const char *name)
{
    assert(m->in_tag);
    out_char(m->out, ' ');
    out_text(m->out, name);
}

void markup_attribute(struct markup *m, const char *name, const char *value)
{
    attribute_begin(m, name);
    if (value == NULL)
        return;
    out_text(m->out, "=\"");
    write_escaped(m->out, span_of(value));
    out_char(m->out, '"');
}

/* Writes the shortest form with at most two decimals. */
static void number_write(struct out *out, double value)
{
    char text[48];
    assert(isfinite(value));
    number_format_fixed(value, 2, text, sizeof text);
    size_t length = strlen(text);
    if (length > 3 && text[length - 3] == '.') { /* else it is too large for decimals */
        while (text[length - 1] == '0')
            length--;
        length -= text[length - 1] == '.';
    }
    out_write(out, text, length);
}

void markup_number(struct markup *m, const char *name, double value)
{
    markup_numbers(m, name, &value, 1);
}

void markup_numbers(struct markup *m, const char *name, const double *values, size_t count)
{
    attribute_begin(m, name);
    out_text(m->out, "=\"");
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            out_char(m->out, ' ');
        number_write(m->out, values[i]);
    }
    out_char(m->out, '"');
}

void markup_attribute_join(struct markup *m, const char *name, const char *const *parts)
{
    attribute_begin(m, name);
    out_text(m->out, "=\"");
    for (; *parts != NULL; parts++)
        write_escaped(m->out, span_of(*parts));
    out_char(m->out, '"');
}

void markup_attribute_format(struct markup *m, const char *name, const char *format, ...)
{
    attribute_begin(m, name);
    out_text(m->out, "=\"");
    va_list list;
    va_start(list, format);
    out_format_list(m->out, write_escaped, format, list);
    va_end(list);
    out_char(m->out, '"');
}

void markup_attribute_data(struct markup *m, const char *name, const char *type, struct span bytes)
{
    attribute_begin(m, name);
    out_text(m->out, "=\"data:");
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

static void end_tag(struct markup *m, const char *name)
{
    out_text(m->out, "</");
    out_text(m->out, name);
    out_char(m->out, '>');
}

void markup_close(struct markup *m, const char *name)
{
    assert(m->depth > 0 && (m->open[m->depth - 1] == name || strcmp(m->open[m->depth - 1], name) == 0));
    tag_end(m);
    m->depth--;
    end_tag(m, name);
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
    tag_begin(m, "style");
    tag_end(m);
    out_span(m->out, css);
    end_tag(m, "style");
}

void markup_script(struct markup *m, const char *address)
{
    tag_begin(m, "script");
    markup_attribute(m, "src", address);
    markup_attribute(m, "defer", NULL);
    tag_end(m);
    end_tag(m, "script");
}

void markup_newline(struct markup *m)
{
    tag_end(m);
    out_char(m->out, '\n');
}
