/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/packed_column.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "formats/packed_bytes.h"
#include "formats/packed_codes.h"
#include "formats/packed_values.h"
#include "support/csv_studies.h"

static struct ctx ctx;

static int begin(void **state)
{
    (void)state;
    ctx = (struct ctx){0};
    return arena_create(NULL, &ctx.arena) == STATUS_OK ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    arena_destroy(ctx.arena);
    return 0;
}

/* How `rows` values are written that are first, first + step, … up to last, again and again. */
static struct packed_column chosen(int64_t first, int64_t step, int64_t last, uint32_t rows)
{
    struct packed_column column = {.low = INT64_MIN + 1, .high = INT64_MAX, .missing = INT64_MIN, .may_miss = true};
    struct packed_values *seen;
    assert_int_equal(packed_values_create(&ctx, &seen), STATUS_OK);
    int64_t value = first;
    for (uint32_t i = 0; i < rows; i++) {
        assert_int_equal(packed_values_add(seen, &value, 1, &column), STATUS_OK);
        value = value == last ? first : value + step;
    }
    assert_int_equal(packed_values_choose(seen, rows, &column), STATUS_OK);
    return column;
}

#define ASSERT_WRITTEN(column, bytes, by_place)                                                                                  \
    do {                                                                                                                         \
        const struct packed_column asked = (column);                                                                             \
        assert_int_equal(asked.width, (bytes));                                                                                  \
        assert_int_equal(asked.value_count > 0, (by_place));                                                                     \
    } while (0)

/* "all bits set mean that it is missing", so one value fewer than the bytes have; "by place where that takes fewer bytes, the list of
 * values included" */
static void values_take_the_fewest_bytes(void **state)
{
    (void)state;
    ASSERT_WRITTEN(chosen(7, 1, 7, 1), 1, false);
    ASSERT_WRITTEN(chosen(-100, 1, 154, 255), 1, false);
    ASSERT_WRITTEN(chosen(-100, 1, 155, 256), 2, false);
    ASSERT_WRITTEN(chosen(-100, 1, 155, 2048), 2, false);
    ASSERT_WRITTEN(chosen(-100, 1, 155, 2049), 1, true);
    ASSERT_WRITTEN(chosen(-100, 1, 156, 3000), 2, false);
    ASSERT_WRITTEN(chosen(0, 65534, 65534, 2), 2, false);
    ASSERT_WRITTEN(chosen(0, 65535, 65535, 2), 4, false);
    ASSERT_WRITTEN(chosen(0, 65535, 65535, 6), 1, true);
    ASSERT_WRITTEN(chosen(0, 300, 300 * 999, 3999), 4, false);
    ASSERT_WRITTEN(chosen(0, 300, 300 * 999, 4001), 2, true);
    ASSERT_WRITTEN(chosen(0, UINT32_MAX - 1ll, UINT32_MAX - 1ll, 2), 4, false);
    ASSERT_WRITTEN(chosen(0, UINT32_MAX, UINT32_MAX, 2), 8, false);
    ASSERT_WRITTEN(chosen(0, 100000, 100000ll * 65535, 200000), 2, true);
    ASSERT_WRITTEN(chosen(0, 100000, 100000ll * 65536, 200000), 8, false);
    const struct packed_column listed = chosen(5, 1000000, 2000005, 100);
    assert_int_equal(listed.value_count, 3);
    assert_int_equal(packed_values_place(&listed, 1000005), 1);
    assert_int_equal(listed.values[2], 2000005);
}

/* "fails STATUS_INVALID for a value that the column may not have" */
static void values_that_may_not_be_are_told(void **state)
{
    (void)state;
    const struct packed_column column = {.low = 1, .high = 5, .missing = INT64_MIN, .may_miss = true};
    const struct packed_column whole = {.low = 1, .high = 5, .missing = INT64_MIN};
    const int64_t good[] = {1, 5, INT64_MIN}, low = 0, high = 6;
    struct packed_values *seen;
    assert_int_equal(packed_values_create(&ctx, &seen), STATUS_OK);
    assert_int_equal(packed_values_add(seen, good, 3, &column), STATUS_OK);
    assert_int_equal(packed_values_add(seen, &low, 1, &column), STATUS_INVALID);
    assert_int_equal(packed_values_add(seen, &high, 1, &column), STATUS_INVALID);
    assert_int_equal(packed_values_add(seen, good + 2, 1, &whole), STATUS_INVALID);
}

/* Reads one stored number of a column into the second segment of a row.
 * gives   the segment's value, or −1 when it is refused */
static int64_t read_one(struct packed_column column, uint64_t stored)
{
    static int64_t room[ANSWERS_CHUNK_ROWS];
    uint16_t segments[2] = {4242, 4242};
    unsigned char bytes[8];
    const struct answers_chunk chunk = {.segments = segments};
    const struct packed_rows rows = {.chunk = &chunk, .count = 1, .from = bytes};
    column.kind = PACKED_SEGMENT;
    column.index = 1;
    column.missing = NO_SEGMENT_VALUE;
    little_put(bytes, stored, column.width);
    assert_int_equal(packed_column_ready(&ctx, &column), STATUS_OK);
    const bool good = packed_column_read(&csv_studies[CSV_STUDY_FULL], &column, &rows, room);
    assert_int_equal(segments[0], 4242);
    return good ? segments[1] : -1;
}

/* "a value is none that the column may have": at both sides of every border, in every width. */
static void values_beyond_the_borders_are_refused(void **state)
{
    (void)state;
    static const int64_t listed[] = {3, 5, NO_SEGMENT_VALUE};
    for (unsigned width = 1; width <= 8; width *= 2) {
        const uint64_t none = UINT64_MAX >> (64 - 8 * width);
        struct packed_column column = {.low = 0, .high = 200, .may_miss = true, .width = width, .base = 10};
        assert_int_equal(read_one(column, 0), 10);
        assert_int_equal(read_one(column, 190), 200);
        assert_int_equal(read_one(column, 191), -1);
        assert_int_equal(read_one(column, none - 1), -1);
        assert_int_equal(read_one(column, none), NO_SEGMENT_VALUE);
        column.may_miss = false;
        assert_int_equal(read_one(column, none), -1);
        /* A segment without any value: everything is missing. */
        column = (struct packed_column){.low = 0, .high = -1, .may_miss = true, .width = width};
        assert_int_equal(read_one(column, none), NO_SEGMENT_VALUE);
        assert_int_equal(read_one(column, 0), -1);
        assert_int_equal(read_one(column, 1), -1);
        if (width > 2)
            continue;
        column =
            (struct packed_column){.low = 0, .high = 9, .may_miss = true, .width = width, .values = listed, .value_count = 3};
        assert_int_equal(read_one(column, 1), 5);
        assert_int_equal(read_one(column, 2), NO_SEGMENT_VALUE);
        assert_int_equal(read_one(column, 3), -1);
        assert_int_equal(read_one(column, none), -1);
    }
}

/* A code above its scale is seen wherever it stands, in whole steps and in what is left of them. */
static void codes_above_their_scale_are_seen(void **state)
{
    (void)state;
    enum { ROWS = 70, SLOTS = 4 };
    static const uint32_t slots[STANDARD_COUNT * 2] = {0,       1,       2,       3,       NO_SLOT, NO_SLOT, NO_SLOT,
                                                       NO_SLOT, NO_SLOT, NO_SLOT, NO_SLOT, NO_SLOT, NO_SLOT, NO_SLOT};
    struct item items[2] = {{.id = "q1", .scale = 0}, {.id = "q2", .scale = 1}};
    struct study study = csv_studies[CSV_STUDY_PLAIN];
    study.items = items;
    study.scale_count = 2;
    struct answers answers = {.study = &study, .slots = slots, .slot_count = SLOTS, .code_bytes = 1};
    struct packed_ceilings *ceilings;
    uint8_t bytes[ROWS * SLOTS];
    uint16_t words[ROWS * SLOTS];
    for (unsigned i = 0; i < ROWS * SLOTS; i++)
        words[i] = bytes[i] = i % 2 == 0 ? 5 : 19;
    assert_int_equal(packed_ceilings_make(&ctx, &answers, &ceilings), STATUS_OK);
    for (uint32_t rows = 0; rows <= ROWS; rows++) {
        assert_true(packed_codes_fit(ceilings, bytes, rows));
        for (uint32_t i = 0; i < rows * SLOTS; i += rows < 16 ? 1 : 7) {
            bytes[i]++;
            assert_false(packed_codes_fit(ceilings, bytes, rows));
            bytes[i]--;
        }
    }
    answers.code_bytes = 2;
    assert_int_equal(packed_ceilings_make(&ctx, &answers, &ceilings), STATUS_OK);
    assert_true(packed_codes_fit(ceilings, words, ROWS));
    for (uint32_t i = 0; i < ROWS * SLOTS; i++) {
        words[i]++;
        assert_false(packed_codes_fit(ceilings, words, ROWS));
        words[i]--;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(values_take_the_fewest_bytes, begin, end),
        cmocka_unit_test_setup_teardown(values_that_may_not_be_are_told, begin, end),
        cmocka_unit_test_setup_teardown(values_beyond_the_borders_are_refused, begin, end),
        cmocka_unit_test_setup_teardown(codes_above_their_scale_are_seen, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
