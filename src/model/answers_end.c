/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/siphash.h"
#include "model/answers_inside.h"

/* The key is the same for ever: marks of last year's file are compared with this year's. */
static uint64_t mark_of(struct span id)
{
    static const uint64_t key[2] = {0x6761706d65746572u, 0x726573706f6e6465u};
    return siphash(key, id);
}

enum status respondents_mark(struct ctx *ctx, struct answers_builder *builder)
{
    for (; builder->mark_count < id_list_count(builder->respondents); builder->mark_count++) {
        char text[ID_LIST_DIGITS];
        enum status status = growing_reserve(ctx, &builder->marks, builder->mark_count, sizeof(uint64_t));
        if (status != STATUS_OK)
            return status;
        ((uint64_t *)builder->marks.at)[builder->mark_count] =
            mark_of(id_list_text(builder->respondents, builder->mark_count, text));
    }
    return STATUS_OK;
}

uint64_t answers_respondent_mark(const struct answers *answers, uint32_t respondent)
{
    char text[ID_LIST_DIGITS];
    if (answers->respondent_marks != NULL)
        return answers->respondent_marks[respondent];
    return mark_of(id_list_write(id_runs_id(answers->respondent_runs, answers->respondent_run_count, respondent), text));
}

static int mark_order(const void *left, const void *right)
{
    const struct missing_mark *a = left, *b = right;
    if (a->encounter != b->encounter)
        return a->encounter < b->encounter ? -1 : 1;
    if (a->slot != b->slot)
        return a->slot < b->slot ? -1 : 1;
    return (int)a->kind - (int)b->kind;
}

/* Sorts the marks, and drops those of slots that got an answer after all (long layout) or were marked twice. */
static void settle_marks(struct answers *answers, struct missing_mark *marks)
{
    bool sorted = true;
    for (uint64_t i = 1; i < answers->missing_count && sorted; i++)
        sorted = mark_order(&marks[i - 1], &marks[i]) < 0;
    if (!sorted)
        qsort(marks, (size_t)answers->missing_count, sizeof *marks, mark_order);
    uint64_t kept = 0;
    for (uint64_t i = 0; i < answers->missing_count; i++) {
        bool again = kept > 0 && marks[kept - 1].encounter == marks[i].encounter && marks[kept - 1].slot == marks[i].slot;
        if (!again && answers_code(answers, marks[i].encounter, marks[i].slot) == 0)
            marks[kept++] = marks[i];
    }
    answers->missing_count = kept;
    answers->missing = marks;
}

/* The texts of an intern as NUL-terminated texts, by number. */
static enum status texts_of(struct ctx *ctx, struct arena *arena, const struct intern *intern, const char *const **out)
{
    uint32_t count = intern_count(intern);
    const char **texts = arena_array(arena, (size_t)count + 1, sizeof *texts);
    if (texts == NULL)
        return ctx_no_memory(ctx);
    for (uint32_t i = 0; i < count; i++) {
        texts[i] = arena_copy(arena, intern_text(intern, i));
        if (texts[i] == NULL)
            return ctx_no_memory(ctx);
    }
    *out = texts;
    return STATUS_OK;
}

static enum status name_segments(struct ctx *ctx, struct answers_builder *builder)
{
    uint32_t count = builder->answers.study->columns.segment_count;
    const char *const **values = arena_array(builder->arena, (size_t)count + 1, sizeof *values);
    uint32_t *counts = arena_array(builder->arena, (size_t)count + 1, sizeof *counts);
    if (values == NULL || counts == NULL)
        return ctx_no_memory(ctx);
    for (uint32_t i = 0; i < count; i++) {
        counts[i] = intern_count(builder->segments[i]);
        enum status status = texts_of(ctx, builder->arena, builder->segments[i], &values[i]);
        if (status != STATUS_OK)
            return status;
    }
    builder->answers.segment_values = values;
    builder->answers.segment_value_count = counts;
    return STATUS_OK;
}

/* "1050 journeys with 15214 moments at 16 touchpoints.", and where their order is the file's alone. */
static enum status moments_note(struct ctx *ctx, struct answers_builder *builder, const struct moments *moments)
{
    const struct note_word counts[] = {note_noun("journeys", "note.noun.journeys", builder->answers.encounter_count),
                                       note_noun("moments", "note.noun.moments", moments->count),
                                       note_noun("touchpoints", "note.noun.touchpoints", moments->touchpoint_count),
                                       {.name = NULL}};
    enum status status = answers_note(ctx, builder, "note.reading.journeys", counts);
    if (status != STATUS_OK || moments->tied == 0)
        return status;
    const struct note_word tied[] = {note_count("count", moments->tied), {.name = NULL}};
    if (builder->answers.study->columns.journey.order != NULL)
        return answers_note(ctx, builder, moments->tied == 1 ? "note.reading.tied_ordered.one" : "note.reading.tied_ordered",
                            tied);
    return answers_note(ctx, builder, moments->tied == 1 ? "note.reading.tied.one" : "note.reading.tied", tied);
}

static enum status settle_moments(struct ctx *ctx, struct answers_builder *builder)
{
    struct answers *answers = &builder->answers;
    struct moments moments;
    if (builder->moments == NULL)
        return STATUS_OK;
    enum status status = moment_list_end(ctx, builder->moments, builder->arena, answers->encounter_count, &moments);
    if (status != STATUS_OK)
        return status;
    answers->moments = moments.at;
    answers->moment_count = moments.count;
    answers->moment_starts = moments.starts;
    answers->touchpoint_names = moments.touchpoints;
    answers->touchpoint_count = moments.touchpoint_count;
    return moments_note(ctx, builder, &moments);
}

/* Keeps the runs of ids that rise, or marks where those take less memory. */
static enum status settle_names(struct ctx *ctx, struct answers_builder *builder)
{
    struct answers *answers = &builder->answers;
    size_t count;
    const struct id_run *runs = id_list_runs(builder->respondents, &count);
    bool few = count * sizeof *runs <= id_list_count(builder->respondents) * sizeof(uint64_t);
    if (!id_list_is_rising(builder->respondents) || !few) {
        enum status status = respondents_mark(ctx, builder);
        answers->respondent_marks = builder->marks.at;
        return status;
    }
    struct id_run *kept = arena_array(builder->arena, count + 1, sizeof *kept);
    if (kept == NULL)
        return ctx_no_memory(ctx);
    if (count > 0)
        memcpy(kept, runs, count * sizeof *kept);
    answers->respondent_runs = kept;
    answers->respondent_run_count = count;
    return STATUS_OK;
}

void answers_dated(struct answers_builder *builder, int64_t ms)
{
    fieldwork_add(&builder->answers.fieldwork, ms);
}

void answers_invited(struct answers_builder *builder, uint64_t answered, uint64_t invited)
{
    builder->answers.fieldwork.invited_answered += answered;
    builder->answers.fieldwork.invited += invited;
}

static int text_order(const void *a, const void *b)
{
    const struct answer_text *x = a, *y = b;
    if (x->encounter != y->encounter)
        return x->encounter < y->encounter ? -1 : 1;
    return strcmp(x->field, y->field);
}

/* Texts of files that are joined do not come in the order of encounters. */
static void settle_texts(struct answers *answers, struct answer_text *texts)
{
    bool sorted = true;
    for (uint64_t i = 1; i < answers->text_count && sorted; i++)
        sorted = texts[i - 1].encounter <= texts[i].encounter;
    if (!sorted)
        qsort(texts, (size_t)answers->text_count, sizeof *texts, text_order);
    answers->texts = texts;
}

/* Gives the numbers of respondents back where they say nothing. */
static void settle_numbers(struct answers_builder *builder)
{
    const struct answers *answers = &builder->answers;
    bool own = true;
    for (uint32_t i = 0; i < answers->encounter_count && own; i++)
        own = answers_respondent_of(answers, i) == i;
    for (uint32_t c = 0; c < answers->chunk_count && own; c++)
        answers->chunks[c].respondents = NULL;
    if (own)
        arena_destroy(builder->people.arena);
}

enum status answers_end(struct ctx *ctx, struct answers_builder *builder, const struct answers **out)
{
    struct answers *answers = &builder->answers;
    enum status status = name_segments(ctx, builder);
    if (status == STATUS_OK && builder->clusters != NULL) {
        answers->cluster_count = intern_count(builder->clusters);
        status = texts_of(ctx, builder->arena, builder->clusters, &answers->cluster_names);
    }
    if (status == STATUS_OK && builder->strata != NULL) {
        answers->stratum_count = intern_count(builder->strata);
        status = texts_of(ctx, builder->arena, builder->strata, &answers->stratum_names);
    }
    if (status == STATUS_OK)
        status = settle_moments(ctx, builder);
    if (status == STATUS_OK && builder->respondents != NULL)
        status = settle_names(ctx, builder);
    if (status != STATUS_OK)
        return status;
    answers->respondent_count = builder->respondents == NULL ? answers->encounter_count : id_list_count(builder->respondents);
    settle_numbers(builder);
    settle_marks(answers, builder->missing.at);
    settle_texts(answers, builder->texts.at);
    *out = answers;
    return STATUS_OK;
}
