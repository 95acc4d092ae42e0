/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/csv_blocks.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/chance.h"
#include "formats/csv_cell.h"
#include "formats/csv_scan.h"

enum { TEXT_MOST = 700, TRIALS = 6000 };

static struct ctx ctx;
static struct csv_blocks blocks[KERNEL_COUNT];
static struct csv_index index_of;

static int open_arena(void **state)
{
    (void)state;
    ctx = (struct ctx){0};
    if (arena_create(NULL, &ctx.arena) != STATUS_OK || csv_index_create(&ctx, 2048, &index_of) != STATUS_OK)
        return -1;
    for (unsigned k = 0; k < KERNEL_COUNT; k++) {
        if (csv_blocks_create(&ctx, TEXT_MOST, &blocks[k]) != STATUS_OK)
            return -1;
    }
    return 0;
}

static int close_arena(void **state)
{
    (void)state;
    arena_destroy(ctx.arena);
    return 0;
}

/* A text that ends with LF; the higher `odd`, the more of what only csv_scan knows. */
static uint32_t make_text(uint64_t trial, unsigned odd, unsigned char *into)
{
    static const char *const pieces[] = {"5",        "7,",       "10,",         "1",          "0,",  ",10\r\n", ",",
                                         "\n",       "10",       "B059",        "\r\n",       "3,4", "\n\n",    "\"a\"",
                                         ",\"b,c\"", ",\"d\n\"", ",\"e\"\"f\"", "\"\"",       "\"",  "\r",      " ",
                                         "\xC3\xA9", "\"x\" ",   "\"\r\"",      "0,0,0,0,0,0"};
    const uint64_t most = odd == 0 ? 13 : odd == 1 ? 18 : sizeof pieces / sizeof *pieces;
    uint64_t want = chance_below(11, trial, 0, TEXT_MOST - 16);
    uint32_t length = 0;
    for (uint64_t k = 1; length < want; k++) {
        const char *piece = pieces[chance_below(12, trial, k, most)];
        memcpy(into + length, piece, strlen(piece));
        length += (uint32_t)strlen(piece);
        if (odd == 2 && chance_below(13, trial, k, 200) == 0)
            into[length++] = '\0';
    }
    into[length++] = '\n';
    return length;
}

/* What csv_scan says about a cell, in the classes' words. */
static unsigned class_of(struct span cell)
{
    unsigned digit = cell.length == 1 ? (unsigned char)cell.at[0] - (unsigned)'0' : CSV_CLASS_OTHER;
    if (span_is(cell, "10"))
        return CSV_CLASS_TEN;
    return cell.length == 0 ? (unsigned)CSV_CLASS_EMPTY : digit <= 9 ? digit : (unsigned)CSV_CLASS_OTHER;
}

/* The records, cells and lines of csv_scan are those that a kernel found. */
static void assert_as_scanned(const struct csv_blocks *found, const char *text, uint32_t length)
{
    uint32_t cells = 0, lines = 0;
    csv_scan((struct span){text, length}, ',', false, &index_of);
    assert_false(index_of.full);
    assert_int_equal(found->found_count, index_of.record_count);
    for (uint32_t i = 0; i < index_of.record_count; i++) {
        const struct csv_record *record = &index_of.records[i];
        struct csv_view view = csv_view_of(text, &index_of, i);
        const struct csv_found *each = &found->found[i];
        assert_int_equal(record->start, i == 0 ? 0 : found->found[i - 1].next);
        for (uint32_t c = 0; c < record->cell_count; c++, cells++) {
            const uint32_t end = view.ends[c];
            assert_int_equal(found->classes[cells], class_of(csv_view_cell(&view, c)));
            assert_true((found->ends[end / 64] >> (end % 64) & 1) == 1);
        }
        lines += record->lines;
        assert_int_equal(each->end, view.ends[record->cell_count - 1]);
        assert_int_equal(each->cells, cells);
        assert_int_equal(each->lines, lines);
        assert_true((record->flags & CSV_RECORD_SUSPECT) == 0);
    }
    for (uint32_t w = 0; w * 64 < length; w++)
        cells -= (uint32_t)__builtin_popcountll(found->ends[w]);
    assert_true(cells == 0 || index_of.consumed < length);
}

/* Every kernel finds what csv_scan finds, or leaves the text to it; plain texts are never left. */
static void kernels_agree_with_the_scanner(void **state)
{
    (void)state;
    uint64_t left[3] = {0};
    for (uint64_t trial = 0; trial < TRIALS; trial++) {
        const unsigned odd = (unsigned)(trial % 3);
        unsigned char *room = calloc(1, TEXT_MOST + 2 * CSV_BLOCKS_MARGIN);
        assert_non_null(room);
        unsigned char *text = room + CSV_BLOCKS_MARGIN;
        const uint32_t length = make_text(trial, odd, text);
        bool scanned[KERNEL_COUNT] = {false};
        for (unsigned k = 0; k < KERNEL_COUNT; k++) {
            if (!kernel_available((enum kernel)k))
                continue;
            scanned[k] = csv_kernel((enum kernel)k)->scan(&blocks[k], text, length, ',');
            assert_int_equal(scanned[k], scanned[KERNEL_SCALAR]);
            if (scanned[k])
                assert_as_scanned(&blocks[k], (const char *)text, length);
        }
        left[odd] += !scanned[KERNEL_SCALAR];
        assert_true(odd != 0 || scanned[KERNEL_SCALAR]);
        free(room);
    }
    assert_true(left[0] == 0 && left[1] < left[2] && left[2] < TRIALS / 3);
}

enum { ROWS = 5, CELLS = 203, SLOTS = 201 };

/* All kernels give the codes of the tables of records before the first that has a class without a code. */
static void assert_codes(const struct csv_coding *coding, uint32_t good)
{
    for (unsigned k = 0; k < KERNEL_COUNT; k++) {
        uint8_t codes[ROWS * SLOTS + 64];
        struct csv_coding into = *coding;
        if (!kernel_available((enum kernel)k))
            continue;
        into.codes = codes;
        assert_int_equal(csv_kernel((enum kernel)k)->codes(&into, ROWS), good);
        for (uint32_t at = 0; at < good * SLOTS; at++) {
            const struct csv_run *run = &coding->runs[at % SLOTS >= coding->runs[1].slot];
            const uint8_t class = coding->classes[at / SLOTS * CELLS + run->column + at % SLOTS - run->slot];
            assert_int_equal(codes[at], run->table[class]);
        }
    }
}

/* "how many records come before the first that has a class without a code"; what lies beyond runs does not matter. */
static void classes_become_codes(void **state)
{
    (void)state;
    uint8_t tables[2][CSV_CLASS_COUNT];
    for (unsigned c = 0; c < CSV_CLASS_COUNT; c++) {
        tables[0][c] = (uint8_t)(c <= CSV_CLASS_EMPTY && c != 8 ? (c * 11) % 128 : 0xFF);
        tables[1][c] = (uint8_t)(c <= CSV_CLASS_EMPTY && c != 8 ? (c * 7) % 128 : 0xFF);
    }
    for (uint32_t count = 1; count < SLOTS; count++) {
        uint8_t classes[ROWS * CELLS + 64];
        /* the second run stands before the first one in the file, and one cell between them is none of theirs */
        const struct csv_run runs[] = {{tables[0], SLOTS - count + 1, 0, count}, {tables[1], 0, count, SLOTS - count}};
        struct csv_coding coding = {.runs = runs, .run_count = 2, .classes = classes, .cell_count = CELLS, .slot_count = SLOTS};
        memset(classes, CSV_CLASS_OTHER, sizeof classes);
        for (uint32_t i = 0; i < ROWS * CELLS; i++) {
            unsigned class = (unsigned)chance_below(14, count, i, 10);
            bool between = i % CELLS == SLOTS - count || i % CELLS > SLOTS;
            classes[i] = (uint8_t)(between ? CSV_CLASS_OTHER : class == 8 ? (unsigned)CSV_CLASS_EMPTY : class);
        }
        assert_codes(&coding, ROWS);
        const uint32_t row = count % ROWS, slot = (uint32_t)chance_below(15, count, 0, SLOTS);
        const struct csv_run *run = &runs[slot >= count];
        classes[row * CELLS + run->column + slot - run->slot] = count % 2 == 0 ? 8 : CSV_CLASS_OTHER;
        assert_codes(&coding, row);
    }
}

static void bytes_beyond_ascii_are_seen(void **state)
{
    (void)state;
    unsigned char bytes[200];
    for (unsigned k = 0; k < KERNEL_COUNT; k++) {
        if (!kernel_available((enum kernel)k))
            continue;
        const struct csv_kernel *kernel = csv_kernel((enum kernel)k);
        for (size_t at = 0; at < sizeof bytes; at++) {
            memset(bytes, 0x7F, sizeof bytes);
            bytes[at] = 0x80;
            assert_true(kernel->is_ascii(bytes, at));
            assert_false(kernel->is_ascii(bytes, at + 1));
            assert_false(kernel->is_ascii(bytes, sizeof bytes));
            assert_true(kernel->is_ascii(bytes + at + 1, sizeof bytes - at - 1));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(kernels_agree_with_the_scanner, open_arena, close_arena),
        cmocka_unit_test(classes_become_codes),
        cmocka_unit_test(bytes_beyond_ascii_are_seen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
