/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The objects of a PDF that cairo wrote, found by its table of them. */
#ifndef GAPMETER_RENDER_PDF_OBJECTS_H
#define GAPMETER_RENDER_PDF_OBJECTS_H

#include "base/ctx.h"

struct pdf_object {
    uint32_t number;
    size_t offset;    /* where it stands in the file */
    struct span body; /* between "7 0 obj" and "endobj" */
    bool stream;
};

struct pdf_objects {
    struct span header;         /* what stands in front of the first */
    struct pdf_object *objects; /* [count] as they stand in the file */
    uint32_t count;
    uint32_t size;       /* numbers are below it */
    uint32_t root, info; /* numbers of the catalog and of the document's information */
};

/* Finds them.
 * takes   file  as cairo writes it: a plain table of objects, one trailer
 * gives   *out  in ctx->arena; spans of the file
 * fails   STATUS_FAILURE when it is not such a file; STATUS_MEMORY
 * source  ISO 32000-1, 7.5
 * proof   tests/render/pdf_objects_test.c */
enum status pdf_objects_find(struct ctx *ctx, struct span file, struct pdf_objects *out) MUST_USE;

#endif
