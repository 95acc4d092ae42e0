/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small document with a block of every kind, for what renderers write. */
#ifndef GAPMETER_TESTS_HAND_DOCUMENT_H
#define GAPMETER_TESTS_HAND_DOCUMENT_H

#include "support/hand_tables.h"

/* A study in hand with four items (one short, one above, one met, one without pairs), gaps per dimension for the branches Bergen and
 * Oslo and for Molde and Vardo, which are hidden, and an overall gap without key columns.
 * owns    nothing: hand_end ends it */
void hand_document_begin(struct hand *hand);

/* The document of these tables: sentences, facts, headings, paragraphs, a chart, tables short and wide, a matrix and a turned one.
 * gives   in the job's arena; may be changed before it is rendered */
struct document *hand_document(struct hand *hand);

#endif
