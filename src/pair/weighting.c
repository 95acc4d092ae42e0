/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pair/weighting.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/intern.h"
#include "base/limits.h"
#include "numeric/raking.h"

#define WEIGHT_ONE (INT64_C(1) << WEIGHT_FRACTION_BITS)
#define NOTES_MAX  (sizeof((struct answers *)0)->notes / sizeof(struct note))

/* A margin of the study with its numbers: categories as the study names them, then perhaps "no value". */
struct applied_margin {
    const struct margin *margin;
    uint32_t *category_of;  /* [value of the segment] */
    uint32_t count;         /* categories in use */
    uint64_t without_value; /* encounters */
    double without_weight;  /* what they weigh */
};

/* Encounters that cannot be told apart here: their categories, then their weight before. */
struct alike {
    uint32_t number; /* in order of arrival */
    uint64_t cases;
    int64_t weight;
    const uint32_t *categories; /* [margin] */
};

struct weighting {
    struct ctx *ctx;
    const struct answers *answers;
    struct applied_margin *margins;
    uint32_t margin_count;
    uint32_t *alike_of; /* [encounter] number of its kind */
    struct alike *alike;
    uint32_t alike_count;
    struct raked raked;
};

static const char *segment_name(const struct weighting *weighting, uint32_t m)
{
    return weighting->answers->study->columns.segments[weighting->margins[m].margin->segment].column;
}

static uint32_t category_find(const struct margin *margin, const char *value)
{
    for (uint32_t c = 0; c < margin->category_count; c++) {
        if (strcmp(margin->categories[c].value, value) == 0)
            return c;
    }
    return UINT32_MAX;
}

/* The category of each value of the segment; each value has one and each category a value. */
static enum status margin_apply(struct weighting *weighting, uint32_t m)
{
    struct ctx *ctx = weighting->ctx;
    struct applied_margin *applied = &weighting->margins[m];
    const struct margin *margin = applied->margin = &weighting->answers->study->margins[m];
    const char *const *values = weighting->answers->segment_values[margin->segment];
    uint32_t count = weighting->answers->segment_value_count[margin->segment];
    bool *met = arena_array(ctx->arena, (size_t)margin->category_count + 1, sizeof *met);
    applied->category_of = arena_array(ctx->arena, (size_t)count + 1, sizeof *applied->category_of);
    applied->count = margin->category_count;
    if (met == NULL || applied->category_of == NULL)
        return ctx_no_memory(ctx);
    for (uint32_t value = 0; value < count; value++) {
        uint32_t category = category_find(margin, values[value]);
        applied->category_of[value] = category;
        if (category == UINT32_MAX)
            return ctx_fail(
                ctx, STATUS_DATA, NULL,
                "\"%.80s\" has the value \"%.80s\", which \"margins\" does not name; add it with its share, or list it under "
                "missing.",
                segment_name(weighting, m), values[value]);
        met[category] = true;
    }
    for (uint32_t c = 0; c < margin->category_count; c++) {
        if (!met[c])
            return ctx_fail(
                ctx, STATUS_DATA, NULL,
                "Nobody has the value \"%.80s\" of \"%.80s\", so its share in \"margins\" cannot be met; leave it out, or join "
                "it with another in the file of answers.",
                margin->categories[c].value, segment_name(weighting, m));
    }
    return STATUS_OK;
}

static int64_t weight_before(const struct answers *answers, uint32_t encounter)
{
    const struct answers_chunk *chunk = &answers->chunks[encounter / ANSWERS_CHUNK_ROWS];
    return chunk->weights == NULL ? WEIGHT_ONE : chunk->weights[encounter % ANSWERS_CHUNK_ROWS];
}

/* The categories of an encounter; the last of a margin is for those without a value. */
static void categories_of(const struct weighting *weighting, uint32_t encounter, uint32_t *into)
{
    const struct answers *answers = weighting->answers;
    uint32_t segments = answers->study->columns.segment_count;
    const struct answers_chunk *chunk = &answers->chunks[encounter / ANSWERS_CHUNK_ROWS];
    const uint16_t *values = chunk->segments + (size_t)(encounter % ANSWERS_CHUNK_ROWS) * segments;
    for (uint32_t m = 0; m < weighting->margin_count; m++) {
        const struct applied_margin *applied = &weighting->margins[m];
        uint16_t value = values[applied->margin->segment];
        into[m] = value == NO_SEGMENT_VALUE ? applied->margin->category_count : applied->category_of[value];
    }
}

static int alike_compare(const struct weighting *weighting, const struct alike *a, const struct alike *b)
{
    for (uint32_t m = 0; m < weighting->margin_count; m++) {
        if (a->categories[m] != b->categories[m])
            return a->categories[m] < b->categories[m] ? -1 : 1;
    }
    return a->weight < b->weight ? -1 : a->weight > b->weight;
}

/* Puts kinds[begin … end) in order by merging halves: the order must not depend on that of the file. */
static void alike_sort(const struct weighting *weighting, struct alike *kinds, struct alike *room, size_t count)
{
    if (count < 2)
        return;
    size_t half = count / 2, left = 0, right = half, at = 0;
    alike_sort(weighting, kinds, room, half);
    alike_sort(weighting, kinds + half, room, count - half);
    while (left < half || right < count) {
        bool take_left = right == count || (left < half && alike_compare(weighting, &kinds[left], &kinds[right]) < 0);
        room[at++] = take_left ? kinds[left++] : kinds[right++];
    }
    memcpy(kinds, room, count * sizeof *kinds);
}

/* Numbers the kinds of encounters. */
static enum status kinds_number(struct weighting *weighting, struct intern **kinds, size_t key_bytes)
{
    struct ctx *ctx = weighting->ctx;
    const struct answers *answers = weighting->answers;
    char *key = arena_alloc(ctx->arena, key_bytes);
    uint32_t *categories = arena_array(ctx->arena, weighting->margin_count, sizeof *categories);
    weighting->alike_of = arena_array(ctx->arena, (size_t)answers->encounter_count + 1, sizeof *weighting->alike_of);
    if (key == NULL || categories == NULL || weighting->alike_of == NULL)
        return ctx_no_memory(ctx);
    enum status status = intern_create(ctx, ENCOUNTERS_MAX, kinds);
    for (uint32_t e = 0; e < answers->encounter_count && status == STATUS_OK; e++) {
        int64_t weight = weight_before(answers, e);
        bool fresh;
        categories_of(weighting, e, categories);
        memcpy(key, &weight, sizeof weight);
        memcpy(key + sizeof weight, categories, key_bytes - sizeof weight);
        if (intern_add(*kinds, (struct span){key, key_bytes}, &weighting->alike_of[e], &fresh) != STATUS_OK)
            return ctx_no_memory(ctx);
    }
    return status;
}

/* Sorts the kinds and counts their cases. */
static enum status kinds_find(struct weighting *weighting)
{
    struct ctx *ctx = weighting->ctx;
    struct intern *kinds = NULL;
    const size_t key_bytes = sizeof(int64_t) + weighting->margin_count * sizeof(uint32_t);
    enum status status = kinds_number(weighting, &kinds, key_bytes);
    if (status != STATUS_OK)
        return status;
    uint32_t count = weighting->alike_count = intern_count(kinds);
    struct alike *room = arena_array(ctx->arena, (size_t)count + 1, sizeof *room);
    uint32_t *categories = arena_array(ctx->arena, (size_t)count * weighting->margin_count + 1, sizeof *categories);
    weighting->alike = arena_array(ctx->arena, (size_t)count + 1, sizeof *weighting->alike);
    if (room == NULL || categories == NULL || weighting->alike == NULL)
        return ctx_no_memory(ctx);
    for (uint32_t i = 0; i < count; i++) {
        struct span key = intern_text(kinds, i);
        uint32_t *own = categories + (size_t)i * weighting->margin_count;
        weighting->alike[i] = (struct alike){.number = i, .categories = own};
        memcpy(&weighting->alike[i].weight, key.at, sizeof(int64_t));
        memcpy(own, key.at + sizeof(int64_t), key_bytes - sizeof(int64_t));
    }
    for (uint32_t e = 0; e < weighting->answers->encounter_count; e++)
        weighting->alike[weighting->alike_of[e]].cases++;
    alike_sort(weighting, weighting->alike, room, count);
    return STATUS_OK;
}

/* Who is without a value, and what they weigh. */
static void without_count(struct weighting *weighting, double *total)
{
    *total = 0;
    for (uint32_t i = 0; i < weighting->alike_count; i++) {
        const struct alike *kind = &weighting->alike[i];
        double weight = (double)kind->cases * ((double)kind->weight / (double)WEIGHT_ONE);
        *total += weight;
        for (uint32_t m = 0; m < weighting->margin_count; m++) {
            struct applied_margin *applied = &weighting->margins[m];
            if (kind->categories[m] < applied->margin->category_count)
                continue;
            applied->without_value += kind->cases;
            applied->without_weight += weight;
            applied->count = applied->margin->category_count + 1;
        }
    }
}

/* Targets in the unit of the weights; those without a value keep what they weigh. */
static enum status margin_lay_out(const struct weighting *weighting, uint32_t m, double total, struct raking_margin *out)
{
    struct ctx *ctx = weighting->ctx;
    const struct applied_margin *applied = &weighting->margins[m];
    const struct margin *margin = applied->margin;
    double all = 0;
    double *targets = arena_array(ctx->arena, applied->count, sizeof *targets);
    uint32_t *categories = arena_array(ctx->arena, (size_t)weighting->alike_count + 1, sizeof *categories);
    if (targets == NULL || categories == NULL)
        return ctx_no_memory(ctx);
    for (uint32_t c = 0; c < margin->category_count; c++)
        all += decimal_to_double(margin->categories[c].target);
    for (uint32_t c = 0; c < margin->category_count; c++)
        targets[c] = decimal_to_double(margin->categories[c].target) / all * (total - applied->without_weight);
    if (applied->count > margin->category_count)
        targets[margin->category_count] = applied->without_weight;
    for (uint32_t i = 0; i < weighting->alike_count; i++)
        categories[i] = weighting->alike[i].categories[m];
    *out = (struct raking_margin){categories, targets, applied->count};
    return STATUS_OK;
}

static enum status cannot_be_met(const struct weighting *weighting)
{
    const struct raked *raked = &weighting->raked;
    const struct applied_margin *worst = &weighting->margins[raked->worst_margin];
    bool named = raked->worst_category < worst->margin->category_count;
    return ctx_fail(
        weighting->ctx, STATUS_DATA, NULL,
        "The margins cannot be met together: after %u rounds %s%.80s%s of \"%.80s\" is still %.2g %% away from its share; join "
        "small categories, or leave out a margin.",
        raked->loops, named ? "\"" : "", named ? worst->margin->categories[raked->worst_category].value : "no value",
        named ? "\"" : "", segment_name(weighting, (uint32_t)raked->worst_margin), raked->worst * 100);
}

static enum status kinds_rake(struct weighting *weighting)
{
    struct ctx *ctx = weighting->ctx;
    const uint32_t count = weighting->alike_count;
    double total = 0;
    double *cases = arena_array(ctx->arena, (size_t)count + 1, sizeof *cases);
    double *weights = arena_array(ctx->arena, (size_t)count + 1, sizeof *weights);
    struct raking_margin *margins = arena_array(ctx->arena, weighting->margin_count, sizeof *margins);
    if (cases == NULL || weights == NULL || margins == NULL)
        return ctx_no_memory(ctx);
    for (uint32_t i = 0; i < count; i++) {
        cases[i] = (double)weighting->alike[i].cases;
        weights[i] = (double)weighting->alike[i].weight / (double)WEIGHT_ONE;
    }
    without_count(weighting, &total);
    enum status status = STATUS_OK;
    for (uint32_t m = 0; m < weighting->margin_count && status == STATUS_OK; m++)
        status = margin_lay_out(weighting, m, total, &margins[m]);
    const struct raking_cells cells = {count, cases, weights};
    if (status == STATUS_OK)
        status =
            raking(ctx, &cells, margins, weighting->margin_count, weighting->answers->study->trim_weights, &weighting->raked);
    /* Empty categories were refused before: only this is left. */
    return status == STATUS_OK && weighting->raked.undefined != DEFINED ? cannot_be_met(weighting) : status;
}

/* The raked weight of each kind as it is held. */
static enum status kinds_hold(const struct weighting *weighting, int64_t *held)
{
    for (uint32_t i = 0; i < weighting->alike_count; i++) {
        double weight = rint(ldexp(weighting->raked.weights[i], WEIGHT_FRACTION_BITS));
        if (!(weight >= 1 && weight < ldexp(1, WEIGHT_FRACTION_BITS + WEIGHT_INTEGER_BITS)))
            return ctx_fail(
                weighting->ctx, STATUS_DATA, NULL,
                "A weight of %.3g comes out of the margins, and weights lie above 0 and below %lu; join small categories, or "
                "write \"trim_weights\": true.",
                weighting->raked.weights[i], 1UL << WEIGHT_INTEGER_BITS);
        held[weighting->alike[i].number] = (int64_t)weight;
    }
    return STATUS_OK;
}

/* A copy of the answers, with these weights in place of theirs. */
static enum status weights_write(const struct weighting *weighting, struct answers *out)
{
    struct ctx *ctx = weighting->ctx;
    int64_t *held = arena_array(ctx->arena, (size_t)weighting->alike_count + 1, sizeof *held);
    struct answers_chunk *chunks = arena_array(ctx->arena, (size_t)out->chunk_count + 1, sizeof *chunks);
    if (held == NULL || chunks == NULL)
        return ctx_no_memory(ctx);
    enum status status = kinds_hold(weighting, held);
    for (uint32_t c = 0; c < out->chunk_count && status == STATUS_OK; c++) {
        chunks[c] = weighting->answers->chunks[c];
        chunks[c].weights = arena_array(ctx->arena, ANSWERS_CHUNK_ROWS, sizeof *chunks[c].weights);
        if (chunks[c].weights == NULL)
            return ctx_no_memory(ctx);
        for (uint32_t i = 0; i < ANSWERS_CHUNK_ROWS; i++) {
            uint64_t encounter = (uint64_t)c * ANSWERS_CHUNK_ROWS + i;
            chunks[c].weights[i] = encounter < out->encounter_count ? held[weighting->alike_of[encounter]] : WEIGHT_ONE;
        }
    }
    out->chunks = chunks;
    return status;
}

static enum status note_add(struct ctx *ctx, struct answers *answers, const char *key, const struct note_word *words)
{
    assert(answers->note_count < NOTES_MAX);
    return note_make(ctx, key, words, &answers->notes[answers->note_count++]);
}

/* "Weighted to the known shares of "sex", "age": weights from 0.55 to 1.98 times their mean, design effect 1.17, so that 40
 * answers tell as much as 34 of equal weight." */
static enum status cost_note(const struct weighting *weighting, struct answers *answers)
{
    const struct raked *raked = &weighting->raked;
    const char **names = arena_array(weighting->ctx->arena, weighting->margin_count + 1u, sizeof *names);
    if (names == NULL)
        return ctx_no_memory(weighting->ctx);
    for (uint32_t m = 0; m < weighting->margin_count; m++)
        names[m] = segment_name(weighting, m);
    struct note_word segments = note_list("segments", names, 0);
    segments.key = "note.weighting.segment";
    const struct note_word words[] = {segments,
                                      note_number("least", raked->least, 2),
                                      note_number("most", raked->most, 2),
                                      note_number("effect", raked->design_effect, 2),
                                      note_count("answers", answers->encounter_count),
                                      note_number("effective", raked->effective, 0),
                                      {.name = NULL}};
    return note_add(weighting->ctx, answers, raked->trimmed > 0 ? "note.weighting.cost.trimmed" : "note.weighting.cost", words);
}

/* "Without a value: 3 of "sex"; in weighting they keep the share that they have." */
static enum status without_note(const struct weighting *weighting, struct answers *answers)
{
    struct arena *arena = weighting->ctx->arena;
    const char **names = arena_array(arena, weighting->margin_count + 1u, sizeof *names);
    uint64_t *counts = arena_array(arena, weighting->margin_count + 1u, sizeof *counts);
    uint32_t count = 0;
    if (names == NULL || counts == NULL)
        return ctx_no_memory(weighting->ctx);
    for (uint32_t m = 0; m < weighting->margin_count; m++) {
        if (weighting->margins[m].without_value == 0)
            continue;
        names[count] = segment_name(weighting, m);
        counts[count++] = weighting->margins[m].without_value;
    }
    struct note_word segments = note_list("segments", names, 0);
    segments.key = "note.weighting.without_segment";
    segments.counts = counts;
    const struct note_word words[] = {segments, {.name = NULL}};
    return count ? note_add(weighting->ctx, answers, "note.weighting.without", words) : STATUS_OK;
}

enum status weights_make(struct ctx *ctx, const struct answers *answers, const struct answers **out)
{
    *out = answers;
    if (answers->study->margin_count == 0 || answers->encounter_count == 0)
        return STATUS_OK;
    struct weighting weighting = {.ctx = ctx, .answers = answers, .margin_count = answers->study->margin_count};
    struct answers *weighted = arena_alloc(ctx->arena, sizeof *weighted);
    weighting.margins = arena_array(ctx->arena, weighting.margin_count, sizeof *weighting.margins);
    if (weighted == NULL || weighting.margins == NULL)
        return ctx_no_memory(ctx);
    *weighted = *answers;
    enum status status = STATUS_OK;
    for (uint32_t m = 0; m < weighting.margin_count && status == STATUS_OK; m++)
        status = margin_apply(&weighting, m);
    if (status == STATUS_OK)
        status = kinds_find(&weighting);
    if (status == STATUS_OK)
        status = kinds_rake(&weighting);
    if (status == STATUS_OK)
        status = weights_write(&weighting, weighted);
    if (status == STATUS_OK)
        status = cost_note(&weighting, weighted);
    if (status == STATUS_OK)
        status = without_note(&weighting, weighted);
    *out = weighted;
    return status;
}
