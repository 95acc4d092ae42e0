/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/pdf_file.h"

#include <libdeflate.h>
#include <string.h>

#include "render/pdf_syntax.h"

#define GROUP_MOST    200u /* objects that are packed together: a reader unpacks all to see one */
#define PACKING_LEVEL 1    /* of 12: pages and tags are alike, and more takes time rather than room */
#define ENTRY_BYTES   7u   /* of the table: kind, four bytes of place, two of index */

/* Where an object is. */
struct object_place {
    size_t at;
    uint32_t index;
    unsigned kind; /* 0 nowhere, 1 at an offset, 2 packed in another object */
};

struct pdf_file {
    struct ctx *ctx;
    struct out *out;
    size_t written;
    struct libdeflate_compressor *packer;
    unsigned char *room; /* for packed bytes */
    size_t room_size;
    struct object_place *places;          /* [capacity], by number */
    uint32_t size, capacity;              /* numbers given so far are below size */
    struct out *numbers, *bodies, *plain; /* of the group that is collected: where each begins, what they are; all of it */
    uint32_t group, group_count;          /* the number of the object that holds it */
    enum status failure;                  /* of pdf_object_begin, told by pdf_object_end */
};

static void packer_close(void *packer)
{
    libdeflate_free_compressor(packer);
}

static void bytes_write(struct pdf_file *file, struct span bytes)
{
    out_span(file->out, bytes);
    file->written += bytes.length;
}

static void text_write(struct pdf_file *file, const char *text)
{
    bytes_write(file, span_of(text));
}

/* Room for the places of all numbers given so far. */
static enum status places_grow(struct pdf_file *file)
{
    if (file->size <= file->capacity)
        return STATUS_OK;
    uint32_t capacity = file->capacity ? file->capacity : 1024;
    while (capacity < file->size)
        capacity *= 2;
    struct object_place *places = arena_array(file->ctx->arena, capacity, sizeof *places);
    if (!places)
        return ctx_no_memory(file->ctx);
    if (file->capacity)
        memcpy(places, file->places, file->capacity * sizeof *places);
    file->places = places;
    file->capacity = capacity;
    return STATUS_OK;
}

enum status pdf_file_begin(struct ctx *ctx, struct out *out, struct pdf_file **file)
{
    struct pdf_file *begun = arena_alloc(ctx->arena, sizeof *begun);
    if (!begun)
        return ctx_no_memory(ctx);
    *begun = (struct pdf_file){.ctx = ctx, .out = out, .size = 1};
    begun->packer = libdeflate_alloc_compressor(PACKING_LEVEL);
    if (!begun->packer)
        return ctx_no_memory(ctx);
    enum status status = arena_defer(ctx->arena, packer_close, begun->packer);
    if (!status)
        status = out_open_memory(ctx, &begun->numbers);
    if (!status)
        status = out_open_memory(ctx, &begun->bodies);
    if (!status)
        status = out_open_memory(ctx, &begun->plain);
    /* Bytes above 127 behind the version say that the file is not a text. */
    text_write(begun, "%PDF-1.5\n%\xB5\xED\xAE\xFB\n");
    *file = begun;
    return status;
}

uint32_t pdf_file_numbers(struct pdf_file *file, uint32_t count)
{
    file->size += count;
    return file->size - count;
}

/* Writes an object that is a stream.
 * takes   bytes  as they shall be read */
static enum status stream_write(struct pdf_file *file, uint32_t number, const char *entries, struct span bytes)
{
    size_t most = libdeflate_zlib_compress_bound(file->packer, bytes.length);
    if (most > file->room_size) {
        file->room_size = 2 * most;
        file->room = arena_alloc(file->ctx->arena, file->room_size);
    }
    enum status status = places_grow(file);
    if (status || !file->room)
        return status ? status : ctx_no_memory(file->ctx);
    const struct span packed = {.at = (const char *)file->room,
                                .length =
                                    libdeflate_zlib_compress(file->packer, bytes.at, bytes.length, file->room, file->room_size)};
    if (!packed.length)
        return ctx_no_memory(file->ctx);
    file->places[number] = (struct object_place){.kind = 1, .at = file->written};
    const char *head = arena_format(file->ctx->arena, "%u 0 obj\n<<%s/Length %zu/Filter/FlateDecode>>\nstream\n", number, entries,
                                    packed.length);
    if (!head)
        return ctx_no_memory(file->ctx);
    text_write(file, head);
    bytes_write(file, packed);
    text_write(file, "\nendstream\nendobj\n");
    return STATUS_OK;
}

/* Bytes that were collected in memory, or nothing when there was no room for them. */
static enum status bytes_take(struct ctx *ctx, const struct out *from, struct span *bytes)
{
    *bytes = out_bytes(from);
    return out_failed(from) ? ctx_no_memory(ctx) : STATUS_OK;
}

enum status pdf_stream_write(struct pdf_file *file, uint32_t number, const char *entries, const struct out *bytes)
{
    struct span plain;
    enum status status = bytes_take(file->ctx, bytes, &plain);
    return status ? status : stream_write(file, number, entries, plain);
}

/* Writes the objects that wait as one that holds them. */
static enum status group_end(struct pdf_file *file)
{
    struct span plain;
    if (!file->group_count)
        return STATUS_OK;
    size_t first = out_bytes(file->numbers).length;
    out_empty(file->plain);
    out_span(file->plain, out_bytes(file->numbers));
    out_span(file->plain, out_bytes(file->bodies));
    const char *entries = arena_format(file->ctx->arena, "/Type/ObjStm/N %u/First %zu", file->group_count, first);
    enum status status = entries ? bytes_take(file->ctx, file->plain, &plain) : ctx_no_memory(file->ctx);
    if (!status && (out_failed(file->numbers) || out_failed(file->bodies)))
        status = ctx_no_memory(file->ctx);
    if (!status)
        status = stream_write(file, file->group, entries, plain);
    file->group_count = 0;
    out_empty(file->numbers);
    out_empty(file->bodies);
    return status;
}

struct out *pdf_object_begin(struct pdf_file *file, uint32_t number)
{
    if (!file->group_count)
        file->group = pdf_file_numbers(file, 1);
    pdf_count_write(file->numbers, number);
    out_char(file->numbers, ' ');
    pdf_count_write(file->numbers, out_bytes(file->bodies).length);
    out_char(file->numbers, ' ');
    if (!file->failure)
        file->failure = places_grow(file);
    if (!file->failure)
        file->places[number] = (struct object_place){.kind = 2, .at = file->group, .index = file->group_count};
    file->group_count++;
    return file->bodies;
}

enum status pdf_object_end(struct pdf_file *file)
{
    enum status status = file->failure;
    out_char(file->bodies, '\n');
    if (!status && file->group_count == GROUP_MOST)
        status = group_end(file);
    return status;
}

enum status pdf_file_end(struct pdf_file *file, uint32_t root, uint32_t info)
{
    enum status status = group_end(file);
    uint32_t table = pdf_file_numbers(file, 1);
    size_t start = file->written;
    if (!status)
        status = places_grow(file);
    if (status)
        return status;
    file->places[table] = (struct object_place){.kind = 1, .at = start};
    out_empty(file->plain);
    for (uint32_t i = 0; i < file->size; i++) {
        const struct object_place *place = &file->places[i];
        unsigned char entry[ENTRY_BYTES] = {(unsigned char)place->kind,       (unsigned char)(place->at >> 24),
                                            (unsigned char)(place->at >> 16), (unsigned char)(place->at >> 8),
                                            (unsigned char)place->at,         (unsigned char)(place->index >> 8),
                                            (unsigned char)place->index};
        out_write(file->plain, entry, sizeof entry);
    }
    const char *entries =
        arena_format(file->ctx->arena, "/Type/XRef/Size %u/W[1 4 2]/Root %u 0 R/Info %u 0 R", file->size, root, info);
    status = entries ? pdf_stream_write(file, table, entries, file->plain) : ctx_no_memory(file->ctx);
    const char *end = arena_format(file->ctx->arena, "startxref\n%zu\n%%%%EOF\n", start);
    if (status || !end)
        return status ? status : ctx_no_memory(file->ctx);
    text_write(file, end);
    return STATUS_OK;
}
