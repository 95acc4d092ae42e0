/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/packed_lists.h"

static void put_origin(struct out *out, const struct packed_origin *origin)
{
    packed_put(out, origin->count, 1);
    for (uint32_t i = 0; i < origin->count; i++) {
        const struct packed_origin_file *file = &origin->files[i];
        packed_put_text(out, file->name);
        packed_put(out, file->stamp.size, 8);
        packed_put(out, file->stamp.inode, 8);
        packed_put(out, (uint64_t)file->stamp.modified_ns, 8);
        packed_put(out, (uint64_t)file->stamp.changed_ns, 8);
        packed_put(out, file->doubtful, 1);
        out_write(out, file->content.bytes, sizeof file->content.bytes);
    }
    packed_put_text(out, origin->key);
}

static void put_texts(struct out *out, const char *const *texts, uint32_t count)
{
    packed_put(out, count, 8);
    for (uint32_t i = 0; i < count; i++)
        packed_put_text(out, texts[i]);
}

static void put_names(struct out *out, const struct answers *answers)
{
    for (uint32_t i = 0; i < answers->study->columns.segment_count; i++)
        put_texts(out, answers->segment_values[i], answers->segment_value_count[i]);
    put_texts(out, answers->cluster_names, answers->cluster_count);
    put_texts(out, answers->stratum_names, answers->stratum_count);
}

static void put_respondents(struct out *out, const struct answers *answers)
{
    packed_put(out, answers->respondent_count, 4);
    if (answers->respondent_marks != NULL) {
        packed_put(out, PACKED_NAMED_BY_MARKS, 1);
        for (uint32_t i = 0; i < answers->respondent_count; i++)
            packed_put(out, answers->respondent_marks[i], 8);
        return;
    }
    packed_put(out, answers_are_named(answers) ? PACKED_NAMED_BY_RUNS : PACKED_NAMED_NOT, 1);
    if (!answers_are_named(answers))
        return;
    packed_put(out, answers->respondent_run_count, 8);
    for (size_t i = 0; i < answers->respondent_run_count; i++) {
        packed_put(out, answers->respondent_runs[i].first, 8);
        packed_put(out, answers->respondent_runs[i].count, 4);
    }
}

static void put_columns(struct out *out, const struct packed_columns *columns)
{
    packed_put(out, columns->own_numbers, 1);
    for (uint32_t i = 0; i < columns->count; i++) {
        const struct packed_column *column = &columns->at[i];
        packed_put(out, (uint64_t)column->kind, 1);
        packed_put(out, column->index, 4);
        packed_put(out, column->width, 1);
        packed_put(out, (uint64_t)column->base, 8);
        packed_put(out, column->value_count, 8);
        for (uint32_t k = 0; k < column->value_count; k++)
            packed_put(out, (uint64_t)column->values[k], 8);
    }
}

static void put_moments(struct out *out, const struct answers *answers)
{
    packed_put(out, answers->moments != NULL, 1);
    if (answers->moments == NULL)
        return;
    put_texts(out, answers->touchpoint_names, answers->touchpoint_count);
    packed_put(out, answers->moment_count, 8);
    for (uint64_t i = 0; i < answers->moment_count; i++) {
        const struct moment *moment = &answers->moments[i];
        packed_put(out, moment->encounter, 4);
        packed_put(out, moment->touchpoint, 4);
        packed_put(out, (uint64_t)moment->time_ms, 8);
        packed_put(out, moment->order, 4);
        packed_put(out, moment->code, 2);
    }
}

static void put_missing(struct out *out, const struct answers *answers)
{
    packed_put(out, answers->missing_count, 8);
    for (uint64_t i = 0; i < answers->missing_count; i++) {
        packed_put(out, answers->missing[i].encounter, 4);
        packed_put(out, answers->missing[i].slot, 2);
        packed_put(out, answers->missing[i].kind, 1);
    }
}

static void put_comments(struct out *out, const struct answers *answers)
{
    packed_put(out, answers->text_count, 8);
    for (uint64_t i = 0; i < answers->text_count; i++) {
        packed_put(out, answers->texts[i].encounter, 4);
        packed_put_text(out, answers->texts[i].field);
        packed_put_text(out, answers->texts[i].text);
    }
}

void packed_lists_write(struct out *out, const struct packed_lists *lists, const struct answers *answers)
{
    const struct fieldwork *fieldwork = &answers->fieldwork;
    put_origin(out, &lists->origin);
    put_names(out, answers);
    put_respondents(out, answers);
    put_columns(out, &lists->columns);
    packed_put(out, fieldwork->dated, 1);
    packed_put(out, (uint64_t)fieldwork->first_ms, 8);
    packed_put(out, (uint64_t)fieldwork->last_ms, 8);
    packed_put(out, fieldwork->invited, 8);
    packed_put(out, fieldwork->invited_answered, 8);
    put_moments(out, answers);
    put_missing(out, answers);
    put_comments(out, answers);
    packed_notes_write(out, answers);
}
