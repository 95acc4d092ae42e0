/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page of a form, the same for every door. */
#ifndef GAPMETER_SERVE_FORM_PAGE_H
#define GAPMETER_SERVE_FORM_PAGE_H

#include "app/collecting.h"
#include "serve/page.h"

struct form_page {
    const struct ticket *ticket;     /* open, with its form */
    const struct filling *given;     /* what stands in it already; NULL or count 0: nothing */
    const struct form_field *fields; /* as they were typed: what could not be read is shown again all the same; NULL = none */
    size_t field_count;
    const struct form_problem *problems;
    size_t problem_count;
    const uint32_t *inverted; /* items whose standards stand in the wrong order, to be looked at once */
    size_t inverted_count;
    const char *action; /* where it is posted, with the language */
    const char *query;  /* what follows the language in addresses of this page: "&wave=expectation", or "" */
    const char *once;   /* idempotency key; NULL = none is needed */
    bool may_wait;      /* it may be saved and finished later */
    bool open_door;     /* anybody may come: a field that people do not see catches machines */
    const char *script; /* "form.js" */
    const char *kind;   /* class of the body */
};

/* Writes the whole page: heading, problems, questions, what is kept and why, buttons. It works without a script.
 * takes   http_status  200, or 422 when it is shown again
 * proof   tests/http/form_page_test.c, tests/browser */
void form_page_write(struct exchange *exchange, const struct form_page *form_page, int http_status);

#endif
