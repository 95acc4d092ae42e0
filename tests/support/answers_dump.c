/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/answers_dump.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

struct text {
    char *into;
    size_t size;
    size_t length;
};

__attribute__((format(printf, 2, 3))) static void put(struct text *text, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    int written = vsnprintf(text->into + text->length, text->size - text->length, format, list);
    va_end(list);
    if (written > 0)
        text->length += (size_t)written < text->size - text->length ? (size_t)written : text->size - text->length - 1;
}

/* The kind of a slot without a code. */
static char missing_letter(const struct answers *answers, uint32_t encounter, uint32_t slot)
{
    for (uint64_t i = 0; i < answers->missing_count; i++) {
        const struct missing_mark *mark = &answers->missing[i];
        if (mark->encounter == encounter && mark->slot == slot)
            return ".nd"[mark->kind];
    }
    return '.';
}

static void dump_encounter(const struct answers *answers, uint32_t encounter, struct text *text)
{
    const struct columns *columns = &answers->study->columns;
    const struct answers_chunk *chunk = &answers->chunks[encounter / ANSWERS_CHUNK_ROWS];
    size_t at = encounter % ANSWERS_CHUNK_ROWS;
    for (uint32_t slot = 0; slot < answers->slot_count; slot++) {
        uint32_t code = answers_code(answers, encounter, slot);
        if (code == 0)
            put(text, "%s%c", slot == 0 ? "" : " ", missing_letter(answers, encounter, slot));
        else
            put(text, "%s%u", slot == 0 ? "" : " ", code);
    }
    if (columns->respondent != NULL)
        put(text, " @%u", answers_respondent_of(answers, encounter));
    if (chunk->clusters != NULL)
        put(text, " c%u", chunk->clusters[at]);
    if (chunk->strata != NULL)
        put(text, " s%u", chunk->strata[at]);
    if (chunk->weights != NULL)
        put(text, " w%.15g", (double)chunk->weights[at] / 0x1p40);
    for (uint32_t i = 0; i < columns->segment_count; i++) {
        uint16_t value = chunk->segments[at * columns->segment_count + i];
        put(text, " %s", value == NO_SEGMENT_VALUE ? "-" : answers->segment_values[i][value]);
    }
    for (uint32_t i = 0; i < columns->outcome_count; i++) {
        int64_t outcome = answers_outcome(answers, encounter, i);
        put(text, outcome == INT64_MIN ? " o." : " o%lld", (long long)outcome);
    }
    for (uint32_t i = 0; chunk->points != NULL && i < answers->study->dimension_count; i++) {
        int64_t points = chunk->points[at * answers->study->dimension_count + i];
        if (points == -1)
            put(text, " i.");
        else
            put(text, " i%.15g", (double)points / 0x1p20);
    }
}

static void dump_moments(const struct answers *answers, uint32_t encounter, struct text *text)
{
    for (uint64_t i = answers->moment_starts[encounter]; i < answers->moment_starts[encounter + 1]; i++) {
        const struct moment *moment = &answers->moments[i];
        put(text, " | %s %lld %u ", answers->touchpoint_names[moment->touchpoint], (long long)moment->time_ms, moment->order);
        put(text, moment->code == 0 ? "." : "%u", moment->code);
    }
}

void answers_dump(const struct answers *answers, char *into, size_t size)
{
    struct text text = {into, size, 0};
    into[0] = '\0';
    for (uint32_t encounter = 0; encounter < answers->encounter_count; encounter++) {
        put(&text, "%s", encounter == 0 ? "" : " / ");
        dump_encounter(answers, encounter, &text);
        if (answers->moments != NULL)
            dump_moments(answers, encounter, &text);
    }
}

void problems_dump(const struct problems *problems, char *into, size_t size)
{
    static const char *const kinds[PROBLEM_KIND_COUNT] = {"OUT_OF_RANGE",    "NOT_A_NUMBER", "RAGGED", "QUOTE",  "ENCODING",
                                                          "TOO_LONG",        "DUPLICATE",    "NO_KEY", "WEIGHT", "UNKNOWN_ITEM",
                                                          "REPEATED_ANSWER", "DATE",         "ORDER",  "SOURCE", "ARM"};
    struct text text = {into, size, 0};
    into[0] = '\0';
    for (uint32_t i = 0; i < problems->kept_count; i++) {
        const struct problem *problem = &problems->kept[i];
        put(&text, "%s%s %llu %s%s%s", i == 0 ? "" : " / ", kinds[problem->kind], (unsigned long long)problem->place.row,
            problem->place.column, problem->value[0] == '\0' ? "" : " ", problem->value);
    }
}

static void assert_same_texts(const char *const *a, const char *const *b, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        assert_string_equal(a[i], b[i]);
}

static void assert_same_array(const void *a, const void *b, size_t bytes)
{
    assert_int_equal(a == NULL, b == NULL);
    if (a != NULL)
        assert_memory_equal(a, b, bytes);
}

/* What somebody wrote, and the moments of journeys. */
static void assert_same_lists(const struct answers *a, const struct answers *b)
{
    assert_int_equal(a->text_count, b->text_count);
    for (uint64_t i = 0; i < a->text_count; i++) {
        assert_int_equal(a->texts[i].encounter, b->texts[i].encounter);
        assert_string_equal(a->texts[i].field, b->texts[i].field);
        assert_string_equal(a->texts[i].text, b->texts[i].text);
    }
    assert_int_equal(a->touchpoint_count, b->touchpoint_count);
    assert_same_texts(a->touchpoint_names, b->touchpoint_names, a->touchpoint_count);
    assert_int_equal(a->moment_count, b->moment_count);
    assert_int_equal(a->moments == NULL, b->moments == NULL);
    for (uint64_t i = 0; i < a->moment_count; i++) {
        const struct moment *x = &a->moments[i], *y = &b->moments[i];
        assert_true(x->encounter == y->encounter && x->touchpoint == y->touchpoint && x->time_ms == y->time_ms &&
                    x->order == y->order && x->code == y->code);
    }
    if (a->moments != NULL)
        assert_memory_equal(a->moment_starts, b->moment_starts, (a->encounter_count + 1u) * sizeof *a->moment_starts);
}

static void assert_same_fieldwork(const struct fieldwork *a, const struct fieldwork *b)
{
    assert_int_equal(a->dated, b->dated);
    assert_int_equal(a->first_ms, b->first_ms);
    assert_int_equal(a->last_ms, b->last_ms);
    assert_int_equal(a->invited, b->invited);
    assert_int_equal(a->invited_answered, b->invited_answered);
}

void assert_same_answers(const struct answers *a, const struct answers *b)
{
    const struct columns *columns = &a->study->columns;
    assert_int_equal(a->encounter_count, b->encounter_count);
    assert_int_equal(a->respondent_count, b->respondent_count);
    assert_int_equal(a->cluster_count, b->cluster_count);
    assert_int_equal(a->stratum_count, b->stratum_count);
    assert_int_equal(a->slot_count, b->slot_count);
    assert_int_equal(a->code_bytes, b->code_bytes);
    assert_int_equal(a->missing_count, b->missing_count);
    assert_same_texts(a->cluster_names, b->cluster_names, a->cluster_count);
    assert_same_texts(a->stratum_names, b->stratum_names, a->stratum_count);
    if (a->missing_count > 0)
        assert_memory_equal(a->missing, b->missing, (size_t)a->missing_count * sizeof *a->missing);
    for (uint32_t i = 0; i < columns->segment_count; i++) {
        assert_int_equal(a->segment_value_count[i], b->segment_value_count[i]);
        assert_same_texts(a->segment_values[i], b->segment_values[i], a->segment_value_count[i]);
    }
    assert_same_lists(a, b);
    assert_same_fieldwork(&a->fieldwork, &b->fieldwork);
    assert_int_equal(a->chunk_count, b->chunk_count);
    for (uint32_t i = 0; i < a->chunk_count; i++) {
        const struct answers_chunk *x = &a->chunks[i], *y = &b->chunks[i];
        size_t rows = ANSWERS_CHUNK_ROWS;
        assert_same_array(x->codes, y->codes, rows * a->slot_count * a->code_bytes);
        assert_same_array(x->segments, y->segments, rows * columns->segment_count * sizeof *x->segments);
        assert_same_array(x->weights, y->weights, rows * sizeof *x->weights);
        assert_same_array(x->respondents, y->respondents, rows * sizeof *x->respondents);
        assert_same_array(x->clusters, y->clusters, rows * sizeof *x->clusters);
        assert_same_array(x->strata, y->strata, rows * sizeof *x->strata);
        assert_same_array(x->points, y->points, rows * a->study->dimension_count * sizeof *x->points);
        assert_same_array(x->outcomes, y->outcomes, rows * a->outcome_bytes);
        assert_same_array(x->arms, y->arms, rows * sizeof *x->arms);
        assert_same_array(x->sources, y->sources, rows * sizeof *x->sources);
    }
}
