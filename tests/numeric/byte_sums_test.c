/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/byte_sums.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/chance.h"

enum { COLUMNS_MOST = 19, DRAWS_MOST = BYTE_DRAWS_AT_ONCE };

/* Bytes of chance, or all of one kind. */
static void bytes_fill(uint8_t *bytes, size_t count, int kind)
{
    for (size_t i = 0; i < count; i++)
        bytes[i] = kind == 0 ? (uint8_t)chance_below(5, 6, i, 256) : kind == 1 ? 255 : 128;
}

static void sums_compare(const struct byte_draws *draws, const struct byte_columns *columns)
{
    static int64_t expected[DRAWS_MOST * COLUMNS_MOST], sums[DRAWS_MOST * COLUMNS_MOST + 1];
    int32_t products[DRAWS_MOST * COLUMNS_MOST];
    size_t count = draws->count * columns->count;
    memset(expected, 0, sizeof expected);
    for (size_t i = 0; i < count * columns->stride; i++) {
        size_t d = i / columns->stride / columns->count, c = i / columns->stride % columns->count, row = i % columns->stride;
        expected[d * columns->count + c] += draws->times[d * draws->stride + row] * columns->values[c * columns->stride + row];
    }
    for (unsigned k = 0; k < KERNEL_COUNT; k++) {
        memset(sums, 0x55, sizeof sums);
        if (!kernel_available((enum kernel)k))
            continue;
        byte_sums((enum kernel)k, draws, columns, &(struct byte_room){sums, products});
        assert_memory_equal(sums, expected, count * sizeof *sums);
        assert_true(sums[count] == 0x5555555555555555);
    }
}

/* "all give the same": sums of chance, and of the largest numbers there are, over more rows than 32 bits can hold sums of */
static void every_kernel_adds_up(void **state)
{
    (void)state;
    static const size_t strides[] = {0, 64, 128, 704, 65536, 65600, 200000 / 64 * 64};
    for (size_t s = 0; s < 3 * sizeof strides / sizeof *strides; s++) {
        int kind = (int)(s % 3);
        size_t stride = strides[s / 3], most = stride > 1000 ? 3 : COLUMNS_MOST, few = stride > 1000 ? 2 : DRAWS_MOST;
        uint8_t *times = malloc(few * stride + 1), *values = malloc(most * stride + 1);
        bytes_fill(times, few * stride, kind == 2 ? 1 : kind);
        bytes_fill(values, most * stride, kind);
        for (size_t count = 0; count <= most * few; count++) {
            const struct byte_columns columns = {(const int8_t *)values, count / few, stride};
            const struct byte_draws draws = {times, count % few + 1, stride, NULL};
            sums_compare(&draws, &columns);
        }
        free(times);
        free(values);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_kernel_adds_up)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
