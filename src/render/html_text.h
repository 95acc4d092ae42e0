/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_RENDER_HTML_TEXT_H
#define GAPMETER_RENDER_HTML_TEXT_H

#include "base/markup.h"

/* Writes a sentence whose intervals, "[−0.62, −0.26]", are never broken between two lines. Private to render/.
 * proof   tests/render/html_text_test.c */
void html_text_write(struct markup *m, const char *text);

#endif
