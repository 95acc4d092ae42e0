/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/digits.h"
#include "support/oracle_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

/* "The value at a path of keys and positions" */
static void a_path_leads_to_its_value(void **state)
{
    (void)state;
    json_t *root = json_pack("{s:[{s:f},{s:i}], s:s}", "items", "gap", -0.5, "gap", 2, "name", "q1");
    assert_non_null(root);
    assert_digits(oracle_number(root, "items.0.gap"), -0.5, 17);
    assert_digits(oracle_number(root, "items.1.gap"), 2, 17);
    assert_string_equal(json_string_value(oracle_at(root, "name")), "q1");
    json_decref(root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_path_leads_to_its_value)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
