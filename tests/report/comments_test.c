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
    static const char *const only[] = {"comments", "left_out", NULL};
    return document_text(&hand->job, hand_story(hand, only));
}

static void term_add(struct hand *hand, struct table *table, const char *term, const char *side)
{
    struct row *row = hand_row(hand, table, term);
    hand_text(table, row, "side", side);
}

/* The words of all and of each side, and the comments; with them the list of what is not there says nothing. */
static void words_and_comments(void **state)
{
    (void)state;
    static const char *const why[] = {"why"};
    struct hand hand;
    hand_begin(&hand, 2);
    hand.study.columns.comments = why;
    hand.study.columns.comment_count = 1;
    assert_non_null(strstr(text_of(&hand), "fewer than 10 people wrote"));
    struct table *terms = hand_table(&hand, "comment_terms", NULL), *comments = hand_table(&hand, "comment_list", NULL);
    term_add(&hand, terms, "staff", "undecided");
    term_add(&hand, terms, "waiting", "short");
    term_add(&hand, terms, "kind", "others");
    struct row *row = hand_row(&hand, comments, "too slow");
    hand_count(comments, row, "n", 1);
    const char *text = text_of(&hand);
    static const char *const said[] = {"## What people wrote\n", "* Words that most people use: “staff”, “waiting” and “kind”.\n",
                                       "* Used more by those who got less than they expected: “waiting”.\n",
                                       "* Used more by those who got as much as they expected, or more: “kind”.\n",
                                       "* Comments stand in the order of the alphabet"};
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        if (!strstr(text, said[i]))
            fail_msg("%s is not in:\n%s", said[i], text);
    }
    assert_null(strstr(text, "fewer than 10 people wrote"));
    assert_null(strstr(text, "No word is shown"));
    hand_text(terms, &terms->rows[1], "side", "undecided");
    hand_text(terms, &terms->rows[2], "side", "undecided");
    assert_non_null(strstr(text_of(&hand), "* No word is shown to be used more"));
    hand_end(&hand);
}

/* Words that say nothing by themselves, in whatever language, are not named, nor more than five; a word that only holds one is. What tells
 * the sides apart is named whatever it is. */
static void common_words_are_left_out(void **state)
{
    (void)state;
    static const char *const used[] = {"the", "queue", "and", "und",  "then", "theatre", "très",
                                       "على", "desk",  "an",  "andy", "slow", "late"};
    struct hand hand;
    hand_begin(&hand, 2);
    struct table *terms = hand_table(&hand, "comment_terms", NULL), *comments = hand_table(&hand, "comment_list", NULL);
    for (size_t i = 0; i < sizeof used / sizeof *used; i++)
        term_add(&hand, terms, used[i], i == 0 ? "short" : "undecided");
    hand_count(comments, hand_row(&hand, comments, "the queue"), "n", 1);
    const char *text = text_of(&hand);
    assert_non_null(strstr(text, "* Words that most people use: “queue”, “theatre”, “desk”, “andy” and “slow”.\n"));
    assert_non_null(strstr(text, "* Used more by those who got less than they expected: “the”.\n"));
    hand_end(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(words_and_comments), cmocka_unit_test(common_words_are_left_out)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
