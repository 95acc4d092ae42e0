/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/agreement.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/digits.h"

void agreement_add(struct agreement *agreement, double actual, double expected)
{
    double digits = digits_agreeing(actual, expected);
    if (agreement->count++ == 0 || digits < agreement->fewest) {
        agreement->fewest = digits;
        agreement->worst = actual;
        agreement->expected = expected;
    }
    if (digits < agreement->wanted)
        fail_msg("%s, number %zu: %.17g, expected %.17g: %.1f digits agree, %.1f wanted", agreement->name, agreement->count,
                 actual, expected, digits, agreement->wanted);
}

double member_number(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    if (!json_is_number(value))
        fail_msg("%s is not a number", key);
    return json_number_value(value);
}

void agreement_add_member(struct agreement *agreement, bool defined, double actual, const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    if (value == NULL)
        fail_msg("%s: the oracle has no %s", agreement->name, key);
    if (json_is_null(value) == defined)
        fail_msg("%s: %s is %s here and %s there", agreement->name, key, defined ? "a number" : "undefined",
                 defined ? "undefined" : "a number");
    if (defined)
        agreement_add(agreement, actual, member_number(object, key));
}

void agreement_print(const struct agreement *agreement)
{
    if (agreement->count == 0)
        fail_msg("%s: nothing was compared", agreement->name);
    print_message("%s: %zu numbers agree to %.1f digits or more (worst: %.17g for %.17g)\n", agreement->name, agreement->count,
                  agreement->fewest, agreement->worst, agreement->expected);
}
