/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/form_page.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "model/words.h"
#include "serve/question_markup.h"

static const char *const heading_keys[WAVE_COUNT] = {"page.form.before", "page.form.during", "page.form.after"};
static const char *const lead_keys[WAVE_COUNT] = {"page.form.before.lead", "page.form.during.lead", "page.form.after.lead"};
static const char *const identity_keys[IDENTITY_COUNT] = {"page.form.kept.named", "page.form.kept.code",
                                                          "page.form.kept.anonymous"};

static bool block_asked(const struct form *form, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++)
        if (form->questions[i].asked)
            return true;
    return false;
}

static uint32_t blocks_count(const struct form *form)
{
    uint32_t count = 0;
    for (uint32_t first = 0, end = 0; first < form->question_count; first = end) {
        end = form_block_end(form, first);
        count += block_asked(form, first, end);
    }
    return count;
}

/* Other languages, each by its own name. */
static void languages_write(struct page *page, const struct form_page *form_page)
{
    struct markup *m = &page->markup;
    const struct collection *collection = form_page->ticket->collection;
    if (collection->language_count == 0)
        return;
    markup_open(m, "nav");
    markup_attribute(m, "class", "languages");
    markup_attribute(m, "aria-label", page_word(page, "page.languages"));
    for (uint32_t i = 0; i <= collection->language_count; i++) {
        const char *language = i == 0 ? collection->language : collection->languages[i - 1u];
        const char *name = words_text(language, "language.name");
        bool current = strcmp(language, page->language) == 0;
        markup_open(m, current ? "span" : "a");
        markup_attribute(m, "lang", language);
        if (current)
            markup_attribute(m, "aria-current", "true");
        else
            markup_attribute_format(m, "href", "?lang=%s%s", language, form_page->query);
        markup_text(m, name ? name : language);
        markup_close(m, current ? "span" : "a");
        markup_text(m, " ");
    }
    markup_close(m, "nav");
    markup_newline(m);
}

/* What is wrong, first of all, each with a way to its field. */
static void problems_write(struct page *page, const struct form_page *form_page)
{
    struct markup *m = &page->markup;
    const struct form *form = form_page->ticket->form;
    if (form_page->problem_count == 0)
        return;
    markup_open(m, "div");
    markup_attribute(m, "class", "problems");
    markup_attribute(m, "role", "alert");
    markup_element(m, "h2", page_word(page, "page.form.problems"));
    markup_open(m, "ul");
    for (size_t i = 0; i < form_page->problem_count; i++) {
        const struct form_problem *problem = &form_page->problems[i];
        bool of_question = problem->question < form->question_count;
        markup_open(m, "li");
        if (of_question) {
            markup_open(m, "a");
            markup_attribute_format(m, "href", "#%s", form->questions[problem->question].field);
            markup_text(m, form->questions[problem->question].text);
            markup_close(m, "a");
            markup_text(m, ": ");
        }
        markup_text(m, problem->sentence);
        markup_close(m, "li");
    }
    markup_close(m, "ul");
    markup_close(m, "div");
    markup_newline(m);
}

/* Standards in an unusual order: said once, and left to the respondent. */
static void inversions_write(struct page *page, const struct form_page *form_page)
{
    struct markup *m = &page->markup;
    const struct form *form = form_page->ticket->form;
    if (form_page->inverted_count == 0)
        return;
    markup_open(m, "div");
    markup_attribute(m, "class", "problems");
    markup_attribute(m, "role", "alert");
    markup_element(m, "h2", page_word(page, "page.form.inverted"));
    page_paragraph(page, page_word(page, "page.form.inverted.why"));
    markup_open(m, "ul");
    for (uint32_t i = 0; i < form->question_count; i++)
        for (size_t k = 0; k < form_page->inverted_count; k++)
            if (form->questions[i].kind == QUESTION_RATING && form->questions[i].of == form_page->inverted[k] &&
                (i == 0 || form->questions[i - 1u].of != form->questions[i].of)) {
                markup_open(m, "li");
                markup_open(m, "a");
                markup_attribute_format(m, "href", "#%s", form->questions[i].field);
                markup_text(m, form->questions[i].text);
                markup_close(m, "a");
                markup_close(m, "li");
            }
    markup_close(m, "ul");
    markup_close(m, "div");
    markup_newline(m);
}

static void hidden_write(struct markup *m, const char *name, const char *value)
{
    markup_void(m, "input");
    markup_attribute(m, "type", "hidden");
    markup_attribute(m, "name", name);
    markup_attribute(m, "value", value);
}

static void hidden_fields_write(struct page *page, const struct form_page *form_page)
{
    struct markup *m = &page->markup;
    char began[32], seed[32];
    (void)snprintf(began, sizeof began, "%" PRId64, desk_now_ms() - (int64_t)form_page->ticket->draft_seconds * 1000);
    hidden_write(m, "_began", began);
    if (form_page->once)
        hidden_write(m, "_once", form_page->once);
    (void)snprintf(seed, sizeof seed, "%" PRIu64, form_page->ticket->seed);
    if (form_page->ticket->seed)
        hidden_write(m, "_seed", seed);
    if (form_page->inverted_count > 0)
        hidden_write(m, "_confirmed", "1");
    if (!form_page->open_door)
        return;
    markup_open(m, "p");
    markup_attribute(m, "class", "away");
    markup_attribute(m, "aria-hidden", "true");
    markup_open(m, "label");
    markup_text(m, page_word(page, "page.form.honeypot"));
    markup_void(m, "input");
    markup_attribute(m, "name", "_website");
    markup_attribute(m, "tabindex", "-1");
    markup_attribute(m, "autocomplete", "off");
    markup_close(m, "label");
    markup_close(m, "p");
}

static void questions_write(struct page *page, const struct form_page *form_page)
{
    const struct form *form = form_page->ticket->form;
    uint32_t number = 0, all = blocks_count(form);
    for (uint32_t first = 0, end = 0; first < form->question_count; first = end) {
        end = form_block_end(form, first);
        if (!block_asked(form, first, end))
            continue;
        number++;
        const struct question_block block = {.form = form,
                                             .given =
                                                 form_page->given && form_page->given->count ? form_page->given->given : NULL,
                                             .first = first,
                                             .end = end,
                                             .number = number,
                                             .all = all,
                                             .fields = form_page->fields,
                                             .field_count = form_page->field_count,
                                             .problems = form_page->problems,
                                             .problem_count = form_page->problem_count};
        question_block_write(page, &block);
    }
}

static bool consent_ticked(const struct form_page *form_page)
{
    for (size_t i = 0; i < form_page->field_count; i++)
        if (span_is(form_page->fields[i].name, "_consent"))
            return true;
    return false;
}

static void consent_box_write(struct page *page, const struct form_page *form_page)
{
    struct markup *m = &page->markup;
    markup_open(m, "label");
    markup_attribute(m, "class", "option");
    markup_void(m, "input");
    markup_attribute(m, "type", "checkbox");
    markup_attribute(m, "name", "_consent");
    markup_attribute(m, "value", "1");
    markup_attribute(m, "required", "");
    if (consent_ticked(form_page))
        markup_attribute(m, "checked", "");
    markup_text(m, " ");
    markup_element(m, "span", page_word(page, "page.form.agree"));
    markup_close(m, "label");
}

/* What is stored and why, before the button that sends it. */
static void consent_write(struct page *page, const struct form_page *form_page)
{
    struct markup *m = &page->markup;
    const struct ticket *ticket = form_page->ticket;
    markup_open(m, "section");
    markup_attribute(m, "class", "consent");
    markup_element(m, "h2", page_word(page, "page.form.kept"));
    page_paragraph(page, ticket->form->consent ? ticket->form->consent : page_word(page, "form.consent"));
    page_paragraph(page, page_word(page, identity_keys[ticket->study.identity]));
    if (ticket->collection->contact) {
        const struct phrase_word words[] = {{"contact", ticket->collection->contact}, {NULL, NULL}};
        page_paragraph(page, page_phrase(page, "page.form.contact", words));
    }
    if (ticket->collection->consent_required)
        consent_box_write(page, form_page);
    markup_close(m, "section");
    markup_newline(m);
}

static void button_write(struct page *page, const char *value, const char *kind, const char *text)
{
    struct markup *m = &page->markup;
    markup_open(m, "button");
    markup_attribute(m, "type", "submit");
    markup_attribute(m, "name", "_do");
    markup_attribute(m, "value", value);
    markup_attribute(m, "class", kind);
    if (strcmp(value, "save") == 0)
        markup_attribute(m, "formnovalidate", "");
    markup_text(m, text);
    markup_close(m, "button");
    markup_text(m, " ");
}

static void form_write(struct page *page, const struct form_page *form_page)
{
    struct markup *m = &page->markup;
    markup_open(m, "form");
    markup_attribute(m, "method", "post");
    markup_attribute(m, "action", form_page->action);
    markup_attribute(m, "accept-charset", "utf-8");
    markup_attribute(m, "data-progress", page_word(page, "page.form.progress"));
    if (form_page->may_wait)
        markup_attribute(m, "data-saved", page_word(page, "page.form.saved"));
    if (form_page->ticket->door == DOOR_KIOSK) {
        markup_attribute_format(m, "data-idle", "%u", form_page->ticket->collection->kiosk_seconds);
        markup_attribute(m, "data-thanks", page_word(page, "page.thanks"));
    }
    markup_newline(m);
    hidden_fields_write(page, form_page);
    questions_write(page, form_page);
    consent_write(page, form_page);
    markup_open(m, "p");
    markup_attribute(m, "class", "buttons");
    button_write(page, "send", "first", page_word(page, form_page->inverted_count ? "page.form.send_anyway" : "page.form.send"));
    if (form_page->may_wait)
        button_write(page, "save", "second", page_word(page, "page.form.save"));
    markup_close(m, "p");
    markup_close(m, "form");
    markup_newline(m);
}

void form_page_write(struct exchange *exchange, const struct form_page *form_page, int http_status)
{
    const struct form *form = form_page->ticket->form;
    char count[16];
    struct page page;
    const struct page_head head = {.http_status = http_status,
                                   .language = form->language,
                                   .title = form->title,
                                   .script = form_page->script,
                                   .kind = form_page->kind};
    (void)snprintf(count, sizeof count, "%u", (unsigned)blocks_count(form));
    const struct phrase_word words[] = {{"n", count}, {NULL, NULL}};
    page_begin(&page, exchange, &head);
    languages_write(&page, form_page);
    markup_open(&page.markup, "p");
    markup_attribute(&page.markup, "class", "study");
    markup_text(&page.markup, form->title);
    markup_close(&page.markup, "p");
    markup_element(&page.markup, "h1", page_word(&page, heading_keys[form->wave]));
    page_paragraph(&page, page_phrase(&page, lead_keys[form->wave], words));
    problems_write(&page, form_page);
    inversions_write(&page, form_page);
    form_write(&page, form_page);
    page_end(&page);
}
