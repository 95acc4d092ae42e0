/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_BASE_STATUS_H
#define GAPMETER_BASE_STATUS_H

/* What a fallible function answers: one of the rows of status.def. */
enum status {
#define STATUS(symbol, exit_code, http_status, sentence) STATUS_##symbol,
#include "base/status.def"
#undef STATUS
    STATUS_COUNT
};

#define MUST_USE __attribute__((warn_unused_result))

/* The exit code a program ends with.
 * takes   status  any value below STATUS_COUNT */
int status_exit_code(enum status status);

/* The HTTP status a server answers with.
 * takes   status  any value below STATUS_COUNT */
int status_http(enum status status);

/* The general sentence for a person; ctx->error holds the particular one.
 * takes   status  any value below STATUS_COUNT
 * gives   a text that lives for ever */
const char *status_sentence(enum status status);

#endif
