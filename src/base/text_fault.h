/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_BASE_TEXT_FAULT_H
#define GAPMETER_BASE_TEXT_FAULT_H

#include "base/text.h"

/* Why words that somebody wrote cannot stand in a document. */
enum text_fault { TEXT_SOUND, TEXT_EMPTY, TEXT_TOO_LONG, TEXT_CONTROL };

/* The first fault of a text: one rule for what study files say and for what the command line says in their place.
 * takes   text      trimmed, UTF-8
 *         most      bytes that are accepted
 *         one_line  line breaks and tabs are control characters too
 * gives   *at       of TEXT_CONTROL: the byte, from 0
 * cost    time length
 * proof   tests/base/text_fault_test.c */
enum text_fault text_fault_find(struct span text, size_t most, bool one_line, size_t *at);

#endif
