/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/page.h"

#include <string.h>

#include "model/embedded.h"
#include "model/words.h"

const char *language_primary(struct ctx *ctx, const char *tag)
{
    size_t length = strcspn(tag, "-_");
    const char *primary = arena_copy(ctx->arena, (struct span){tag, length});
    return primary ? primary : "";
}

const char *asset_address(struct ctx *ctx, const char *name)
{
    char text[DIGEST_TEXT_BYTES];
    const char *file = arena_format(ctx->arena, "assets/%s", name);
    const struct embedded_file *embedded = file ? embedded_find(file) : NULL;
    struct digest digest;
    if (!embedded)
        return "";
    digest_of((struct span){(const char *)embedded->at, embedded->length}, &digest);
    digest_format(&digest, text);
    const char *address = arena_format(ctx->arena, "/assets/%s?v=%.16s", name, text);
    return address ? address : "";
}

const char *page_word(const struct page *page, const char *key)
{
    return words_or_english(page->language, key);
}

const char *page_phrase(const struct page *page, const char *key, const struct phrase_word *words)
{
    const char *text = NULL;
    return phrase_make(&page->exchange->ctx, page->language, key, words, &text) ? "" : text;
}

void page_paragraph(struct page *page, const char *text)
{
    markup_element(&page->markup, "p", text);
    markup_newline(&page->markup);
}

static void meta_write(struct markup *m, const char *name, const char *content)
{
    markup_void(m, "meta");
    markup_attribute(m, "name", name);
    markup_attribute(m, "content", content);
}

static void link_write(struct markup *m, const char *relation, const char *address)
{
    markup_void(m, "link");
    markup_attribute(m, "rel", relation);
    markup_attribute(m, "href", address);
}

static void head_write(struct page *page, const struct page_head *head)
{
    struct markup *m = &page->markup;
    struct ctx *ctx = &page->exchange->ctx;
    markup_open(m, "head");
    markup_void(m, "meta");
    markup_attribute(m, "charset", "utf-8");
    meta_write(m, "viewport", "width=device-width, initial-scale=1");
    meta_write(m, "robots", "noindex, nofollow");
    meta_write(m, "color-scheme", "light dark");
    if (head->refresh) {
        markup_void(m, "meta");
        markup_attribute(m, "http-equiv", "refresh");
        markup_attribute_format(m, "content", "%u;url=%s", head->refresh_seconds, head->refresh);
    }
    markup_element(m, "title", head->title);
    link_write(m, "icon", "data:,");
    link_write(m, "stylesheet", asset_address(ctx, "respondent.css"));
    if (head->script)
        markup_script(m, asset_address(ctx, head->script));
    markup_close(m, "head");
    markup_newline(m);
}

void page_begin(struct page *page, struct exchange *exchange, const struct page_head *head)
{
    *page = (struct page){.exchange = exchange, .language = head->language};
    exchange->spoken = head->language;
    reply_begin(exchange, head->http_status, "text/html; charset=utf-8");
    reply_header(exchange, "Content-Language", head->language);
    markup_begin(&page->markup, exchange->reply);
    markup_open(&page->markup, "html");
    markup_attribute(&page->markup, "lang", head->language);
    markup_attribute(&page->markup, "dir", language_is_right_to_left(head->language) ? "rtl" : "ltr");
    head_write(page, head);
    markup_open(&page->markup, "body");
    if (head->kind)
        markup_attribute(&page->markup, "class", head->kind);
    markup_open(&page->markup, "main");
    markup_newline(&page->markup);
}

void page_end(struct page *page)
{
    markup_close(&page->markup, "main");
    markup_close(&page->markup, "body");
    markup_close(&page->markup, "html");
    markup_newline(&page->markup);
}
