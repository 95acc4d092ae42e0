/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MODEL_RENDERER_H
#define GAPMETER_MODEL_RENDERER_H

#include "base/out.h"
#include "model/document.h"

/* How a document is to be shown. */
struct rendering {
    bool wide;              /* terminal: every column */
    bool colour;            /* terminal */
    bool utf8;              /* terminal: bars and dashes may be used */
    unsigned columns;       /* terminal width; 0 = not known, 100 */
    struct span stylesheet; /* html: the embedded stylesheet, found by the caller */
    struct span logo;       /* a PNG that was looked at (app/logo.h); empty: none */
};

/* One output: one file in src/render/ that defines `const struct renderer renderer_<name>`. */
struct renderer {
    const char *name;
    const char *extension;  /* ".html"; NULL: not for files (terminal) */
    const char *media_type; /* of such files, as HTTP says it */
    const char *meaning;
    bool one_chart; /* a picture: of documents with one chart */
    enum status (*render)(struct ctx *ctx, const struct document *document, const struct rendering *rendering, struct out *out);
};

extern const struct renderer *const renderer_register[];
extern const size_t renderer_register_count;

/* By file extension (".html", not minding case), or by name; NULL when there is none. */
const struct renderer *renderer_for_extension(struct span extension);
const struct renderer *renderer_find(struct span name);

#endif
