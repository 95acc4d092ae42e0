/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/form_fields.h"

#include <string.h>

#include "base/limits.h"
#include "base/out.h"
#include "formats/form_fragment.h"
#include "formats/form_number.h"
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

/* Points are shared out completely. */
enum { POINTS_ALL = 100 };

static enum status sentence_make(struct field_reading *reading, const char *key, const struct phrase_word *words,
                                 const char **out)
{
    return phrase_make(reading->ctx, reading->form->language, key, words, out);
}

/* The first thing that is wrong with a question is told. */
static enum status question_wrong(struct field_reading *reading, uint32_t question, const char *key,
                                  const struct phrase_word *words)
{
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

static enum status scale_wrong(struct field_reading *reading, uint32_t question, const struct scale *scale)
{
    char least[32], most[32], step[32];
    decimal_format(scale->min, least, sizeof least);
    decimal_format(scale->max, most, sizeof most);
    decimal_format(scale->step, step, sizeof step);
    const struct phrase_word words[] = {{"least", least}, {"most", most}, {"step", step}, {NULL, NULL}};
    bool whole = decimal_compare(scale->step, (struct decimal){1, 0}) == 0;
    return question_wrong(reading, question, whole ? "form.problem.scale" : "form.problem.scale.step", words);
}

static enum status scale_read(struct field_reading *reading, uint32_t question, struct span value)
{
    const struct scale *scale = reading->form->questions[question].scale;
    struct decimal number;
    uint32_t code = form_number(value, &number) ? scale_code(scale, number) : 0;
    if (code == 0)
        return scale_wrong(reading, question, scale);
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

/* "f (Female), m (Male)": programs have to send the value, people know how it reads. */
static enum status options_list(struct field_reading *reading, const struct question *question, const char **out)
{
    struct out *text = NULL;
    enum status status = out_open_memory(reading->ctx, &text);
    if (status)
        return status;
    for (uint32_t i = 0; i < question->option_count; i++) {
        bool same = strcmp(question->options[i], question->option_texts[i]) == 0;
        out_format(text, "%s%s", i ? ", " : "", question->options[i]);
        if (!same)
            out_format(text, " (%s)", question->option_texts[i]);
    }
    return out_copy(reading->ctx, text, out);
}

static enum status option_read(struct field_reading *reading, uint32_t question, struct span value)
{
    const struct question *asked = &reading->form->questions[question];
    struct given *given = &reading->given[question];
    uint32_t option = option_find(asked, value);
    const char *accepted = NULL;
    if (option == asked->option_count) {
        enum status status = options_list(reading, asked, &accepted);
        const struct phrase_word words[] = {{"accepted", accepted}, {NULL, NULL}};
        return status ? status : question_wrong(reading, question, "form.problem.option", words);
    }
    if (asked->kind == QUESTION_CHOICE)
        *given = (struct given){.kind = GIVEN_CODE, .number = (int64_t)option + 1};
    else
        *given = (struct given){.kind = GIVEN_SET, .number = given->number | (INT64_C(1) << option)};
    return STATUS_OK;
}

/* A field for each option, as browsers send them, or all in one with commas between: "staff,price". */
static enum status options_read(struct field_reading *reading, uint32_t question, struct span value)
{
    enum status status = STATUS_OK;
    while (value.length > 0 && !status && !reading->sentences[question]) {
        const char *comma = memchr(value.at, ',', value.length);
        size_t length = comma ? (size_t)(comma - value.at) : value.length;
        size_t skip = length + (comma ? 1u : 0u);
        status = option_read(reading, question, span_trim((struct span){value.at, length}));
        value = (struct span){value.at + skip, value.length - skip};
    }
    return status;
}

static enum status number_read(struct field_reading *reading, uint32_t question, struct span value)
{
    const struct question *asked = &reading->form->questions[question];
    const struct outcome *outcome = &reading->form->study->columns.outcomes[asked->of];
    struct decimal number;
    char decimals[48];
    number_format_fixed(outcome->decimals, 0, decimals, sizeof decimals);
    const struct phrase_word words[] = {{"decimals", decimals}, {NULL, NULL}};
    /* More decimals than are kept are refused, not rounded: "1,234" may have meant a thousand. */
    if (!form_number(value, &number) || number.places > outcome->decimals || !decimal_rescale(number, outcome->decimals, &number))
        return question_wrong(reading, question, outcome->decimals > 0 ? "form.problem.number.decimals" : "form.problem.number",
                              words);
    reading->given[question] = (struct given){.kind = GIVEN_NUMBER, .number = number.units};
    return STATUS_OK;
}

static enum status points_read(struct field_reading *reading, uint32_t question, struct span value)
{
    struct decimal number;
    if (!form_number(value, &number) || number.places > 0 || number.units < 0 || number.units > POINTS_ALL)
        return question_wrong(reading, question, "form.problem.points", NULL);
    reading->given[question] = (struct given){.kind = GIVEN_NUMBER, .number = number.units};
    return STATUS_OK;
}

/* Letters of a text as a browser counts them: a line break is one, however it is sent. */
static size_t letters_count(struct span text, bool *control)
{
    size_t letters = 0;
    unsigned letter = 0;
    for (size_t took = text_utf8_decode(text, &letter); took > 0; took = text_utf8_decode(text, &letter)) {
        *control = *control || letter == 0x7F || (letter < 0x20 && letter != '\n' && letter != '\r' && letter != '\t');
        letters += letter != '\r';
        text = (struct span){text.at + took, text.length - took};
    }
    return letters;
}

/* Browsers send each line break as CR LF; one way to write it is kept. */
static enum status lines_unify(struct ctx *ctx, struct span *text)
{
    if (!memchr(text->at, '\r', text->length))
        return STATUS_OK;
    char *unified = arena_alloc(ctx->arena, text->length);
    size_t length = 0;
    if (!unified)
        return ctx_no_memory(ctx);
    for (size_t i = 0; i < text->length; i++)
        if (text->at[i] != '\r')
            unified[length++] = text->at[i];
        else if (i + 1u == text->length || text->at[i + 1u] != '\n')
            unified[length++] = '\n';
    *text = (struct span){unified, length};
    return STATUS_OK;
}

static enum status text_read(struct field_reading *reading, uint32_t question, struct span value)
{
    char most[48];
    size_t bad = 0;
    bool control = false;
    if (lines_unify(reading->ctx, &value))
        return STATUS_MEMORY;
    number_format_fixed(FORM_TEXT_LETTERS_MAX, 0, most, sizeof most);
    const struct phrase_word words[] = {{"accepted", most}, {NULL, NULL}};
    if (!text_utf8_valid(value, &bad))
        return question_wrong(reading, question, "form.problem.text", NULL);
    if (letters_count(value, &control) > FORM_TEXT_LETTERS_MAX)
        return question_wrong(reading, question, "form.problem.text_long", words);
    if (control)
        return question_wrong(reading, question, "form.problem.text", NULL);
    reading->given[question] = (struct given){.kind = GIVEN_TEXT, .text = value};
    return STATUS_OK;
}

static enum status fragment_read(struct field_reading *reading, uint32_t question, struct span value)
{
    return form_fragment(reading->ctx, value, &reading->fragments[reading->form->questions[question].of]);
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
        return option_read(reading, question, value);
    case QUESTION_CHOICES:
        return options_read(reading, question, value);
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
        return question_wrong(reading, question, "form.problem.twice", NULL);
    if (!asked->asked && value.length > 0)
        return question_wrong(reading, question, "form.problem.not_asked", NULL);
    reading->seen[question] = true;
    return value.length > 0 ? value_read(reading, question, value) : STATUS_OK;
}

/* What the points add up to; -1 when there is nothing to check: none were given, or one of them is wrong itself.
 * gives   *last  the last question of points */
static int64_t points_sum(const struct field_reading *reading, uint32_t *last)
{
    int64_t sum = 0;
    bool given = false, wrong = false;
    for (uint32_t i = 0; i < reading->form->question_count; i++) {
        if (reading->form->questions[i].kind != QUESTION_POINTS)
            continue;
        *last = i;
        given = given || reading->given[i].kind == GIVEN_NUMBER;
        wrong = wrong || reading->sentences[i];
        sum += reading->given[i].kind == GIVEN_NUMBER ? reading->given[i].number : 0;
    }
    return given && !wrong ? sum : -1;
}

/* Together 100, or none at all; what is left open among points that make 100 is 0. */
static enum status points_check(struct field_reading *reading)
{
    uint32_t last = 0;
    int64_t sum = points_sum(reading, &last);
    if (sum == POINTS_ALL) {
        for (uint32_t i = 0; i < reading->form->question_count; i++)
            if (reading->form->questions[i].kind == QUESTION_POINTS && reading->given[i].kind == GIVEN_NOTHING)
                reading->given[i] = (struct given){.kind = GIVEN_NUMBER};
    } else if (sum >= 0) {
        char found[48];
        number_format_fixed((double)sum, 0, found, sizeof found);
        const struct phrase_word words[] = {{"sum", found}, {NULL, NULL}};
        return question_wrong(reading, last, "form.problem.points_sum", words);
    }
    return STATUS_OK;
}

static enum status fragments_check(struct field_reading *reading)
{
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < reading->form->question_count && !status; i++) {
        const struct question *question = &reading->form->questions[i];
        if (question->kind == QUESTION_CODE && reading->fragments[question->of].length == 0)
            status = question_wrong(reading, i, "form.problem.code", NULL);
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
