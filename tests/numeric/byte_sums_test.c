/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/byte_sums.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/chance.h"

enum { COLUMNS_MOST = 19 };

/* Bytes of chance, or all of one kind. */
static void bytes_fill(uint8_t *bytes, size_t count, int kind)
{
    for (size_t i = 0; i < count; i++)
        bytes[i] = kind == 0 ? (uint8_t)chance_below(5, 6, i, 256) : kind == 1 ? 255 : 128;
}

static void sums_compare(const uint8_t *times, const struct byte_columns *columns)
{
    int64_t expected[COLUMNS_MOST] = {0};
    for (size_t i = 0; i < columns->count * columns->stride; i++)
        expected[i / columns->stride] += times[i % columns->stride] * columns->values[i];
    for (unsigned k = 0; k < KERNEL_COUNT; k++) {
        int64_t sums[COLUMNS_MOST + 1];
        memset(sums, 0x55, sizeof sums);
        if (!kernel_available((enum kernel)k))
            continue;
        byte_sums((enum kernel)k, times, columns, sums);
        assert_memory_equal(sums, expected, columns->count * sizeof *sums);
        assert_true(sums[columns->count] == 0x5555555555555555);
    }
}

/* "all give the same": sums of chance, and of the largest numbers there are, over more rows than 32 bits can hold sums of */
static void every_kernel_adds_up(void **state)
{
    (void)state;
    static const size_t strides[] = {0, 64, 128, 704, 65536, 65600, 200000 / 64 * 64};
    for (size_t s = 0; s < 3 * sizeof strides / sizeof *strides; s++) {
        int kind = (int)(s % 3);
        size_t stride = strides[s / 3], most = stride > 1000 ? 3 : COLUMNS_MOST;
        uint8_t *times = malloc(stride + 1), *values = malloc(most * stride + 1);
        bytes_fill(times, stride, kind == 2 ? 1 : kind);
        bytes_fill(values, most * stride, kind);
        for (size_t count = 0; count <= most; count++) {
            const struct byte_columns columns = {(const int8_t *)values, count, stride};
            sums_compare(times, &columns);
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
