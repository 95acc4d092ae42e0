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

/* "how small groups were protected; method with formula numbers and sources" */
static void protection_and_sources(void **state)
{
    (void)state;
    static const char *const by[] = {"branch"};
    static const char *const names[] = {"Bergen", "Molde", "Oslo", "Vardo"};
    static const uint64_t sizes[] = {40, 9, 41, 3};
    struct hand hand;
    hand_begin(&hand, 2);
    hand.floor = 5;
    (void)hand_row(&hand, hand_table(&hand, "item_gap", NULL), "q1");
    (void)hand_table(&hand, "unpaired", NULL);
    struct table *table = hand_table(&hand, "overall_gap", by);
    for (unsigned g = 0; g < 4; g++)
        (void)hand_group_row(&hand, table, "", names[g], sizes[g]);
    const char *text = section_text(&hand, "method");
    const char *protection = strstr(text, "How small groups were protected"), *sources = strstr(text, "Formulas and sources");
    assert_true(protection && sources > protection);
    assert_non_null(strstr(protection, "Groups below 5 respondents are hidden"));
    assert_non_null(strstr(protection, "a further group is hidden with it"));
    assert_non_null(strstr(protection, "* Hidden in “branch”: 2 of 4 groups.\n"));
    assert_null(strstr(protection, "Molde"));
    assert_non_null(strstr(sources, "* Gap per item (perception − expectation; negative is worse than expected): F1, "));
    assert_non_null(strstr(sources, "Parasuraman, Zeithaml & Berry 1988"));
    assert_null(strstr(sources, "Welch")); /* a table without rows is not there */
    hand_end(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(levels_weights_and_clusters_are_said),
        cmocka_unit_test(protection_and_sources),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
