/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/asset_reply.h"

#include <string.h>

#include "model/embedded.h"

/* What pages may ask for, and of which type it is. */
static const struct {
    const char *name, *type;
} assets[] = {{"respondent.css", "text/css; charset=utf-8"},
              {"respondent.js", "text/javascript; charset=utf-8"},
              {"kiosk.js", "text/javascript; charset=utf-8"},
              {"kiosk_worker.js", "text/javascript; charset=utf-8"}};

enum status asset_reply(struct exchange *exchange, struct span name)
{
    size_t i = 0;
    while (i < sizeof assets / sizeof *assets && !span_is(name, assets[i].name))
        i++;
    const char *file = i < sizeof assets / sizeof *assets ? arena_format(exchange->ctx.arena, "assets/%s", assets[i].name) : NULL;
    const struct embedded_file *embedded = file ? embedded_find(file) : NULL;
    if (!embedded) {
        reply_problem(exchange, 404, "Not found", "There is no such file.");
        return STATUS_OK;
    }
    reply_begin(exchange, 200, assets[i].type);
    out_write(exchange->reply, embedded->at, embedded->length);
    return STATUS_OK;
}
