/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The formula sheet's penalties and rewards of the mobile phones (250 people), through the whole program. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/oracle_fixture.h"
#include "support/printed_tables.h"

enum { PATH_ROOM = 4096, ITEMS = 4 };

static void compare(struct comparison *comparison, json_t *row, const char *column, double expected, double digits)
{
    json_t *value = json_real(expected);
    comparison_add(comparison, row, column, value, digits);
    json_decref(value);
}

/* formulas.md section 9: "PRCA CUSA1 ~ PERQ1,2,3,7 (low ≤6, high ≥9): penalties −.62826 −.25989 −.12155 −.48180; rewards .57038
 * .54970 .09319 .33109; IA −.0483 .3580 −.1321 −.1854; R² .41982": five and eight ninths of 1–10 are 6 and 9 */
static void contrasts_are_reproduced(void **state)
{
    static const char *const ids[ITEMS] = {"q1", "q2", "q3", "q7"};
    static const double penalties[ITEMS] = {-.62826, -.25989, -.12155, -.48180},
                        rewards[ITEMS] = {.57038, .54970, .09319, .33109};
    static const double asymmetries[ITEMS] = {-.0483, .3580, -.1321, -.1854};
    (void)state;
    char answers[PATH_ROOM];
    struct comparison comparison = COMPARISON_NONE;
    (void)real_answers_path("mobi-ecsi/mobi.csv", answers, sizeof answers);
    json_t *printed = printed_analysis((const char *const[]){
        answers, "--study", GAPMETER_SOURCE_DIR "/tests/studies/mobi-contrasts.json", "--table", "penalty_reward", NULL});
    for (size_t i = 0; i < ITEMS; i++) {
        json_t *row = printed_row(printed_table(printed, "penalty_reward", NULL), (const char *const[]){"item", ids[i], NULL});
        compare(&comparison, row, "n", 250, 17);
        compare(&comparison, row, "cut_low", 6, 17);
        compare(&comparison, row, "cut_high", 9, 17);
        compare(&comparison, row, "penalty", penalties[i], 4.3);
        compare(&comparison, row, "reward", rewards[i], 3.9);
        compare(&comparison, row, "impact_asymmetry", asymmetries[i], 2.9);
        compare(&comparison, row, "r2", .41982, 4.9);
    }
    comparison_say(&comparison, "mobile phones, penalty and reward");
    json_decref(printed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(contrasts_are_reproduced)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
