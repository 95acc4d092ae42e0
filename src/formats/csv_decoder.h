/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_FORMATS_CSV_DECODER_H
#define GAPMETER_FORMATS_CSV_DECODER_H

#include "formats/csv_encoding.h"
#include "formats/csv_source.h"

/* Bytes of any known encoding in, UTF-8 out. The encoding is decided once: by the byte order mark, else by up to CSV_SNIFF_BYTES
 * from the first byte that is not ASCII, wherever that stands; so the size of the blocks does not matter. */
struct csv_decoder;

#define CSV_DECODER_ROOM 16u

/* fails   STATUS_DATA  the file is empty or not text; else as csv_source_read */
enum status csv_decoder_open(struct ctx *ctx, struct csv_source *source, struct csv_decoder **out) MUST_USE;

/* The next bytes of text. In UTF-8 files bytes that are not well formed pass through: whoever uses a cell looks.
 * takes   size  at least CSV_DECODER_ROOM
 * gives   *got  how many; 0 at the end
 * fails   STATUS_UNAVAILABLE  this system's iconv does not know the encoding; else as csv_source_read */
enum status csv_decoder_read(struct ctx *ctx, struct csv_decoder *decoder, char *into, size_t size, size_t *got) MUST_USE;

/* Is what is read what stands in the source, as far as that is known? */
bool csv_decoder_is_plain(const struct csv_decoder *decoder);

/* Is the encoding known? Before it is, everything was ASCII. */
bool csv_decoder_is_decided(const struct csv_decoder *decoder);

/* Bytes of the byte order mark, which are not part of the text. */
size_t csv_decoder_mark_length(const struct csv_decoder *decoder);

/* The bytes that were read ahead. */
struct span csv_decoder_held(const struct csv_decoder *decoder);

/* Goes on where its source was moved to.
 * needs   it is plain and not decided, and everything before was ASCII */
void csv_decoder_restart(struct csv_decoder *decoder);

/* The encoding as far as it is known: UTF-8 until something else was seen. */
enum csv_encoding csv_decoder_encoding(const struct csv_decoder *decoder);

#endif
