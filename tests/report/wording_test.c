/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "report/wording.h"
#include "support/hand_tables.h"

static const char *listed(struct hand *hand, const char *language, const char *const *names, uint32_t count)
{
    const char *text = NULL;
    hand->head.language = language;
    assert_ok(&hand->job, say_list(&hand->job.ctx, &hand->head, names, count, 3, &text));
    return text;
}

/* "“A”, “B” and “C”, or “A”, “B”, “C” and 4 more", with the marks and words of the language. */
static void lists_are_joined_as_the_language_does(void **state)
{
    (void)state;
    static const char *const names[] = {"A", "B", "C", "D", "E"};
    struct hand hand;
    hand_begin(&hand, 1);
    assert_string_equal(listed(&hand, "en", names, 0), "");
    assert_string_equal(listed(&hand, "en", names, 1), "“A”");
    assert_string_equal(listed(&hand, "en", names, 2), "“A” and “B”");
    assert_string_equal(listed(&hand, "en", names, 3), "“A”, “B” and “C”");
    assert_string_equal(listed(&hand, "en", names, 5), "“A”, “B”, “C” and 2 more");
    assert_string_equal(listed(&hand, "de", names, 3), "„A“, „B“ und „C“");
    assert_string_equal(listed(&hand, "de", names, 5), "„A“, „B“, „C“ und 2 weitere");
    assert_string_equal(listed(&hand, "fr", names, 2), "«\u00a0A\u00a0» et «\u00a0B\u00a0»");
    assert_string_equal(listed(&hand, "pt", names, 2), "“A” e “B”");
    hand_end(&hand);
}

/* "Before it "and" is another word in Spanish": by the first sound of the name that follows. */
static void and_changes_before_an_i_in_spanish(void **state)
{
    (void)state;
    static const struct {
        const char *last, *joined;
    } cases[] = {{"Trato", "«A» y «Trato»"},   {"Información", "«A» e «Información»"},
                 {"ínfimo", "«A» e «ínfimo»"}, {"higiene", "«A» e «higiene»"},
                 {"hielo", "«A» y «hielo»"},   {"hora", "«A» y «hora»"}};
    struct hand hand;
    hand_begin(&hand, 1);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *const names[] = {"A", cases[i].last};
        assert_string_equal(listed(&hand, "es", names, 2), cases[i].joined);
    }
    const char *const names[] = {"A", "information"};
    assert_string_equal(listed(&hand, "en", names, 2), "“A” and “information”");
    hand_end(&hand);
}

/* "The scale as "1–5" or "−3 to 3"", in the words of the language. */
static void scales_are_said_in_the_language(void **state)
{
    (void)state;
    const struct scale likert = {.min = {1, 0}, .max = {5, 0}}, centred = {.min = {-3, 0}, .max = {3, 0}};
    const char *text = NULL;
    struct hand hand;
    hand_begin(&hand, 1);
    hand.head.language = "de";
    assert_ok(&hand.job, say_scale(&hand.job.ctx, &hand.head, &likert, &text));
    assert_string_equal(text, "1–5");
    assert_ok(&hand.job, say_scale(&hand.job.ctx, &hand.head, &centred, &text));
    assert_string_equal(text, "−3 bis 3");
    hand.head.language = "en";
    assert_ok(&hand.job, say_scale(&hand.job.ctx, &hand.head, &centred, &text));
    assert_string_equal(text, "−3 to 3");
    hand_end(&hand);
}

/* ""key.visits" when respondents come more than once" */
static void visits_are_counted_where_people_come_again(void **state)
{
    (void)state;
    const char *text = NULL;
    struct hand hand;
    hand_begin(&hand, 1);
    assert_ok(&hand.job, say_people(&hand.job.ctx, &hand.head, "next.undecided", NULL, &text));
    assert_string_equal(text, "Next: ask more customers before anything is changed.");
    hand.head.repeats = true;
    hand.head.language = "de";
    assert_ok(&hand.job, say_people(&hand.job.ctx, &hand.head, "next.undecided", NULL, &text));
    assert_string_equal(text, "Nächster Schritt: Fragen Sie nach mehr Besuchen, bevor etwas geändert wird.");
    hand_end(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_are_joined_as_the_language_does),
        cmocka_unit_test(and_changes_before_an_i_in_spanish),
        cmocka_unit_test(scales_are_said_in_the_language),
        cmocka_unit_test(visits_are_counted_where_people_come_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
