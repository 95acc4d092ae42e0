/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/problem_page.h"

#include <string.h>

#include "model/words.h"
#include "serve/accepted_language.h"
#include "serve/page.h"

/* The language of the words files that a tag such as "pt-BR" is served by; NULL when there is none. */
static const char *words_language(struct span tag)
{
    const char *hyphen = tag.length > 0 ? memchr(tag.at, '-', tag.length) : NULL;
    struct span primary = {tag.at, hyphen == NULL ? tag.length : (size_t)(hyphen - tag.at)};
    for (const struct words *words = words_languages; words->language; words++) {
        if (span_equal_caseless(primary, span_of(words->language)))
            return words->language;
    }
    return NULL;
}

static bool has_words(const void *state, struct span tag)
{
    (void)state;
    return words_language(tag) != NULL;
}

const char *reader_language(struct exchange *exchange)
{
    if (exchange->spoken)
        return exchange->spoken;
    const char *asked = words_language(exchange_query(exchange, "lang"));
    if (asked)
        return asked;
    const char *best = words_language(span_of(accepted_language(&exchange->ctx, span_of(exchange->languages), has_words, NULL)));
    return best ? best : "en";
}

/* What a status means to somebody at a browser. */
struct problem_words {
    int from; /* up to the next row's */
    const char *title, *why;
};

static const struct problem_words problem_rows[] = {
    {0, "page.problem.request", "page.problem.request.why"},   {404, "page.problem.address", "page.problem.address.why"},
    {405, "page.problem.request", "page.problem.request.why"}, {413, "page.problem.large", "page.problem.large.why"},
    {414, "page.problem.request", "page.problem.request.why"}, {429, "page.problem.often", "page.problem.often.why"},
    {430, "page.problem.request", "page.problem.request.why"}, {500, "page.problem.busy", "page.problem.busy.why"},
};

void problem_page_write(struct exchange *exchange, int http_status)
{
    const struct problem_words *row = problem_rows;
    for (size_t i = 0; i < sizeof problem_rows / sizeof *problem_rows && problem_rows[i].from <= http_status; i++)
        row = &problem_rows[i];
    struct page page = {.exchange = exchange, .language = reader_language(exchange)};
    const struct page_head head = {
        .http_status = http_status, .language = page.language, .title = page_word(&page, row->title), .kind = "message"};
    page_begin(&page, exchange, &head);
    markup_element(&page.markup, "h1", head.title);
    page_paragraph(&page, page_word(&page, row->why));
    page_end(&page);
}
