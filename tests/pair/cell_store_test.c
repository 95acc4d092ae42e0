/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/chance.h"
#include "pair/cell_store.h"

enum { GROUPS = 3, OWNERS = 3, VALUES = 40 };

/* Owner 0 has few values, owner 1 more, owner 2 none. */
static const uint64_t widths[OWNERS] = {8, VALUES, 0};

static struct cell_store store_make(struct arena *arena, uint64_t dense_most, uint64_t dense_bytes, bool weighted)
{
    struct cell_store store;
    struct cell_shape shape = {.group_count = GROUPS,
                               .owner_count = OWNERS,
                               .widths = widths,
                               .dense_most = dense_most,
                               .dense_bytes = dense_bytes,
                               .weighted = weighted};
    assert_int_equal(cell_store_create(arena, &shape, &store), STATUS_OK);
    return store;
}

/* What was counted, the plain way. */
struct plain {
    struct weight_sum sums[GROUPS][OWNERS][VALUES];
};

static void count_some(struct cell_store *store, struct plain *plain, uint64_t stream, const uint32_t *map)
{
    for (uint64_t i = 0; i < 500; i++) {
        uint32_t group = (uint32_t)chance_below(1, stream, 4 * i, GROUPS);
        uint32_t owner = (uint32_t)chance_below(1, stream, 4 * i + 1, 2);
        uint64_t value = chance_below(1, stream, 4 * i + 2, widths[owner]);
        int64_t weight = store->weighted ? (int64_t)chance_below(1, stream, 4 * i + 3, UINT64_C(1) << 50) + 1 : 1;
        struct weight_sum *sum = &plain->sums[map == NULL ? group : map[group]][owner][value];
        sum->n++;
        sum->w += weight;
        sum->ww += (int128)weight * weight;
        assert_int_equal(cell_store_add(store, group, owner, value, weight), STATUS_OK);
    }
}

static void check_owner(const struct cell_list *list, const struct weight_sum *sums, uint64_t width)
{
    size_t next = 0;
    for (uint64_t value = 0; value < width; value++) {
        if (sums[value].n == 0) {
            continue;
        }
        assert_true(next < list->count);
        assert_int_equal(list->values[next], value);
        assert_int_equal(list->sums[next].n, sums[value].n);
        assert_true(list->sums[next].w == sums[value].w && list->sums[next].ww == sums[value].ww);
        next++;
    }
    assert_int_equal(next, list->count);
}

static void check_all(struct cell_store *store, const struct plain *plain)
{
    struct cell_list list = {.count = 0};
    cell_store_seal(store);
    for (uint32_t group = 0; group < GROUPS; group++) {
        for (uint32_t owner = 0; owner < OWNERS; owner++) {
            assert_int_equal(cell_store_read(store, group, owner, store->arena, &list), STATUS_OK);
            check_owner(&list, plain->sums[group][owner], widths[owner]);
        }
    }
}

/* cell_store.h: "Owners with few values are arrays, the others share an open-addressing table": in every mixture, what is counted
 * in one store or in two that are merged, with groups mapped or not, is read back in ascending order. */
static void check_mixture(uint64_t most_a, uint64_t most_b, bool weighted, const uint32_t *map)
{
    struct arena *arena;
    struct plain plain;
    memset(&plain, 0, sizeof plain);
    assert_int_equal(arena_create(NULL, &arena), STATUS_OK);
    struct cell_store a = store_make(arena, most_a, 1 << 20, weighted);
    struct cell_store b = store_make(arena, most_b, most_b == 0 ? 0 : 1 << 20, weighted);
    count_some(&a, &plain, 1, NULL);
    count_some(&b, &plain, 2, map);
    assert_int_equal(cell_store_merge(&a, &b, map), STATUS_OK);
    check_all(&a, &plain);
    arena_destroy(arena);
}

static void test_counts_come_back(void **state)
{
    (void)state;
    const uint32_t map[GROUPS] = {2, 0, 2};
    const uint64_t mosts[][2] = {{8, 8}, {VALUES, VALUES}, {0, 0}, {8, 0}, {VALUES, 0}};
    for (size_t i = 0; i < sizeof mosts / sizeof mosts[0]; i++) {
        for (unsigned weighted = 0; weighted < 2; weighted++) {
            check_mixture(mosts[i][0], mosts[i][1], weighted == 1, NULL);
            check_mixture(mosts[i][0], mosts[i][1], weighted == 1, map);
        }
    }
}

/* cell_store.h: "arrays, if all of them fit into dense_bytes". */
static void test_arrays_are_left_out_when_too_large(void **state)
{
    (void)state;
    struct arena *arena;
    assert_int_equal(arena_create(NULL, &arena), STATUS_OK);
    uint64_t bytes = GROUPS * (8 + VALUES) * sizeof(uint32_t);
    struct cell_store fits = store_make(arena, VALUES, bytes, false);
    struct cell_store too_large = store_make(arena, VALUES, bytes - 1, false);
    assert_int_equal(fits.stride, 8 + VALUES);
    assert_int_equal(fits.offsets[1], 8);
    assert_int_equal(too_large.stride, 0);
    assert_int_equal(too_large.offsets[0], CELLS_SPARSE);
    arena_destroy(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_counts_come_back),
        cmocka_unit_test(test_arrays_are_left_out_when_too_large),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
