/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a renderer writes for a study in hand. */
#ifndef GAPMETER_TESTS_RENDERED_TEXT_H
#define GAPMETER_TESTS_RENDERED_TEXT_H

#include "model/renderer.h"
#include "support/hand_tables.h"

/* The bytes that a renderer ("json", "csv", "html", "terminal") makes of a document.
 * gives   NUL-terminated, in the job's arena */
const char *rendered_text(struct job *job, const struct document *document, const char *renderer, struct rendering rendering);

/* The tables of a study in hand one after another, as analyze shows them. */
const char *rendered_tables(struct hand *hand, const char *renderer, struct rendering rendering);

/* The rendering of the page: every page needs its stylesheet. */
extern const struct rendering rendering_page;

#endif
