/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/csv_stretch.h"

#include <string.h>

#include "formats/csv_cells.h"

/* Records that are being taken. */
struct stretch {
    const struct csv_found *found; /* [count] */
    const uint8_t *classes;        /* of their cells */
    uint32_t start;                /* offset of the first byte */
    uint32_t line;                 /* lines before it */
    uint32_t count;                /* as many as are well so far */
};

/* A row that may be empty is looked at in earnest. */
static bool begins_well(const struct csv_hand *hand, uint32_t start, const uint8_t *classes)
{
    const unsigned char first = (unsigned char)hand->bytes[start];
    return classes[0] != CSV_CLASS_EMPTY && first > ' ' && first != '"';
}

/* How many records have as many cells as the header, and begin with one that is not empty. */
static struct stretch stretch_begin(const struct csv_hand *hand, uint32_t first)
{
    const struct csv_found before = csv_found_before(&hand->blocks, first);
    struct stretch stretch = {.found = hand->blocks.found + first,
                              .classes = hand->blocks.classes + before.cells,
                              .start = before.next,
                              .line = before.lines};
    const uint32_t there = hand->blocks.found_count - first, most = there < CSV_STRETCH ? there : CSV_STRETCH;
    const uint8_t *classes = stretch.classes;
    uint32_t start = before.next, cells = before.cells;
    while (stretch.count < most) {
        const struct csv_found *found = &stretch.found[stretch.count];
        if (found->cells != cells + hand->column_count || !begins_well(hand, start, classes))
            break;
        start = found->next;
        cells = found->cells;
        classes += hand->column_count;
        stretch.count++;
    }
    return stretch;
}

/* A cell of a run that its table has no code for: another kind of missing answer. */
static bool take_marked(struct csv_hand *hand, uint32_t row, const struct csv_answer_column *column, unsigned class)
{
    const struct csv_codes *codes = &hand->reading->scales[column->scale];
    if (class > CSV_CLASS_EMPTY)
        return false;
    const unsigned code = csv_hand_code(codes, class);
    return code < CSV_CODE_MISSING || csv_cells_mark(hand, row, column->slot, code);
}

/* The codes of a record that holds other kinds of missing answers.
 * gives   false when a cell must be looked at itself */
static bool take_codes_marked(struct csv_hand *hand, uint32_t row, const uint8_t *classes)
{
    const struct csv_plan *plan = hand->plan;
    uint8_t *codes = (uint8_t *)hand->batch.codes + (size_t)row * hand->batch.slot_count;
    for (uint32_t i = 0; i < plan->answer_count; i++) {
        const struct csv_answer_column *column = &plan->answers[i];
        const unsigned class = classes[column->column];
        uint8_t code = hand->tables[column->scale][class];
        if (code > 0x7F) {
            if (!take_marked(hand, row, column, class))
                return false;
            code = 0;
        }
        codes[column->slot] = code;
    }
    return true;
}

static void take_codes(struct csv_hand *hand, struct stretch *stretch)
{
    struct csv_batch *batch = &hand->batch;
    const uint32_t cells = hand->column_count, slots = batch->slot_count;
    uint32_t done = 0;
    while (done < stretch->count && hand->plan->run_count > 0) {
        const struct csv_coding coding = {.runs = hand->runs,
                                          .run_count = hand->plan->run_count,
                                          .classes = stretch->classes + (size_t)done * cells,
                                          .cell_count = cells,
                                          .codes = (uint8_t *)batch->codes + (size_t)(batch->count + done) * slots,
                                          .slot_count = slots};
        done += hand->kernel->codes(&coding, stretch->count - done);
        if (done == stretch->count)
            return;
        if (!take_codes_marked(hand, batch->count + done, stretch->classes + (size_t)done * cells))
            stretch->count = done;
        done++;
    }
}

static void take_rating(struct csv_hand *hand, const struct csv_rating *rating, struct stretch *stretch)
{
    struct csv_batch *batch = &hand->batch;
    const struct outcome_place place = batch->outcome_places[rating->outcome];
    const uint8_t *class = stretch->classes + rating->column;
    uint8_t *into = batch->outcomes + (size_t)batch->count * batch->outcome_bytes;
    for (uint32_t row = 0; row < stretch->count; row++) {
        const uint8_t code = rating->codes[*class];
        if (code > 0x7F) {
            stretch->count = row;
            return;
        }
        outcome_set(into, place, code == 0 ? INT64_MIN : code);
        class += hand->column_count;
        into += batch->outcome_bytes;
    }
}

/* Where the cells stand that are looked at as text. */
static void find_places(struct csv_hand *hand, const struct stretch *stretch)
{
    uint32_t start = stretch->start;
    for (uint32_t row = 0; row < stretch->count; row++) {
        struct csv_walk walk = csv_walk_begin(&hand->blocks, start);
        struct csv_name *place = hand->places + row;
        for (uint32_t i = 0; i < hand->wanted_count; i++, place += CSV_STRETCH) {
            const struct csv_wanted *wanted = &hand->wanted[i];
            if (wanted->again) {
                *place = *(place - CSV_STRETCH);
                continue;
            }
            for (uint32_t skip = wanted->skip; skip > 0; skip--)
                (void)csv_walk_next(&walk);
            const uint32_t begin = walk.begin;
            *place = (struct csv_name){begin, csv_walk_next(&walk) - begin};
        }
        start = stretch->found[row].next;
    }
}

/* Forgets what rows have added that are not taken after all, and puts the rest in the order of rows.
 * takes   from  entries of batch->asked before it are not of this stretch
 * fails   false: there is no memory, and nothing is kept of what the stretch asked for */
static bool settle_asked(struct csv_hand *hand, uint32_t from, uint32_t rows)
{
    struct csv_batch *batch = &hand->batch;
    uint32_t places[CSV_STRETCH + 1] = {0};
    struct csv_asked *asked = (struct csv_asked *)batch->asked.at + from;
    uint32_t count = batch->asked.count - from, kept = 0;
    bool room = true;
    for (hand->asked.count = 0; room && hand->asked.count < count;)
        room = csv_list_add(&hand->asked, sizeof *asked) != NULL;
    for (uint32_t i = 0; i < count; i++) {
        if (!room || asked[i].row >= batch->count + rows) {
            hand->dictionaries[asked[i].dictionary].asked[asked[i].own] = 0;
            continue;
        }
        places[asked[i].row - batch->count + 1]++;
        asked[kept++] = asked[i];
    }
    for (uint32_t row = 0; row < rows; row++)
        places[row + 1] += places[row];
    struct csv_asked *sorted = hand->asked.at;
    for (uint32_t i = 0; i < kept; i++)
        sorted[places[asked[i].row - batch->count]++] = asked[i];
    if (kept > 0)
        memcpy(asked, sorted, kept * sizeof *asked);
    batch->asked.count = from + kept;
    return room;
}

/* Adds the rows to the batch. */
static void stretch_end(struct csv_hand *hand, const struct stretch *stretch)
{
    struct csv_batch *batch = &hand->batch;
    uint32_t *starts = batch->starts + batch->count, *lines = batch->row_lines + batch->count;
    const struct csv_mark *marks = batch->marks.at;
    uint32_t start = stretch->start, line = stretch->line;
    for (uint32_t row = 0; row < stretch->count; row++) {
        starts[row] = start;
        lines[row] = line;
        start = stretch->found[row].next;
        line = stretch->found[row].lines;
    }
    batch->count += stretch->count;
    while (batch->marks.count > 0 && marks[batch->marks.count - 1].row >= batch->count)
        batch->marks.count--;
}

uint32_t csv_stretch_take(struct csv_hand *hand, uint32_t first, bool *alone)
{
    struct stretch stretch = stretch_begin(hand, first);
    const uint32_t whole = stretch.count, asked = hand->batch.asked.count;
    *alone = true;
    if (whole == 0 || hand->batch.code_bytes != 1 || !csv_batch_reserve(&hand->batch, whole))
        return 0;
    take_codes(hand, &stretch);
    for (uint32_t i = 0; i < hand->rating_count; i++)
        take_rating(hand, &hand->ratings[i], &stretch);
    find_places(hand, &stretch);
    for (uint32_t i = 0; i < hand->wanted_count; i++)
        stretch.count = csv_cells_take_column(hand, &hand->wanted[i], hand->places + (size_t)i * CSV_STRETCH, stretch.count);
    if (hand->batch.asked.count > asked && !settle_asked(hand, asked, stretch.count))
        stretch.count = 0;
    stretch_end(hand, &stretch);
    /* Whether the next one begins well is found out by the next stretch. */
    *alone = stretch.count < whole || stretch.count == 0;
    return stretch.count;
}
