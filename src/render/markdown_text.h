/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_RENDER_MARKDOWN_TEXT_H
#define GAPMETER_RENDER_MARKDOWN_TEXT_H

#include "base/out.h"

/* Writes a text so that CommonMark with GitHub's tables shows exactly it, in a paragraph, a heading, an item of a list or a cell
 * of a table: signs that would mean something there are escaped, line breaks and other white space become one space, control
 * characters and bytes that are not UTF-8 become U+FFFD, and no mark of direction in it turns what follows. What needs no escape
 * gets none, so that the source reads well too.
 * proof   tests/render/markdown_test.c */
void markdown_text_write(struct out *out, const char *text);

#endif
