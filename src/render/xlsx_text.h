/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_RENDER_XLSX_TEXT_H
#define GAPMETER_RENDER_XLSX_TEXT_H

#include "base/out.h"

/* A text as a cell of a workbook can hold it: well-formed UTF-8 without characters that XML does not know (they become U+FFFD), a
 * literal "_x0041_" kept from being read as a letter, and at most the 32,767 letters of a cell, with "…" where it was cut.
 * takes   room  in memory; what was in it is forgotten
 * gives   in room, good until its next write; NULL when there is no memory
 * source  ECMA-376-1, 22.9.2.19 (ST_Xstring)
 * proof   tests/render/xlsx_text_test.c */
const char *xlsx_cell_text(struct out *room, const char *text);

/* The same for places where nothing is escaped by "_x…_": titles of charts and properties of the document.
 * takes   most  letters (of UTF-16) that fit
 * gives   in ctx->arena; NULL when there is no memory */
const char *xlsx_plain_text(struct ctx *ctx, const char *text, size_t most);

/* A text without the marks that give its parts a direction of their own (U+2066 to U+2069), for places so small that programs show
 * the marks themselves.
 * gives   in ctx->arena; NULL when there is no memory */
const char *xlsx_bare_text(struct ctx *ctx, const char *text);

/* A name for a sheet: at most 31 letters (of UTF-16) without [ ] : * ? / \ and apostrophes, and none of the names given before
 * (not minding the case of ASCII), which is seen to by a number at its end.
 * takes   names   [count] given before
 *         tail    kept whole at the end where it fits ("hotel"); "" for none
 * gives   in ctx->arena; NULL when there is no memory */
const char *xlsx_sheet_name(struct ctx *ctx, const char *const *names, size_t count, const char *wish, const char *tail);

#endif
