/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/arena.h"

#include <setjmp.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/memory.h"

/* "Zeroed memory, aligned for any type": small, block-sized and large pieces in turn, none of which overlap */
static void pieces_are_zeroed_aligned_and_apart(void **state)
{
    (void)state;
    static const size_t sizes[] = {1, 24, 5000, 16, 3 << 20, 7, 100000, 900};
    enum { PIECES = 400 };
    unsigned char *piece[PIECES];
    struct arena *arena = NULL;
    assert_int_equal(arena_create(NULL, &arena), STATUS_OK);
    size_t all = 0;
    for (size_t i = 0; i < PIECES; i++) {
        size_t size = sizes[i % 8] >> (i / 40);
        piece[i] = arena_alloc(arena, size);
        assert_non_null(piece[i]);
        assert_int_equal((uintptr_t)piece[i] % alignof(max_align_t), 0);
        for (size_t at = 0; at < size; at++)
            if (piece[i][at] != 0)
                fail_msg("byte %zu of piece %zu is not zero", at, i);
        memset(piece[i], (int)(i % 255) + 1, size);
        all += size;
    }
    for (size_t i = 0; i < PIECES; i++)
        for (size_t at = 0; at < sizes[i % 8] >> (i / 40); at++)
            if (piece[i][at] != i % 255 + 1)
                fail_msg("piece %zu was overwritten", i);
    assert_int_equal(arena_size_bytes(arena), all);
    arena_destroy(arena);
    arena_destroy(NULL);
}

static char order[64];

static void note(void *resource)
{
    const char *name = resource;
    size_t length = strlen(order);
    (void)snprintf(order + length, sizeof order - length, "%s", name);
}

/* "destroying one destroys its children first"; "Runs the deferred calls in reverse order" */
static void children_end_first_and_calls_run_backwards(void **state)
{
    (void)state;
    order[0] = '\0';
    struct arena *top = NULL, *child = NULL, *grandchild = NULL, *sibling = NULL;
    static char a[] = "a", b[] = "b", c[] = "c", d[] = "d", e[] = "e";
    assert_int_equal(arena_create(NULL, &top), STATUS_OK);
    assert_int_equal(arena_defer(top, note, a), STATUS_OK);
    assert_int_equal(arena_create(top, &child), STATUS_OK);
    assert_int_equal(arena_create(child, &grandchild), STATUS_OK);
    assert_int_equal(arena_create(top, &sibling), STATUS_OK);
    assert_int_equal(arena_defer(child, note, b), STATUS_OK);
    assert_int_equal(arena_defer(grandchild, note, c), STATUS_OK);
    assert_int_equal(arena_defer(top, note, d), STATUS_OK);
    assert_int_equal(arena_defer(sibling, note, e), STATUS_OK);
    arena_destroy(top);
    assert_string_equal(order, "ecbda");
}

/* "destroyed with another one all the same", whose child it is not */
static void one_apart_ends_with_another(void **state)
{
    (void)state;
    order[0] = '\0';
    struct arena *until = NULL, *apart = NULL;
    static char a[] = "a", b[] = "b";
    assert_int_equal(arena_create(NULL, &until), STATUS_OK);
    assert_int_equal(arena_create_apart(until, &apart), STATUS_OK);
    assert_int_equal(arena_defer(until, note, a), STATUS_OK);
    assert_int_equal(arena_defer(apart, note, b), STATUS_OK);
    const size_t before = arena_size_bytes(until);
    assert_non_null(arena_alloc(apart, 1000));
    assert_int_equal(arena_size_bytes(until), before);
    arena_destroy(until);
    assert_string_equal(order, "ab");
}

/* "Bytes handed out by this arena and its children"; a child may end before its parent, in any order */
static void children_are_counted_until_they_end(void **state)
{
    (void)state;
    struct arena *top = NULL, *child[3] = {NULL}, *grandchild = NULL;
    assert_int_equal(arena_create(NULL, &top), STATUS_OK);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(arena_create(top, &child[i]), STATUS_OK);
        assert_non_null(arena_alloc(child[i], (size_t)10 << (4 * i)));
    }
    assert_int_equal(arena_create(child[1], &grandchild), STATUS_OK);
    assert_non_null(arena_alloc(grandchild, 1));
    assert_int_equal(arena_size_bytes(top), 10 + 160 + 1 + 2560);
    assert_int_equal(arena_size_bytes(child[1]), 161);
    arena_destroy(child[1]);
    assert_int_equal(arena_size_bytes(top), 10 + 2560);
    arena_destroy(child[2]);
    assert_int_equal(arena_size_bytes(top), 10);
    arena_destroy(child[0]);
    assert_int_equal(arena_size_bytes(top), 0);
    arena_destroy(top);
}

/* "count × size zeroed bytes with checked arithmetic, or NULL" */
static void sizes_that_wrap_are_refused(void **state)
{
    (void)state;
    struct arena *arena = NULL;
    assert_int_equal(arena_create(NULL, &arena), STATUS_OK);
    assert_non_null(arena_array(arena, 10, 8));
    assert_null(arena_array(arena, SIZE_MAX / 4, 8));
    assert_null(arena_alloc(arena, SIZE_MAX));
    assert_null(arena_alloc(arena, SIZE_MAX - 64));
    assert_int_equal(arena_size_bytes(arena), 80);
    arena_destroy(arena);
}

/* "A NUL-terminated copy of a piece of text"; "A NUL-terminated text made as by printf" */
static void texts_are_copied_and_formatted(void **state)
{
    (void)state;
    struct arena *arena = NULL;
    assert_int_equal(arena_create(NULL, &arena), STATUS_OK);
    assert_string_equal(arena_copy(arena, (struct span){"abcdef", 3}), "abc");
    assert_string_equal(arena_copy(arena, span_of(NULL)), "");
    assert_string_equal(arena_format(arena, "%s row %d", "file.csv", 12), "file.csv row 12");
    assert_int_equal(strlen(arena_format(arena, "%9000d", 1)), 9000);
    for (int length = 250; length < 260; length++) /* round the length that is formatted twice */
        assert_int_equal(strlen(arena_format(arena, "%*d", length, 1)), length);
    arena_destroy(arena);
}

/* "If this fails, close is called at once, so that the resource is never lost" */
static void a_failed_defer_closes_at_once(void **state)
{
    (void)state;
    order[0] = '\0';
    static char lost[] = "lost";
    struct arena *arena = NULL;
    assert_int_equal(arena_create(NULL, &arena), STATUS_OK);
    memory_fail_at(1, true);
    enum status status = arena_defer(arena, note, lost);
    void *piece = arena_alloc(arena, 1);
    struct arena *child = NULL;
    enum status created = arena_create(arena, &child);
    memory_fail_at(0, false);
    assert_int_equal(status, STATUS_MEMORY);
    assert_int_equal(created, STATUS_MEMORY);
    assert_null(piece);
    assert_string_equal(order, "lost");
    arena_destroy(arena);
    assert_string_equal(order, "lost");
}

/* With the address sanitizer, writing past the end of a piece stops the program though the block goes on. */
static void writing_past_the_end_is_seen(void **state)
{
    (void)state;
#if defined(__SANITIZE_ADDRESS__)
    static const size_t offsets[] = {47, 48, 63, 64, 90};
    for (size_t i = 0; i < sizeof offsets / sizeof *offsets; i++) {
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            struct arena *arena = NULL;
            (void)close(STDERR_FILENO);
            volatile char *piece = arena_create(NULL, &arena) == STATUS_OK ? arena_alloc(arena, 48) : NULL;
            if (piece != NULL)
                piece[offsets[i]] = 1;
            _exit(7);
        }
        int status = 0;
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_int_equal(WIFEXITED(status) && WEXITSTATUS(status) == 7, offsets[i] < 48);
    }
#else
    print_message("no address sanitizer in this build: skipped\n");
    skip();
#endif
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_are_zeroed_aligned_and_apart), cmocka_unit_test(children_end_first_and_calls_run_backwards),
        cmocka_unit_test(one_apart_ends_with_another),         cmocka_unit_test(children_are_counted_until_they_end),
        cmocka_unit_test(sizes_that_wrap_are_refused),         cmocka_unit_test(texts_are_copied_and_formatted),
        cmocka_unit_test(a_failed_defer_closes_at_once),       cmocka_unit_test(writing_past_the_end_is_seen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
