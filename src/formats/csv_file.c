/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/csv_file.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "base/memory.h"
#include "base/work_count.h"
#include "formats/csv_decoder.h"

struct csv_file {
    struct csv_head head;
    struct csv_source *source;
    struct csv_decoder *decoder;
    char *buffer; /* on the heap: it grows with the longest record */
    size_t capacity;
    size_t begin;       /* the first byte whose record was not scanned whole */
    size_t filled;      /* bytes in the buffer */
    size_t visible;     /* bytes that the scanner may see: fewer than filled only in tests */
    size_t block_bytes; /* tests: how much more it may see at a time; 0 = all */
    bool ended;         /* nothing comes after `filled` */
    struct csv_index index;
    size_t index_at; /* where offsets of the index count from */
    uint32_t next_record;
    uint64_t line; /* of the next record */
    uint64_t empty_rows;
    uint64_t records; /* handed out, the header too */
    enum csv_stop stop;
    uint64_t passed; /* bytes of text that were dropped from the buffer */
    bool fed;        /* bytes are handed in (csv_file_feed), not read */
    bool whole;      /* … and end with a record */
    bool starved;    /* … and there is no whole record among those that are left */
};

static void file_close(void *resource)
{
    struct csv_file *file = resource;
    work_add(WORK_ANSWER_ROWS, file->records);
    memory_free(file->buffer);
}

/* Makes room for so many bytes behind the unread ones, which move to the front. */
static enum status make_room(struct ctx *ctx, struct csv_file *file, size_t more)
{
    size_t left = file->filled - file->begin;
    if (file->begin > 0 && left > 0)
        memmove(file->buffer, file->buffer + file->begin, left);
    file->filled = left;
    file->passed += file->begin;
    file->visible -= file->begin;
    file->begin = 0;
    /* Reading as much again as is there keeps scanning long records linear. */
    size_t want = left + (left > more ? left : more) + 1;
    if (want <= file->capacity)
        return STATUS_OK;
    char *buffer = memory_resize(file->buffer, want);
    if (buffer == NULL)
        return ctx_no_memory(ctx);
    file->buffer = buffer;
    file->capacity = want;
    return STATUS_OK;
}

static enum status read_more(struct ctx *ctx, struct csv_file *file)
{
    enum status status = make_room(ctx, file, CSV_SNIFF_BYTES);
    while (status == STATUS_OK && !file->ended && file->capacity - file->filled > CSV_DECODER_ROOM) {
        size_t got;
        status = csv_decoder_read(ctx, file->decoder, file->buffer + file->filled, file->capacity - file->filled - 1, &got);
        if (status == STATUS_OK) {
            file->filled += got;
            file->ended = got == 0;
        }
    }
    /* An empty cell at the end of the file is followed by a byte like any other (csv_codes.h). */
    if (status == STATUS_OK)
        file->buffer[file->filled] = '\n';
    return status;
}

/* Lets the scanner see more bytes, and scans. */
static enum status scan_more(struct ctx *ctx, struct csv_file *file)
{
    if (!file->index.full || file->index.record_count == 0) {
        if (file->visible == file->filled && !file->fed) {
            enum status status = read_more(ctx, file);
            if (status != STATUS_OK)
                return status;
        }
        size_t hidden = file->filled - file->visible;
        file->visible += file->block_bytes > 0 && hidden > file->block_bytes ? file->block_bytes : hidden;
    }
    struct span bytes = {file->buffer + file->begin, file->visible - file->begin};
    const bool last = file->visible == file->filled && (file->ended || file->whole);
    csv_scan(bytes, file->head.dialect.delimiter, last, &file->index);
    file->index_at = file->begin;
    file->begin += file->index.consumed;
    file->next_record = 0;
    if (file->index.record_count > 0)
        return STATUS_OK;
    file->starved = file->fed && !file->ended;
    if (file->index.full)
        file->stop = CSV_STOP_TOO_WIDE;
    else if (file->visible - file->begin > CSV_LINE_BYTES_MAX)
        file->stop = file->index.in_quotes ? CSV_STOP_QUOTE : CSV_STOP_TOO_LONG;
    return STATUS_OK;
}

enum status csv_file_next(struct ctx *ctx, struct csv_file *file, struct csv_view *view, bool *more, enum csv_stop *stop)
{
    *more = false;
    while (!*more) {
        while (file->next_record == file->index.record_count && file->stop == CSV_STOP_NONE) {
            if ((file->ended && file->begin == file->filled) || file->starved)
                break;
            enum status status = scan_more(ctx, file);
            if (status != STATUS_OK)
                return status;
        }
        *stop = file->stop;
        if (file->next_record == file->index.record_count) {
            *view = (struct csv_view){.line = file->line};
            return STATUS_OK;
        }
        *view = csv_view_of(file->buffer + file->index_at, &file->index, file->next_record);
        view->line = file->line;
        if (view->ends[view->cell_count - 1] - (size_t)view->start > CSV_LINE_BYTES_MAX) {
            *stop = file->stop = (view->flags & CSV_RECORD_UNCLOSED) != 0 ? CSV_STOP_QUOTE : CSV_STOP_TOO_LONG;
            return STATUS_OK;
        }
        file->line += file->index.records[file->next_record++].lines;
        *more = !csv_view_is_empty(view);
        file->empty_rows += !*more && view->cell_count > 1;
        file->records += *more;
    }
    return STATUS_OK;
}

static enum status name_columns(struct ctx *ctx, struct csv_file *file, const struct csv_view *view)
{
    struct csv_head *head = &file->head;
    struct csv_unquoting unquoting;
    if (view->cell_count > CSV_COLUMNS_MAX)
        return ctx_fail(ctx, STATUS_DATA, NULL, "%s has %u columns; at most %u can be read.", head->name, view->cell_count,
                        CSV_COLUMNS_MAX);
    struct span *headers = arena_array(ctx->arena, view->cell_count, sizeof *headers);
    if (headers == NULL || csv_unquoting_create(ctx, &unquoting) != STATUS_OK)
        return ctx_no_memory(ctx);
    for (uint32_t i = 0; i < view->cell_count; i++) {
        struct span cell = csv_view_cell(view, i);
        if (cell.length > CSV_FIELD_BYTES_MAX)
            return ctx_fail(ctx, STATUS_DATA, NULL, "%s has a header of more than %u bytes in column %u; shorten it.", head->name,
                            CSV_FIELD_BYTES_MAX, i + 1);
        struct span text = csv_cell_text(&unquoting, cell);
        headers[i] = (struct span){arena_copy(ctx->arena, text), text.length};
        if (headers[i].at == NULL)
            return ctx_no_memory(ctx);
    }
    head->headers = headers;
    head->column_count = view->cell_count;
    head->line = view->line;
    return STATUS_OK;
}

static enum status read_header(struct ctx *ctx, struct csv_file *file)
{
    struct csv_view view;
    enum csv_stop stop;
    bool more;
    enum status status = csv_file_next(ctx, file, &view, &more, &stop);
    if (status != STATUS_OK)
        return status;
    if (stop == CSV_STOP_TOO_WIDE)
        return ctx_fail(ctx, STATUS_DATA, NULL, "%s has more than %u columns, which is the most that can be read.",
                        file->head.name, CSV_COLUMNS_MAX);
    if (stop == CSV_STOP_TOO_LONG)
        return ctx_fail(ctx, STATUS_DATA, NULL,
                        "%s begins with a line of more than %u bytes; a file of answers begins with a line of column names.",
                        file->head.name, CSV_LINE_BYTES_MAX);
    if (stop == CSV_STOP_QUOTE || (more && (view.flags & CSV_RECORD_UNCLOSED) != 0))
        return ctx_fail(ctx, STATUS_DATA, NULL, "%s opens a quote in its line of column names that is never closed.",
                        file->head.name);
    if (!more)
        return ctx_fail(ctx, STATUS_DATA, NULL,
                        "%s is empty; a file of answers has a line of column names and a line for each respondent.",
                        file->head.name);
    file->empty_rows = 0;
    return name_columns(ctx, file, &view);
}

/* Finds the dialect in what was read so far, which is CSV_SNIFF_BYTES or all there is. */
static enum status find_dialect(struct ctx *ctx, struct csv_file *file)
{
    /* A little less than fits, so that the same bytes are looked at however they came in. */
    size_t most = CSV_SNIFF_BYTES - 4 * (size_t)CSV_DECODER_ROOM;
    size_t length = file->filled < most ? file->filled : most;
    bool whole = file->ended && length == file->filled;
    enum status status = csv_dialect_find(ctx, (struct span){file->buffer, length}, whole, &file->head.dialect);
    file->begin = file->head.dialect.skip_bytes;
    file->visible = file->begin;
    file->line = file->begin > 0 ? 2 : 1;
    return status;
}

enum status csv_file_open(struct ctx *ctx, const struct csv_opening *opening, struct csv_file **out)
{
    struct csv_file *file = arena_alloc(ctx->arena, sizeof *file);
    if (file == NULL)
        return ctx_no_memory(ctx);
    file->block_bytes = opening->block_bytes;
    if (arena_defer(ctx->arena, file_close, file) != STATUS_OK)
        return ctx_no_memory(ctx);
    enum status status = csv_index_create(ctx, CSV_COLUMNS_MAX, &file->index);
    if (status == STATUS_OK)
        status = csv_source_open(ctx, opening, &file->source);
    if (status != STATUS_OK)
        return status;
    file->head.name = csv_source_name(file->source);
    file->head.repeatable = csv_source_is_repeatable(file->source);
    status = csv_decoder_open(ctx, file->source, &file->decoder);
    if (status == STATUS_OK)
        status = read_more(ctx, file);
    if (status == STATUS_OK)
        status = find_dialect(ctx, file);
    if (status == STATUS_OK)
        status = read_header(ctx, file);
    if (status == STATUS_OK)
        *out = file;
    return status;
}

const struct csv_head *csv_file_head(const struct csv_file *file)
{
    return &file->head;
}

enum csv_encoding csv_file_encoding(const struct csv_file *file)
{
    return csv_decoder_encoding(file->decoder);
}

uint64_t csv_file_empty_rows(const struct csv_file *file)
{
    return file->empty_rows;
}

enum status csv_file_detach(struct ctx *ctx, struct csv_file *file, struct csv_rest *rest)
{
    const bool waiting = file->next_record < file->index.record_count;
    const size_t at = waiting ? file->index_at + file->index.records[file->next_record].start : file->begin;
    *rest = (struct csv_rest){.source = file->source,
                              .decoder = file->decoder,
                              .direct = csv_source_is_direct(file->source) && csv_decoder_is_plain(file->decoder),
                              .offset = csv_decoder_mark_length(file->decoder) + file->passed + at,
                              .block_bytes = file->block_bytes};
    const struct span held = rest->direct ? csv_decoder_held(file->decoder) : (struct span){NULL, 0};
    const size_t waits = file->filled - at;
    char *text = arena_alloc(ctx->arena, waits + held.length);
    if (text == NULL)
        return ctx_no_memory(ctx);
    memcpy(text, file->buffer + at, waits);
    if (held.length > 0)
        memcpy(text + waits, held.at, held.length);
    rest->text = (struct span){text, waits + held.length};
    file->begin = file->filled = file->visible = 0;
    file->index.record_count = file->next_record = 0;
    file->index.full = file->ended = false;
    file->fed = true;
    return STATUS_OK;
}

enum status csv_file_feed(struct ctx *ctx, struct csv_file *file, struct span bytes, bool whole)
{
    assert(file->fed);
    if (bytes.length == 0)
        return STATUS_OK;
    enum status status = make_room(ctx, file, bytes.length);
    if (status != STATUS_OK)
        return status;
    memcpy(file->buffer + file->filled, bytes.at, bytes.length);
    file->filled += bytes.length;
    file->visible = file->filled;
    file->buffer[file->filled] = '\n';
    file->starved = false;
    file->whole = whole;
    return STATUS_OK;
}

void csv_file_feed_end(struct csv_file *file)
{
    assert(file->fed);
    file->ended = true;
    file->starved = false;
}

bool csv_file_is_between(const struct csv_file *file)
{
    return file->begin == file->filled && file->next_record == file->index.record_count;
}

bool csv_file_is_stopped(const struct csv_file *file)
{
    return file->stop != CSV_STOP_NONE;
}

uint64_t csv_file_line(const struct csv_file *file)
{
    return file->line;
}

void csv_file_count(struct csv_file *file, uint64_t records)
{
    file->records += records;
}

void csv_file_set_line(struct csv_file *file, uint64_t line)
{
    file->line = line;
}
