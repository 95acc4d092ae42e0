/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/intern.h"
#include "base/limits.h"
#include "measure/comment/comment_people.h"
#include "measure/comment/comment_words.h"
#include "measure/family.h"
#include "measure/group_row.h"
#include "numeric/keyness.h"

#define TERMS_MOST   200u /* the words used by most people */
#define PEOPLE_LEAST 2u   /* a word of one person tells nothing of others */

enum { TERM, N, N_SHORT, N_OTHERS, G2, P, P_HOLM, LOG_ODDS, Z, SIDE, COLUMNS };

static const struct column columns[COLUMNS] = {
    [TERM] = {"term", "Word", "", "A word of the comments, in small letters, as it was written.", 0, COLUMN_KEY, true, false},
    [N] = {"n", "n", "people", "People who use it; each counts once, however often.", 0, COLUMN_COUNT, true, false},
    [N_SHORT] = {"n_short", "Got less", "people", "Of these, people who got less than they expected overall.", 0, COLUMN_COUNT,
                 true, false},
    [N_OTHERS] = {"n_others", "Others", "people", "Of these, people who got as much or more.", 0, COLUMN_COUNT, true, false},
    [G2] = {"g2", "G²", "chi-square", "Log-likelihood ratio: how unlikely the difference is if both used it alike.", 1,
            COLUMN_NUMBER, true, false},
    [P] = {"p", "p", "probability", "p of G² on one degree of freedom.", 3, COLUMN_NUMBER, false, false},
    [P_HOLM] = {"p_holm", "p, all rows", "probability", "The same, adjusted for all words of the table.", 3, COLUMN_NUMBER, false,
                false},
    [LOG_ODDS] = {"log_odds", "Log-odds", "logits",
                  "Log-odds of the word among those who got less, less that of the others, drawn "
                  "towards 0 by what both say together.",
                  2, COLUMN_NUMBER, false, false},
    [Z] = {"z", "z", "standard errors", "The same in standard errors.", 1, COLUMN_NUMBER, true, false},
    [SIDE] = {"side", "Used more by", "",
              "short: those who got less than expected. others: those who did not. undecided: no "
              "difference is shown.",
              0, COLUMN_WORD, true, false},
};

/* A word, and who uses it. */
struct term {
    uint32_t number;
    uint64_t people, of_side[3]; /* by enum comment_side */
    size_t last;                 /* the person who used it last, from 1 */
};

struct term_list {
    struct intern *words;
    struct term *terms; /* [capacity] */
    size_t capacity;
    uint64_t uses[3]; /* of all words, by side */
};

/* Room for a word of this number. */
static enum status terms_reserve(struct ctx *ctx, struct term_list *list, uint32_t number)
{
    if (number < list->capacity)
        return STATUS_OK;
    size_t capacity = list->capacity ? list->capacity * 2 : 1024;
    struct term *grown = arena_array(ctx->arena, capacity, sizeof *grown);
    if (!grown)
        return ctx_no_memory(ctx);
    if (list->terms)
        memcpy(grown, list->terms, list->capacity * sizeof *grown);
    list->terms = grown;
    list->capacity = capacity;
    return STATUS_OK;
}

/* The words of one comment; those that the person used before are passed over.
 * takes   person  from 1 */
static enum status comment_add(struct ctx *ctx, struct term_list *list, const char *text, size_t person, enum comment_side side)
{
    char word[WORD_BYTES];
    struct span rest = span_of(text);
    for (size_t length = comment_word_next(&rest, word); length; length = comment_word_next(&rest, word)) {
        uint32_t number = 0;
        bool fresh = false;
        if (intern_add(list->words, (struct span){word, length}, &number, &fresh))
            return ctx_no_memory(ctx);
        enum status status = terms_reserve(ctx, list, number);
        if (status)
            return status;
        struct term *term = &list->terms[number];
        if (term->last == person)
            continue;
        term->number = number;
        term->last = person;
        term->people++;
        term->of_side[side]++;
        list->uses[side]++;
    }
    return STATUS_OK;
}

/* The words of all comments, person by person. */
static enum status terms_gather(struct ctx *ctx, const struct comment_people *people, struct term_list *out)
{
    *out = (struct term_list){.terms = NULL};
    size_t person = 0;
    enum status status = intern_create(ctx, ENCOUNTERS_MAX, &out->words);
    for (size_t i = 0; i < people->comment_count && !status; i++) {
        const struct comment *comment = &people->comments[i];
        person += i == 0 || comment->respondent != comment[-1].respondent;
        status = comment_add(ctx, out, comment->text, person, (enum comment_side)people->sides[comment->respondent]);
        if (!status)
            status = ctx_cancelled(ctx);
    }
    return status;
}

/* Those that most people use; then by their bytes, which is done where the words are known. */
static int term_order(const void *a, const void *b)
{
    const struct term *x = a, *y = b;
    if (x->people != y->people)
        return x->people > y->people ? -1 : 1;
    return x->last < y->last ? -1 : x->last > y->last;
}

/* Where each word stands in the order of bytes, in `last`, which is no longer needed. */
struct ranked_word {
    struct span word;
    uint32_t number;
};

/* By their bytes. */
static int word_order(const void *a, const void *b)
{
    return span_compare(((const struct ranked_word *)a)->word, ((const struct ranked_word *)b)->word);
}

/* The words that most people use first. */
static enum status terms_sort(struct ctx *ctx, struct term_list *list)
{
    uint32_t count = intern_count(list->words);
    struct ranked_word *ranked = arena_array(ctx->arena, count + 1u, sizeof *ranked);
    if (!ranked)
        return ctx_no_memory(ctx);
    for (uint32_t i = 0; i < count; i++)
        ranked[i] = (struct ranked_word){intern_text(list->words, i), i};
    qsort(ranked, count, sizeof *ranked, word_order);
    for (uint32_t i = 0; i < count; i++)
        list->terms[ranked[i].number].last = i;
    if (count)
        qsort(list->terms, count, sizeof *list->terms, term_order);
    return STATUS_OK;
}

/* The cells of a word.
 * blank   one side wrote nothing -> too_few
 * source  Dunning 1993; Monroe, Colaresi & Quinn 2008   [F118] */
static void term_fill(const struct term_list *list, const struct term *term, struct value *values)
{
    const struct word_use use = {.first = term->of_side[SIDE_SHORT],
                                 .second = term->of_side[SIDE_OTHER],
                                 .first_all = list->uses[SIDE_SHORT],
                                 .second_all = list->uses[SIDE_OTHER]};
    struct keyness found = {0};
    enum undefined undefined = keyness_find(&use, intern_count(list->words), &found);
    values[N] = value_count(term->people);
    values[N_SHORT] = value_count(use.first);
    values[N_OTHERS] = value_count(use.second);
    values[G2] = value_of(undefined, found.g2);
    values[P] = value_of(undefined, found.p);
    values[LOG_ODDS] = value_of(undefined, found.log_odds);
    values[Z] = value_of(undefined, found.z);
}

/* The row of a word. */
static enum status term_row(struct ctx *ctx, const struct measuring *measuring, struct table *table, const struct term_list *list,
                            const struct term *term)
{
    struct row *row = NULL;
    struct span word = intern_text(list->words, term->number);
    const char *text = arena_copy(ctx->arena, word);
    enum status status = text ? group_row_add(ctx, measuring, table, 0, table->row_count, &row) : ctx_no_memory(ctx);
    if (status)
        return status;
    row->support = term->people;
    row->values[TERM] = value_text(text);
    term_fill(list, term, row->values);
    return STATUS_OK;
}

/* Whose word it is, by the adjusted p. */
static struct value side_of(const struct value *values, double confidence)
{
    if (values[P_HOLM].kind != VALUE_NUMBER)
        return values[P_HOLM];
    if (values[P_HOLM].number >= 1 - confidence)
        return value_text("undecided");
    return value_text(values[Z].number > 0 ? "short" : "others");
}

/* A row for each word that several people use, of everyone.
 * source  Dunning 1993; Monroe, Colaresi & Quinn 2008; Holm 1979   [F118, F26]
 * fails   STATUS_MEMORY
 * proof   tests/measure/comment/comment_terms_test.c */
static enum status comment_terms_run(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    struct comment_people people;
    struct term_list list;
    if (!measuring->set->group_count)
        return STATUS_OK;
    enum status status = comment_people_gather(ctx, measuring, &people);
    if (!status)
        status = terms_gather(ctx, &people, &list);
    if (!status)
        status = terms_sort(ctx, &list);
    for (uint32_t i = 0; !status && i < intern_count(list.words) && i < TERMS_MOST && list.terms[i].people >= PEOPLE_LEAST; i++) {
        status = term_row(ctx, measuring, table, &list, &list.terms[i]);
        if (!status)
            table->rows[table->row_count - 1].group_size = people.people;
    }
    if (!status)
        status = family_adjust(ctx, table, P, P_HOLM);
    for (uint32_t r = 0; r < table->row_count && !status; r++)
        table->rows[r].values[SIDE] = side_of(table->rows[r].values, measuring->confidence);
    return status;
}

const struct measure measure_comment_terms = {
    .name = "comment_terms",
    .title = "Words of comments",
    .meaning =
        "Which words people use, and which are used more by those who got less than they expected. A word stands as it was "
        "written; no stem is made of it.",
    .formula = "F118, F26",
    .source = "Dunning 1993; Monroe, Colaresi & Quinn 2008; Holm 1979",
    .example = "gapmeter analyze answers.csv --study study.json --table comment_terms",
    .needs = NEED_CASES,
    .comments = true,
    .words = true,
    .minimum_n = 10,
    .by_default = false,
    .by = BY_EVERYONE,
    .order = 270,
    .columns = columns,
    .column_count = COLUMNS,
    .run = comment_terms_run,
};
