/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/csv_crew.h"

#include <string.h>

#include "base/pool.h"
#include "base/progress.h"
#include "base/turn.h"
#include "formats/csv_feed.h"
#include "formats/csv_hand.h"
#include "formats/csv_outcomes.h"
#include "formats/csv_read.h"
#include "model/id_list.h"

/* One thread's things. */
struct member {
    struct csv_hand *hand;
    struct csv_block block;
    size_t head;   /* bytes up to the first LF: they end the record before */
    size_t body;   /* bytes up to the last LF: whole records, if they begin with one */
    size_t ascii;  /* bytes before the first that is not ASCII */
    uint64_t line; /* of the first byte of the body */
};

struct crew {
    struct csv_reader *reader;
    struct csv_identity *identity;
    struct csv_feed *feed;
    struct turn *turn;
    struct member *members;
    /* Changed in turn. */
    bool done;
    enum status status;
};

/* Reads whole records of what the file was fed in the general way. */
static enum status read_fed(struct crew *crew)
{
    bool more = true;
    while (more) {
        enum status status = csv_reader_next(crew->reader, &more);
        if (status == STATUS_OK && more)
            status = csv_wide_row(crew->reader, crew->identity);
        if (status != STATUS_OK)
            return status;
    }
    crew->done = csv_file_is_stopped(crew->reader->file);
    return STATUS_OK;
}

static enum status read_bytes(struct crew *crew, const char *at, size_t length, bool whole)
{
    enum status status = csv_file_feed(crew->reader->ctx, crew->reader->file, (struct span){at, length}, whole);
    return status == STATUS_OK ? read_fed(crew) : status;
}

/* Gives the texts that rows before `row` ask for their numbers.
 * takes   *next  of batch->asked */
static enum status number_texts(struct crew *crew, struct csv_hand *hand, uint32_t row, uint32_t *next)
{
    struct csv_reader *reader = crew->reader;
    const struct csv_batch *batch = &hand->batch;
    const uint32_t segments = reader->study->columns.segment_count;
    const struct csv_asked *asked = batch->asked.at;
    for (; *next < batch->asked.count && asked[*next].row < row; ++*next) {
        struct csv_dictionary *dictionary = &hand->dictionaries[asked[*next].dictionary];
        const uint32_t of = asked[*next].dictionary, own = asked[*next].own;
        const struct span text = csv_dictionary_text(dictionary, own);
        uint16_t value = 0;
        uint32_t number = 0;
        enum status status = of < segments    ? answers_segment_value(reader->ctx, reader->builder, of, text, &value)
                             : of == segments ? answers_cluster(reader->ctx, reader->builder, text, &number)
                                              : answers_stratum(reader->ctx, reader->builder, text, &number);
        if (status != STATUS_OK)
            return status;
        dictionary->unknown -= dictionary->known[own] == CSV_NUMBER_UNKNOWN;
        dictionary->known[own] = of < segments ? value : number;
    }
    return STATUS_OK;
}

static enum status mark_missing(struct crew *crew, const struct csv_batch *batch, const struct csv_placed *placed, uint32_t *next)
{
    const struct csv_mark *marks = batch->marks.at;
    const uint32_t end = placed->row + placed->piece.count;
    for (; *next < batch->marks.count && marks[*next].row < end; ++*next) {
        const struct csv_mark *mark = &marks[*next];
        enum status status =
            answers_mark_missing(crew->reader->ctx, crew->reader->builder, placed->piece.encounter + (mark->row - placed->row),
                                 mark->slot, (enum missing)mark->kind);
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

/* Where a batch stands while it is given its place. */
struct placing {
    struct member *member;
    struct csv_batch *batch;
    uint32_t row;   /* rows before it have their place */
    uint32_t asked; /* entries before it are done */
    uint32_t marks;
};

static struct span name_of(const struct member *member, const struct csv_name *names, uint32_t row)
{
    return names == NULL ? (struct span){NULL, 0} : (struct span){member->hand->bytes + names[row].at, names[row].length};
}

/* Numbers the encounters of rows one by one.
 * gives   *end  the first row whose encounter was there before; `end` as it was when there is none */
static enum status number_rows(struct crew *crew, const struct placing *placing, uint32_t from, uint32_t *end)
{
    struct csv_batch *batch = placing->batch;
    for (uint32_t row = from; row < *end; row++) {
        const struct csv_who who = {name_of(placing->member, batch->names[0], row),
                                    name_of(placing->member, batch->names[1], row)};
        uint32_t encounter, respondent = 0;
        bool fresh;
        enum status status = csv_identity_number(crew->reader, crew->identity, &who, &encounter, &respondent, &fresh);
        if (status != STATUS_OK)
            return status;
        if (!fresh)
            *end = row;
        batch->respondents[row] = respondent;
    }
    return STATUS_OK;
}

/* Numbers the encounters of rows that name somebody. */
static enum status number_names(struct crew *crew, const struct placing *placing, uint32_t *end)
{
    struct csv_batch *batch = placing->batch;
    uint32_t from = placing->row, taken = 0;
    if (batch->naming.encounter) {
        batch->own_numbers = batch->own_numbers && !batch->naming.respondent;
        return number_rows(crew, placing, from, end);
    }
    if (batch->whole) {
        enum status status =
            answers_respondents_rising(crew->reader->ctx, crew->reader->builder, batch->ids + from, *end - from, &taken);
        if (status != STATUS_OK)
            return status;
    }
    return number_rows(crew, placing, from + taken, end);
}

/* Notes the lines of encounters, which mostly follow on each other. */
static enum status note_lines(struct crew *crew, const struct placing *placing, const struct csv_placed *placed)
{
    const uint32_t *lines = placing->batch->row_lines + placed->row;
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < placed->piece.count && status == STATUS_OK; i++) {
        if (i == 0 || lines[i] != lines[i - 1] + 1)
            status = csv_identity_note(crew->reader->ctx, crew->identity, placed->piece.encounter + i,
                                       placing->member->line + lines[i]);
    }
    return status;
}

/* Adds rows to the answers; what stands in them is written later, outside the turn. */
static enum status add_rows(struct crew *crew, struct placing *placing, uint32_t end)
{
    const struct csv_naming *naming = &placing->batch->naming;
    while (placing->row < end) {
        struct csv_placed *placed = csv_list_add(&placing->batch->placed, sizeof *placed);
        if (placed == NULL)
            return ctx_no_memory(crew->reader->ctx);
        placed->row = placing->row;
        enum status status = answers_append(crew->reader->ctx, crew->reader->builder, end - placing->row, &placed->piece);
        if (status != STATUS_OK) {
            placing->batch->placed.count--;
            return status;
        }
        if (naming->respondent || naming->encounter)
            status = note_lines(crew, placing, placed);
        if (status == STATUS_OK)
            status = mark_missing(crew, placing->batch, placed, &placing->marks);
        if (status != STATUS_OK)
            return status;
        placing->row += placed->piece.count;
        crew->reader->rows += placed->piece.count;
        csv_file_count(crew->reader->file, placed->piece.count);
    }
    return STATUS_OK;
}

/* Gives the rows before `end` their place.
 * gives   *all  false: the row placing->row is about an encounter that was there before */
static enum status place_rows(struct crew *crew, struct placing *placing, uint32_t end, bool *all)
{
    const struct csv_naming *naming = &placing->batch->naming;
    uint32_t good = end;
    enum status status = STATUS_OK;
    *all = true;
    if (placing->row == end)
        return STATUS_OK;
    if (naming->respondent || naming->encounter)
        status = number_names(crew, placing, &good);
    if (status == STATUS_OK)
        status = number_texts(crew, placing->member->hand, good, &placing->asked);
    *all = good == end;
    return status == STATUS_OK ? add_rows(crew, placing, good) : status;
}

/* Gives a batch its place among the answers, and reads the records that were left in theirs. */
static enum status place_batch(struct crew *crew, struct member *member)
{
    struct csv_file *file = crew->reader->file;
    struct csv_batch *batch = &member->hand->batch;
    struct placing placing = {.member = member, .batch = batch};
    const struct csv_odd *odd = batch->odd.at;
    bool all = true;
    member->line = csv_file_line(file);
    for (uint32_t i = 0; i <= batch->odd.count && !crew->done; i++) {
        const bool last = i == batch->odd.count;
        enum status status = place_rows(crew, &placing, last ? batch->count : odd[i].row, &all);
        if (status == STATUS_OK && !all) {
            /* From here on to the end in the general way, which says what is wrong. */
            csv_file_set_line(file, member->line + batch->row_lines[placing.row]);
            const uint32_t start = batch->starts[placing.row];
            return read_bytes(crew, member->hand->bytes + start, batch->end - start, true);
        }
        if (status == STATUS_OK && !last) {
            csv_file_set_line(file, member->line + odd[i].line);
            status = read_bytes(crew, member->hand->bytes + odd[i].start, odd[i].next - odd[i].start, true);
        }
        if (status != STATUS_OK)
            return status;
    }
    if (!crew->done)
        csv_file_set_line(file, member->line + batch->lines);
    return STATUS_OK;
}

/* Looks for the parts of a block. */
static void part_block(struct member *member)
{
    const struct csv_block *block = &member->block;
    const char *first = block->length == 0 ? NULL : memchr(block->bytes, '\n', block->length);
    const char *last = first == NULL ? NULL : memrchr(block->bytes, '\n', block->length);
    member->head = first == NULL ? block->length : (size_t)(first - block->bytes) + 1;
    member->body = last == NULL ? block->length : (size_t)(last - block->bytes) + 1;
    member->ascii = block->length;
    if (block->direct && !member->hand->kernel->is_ascii((const unsigned char *)block->bytes, block->length)) {
        for (member->ascii = 0; (unsigned char)block->bytes[member->ascii] < 0x80;)
            member->ascii++;
    }
    csv_hand_read(member->hand, block->bytes + member->head, (uint32_t)(member->body - member->head));
}

/* The block's records, now that all before it have been read. */
static enum status settle_records(struct crew *crew, struct member *member)
{
    const struct csv_block *block = &member->block;
    enum status status = read_bytes(crew, block->bytes, member->head, false);
    size_t from = member->head;
    if (status == STATUS_OK && !crew->done && csv_file_is_between(crew->reader->file)) {
        status = place_batch(crew, member);
        from = member->head + member->hand->batch.end;
    }
    if (status == STATUS_OK && !crew->done)
        status = read_bytes(crew, block->bytes + from, block->length - from, false);
    if (status == STATUS_OK && !crew->done && block->last) {
        csv_file_feed_end(crew->reader->file);
        status = read_fed(crew);
        crew->done = true;
    }
    return status;
}

/* What a block comes to in its turn. */
static enum status settle(struct crew *crew, struct member *member)
{
    struct ctx *ctx = crew->reader->ctx;
    const struct csv_block *block = &member->block;
    enum status status = ctx_cancelled(ctx);
    if (status == STATUS_OK && block->failed != 0)
        status = csv_source_failed(ctx, csv_feed_source(crew->feed), block->failed);
    if (status == STATUS_OK && block->status != STATUS_OK) {
        ctx->error = *csv_feed_error(crew->feed);
        status = block->status;
    }
    if (status == STATUS_OK && member->ascii < block->length)
        status = csv_feed_convert(ctx, crew->feed, block, member->ascii);
    if (status != STATUS_OK || !csv_feed_holds(crew->feed, block))
        return status;
    if (block->direct)
        progress_update(ctx->progress, block->offset + block->length);
    return settle_records(crew, member);
}

static enum status work(void *state, size_t chunk, unsigned worker)
{
    struct crew *crew = state;
    struct member *member = &crew->members[chunk];
    (void)worker;
    while (csv_feed_take(crew->feed, &member->block)) {
        part_block(member);
        turn_wait(crew->turn, member->block.number);
        if (!crew->done && csv_feed_holds(crew->feed, &member->block)) {
            crew->status = settle(crew, member);
            crew->done = crew->done || crew->status != STATUS_OK;
        }
        if (crew->done)
            csv_feed_close(crew->feed);
        turn_pass(crew->turn);
        csv_batch_copy(&member->hand->batch, member->hand->dictionaries);
        if (member->hand->rating_count > 0)
            csv_batch_count(&member->hand->batch, member->line, member->hand->counts);
    }
    return STATUS_OK;
}

static enum status make_members(struct crew *crew, unsigned count)
{
    struct ctx *ctx = crew->reader->ctx;
    crew->members = arena_array(ctx->arena, count, sizeof *crew->members);
    if (crew->members == NULL)
        return ctx_no_memory(ctx);
    enum status status = STATUS_OK;
    for (unsigned i = 0; i < count && status == STATUS_OK; i++) {
        struct member *member = &crew->members[i];
        status = csv_hand_create(crew->reader, (uint32_t)csv_feed_block_bytes(crew->feed), &member->hand);
        if (status == STATUS_OK)
            status = csv_block_create(&member->hand->ctx, crew->feed, &member->block);
    }
    return status;
}

enum status csv_crew_read(struct csv_reader *reader, struct csv_identity *identity)
{
    struct ctx *ctx = reader->ctx;
    struct crew crew = {.reader = reader, .identity = identity};
    struct csv_rest rest;
    enum status status = csv_file_detach(ctx, reader->file, &rest);
    if (status == STATUS_OK)
        status = csv_feed_create(ctx, &rest, &crew.feed);
    if (status == STATUS_OK)
        status = turn_create(ctx, &crew.turn);
    if (status != STATUS_OK)
        return status;
    const uint64_t blocks = csv_feed_block_count(crew.feed);
    const unsigned count = pool_workers(ctx, blocks < SIZE_MAX ? (size_t)blocks : SIZE_MAX);
    status = make_members(&crew, count);
    if (status == STATUS_OK)
        status = pool_run(ctx, count, work, &crew);
    if (status == STATUS_OK)
        status = crew.status;
    for (unsigned i = 0; i < count && status == STATUS_OK; i++)
        csv_outcomes_merge(reader, crew.members[i].hand->counts);
    for (unsigned i = 0; i < count && status == STATUS_OK; i++) {
        const struct fieldwork *days = &crew.members[i].hand->days;
        if (!days->dated)
            continue;
        answers_dated(reader->builder, days->first_ms);
        answers_dated(reader->builder, days->last_ms);
    }
    return status;
}
