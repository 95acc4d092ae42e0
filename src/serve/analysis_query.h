/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the address of a table or a report asks for. Private to serve/. */
#ifndef GAPMETER_SERVE_ANALYSIS_QUERY_H
#define GAPMETER_SERVE_ANALYSIS_QUERY_H

#include "app/analysis.h"
#include "model/renderer.h"
#include "serve/exchange.h"
#include "serve/query_word.h"

/* What the query of reports may hold, and behind what reports alone take, that of tables; the last has no name. */
extern const struct query_word report_query_words[];
enum { QUERY_WORDS_OF_REPORTS = 4 };
#define TABLE_QUERY_WORDS (report_query_words + QUERY_WORDS_OF_REPORTS)

/* What a route gives. */
struct analysis_wish {
    struct span measure;             /* one table; empty = all default ones, or what the sections need */
    bool story;                      /* a report with its sections */
    const struct renderer *renderer; /* NULL: there is none for what was asked, which is refused once the study is found */
};

/* Answers a request for tables or for a report of the study that stands first in the path: what `gapmeter analyze --json` or
 * `gapmeter report` says of the session's moment. Query: by (several times), confidence, bootstrap, seed, anytime, min_cell, and
 * of a report sections, chart, order and language; any other word is refused. Groups below LIVE_FLOOR are hidden whatever is asked.
 * proof   tests/http/live_tables_test.c */
enum status analysis_reply(struct exchange *exchange, const struct analysis_wish *wish) MUST_USE;

/* Reads the query into a request.
 * takes   story  a report is asked for
 * fails   STATUS_USAGE with a sentence */
enum status analysis_query_read(struct exchange *exchange, bool story, struct analysis_request *out) MUST_USE;

#endif
