/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/csv_feed.h"

#include <string.h>

#include "base/limits.h"
#include "base/mutex.h"
#include "formats/csv_blocks.h"

/* Half of the second cache of small processors, so that what is made of a block stays in it too. */
enum { BLOCK_BYTES = 256 << 10, BLOCK_BYTES_LEAST = 4 << 10, SMALLEST_WHOLE = 64 };

struct csv_feed {
    struct ctx ctx; /* for reading the stream, with the mutex held; nothing is taken from its arena */
    struct csv_source *source;
    struct csv_decoder *decoder;
    size_t block_bytes;
    struct span ahead;     /* of a direct file: read before */
    uint64_t ahead_offset; /* where it stands */
    bool decided;          /* changed in turn: the encoding of a direct file */
    struct mutex *mutex;   /* guards what is below */
    uint64_t next;         /* number of the next block */
    uint64_t offset;       /* of the next direct block */
    struct span text;      /* of a stream: comes before what the decoder gives */
    unsigned epoch;
    bool direct;
    bool closed;
};

enum status csv_feed_create(struct ctx *ctx, const struct csv_rest *rest, struct csv_feed **out)
{
    struct csv_feed *feed = arena_alloc(ctx->arena, sizeof *feed);
    if (feed == NULL)
        return ctx_no_memory(ctx);
    const uint64_t size = csv_source_size(rest->source);
    size_t most = BLOCK_BYTES;
    /* Small files need small rooms. */
    if (rest->direct && size < rest->offset + BLOCK_BYTES)
        most = size > rest->offset + BLOCK_BYTES_LEAST ? (size_t)(size - rest->offset) + 1 : BLOCK_BYTES_LEAST;
    *feed = (struct csv_feed){.ctx = *ctx,
                              .source = rest->source,
                              .decoder = rest->decoder,
                              .block_bytes = rest->block_bytes == 0 ? most : rest->block_bytes,
                              .decided = csv_decoder_is_decided(rest->decoder),
                              .offset = rest->offset,
                              .text = rest->direct ? (struct span){NULL, 0} : rest->text,
                              .ahead = rest->text,
                              .ahead_offset = rest->offset,
                              .direct = rest->direct};
    *out = feed;
    return mutex_create(ctx, &feed->mutex);
}

/* Room that a decoder takes is never less. */
static size_t room_of(const struct csv_feed *feed)
{
    return feed->block_bytes > CSV_DECODER_ROOM ? feed->block_bytes : CSV_DECODER_ROOM;
}

size_t csv_feed_block_bytes(const struct csv_feed *feed)
{
    return room_of(feed);
}

uint64_t csv_feed_block_count(const struct csv_feed *feed)
{
    if (!feed->direct)
        return THREADS_MAX;
    const uint64_t size = csv_source_size(feed->source);
    return (size > feed->offset ? size - feed->offset : 0) / feed->block_bytes + 1;
}

enum status csv_block_create(struct ctx *ctx, const struct csv_feed *feed, struct csv_block *out)
{
    char *room = arena_alloc(ctx->arena, room_of(feed) + 2 * (size_t)CSV_BLOCKS_MARGIN);
    *out = (struct csv_block){.length = 0};
    if (room == NULL)
        return ctx_no_memory(ctx);
    out->bytes = room + CSV_BLOCKS_MARGIN;
    return STATUS_OK;
}

/* The next bytes of the stream, until the block is full. */
static void stream_take(struct csv_feed *feed, struct csv_block *block)
{
    const size_t size = room_of(feed);
    if (feed->text.length > 0) {
        block->length = feed->text.length < feed->block_bytes ? feed->text.length : feed->block_bytes;
        memcpy(block->bytes, feed->text.at, block->length);
        feed->text = (struct span){feed->text.at + block->length, feed->text.length - block->length};
        return;
    }
    size_t got = 1;
    /* Smaller blocks, of tests, are what their source gives at a time. */
    while (got > 0 && size - block->length >= CSV_DECODER_ROOM && (block->length == 0 || size > SMALLEST_WHOLE)) {
        block->status = csv_decoder_read(&feed->ctx, feed->decoder, block->bytes + block->length, size - block->length, &got);
        if (block->status != STATUS_OK)
            break;
        block->length += got;
    }
    block->last = block->status != STATUS_OK || got == 0;
    feed->closed = feed->closed || block->last;
}

/* The bytes at the block's offset. */
static void direct_take(const struct csv_feed *feed, struct csv_block *block)
{
    const uint64_t skipped = block->offset - feed->ahead_offset;
    size_t got = 0;
    if (skipped < feed->ahead.length) {
        const size_t left = feed->ahead.length - (size_t)skipped;
        block->length = left < feed->block_bytes ? left : feed->block_bytes;
        memcpy(block->bytes, feed->ahead.at + skipped, block->length);
    }
    if (block->length < feed->block_bytes)
        block->failed = csv_source_read_at(feed->source, block->offset + block->length, block->bytes + block->length,
                                           feed->block_bytes - block->length, &got);
    block->length += got;
    block->last = block->length < feed->block_bytes;
}

bool csv_feed_take(struct csv_feed *feed, struct csv_block *block)
{
    mutex_lock(feed->mutex);
    const bool open = !feed->closed;
    if (open) {
        char *bytes = block->bytes;
        *block = (struct csv_block){
            .bytes = bytes, .number = feed->next++, .offset = feed->offset, .epoch = feed->epoch, .direct = feed->direct};
        feed->offset += feed->block_bytes;
        if (!feed->direct)
            stream_take(feed, block);
    }
    mutex_unlock(feed->mutex);
    if (open && block->direct)
        direct_take(feed, block);
    return open;
}

void csv_feed_close(struct csv_feed *feed)
{
    mutex_lock(feed->mutex);
    feed->closed = true;
    mutex_unlock(feed->mutex);
}

bool csv_feed_holds(const struct csv_feed *feed, const struct csv_block *block)
{
    /* Only whoever asks changes it. */
    return block->epoch == feed->epoch;
}

/* Begins the stream where a direct block begins: all before it was ASCII. */
static enum status stream_begin(struct ctx *ctx, struct csv_feed *feed, const struct csv_block *block)
{
    mutex_lock(feed->mutex);
    enum status status = csv_source_seek(ctx, feed->source, block->offset);
    csv_decoder_restart(feed->decoder);
    feed->direct = false;
    feed->text = (struct span){NULL, 0};
    feed->epoch++;
    mutex_unlock(feed->mutex);
    return status;
}

enum status csv_feed_convert(struct ctx *ctx, struct csv_feed *feed, const struct csv_block *block, size_t ascii)
{
    if (feed->decided)
        return STATUS_OK;
    struct arena *outer = ctx->arena, *scratch;
    if (arena_create(outer, &scratch) != STATUS_OK)
        return ctx_no_memory(ctx);
    char *ahead = arena_alloc(scratch, CSV_SNIFF_BYTES);
    size_t got = 0;
    enum status status = ahead == NULL ? ctx_no_memory(ctx) : STATUS_OK;
    int failed = ahead == NULL ? 0 : csv_source_read_at(feed->source, block->offset + ascii, ahead, CSV_SNIFF_BYTES, &got);
    if (failed != 0)
        status = csv_source_failed(ctx, feed->source, failed);
    feed->decided = true;
    if (status == STATUS_OK && csv_encoding_guess((struct span){ahead, got}, got < CSV_SNIFF_BYTES) != CSV_ENCODING_UTF8)
        status = stream_begin(ctx, feed, block);
    arena_destroy(scratch);
    return status;
}

const struct csv_source *csv_feed_source(const struct csv_feed *feed)
{
    return feed->source;
}

const struct error *csv_feed_error(const struct csv_feed *feed)
{
    return &feed->ctx.error;
}
