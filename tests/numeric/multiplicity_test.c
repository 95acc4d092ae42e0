/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/multiplicity.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "support/agreement.h"
#include "support/oracle_fixture.h"

enum { TESTS_MAX = 1000 };

static size_t read_all(const json_t *array, double *into)
{
    size_t count = json_array_size(array);
    assert_true(count <= TESTS_MAX);
    for (size_t i = 0; i < count; i++)
        into[i] = json_number_value(json_array_get(array, i));
    return count;
}

static void open_ctx(struct ctx *ctx)
{
    *ctx = (struct ctx){.threads = 1};
    assert_int_equal(arena_create(NULL, &ctx->arena), STATUS_OK);
}

/* "p-values of one family, corrected for its size", "in the same order" */
static void agrees_with_r(void **state)
{
    (void)state;
    static const struct {
        const char *key;
        enum status (*adjust)(struct ctx *, const double *, size_t, double *);
    } methods[] = {{"holm", holm_adjust}, {"bh", benjamini_hochberg_adjust}, {"by", benjamini_yekutieli_adjust}};
    json_t *root = oracle_read("multiplicity");
    struct ctx ctx;
    open_ctx(&ctx);
    struct agreement agreement = {.name = "adjusted p", .wanted = 15};
    size_t index = 0;
    const json_t *row = NULL;
    json_array_foreach (oracle_at(root, "cases"), index, row) {
        static double p[TESTS_MAX], adjusted[TESTS_MAX], expected[TESTS_MAX];
        size_t count = read_all(json_object_get(row, "p"), p);
        for (size_t m = 0; m < 3; m++) {
            assert_int_equal(read_all(json_object_get(row, methods[m].key), expected), count);
            assert_int_equal(methods[m].adjust(&ctx, p, count, adjusted), STATUS_OK);
            for (size_t i = 0; i < count; i++)
                agreement_add(&agreement, adjusted[i], expected[i]);
            /* "may be the array p itself" */
            static double own[TESTS_MAX];
            memcpy(own, p, sizeof own);
            assert_int_equal(methods[m].adjust(&ctx, own, count, own), STATUS_OK);
            assert_memory_equal(own, adjusted, count * sizeof *own);
        }
    }
    agreement_print(&agreement);
    arena_destroy(ctx.arena);
    json_decref(root);
}

/* "in [0, 1]": p of 0 and 1 stay; an empty family is allowed */
static void degenerate_cases(void **state)
{
    (void)state;
    struct ctx ctx;
    open_ctx(&ctx);
    double p[3] = {1, 0, 1}, adjusted[3];
    assert_int_equal(holm_adjust(&ctx, p, 3, adjusted), STATUS_OK);
    assert_true(adjusted[0] == 1 && adjusted[1] == 0 && adjusted[2] == 1);
    assert_int_equal(benjamini_yekutieli_adjust(&ctx, p, 3, adjusted), STATUS_OK);
    assert_true(adjusted[0] == 1 && adjusted[1] == 0 && adjusted[2] == 1);
    assert_int_equal(benjamini_hochberg_adjust(&ctx, p, 0, adjusted), STATUS_OK);
    arena_destroy(ctx.arena);
}

/* "fails STATUS_MEMORY" */
static void no_memory_is_told(void **state)
{
    (void)state;
    struct ctx ctx;
    open_ctx(&ctx);
    static double p[100000], adjusted[100000];
    memory_fail_at(1, true);
    enum status status = holm_adjust(&ctx, p, 100000, adjusted);
    memory_fail_at(0, false);
    assert_int_equal(status, STATUS_MEMORY);
    arena_destroy(ctx.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_r),
        cmocka_unit_test(degenerate_cases),
        cmocka_unit_test(no_memory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
