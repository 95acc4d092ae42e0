/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the server itself has to say to people: that an address leads nowhere, that it is busy. */
#ifndef GAPMETER_SERVE_PROBLEM_PAGE_H
#define GAPMETER_SERVE_PROBLEM_PAGE_H

#include "serve/exchange.h"

/* The language of a page that belongs to no study, or to none that is known yet: of what was already said in this exchange, else
 * what the address asks for (?lang=), else the best of the browser's that there are words for, else English.
 * gives   a language of model/words.h, or that of a study */
const char *reader_language(struct exchange *exchange);

/* A whole page, in the reader's language, which says by its HTTP status what is wrong and what can be done about it.
 * proof   tests/http/problem_page_test.c */
void problem_page_write(struct exchange *exchange, int http_status);

#endif
