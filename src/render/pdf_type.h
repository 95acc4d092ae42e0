/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Letters on paper: fonts, sizes, colours, and texts set into lines by pango (docs/adr/0018). */
#ifndef GAPMETER_RENDER_PDF_TYPE_H
#define GAPMETER_RENDER_PDF_TYPE_H

#include <pango/pango.h>

#include "base/ctx.h"

enum pdf_tone { PDF_INK, PDF_SOFT, PDF_SHORT, PDF_ABOVE, PDF_ACCENT, PDF_RULE, PDF_TONE_COUNT };

/* The colour of a tone, 0xRRGGBB. */
extern const uint32_t pdf_tones[PDF_TONE_COUNT];

/* A text as it is to be set. */
struct pdf_words {
    const char *text;
    const char *small; /* behind it, smaller and softer; NULL or "" = nothing */
    bool below;        /* the small part stands on a line of its own */
    bool bold, italic;
    bool number;        /* figures, which run from left to right in every language */
    bool capital;       /* its first letter is made large, when it is one of ASCII */
    bool far;           /* set against the far edge of its width: the right one, where the language runs to the right */
    enum pdf_tone tone; /* of the whole, when it is drawn */
    double size;        /* points */
    double width;       /* 0: each line as wide as it gets */
    int lines_most;     /* 0 = all; what is longer ends with an ellipsis */
};

/* A line of a text that is set, in points from the left and the top of all. */
struct pdf_layout_line {
    const GSList *runs; /* each a PangoGlyphItem, from the left */
    double x, top, bottom, baseline;
};

/* A text that is set. */
struct pdf_layout {
    const char *text;
    double left, width, height; /* of all lines: where the leftmost begins, and how much room they take */
    int line_count;             /* at least one */
    struct pdf_layout_line *lines;
    struct pdf_known *known; /* what pdf_lines.c has written of it */
    PangoLayout *pango;      /* that holds the runs; NULL = the arena does */
};

/* The fonts of one render; nothing of it is shared with other threads. */
struct pdf_type;

/* Finds the fonts of the house, and those of the system for letters that they do not have.
 * takes   language  "en"
 * owns    nothing: the end of ctx->arena gives back the fonts and every layout
 * fails   STATUS_UNAVAILABLE when the system has no fonts at all; STATUS_MEMORY */
enum status pdf_type_open(struct ctx *ctx, const char *language, struct pdf_type **out) MUST_USE;

/* Does the language run from right to left? */
bool pdf_type_leftward(const struct pdf_type *type);

/* Sets a text. What is not a letter (control characters, malformed UTF-8) is shown as U+FFFD.
 * gives   *out  until the arena ends, which gives it back; the same one again for the same words
 * fails   STATUS_MEMORY */
enum status pdf_type_set(struct ctx *ctx, struct pdf_type *type, const struct pdf_words *words, struct pdf_layout **out) MUST_USE;

/* A text whose control characters and malformed bytes are U+FFFD, as titles and bookmarks take it. */
enum status pdf_text_clean(struct ctx *ctx, const char *text, const char **out) MUST_USE;

/* An empty layout with the fonts of the house for those who set words themselves; with those of the system once a text so far needed
 * a letter from them.
 * owns    the caller: g_object_unref before the arena ends */
PangoLayout *pdf_type_words(const struct pdf_type *type);

/* The width of its longest word. */
enum status pdf_type_least(struct ctx *ctx, struct pdf_type *type, const struct pdf_words *words, double *out) MUST_USE;

#endif
