/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/limits.h"
#include "measure/mean_error.h"
#include "measure/priority/priority_cases.h"

/* The fewest persons behind the figures of a part. */
static uint64_t part_support(const struct priority_cases *cases, const struct priority_part *part)
{
    uint64_t support = part->performance.respondents;
    if (cases->source == IMPORTANCE_FROM_DRIVERS && cases->drivers.n && cases->drivers.respondents < support)
        support = cases->drivers.respondents;
    bool asked = cases->source == IMPORTANCE_FROM_RATING || cases->source == IMPORTANCE_FROM_POINTS;
    if (asked && part->importance.respondents < support)
        support = part->importance.respondents;
    if (cases->expected && part->gap.respondents < support)
        support = part->gap.respondents;
    return support;
}

enum status priority_row_add(struct ctx *ctx, const struct measuring *measuring, struct table *table,
                             const struct priority_cases *cases, uint32_t candidate, struct priority_row *out)
{
    const struct study *study = measuring->pairs->study;
    uint32_t index = cases->candidates[candidate], place = cases->place[candidate];
    enum status status = group_row_add(ctx, measuring, table, cases->group, index, &out->row);
    if (status)
        return status;
    struct value *values = out->row->values;
    if (cases->by_dimension) {
        values[1] = dimension_key(study, index);
    } else {
        values[0] = item_key(study, index);
        values[1] = dimension_key(study, study->items[index].dimension);
    }
    out->part = place == UINT32_MAX ? NULL : &cases->parts[place];
    if (out->part)
        out->row->support = part_support(cases, out->part);
    else
        values_blank(values + 2, table->column_count - 2, cases->blanks[candidate]);
    return STATUS_OK;
}

enum reason importance_blank(const struct priority_cases *cases, enum undefined undefined)
{
    return cases->source == IMPORTANCE_FROM_NOTHING ? REASON_NOT_ASKED : reason_of(undefined);
}

struct value importance_word(enum importance_source source)
{
    static const char *const words[] = {"rating", "points", "drivers"};
    return source == IMPORTANCE_FROM_NOTHING ? value_blank(REASON_NOT_ASKED) : value_text(words[source]);
}

/* Where importance comes from. */
static enum status source_note(struct ctx *ctx, struct table *table, const struct priority_cases *cases)
{
    if (cases->source == IMPORTANCE_FROM_NOTHING)
        return table_add_note(ctx, table, "note.importance.nothing", NULL);
    if (cases->source != IMPORTANCE_FROM_DRIVERS)
        return STATUS_OK;
    return table_add_note(ctx, table, cases->part_count <= LMG_EXACT_MAX ? "note.importance.lmg" : "note.importance.johnson",
                          NULL);
}

enum status priority_notes(struct ctx *ctx, const struct measuring *measuring, struct table *table,
                           const struct priority_cases *cases, const struct resampled *drawn)
{
    const struct note_word advised[] = {note_count("replicates", PRIORITY_REPLICATES), {.name = NULL}};
    const struct note_word drawn_words[] = {
        note_count("samples", priority_replicates(measuring, cases)), note_count("seed", measuring->seed), {.name = NULL}};
    enum status status = source_note(ctx, table, cases);
    if (status || !drawn || !cases->part_count)
        return status;
    if (!priority_replicates(measuring, cases))
        return table_add_note(ctx, table, "note.settled.not_drawn", advised);
    status = table_add_note(ctx, table, "note.settled.drawn", drawn_words);
    if (!status && drawn->many_failed)
        status = table_add_note(ctx, table, "note.settled.failed", NULL);
    return status;
}
