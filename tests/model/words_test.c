/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* "NULL when the language or the key is missing" */
static void missing_is_null(void **state)
{
    (void)state;
    assert_null(words_text("no such language", "a key"));
    for (const struct words *table = words_languages; table->language != NULL; table++)
        assert_null(words_text(table->language, "no such key"));
}

/* "sorted by key, bytewise"; every text is found by its key */
static void every_key_is_found(void **state)
{
    (void)state;
    for (const struct words *table = words_languages; table->language != NULL; table++) {
        assert_true(table->count > 0);
        for (size_t i = 0; i < table->count; i++) {
            assert_ptr_equal(words_text(table->language, table->words[i].key), table->words[i].text);
            if (i > 0)
                assert_true(strcmp(table->words[i - 1].key, table->words[i].key) < 0);
        }
    }
}

/* "Is this language written from right to left? Of languages without a words file by their tag" */
static void directions_are_known(void **state)
{
    (void)state;
    static const char *const right_to_left[] = {"ar", "fa", "fa-IR", "he", "ur_PK", "ckb"};
    static const char *const left_to_right[] = {"en", "de", "xx", "f", "far", ""};
    for (size_t i = 0; i < sizeof right_to_left / sizeof *right_to_left; i++)
        assert_true(language_is_right_to_left(right_to_left[i]));
    for (size_t i = 0; i < sizeof left_to_right / sizeof *left_to_right; i++)
        assert_false(language_is_right_to_left(left_to_right[i]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(missing_is_null),
        cmocka_unit_test(every_key_is_found),
        cmocka_unit_test(directions_are_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
