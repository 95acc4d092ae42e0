/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The objects of a PDF 1.5, written as they come: streams packed one by one, all others packed together in groups, which makes
 * thousands of tags a tenth as large; and the table that finds them. */
#ifndef GAPMETER_RENDER_PDF_FILE_H
#define GAPMETER_RENDER_PDF_FILE_H

#include "base/out.h"

/* A file that is being written. Numbers of objects are given first, so that objects can name each other. */
struct pdf_file;

/* Begins a file.
 * takes   out  any
 * owns    nothing: it lives in ctx->arena
 * source  ISO 32000-1: 7.5.7 object streams, 7.5.8 cross-reference streams
 * proof   tests/render/pdf_file_test.c */
enum status pdf_file_begin(struct ctx *ctx, struct out *out, struct pdf_file **file) MUST_USE;

/* Numbers for objects, one behind another.
 * takes   count  of them
 * gives   the first one; each is to be written once */
uint32_t pdf_file_numbers(struct pdf_file *file, uint32_t count);

/* Begins an object that is no stream; what it is goes into what this gives, until pdf_object_end. */
struct out *pdf_object_begin(struct pdf_file *file, uint32_t number);

/* Ends it.
 * fails   STATUS_MEMORY, also when there was none for its bytes */
enum status pdf_object_end(struct pdf_file *file) MUST_USE;

/* Writes an object that is a stream, packed.
 * takes   entries  of its dictionary, beside its length and how it is packed: "/Type/XObject"
 * fails   STATUS_MEMORY */
enum status pdf_stream_write(struct pdf_file *file, uint32_t number, const char *entries, const struct out *bytes) MUST_USE;

/* Writes the table of all objects and ends the file; `out` is not closed.
 * takes   root, info  numbers of the catalog and of what tells about the document
 * fails   STATUS_MEMORY */
enum status pdf_file_end(struct pdf_file *file, uint32_t root, uint32_t info) MUST_USE;

#endif
