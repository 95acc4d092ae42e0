/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "support/document_text.h"

static struct table *figure(struct hand *hand, const char *measure, double value)
{
    struct table *table = hand_table(hand, measure, NULL);
    struct row *row = hand_row(hand, table, "satisfaction");
    hand_number(table, row, "value", value);
    hand_number(table, row, "ci_low", value - 2);
    hand_number(table, row, "ci_high", value + 2);
    return table;
}

/* Each figure with how many, how sure, and its parts; figures that were not asked for are not mentioned. */
static void a_sentence_for_each_figure(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 2);
    assert_string_equal(section_text(&hand, "indices"), "");
    struct table *csat = figure(&hand, "csat", 62.5), *nps = figure(&hand, "nps", -3);
    hand_number(csat, &csat->rows[0], "cut", 8);
    hand_number(csat, &csat->rows[0], "dissatisfied", 0.12);
    hand_number(nps, &nps->rows[0], "promoters", 0.3);
    hand_number(nps, &nps->rows[0], "detractors", 0.33);
    assert_string_equal(section_text(&hand, "indices"),
                        "## Satisfaction, effort and recommendation\n"
                        "* 62.5 of 100 customers are satisfied (answers from 8 up) [60.5, 64.5], 12 are dissatisfied; n = 100.\n"
                        "* Net Promoter Score®: −3.0 [−5.0, −1.0]; 30 of 100 customers are promoters, 33 detractors; n = 100.\n"
                        "table csat: Customer satisfaction\n"
                        "table nps: Net Promoter Score®\n");
    hand_end(&hand);
}

/* "change since the last wave": with its sign and how sure it is, where there are older answers. */
static void a_change_is_told_with_its_interval(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 2);
    struct table *ces = figure(&hand, "ces", 5.5);
    struct row *row = &ces->rows[0];
    hand_number(ces, row, "easy", 0.7);
    hand_number(ces, row, "hard", 0.1);
    hand_number(ces, row, "change", 0.4);
    hand_blank(ces, row, "change_low", REASON_NO_VARIANCE);
    assert_null(strstr(section_text(&hand, "indices"), "Change"));
    hand_number(ces, row, "change_low", 0.1);
    hand_number(ces, row, "change_high", 0.7);
    assert_non_null(strstr(section_text(&hand, "indices"),
                           "* Ease: 5.50 [3.50, 7.50] where high is easy; easy for 70 of 100 customers, hard for 10; n = 100. "
                           "Change since the older answers: +0.40 [0.10, 0.70].\n"));
    hand_end(&hand);
}

/* A figure that does not exist is not told. */
static void no_figure_no_sentence(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 2);
    struct table *nps = figure(&hand, "nps", 0);
    hand_blank(nps, &nps->rows[0], "value", REASON_TOO_FEW);
    assert_string_equal(section_text(&hand, "indices"), "");
    hand_end(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sentence_for_each_figure),
        cmocka_unit_test(a_change_is_told_with_its_interval),
        cmocka_unit_test(no_figure_no_sentence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
