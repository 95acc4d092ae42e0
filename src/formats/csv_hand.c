/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/csv_hand.h"

#include <string.h>

#include "base/limits.h"
#include "formats/csv_cells.h"
#include "formats/csv_stretch.h"

/* A record among the bytes of a block. */
struct row {
    uint32_t start; /* offset of its first byte */
    uint32_t next;  /* and after its line end */
    uint32_t line;  /* lines before it */
    uint32_t cells;
};

/* What is added to a batch by a row that may be left in the middle. */
struct draft {
    uint32_t marks;
    uint32_t asked;
};

static struct draft draft_begin(const struct csv_hand *hand)
{
    return (struct draft){hand->batch.marks.count, hand->batch.asked.count};
}

/* Forgets what the row has added. */
static void draft_drop(struct csv_hand *hand, const struct draft *draft)
{
    struct csv_batch *batch = &hand->batch;
    batch->marks.count = draft->marks;
    while (batch->asked.count > draft->asked) {
        const struct csv_asked *asked = (const struct csv_asked *)batch->asked.at + --batch->asked.count;
        hand->dictionaries[asked->dictionary].asked[asked->own] = 0;
    }
}

/* The record as csv_scan would show it. */
static struct csv_view view_of(struct csv_hand *hand, const struct row *row)
{
    struct csv_walk walk = csv_walk_begin(&hand->blocks, row->start);
    for (uint32_t i = 0; i < row->cells; i++)
        hand->ends[i] = csv_walk_next(&walk);
    return (struct csv_view){.at = hand->bytes, .ends = hand->ends, .start = row->start, .cell_count = row->cells};
}

/* Adds the row, or notes that it is left.
 * fails   false: there is no memory to note it */
static bool row_end(struct csv_hand *hand, const struct row *row, bool taken)
{
    struct csv_batch *batch = &hand->batch;
    if (taken) {
        batch->starts[batch->count] = row->start;
        batch->row_lines[batch->count++] = row->line;
        return true;
    }
    struct csv_odd *odd = csv_list_add(&batch->odd, sizeof *odd);
    if (odd != NULL)
        *odd = (struct csv_odd){batch->count, row->start, row->next, row->line};
    return odd != NULL;
}

/* A record that is not taken with others. */
static bool read_found_row(struct csv_hand *hand, uint32_t index)
{
    const struct csv_found before = csv_found_before(&hand->blocks, index), *found = &hand->blocks.found[index];
    const struct row row = {
        .start = before.next, .next = found->next, .line = before.lines, .cells = found->cells - before.cells};
    if (!csv_batch_reserve(&hand->batch, 1))
        return false;
    bool taken = false;
    if (row.cells == hand->column_count) {
        const struct draft draft = draft_begin(hand);
        struct csv_view view = view_of(hand, &row);
        taken = csv_cells_take_row(hand, &view);
        if (!taken)
            draft_drop(hand, &draft);
    }
    return row_end(hand, &row, taken);
}

static void read_found(struct csv_hand *hand)
{
    uint32_t i = 0;
    bool room = true;
    while (i < hand->blocks.found_count && room) {
        bool alone;
        i += csv_stretch_take(hand, i, &alone);
        if (alone) {
            room = read_found_row(hand, i);
            i += room;
        }
    }
    const struct csv_found last = csv_found_before(&hand->blocks, i);
    hand->batch.end = last.next;
    hand->batch.lines = last.lines;
}

/* A record that csv_scan has found, the bytes of which begin at `base` of the block. */
static bool read_scanned_row(struct csv_hand *hand, uint32_t base, const struct csv_record *record, uint32_t next)
{
    struct csv_batch *batch = &hand->batch;
    const struct row row = {.start = base + record->start, .next = next, .line = batch->lines};
    if (!csv_batch_reserve(batch, 1))
        return false;
    struct csv_view view = csv_view_of(hand->bytes + base, &hand->index, (uint32_t)(record - hand->index.records));
    const struct draft draft = draft_begin(hand);
    const bool trusted = view.flags <= CSV_RECORD_QUOTED && view.cell_count == hand->column_count;
    const bool taken = trusted && csv_cells_take_row(hand, &view);
    if (!taken)
        draft_drop(hand, &draft);
    if (!row_end(hand, &row, taken))
        return false;
    batch->lines += record->lines;
    batch->end = next;
    return true;
}

/* Bytes that the quick scanner leaves. */
static void read_scanned(struct csv_hand *hand, uint32_t length)
{
    uint32_t base = 0;
    do {
        struct csv_index *index = &hand->index;
        csv_scan((struct span){hand->bytes + base, length - base}, hand->delimiter, false, index);
        for (uint32_t i = 0; i < index->record_count; i++) {
            const bool last = i + 1 == index->record_count;
            const uint32_t next = base + (last ? (uint32_t)index->consumed : index->records[i + 1].start);
            if (!read_scanned_row(hand, base, &index->records[i], next))
                return;
        }
        base += (uint32_t)index->consumed;
    } while (hand->index.full && hand->index.record_count > 0);
}

void csv_hand_read(struct csv_hand *hand, const char *bytes, uint32_t length)
{
    csv_batch_begin(&hand->batch);
    hand->bytes = bytes;
    if (hand->kernel->scan(&hand->blocks, (const unsigned char *)bytes, length, (unsigned char)hand->delimiter))
        read_found(hand);
    else
        read_scanned(hand, length);
}
