/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "support/document_text.h"

static const char *text_of(struct hand *hand)
{
    static const char *const only[] = {"asking", "left_out", NULL};
    return document_text(&hand->job, hand_story(hand, only));
}

static struct row *effect_add(struct hand *hand, struct table *table, const char *subject, double difference, const char *verdict)
{
    struct row *row = hand_row(hand, table, subject);
    hand_count(table, row, "n_asked", 60);
    hand_count(table, row, "n_only", 40);
    hand_number(table, row, "difference", difference);
    hand_number(table, row, "ci_low", difference - 0.2);
    hand_number(table, row, "ci_high", difference + 0.2);
    hand_text(table, row, "verdict", verdict);
    return row;
}

/* "the difference is printed" */
static void the_effect_is_told(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 2);
    hand.study.columns.arm = "arm";
    struct table *table = hand_table(&hand, "asking_effect", NULL);
    (void)effect_add(&hand, table, "q1", -0.6, "lower");
    (void)effect_add(&hand, table, "q2", -0.1, "undecided");
    struct row *overall = effect_add(&hand, table, "overall", -0.4, "lower");
    assert_non_null(strstr(
        text_of(&hand), "* Those who were asked for their expectations rate the service lower afterwards than those who were not "
                        "asked before: by −0.40 points [−0.60, −0.20] (n = 60 and 40)."));
    assert_non_null(strstr(text_of(&hand), "* Items and dimensions with a difference that is shown: 1.\n"));
    assert_non_null(strstr(text_of(&hand), "* Chance decided who was asked before"));
    assert_null(strstr(text_of(&hand), "Too few of those asked"));
    hand_text(table, overall, "verdict", "higher");
    assert_non_null(strstr(text_of(&hand), "rate the service higher afterwards"));
    hand_text(table, overall, "verdict", "undecided");
    hand_text(table, &table->rows[0], "verdict", "undecided");
    assert_non_null(strstr(text_of(&hand), "* No effect of asking could be shown"));
    assert_null(strstr(text_of(&hand), "Items and dimensions with"));
    hand_blank(table, overall, "ci_low", REASON_SUPPRESSED);
    assert_null(strstr(text_of(&hand), "Did asking change"));
    assert_non_null(strstr(text_of(&hand), "* Too few of those asked before, or afterwards only"));
    hand_end(&hand);
}

/* A study that leaves nobody out by chance has nothing to say of it. */
static void nothing_where_nobody_was_left_out(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 2);
    assert_null(strstr(text_of(&hand), "asking"));
    assert_null(strstr(text_of(&hand), "asked before"));
    hand_end(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_effect_is_told), cmocka_unit_test(nothing_where_nobody_was_left_out)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
