/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The frame of every page for respondents. */
#ifndef GAPMETER_SERVE_PAGE_H
#define GAPMETER_SERVE_PAGE_H

#include "base/markup.h"
#include "model/phrase.h"
#include "serve/exchange.h"

/* A page that is being written. */
struct page {
    struct exchange *exchange;
    struct markup markup;
    const char *language; /* of the words; set by the caller of page_begin */
};

/* What stands in a page's head. */
struct page_head {
    int http_status;
    const char *language; /* "ar": its words, its direction */
    const char *title;
    const char *script;  /* "form.js"; NULL = none */
    const char *kind;    /* class of the body: "kiosk"; NULL = none */
    const char *refresh; /* address that is gone to after some seconds; NULL = none */
    unsigned refresh_seconds;
};

/* Begins the reply and writes all up to <main>. */
void page_begin(struct page *page, struct exchange *exchange, const struct page_head *head);

/* Closes what is open. */
void page_end(struct page *page);

/* A word or sentence of the page's language. */
const char *page_word(const struct page *page, const char *key);

/* The same with its {names} filled in, as phrase_make; "" without memory. */
const char *page_phrase(const struct page *page, const char *key, const struct phrase_word *words);

/* <p>text</p> */
void page_paragraph(struct page *page, const char *text);

/* The address of an asset with the digest of its bytes, so that it may be kept for ever. */
const char *asset_address(struct ctx *ctx, const char *name);

/* The first part of a language tag: "de" of "de-AT". */
const char *language_primary(struct ctx *ctx, const char *tag);

#endif
