/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/csv_decoder.h"

#include <assert.h>
#include <errno.h>
#include <iconv.h>
#include <string.h>

#include "base/limits.h"

struct csv_decoder {
    struct csv_source *source;
    enum csv_encoding encoding;
    bool decided;  /* until then everything was ASCII */
    bool converts; /* `descriptor` is open */
    iconv_t descriptor;
    size_t block_bytes;   /* of the source, for tests */
    char *room;           /* CSV_SNIFF_BYTES read ahead */
    size_t held_at, held; /* the bytes of it not handed out yet */
    bool ended;           /* the source has no more */
    size_t mark_length;
};

static void decoder_close(void *resource)
{
    struct csv_decoder *decoder = resource;
    if (decoder->converts)
        (void)iconv_close(decoder->descriptor);
}

/* Moves what is held to the front and fills the room behind it. */
static enum status hold_more(struct ctx *ctx, struct csv_decoder *decoder)
{
    if (decoder->held > 0)
        memmove(decoder->room, decoder->room + decoder->held_at, decoder->held);
    decoder->held_at = 0;
    size_t want = CSV_SNIFF_BYTES - decoder->held, got = 0;
    if (decoder->ended || want == 0)
        return STATUS_OK;
    enum status status = csv_source_fill(ctx, decoder->source, decoder->room + decoder->held, want, &got);
    decoder->ended = got < want;
    decoder->held += got;
    return status;
}

static enum status begin_converting(struct ctx *ctx, struct csv_decoder *decoder)
{
    decoder->descriptor = iconv_open("UTF-8", csv_encoding_iconv_name(decoder->encoding));
    /* iconv_open says "no" by a pointer of all ones. */
    if ((intptr_t)decoder->descriptor == -1) {
        if (errno == ENOMEM)
            return ctx_no_memory(ctx);
        return ctx_fail(ctx, STATUS_UNAVAILABLE, NULL, "%s is %s text, which this system cannot convert; save it as UTF-8.",
                        csv_source_name(decoder->source), csv_encoding_name(decoder->encoding));
    }
    decoder->converts = true;
    return STATUS_OK;
}

static enum status decide(struct ctx *ctx, struct csv_decoder *decoder, enum csv_encoding encoding)
{
    decoder->decided = true;
    decoder->encoding = encoding;
    return encoding == CSV_ENCODING_UTF8 ? STATUS_OK : begin_converting(ctx, decoder);
}

static struct span held_bytes(const struct csv_decoder *decoder)
{
    return (struct span){decoder->room + decoder->held_at, decoder->held};
}

static void take(struct csv_decoder *decoder, size_t count)
{
    decoder->held_at += count;
    decoder->held -= count;
}

static enum status refuse_other_files(struct ctx *ctx, const struct csv_decoder *decoder)
{
    const char *name = csv_source_name(decoder->source);
    if (decoder->held == 0)
        return ctx_fail(ctx, STATUS_DATA, NULL,
                        "%s is empty; a file of answers has a line of column names and a line for each respondent.", name);
    const char *what = csv_encoding_not_text(held_bytes(decoder));
    if (what == NULL)
        return STATUS_OK;
    if (strcmp(what, "not text") == 0)
        return ctx_fail(ctx, STATUS_DATA, NULL,
                        "%s is not a text file; answers are read from csv (UTF-8 best), also packed by gzip or zstd.", name);
    return ctx_fail(ctx, STATUS_DATA, NULL, "%s is %s; save the answers as csv in UTF-8.", name, what);
}

enum status csv_decoder_open(struct ctx *ctx, struct csv_source *source, struct csv_decoder **out)
{
    struct csv_decoder *decoder = arena_alloc(ctx->arena, sizeof *decoder);
    if (decoder == NULL)
        return ctx_no_memory(ctx);
    *decoder = (struct csv_decoder){.source = source, .room = arena_alloc(ctx->arena, CSV_SNIFF_BYTES)};
    if (decoder->room == NULL || arena_defer(ctx->arena, decoder_close, decoder) != STATUS_OK)
        return ctx_no_memory(ctx);
    enum status status = hold_more(ctx, decoder);
    if (status == STATUS_OK)
        status = refuse_other_files(ctx, decoder);
    if (status != STATUS_OK)
        return status;
    size_t mark_length;
    enum csv_encoding encoding = csv_encoding_of_mark(held_bytes(decoder), &mark_length);
    take(decoder, mark_length);
    decoder->mark_length = mark_length;
    *out = decoder;
    return mark_length > 0 ? decide(ctx, decoder, encoding) : STATUS_OK;
}

/* How many ASCII bytes a text begins with. */
static size_t ascii_length(struct span text)
{
    size_t i = 0;
    for (; i + 32 <= text.length; i += 32) {
        uint64_t words[4];
        memcpy(words, text.at + i, sizeof words);
        if (((words[0] | words[1] | words[2] | words[3]) & UINT64_C(0x8080808080808080)) != 0)
            break;
    }
    while (i < text.length && (unsigned char)text.at[i] < 0x80)
        i++;
    return i;
}

static enum status undecided_read(struct ctx *ctx, struct csv_decoder *decoder, char *into, size_t size, size_t *got)
{
    struct span held = held_bytes(decoder);
    size_t ascii = ascii_length((struct span){held.at, held.length < size ? held.length : size});
    if (ascii > 0) {
        memcpy(into, held.at, ascii);
        take(decoder, ascii);
        *got = ascii;
        return STATUS_OK;
    }
    enum status status = hold_more(ctx, decoder);
    if (status == STATUS_OK && decoder->held > 0 && (unsigned char)decoder->room[0] >= 0x80)
        status = decide(ctx, decoder, csv_encoding_guess(held_bytes(decoder), decoder->ended));
    *got = 0;
    return status;
}

static enum status plain_read(struct ctx *ctx, struct csv_decoder *decoder, char *into, size_t size, size_t *got)
{
    if (decoder->held == 0)
        return csv_source_read(ctx, decoder->source, into, size, got);
    *got = decoder->held < size ? decoder->held : size;
    memcpy(into, decoder->room + decoder->held_at, *got);
    take(decoder, *got);
    return STATUS_OK;
}

/* Puts U+FFFD for what cannot be converted, and goes on behind it. */
static size_t replace(struct csv_decoder *decoder, char *into)
{
    bool wide = decoder->encoding == CSV_ENCODING_UTF16LE || decoder->encoding == CSV_ENCODING_UTF16BE;
    take(decoder, wide && decoder->held >= 2 ? 2 : 1);
    memcpy(into, "\xEF\xBF\xBD", 3);
    return 3;
}

static enum status converted_read(struct ctx *ctx, struct csv_decoder *decoder, char *into, size_t size, size_t *got)
{
    enum { LONGEST_CHARACTER = 4 };
    *got = 0;
    if (decoder->held < LONGEST_CHARACTER) {
        enum status status = hold_more(ctx, decoder);
        if (status != STATUS_OK)
            return status;
    }
    while (decoder->held > 0 && size - *got >= LONGEST_CHARACTER) {
        char *in = decoder->room + decoder->held_at, *to = into + *got;
        size_t in_left = decoder->held, room_left = size - *got;
        size_t result = iconv(decoder->descriptor, &in, &in_left, &to, &room_left);
        int number = errno;
        take(decoder, decoder->held - in_left);
        *got = (size_t)(to - into);
        if (result != (size_t)-1 || number == E2BIG)
            break;
        /* A character that is not whole waits for its rest, if there is one. */
        if (number == EINVAL && !decoder->ended)
            break;
        if (size - *got < LONGEST_CHARACTER)
            break;
        *got += replace(decoder, into + *got);
    }
    return STATUS_OK;
}

enum status csv_decoder_read(struct ctx *ctx, struct csv_decoder *decoder, char *into, size_t size, size_t *got)
{
    assert(size >= CSV_DECODER_ROOM);
    enum status status = STATUS_OK;
    bool more = true;
    *got = 0;
    while (status == STATUS_OK && *got == 0 && more) {
        if (!decoder->decided)
            status = undecided_read(ctx, decoder, into, size, got);
        else if (decoder->converts)
            status = converted_read(ctx, decoder, into, size, got);
        else
            return plain_read(ctx, decoder, into, size, got);
        more = decoder->held > 0 || !decoder->ended;
    }
    return status;
}

bool csv_decoder_is_plain(const struct csv_decoder *decoder)
{
    return !decoder->converts;
}

bool csv_decoder_is_decided(const struct csv_decoder *decoder)
{
    return decoder->decided;
}

size_t csv_decoder_mark_length(const struct csv_decoder *decoder)
{
    return decoder->mark_length;
}

struct span csv_decoder_held(const struct csv_decoder *decoder)
{
    return held_bytes(decoder);
}

void csv_decoder_restart(struct csv_decoder *decoder)
{
    assert(!decoder->decided);
    decoder->held_at = decoder->held = 0;
    decoder->ended = false;
}

enum csv_encoding csv_decoder_encoding(const struct csv_decoder *decoder)
{
    return decoder->encoding;
}
