/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/kernel.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct ctx ctx;

static enum status started_with(const char *word)
{
    if (word)
        assert_int_equal(setenv("GAPMETER_KERNEL", word, 1), 0);
    else
        assert_int_equal(unsetenv("GAPMETER_KERNEL"), 0);
    ctx = (struct ctx){.threads = 1};
    return kernel_start(&ctx);
}

static enum kernel widest(void)
{
    enum kernel found = KERNEL_SCALAR;
    for (unsigned i = 0; i < KERNEL_COUNT; i++)
        if (kernel_available((enum kernel)i))
            found = (enum kernel)i;
    return found;
}

/* "what GAPMETER_KERNEL names, else the widest that is available" */
static void one_is_chosen(void **state)
{
    (void)state;
    assert_int_equal(kernel_current(), widest());
    assert_true(kernel_available(KERNEL_SCALAR));
    for (unsigned i = 0; i < KERNEL_COUNT; i++) {
        if (!kernel_available((enum kernel)i))
            continue;
        assert_int_equal(started_with(kernel_name((enum kernel)i)), STATUS_OK);
        assert_int_equal(kernel_current(), i);
    }
    assert_int_equal(started_with(NULL), STATUS_OK);
    assert_int_equal(kernel_current(), widest());
    assert_int_equal(started_with("scalar"), STATUS_OK);
    assert_int_equal(started_with(""), STATUS_OK);
    assert_int_equal(kernel_current(), widest());
}

/* What AVX-512 needs includes what AVX2 needs: each machine runs a kernel and all narrower ones. */
static void wider_ones_include_narrower_ones(void **state)
{
    (void)state;
    for (unsigned i = 1; i < KERNEL_COUNT; i++)
        if (kernel_available((enum kernel)i))
            assert_true(kernel_available((enum kernel)(i - 1)));
#if !KERNEL_VECTORS
    assert_int_equal(widest(), KERNEL_SCALAR);
#endif
}

/* "STATUS_USAGE when it names none, or one that this machine cannot run; says which it can" */
static void others_are_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {"AVX2", "avx", "avx2 ", "scala", "scalars", "0"};
    char choices[KERNEL_CHOICES_BYTES];
    kernel_choices(choices);
    enum kernel before = kernel_current();
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_int_equal(started_with(wrong[i]), STATUS_USAGE);
        assert_non_null(strstr(ctx.error.sentence, wrong[i]));
        assert_non_null(strstr(ctx.error.sentence, "no kernel"));
        assert_non_null(strstr(ctx.error.sentence, choices));
        assert_int_equal(kernel_current(), before);
    }
    assert_int_equal(started_with("a\n\x1b[31m"), STATUS_USAGE);
    assert_null(strchr(ctx.error.sentence, '\n'));
    assert_null(strchr(ctx.error.sentence, '\x1b'));
    for (unsigned i = 0; i < KERNEL_COUNT; i++) {
        if (kernel_available((enum kernel)i))
            continue;
        assert_int_equal(started_with(kernel_name((enum kernel)i)), STATUS_USAGE);
        assert_non_null(strstr(ctx.error.sentence, "cannot run"));
        assert_int_equal(kernel_current(), before);
    }
}

/* "scalar, avx2 or avx512", as far as this machine can run them. */
static void the_choices_read_as_a_sentence(void **state)
{
    (void)state;
    static const char *const told[KERNEL_COUNT] = {"scalar", "scalar or avx2", "scalar, avx2 or avx512"};
    char choices[KERNEL_CHOICES_BYTES];
    kernel_choices(choices);
    assert_string_equal(choices, told[widest()]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_is_chosen),
        cmocka_unit_test(wider_ones_include_narrower_ones),
        cmocka_unit_test(others_are_refused),
        cmocka_unit_test(the_choices_read_as_a_sentence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
