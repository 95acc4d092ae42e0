/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_FORMATS_CSV_FEED_H
#define GAPMETER_FORMATS_CSV_FEED_H

#include "formats/csv_file.h"

/* What is left of a file, in blocks for several threads: those of plain files are read side by side; what must be unpacked or
 * converted comes out of one stream, which whoever wants the next block reads on, while others work on theirs. */
struct csv_feed;

/* A block and the room for it; every thread has its own. */
struct csv_block {
    char *bytes; /* CSV_BLOCKS_MARGIN more are readable before and after */
    size_t length;
    uint64_t number;    /* 0, 1, 2, … in the order of the text */
    uint64_t offset;    /* in the source; direct blocks only */
    unsigned epoch;     /* blocks of an epoch that is over are void */
    bool direct;        /* as it stands in the source, and so maybe in another encoding than UTF-8 */
    bool last;          /* nothing comes after it */
    int failed;         /* errno of a direct block that could not be read */
    enum status status; /* why a stream gave no more; its sentence is in the feed's error */
};

/* takes   rest  as csv_file_detach gave it
 * owns    ctx->arena */
enum status csv_feed_create(struct ctx *ctx, const struct csv_rest *rest, struct csv_feed **out) MUST_USE;

/* The most bytes of a block. */
size_t csv_feed_block_bytes(const struct csv_feed *feed);

/* About how many blocks there will be. */
uint64_t csv_feed_block_count(const struct csv_feed *feed);

/* Makes the room of a block, in an arena of whoever uses it. */
enum status csv_block_create(struct ctx *ctx, const struct csv_feed *feed, struct csv_block *out) MUST_USE;

/* Takes the next block. Any thread may.
 * gives   false when there is none, or the feed was closed */
bool csv_feed_take(struct csv_feed *feed, struct csv_block *block);

/* No block will be wanted any more. */
void csv_feed_close(struct csv_feed *feed);

/* Is the block of the epoch that holds? To be asked by whoever may call csv_feed_convert. */
bool csv_feed_holds(const struct csv_feed *feed, const struct csv_block *block);

/* Must be called, in the order of the text, with each direct block that is not all ASCII: decides the encoding when the first
 * comes. When it is not UTF-8, the epoch is over: this block and those after it come again, converted.
 * takes   ascii  bytes that the block begins with
 * fails   as csv_source_read */
enum status csv_feed_convert(struct ctx *ctx, struct csv_feed *feed, const struct csv_block *block, size_t ascii) MUST_USE;

/* Where its bytes come from, for messages. */
const struct csv_source *csv_feed_source(const struct csv_feed *feed);

/* The error of a stream that a block says has failed. */
const struct error *csv_feed_error(const struct csv_feed *feed);

#endif
