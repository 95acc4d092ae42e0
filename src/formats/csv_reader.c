/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/csv_reader.h"

#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "formats/csv_outcomes.h"
#include "formats/fixed_point.h"

enum status csv_reader_open(struct ctx *ctx, struct csv_file *file, const struct study *study, struct problems *problems,
                            struct csv_reader *out)
{
    *out = (struct csv_reader){.ctx = ctx, .study = study, .problems = problems, .file = file, .head = csv_file_head(file)};
    char mark = study->decimal_mark != '\0' ? study->decimal_mark : out->head->dialect.decimal_mark;
    enum status status = csv_outcomes_create(ctx, study, &out->outcomes);
    return status == STATUS_OK ? csv_reading_create(ctx, study, mark, out->head->dialect.delimiter, &out->reading) : status;
}

struct span csv_reader_text(struct csv_reader *reader, uint32_t column)
{
    return csv_cell_text(&reader->reading->unquoting, csv_view_cell(&reader->view, column));
}

static void name_column(const struct csv_reader *reader, uint32_t column, char *into, size_t size)
{
    struct span header = column < reader->head->column_count ? reader->head->headers[column] : (struct span){NULL, 0};
    if (header.length > 0)
        text_printable(header, into, size);
    else
        (void)snprintf(into, size, "%u", column + 1);
}

static void begin_problem(const struct csv_reader *reader, enum problem_kind kind, uint32_t column, struct problem *problem)
{
    *problem = (struct problem){.kind = kind, .place = {.row = reader->view.line}};
    text_printable(span_of(reader->head->name), problem->place.file, sizeof problem->place.file);
    name_column(reader, column, problem->place.column, sizeof problem->place.column);
}

enum status csv_reader_problem(struct csv_reader *reader, enum problem_kind kind, uint32_t column, struct span value,
                               const char *accepted)
{
    struct problem problem;
    begin_problem(reader, kind, column, &problem);
    if (value.length > 0)
        text_printable(value, problem.value, sizeof problem.value);
    (void)snprintf(problem.accepted, sizeof problem.accepted, "%s", accepted);
    return problems_add(reader->problems, &problem);
}

/* "1–5, or a missing code: NA, -99" */
static void say_accepted(const struct csv_reader *reader, const struct scale *scale, char *into, size_t size)
{
    const struct study *study = reader->study;
    char part[64];
    scale_format(scale, part, sizeof part);
    int length = snprintf(into, size, "%s%s", part, scale == &kano_scale ? " or like, must-be, neutral, live-with, dislike" : "");
    const char *before = ", or a missing code: ";
    for (uint32_t i = 0; i < study->missing_count && length > 0 && (size_t)length < size; i++) {
        struct span text = span_of(study->missing[i].text);
        /* Room is left to say that there are more. */
        if (text.length == 0 || (size_t)length + strlen(before) + text.length + 8 > size)
            continue;
        text_printable(text, part, sizeof part);
        length += snprintf(into + length, size - (size_t)length, "%s%s", before, part);
        before = ", ";
    }
}

/* "8": "declared" — when the text can stand in JSON as it is. */
static void say_advice(struct span text, char *into, size_t size)
{
    size_t bad;
    if (text.length == 0 || text.length > 60 || !text_utf8_valid(text, &bad))
        return;
    char key[128];
    size_t length = 0;
    for (size_t i = 0; i < text.length; i++) {
        if ((unsigned char)text.at[i] < ' ')
            return;
        if (text.at[i] == '"' || text.at[i] == '\\')
            key[length++] = '\\';
        key[length++] = text.at[i];
    }
    (void)snprintf(into, size, "\"%.*s\": \"declared\"", (int)length, key);
}

enum status csv_reader_bad_code(struct csv_reader *reader, uint32_t column, const struct scale *scale)
{
    struct span text = csv_reader_text(reader, column);
    int64_t number;
    size_t bad;
    enum problem_kind kind = PROBLEM_NOT_A_NUMBER;
    if (!text_utf8_valid(text, &bad))
        kind = PROBLEM_ENCODING;
    else if (fixed_parse(text, reader->reading->mark, (struct fixed_unit){0, 0}, &number) != FIXED_NOT_A_NUMBER)
        kind = PROBLEM_OUT_OF_RANGE;
    struct problem problem;
    begin_problem(reader, kind, column, &problem);
    text_printable(text, problem.value, sizeof problem.value);
    say_accepted(reader, scale, problem.accepted, sizeof problem.accepted);
    say_advice(text, problem.advice, sizeof problem.advice);
    return problems_add(reader->problems, &problem);
}

/* Finds the cells that made the scanner suspicious. */
static enum status suspect_row(struct csv_reader *reader)
{
    for (uint32_t i = 0; i < reader->view.cell_count; i++) {
        struct span cell = csv_view_cell(&reader->view, i);
        enum status status = STATUS_OK;
        if (csv_cell_is_misquoted(cell))
            status = csv_reader_problem(reader, PROBLEM_QUOTE, i, (struct span){NULL, 0},
                                        "quotes around the whole cell, with quotes in it doubled");
        else if (cell.length > 0 && memchr(cell.at, '\0', cell.length) != NULL)
            status = csv_reader_problem(reader, PROBLEM_ENCODING, i, cell, "text without NUL bytes");
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

static enum status ragged_row(struct csv_reader *reader)
{
    uint32_t cells = reader->view.cell_count, columns = reader->head->column_count;
    char accepted[64];
    (void)snprintf(accepted, sizeof accepted, "%u cells, as in the header; this row has %u", columns, cells);
    return csv_reader_problem(reader, PROBLEM_RAGGED, cells < columns ? cells : columns, (struct span){NULL, 0}, accepted);
}

static enum status check_lengths(struct csv_reader *reader, bool *good)
{
    for (uint32_t i = 0; i < reader->view.cell_count; i++) {
        if (csv_view_cell(&reader->view, i).length <= CSV_FIELD_BYTES_MAX)
            continue;
        char accepted[64];
        (void)snprintf(accepted, sizeof accepted, "cells of at most %u bytes", CSV_FIELD_BYTES_MAX);
        *good = false;
        enum status status = csv_reader_problem(reader, PROBLEM_TOO_LONG, i, (struct span){NULL, 0}, accepted);
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

/* Can the cells of this row be trusted? If not, says why. */
static enum status check_row(struct csv_reader *reader, bool *good)
{
    const struct csv_view *view = &reader->view;
    *good = false;
    if ((view->flags & CSV_RECORD_UNCLOSED) != 0)
        return csv_reader_problem(reader, PROBLEM_QUOTE, view->cell_count - 1, (struct span){NULL, 0},
                                  "a closing quote before the end of the file");
    if ((view->flags & CSV_RECORD_SUSPECT) != 0)
        return suspect_row(reader);
    if (view->cell_count != reader->head->column_count)
        return ragged_row(reader);
    *good = true;
    if (view->ends[view->cell_count - 1] - (size_t)view->start > CSV_FIELD_BYTES_MAX)
        return check_lengths(reader, good);
    return STATUS_OK;
}

/* The file cannot be followed beyond this row. */
static enum status stopped(struct csv_reader *reader, enum csv_stop stop)
{
    char accepted[80];
    enum problem_kind kind = PROBLEM_TOO_LONG;
    (void)snprintf(accepted, sizeof accepted, "rows of at most %u bytes", CSV_LINE_BYTES_MAX);
    if (stop == CSV_STOP_QUOTE) {
        kind = PROBLEM_QUOTE;
        (void)snprintf(accepted, sizeof accepted, "a closing quote within %u bytes", CSV_LINE_BYTES_MAX);
    } else if (stop == CSV_STOP_TOO_WIDE) {
        kind = PROBLEM_RAGGED;
        (void)snprintf(accepted, sizeof accepted, "%u cells, as in the header", reader->head->column_count);
    }
    return csv_reader_problem(reader, kind, 0, (struct span){NULL, 0}, accepted);
}

enum status csv_reader_next(struct csv_reader *reader, bool *more)
{
    for (;;) {
        enum csv_stop stop;
        enum status status = csv_file_next(reader->ctx, reader->file, &reader->view, more, &stop);
        if (status != STATUS_OK)
            return status;
        if (stop != CSV_STOP_NONE)
            return stopped(reader, stop);
        if (!*more)
            return STATUS_OK;
        reader->rows++;
        bool good;
        status = check_row(reader, &good);
        if (status != STATUS_OK || good)
            return status;
    }
}

enum status csv_reader_notes(struct csv_reader *reader)
{
    char name[192];
    text_printable(span_of(reader->head->name), name, sizeof name);
    enum csv_encoding encoding = csv_file_encoding(reader->file);
    enum status status = STATUS_OK;
    if (encoding != CSV_ENCODING_UTF8) {
        const struct note_word words[] = {
            note_text("file", name), note_text("encoding", csv_encoding_name(encoding)), {.name = NULL}};
        status = answers_note(reader->ctx, reader->builder, "note.reading.encoding", words);
    }
    uint64_t empty = csv_file_empty_rows(reader->file);
    if (status == STATUS_OK && empty > 0) {
        const struct note_word words[] = {note_count("count", empty), note_text("file", name), {.name = NULL}};
        const char *key = empty == 1 ? "note.reading.empty_rows.one" : "note.reading.empty_rows";
        status = answers_note(reader->ctx, reader->builder, key, words);
    }
    return status == STATUS_OK ? csv_outcomes_tell(reader) : status;
}
