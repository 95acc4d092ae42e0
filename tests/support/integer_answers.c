/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/integer_answers.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

const struct exact_unit unit_plain = {.step = {1, 0}, .divisor = 1};

static const struct exact_weight once = {1, 1, 1};

static int64_t integer_at(const json_t *array, size_t index)
{
    const json_t *value = json_array_get(array, index);
    assert_true(json_is_integer(value));
    return json_integer_value(value);
}

struct exact_sums sums_of(const json_t *array)
{
    struct exact_sums sums = {0};
    bool overflow = false;
    for (size_t i = 0; i < json_array_size(array); i++)
        exact_sums_add(&sums, &once, integer_at(array, i), &overflow);
    assert_false(overflow);
    return sums;
}

struct exact_pair_sums pair_sums_of(const json_t *x, const json_t *y)
{
    struct exact_pair_sums sums = {0};
    bool overflow = false;
    for (size_t i = 0; i < json_array_size(x); i++)
        exact_pair_sums_add(&sums, &once, integer_at(x, i), integer_at(y, i), &overflow);
    assert_false(overflow);
    return sums;
}

struct exact_sums difference_sums_of(const json_t *first, const json_t *second)
{
    struct exact_sums sums = {0};
    bool overflow = false;
    for (size_t i = 0; i < json_array_size(first); i++)
        exact_sums_add(&sums, &once, integer_at(second, i) - integer_at(first, i), &overflow);
    assert_false(overflow);
    return sums;
}

void block_of(const json_t *rows, const json_t *subtract, struct block_room *room)
{
    size_t count = json_array_size(json_array_get(rows, 0));
    assert_in_range(count, 1, 64);
    memset(room, 0, sizeof *room);
    uint64_t n = json_array_size(rows);
    for (size_t row = 0; row < n; row++) {
        int64_t x[64] = {0};
        for (size_t i = 0; i < count; i++) {
            x[i] = integer_at(json_array_get(rows, row), i);
            if (subtract != NULL)
                x[i] -= integer_at(json_array_get(subtract, row), i);
        }
        for (size_t i = 0; i < count; i++) {
            room->sums[i] += x[i];
            for (size_t j = 0; j < count; j++)
                room->products[i * count + j] += x[i] * x[j];
        }
    }
    room->block = (struct exact_block){{n, (int128)n, (int128)n}, count, room->sums, room->products};
}
