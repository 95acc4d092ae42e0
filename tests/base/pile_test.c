/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/memory.h"
#include "base/pile.h"

enum { MANY = 9000 };

struct thing {
    uint64_t number;
    unsigned char rest[5];
};

/* "all of it 0"; "stays where it is"; by its number */
static void things_stay_where_they_are(void **state)
{
    static struct thing *added[MANY];
    struct arena *arena = NULL;
    struct pile pile = {NULL, 0, 0};
    (void)state;
    assert_int_equal(arena_create(NULL, &arena), STATUS_OK);
    for (size_t i = 0; i < MANY; i++) {
        added[i] = pile_add(arena, &pile, sizeof **added);
        assert_non_null(added[i]);
        assert_true(added[i]->number == 0 && added[i]->rest[4] == 0);
        *added[i] = (struct thing){.number = i, .rest = {1, 2, 3, 4, 5}};
    }
    assert_int_equal(pile.count, MANY);
    for (size_t i = 0; i < MANY; i++) {
        assert_ptr_equal(pile_at(&pile, sizeof **added, i), added[i]);
        assert_int_equal(added[i]->number, i);
    }
    arena_destroy(arena);
}

/* "NULL without memory, when nothing is added": whichever allocation it is, and the next one can be added when there is some again */
static void without_memory_nothing_is_added(void **state)
{
    (void)state;
    uint64_t asked = 0; /* how often memory was asked for, which other builds and processors do more or less often */
    for (bool any = true; any; asked += any) {
        struct arena *arena = NULL;
        struct pile pile = {NULL, 0, 0};
        size_t refused = 0;
        assert_int_equal(arena_create(NULL, &arena), STATUS_OK);
        memory_fail_at(asked + 1, false);
        for (size_t i = 0; i < MANY; i++) {
            size_t before = pile.count;
            uint64_t *number = pile_add(arena, &pile, sizeof *number);
            if (!number) {
                refused++;
                assert_int_equal(pile.count, before);
                number = pile_add(arena, &pile, sizeof *number);
            }
            assert_non_null(number);
            *number = i;
        }
        memory_fail_at(0, false);
        any = refused > 0;
        assert_in_range(refused, 0, 1);
        for (size_t i = 0; i < MANY; i++)
            assert_int_equal(*(const uint64_t *)pile_at(&pile, sizeof(uint64_t), i), i);
        arena_destroy(arena);
    }
    assert_in_range(asked, 3, MANY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(things_stay_where_they_are),
        cmocka_unit_test(without_memory_nothing_is_added),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
