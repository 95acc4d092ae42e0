/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_BASE_MARKUP_H
#define GAPMETER_BASE_MARKUP_H

#include "base/out.h"

/* The only writer of HTML and SVG. It escapes all text and attribute values, and sees to it that
 * elements are closed in the right order; there is no way to write raw text. Bytes that are not
 * UTF-8, and characters that HTML does not allow (control characters other than tab and newline),
 * are written as U+FFFD. What goes wrong when writing is told by out_close. */
struct markup {
    struct out *out;      /* set by the caller */
    struct span open[64]; /* elements not yet closed; written by markup */
    unsigned depth;
    bool in_tag; /* a start tag is still open for attributes */
};

/* Begins an HTML document: <!doctype html>. */
void markup_begin(struct markup *m, struct out *out);

/* <name; attributes may follow until the next text, element or close.
 * takes   name  a literal, of any element but script and style; at most 64 elements are open at once */
void markup_open(struct markup *m, const char *name);

/* A void element: <name>; attributes may follow. */
void markup_void(struct markup *m, const char *name);

/* name="value", escaped; a NULL value writes the bare name. */
void markup_attribute(struct markup *m, const char *name, const char *value);

/* The same with a number in the shortest form, rounded to two decimals (for SVG geometry). */
void markup_number(struct markup *m, const char *name, double value);

/* A list of such numbers, as "points" of SVG takes it. */
void markup_numbers(struct markup *m, const char *name, const double *values, size_t count);

/* The same with texts behind each other; the end is NULL. */
void markup_attribute_join(struct markup *m, const char *name, const char *const *parts);

/* The same, made as by printf and then escaped. */
void markup_attribute_format(struct markup *m, const char *name, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* name="data:TYPE;base64,…": bytes that stand in the page itself.
 * takes   type  "image/png" */
void markup_attribute_data(struct markup *m, const char *name, const char *type, struct span bytes);

/* Escaped text. */
void markup_text(struct markup *m, const char *text);
void markup_text_span(struct markup *m, struct span text);
void markup_text_format(struct markup *m, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Closes the innermost open element.
 * takes   name  must be the name it was opened with */
void markup_close(struct markup *m, const char *name);

/* <name>text</name> */
void markup_element(struct markup *m, const char *name, const char *text);

/* A stylesheet of ours inside <style>: written as it is, refused (assert) when it holds "</". */
void markup_style(struct markup *m, struct span css);

/* <script src="…" defer></script>: a script of ours, in a file of its own; there is no way to write one into a page. */
void markup_script(struct markup *m, const char *address);

/* A line break between elements, for readable output. */
void markup_newline(struct markup *m);

#endif
