/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "for sections that do not appear one closing list that says why each does not (\"No outcome was asked, so there are no drivers\")" */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "model/collection.h"
#include "support/document_text.h"

static const char *story_of(struct hand *hand, const char *const *sections)
{
    return document_text(&hand->job, hand_story(hand, sections));
}

/* The sentences of the closing list alone. */
static const char *list_of(struct hand *hand, const char *const *sections)
{
    const char *text = strstr(story_of(hand, sections), "## What this report does not hold\n");
    return text ? text : "";
}

static void what_was_not_asked_is_said(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 2);
    static const char *const said[] = {"* No outcome was asked, so there are no drivers.\n",
                                       "* No outcome was asked, so it cannot be told whether the gap is a good score.\n",
                                       "* Neither a minimum nor what is desired was asked",
                                       "* It was not asked where expectations come from.",
                                       "* It was not asked how much the items matter",
                                       "* Neither an outcome nor Kano’s two questions",
                                       "* Satisfaction, effort and recommendation were not asked",
                                       "* It was not asked who left",
                                       "* No touchpoint and no channel is known",
                                       "* The study has no log of moments",
                                       "* No groups were asked for",
                                       "* There are no older answers, waves or dates"};
    const char *text = list_of(&hand, NULL);
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        if (!strstr(text, said[i]))
            fail_msg("%s is not in:\n%s", said[i], text);
    }
    assert_null(strstr(text, "no gaps."));
    assert_null(strstr(text, "too alike"));
    assert_null(strstr(text, "own words"));
    hand_unasked(&hand, STANDARD_EXPECTATION);
    assert_non_null(strstr(list_of(&hand, NULL), "* It was not asked what people expected, so there are no gaps.\n"));
    hand_end(&hand);
}

/* What was asked and still does not appear is not said to be unasked. */
static void what_was_asked_is_not_denied(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 2);
    static const struct outcome outcomes[] = {{.name = "satisfaction", .role = OUTCOME_ROLE_SATISFACTION}};
    hand.study.columns.outcomes = outcomes;
    hand.study.columns.outcome_count = 1;
    hand.study.columns.channel = "channel";
    hand.study.columns.wave = "wave";
    hand.study.columns.sources.columns[SOURCE_PRICE] = "price";
    hand.study.columns.of_item[STANDARD_MINIMUM] = hand.headers;
    const char *text = list_of(&hand, NULL);
    assert_null(strstr(text, "outcome was asked, so"));
    assert_non_null(strstr(text, "* The answers are too few or too alike to tell what goes with an outcome.\n"));
    assert_non_null(strstr(text, "too few or too alike to tell whether the gap"));
    assert_non_null(strstr(text, "too few answers or periods"));
    assert_null(strstr(text, "It was not asked where"));
    assert_non_null(strstr(text, "* Too few said where their expectations come from.\n"));
    assert_null(strstr(text, "No touchpoint"));
    assert_null(strstr(text, "Neither a minimum"));
    assert_null(strstr(text, "Satisfaction, effort"));
    hand_end(&hand);
}

/* Everything was asked, and nothing came of it: each section that is not there says so in a sentence of its own. */
static void too_few_answers_are_said(void **state)
{
    (void)state;
    static const char *const few[][2] = {
        {"gaps", "Too few gave both answers to show the gap of an item."},
        {"dimensions", "Too few gave both answers to show the gap of a dimension."},
        {"tolerance", "Too few answered to tell how the experience lies to the minimum or to what is desired."},
        {"importance", "Too few said how much the items matter to weigh the gaps by it."},
        {"touchpoints", "The touchpoints and channels are too few, or have too few answers, to be compared."},
        {"indices", "Too few answered about satisfaction, effort or recommendation to show a single figure."},
        {"loss", "The answers are too few, or hold too little about bad service, to tell how many customers were lost."}};
    static const struct outcome outcomes[] = {{.name = "satisfaction", .role = OUTCOME_ROLE_SATISFACTION},
                                              {.name = "left", .role = OUTCOME_ROLE_LEFT}};
    struct hand hand;
    hand_begin(&hand, 2);
    hand.study.columns.outcomes = outcomes;
    hand.study.columns.outcome_count = 2;
    hand.study.columns.touchpoint = "where";
    hand.study.columns.importance = IMPORTANCE_RATING;
    hand.study.columns.of_item[STANDARD_MINIMUM] = hand.headers;
    for (size_t i = 0; i < sizeof few / sizeof *few; i++) {
        char expected[256];
        const char *const sections[] = {few[i][0], "left_out", NULL};
        (void)snprintf(expected, sizeof expected, "## What this report does not hold\n* %s\n", few[i][1]);
        assert_string_equal(list_of(&hand, sections), expected);
    }
    /* A zone table whose items have nothing but blanks is no section either. */
    static const char *const tolerance[] = {"tolerance", "left_out", NULL};
    (void)hand_row(&hand, hand_table(&hand, "zone", NULL), "q1");
    assert_non_null(strstr(story_of(&hand, tolerance), few[2][1]));
    hand.study.columns.layout = LAYOUT_JOURNEY;
    static const char *const journeys[] = {"journeys", "left_out", NULL};
    assert_string_equal(list_of(&hand, journeys),
                        "## What this report does not hold\n* The journeys are too few to tell how customers travel.\n");
    hand_end(&hand);
}

/* Where gaps were not asked, what is made of gaps says so and speaks of no few answers. */
static void without_gaps_nothing_is_made_of_them(void **state)
{
    (void)state;
    static const char *const sections[] = {"dimensions", "importance", "tolerance", "left_out", NULL};
    struct hand hand;
    hand_begin(&hand, 2);
    hand.study.columns.importance = IMPORTANCE_RATING;
    hand.study.columns.of_item[STANDARD_MINIMUM] = hand.headers;
    hand_unasked(&hand, STANDARD_PERCEPTION);
    assert_string_equal(
        list_of(&hand, sections),
        "## What this report does not hold\n* There are no gaps, so the dimensions have none either.\n* It was not "
        "asked what people got, so nothing can be compared with the minimum or with what is desired.\n* There "
        "are no gaps that the importance of the items could weigh.\n");
    hand_end(&hand);
}

/* Where nobody answered both, the two groups stand in the place of gaps. */
static void two_groups_stand_for_gaps(void **state)
{
    (void)state;
    static const char *const sections[] = {"gaps", "left_out", NULL};
    struct hand hand;
    hand_begin(&hand, 1);
    hand.head.pairing.pairs = 0;
    (void)hand_row(&hand, hand_table(&hand, "unpaired", NULL), "q1");
    assert_string_equal(list_of(&hand, sections), "");
    assert_non_null(strstr(story_of(&hand, sections), "## What some expected and others got"));
    hand_end(&hand);
}

/* A section that is there, or that nobody wished for, is not listed. */
static void what_is_there_is_not_listed(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 2);
    static const char *const some[] = {"tolerance", "left_out", NULL};
    assert_string_equal(list_of(&hand, some),
                        "## What this report does not hold\n* Neither a minimum nor what is desired was asked, so there "
                        "is no zone of tolerance.\n");
    struct table *zone = hand_table(&hand, "zone", NULL);
    hand_number(zone, hand_row(&hand, zone, "q1"), "superiority", 0.5);
    assert_string_equal(list_of(&hand, some), "");
    (void)hand_row(&hand, hand_table(&hand, "weighted_gap", NULL), "q1");
    assert_null(strstr(list_of(&hand, NULL), "how much the items matter"));
    hand_end(&hand);
}

/* People's own words are told of and not shown. */
static void words_stay_in_the_export(void **state)
{
    (void)state;
    struct hand hand;
    struct collection collection;
    hand_begin(&hand, 2);
    static const char *const comments[] = {"why"};
    hand.study.columns.comments = comments;
    hand.study.columns.comment_count = 1;
    assert_non_null(strstr(list_of(&hand, NULL), "* What people wrote in their own words is not shown"));
    hand.study.columns.comment_count = 0;
    collection_defaults(&collection);
    hand.study.collection = &collection;
    assert_null(strstr(list_of(&hand, NULL), "own words"));
    collection.ask_noticed = true;
    assert_non_null(strstr(list_of(&hand, NULL), "own words"));
    hand_end(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_not_asked_is_said),  cmocka_unit_test(what_was_asked_is_not_denied),
        cmocka_unit_test(what_is_there_is_not_listed), cmocka_unit_test(words_stay_in_the_export),
        cmocka_unit_test(too_few_answers_are_said),    cmocka_unit_test(without_gaps_nothing_is_made_of_them),
        cmocka_unit_test(two_groups_stand_for_gaps)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
