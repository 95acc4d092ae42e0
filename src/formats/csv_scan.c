/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/csv_scan.h"

#include <string.h>

#include "formats/csv_masks.h"

/* Where a scan stands. */
struct scan {
    const unsigned char *at;
    size_t length;
    unsigned char delimiter;
    bool last;
    struct csv_index *index;
    uint32_t end_count;
    struct csv_record open; /* the record being scanned; cell_count and lines are set when it ends */
    uint32_t quoted_lines;  /* line ends within its quotes */
};

enum status csv_index_create(struct ctx *ctx, uint32_t cells, struct csv_index *out)
{
    *out = (struct csv_index){.end_capacity = cells + 4096 + CSV_SCAN_ROOM, .record_capacity = 2048 + CSV_SCAN_ROOM};
    out->ends = arena_array(ctx->arena, out->end_capacity, sizeof *out->ends);
    out->records = arena_array(ctx->arena, out->record_capacity, sizeof *out->records);
    return out->ends == NULL || out->records == NULL ? ctx_no_memory(ctx) : STATUS_OK;
}

/* Ends the open record at its line end `at`, of which `end_count` cells lie before. */
static void close_record(struct scan *scan, size_t at, uint32_t end_count)
{
    struct csv_record *open = &scan->open;
    open->cell_count = end_count - open->first_end;
    open->lines = 1 + scan->quoted_lines;
    scan->index->records[scan->index->record_count++] = *open;
    size_t next = at + 1;
    if (next < scan->length && scan->at[at] == '\r' && scan->at[next] == '\n')
        next++;
    *open = (struct csv_record){.start = (uint32_t)next, .first_end = end_count};
    scan->quoted_lines = 0;
}

/* A CR at the end of bytes that go on may be half of a line end: it waits. */
static bool is_half_line_end(const struct scan *scan, size_t at)
{
    return scan->at[at] == '\r' && at + 1 == scan->length && !scan->last;
}

/* Writes the offsets of the set bits, eight at a time without asking whether there are as many: cells of surveys are short,
 * and what is written beyond them is written over next. */
static void write_ends(uint32_t *ends, uint64_t bits, uint32_t base)
{
    const uint64_t top = UINT64_C(1) << 63; /* keeps ctz defined; never below a set bit */
    while (bits != 0) {
        for (int i = 0; i < 8; i++) {
            ends[i] = base + (uint32_t)__builtin_ctzll(bits | top);
            bits &= bits - 1;
        }
        ends += 8;
    }
}

/* 64 bytes or fewer without quotes. */
static void scan_plain(struct scan *scan, size_t at, const struct csv_masks *masks)
{
    uint64_t cr = masks->cr;
    if (cr >> 63 != 0 || scan->length - at <= CSV_BLOCK_BYTES) {
        size_t final = scan->length - 1;
        if (final - at < CSV_BLOCK_BYTES && is_half_line_end(scan, final))
            cr &= ~(UINT64_C(1) << (final - at));
    }
    uint64_t after_cr = (masks->cr << 1) | (at > 0 && scan->at[at - 1] == '\r' ? 1u : 0u);
    uint64_t line_ends = cr | (masks->lf & ~after_cr);
    uint64_t separators = masks->delimiter | line_ends;
    uint32_t before = scan->end_count;
    write_ends(scan->index->ends + before, separators, (uint32_t)at);
    scan->end_count = before + (uint32_t)__builtin_popcountll(separators);
    while (line_ends != 0) {
        uint64_t upto = line_ends ^ (line_ends - 1);
        close_record(scan, at + (size_t)__builtin_ctzll(line_ends), before + (uint32_t)__builtin_popcountll(separators & upto));
        line_ends &= line_ends - 1;
    }
}

/* Skips a quoted part that opens at `at`.
 * gives   the offset after the closing quote; the length when it is not closed or may go on */
static size_t skip_quoted(struct scan *scan, size_t at)
{
    scan->open.flags |= CSV_RECORD_QUOTED;
    for (size_t i = at + 1; i < scan->length; i++) {
        unsigned char byte = scan->at[i];
        if (byte == '\n' || byte == '\r') {
            scan->quoted_lines += byte == '\r' || scan->at[i - 1] != '\r';
        } else if (byte == 0) {
            scan->open.flags |= CSV_RECORD_SUSPECT;
        } else if (byte == '"') {
            if (i + 1 == scan->length && !scan->last)
                break;
            if (i + 1 == scan->length || scan->at[i + 1] != '"')
                return i + 1;
            i++;
        }
    }
    scan->index->in_quotes = true;
    return scan->length;
}

/* Bytes from `at` to `stop`, one by one, because a quote or a NUL is among them.
 * gives   where the scan goes on: at `stop`, or after the quoted cell that reaches beyond it */
static size_t scan_bytes(struct scan *scan, size_t at, size_t stop)
{
    size_t cell = scan->end_count == scan->open.first_end ? scan->open.start : scan->index->ends[scan->end_count - 1] + (size_t)1;
    bool after_quote = false;
    while (at < scan->length && (at < stop || after_quote)) {
        unsigned char byte = scan->at[at];
        if (byte == '"' && at == cell) {
            at = skip_quoted(scan, at);
            after_quote = true;
            continue;
        }
        bool line_end = byte == '\r' || byte == '\n';
        if (line_end && is_half_line_end(scan, at))
            return scan->length;
        /* The second half of CR LF belongs to the line end before it. */
        if (at >= scan->open.start && (line_end || byte == scan->delimiter)) {
            scan->index->ends[scan->end_count++] = (uint32_t)at;
            if (line_end)
                close_record(scan, at, scan->end_count);
            cell = line_end ? scan->open.start : at + 1;
            after_quote = false;
        } else if (byte == 0 || (after_quote && byte != ' ')) {
            scan->open.flags |= CSV_RECORD_SUSPECT;
        }
        at++;
    }
    return at;
}

/* Ends the record that the end of the file ends, and says how far the complete records reach. */
static void finish(struct scan *scan)
{
    struct csv_index *index = scan->index;
    index->consumed = scan->open.start < scan->length ? scan->open.start : scan->length;
    if (!scan->last || index->full || index->consumed == scan->length)
        return;
    if (index->in_quotes)
        scan->open.flags |= CSV_RECORD_UNCLOSED;
    index->ends[scan->end_count++] = (uint32_t)scan->length;
    close_record(scan, scan->length, scan->end_count);
    index->consumed = scan->length;
}

void csv_scan(struct span bytes, char delimiter, bool last, struct csv_index *index)
{
    struct scan scan = {.at = (const unsigned char *)bytes.at,
                        .length = bytes.length,
                        .delimiter = (unsigned char)delimiter,
                        .last = last,
                        .index = index};
    index->record_count = 0;
    index->full = index->in_quotes = false;
    size_t at = 0;
    while (at < scan.length && !index->full) {
        size_t left = scan.length - at;
        unsigned char padded[CSV_BLOCK_BYTES];
        const unsigned char *block = scan.at + at;
        if (left < CSV_BLOCK_BYTES) {
            memset(padded, ' ', sizeof padded);
            memcpy(padded, block, left);
            block = padded;
        }
        struct csv_masks masks = csv_masks_of(block, scan.delimiter);
        size_t stop = left < CSV_BLOCK_BYTES ? scan.length : at + CSV_BLOCK_BYTES;
        if (masks.special == 0)
            scan_plain(&scan, at, &masks);
        at = masks.special == 0 ? stop : scan_bytes(&scan, at, stop);
        index->full =
            scan.end_count + CSV_SCAN_ROOM > index->end_capacity || index->record_count + CSV_SCAN_ROOM > index->record_capacity;
    }
    if (at >= scan.length)
        index->full = false;
    finish(&scan);
}
