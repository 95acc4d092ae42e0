/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/problem.h"

#include <assert.h>
#include <string.h>

#include "base/limits.h"

struct kind_row {
    const char *words;    /* what check prints beside its count */
    const char *sentence; /* what stands between the value and the accepted ones */
    bool shows_value;
};

static const struct kind_row kind_rows[PROBLEM_KIND_COUNT] = {
    [PROBLEM_OUT_OF_RANGE] = {"value outside the scale", "is outside the scale", true},
    [PROBLEM_NOT_A_NUMBER] = {"text where a number or a label is expected", "is not an answer", true},
    [PROBLEM_RAGGED] = {"more or fewer cells than the header", "this row has not as many cells as the header", false},
    [PROBLEM_QUOTE] = {"quote that is not closed, or text after it", "the quotes do not fit", false},
    [PROBLEM_ENCODING] = {"bytes that are not text", "these bytes are not text", true},
    [PROBLEM_TOO_LONG] = {"cell or line above its limit", "this is too long", false},
    [PROBLEM_DUPLICATE] = {"respondent or encounter that comes twice", "this respondent or encounter comes a second time", false},
    [PROBLEM_NO_KEY] = {"empty key", "this key is empty", false},
    [PROBLEM_WEIGHT] = {"weight that is not above 0, or too large", "is not a weight", true},
    [PROBLEM_UNKNOWN_ITEM] = {"unknown item or standard", "is not in the study", true},
    [PROBLEM_REPEATED_ANSWER] = {"same answer twice with different values", "differs from an earlier row of the same encounter",
                                 true},
    [PROBLEM_DATE] = {"text that is no date", "is not a date here", true},
    [PROBLEM_ORDER] = {"place of a moment that is no whole number", "is not a place in an order", true},
    [PROBLEM_ARM] = {"unknown arm of the study", "names no arm of the study", true},
    [PROBLEM_SOURCE] = {"unknown source of expectations", "names no source of expectations", true},
};

const char *problem_kind_words(enum problem_kind kind)
{
    assert(kind < PROBLEM_KIND_COUNT);
    return kind_rows[kind].words;
}

enum status problems_init(struct ctx *ctx, struct problems *problems, bool all)
{
    *problems = (struct problems){.keep = all ? PROBLEMS_KEPT : PROBLEMS_LISTED, .stop_when_full = !all};
    problems->kept = arena_array(ctx->arena, problems->keep, sizeof *problems->kept);
    return problems->kept == NULL ? ctx_no_memory(ctx) : STATUS_OK;
}

enum status problems_add(struct problems *problems, const struct problem *problem)
{
    assert(problem->kind < PROBLEM_KIND_COUNT);
    problems->count[problem->kind]++;
    problems->total++;
    if (problems->kept_count < problems->keep)
        problems->kept[problems->kept_count++] = *problem;
    return problems->stop_when_full && problems->kept_count == problems->keep ? STATUS_DATA : STATUS_OK;
}

/* The text so far, cut where the room ends. */
struct sentence {
    char *into;
    size_t size;
    size_t length;
};

static void say(struct sentence *sentence, const char *text)
{
    size_t room = sentence->size - 1 - sentence->length;
    size_t length = strlen(text) < room ? strlen(text) : room;
    memcpy(sentence->into + sentence->length, text, length);
    sentence->length += length;
    sentence->into[sentence->length] = '\0';
}

void problem_format(const struct problem *problem, char *into, size_t size)
{
    assert(problem->kind < PROBLEM_KIND_COUNT && size >= PROBLEM_SENTENCE_BYTES);
    const struct kind_row *row = &kind_rows[problem->kind];
    struct sentence sentence = {into, size, 0};
    char place[512];
    place_format(&problem->place, place, sizeof place);
    /* A sentence that begins with its row begins with a capital; a file keeps its name. */
    if (problem->place.file[0] == '\0' && place[0] == 'r')
        place[0] = 'R';
    say(&sentence, place);
    if (row->shows_value) {
        say(&sentence, problem->value[0] == '\0' ? "an empty cell" : problem->value);
        say(&sentence, " ");
    }
    say(&sentence, row->sentence);
    if (problem->accepted[0] != '\0') {
        say(&sentence, " (accepted: ");
        say(&sentence, problem->accepted);
        say(&sentence, ")");
    }
    say(&sentence, ".");
    if (problem->advice[0] != '\0') {
        say(&sentence, " If it means \"no answer\", list it under missing in the study file: ");
        say(&sentence, problem->advice);
    }
}
