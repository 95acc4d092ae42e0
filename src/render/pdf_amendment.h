/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What cairo 1.16 does not write into a PDF, added to what it wrote: the language, the alternate texts of figures, what the heads of
 * tables are for, and that a window shall show the title. */
#ifndef GAPMETER_RENDER_PDF_AMENDMENT_H
#define GAPMETER_RENDER_PDF_AMENDMENT_H

#include "base/out.h"

struct pdf_amendment {
    const char *language;          /* "en" */
    bool leftward;                 /* pages are read from right to left */
    const char *const *alternates; /* [alternate_count] of the figures, in reading order */
    uint32_t alternate_count;
    const bool *columns; /* [head_count] of the heads in tables, in reading order: of a column? else of a row */
    uint32_t head_count;
};

/* Writes the file anew with what is added, and with the small objects packed: thousands of tags take a tenth of the room.
 * takes   file  as cairo wrote it, with as many figures and heads as are told
 * fails   STATUS_FAILURE when it is not such a file; STATUS_MEMORY
 * source  ISO 32000-1: 7.5.7 object streams, 7.5.8 cross-reference streams, 14.9.2 language, 14.9.3 alternates, 14.8.5.7 table attributes
 * proof   tests/render/pdf_test.c */
enum status pdf_amend(struct ctx *ctx, struct span file, const struct pdf_amendment *amendment, struct out *out) MUST_USE;

#endif
