/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "support/document_text.h"

/* "How the numbers were made and what the words mean." */
static void levels_weights_and_clusters_are_said(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 2);
    const char *text = section_text(&hand, "method");
    assert_non_null(strstr(text, "Holm-adjusted over all rows of the table, p < 0.05."));
    assert_non_null(strstr(text, "Intervals cover 95 %;"));
    assert_non_null(strstr(text, "Groups below 5 respondents are hidden"));
    assert_null(strstr(text, "weighted"));
    assert_null(strstr(text, "clusters"));
    assert_null(strstr(text, "strata"));
    hand.head.confidence = 0.9;
    hand.head.weighted = true;
    hand.head.clusters = 12;
    hand.head.strata = 3;
    text = section_text(&hand, "method");
    assert_non_null(strstr(text, "p < 0.1."));
    assert_non_null(strstr(text, "Intervals cover 90 %;"));
    assert_non_null(strstr(text, "Means are weighted; standard errors are linearised."));
    assert_non_null(strstr(text, "Standard errors allow for 12 clusters."));
    assert_non_null(strstr(text, "Standard errors are found within 3 strata."));
    hand.head.pairing.pairs = 0;
    text = section_text(&hand, "method");
    assert_null(strstr(text, "A gap is"));
    assert_non_null(strstr(text, "compared as two groups: Welch"));
    hand.head.floor = 1;
    assert_non_null(strstr(section_text(&hand, "method"), "No group was hidden for being small."));
    /* what was not asked is not explained */
    hand_unasked(&hand, STANDARD_EXPECTATION);
    hand.study.columns.of_item[STANDARD_MINIMUM] = hand.headers;
    text = section_text(&hand, "method");
    assert_null(strstr(text, "A gap is"));
    assert_non_null(strstr(text, "\nIntervals cover 90 %.\n"));
    assert_non_null(strstr(text, "Adequacy is perception minus minimum"));
    assert_null(strstr(text, "desired")); /* nor is what nobody was asked */
    hand.study.columns.of_item[STANDARD_DESIRED] = hand.headers;
    assert_non_null(strstr(section_text(&hand, "method"), "Adequacy is perception minus minimum, superiority"));
    hand_end(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(levels_weights_and_clusters_are_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
