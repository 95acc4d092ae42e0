/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/form_fields.h"

#include <string.h>

#include "base/limits.h"
#include "base/out.h"
#include "formats/fixed_point.h"
#include "formats/form_fragment.h"
#include "model/phrase.h"

/* A form while its fields are read. */
struct field_reading {
    struct ctx *ctx;
    const struct form *form;
    struct given *given;          /* [question_count] */
    bool *seen;                   /* [question_count] a field came for it */
    const char **sentences;       /* [question_count] what is wrong with it; NULL: nothing */
    const char **whole_sentences; /* what is wrong with the form, [whole_count] */
    size_t whole_count;
    struct span *fragments; /* [fragment_count] */
    uint32_t next;          /* where the next field is looked for first: forms come in order */
};

#define WHOLE_SENTENCES_MAX 16u

static enum status sentence_make(struct field_reading *reading, const char *key, const struct phrase_word *words,
                                 const char **out)
{
    return phrase_make(reading->ctx, reading->form->language, key, words, out);
}

/* The first thing that is wrong with a question is told. */
static enum status question_wrong(struct field_reading *reading, uint32_t question, const char *key, const char *accepted)
{
    const struct phrase_word words[] = {{"accepted", accepted}, {NULL, NULL}};
    reading->given[question] = (struct given){.kind = GIVEN_NOTHING};
    if (reading->sentences[question])
        return STATUS_OK;
    return sentence_make(reading, key, words, &reading->sentences[question]);
}

static enum status whole_wrong(struct field_reading *reading, const char *key, struct span field)
{
    char shown[96];
    text_printable(field, shown, sizeof shown);
    const struct phrase_word words[] = {{"field", shown}, {NULL, NULL}};
    if (reading->whole_count == WHOLE_SENTENCES_MAX)
        return STATUS_OK;
    return sentence_make(reading, key, words, &reading->whole_sentences[reading->whole_count++]);
}

static uint32_t question_find(struct field_reading *reading, struct span name)
{
    const struct form *form = reading->form;
    for (uint32_t tried = 0; tried < form->question_count; tried++) {
        uint32_t question = (reading->next + tried) % form->question_count;
        if (span_is(name, form->questions[question].field)) {
            reading->next = question;
            return question;
        }
    }
    return UINT32_MAX;
}

static enum status scale_read(struct field_reading *reading, uint32_t question, struct span value)
{
    const struct scale *scale = reading->form->questions[question].scale;
    struct decimal number;
    char accepted[64];
    uint32_t code = decimal_parse(value, '.', &number) ? scale_code(scale, number) : 0;
    scale_format(scale, accepted, sizeof accepted);
    if (code == 0)
        return question_wrong(reading, question, "form.problem.scale", accepted);
    reading->given[question] = (struct given){.kind = GIVEN_CODE, .number = code};
    return STATUS_OK;
}

static uint32_t option_find(const struct question *question, struct span value)
{
    uint32_t option = 0;
    while (option < question->option_count && !span_is(value, question->options[option]))
        option++;
    return option;
}

static enum status options_list(struct field_reading *reading, const struct question *question, const char **out)
{
    struct out *text = NULL;
    enum status status = out_open_memory(reading->ctx, &text);
    if (status)
        return status;
    for (uint32_t i = 0; i < question->option_count; i++)
        out_format(text, "%s%s", i ? ", " : "", question->options[i]);
    status = out_close(reading->ctx, text);
    *out = arena_copy(reading->ctx->arena, out_bytes(text));
    return status;
}

static enum status option_read(struct field_reading *reading, uint32_t question, struct span value)
{
    const struct question *asked = &reading->form->questions[question];
    struct given *given = &reading->given[question];
    uint32_t option = option_find(asked, value);
    const char *accepted = NULL;
    if (option == asked->option_count) {
        enum status status = options_list(reading, asked, &accepted);
        return status ? status : question_wrong(reading, question, "form.problem.option", accepted);
    }
    if (asked->kind == QUESTION_CHOICE)
        *given = (struct given){.kind = GIVEN_CODE, .number = (int64_t)option + 1};
    else
        *given = (struct given){.kind = GIVEN_SET, .number = given->number | (INT64_C(1) << option)};
    return STATUS_OK;
}

static enum status number_read(struct field_reading *reading, uint32_t question, struct span value)
{
    const struct question *asked = &reading->form->questions[question];
    const struct outcome *outcome = &reading->form->study->columns.outcomes[asked->of];
    int64_t number = 0;
    /* A comma is a decimal mark too: nobody who fills in a form should have to know. */
    char mark = memchr(value.at, ',', value.length) ? ',' : '.';
    if (fixed_parse(value, mark, (struct fixed_unit){.decimal = outcome->decimals}, &number) != FIXED_OK)
        return question_wrong(reading, question, "form.problem.number", "");
    reading->given[question] = (struct given){.kind = GIVEN_NUMBER, .number = number};
    return STATUS_OK;
}

static enum status points_read(struct field_reading *reading, uint32_t question, struct span value)
{
    struct decimal number;
    if (!decimal_parse(value, '.', &number) || number.places > 0 || number.units < 0 || number.units > 100)
        return question_wrong(reading, question, "form.problem.points", "");
    reading->given[question] = (struct given){.kind = GIVEN_NUMBER, .number = number.units};
    return STATUS_OK;
}

static enum status text_read(struct field_reading *reading, uint32_t question, struct span value)
{
    char most[24];
    size_t bad = 0;
    number_format_fixed(FORM_TEXT_BYTES_MAX, 0, most, sizeof most);
    if (value.length > FORM_TEXT_BYTES_MAX)
        return question_wrong(reading, question, "form.problem.text_long", most);
    if (!text_utf8_valid(value, &bad))
        return question_wrong(reading, question, "form.problem.text", "");
    reading->given[question] = (struct given){.kind = GIVEN_TEXT, .text = value};
    return STATUS_OK;
}

static enum status fragment_read(struct field_reading *reading, uint32_t question, struct span value)
{
    struct span *into = &reading->fragments[reading->form->questions[question].of];
    enum status status = form_fragment(reading->ctx, value, into);
    return status;
}

static enum status value_read(struct field_reading *reading, uint32_t question, struct span value)
{
    const struct question *asked = &reading->form->questions[question];
    switch (asked->kind) {
    case QUESTION_RATING:
    case QUESTION_OUTCOME:
        if (span_is(value, "na")) {
            reading->given[question] = (struct given){.kind = GIVEN_DECLARED};
            return STATUS_OK;
        }
        return scale_read(reading, question, value);
    case QUESTION_NUMBER:
        return number_read(reading, question, value);
    case QUESTION_POINTS:
        return points_read(reading, question, value);
    case QUESTION_CHOICE:
    case QUESTION_CHOICES:
        return option_read(reading, question, value);
    case QUESTION_TEXT:
        return text_read(reading, question, value);
    case QUESTION_CODE:
        return fragment_read(reading, question, value);
    case QUESTION_KIND_COUNT:
    default:
        return STATUS_OK;
    }
}

static enum status field_read(struct field_reading *reading, const struct form_field *field)
{
    struct span value = span_trim(field->value);
    if (field->name.length > 0 && field->name.at[0] == '_')
        return STATUS_OK;
    uint32_t question = question_find(reading, field->name);
    if (question == UINT32_MAX)
        return whole_wrong(reading, "form.problem.unknown", field->name);
    const struct question *asked = &reading->form->questions[question];
    if (reading->seen[question] && asked->kind != QUESTION_CHOICES)
        return question_wrong(reading, question, "form.problem.twice", "");
    if (!asked->asked && value.length > 0)
        return question_wrong(reading, question, "form.problem.not_asked", "");
    reading->seen[question] = true;
    return value.length > 0 ? value_read(reading, question, value) : STATUS_OK;
}

/* Points of all dimensions, or none; together 100. */
static enum status points_check(struct field_reading *reading)
{
    int64_t sum = 0;
    uint32_t asked = 0, given = 0, last = 0;
    for (uint32_t i = 0; i < reading->form->question_count; i++) {
        if (reading->form->questions[i].kind != QUESTION_POINTS)
            continue;
        asked++;
        last = i;
        given += reading->given[i].kind == GIVEN_NUMBER;
        sum += reading->given[i].kind == GIVEN_NUMBER ? reading->given[i].number : 0;
    }
    if (given == 0 || (given == asked && sum == 100))
        return STATUS_OK;
    return question_wrong(reading, last, "form.problem.points_sum", "100");
}

static enum status fragments_check(struct field_reading *reading)
{
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < reading->form->question_count && !status; i++) {
        const struct question *question = &reading->form->questions[i];
        if (question->kind == QUESTION_CODE && reading->fragments[question->of].length == 0)
            status = question_wrong(reading, i, "form.problem.code", "");
    }
    return status;
}

static enum status reading_begin(struct ctx *ctx, const struct form *form, struct field_reading *out)
{
    size_t count = form->question_count + 1u;
    *out = (struct field_reading){.ctx = ctx, .form = form};
    out->given = arena_array(ctx->arena, count, sizeof *out->given);
    out->seen = arena_array(ctx->arena, count, sizeof *out->seen);
    out->sentences = arena_array(ctx->arena, count, sizeof *out->sentences);
    out->whole_sentences = arena_array(ctx->arena, WHOLE_SENTENCES_MAX, sizeof *out->whole_sentences);
    out->fragments = arena_array(ctx->arena, form->collection->fragment_count + 1u, sizeof *out->fragments);
    if (!out->given || !out->seen || !out->sentences || !out->whole_sentences || !out->fragments)
        return ctx_no_memory(ctx);
    for (uint32_t i = 0; i < form->question_count; i++)
        if (!form->questions[i].asked)
            out->given[i].kind = GIVEN_NOT_ASKED;
    return STATUS_OK;
}

static enum status reading_end(const struct field_reading *reading, struct form_reading *out)
{
    const struct form *form = reading->form;
    size_t count = 0;
    struct form_problem *problems =
        arena_array(reading->ctx->arena, form->question_count + reading->whole_count + 1u, sizeof *problems);
    if (!problems)
        return ctx_no_memory(reading->ctx);
    bool code_asked = false;
    for (size_t i = 0; i < reading->whole_count; i++)
        problems[count++] = (struct form_problem){.question = UINT32_MAX, .sentence = reading->whole_sentences[i]};
    for (uint32_t i = 0; i < form->question_count; i++) {
        code_asked = code_asked || form->questions[i].kind == QUESTION_CODE;
        if (reading->sentences[i])
            problems[count++] = (struct form_problem){.question = i, .sentence = reading->sentences[i]};
    }
    *out = (struct form_reading){.filling = {.given = reading->given, .count = form->question_count},
                                 .problems = problems,
                                 .problem_count = count,
                                 .fragments = code_asked ? reading->fragments : NULL};
    return STATUS_OK;
}

enum status form_read(struct ctx *ctx, const struct form *form, const struct form_field *fields, size_t count,
                      struct form_reading *out)
{
    struct field_reading reading;
    enum status status = reading_begin(ctx, form, &reading);
    for (size_t i = 0; i < count && !status; i++)
        status = field_read(&reading, &fields[i]);
    if (!status)
        status = points_check(&reading);
    if (!status)
        status = fragments_check(&reading);
    return status ? status : reading_end(&reading, out);
}

/* The code given to an item on a standard; 0 when there is none. */
static uint32_t standard_code(const struct form *form, const struct filling *filling, uint32_t item, enum standard standard)
{
    for (uint32_t i = 0; i < form->question_count; i++) {
        const struct question *question = &form->questions[i];
        if (question->kind == QUESTION_RATING && question->of == item && question->standard == standard)
            return filling->given[i].kind == GIVEN_CODE ? (uint32_t)filling->given[i].number : 0;
    }
    return 0;
}

/* Does the one that should be lower stand above the other? */
static bool inverted(uint32_t lower, uint32_t upper, bool reverse)
{
    return lower && upper && (reverse ? lower < upper : lower > upper);
}

static bool item_inverted(const struct form *form, const struct filling *filling, uint32_t item)
{
    bool reverse = form->study->items[item].reverse;
    uint32_t minimum = standard_code(form, filling, item, STANDARD_MINIMUM);
    uint32_t desired = standard_code(form, filling, item, STANDARD_DESIRED);
    uint32_t expected = standard_code(form, filling, item, STANDARD_EXPECTATION);
    return inverted(minimum, desired, reverse) || inverted(expected, desired, reverse) ||
           (form->study->expectation == EXPECTATION_WILL && inverted(minimum, expected, reverse));
}

enum status form_inversions(struct ctx *ctx, const struct form *form, const struct filling *filling, const uint32_t **items,
                            size_t *count)
{
    *count = 0;
    *items = NULL;
    /* Only forms that ask more than one standard can be inverted; most do not. */
    unsigned standards = 0;
    for (uint32_t i = 0; i < form->question_count; i++)
        if (form->questions[i].kind == QUESTION_RATING)
            standards |= 1u << form->questions[i].standard;
    const unsigned ordered = 1u << STANDARD_EXPECTATION | 1u << STANDARD_DESIRED | 1u << STANDARD_MINIMUM;
    if (!((standards & ordered) & ((standards & ordered) - 1u)))
        return STATUS_OK;
    uint32_t *list = arena_array(ctx->arena, form->study->item_count + 1u, sizeof *list);
    if (!list)
        return ctx_no_memory(ctx);
    for (uint32_t item = 0; item < form->study->item_count; item++)
        if (item_inverted(form, filling, item))
            list[(*count)++] = item;
    *items = list;
    return STATUS_OK;
}
