/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/collecting.h"
#include "base/qr_code.h"
#include "serve/route.h"

/* The picture of a study's open link, to be printed where customers are. */
static enum status open_qr_handle(struct exchange *exchange)
{
    struct ticket ticket;
    struct qr_code code;
    const struct ticket_wish wish = {.by = exchange->parts[0], .language = "", .wave = WAVE_COUNT};
    enum status status = ticket_of_study(&exchange->ctx, exchange->desk, exchange->session, &wish, &ticket);
    if (status)
        return status;
    if (ticket.state == TICKET_UNKNOWN) {
        reply_problem(exchange, 404, "Not found", "There is no such open link.");
        return STATUS_OK;
    }
    const char *address = arena_format(exchange->ctx.arena, "%s/open/%s", desk_base_address(exchange->desk), ticket.study.name);
    if (!address)
        return ctx_no_memory(&exchange->ctx);
    status = qr_code_make(&exchange->ctx, span_of(address), &code);
    if (status)
        return status;
    reply_begin(exchange, 200, "image/svg+xml");
    return qr_code_write_svg(&exchange->ctx, exchange->reply, &code, address);
}

const struct route route_open_qr = {
    .name = "open_qr",
    .sentence = "The QR code of a study's open link.",
    .method = METHOD_GET,
    .path = "/open/{study}/qr.svg",
    .who = WHO_ANYONE,
    .run = RUN_READING,
    .gives_type = "image/svg+xml",
    .personal = true,
    .handle = open_qr_handle,
};
