/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/message_page.h"

#include <string.h>
#include <time.h>

#include "serve/problem_page.h"

#define AGAIN_SECONDS 12u

static const char *const state_keys[] = {
    [TICKET_OPEN] = "page.unknown",  [TICKET_UNKNOWN] = "page.unknown",     [TICKET_EARLY] = "page.early",
    [TICKET_USED] = "page.used",     [TICKET_EXPIRED] = "page.expired",     [TICKET_WITHDRAWN] = "page.withdrawn",
    [TICKET_CLOSED] = "page.closed", [TICKET_DIFFERENT] = "page.different",
};

static const char *const state_why_keys[] = {
    [TICKET_OPEN] = "page.unknown.why",  [TICKET_UNKNOWN] = "page.unknown.why",     [TICKET_EARLY] = "page.early.why",
    [TICKET_USED] = "page.used.why",     [TICKET_EXPIRED] = "page.expired.why",     [TICKET_WITHDRAWN] = "page.withdrawn.why",
    [TICKET_CLOSED] = "page.closed.why", [TICKET_DIFFERENT] = "page.different.why",
};

static int state_status(enum ticket_state state, bool posted)
{
    switch (state) {
    case TICKET_USED:
    case TICKET_EARLY:
        return posted ? 409 : 200;
    case TICKET_DIFFERENT:
        return 409;
    case TICKET_EXPIRED:
    case TICKET_WITHDRAWN:
    case TICKET_CLOSED:
        return 410;
    case TICKET_OPEN:
    case TICKET_UNKNOWN:
    default:
        return 404;
    }
}

static void receipt_write(struct page *page, const char *receipt)
{
    if (!receipt)
        return;
    const struct phrase_word words[] = {{"receipt", receipt}, {NULL, NULL}};
    markup_open(&page->markup, "p");
    markup_attribute(&page->markup, "class", "receipt");
    markup_text(&page->markup, page_phrase(page, "page.receipt", words));
    markup_close(&page->markup, "p");
}

/* "2026-12-01 10:30 UTC": the same for every reader, whatever clock they live by. */
static void opens_write(struct page *page, int64_t opens_ms)
{
    char text[40] = "";
    time_t seconds = (time_t)(opens_ms / 1000);
    struct tm moment;
    if (opens_ms <= 0 || !gmtime_r(&seconds, &moment) || strftime(text, sizeof text, "%Y-%m-%d %H:%M UTC", &moment) == 0)
        return;
    const struct phrase_word words[] = {{"moment", text}, {NULL, NULL}};
    page_paragraph(page, page_phrase(page, "page.early.opens", words));
}

static void over_button_write(struct page *page, const char *action)
{
    struct markup *m = &page->markup;
    markup_open(m, "form");
    markup_attribute(m, "method", "post");
    markup_attribute(m, "action", action);
    markup_open(m, "p");
    markup_attribute(m, "class", "buttons");
    markup_open(m, "button");
    markup_attribute(m, "type", "submit");
    markup_attribute(m, "class", "first");
    markup_text(m, page_word(page, "page.early.over"));
    markup_close(m, "button");
    markup_close(m, "p");
    markup_close(m, "form");
}

static void heading_write(struct page *page, const char *study, const char *heading)
{
    if (study) {
        markup_open(&page->markup, "p");
        markup_attribute(&page->markup, "class", "study");
        markup_text(&page->markup, study);
        markup_close(&page->markup, "p");
    }
    markup_element(&page->markup, "h1", heading);
}

void ticket_page_write(struct exchange *exchange, const struct ticket *ticket, const char *action, bool posted)
{
    bool known = ticket->state != TICKET_UNKNOWN && ticket->collection;
    struct page page;
    const char *language = known ? ticket->language : reader_language(exchange);
    struct page_head head = {.http_status = state_status(ticket->state, posted), .language = language, .kind = "message"};
    page.language = language;
    page.exchange = exchange;
    head.title = page_word(&page, state_keys[ticket->state]);
    page_begin(&page, exchange, &head);
    heading_write(&page, known ? collection_text(ticket->collection, language, "title", ticket->study.title) : NULL, head.title);
    page_paragraph(&page, page_word(&page, state_why_keys[ticket->state]));
    if (ticket->state == TICKET_USED)
        receipt_write(&page, ticket->receipt);
    if (ticket->state == TICKET_EARLY)
        opens_write(&page, ticket->opens_ms);
    if (ticket->state == TICKET_EARLY && ticket->customer_may_open && action)
        over_button_write(&page, action);
    page_end(&page);
}

static void link_paragraph(struct page *page, const char *address, const char *text)
{
    markup_open(&page->markup, "p");
    markup_open(&page->markup, "a");
    markup_attribute(&page->markup, "href", address);
    markup_attribute(&page->markup, "class", "button");
    markup_text(&page->markup, text);
    markup_close(&page->markup, "a");
    markup_close(&page->markup, "p");
}

void thanks_page_write(struct exchange *exchange, const struct thanks *thanks)
{
    struct page page = {.exchange = exchange, .language = thanks->language};
    const struct page_head head = {.http_status = 200,
                                   .language = thanks->language,
                                   .title = page_word(&page, thanks->draft ? "page.saved" : "page.thanks"),
                                   .kind = thanks->kind ? thanks->kind : "message",
                                   .refresh = thanks->again,
                                   .refresh_seconds = AGAIN_SECONDS};
    page_begin(&page, exchange, &head);
    heading_write(&page, NULL, head.title);
    page_paragraph(&page, page_word(&page, thanks->draft ? "page.saved.why" : "page.thanks.why"));
    receipt_write(&page, thanks->receipt);
    if (thanks->follow_up) {
        page_paragraph(&page, page_word(&page, "page.thanks.follow_up"));
        link_paragraph(&page, thanks->follow_up, thanks->follow_up);
    }
    if (thanks->again)
        link_paragraph(&page, thanks->again, page_word(&page, "page.thanks.again"));
    page_end(&page);
}
