/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/door_page.h"
#include "serve/message_page.h"
#include "serve/route.h"

/* Opened, the same address shows the form; otherwise the page says why not. */
static enum status visit_over_handle(struct exchange *exchange)
{
    struct ticket ticket;
    enum status status = ticket_open_now(&exchange->ctx, exchange->desk, exchange->session, exchange->parts[0], &ticket);
    if (status)
        return status;
    const char *form = arena_format(exchange->ctx.arena, "/s/%.*s", (int)exchange->parts[0].length, exchange->parts[0].at);
    if (ticket.state == TICKET_OPEN && form)
        reply_see_other(exchange, form);
    else
        ticket_page_write(exchange, &ticket, NULL, true);
    return STATUS_OK;
}

const struct route route_visit_over = {
    .name = "visit_over",
    .sentence = "The customer says that the visit is over: opens the perception form.",
    .method = METHOD_POST,
    .path = "/s/{token}/over",
    .who = WHO_ANYONE,
    .run = RUN_WRITING,
    .body_bytes_max = 1024,
    .takes_type = "application/x-www-form-urlencoded",
    .gives_type = "text/html",
    .personal = true,
    .handle = visit_over_handle,
};
