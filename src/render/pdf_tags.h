/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of a document are, for those who hear it: a tree of tags, and which marks on which page belong to which. */
#ifndef GAPMETER_RENDER_PDF_TAGS_H
#define GAPMETER_RENDER_PDF_TAGS_H

#include "render/pdf_file.h"

struct pdf_tags;

/* An empty tree with one tag around all others, "Document".
 * takes   first_page, pages  the numbers of the pages' objects, one behind another
 * owns    nothing: it lives in ctx->arena
 * fails   STATUS_MEMORY
 * source  ISO 32000-1: 14.7 logical structure, 14.8 tagged PDF
 * proof   tests/render/pdf_tags_test.c */
enum status pdf_tags_create(struct ctx *ctx, struct pdf_file *file, uint32_t first_page, uint32_t pages,
                            struct pdf_tags **out) MUST_USE;

/* A tag begins within the one that is open, and ends.
 * takes   name       "P"; a literal
 *         alternate  what a figure shows, in words; NULL = nothing
 * fails   STATUS_MEMORY */
enum status pdf_tag_begin(struct pdf_tags *tags, const char *name, const char *alternate) MUST_USE;
void pdf_tag_end(struct pdf_tags *tags);

/* Something on a page that belongs to the open tag.
 * takes   page  from 0
 * gives   *mark   its number on the page; *name of the tag. NULL when the open tag only holds others, so that it is an artifact.
 * fails   STATUS_MEMORY */
enum status pdf_tag_content(struct pdf_tags *tags, uint32_t page, const char **name, uint32_t *mark) MUST_USE;

/* An annotation on a page that belongs to the open tag.
 * gives   *key  what the annotation names as its parent
 * fails   STATUS_MEMORY */
enum status pdf_tag_annotation(struct pdf_tags *tags, uint32_t page, uint32_t annotation, uint32_t *key) MUST_USE;

/* Writes the tree.
 * gives   *root  its number
 * fails   STATUS_MEMORY */
enum status pdf_tags_write(struct pdf_tags *tags, uint32_t *root) MUST_USE;

#endif
