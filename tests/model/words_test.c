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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(missing_is_null),
        cmocka_unit_test(every_key_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
