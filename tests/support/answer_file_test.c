/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/answer_file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

/* "of a matrix "e%zu", the position from 1 comes in"; "null = empty cell" */
static void fixture_becomes_a_file(void **state)
{
    (void)state;
    struct scratch scratch;
    scratch_create(&scratch);
    json_t *matrix = json_loads("[[1, null], [2.5, 3]]", 0, NULL), *words = json_loads("[\"east\", \"west\"]", 0, NULL);
    const struct answer_columns columns[] = {{"where", words}, {"w", NULL}, {"e%zu", matrix}, {NULL, NULL}};
    size_t length = 0;
    char *text = scratch_read(answer_file_write(&scratch, "answers.csv", columns), &length);
    assert_string_equal(text, "where,e1,e2\neast,1,\nwest,2.5,3\n");
    free(text);
    json_decref(matrix);
    json_decref(words);
    scratch_destroy(&scratch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(fixture_becomes_a_file)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
