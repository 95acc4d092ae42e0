/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Laws of reading a form: any fields are read without a failure; what was understood fits its question, packs, and unpacks equal;
 * what was not is told in words. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "formats/form_fields.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

enum { QUESTIONS = 13, FIELDS_MAX = 64, ITEMS = 2 };

static const struct scale five = {.id = "s", .min = {1, 0}, .max = {5, 0}, .step = {1, 0}, .steps = 5};
static const struct scale halves = {.id = "h", .min = {0, 1}, .max = {100, 1}, .step = {5, 1}, .steps = 21};
static const char *const options[] = {"f", "m", "other"}, *const option_texts[] = {"Female", "Male", "other"};
static const struct outcome outcomes[] = {{.name = "spend", .kind = OUTCOME_REAL, .decimals = 2}};
static const struct item items[ITEMS] = {{.id = "q1"}, {.id = "q2", .reverse = true}};
static const struct study study = {.items = items, .item_count = ITEMS, .columns = {.outcomes = outcomes, .outcome_count = 1}};
static const struct collection collection = {.language = "en", .fragment_count = 1};
static const struct question questions[QUESTIONS] = {
    {.kind = QUESTION_CODE, .field = "code.m", .asked = true},
    {.kind = QUESTION_RATING, .field = "expectation.q1", .scale = &five, .asked = true},
    {.kind = QUESTION_RATING, .field = "minimum.q1", .standard = STANDARD_MINIMUM, .scale = &five, .asked = true},
    {.kind = QUESTION_RATING, .field = "desired.q1", .standard = STANDARD_DESIRED, .scale = &five, .asked = true},
    {.kind = QUESTION_RATING, .field = "desired.q2", .standard = STANDARD_DESIRED, .of = 1, .scale = &five, .asked = false},
    {.kind = QUESTION_OUTCOME, .field = "outcome.s", .scale = &halves, .asked = true},
    {.kind = QUESTION_NUMBER, .field = "outcome.spend", .asked = true},
    {.kind = QUESTION_POINTS, .field = "points.a", .asked = true},
    {.kind = QUESTION_POINTS, .field = "points.b", .of = 1, .asked = true},
    {.kind = QUESTION_CHOICE,
     .field = "segment.sex",
     .options = options,
     .option_texts = option_texts,
     .option_count = 3,
     .asked = true},
    {.kind = QUESTION_CHOICES,
     .field = "sources",
     .options = options,
     .option_texts = option_texts,
     .option_count = 3,
     .asked = true},
    {.kind = QUESTION_TEXT, .field = "noticed", .asked = true},
    {.kind = QUESTION_TEXT, .field = "comment.why", .asked = true},
};

static void demand(int law)
{
    if (!law)
        abort();
}

/* "name=value&name=value", as the bytes are, without any decoding. */
static size_t fields_cut(struct span text, struct form_field fields[FIELDS_MAX])
{
    size_t count = 0;
    while (text.length > 0 && count < FIELDS_MAX) {
        const char *end = memchr(text.at, '&', text.length);
        size_t length = end ? (size_t)(end - text.at) : text.length, skip = length + (end ? 1u : 0u);
        const char *equal = memchr(text.at, '=', length);
        size_t name = equal ? (size_t)(equal - text.at) : length, before = equal ? name + 1u : length;
        fields[count++] = (struct form_field){{text.at, name}, {text.at + before, length - before}};
        text = (struct span){text.at + skip, text.length - skip};
    }
    return count;
}

static void check_problems(const struct form_reading *reading)
{
    size_t bad = 0;
    for (size_t i = 0; i < reading->problem_count; i++) {
        const struct form_problem *problem = &reading->problems[i];
        demand(problem->question == UINT32_MAX || problem->question < QUESTIONS);
        demand(problem->sentence[0] != '\0' && text_utf8_valid(span_of(problem->sentence), &bad));
        if (problem->question < QUESTIONS)
            demand(reading->filling.given[problem->question].kind == GIVEN_NOTHING);
    }
}

static void check_filling(struct ctx *ctx, const struct form *form, const struct form_reading *reading)
{
    struct span packed, again;
    struct filling back;
    const uint32_t *inverted = NULL;
    size_t count = 0;
    const struct given *a = &reading->filling.given[7], *b = &reading->filling.given[8];
    bool told = reading->problem_count > 0;
    demand(told || (a->kind == GIVEN_NOTHING && b->kind == GIVEN_NOTHING) || a->number + b->number == 100);
    demand(told || reading->fragments[0].length > 0);
    demand(filling_pack(ctx, form, &reading->filling, &packed) == STATUS_OK);
    demand(filling_unpack(ctx, form, packed, &back) == STATUS_OK);
    demand(filling_pack(ctx, form, &back, &again) == STATUS_OK);
    demand(span_equal(packed, again));
    for (unsigned i = 1; i < QUESTIONS; i++)
        demand(back.given[i].kind == reading->filling.given[i].kind && back.given[i].number == reading->filling.given[i].number &&
               span_equal(back.given[i].text, reading->filling.given[i].text));
    demand(form_inversions(ctx, form, &reading->filling, &inverted, &count) == STATUS_OK);
    demand(count <= ITEMS);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static const char *const languages[] = {"en", "de", "ar"};
    struct ctx ctx = {.threads = 1};
    struct form_field fields[FIELDS_MAX];
    struct form_reading reading;
    if (length == 0)
        return 0;
    const struct form form = {.study = &study,
                              .collection = &collection,
                              .language = languages[bytes[0] % 3],
                              .questions = questions,
                              .question_count = QUESTIONS};
    size_t count = fields_cut((struct span){(const char *)bytes + 1, length - 1}, fields);
    demand(arena_create(NULL, &ctx.arena) == STATUS_OK);
    demand(form_read(&ctx, &form, fields, count, &reading) == STATUS_OK);
    demand(reading.filling.count == QUESTIONS);
    check_problems(&reading);
    check_filling(&ctx, &form, &reading);
    arena_destroy(ctx.arena);
    return 0;
}
