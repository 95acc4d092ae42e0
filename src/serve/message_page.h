/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages that say one thing: thanks, not yet, used, over. */
#ifndef GAPMETER_SERVE_MESSAGE_PAGE_H
#define GAPMETER_SERVE_MESSAGE_PAGE_H

#include "app/collecting.h"
#include "serve/page.h"

/* What a ticket that cannot be answered says, with its HTTP status: used, early (with the button "My visit is over" where the
 * customer may say so), expired, withdrawn, closed, different, unknown. In the respondent's language; of an unknown one in the
 * reader's.
 * takes   action    where the button posts to; NULL = there is none
 *         posted    the page answers a form that was sent: a used link is then a conflict */
void ticket_page_write(struct exchange *exchange, const struct ticket *ticket, const char *action, bool posted);

/* What is said after an answer. */
struct thanks {
    const char *language;
    const char *receipt;   /* NULL = none */
    const char *follow_up; /* address of the perception form; NULL = none */
    const char *again;     /* address of an empty form, gone to after a while; NULL = none */
    bool draft;            /* it was only saved */
    const char *kind;      /* class of the body */
};

/* Thanks, with the receipt number and what comes next. */
void thanks_page_write(struct exchange *exchange, const struct thanks *thanks);

#endif
