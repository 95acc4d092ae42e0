/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/packed_read.h"

#include <errno.h>
#include <string.h>

#include "base/crc32c.h"
#include "base/limits.h"
#include "base/pool.h"
#include "base/work_count.h"
#include "formats/packed_codes.h"
#include "formats/packed_layout.h"
#include "formats/packed_lists.h"
#include "formats/packed_study.h"
#include "model/answers_builder.h"

enum { CRC_BYTES = 4 };

/* One thread's things. */
struct member {
    unsigned char *room; /* what a block holds beside its codes */
    int64_t values[ANSWERS_CHUNK_ROWS];
};

struct unpacking {
    const struct packed_request *request;
    const struct study *study;
    struct packed_file file;
    struct packed_head head;
    struct packed_lists lists;
    struct packed_parts full, last;
    uint64_t begin; /* of the blocks */
    struct answers_chunk *chunks;
    uint32_t chunk_count;
    struct packed_ceilings *ceilings;
    struct member *members;
    atomic_int failed; /* errno */
};

static enum status damaged(struct ctx *ctx, const struct unpacking *unpacking)
{
    return ctx_fail(ctx, STATUS_DATA, NULL,
                    "The pack %s is damaged, so nothing of it is used; make it anew with `gapmeter pack` from the file that it "
                    "was made of.",
                    unpacking->file.name);
}

/* Reads a stretch; a file that has become shorter is damaged. */
static enum status read_whole(struct ctx *ctx, const struct unpacking *unpacking, uint64_t offset, void *into, size_t length)
{
    const struct packed_rooms room = {{into, NULL}, {length, 0}};
    const ssize_t got = packed_file_read(&unpacking->file, offset, &room);
    if (got < 0)
        return packed_file_failed(ctx, unpacking->file.name, errno);
    return (size_t)got == length ? STATUS_OK : damaged(ctx, unpacking);
}

static enum status head_refuse(struct ctx *ctx, const struct unpacking *unpacking, enum packed_fault fault)
{
    const char *name = unpacking->file.name;
    if (fault == PACKED_NOT_A_PACK)
        return ctx_fail(ctx, STATUS_DATA, NULL, "%s is no pack of answers; `gapmeter pack` makes one.", name);
    if (fault == PACKED_OTHER_VERSION)
        return ctx_fail(
            ctx, STATUS_DATA, NULL,
            "The pack %s was made by another version of gapmeter, which packs differently; make it anew with `gapmeter pack`.",
            name);
    return damaged(ctx, unpacking);
}

static enum status head_take(struct ctx *ctx, struct unpacking *unpacking)
{
    unsigned char bytes[PACKED_HEAD_BYTES];
    const struct packed_rooms room = {{bytes, NULL}, {sizeof bytes, 0}};
    struct packed_head *head = &unpacking->head;
    struct digest study;
    const ssize_t got = packed_file_read(&unpacking->file, 0, &room);
    if (got < 0)
        return packed_file_failed(ctx, unpacking->file.name, errno);
    const enum packed_fault fault = packed_head_read(bytes, (size_t)got, head);
    if (fault != PACKED_GOOD)
        return head_refuse(ctx, unpacking, fault);
    if (strcmp(head->program, GAPMETER_VERSION) != 0)
        return head_refuse(ctx, unpacking, PACKED_OTHER_VERSION);
    enum status status = packed_study_digest(ctx, unpacking->study, &study);
    if (status == STATUS_OK && !digest_equal(&study, &head->study))
        return ctx_fail(ctx, STATUS_DATA, NULL,
                        "The pack %s was made with a study file that says something else about columns, scales or missing "
                        "answers than %s; make it anew with `gapmeter pack`.",
                        unpacking->file.name, unpacking->study->source == NULL ? "this one" : unpacking->study->source);
    return status;
}

/* Are the head's numbers possible? Each encounter takes a byte or more, so none is allocated for that the file does not hold. */
static bool head_fits(struct unpacking *unpacking, const struct answers_builder *builder)
{
    const struct packed_head *head = &unpacking->head;
    struct answers *answers = &unpacking->lists.answers;
    answers->slots = answers_builder_slots(builder);
    answers->code_bytes = study_code_bytes(unpacking->study);
    answers->outcome_places = answers_builder_outcomes(builder, &answers->outcome_bytes);
    for (uint32_t i = 0; i < (uint32_t)STANDARD_COUNT * unpacking->study->item_count; i++)
        answers->slot_count += answers->slots[i] != NO_SLOT;
    return head->file_bytes == unpacking->file.size && head->encounters > 0 && head->encounters <= ENCOUNTERS_MAX &&
           head->encounters <= head->file_bytes && head->list_bytes <= head->file_bytes - PACKED_HEAD_BYTES &&
           head->slots == answers->slot_count && head->code_bytes == answers->code_bytes;
}

static enum status lists_take(struct ctx *ctx, struct unpacking *unpacking)
{
    const struct packed_head *head = &unpacking->head;
    const size_t length = (size_t)head->list_bytes;
    struct packed_lists *lists = &unpacking->lists;
    char *bytes = arena_alloc(ctx->arena, length + 1);
    bool good = false;
    if (bytes == NULL)
        return ctx_no_memory(ctx);
    enum status status = read_whole(ctx, unpacking, PACKED_HEAD_BYTES, bytes, length);
    if (status != STATUS_OK)
        return status;
    if (crc32c(0, bytes, length) != head->list_crc)
        return damaged(ctx, unpacking);
    lists->answers.encounter_count = (uint32_t)head->encounters;
    status = packed_lists_read(ctx, (struct span){bytes, length}, lists, &good);
    if (status == STATUS_OK && !good)
        return damaged(ctx, unpacking);
    return status == STATUS_OK ? packed_origin_find(ctx, unpacking->request->path, &lists->origin) : status;
}

/* Lays out the blocks, which must fill the file. */
static enum status blocks_lay_out(struct ctx *ctx, struct unpacking *unpacking)
{
    const struct packed_head *head = &unpacking->head;
    const struct packed_columns *columns = &unpacking->lists.columns;
    const uint32_t rest = (uint32_t)(head->encounters % ANSWERS_CHUNK_ROWS);
    enum status status = packed_parts_make(ctx, head, columns, ANSWERS_CHUNK_ROWS, &unpacking->full);
    if (status == STATUS_OK)
        status = packed_parts_make(ctx, head, columns, rest, &unpacking->last);
    if (status != STATUS_OK)
        return status;
    unpacking->begin = PACKED_HEAD_BYTES + head->list_bytes;
    const uint64_t blocks = packed_blocks_bytes(head->encounters, unpacking->full.bytes, unpacking->last.bytes);
    const bool empty = columns->count == 0 && head->slots == 0;
    return unpacking->begin + blocks == head->file_bytes && !empty ? STATUS_OK : damaged(ctx, unpacking);
}

/* "answers.pack" was made of these files, and they have not changed since? */
static enum status origin_check(struct ctx *ctx, const struct unpacking *unpacking, enum packed_age *age)
{
    const struct packed_origin *origin = &unpacking->lists.origin;
    const struct format_source *source = unpacking->request->source;
    const char *which = "";
    char shown[192];
    if (unpacking->request->bytes != NULL) {
        *age = PACKED_FRESH;
        return STATUS_OK;
    }
    if (source != NULL && !packed_origin_same(origin, source))
        return ctx_fail(ctx, STATUS_DATA, NULL, "The pack %s was not made of %s.", unpacking->file.name, source->path);
    enum status status = packed_origin_compare(ctx, origin, age, &which);
    text_printable(span_of(which), shown, sizeof shown);
    if (status == STATUS_OK && *age == PACKED_STALE)
        return ctx_fail(ctx, STATUS_DATA, NULL,
                        "The pack %s is stale: %s has changed since it was packed; make it anew with `gapmeter pack`.",
                        unpacking->file.name, shown);
    return status;
}

/* Room for all rows. */
static enum status chunks_take(struct ctx *ctx, struct unpacking *unpacking, struct answers_builder *builder)
{
    const uint32_t encounters = (uint32_t)unpacking->head.encounters;
    enum status status = STATUS_OK;
    unpacking->chunk_count = (encounters - 1) / ANSWERS_CHUNK_ROWS + 1;
    unpacking->chunks = arena_array(ctx->arena, unpacking->chunk_count, sizeof *unpacking->chunks);
    if (unpacking->chunks == NULL)
        return ctx_no_memory(ctx);
    for (uint32_t i = 0; i < unpacking->chunk_count && status == STATUS_OK; i++) {
        struct answers_piece piece;
        status = answers_append(ctx, builder, encounters - i * ANSWERS_CHUNK_ROWS, &piece);
        unpacking->chunks[i] = piece.chunk;
    }
    return status;
}

/* The checksum of a block whose codes and rest were read. */
static bool block_is_whole(const struct unpacking *unpacking, uint32_t block, const struct packed_parts *parts,
                           const unsigned char *rest)
{
    const size_t rest_bytes = (size_t)(parts->bytes - parts->code_bytes) - CRC_BYTES;
    const struct span pieces[] = {{unpacking->chunks[block].codes, (size_t)parts->code_bytes}, {(const char *)rest, rest_bytes}};
    return packed_block_crc(&unpacking->head, block, pieces, 2) == little_get(rest + rest_bytes, CRC_BYTES);
}

static bool columns_read(const struct unpacking *unpacking, uint32_t block, const struct packed_parts *parts,
                         struct member *member)
{
    const struct packed_columns *columns = &unpacking->lists.columns;
    struct packed_rows rows = {.chunk = &unpacking->chunks[block], .count = parts->rows};
    for (uint32_t i = 0; i < columns->count; i++) {
        rows.from = member->room + (parts->columns[i] - parts->code_bytes);
        if (!packed_column_read(unpacking->study, &columns->at[i], &rows, member->values))
            return false;
    }
    for (uint32_t i = 0; columns->own_numbers && i < parts->rows; i++)
        rows.chunk->respondents[i] = block * ANSWERS_CHUNK_ROWS + i;
    return true;
}

static enum status block_read(void *state, size_t number, unsigned worker)
{
    struct unpacking *unpacking = state;
    const uint32_t block = (uint32_t)number;
    const struct packed_head *head = &unpacking->head;
    struct member *member = &unpacking->members[worker];
    const bool rest = head->encounters - number * ANSWERS_CHUNK_ROWS < ANSWERS_CHUNK_ROWS;
    const struct packed_parts *parts = rest ? &unpacking->last : &unpacking->full;
    void *codes = unpacking->chunks[block].codes;
    const struct packed_rooms rooms = {{codes, member->room},
                                       {(size_t)parts->code_bytes, (size_t)(parts->bytes - parts->code_bytes)}};
    const ssize_t got = packed_file_read(&unpacking->file, unpacking->begin + number * unpacking->full.bytes, &rooms);
    if (got < 0) {
        unpacking->failed = errno;
        return STATUS_IO;
    }
    if ((uint64_t)got != parts->bytes || !block_is_whole(unpacking, block, parts, member->room))
        return STATUS_DATA;
    if (head->code_bytes == 2)
        packed_codes_turn(codes, (size_t)parts->rows * head->slots);
    const bool fit = packed_codes_fit(unpacking->ceilings, codes, parts->rows) && columns_read(unpacking, block, parts, member);
    return fit ? STATUS_OK : STATUS_DATA;
}

static enum status blocks_read(struct ctx *ctx, struct unpacking *unpacking)
{
    const unsigned workers = pool_workers(ctx, unpacking->chunk_count);
    unpacking->members = arena_array(ctx->arena, workers, sizeof *unpacking->members);
    if (unpacking->members == NULL || packed_ceilings_make(ctx, &unpacking->lists.answers, &unpacking->ceilings) != STATUS_OK)
        return ctx_no_memory(ctx);
    for (unsigned i = 0; i < workers; i++) {
        unpacking->members[i].room = arena_alloc(ctx->arena, (size_t)(unpacking->full.bytes - unpacking->full.code_bytes));
        if (unpacking->members[i].room == NULL)
            return ctx_no_memory(ctx);
    }
    enum status status = pool_run(ctx, unpacking->chunk_count, block_read, unpacking);
    work_add(WORK_ANSWER_ROWS, unpacking->head.encounters);
    if (status == STATUS_IO)
        return packed_file_failed(ctx, unpacking->file.name, unpacking->failed);
    return status == STATUS_DATA ? damaged(ctx, unpacking) : status;
}

/* Missing answers of a kind are missing. */
static bool marks_fit(const struct answers *answers)
{
    for (uint64_t i = 0; i < answers->missing_count; i++) {
        if (answers_code(answers, answers->missing[i].encounter, answers->missing[i].slot) != 0)
            return false;
    }
    return true;
}

/* Adds what the lists hold to rows, as a builder ended them that was told of nothing else. */
static void lists_add(struct answers *answers, const struct answers *lists)
{
    answers->respondent_count = lists->respondent_count;
    answers->respondent_marks = lists->respondent_marks;
    answers->respondent_runs = lists->respondent_runs;
    answers->respondent_run_count = lists->respondent_run_count;
    answers->cluster_count = lists->cluster_count;
    answers->cluster_names = lists->cluster_names;
    answers->stratum_count = lists->stratum_count;
    answers->stratum_names = lists->stratum_names;
    answers->segment_values = lists->segment_values;
    answers->segment_value_count = lists->segment_value_count;
    answers->fieldwork = lists->fieldwork;
    answers->missing = lists->missing;
    answers->missing_count = lists->missing_count;
    answers->texts = lists->texts;
    answers->text_count = lists->text_count;
    answers->moments = lists->moments;
    answers->moment_count = lists->moment_count;
    answers->moment_starts = lists->moment_starts;
    answers->touchpoint_names = lists->touchpoint_names;
    answers->touchpoint_count = lists->touchpoint_count;
    memcpy(answers->notes, lists->notes, sizeof answers->notes);
    answers->note_count = lists->note_count;
}

static enum status rows_take(struct ctx *ctx, struct unpacking *unpacking, struct answers_builder *builder,
                             const struct answers **out)
{
    const struct answers *rows = NULL;
    struct answers *answers = NULL;
    enum status status = chunks_take(ctx, unpacking, builder);
    if (status == STATUS_OK)
        status = blocks_read(ctx, unpacking);
    if (status == STATUS_OK)
        status = answers_end(ctx, builder, &rows);
    if (status != STATUS_OK)
        return status;
    answers = arena_alloc(ctx->arena, sizeof *answers);
    if (answers == NULL)
        return ctx_no_memory(ctx);
    *answers = *rows;
    lists_add(answers, &unpacking->lists.answers);
    if (!marks_fit(answers))
        return damaged(ctx, unpacking);
    *out = answers;
    return STATUS_OK;
}

static enum status file_take(struct ctx *ctx, struct unpacking *unpacking)
{
    const struct span *bytes = unpacking->request->bytes;
    if (bytes == NULL)
        return packed_file_open(ctx, unpacking->request->path, &unpacking->file);
    unpacking->file =
        (struct packed_file){.name = unpacking->request->path, .descriptor = -1, .memory = *bytes, .size = bytes->length};
    return STATUS_OK;
}

enum status packed_read(struct ctx *ctx, const struct packed_request *request, const struct study *study, enum packed_age *age,
                        const struct answers **out)
{
    struct unpacking unpacking = {.request = request, .study = study, .lists.answers.study = study};
    struct answers_builder *builder = NULL;
    *out = NULL;
    enum status status = file_take(ctx, &unpacking);
    if (status == STATUS_OK)
        status = head_take(ctx, &unpacking);
    if (status == STATUS_OK)
        status = answers_begin(ctx, study, &builder);
    if (status != STATUS_OK)
        return status;
    work_add(WORK_ANSWER_FILES, 1);
    if (!head_fits(&unpacking, builder))
        return damaged(ctx, &unpacking);
    status = lists_take(ctx, &unpacking);
    if (status == STATUS_OK)
        status = blocks_lay_out(ctx, &unpacking);
    if (status == STATUS_OK)
        status = origin_check(ctx, &unpacking, age);
    if (status == STATUS_OK && request->made_of != NULL)
        *request->made_of = unpacking.lists.origin;
    return status == STATUS_OK ? rows_take(ctx, &unpacking, builder, out) : status;
}
