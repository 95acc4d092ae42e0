/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/csv_scan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/chance.h"
#include "formats/csv_masks.h"

enum { CELLS_MOST = 4096, TEXT_MOST = 1200 };

/* What a scan found, with offsets counted from the beginning of the text. */
struct found {
    uint32_t count; /* records */
    uint32_t cell_count[CELLS_MOST];
    uint32_t start[CELLS_MOST];
    uint32_t lines[CELLS_MOST];
    unsigned flags[CELLS_MOST];
    uint32_t ends[CELLS_MOST];
    uint32_t end_count;
};

static struct ctx ctx;
static struct found expected, actual;

/* A record, as plainly as it can be said: cells until a line end outside quotes. */
static size_t plain_record(struct span text, char delimiter, size_t at, struct found *found)
{
    uint32_t record = found->count++;
    found->start[record] = (uint32_t)at;
    found->cell_count[record] = 0;
    found->lines[record] = 1;
    found->flags[record] = 0;
    enum { CELL_START, IN_CELL, IN_QUOTES, AFTER_QUOTE } state = CELL_START;
    for (;; at++) {
        char c = at < text.length ? text.at[at] : '\n';
        bool end = at >= text.length;
        if (state == IN_QUOTES && !end) {
            found->flags[record] |= c == '\0' ? CSV_RECORD_SUSPECT : 0;
            found->lines[record] += c == '\r' || (c == '\n' && text.at[at - 1] != '\r');
            if (c == '"' && at + 1 < text.length && text.at[at + 1] == '"')
                at++;
            else if (c == '"')
                state = AFTER_QUOTE;
            continue;
        }
        if (c == delimiter || c == '\n' || c == '\r') {
            found->ends[found->end_count++] = (uint32_t)at;
            found->cell_count[record]++;
            if (end)
                found->flags[record] |= state == IN_QUOTES ? CSV_RECORD_UNCLOSED : 0;
            if (c != delimiter)
                return end ? at : at + 1 + (c == '\r' && at + 1 < text.length && text.at[at + 1] == '\n');
            state = CELL_START;
        } else if (c == '"' && state == CELL_START) {
            found->flags[record] |= CSV_RECORD_QUOTED;
            state = IN_QUOTES;
        } else {
            found->flags[record] |= c == '\0' || (state == AFTER_QUOTE && c != ' ') ? CSV_RECORD_SUSPECT : 0;
            state = state == AFTER_QUOTE ? AFTER_QUOTE : IN_CELL;
        }
    }
}

static void plain_scan(struct span text, char delimiter, struct found *found)
{
    found->count = found->end_count = 0;
    for (size_t at = 0; at < text.length;)
        at = plain_record(text, delimiter, at, found);
}

/* Scans with `first` bytes visible, then `step` more each time nothing was complete. */
static void scan_in_steps(struct span text, char delimiter, size_t first, size_t step, uint32_t cells, struct found *found)
{
    struct csv_index index;
    arena_destroy(ctx.arena);
    assert_int_equal(arena_create(NULL, &ctx.arena), STATUS_OK);
    assert_int_equal(csv_index_create(&ctx, cells, &index), STATUS_OK);
    /* A copy of exactly the visible bytes, so that the address sanitizer sees a look beyond them. */
    found->count = found->end_count = 0;
    size_t at = 0, visible = first;
    while (at < text.length) {
        visible = visible > text.length ? text.length : visible;
        char *bytes = malloc(visible - at + 1);
        assert_non_null(bytes);
        memcpy(bytes + 1, text.at + at, visible - at);
        csv_scan((struct span){bytes + 1, visible - at}, delimiter, visible == text.length, &index);
        free(bytes);
        for (uint32_t i = 0; i < index.record_count; i++) {
            const struct csv_record *record = &index.records[i];
            uint32_t to = found->count++;
            found->cell_count[to] = record->cell_count;
            found->start[to] = (uint32_t)at + record->start;
            found->lines[to] = record->lines;
            found->flags[to] = record->flags;
            for (uint32_t k = 0; k < record->cell_count; k++)
                found->ends[found->end_count++] = (uint32_t)at + index.ends[record->first_end + k];
        }
        at += index.consumed;
        if (!index.full)
            visible += step;
    }
}

static void assert_same(struct span text)
{
    bool same = actual.count == expected.count && actual.end_count == expected.end_count &&
                memcmp(actual.cell_count, expected.cell_count, expected.count * sizeof *expected.cell_count) == 0 &&
                memcmp(actual.start, expected.start, expected.count * sizeof *expected.start) == 0 &&
                memcmp(actual.lines, expected.lines, expected.count * sizeof *expected.lines) == 0 &&
                memcmp(actual.flags, expected.flags, expected.count * sizeof *expected.flags) == 0 &&
                memcmp(actual.ends, expected.ends, expected.end_count * sizeof *expected.ends) == 0;
    if (!same) {
        char shown[4 * TEXT_MOST + 8];
        text_printable(text, shown, sizeof shown);
        fail_msg("another result for: %s", shown);
    }
}

static size_t random_text(uint64_t trial, char *into)
{
    /* From texts of separators alone to texts where a quote comes once in three blocks. */
    static const char rare[] = "1234567abc \r\n,;\"\0", common[] = "11122334455,,,,,,;\n";
    size_t length = chance_below(7, trial, 0, trial % 3 == 0 ? 12 : TEXT_MOST);
    uint64_t mix = chance_below(7, trial, 1, 4);
    for (size_t i = 0; i < length; i++) {
        bool odd = mix == 0 || chance_below(8, trial, i, mix == 1 ? 8 : mix == 2 ? 60 : 400) == 0;
        into[i] = odd ? rare[chance_below(9, trial, i, sizeof rare - 1)] : common[chance_below(9, trial, i, sizeof common - 1)];
    }
    return length;
}

/* "gives the same records however the bytes are cut"; "the same as a plain state machine, for all cuts" */
static void same_as_a_plain_state_machine(void **state)
{
    (void)state;
    static char bytes[TEXT_MOST];
    for (uint64_t trial = 0; trial < 6000; trial++) {
        struct span text = {bytes, random_text(trial, bytes)};
        char delimiter = trial % 5 == 0 ? ';' : ',';
        plain_scan(text, delimiter, &expected);
        scan_in_steps(text, delimiter, text.length, 1, 2048, &actual);
        assert_same(text);
        /* Cells of a record are at most as many as its bytes, so this is the tightest room that must do. */
        scan_in_steps(text, delimiter, 1 + trial % 70, 1 + trial % 67, TEXT_MOST, &actual);
        assert_same(text);
    }
}

static void every_cut_of_short_texts(void **state)
{
    (void)state;
    static char bytes[TEXT_MOST];
    for (uint64_t trial = 0; trial < 9000; trial += 3) {
        struct span text = {bytes, random_text(trial, bytes)};
        plain_scan(text, ',', &expected);
        for (size_t first = 1; first <= text.length; first++) {
            scan_in_steps(text, ',', first, 1, 64, &actual);
            assert_same(text);
        }
    }
}

/* "with none and `full`, the first record has too many cells" */
static void too_many_cells_are_told(void **state)
{
    (void)state;
    enum { COMMAS = 20000 };
    char *bytes = malloc(COMMAS);
    assert_non_null(bytes);
    memset(bytes, ',', COMMAS);
    struct csv_index index;
    assert_int_equal(csv_index_create(&ctx, 100, &index), STATUS_OK);
    csv_scan((struct span){bytes, COMMAS}, ',', true, &index);
    assert_true(index.full);
    assert_int_equal(index.record_count, 0);
    assert_int_equal(index.consumed, 0);
    /* "at least CSV_SCAN_ROOM more than the cells a record may have": 100 cells do fit */
    memset(bytes + 99, '\n', 1);
    csv_scan((struct span){bytes, COMMAS}, ',', true, &index);
    assert_int_equal(index.record_count, 1);
    assert_int_equal(index.records[0].cell_count, 100);
    free(bytes);
}

/* "The masks of 64 bytes, on any machine." */
static void masks_agree(void **state)
{
    (void)state;
    unsigned char bytes[CSV_BLOCK_BYTES];
    static const unsigned char odd[] = {',', ';', '\n', '\r', '"', 0, 0x80, 0xFF, ',' ^ 0x80, '\n' ^ 0x80, '"' + 1, '\n' + 1, 1};
    for (uint64_t trial = 0; trial < 5000; trial++) {
        for (size_t i = 0; i < sizeof bytes; i++)
            bytes[i] =
                trial % 2 == 0 ? odd[chance_below(3, trial, i, sizeof odd)] : (unsigned char)chance_below(3, trial, i, 256);
        struct csv_masks masks[2] = {csv_masks_of(bytes, ','), csv_masks_portable(bytes, ',')};
        for (size_t k = 0; k < 2; k++) {
            for (size_t i = 0; i < sizeof bytes; i++) {
                assert_int_equal(masks[k].delimiter >> i & 1, bytes[i] == ',');
                assert_int_equal(masks[k].lf >> i & 1, bytes[i] == '\n');
                assert_int_equal(masks[k].cr >> i & 1, bytes[i] == '\r');
                assert_int_equal(masks[k].special >> i & 1, bytes[i] == '"' || bytes[i] == 0);
            }
        }
    }
}

static int open_arena(void **state)
{
    (void)state;
    return arena_create(NULL, &ctx.arena) == STATUS_OK ? 0 : -1;
}

static int close_arena(void **state)
{
    (void)state;
    arena_destroy(ctx.arena);
    ctx.arena = NULL;
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(same_as_a_plain_state_machine, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(every_cut_of_short_texts, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(too_many_cells_are_told, open_arena, close_arena),
        cmocka_unit_test(masks_agree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
