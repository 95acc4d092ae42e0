/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/time/shared_people.h"

#include <math.h>
#include <stdlib.h>

#include "measure/case_columns.h"

/* One person's gap in one wave. */
struct person {
    uint64_t key;
    double value;
};

/* The people of one wave, sorted by key, each once. */
struct people {
    struct person *at;
    size_t count;
};

/* By key, then by value, so that sums over one person do not depend on the order of rows. */
static int person_compare(const void *a, const void *b)
{
    const struct person *first = a, *second = b;
    if (first->key != second->key)
        return first->key < second->key ? -1 : 1;
    return (first->value > second->value) - (first->value < second->value);
}

/* The variable that is a person's gap about a subject. */
static struct case_variable subject_variable(const struct study *study, const struct subject *subject)
{
    struct case_variable variable = {.index = subject->index, .gap = true};
    if (subject->kind == SUBJECT_DIMENSION)
        variable.of = CASE_DIMENSION;
    else if (subject->kind == SUBJECT_ITEM)
        variable.of = CASE_ITEM;
    else
        variable.of = study->dimension_count ? CASE_OVERALL : CASE_ITEMS_MEAN;
    return variable;
}

/* What tells a person from others in both waves.
 * takes   marks  the two waves stand in two files */
static uint64_t person_key(const struct answers *answers, uint32_t encounter, bool marks)
{
    uint32_t respondent = answers_respondent_of(answers, encounter);
    return marks ? answers_respondent_mark(answers, respondent) : respondent;
}

/* Leaves one entry for each person, with the mean of theirs. */
static size_t people_merge(struct person *at, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count;) {
        size_t end = i;
        double sum = 0;
        for (; end < count && at[end].key == at[i].key; end++)
            sum += at[end].value;
        at[kept++] = (struct person){at[i].key, sum / (double)(end - i)};
        i = end;
    }
    return kept;
}

/* fails   STATUS_MEMORY */
static enum status people_gather(struct ctx *ctx, const struct wave_side *side, const struct subject *subject, bool marks,
                                 struct people *out)
{
    struct case_variable variable = subject_variable(side->measuring->pairs->study, subject);
    struct case_matrix matrix = {.rows = 0};
    enum status status = case_matrix_make(ctx, side->measuring, side->group, &variable, 1, &matrix);
    if (status)
        return status;
    *out = (struct people){arena_array(ctx->arena, matrix.rows + 1, sizeof *out->at), 0};
    if (!out->at)
        return ctx_no_memory(ctx);
    for (size_t i = 0; i < matrix.rows; i++)
        out->at[i] = (struct person){person_key(side->measuring->pairs->answers, matrix.cases[i], marks), matrix.values[i]};
    qsort(out->at, matrix.rows, sizeof *out->at, person_compare);
    out->count = people_merge(out->at, matrix.rows);
    return STATUS_OK;
}

/* The two values of one person. */
struct both {
    double first, second;
};

/* By value, so that sums do not depend on who is who. */
static int both_compare(const void *a, const void *b)
{
    const struct both *x = a, *y = b;
    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    return (x->second > y->second) - (x->second < y->second);
}

/* Pearson's correlation; 0 where there is none. */
static double both_correlation(const struct both *both, size_t count)
{
    double n = (double)count, first = 0, second = 0, xx = 0, yy = 0, xy = 0;
    for (size_t i = 0; i < count; i++) {
        first += both[i].first / n;
        second += both[i].second / n;
    }
    for (size_t i = 0; i < count; i++) {
        double x = both[i].first - first, y = both[i].second - second;
        xx += x * x;
        yy += y * y;
        xy += x * y;
    }
    if (count < 3 || xx <= 1e-20 * n || yy <= 1e-20 * n)
        return 0;
    return fmax(-1, fmin(1, xy / sqrt(xx) / sqrt(yy)));
}

enum status people_overlap(struct ctx *ctx, const struct wave_side *first, const struct wave_side *second,
                           const struct subject *subject, struct wave_overlap *out)
{
    const struct answers *old = first->measuring->pairs->answers, *new = second->measuring->pairs->answers;
    bool marks = old != new;
    *out = (struct wave_overlap){.n_both = 0};
    if (marks ? !answers_are_named(old) || !answers_are_named(new) : !first->measuring->pairs->repeats)
        return STATUS_OK;
    struct people a, b;
    enum status status = people_gather(ctx, first, subject, marks, &a);
    if (!status)
        status = people_gather(ctx, second, subject, marks, &b);
    if (status)
        return status;
    struct both *both = arena_array(ctx->arena, (a.count < b.count ? a.count : b.count) + 1, sizeof *both);
    if (!both)
        return ctx_no_memory(ctx);
    size_t count = 0;
    for (size_t i = 0, j = 0; i < a.count && j < b.count;) {
        if (a.at[i].key == b.at[j].key)
            both[count++] = (struct both){a.at[i++].value, b.at[j++].value};
        else if (a.at[i].key < b.at[j].key)
            i++;
        else
            j++;
    }
    qsort(both, count, sizeof *both, both_compare);
    *out = (struct wave_overlap){.n_first = (double)a.count,
                                 .n_second = (double)b.count,
                                 .n_both = (double)count,
                                 .correlation = both_correlation(both, count)};
    return STATUS_OK;
}
