/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Laws of packed answers: bytes that are no filling are refused with STATUS_DATA; what is read packs into the same bytes again. */
#include <stdint.h>
#include <stdlib.h>

#include "model/form.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

enum { QUESTIONS = 12 };

static void demand(int law)
{
    if (!law)
        abort();
}

static void check_given(const struct question *question, const struct given *given)
{
    size_t bad = 0;
    if (given->kind == GIVEN_CODE)
        demand(given->number >= 1 && given->number <= (question->scale ? question->scale->steps : question->option_count));
    if (given->kind == GIVEN_TEXT)
        demand(question->kind == QUESTION_TEXT && text_utf8_valid(given->text, &bad));
    if (given->kind == GIVEN_SET)
        demand(question->kind == QUESTION_CHOICES && given->number >= 0 && given->number < (1 << question->option_count));
    if (given->kind == GIVEN_NUMBER)
        demand(question->kind == QUESTION_NUMBER || question->kind == QUESTION_POINTS);
    demand(question->kind != QUESTION_CODE || given->kind == GIVEN_NOTHING);
}

/* The first byte chooses how wide the scale is, the others are what was stored. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static const enum question_kind kinds[QUESTIONS] = {QUESTION_RATING, QUESTION_RATING, QUESTION_OUTCOME, QUESTION_NUMBER,
                                                        QUESTION_POINTS, QUESTION_CHOICE, QUESTION_CHOICE,  QUESTION_CHOICES,
                                                        QUESTION_TEXT,   QUESTION_TEXT,   QUESTION_CODE,    QUESTION_NUMBER};
    static const char *const options[] = {"a", "b", "c"};
    struct ctx ctx = {.threads = 1};
    struct question questions[QUESTIONS] = {{.kind = QUESTION_RATING}};
    struct filling filling;
    struct span again;
    if (length == 0)
        return 0;
    const struct scale scale = {.id = "s", .steps = bytes[0] & 1 ? 5 : 1000};
    for (unsigned i = 0; i < QUESTIONS; i++)
        questions[i] = (struct question){.kind = kinds[i],
                                         .scale = kinds[i] <= QUESTION_OUTCOME ? &scale : NULL,
                                         .options = options,
                                         .option_count = kinds[i] > QUESTION_OUTCOME ? 3 : 0};
    const struct form form = {.questions = questions, .question_count = QUESTIONS};
    const struct span stored = {(const char *)bytes + 1, length - 1};
    demand(arena_create(NULL, &ctx.arena) == STATUS_OK);
    enum status status = filling_unpack(&ctx, &form, stored, &filling);
    demand(status == STATUS_OK || status == STATUS_DATA);
    if (status == STATUS_OK) {
        demand(filling.count == QUESTIONS);
        for (unsigned i = 0; i < QUESTIONS; i++)
            check_given(&questions[i], &filling.given[i]);
        demand(filling_pack(&ctx, &form, &filling, &again) == STATUS_OK);
        demand(span_equal(stored, again));
    }
    arena_destroy(ctx.arena);
    return 0;
}
