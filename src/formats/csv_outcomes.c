/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/csv_outcomes.h"

#include <inttypes.h>
#include <stdio.h>

enum { ABOVE_LEAST = 5 };

/* Whole numbers above a scale. */
struct above {
    uint64_t count;
    int64_t least, most;
    uint64_t first_row;
};

struct outcome_seen {
    struct answer_counts counts;
    struct above above;
};

struct csv_outcomes {
    struct outcome_seen *seen; /* [outcome] */
};

enum status csv_outcomes_create(struct ctx *ctx, const struct study *study, struct csv_outcomes **out)
{
    struct csv_outcomes *outcomes = arena_alloc(ctx->arena, sizeof *outcomes);
    if (outcomes == NULL)
        return ctx_no_memory(ctx);
    outcomes->seen = arena_array(ctx->arena, (size_t)study->columns.outcome_count + 1, sizeof *outcomes->seen);
    *out = outcomes;
    return outcomes->seen == NULL ? ctx_no_memory(ctx) : STATUS_OK;
}

void csv_outcomes_add(struct csv_reader *reader, uint32_t outcome, uint32_t code)
{
    answer_counts_add(&reader->outcomes->seen[outcome].counts, code, reader->view.line);
}

void csv_outcomes_merge(struct csv_reader *reader, const struct answer_counts *counts)
{
    for (uint32_t i = 0; i < reader->study->columns.outcome_count; i++)
        answer_counts_merge(&reader->outcomes->seen[i].counts, &counts[i]);
}

static bool whole_of(struct span text, char mark, int64_t *out)
{
    struct decimal number;
    if (!decimal_parse(text, mark, &number))
        return false;
    for (; number.places > 0 && number.units % 10 == 0; number.places--)
        number.units /= 10;
    *out = number.units;
    return number.places == 0;
}

void csv_outcomes_add_bad(struct csv_reader *reader, uint32_t outcome, struct span text)
{
    const struct scale *scale = &reader->study->columns.outcomes[outcome].scale;
    struct above *above = &reader->outcomes->seen[outcome].above;
    int64_t number;
    if (!whole_of(text, reader->reading->mark, &number) || decimal_compare((struct decimal){number, 0}, scale->max) <= 0)
        return;
    above->first_row = above->count == 0 ? reader->view.line : above->first_row;
    above->least = above->count == 0 || number < above->least ? number : above->least;
    above->most = above->count == 0 || number > above->most ? number : above->most;
    above->count++;
}

/* Answers of a longer scale are problems of their rows; together they have one cause. */
static bool remark_make(const struct csv_reader *reader, uint32_t outcome, char *into, size_t size)
{
    const struct outcome *what = &reader->study->columns.outcomes[outcome];
    const struct outcome_seen *seen = &reader->outcomes->seen[outcome];
    const struct above *above = &seen->above;
    const int64_t longest = decimal_compare(what->scale.max, (struct decimal){10, 0}) < 0 ? 10 : 100;
    uint64_t within = 0;
    char column[96], scale[64];
    for (uint32_t code = 1; code <= MIXED_POINTS_MOST; code++)
        within += seen->counts.times[code];
    if (above->count < ABOVE_LEAST || above->least == above->most || above->most > longest || within == 0)
        return false;
    text_printable(span_of(what->column), column, sizeof column);
    scale_format(&what->scale, scale, sizeof scale);
    (void)snprintf(into, size,
                   "Column \"%s\" seems to mix two scales: %" PRIu64 " answers lie on %s and %" PRIu64
                   " above it, from %lld to %lld, first in row %" PRIu64
                   "; bring all to one scale in the file, or list the values of one kind as missing of this outcome.",
                   column, within, scale, above->count, (long long)above->least, (long long)above->most, above->first_row);
    return true;
}

enum status csv_outcomes_tell(struct csv_reader *reader)
{
    const struct columns *columns = &reader->study->columns;
    struct problems *problems = reader->problems;
    for (uint32_t i = 0; i < columns->outcome_count; i++) {
        struct mixed_scales mixed;
        struct note note;
        if (columns->outcomes[i].kind != OUTCOME_SCALE)
            continue;
        if (problems->total > 0 && problems->remark[0] == '\0')
            (void)remark_make(reader, i, problems->remark, sizeof problems->remark);
        if (problems->total > 0 || !mixed_scales_find(&columns->outcomes[i].scale, &reader->outcomes->seen[i].counts, &mixed))
            continue;
        /* One is enough to make people look at the others. */
        enum status status =
            mixed_scales_note(reader->ctx, &mixed, columns->outcomes[i].column, &columns->outcomes[i].scale, &note);
        return status ? status : answers_note(reader->ctx, reader->builder, note.key, note.words);
    }
    return STATUS_OK;
}
