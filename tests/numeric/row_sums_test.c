/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/row_sums.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/chance.h"

enum { ROWS = 57, STRIDE_MOST = 23 * ROW_SUMS_LANES };

/* Numbers of very different size, so that any other order of adding up shows in the last bits. */
static void values_fill(double *values, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        double size = (double)(UINT64_C(1) << chance_below(3, 4, i, 40));
        values[i] = (chance_uniform(1, 2, i) - .5) * size;
    }
}

static void sums_compare(const struct row_table *table, const uint32_t *times)
{
    double expected[STRIDE_MOST] = {0};
    for (size_t i = 0; i < table->count * table->stride; i++)
        expected[i % table->stride] += (times ? times[i / table->stride] : 1) * table->values[i];
    for (unsigned k = 0; k < KERNEL_COUNT; k++) {
        double sums[STRIDE_MOST + 1];
        if (!kernel_available((enum kernel)k))
            continue;
        memset(sums, 0x55, sizeof sums);
        row_sums((enum kernel)k, table, times, sums);
        assert_memory_equal(sums, expected, table->stride * sizeof *sums);
        assert_memory_equal(&sums[table->stride], "UUUUUUUU", sizeof *sums);
    }
}

/* "row after row, so that all kernels round alike", for every length of a row that the vectors divide differently */
static void every_kernel_rounds_alike(void **state)
{
    (void)state;
    static double values[ROWS * STRIDE_MOST];
    uint32_t times[ROWS];
    values_fill(values, ROWS * STRIDE_MOST);
    for (size_t i = 0; i < ROWS; i++)
        times[i] = i == 5 ? UINT32_MAX : (uint32_t)chance_below(5, 6, i, 4);
    for (size_t stride = ROW_SUMS_LANES; stride <= STRIDE_MOST; stride += ROW_SUMS_LANES) {
        for (size_t count = 0; count <= ROWS; count += 19) {
            const struct row_table table = {values, count, stride};
            sums_compare(&table, times);
            sums_compare(&table, NULL);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_kernel_rounds_alike)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
