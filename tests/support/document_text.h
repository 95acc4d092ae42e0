/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A document written down for a test to read. */
#ifndef GAPMETER_TESTS_DOCUMENT_TEXT_H
#define GAPMETER_TESTS_DOCUMENT_TEXT_H

#include "model/document.h"
#include "support/hand_tables.h"

/* One line per block and text: "## heading", "> sentence", "* point", "plain paragraph", "table item_gap: caption",
 * "folded zone: caption", "matrix dimension_gap: caption", "turned …", "chart item_gap 10: title | subtitle".
 * gives   in the job's arena */
const char *document_text(struct job *job, const struct document *document);

/* The text of one section of the study in hand, made from its tables so far. */
const char *section_text(struct hand *hand, const char *section);

/* The document of these sections; NULL = all of them. */
const struct document *hand_story(struct hand *hand, const char *const *sections);

#endif
