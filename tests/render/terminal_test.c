/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "model/measure.h"
#include "support/rendered_text.h"

static const struct hand_gap gaps[] = {
    {"q1", -0.44, 0.1, "short"}, {"q2", 0.22, 0.1, "above"}, {"q3", 0.004, 0.1, "met"}, {.item = NULL}};

/* "right-aligned numbers …, the minus sign is U+2212, units in the header, … thin rules only above and below"; "a small unicode
 * gap bar" */
static void a_table_to_the_byte(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 3);
    struct table *table = hand_gaps(&hand, gaps);
    hand_blank(table, &table->rows[2], "share_short", REASON_TOO_FEW);
    assert_string_equal(rendered_tables(&hand, "terminal", (struct rendering){.utf8 = true, .columns = 90}),
                        "A study\n"
                        "100 encounters of 100 respondents, 300 pairs of answers\n"
                        "\n"
                        "Gap per item\n"
                        "  Item              Expected   Got    Gap               95 % interval  Share short, %\n"
                        "  ───────────────────────────────────────────────────────────────────────────────────\n"
                        "  q1    item one        4.20  3.76  −0.44  ██████│     [−0.54, −0.34]              44\n"
                        "  q2    item two        4.20  4.42  +0.22        │███    [0.12, 0.32]              44\n"
                        "  q3    item three      4.20  4.20   0.00        │      [−0.10, 0.10]         too few\n"
                        "  ───────────────────────────────────────────────────────────────────────────────────\n");
    hand_end(&hand);
}

/* Without UTF-8: an ASCII minus, no bar, ASCII rules. */
static void plain_ascii(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 3);
    hand_gaps(&hand, gaps);
    const char *text = rendered_tables(&hand, "terminal", (struct rendering){.columns = 90});
    for (const char *at = text; *at; at++)
        assert_true((unsigned char)*at < 0x80);
    assert_non_null(strstr(text, "-0.44"));
    hand_end(&hand);
}

static size_t widest_line(const char *text)
{
    size_t widest = 0;
    while (*text) {
        size_t length = strcspn(text, "\n");
        size_t width = text_width((struct span){.at = text, .length = length});
        widest = width > widest ? width : widest;
        text += length + (text[length] == '\n');
    }
    return widest;
}

/* Lines fit the terminal: texts are cut with an ellipsis, and at last the bar goes. */
static void lines_fit_the_terminal(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 3);
    hand.items[1].text = "a question that is so long that no terminal of the usual width could ever hold it beside its numbers";
    hand_gaps(&hand, gaps);
    assert_ok(&hand.job, table_add_note(&hand.job.ctx, hand.tables[0], "note.gap.bands", NULL));
    for (unsigned columns = 80; columns <= 120; columns += 20) {
        const char *text = rendered_tables(&hand, "terminal", (struct rendering){.utf8 = true, .columns = columns});
        assert_true(widest_line(text) <= columns);
        assert_non_null(strstr(text, "…"));
    }
    const char *narrow = rendered_tables(&hand, "terminal", (struct rendering){.utf8 = true, .columns = 76});
    assert_null(strstr(narrow, "│"));
    assert_true(widest_line(narrow) <= 80);
    hand_end(&hand);
}

/* "--wide shows every column" */
static void wide_shows_every_column(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 3);
    hand_gaps(&hand, gaps);
    const char *compact = rendered_tables(&hand, "terminal", (struct rendering){.utf8 = true, .columns = 100});
    const char *wide = rendered_tables(&hand, "terminal", (struct rendering){.utf8 = true, .columns = 100, .wide = true});
    static const char *const heads[] = {"dz", "Verdict", "95 % interval, all rows", "Share, 95 % interval, %", "Wilcoxon p"};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        assert_null(strstr(compact, heads[i]));
        if (!strstr(wide, heads[i]))
            fail_msg("no \"%s\" in\n%s", heads[i], wide);
    }
    assert_non_null(strstr(wide, "<0.001"));
    hand_end(&hand);
}

/* No frame around nothing. */
static void a_table_without_rows_is_a_line(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 1);
    (void)hand_table(&hand, "item_gap", NULL);
    const char *text = rendered_tables(&hand, "terminal", (struct rendering){.utf8 = true, .columns = 100});
    assert_non_null(strstr(text, "Gap per item: no rows\n"));
    assert_null(strstr(text, "─"));
    hand_end(&hand);
}

/* A hidden group says so once, and below the table how many there are. */
static void hidden_groups_say_so_once(void **state)
{
    (void)state;
    static const char *const by[] = {"branch"};
    struct hand hand;
    hand_begin(&hand, 1);
    hand.floor = 5;
    struct table *table = hand_table(&hand, "overall_gap", by);
    static const char *const names[] = {"Bergen", "Molde", "Oslo", "Vardo"};
    static const uint64_t sizes[] = {40, 9, 41, 3};
    for (unsigned g = 0; g < 4; g++)
        hand_number(table, hand_group_row(&hand, table, "", names[g], sizes[g]), "gap", -0.1);
    const char *text = rendered_tables(&hand, "terminal", (struct rendering){.utf8 = true, .columns = 100});
    assert_non_null(strstr(text, "\n  Molde   hidden: small group\n"));
    assert_non_null(strstr(text, "\n  Vardo   hidden: small group\n"));
    assert_non_null(strstr(text, "  2 of 4 groups hidden (small groups, minimum 5)\n"));
    hand_end(&hand);
}

/* What stands in a file never steers the terminal. */
static void control_characters_are_shown(void **state)
{
    (void)state;
    static const char *const by[] = {"bran\033[31mch"};
    struct hand hand;
    hand_begin(&hand, 1);
    hand.items[0].text = "red \033[31m \u202etext";
    (void)hand_group_row(&hand, hand_table(&hand, "item_gap", by), "q1", "O\033]0;slo", 40);
    const char *text = rendered_tables(&hand, "terminal", (struct rendering){.utf8 = true, .columns = 100});
    assert_null(strchr(text, '\033'));
    assert_null(strstr(text, "\u202e"));
    assert_non_null(strstr(text, "bran\\x1B[31mch"));
    hand_end(&hand);
}

/* Colours only when asked for: the verdict's on gap and bar. */
static void colours_only_when_asked_for(void **state)
{
    (void)state;
    struct hand hand;
    hand_begin(&hand, 3);
    hand_gaps(&hand, gaps);
    const char *text = rendered_tables(&hand, "terminal", (struct rendering){.utf8 = true, .columns = 90, .colour = true});
    assert_non_null(strstr(text, "\033[38;5;166m−0.44"));
    assert_non_null(strstr(text, "\033[38;5;32m+0.22"));
    assert_non_null(strstr(text, "\033[38;5;244m 0.00"));
    hand_end(&hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_table_to_the_byte),
        cmocka_unit_test(plain_ascii),
        cmocka_unit_test(lines_fit_the_terminal),
        cmocka_unit_test(wide_shows_every_column),
        cmocka_unit_test(a_table_without_rows_is_a_line),
        cmocka_unit_test(hidden_groups_say_so_once),
        cmocka_unit_test(control_characters_are_shown),
        cmocka_unit_test(colours_only_when_asked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
