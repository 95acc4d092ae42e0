/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/capital.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/job_fixture.h"

static void assert_capital(struct job *job, const char *language, const char *text, const char *expected)
{
    const char *capital = NULL;
    assert_ok(job, text_capital(&job->ctx, language, text, &capital));
    assert_string_equal(capital, expected);
}

/* "A text with its first letter large …: "Öffnen" of "öffnen". Letters of Latin, Greek and Cyrillic; others have no case and
 * stay." */
static void first_letters_become_large(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"wait", "Wait"},   {"öffnen", "Öffnen"}, {"éviter", "Éviter"}, {"þing", "Þing"}, {"økt", "Økt"},
        {"āra", "Āra"},     {"įranga", "Įranga"}, {"ķer", "Ķer"},       {"ļoti", "Ļoti"}, {"ňuch", "Ňuch"},
        {"œuvre", "Œuvre"}, {"şube", "Şube"},     {"ŷ", "Ŷ"},           {"źle", "Źle"},   {"żyć", "Żyć"},
        {"ž", "Ž"},         {"ǎ", "Ǎ"},           {"ơn", "Ơn"},         {"ưa", "Ưa"},     {"ən", "Ən"},
        {"ț", "Ț"},         {"ώρα", "Ώρα"},       {"άμεσα", "Άμεσα"},   {"έξω", "Έξω"},   {"όλα", "Όλα"},
        {"αυτό", "Αυτό"},   {"σήμα", "Σήμα"},     {"ждать", "Ждать"},   {"ёлка", "Ёлка"}, {"ѡ", "Ѡ"},
        {"ґанок", "Ґанок"}, {"ә", "Ә"},           {"ӑ", "Ӑ"},
    };
    struct job job;
    job_begin(&job);
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        assert_capital(&job, "en", pairs[i][0], pairs[i][1]);
    static const char *const same[] = {"",      "Wait", "ÖL",       "ß",    "÷ 2",  "ĸ",    "ς",
                                       "5 min", "“so”", "الانتظار", "대기", "\xff", "\xc3", "×"};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        assert_capital(&job, "en", same[i], same[i]);
    job_end(&job);
}

/* "in Turkish "İyi" of "iyi"" */
static void the_i_of_turkish_keeps_its_dot(void **state)
{
    (void)state;
    struct job job;
    job_begin(&job);
    assert_capital(&job, "tr", "iyi", "İyi");
    assert_capital(&job, "tr-CY", "iyi", "İyi");
    assert_capital(&job, "az", "iyi", "İyi");
    assert_capital(&job, "tr", "ılık", "Ilık");
    assert_capital(&job, "en", "ılık", "Ilık");
    assert_capital(&job, "tr", "açık", "Açık");
    assert_capital(&job, "en", "item", "Item");
    assert_capital(&job, "t", "item", "Item");
    assert_capital(&job, "tri", "item", "Item");
    job_end(&job);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(first_letters_become_large),
        cmocka_unit_test(the_i_of_turkish_keeps_its_dot),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
