/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/byte_products.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/chance.h"

enum { COLUMNS_MOST = 11 };

static void products_expect(const struct byte_pairs *pairs, int32_t *products)
{
    for (size_t p = 0; p < pairs->a_count * pairs->b_count; p++) {
        const uint8_t *a = pairs->a + p / pairs->b_count * pairs->stride;
        const int8_t *b = pairs->b + p % pairs->b_count * pairs->stride;
        products[p] = 0;
        for (size_t i = 0; i < pairs->rows; i++)
            products[p] += a[i] * b[i];
    }
}

static void products_compare(const struct byte_pairs *pairs)
{
    int32_t expected[COLUMNS_MOST * COLUMNS_MOST], products[COLUMNS_MOST * COLUMNS_MOST + 1];
    size_t count = pairs->a_count * pairs->b_count;
    products_expect(pairs, expected);
    for (unsigned k = 0; k < KERNEL_COUNT; k++) {
        if (!kernel_available((enum kernel)k))
            continue;
        memset(products, 0x55, sizeof products);
        byte_products((enum kernel)k, pairs, products);
        for (size_t p = 0; p < count; p++)
            if (!pairs->upper || p % pairs->b_count >= p / pairs->b_count)
                assert_int_equal(products[p], expected[p]);
        assert_int_equal(products[count], 0x55555555);
    }
}

/* Bytes of chance, or the largest products there are, of either sign. */
static void bytes_fill(uint8_t *bytes, size_t count, unsigned kind, uint8_t largest)
{
    for (size_t i = 0; i < count; i++)
        bytes[i] = kind == 0 ? (uint8_t)chance_below(5, largest, i, 256) : largest;
}

/* "all give the same", for any number of columns, and when every product is as large as there are */
static void every_kernel_multiplies_alike(void **state)
{
    (void)state;
    static const size_t rows[] = {0, 64, 192, 1024, BYTE_PRODUCTS_ROWS_MAX};
    static const uint8_t largest[] = {128, 127};
    size_t stride = BYTE_PRODUCTS_ROWS_MAX + 64;
    uint8_t *a = malloc(COLUMNS_MOST * stride), *b = malloc(COLUMNS_MOST * stride);
    for (unsigned kind = 0; kind < 3; kind++) {
        bytes_fill(a, COLUMNS_MOST * stride, kind, 255);
        bytes_fill(b, COLUMNS_MOST * stride, kind, largest[kind % 2]);
        for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
            size_t most = rows[r] > 2000 ? 3 : COLUMNS_MOST;
            for (size_t count = 1; count <= most * most; count++) {
                struct byte_pairs pairs = {
                    a, (const int8_t *)b, (count - 1) / most + 1, (count - 1) % most + 1, stride, rows[r], false};
                products_compare(&pairs);
                pairs.upper = true;
                products_compare(&pairs);
            }
        }
    }
    free(a);
    free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_kernel_multiplies_alike)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
