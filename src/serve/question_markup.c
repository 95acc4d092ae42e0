/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/question_markup.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/limits.h"

/* Longer scales are typed, not chosen: a row of so many points does not fit a phone. */
#define POINTS_SHOWN_MAX 11u

static struct given given_of(const struct question_block *block, uint32_t question)
{
    return block->given ? block->given[question] : (struct given){.kind = GIVEN_NOTHING};
}

static const char *problem_of(const struct question_block *block, uint32_t question)
{
    for (size_t i = 0; i < block->problem_count; i++)
        if (block->problems[i].question == question)
            return block->problems[i].sentence;
    return NULL;
}

/* What was typed where it could not be read. */
static struct span typed_wrong(const struct question_block *block, uint32_t question)
{
    if (!problem_of(block, question))
        return (struct span){NULL, 0};
    for (size_t i = 0; i < block->field_count; i++)
        if (span_is(block->fields[i].name, block->form->questions[question].field))
            return block->fields[i].value;
    return (struct span){NULL, 0};
}

/* What is wrong, at the field itself; the field names it by aria-describedby. */
static void problem_write(struct page *page, const struct question_block *block, uint32_t question)
{
    const char *sentence = problem_of(block, question);
    if (!sentence)
        return;
    markup_open(&page->markup, "p");
    markup_attribute(&page->markup, "class", "problem");
    markup_attribute_format(&page->markup, "id", "problem-%s", block->form->questions[question].field);
    markup_text(&page->markup, sentence);
    markup_close(&page->markup, "p");
}

static void problem_refer(struct page *page, const struct question_block *block, uint32_t question)
{
    if (!problem_of(block, question))
        return;
    markup_attribute(&page->markup, "aria-invalid", "true");
    markup_attribute_format(&page->markup, "aria-describedby", "problem-%s", block->form->questions[question].field);
}

/* The value of a code as forms send it: "5", "2.5". */
static void value_format(const struct scale *scale, uint32_t code, char into[32])
{
    number_format_shortest(scale_value(scale, code), into, 32);
}

static const char *label_of(const struct scale *scale, uint32_t code)
{
    for (uint32_t i = 0; i < scale->label_count; i++)
        if (scale->labels[i].code == code)
            return scale->labels[i].text;
    return NULL;
}

/* One point of a scale: its number to be seen, its words to be heard (and seen at the ends). */
struct point {
    const char *field, *value, *shown, *words;
    bool first, chosen;
    const char *kind; /* class */
};

static void point_write(struct markup *m, const struct point *point)
{
    markup_open(m, "label");
    markup_attribute(m, "class", point->kind);
    markup_void(m, "input");
    markup_attribute(m, "type", "radio");
    markup_attribute(m, "name", point->field);
    markup_attribute(m, "value", point->value);
    if (point->first)
        markup_attribute(m, "id", point->field);
    if (point->chosen)
        markup_attribute(m, "checked", NULL);
    if (point->shown)
        markup_element(m, "b", point->shown);
    if (point->words) {
        markup_open(m, "span");
        markup_text(m, point->words);
        markup_close(m, "span");
    }
    markup_close(m, "label");
}

/* The whole scale, end labels spelled out, and "does not apply". */
static void points_of_scale(struct page *page, const struct question_block *block, uint32_t question, bool may_not_apply)
{
    struct markup *m = &page->markup;
    const struct question *asked = &block->form->questions[question];
    const struct given given = given_of(block, question);
    markup_open(m, "div");
    markup_attribute_format(m, "class", "scale of%u", (unsigned)asked->scale->steps);
    for (uint32_t code = 1; code <= asked->scale->steps; code++) {
        char value[32];
        value_format(asked->scale, code, value);
        const struct point point = {.field = asked->field,
                                    .value = value,
                                    .shown = value,
                                    .words = label_of(asked->scale, code),
                                    .first = code == 1,
                                    .chosen = given.kind == GIVEN_CODE && (uint32_t)given.number == code,
                                    .kind = code == 1                     ? "point low"
                                            : code == asked->scale->steps ? "point high"
                                                                          : "point"};
        point_write(m, &point);
    }
    markup_close(m, "div");
    if (!may_not_apply)
        return;
    const struct point none = {.field = asked->field,
                               .value = "na",
                               .words = page_word(page, "page.form.not_applicable"),
                               .chosen = given.kind == GIVEN_DECLARED,
                               .kind = "none"};
    point_write(m, &none);
}

/* What was typed, as it is shown again. */
static void typed_value(const struct question_block *block, uint32_t question, char into[48])
{
    const struct question *asked = &block->form->questions[question];
    const struct given given = given_of(block, question);
    into[0] = '\0';
    if (given.kind == GIVEN_CODE && asked->scale)
        value_format(asked->scale, (uint32_t)given.number, into);
    if (given.kind == GIVEN_NUMBER && asked->kind == QUESTION_NUMBER)
        decimal_format(
            (struct decimal){.units = given.number, .places = block->form->study->columns.outcomes[asked->of].decimals}, into,
            48);
    if (given.kind == GIVEN_NUMBER && asked->kind == QUESTION_POINTS)
        (void)snprintf(into, 48, "%" PRId64, given.number);
}

/* A number that is typed. */
static void number_write(struct page *page, const struct question_block *block, uint32_t question)
{
    struct markup *m = &page->markup;
    const struct question *asked = &block->form->questions[question];
    const struct span wrong = typed_wrong(block, question);
    char value[48];
    typed_value(block, question, value);
    markup_void(m, "input");
    markup_attribute(m, "type", "text");
    markup_attribute(m, "inputmode", "decimal");
    markup_attribute(m, "autocomplete", "off");
    markup_attribute(m, "class", "number");
    markup_attribute(m, "id", asked->field);
    markup_attribute(m, "name", asked->field);
    markup_attribute_format(m, "value", "%s%.*s", value, (int)wrong.length, wrong.at ? wrong.at : "");
    if (asked->kind == QUESTION_NUMBER)
        markup_attribute(m, "aria-label", asked->text);
    problem_refer(page, block, question);
}

static void scale_write(struct page *page, const struct question_block *block, uint32_t question, bool may_not_apply)
{
    const struct question *asked = &block->form->questions[question];
    char accepted[64];
    if (asked->scale->steps <= POINTS_SHOWN_MAX) {
        points_of_scale(page, block, question, may_not_apply);
        return;
    }
    scale_format(asked->scale, accepted, sizeof accepted);
    markup_open(&page->markup, "label");
    markup_attribute(&page->markup, "class", "typed");
    markup_element(&page->markup, "span", accepted);
    number_write(page, block, question);
    markup_close(&page->markup, "label");
}

static void options_write(struct page *page, const struct question_block *block, uint32_t question)
{
    struct markup *m = &page->markup;
    const struct question *asked = &block->form->questions[question];
    const struct given given = given_of(block, question);
    bool many = asked->kind == QUESTION_CHOICES;
    for (uint32_t i = 0; i < asked->option_count; i++) {
        bool chosen = many ? given.kind == GIVEN_SET && (given.number >> i & 1)
                           : given.kind == GIVEN_CODE && given.number == (int64_t)i + 1;
        markup_open(m, "label");
        markup_attribute(m, "class", "option");
        markup_void(m, "input");
        markup_attribute(m, "type", many ? "checkbox" : "radio");
        markup_attribute(m, "name", asked->field);
        markup_attribute(m, "value", asked->options[i]);
        if (i == 0)
            markup_attribute(m, "id", asked->field);
        if (chosen)
            markup_attribute(m, "checked", NULL);
        markup_element(m, "span", asked->option_texts ? asked->option_texts[i] : asked->options[i]);
        markup_close(m, "label");
    }
}

static void text_write(struct page *page, const struct question_block *block, uint32_t question)
{
    struct markup *m = &page->markup;
    const struct question *asked = &block->form->questions[question];
    const struct given given = given_of(block, question);
    markup_open(m, "textarea");
    markup_attribute(m, "id", asked->field);
    markup_attribute(m, "name", asked->field);
    markup_attribute(m, "rows", "3");
    markup_attribute(m, "aria-label", asked->text);
    problem_refer(page, block, question);
    /* A line break at the very beginning would be swallowed by the browser. */
    const struct span text = given.kind == GIVEN_TEXT ? given.text : typed_wrong(block, question);
    if (text.length > 0 && text.at[0] == '\n')
        markup_text(m, "\n");
    markup_text_span(m, text);
    markup_close(m, "textarea");
}

static void code_write(struct page *page, const struct question_block *block, uint32_t question)
{
    struct markup *m = &page->markup;
    const struct question *asked = &block->form->questions[question];
    markup_void(m, "input");
    markup_attribute(m, "type", "text");
    markup_attribute(m, "autocomplete", "off");
    markup_attribute(m, "autocapitalize", "none");
    markup_attribute(m, "class", "code");
    markup_attribute(m, "aria-label", asked->text);
    markup_attribute(m, "id", asked->field);
    markup_attribute(m, "name", asked->field);
    problem_refer(page, block, question);
}

static void control_write(struct page *page, const struct question_block *block, uint32_t question)
{
    const struct question *asked = &block->form->questions[question];
    switch (asked->kind) {
    case QUESTION_RATING:
    case QUESTION_OUTCOME:
        scale_write(page, block, question, asked->kind == QUESTION_RATING);
        break;
    case QUESTION_NUMBER:
    case QUESTION_POINTS:
        number_write(page, block, question);
        break;
    case QUESTION_CHOICE:
    case QUESTION_CHOICES:
        options_write(page, block, question);
        break;
    case QUESTION_TEXT:
        text_write(page, block, question);
        break;
    case QUESTION_CODE:
        code_write(page, block, question);
        break;
    case QUESTION_KIND_COUNT:
    default:
        break;
    }
    problem_write(page, block, question);
}

/* Which standard is asked, where an item has more than one: a fieldset within the item's. */
static void standard_write(struct page *page, const struct question_block *block, uint32_t question)
{
    struct markup *m = &page->markup;
    const struct question *asked = &block->form->questions[question];
    markup_open(m, "fieldset");
    markup_attribute(m, "class", "standard");
    markup_open(m, "legend");
    markup_text(m, asked->stem ? asked->stem : standard_name(asked->standard));
    markup_close(m, "legend");
    control_write(page, block, question);
    markup_close(m, "fieldset");
}

/* Points of a dimension, with its name. */
static void share_write(struct page *page, const struct question_block *block, uint32_t question)
{
    struct markup *m = &page->markup;
    const struct question *asked = &block->form->questions[question];
    markup_open(m, "div");
    markup_attribute(m, "class", "share");
    markup_open(m, "label");
    markup_attribute(m, "for", asked->field);
    markup_text(m, asked->text);
    markup_close(m, "label");
    markup_text(m, " ");
    control_write(page, block, question);
    markup_close(m, "div");
}

static void legend_write(struct page *page, const struct question_block *block, bool alone)
{
    struct markup *m = &page->markup;
    const struct question *asked = &block->form->questions[block->first];
    char number[16], all[16];
    (void)snprintf(number, sizeof number, "%u", (unsigned)block->number);
    (void)snprintf(all, sizeof all, "%u", (unsigned)block->all);
    const struct phrase_word words[] = {{"n", number}, {"all", all}, {NULL, NULL}};
    markup_open(m, "legend");
    markup_open(m, "span");
    markup_attribute(m, "class", "count");
    markup_text(m, page_phrase(page, "page.form.count", words));
    markup_close(m, "span");
    markup_text(m, " ");
    if (alone && asked->stem) {
        markup_open(m, "span");
        markup_attribute(m, "class", "stem");
        markup_text(m, asked->stem);
        markup_close(m, "span");
        markup_text(m, " ");
    }
    markup_open(m, "span");
    markup_attribute(m, "class", "text");
    markup_text(m, asked->kind == QUESTION_POINTS ? "" : asked->text);
    markup_close(m, "span");
    markup_close(m, "legend");
}

void question_block_write(struct page *page, const struct question_block *block)
{
    struct markup *m = &page->markup;
    enum question_kind kind = block->form->questions[block->first].kind;
    bool alone = block->end == block->first + 1u || kind == QUESTION_POINTS;
    markup_open(m, "fieldset");
    markup_attribute(m, "class", alone ? "question" : "question several");
    legend_write(page, block, alone);
    for (uint32_t i = block->first; i < block->end; i++) {
        if (!block->form->questions[i].asked)
            continue;
        if (kind == QUESTION_POINTS)
            share_write(page, block, i);
        else if (alone)
            control_write(page, block, i);
        else
            standard_write(page, block, i);
    }
    markup_close(m, "fieldset");
    markup_newline(m);
}
