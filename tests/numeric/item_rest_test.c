/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/item_rest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "numeric/alpha.h"
#include "support/agreement.h"
#include "support/integer_answers.h"
#include "support/oracle_fixture.h"

/* "How one item goes with the others", against psych */
static void agrees_with_psych(void **state)
{
    (void)state;
    json_t *root = oracle_read("alpha");
    struct agreement total = {.name = "item-total r", .wanted = 14}, rest = {.name = "item-rest r", .wanted = 13};
    struct agreement deleted = {.name = "alpha if deleted", .wanted = 13};
    size_t index = 0;
    const json_t *row = NULL;
    json_array_foreach (oracle_at(root, "cases"), index, row) {
        static struct block_room room;
        block_of(json_object_get(row, "answers"), NULL, &room);
        size_t item = 0;
        const json_t *expected = NULL;
        json_array_foreach (json_object_get(row, "items"), item, expected) {
            struct item_rest r;
            item_rest(&room.block, item, &r);
            agreement_add_member(&total, r.total_undefined == DEFINED, r.total_r, expected, "item_total_r");
            agreement_add_member(&rest, r.rest_undefined == DEFINED, r.rest_r, expected, "item_rest_r");
            agreement_add_member(&deleted, r.deleted_undefined == DEFINED, r.alpha_if_deleted, expected, "alpha_if_deleted");
        }
        assert_int_equal(item, room.block.count);
    }
    agreement_print(&total);
    agreement_print(&rest);
    agreement_print(&deleted);
    json_decref(root);
}

/* alpha_if_deleted is the alpha of the block without the item */
static void alpha_if_deleted_is_an_alpha(void **state)
{
    (void)state;
    const int128 sums[] = {10, 12, 9}, products[] = {32, 27, 24, 27, 40, 23, 24, 23, 29}, rest_products[] = {32, 27, 27, 40};
    const struct exact_block all = {{4, 4, 4}, 3, sums, products}, without_last = {{4, 4, 4}, 2, sums, rest_products};
    struct item_rest r;
    struct alpha a;
    item_rest(&all, 2, &r);
    assert_int_equal(cronbach_alpha(&without_last, .95, &a), DEFINED);
    assert_int_equal(r.deleted_undefined, DEFINED);
    assert_true(r.alpha_if_deleted == a.alpha);
}

/* "n < 2, k < 2 (alpha_if_deleted: k < 3) -> UNDEFINED_TOO_FEW;  the item, the total or the rest is constant" */
static void degenerate_cases(void **state)
{
    (void)state;
    struct item_rest r;
    const int128 sums[] = {4, 6}, identical[] = {6, 6, 6, 6}, ones[] = {4, 4};
    const struct exact_block single = {{1, 1, 1}, 2, sums, identical}, lone_item = {{4, 4, 4}, 1, ones, identical};
    item_rest(&single, 0, &r);
    assert_true(r.total_undefined == UNDEFINED_TOO_FEW && r.rest_undefined == UNDEFINED_TOO_FEW);
    item_rest(&lone_item, 0, &r);
    assert_int_equal(r.total_undefined, UNDEFINED_TOO_FEW);
    const struct exact_block twins = {{4, 4, 4}, 2, ones, identical};
    item_rest(&twins, 1, &r);
    assert_true(r.total_undefined == DEFINED && r.total_r == 1);
    assert_true(r.rest_undefined == DEFINED && r.rest_r == 1);
    assert_int_equal(r.deleted_undefined, UNDEFINED_TOO_FEW);
    /* the second item is constant: it has no r; the first has one with the total, none with the rest */
    const int128 flat_sums[] = {4, 8}, flat[] = {6, 8, 8, 16};
    const struct exact_block constant = {{4, 4, 4}, 2, flat_sums, flat};
    item_rest(&constant, 1, &r);
    assert_true(r.total_undefined == UNDEFINED_NO_VARIANCE && r.rest_undefined == UNDEFINED_NO_VARIANCE);
    item_rest(&constant, 0, &r);
    assert_true(r.total_undefined == DEFINED && r.total_r == 1 && r.rest_undefined == UNDEFINED_NO_VARIANCE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_psych),
        cmocka_unit_test(alpha_if_deleted_is_an_alpha),
        cmocka_unit_test(degenerate_cases),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
