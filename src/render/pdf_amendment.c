/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/pdf_amendment.h"

#include <string.h>
#include <zlib.h>

#include "render/pdf_objects.h"

#define GROUP_MOST    200u /* objects that are packed together: a reader unpacks all to see one */
#define PACKING_LEVEL 3    /* of 9: tags are alike, and more takes time rather than room */
#define ENTRY_BYTES   7u   /* kind, four bytes of place, two of index */

/* Where an object of the new file is. */
struct object_place {
    unsigned kind; /* 0 nowhere, 1 at an offset, 2 packed in another object */
    size_t at;
    uint32_t index;
};

struct amending {
    struct ctx *ctx;
    const struct pdf_amendment *amendment;
    struct pdf_objects objects;
    struct out *out;
    size_t written;
    z_stream packer;
    struct object_place *places; /* [number] */
    uint32_t size;               /* numbers given so far are below it */
    uint32_t figures, heads;
    struct out *numbers, *bodies; /* of the group that is being packed */
    uint32_t group_count;
};

static voidpf packer_alloc(voidpf arena, uInt items, uInt size)
{
    return arena_array(arena, items, size);
}

/* The arena takes it back. */
static void packer_free(voidpf arena, voidpf address)
{
    (void)arena;
    (void)address;
}

static void bytes_write(struct amending *amending, struct span bytes)
{
    out_span(amending->out, bytes);
    amending->written += bytes.length;
}

static enum status text_write(struct amending *amending, const char *text)
{
    if (!text)
        return ctx_no_memory(amending->ctx);
    bytes_write(amending, span_of(text));
    return STATUS_OK;
}

/* "<FEFF0041>": a text in UTF-16. */
static void text_string(struct out *out, const char *text)
{
    struct span rest = span_of(text);
    unsigned code_point = 0;
    out_text(out, "<FEFF");
    while (rest.length) {
        size_t taken = text_utf8_decode(rest, &code_point);
        code_point = taken ? code_point : 0xFFFD;
        taken = taken ? taken : 1;
        if (code_point > 0xFFFF)
            out_format(out, "%04X%04X", 0xD800u + ((code_point - 0x10000u) >> 10), 0xDC00u + ((code_point - 0x10000u) & 0x3FFu));
        else
            out_format(out, "%04X", code_point);
        rest = (struct span){.at = rest.at + taken, .length = rest.length - taken};
    }
    out_char(out, '>');
}

static bool body_has(struct span body, const char *name)
{
    size_t length = strlen(name);
    const char *end = body.at + body.length, *at = memmem(body.at, body.length, name, length);
    while (at && at + length < end && at[length] != '\n' && at[length] != ' ')
        at = memmem(at + 1, (size_t)(end - at - 1), name, length);
    return at && at + length < end;
}

/* A language as a PDF tells it: letters, digits and hyphens. */
static void language_write(struct out *out, const char *language)
{
    out_text(out, " /Lang (");
    for (; *language; language++) {
        bool plain = (*language >= 'a' && *language <= 'z') || (*language >= 'A' && *language <= 'Z') ||
                     (*language >= '0' && *language <= '9') || *language == '-';
        out_char(out, plain ? *language : '-');
    }
    out_char(out, ')');
}

/* What is added to an object behind its "<<". */
static void addition_write(struct amending *amending, const struct pdf_object *object, struct out *out)
{
    const struct pdf_amendment *amendment = amending->amendment;
    if (object->number == amending->objects.root) {
        language_write(out, amendment->language);
        out_text(out, " /ViewerPreferences << /DisplayDocTitle true");
        out_text(out, amendment->leftward ? " /Direction /R2L >>" : " >>");
    }
    if (!body_has(object->body, "/StructElem"))
        return;
    if (body_has(object->body, "/S /Figure") && amending->figures < amendment->alternate_count) {
        out_text(out, " /Alt ");
        text_string(out, amendment->alternates[amending->figures++]);
    }
    if (body_has(object->body, "/S /TH") && amending->heads < amendment->head_count)
        out_format(out, " /A << /O /Table /Scope /%s >>", amendment->columns[amending->heads++] ? "Column" : "Row");
}

static bool is_dictionary(const struct pdf_object *object)
{
    return object->body.length > 4 && memcmp(object->body.at, "<<", 2) == 0;
}

/* Packs bytes.
 * gives   *out  in the arena */
static enum status bytes_pack(struct amending *amending, struct span bytes, struct span *out)
{
    z_stream *packer = &amending->packer;
    uLong most = deflateBound(packer, (uLong)bytes.length);
    unsigned char *packed = arena_alloc(amending->ctx->arena, most);
    unsigned char *plain = arena_alloc(amending->ctx->arena, bytes.length + 1);
    if (!packed || !plain)
        return ctx_no_memory(amending->ctx);
    memcpy(plain, bytes.at, bytes.length);
    packer->next_in = plain;
    packer->avail_in = (uInt)bytes.length;
    packer->next_out = packed;
    packer->avail_out = (uInt)most;
    if (deflate(packer, Z_FINISH) != Z_STREAM_END)
        return ctx_no_memory(amending->ctx);
    *out = (struct span){.at = (const char *)packed, .length = most - packer->avail_out};
    return deflateReset(packer) == Z_OK ? STATUS_OK : ctx_no_memory(amending->ctx);
}

/* Writes the objects that wait as one that holds them. */
static enum status group_end(struct amending *amending)
{
    struct ctx *ctx = amending->ctx;
    struct out *plain = NULL;
    struct span packed;
    if (!amending->group_count)
        return STATUS_OK;
    enum status status = out_open_memory(ctx, &plain);
    if (status)
        return status;
    size_t first = out_bytes(amending->numbers).length;
    out_span(plain, out_bytes(amending->numbers));
    out_span(plain, out_bytes(amending->bodies));
    status = bytes_pack(amending, out_bytes(plain), &packed);
    if (status)
        return status;
    amending->places[amending->size] = (struct object_place){.kind = 1, .at = amending->written};
    status = text_write(amending,
                        arena_format(ctx->arena,
                                     "%u 0 obj\n<< /Type /ObjStm /N %u /First %zu /Length %zu /Filter /FlateDecode >>\nstream\n",
                                     amending->size, amending->group_count, first, packed.length));
    bytes_write(amending, packed);
    amending->size++;
    amending->group_count = 0;
    out_empty(amending->numbers);
    out_empty(amending->bodies);
    return status ? status : text_write(amending, "\nendstream\nendobj\n");
}

/* Streams stay as they are; and so do lone numbers, which tell how long a stream is. */
static enum status object_write(struct amending *amending, const struct pdf_object *object)
{
    if (object->stream || !is_dictionary(object)) {
        amending->places[object->number] = (struct object_place){.kind = 1, .at = amending->written};
        enum status status = text_write(amending, arena_format(amending->ctx->arena, "%u 0 obj\n", object->number));
        bytes_write(amending, object->body);
        return status ? status : text_write(amending, "\nendobj\n");
    }
    amending->places[object->number] = (struct object_place){.kind = 2, .at = amending->size, .index = amending->group_count++};
    out_format(amending->numbers, "%u %zu ", object->number, out_bytes(amending->bodies).length);
    out_text(amending->bodies, "<<");
    addition_write(amending, object, amending->bodies);
    out_span(amending->bodies, (struct span){.at = object->body.at + 2, .length = object->body.length - 2});
    out_char(amending->bodies, '\n');
    return amending->group_count == GROUP_MOST ? group_end(amending) : STATUS_OK;
}

/* The table of all objects, packed, and the end of the file. */
static enum status table_write(struct amending *amending)
{
    struct ctx *ctx = amending->ctx;
    struct out *plain = NULL;
    struct span packed;
    size_t start = amending->written;
    enum status status = out_open_memory(ctx, &plain);
    if (status)
        return status;
    amending->places[amending->size] = (struct object_place){.kind = 1, .at = start};
    for (uint32_t i = 0; i <= amending->size; i++) {
        const struct object_place *place = &amending->places[i];
        unsigned char entry[ENTRY_BYTES] = {(unsigned char)place->kind,       (unsigned char)(place->at >> 24),
                                            (unsigned char)(place->at >> 16), (unsigned char)(place->at >> 8),
                                            (unsigned char)place->at,         (unsigned char)(place->index >> 8),
                                            (unsigned char)place->index};
        out_write(plain, entry, sizeof entry);
    }
    status = bytes_pack(amending, out_bytes(plain), &packed);
    if (status)
        return status;
    status =
        text_write(amending, arena_format(ctx->arena,
                                          "%u 0 obj\n<< /Type /XRef /Size %u /W [ 1 4 2 ] /Root %u 0 R /Info %u 0 R /Length %zu "
                                          "/Filter /FlateDecode >>\nstream\n",
                                          amending->size, amending->size + 1, amending->objects.root, amending->objects.info,
                                          packed.length));
    bytes_write(amending, packed);
    return status ? status
                  : text_write(amending, arena_format(ctx->arena, "\nendstream\nendobj\nstartxref\n%zu\n%%%%EOF\n", start));
}

static enum status amending_begin(struct amending *amending, struct span file)
{
    struct ctx *ctx = amending->ctx;
    enum status status = pdf_objects_find(ctx, file, &amending->objects);
    if (!status)
        status = out_open_memory(ctx, &amending->numbers);
    if (!status)
        status = out_open_memory(ctx, &amending->bodies);
    if (status)
        return status;
    amending->size = amending->objects.size;
    amending->places = arena_array(ctx->arena, 2u * (size_t)amending->objects.size + 2u, sizeof *amending->places);
    amending->packer.zalloc = packer_alloc;
    amending->packer.zfree = packer_free;
    amending->packer.opaque = ctx->arena;
    if (!amending->places || deflateInit(&amending->packer, PACKING_LEVEL) != Z_OK)
        return ctx_no_memory(ctx);
    return STATUS_OK;
}

enum status pdf_amend(struct ctx *ctx, struct span file, const struct pdf_amendment *amendment, struct out *out)
{
    struct amending amending = {.ctx = ctx, .amendment = amendment, .out = out};
    enum status status = amending_begin(&amending, file);
    if (status)
        return status;
    bytes_write(&amending, amending.objects.header);
    for (uint32_t i = 0; i < amending.objects.count && !status; i++)
        status = object_write(&amending, &amending.objects.objects[i]);
    if (!status)
        status = group_end(&amending);
    return status ? status : table_write(&amending);
}
