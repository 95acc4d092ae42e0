/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "support/indices_study.h"
#include "support/oracle_fixture.h"
#include "support/printed_tables.h"

/* "overlapping panel: subtract 2Cov": people found again by their names, in a wave that they share in part */
static void waves_that_overlap_agree_with_r(void **state)
{
    (void)state;
    static const char *const measures[] = {"nps", "csat", "ces"}, *const outcomes[] = {"recommend", "satisfaction", "effort"};
    json_t *oracle = oracle_read("indices");
    for (size_t m = 0; m < 3; m++) {
        char path[32];
        (void)snprintf(path, sizeof path, "panels.%s", measures[m]);
        json_t *printed = indices_compared(oracle, true, measures[m]);
        json_t *row = printed_row(printed_table(printed, measures[m], NULL), (const char *const[]){"outcome", outcomes[m], NULL});
        indices_agree(row, oracle_at(oracle, path), 12, measures[m]);
        json_decref(printed);
    }
    json_decref(oracle);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(waves_that_overlap_agree_with_r)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
