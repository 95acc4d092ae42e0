/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "model/words.h"
#include "serve/message_page.h"
#include "serve/route.h"

/* A receipt as it is made: four, four and four of its letters. Anything else that stands in an address is not shown. */
static bool receipt_well_formed(struct span receipt)
{
    if (receipt.length != 14)
        return false;
    for (size_t i = 0; i < receipt.length; i++) {
        char letter = receipt.at[i];
        bool known = (letter >= 'A' && letter <= 'Z') || (letter >= '2' && letter <= '9');
        if (i == 4 || i == 9 ? letter != '-' : !known)
            return false;
    }
    return true;
}

/* Back to a door of ours: "/kiosk/" or "/open/" and what is no way out of it. */
static bool again_well_formed(struct span again)
{
    static const char *const doors[] = {"/kiosk/", "/paper/", "/open/", "/embed/"};
    for (size_t i = 0; i < sizeof doors / sizeof *doors; i++) {
        size_t length = strlen(doors[i]);
        if (again.length <= length || memcmp(again.at, doors[i], length) != 0)
            continue;
        for (size_t k = length; k < again.length; k++)
            if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789-", again.at[k]))
                return false;
        return true;
    }
    return false;
}

static enum status thanks_handle(struct exchange *exchange)
{
    struct arena *arena = exchange->ctx.arena;
    struct span receipt = exchange_query(exchange, "receipt"), again = exchange_query(exchange, "again");
    struct span language = exchange_query(exchange, "lang");
    struct thanks thanks = {.language = "en", .draft = exchange_query(exchange, "saved").length > 0};
    for (const struct words *words = words_languages; words->language; words++)
        if (span_is(language, words->language))
            thanks.language = words->language;
    if (receipt_well_formed(receipt))
        thanks.receipt = arena_copy(arena, receipt);
    if (again_well_formed(again))
        thanks.again = arena_copy(arena, again);
    thanks_page_write(exchange, &thanks);
    return STATUS_OK;
}

const struct route route_thanks = {
    .name = "thanks",
    .sentence = "Thanks for an answer, with its receipt number.",
    .method = METHOD_GET,
    .path = "/thanks",
    .who = WHO_ANYONE,
    .run = RUN_AT_ONCE,
    .gives_type = "text/html",
    .personal = true,
    .framed = true,
    .handle = thanks_handle,
};
