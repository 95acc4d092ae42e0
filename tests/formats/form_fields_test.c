/* SPDX-License-Identifier: GPL-3.0-or-later */
/* form_read: "Reads fields into a filling … with every problem"; form_inversions: "standards stand in the wrong order" */
#include "formats/form_fields.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "base/memory.h"
#include "instrument/form_making.h"
#include "instrument/study_file.h"
#include "support/job_fixture.h"

#define PIECE(id) "{\"id\":\"" id "\",\"text\":\"?\"}"

/* Every kind of question; q2 is reversed, tenth and fine have more than ten steps. */
static const char study_json[] =
    "{\"gapmeter\":1,\"title\":\"T\",\"design\":{\"expectation\":\"will\",\"asked\":\"same sitting\"},"
    "\"scales\":{\"five\":{\"min\":1,\"max\":5},\"fine\":{\"min\":0,\"max\":10,\"step\":0.5}},"
    "\"dimensions\":[{\"id\":\"a\"},{\"id\":\"b\"},{\"id\":\"c\"}],"
    "\"items\":[{\"id\":\"q1\",\"text\":\"One\",\"scale\":\"five\",\"dimension\":\"a\"},"
    "{\"id\":\"q2\",\"text\":\"Two\",\"scale\":\"five\",\"reverse\":true,\"dimension\":\"b\"},"
    "{\"id\":\"q3\",\"text\":\"Three\",\"scale\":\"fine\",\"dimension\":\"c\"}],"
    "\"columns\":{\"respondent\":\"id\",\"expectation\":\"e{n}\",\"perception\":\"p{n}\",\"desired\":\"d{n}\",\"minimum\":\"m{n}"
    "\","
    "\"importance\":{\"kind\":\"points\",\"of\":\"dimension\",\"a\":\"wa\",\"b\":\"wb\",\"c\":\"wc\"},"
    "\"outcomes\":{\"satisfaction\":{\"column\":\"s\",\"min\":1,\"max\":10},"
    "\"spend\":{\"column\":\"eur\",\"kind\":\"real\",\"decimals\":2},\"visits\":{\"column\":\"n\",\"kind\":\"real\",\"decimals\":"
    "0}},"
    "\"segments\":[\"sex\"],\"comments\":[\"why\"]},"
    "\"collection\":{\"identity\":\"code\",\"languages\":[\"de\"],\"ask_noticed\":true,\"ask_sources\":true,\"code\":[" PIECE(
        "m") "," PIECE("f") "," PIECE("s") "," PIECE("b") "," PIECE("e") "],"
                                                                         "\"segments\":{\"sex\":{\"text\":\"?\",\"options\":{"
                                                                         "\"f\":"
                                                                         "\"Female\",\"m\":\"Male\"}}},"
                                                                         "\"outcomes\":{\"spend\":\"?\",\"visits\":\"?\"}}}";

struct reading {
    struct job job;
    const struct study *study;
    const struct form *form;
    struct form_field fields[64];
    size_t count;
    struct form_reading got;
};

static void field_put(struct reading *reading, const char *name, const char *value)
{
    reading->fields[reading->count++] = (struct form_field){span_of(name), span_of(value)};
}

static void reading_begin(struct reading *reading, const char *language)
{
    static const char *const code[] = {"code.m", "code.f", "code.s", "code.b", "code.e"};
    *reading = (struct reading){.count = 0};
    job_begin(&reading->job);
    assert_ok(&reading->job, study_read_text(&reading->job.ctx, span_of(study_json), "live.json", &reading->study));
    assert_ok(&reading->job, form_make(&reading->job.ctx, reading->study, WAVE_PERCEPTION, language, &reading->form));
    for (size_t i = 0; i < 5; i++)
        field_put(reading, code[i], "x");
}

static void reading_do(struct reading *reading)
{
    assert_ok(&reading->job, form_read(&reading->job.ctx, reading->form, reading->fields, reading->count, &reading->got));
    assert_int_equal(reading->got.filling.count, reading->form->question_count);
}

static uint32_t question_at(const struct reading *reading, const char *field)
{
    for (uint32_t i = 0; i < reading->form->question_count; i++)
        if (strcmp(reading->form->questions[i].field, field) == 0)
            return i;
    fail_msg("%s is not asked", field);
    return 0;
}

static const struct given *given_at(const struct reading *reading, const char *field)
{
    return &reading->got.filling.given[question_at(reading, field)];
}

static void assert_given(const struct reading *reading, const char *field, enum given_kind kind, int64_t number)
{
    assert_int_equal(given_at(reading, field)->kind, kind);
    assert_int_equal(given_at(reading, field)->number, number);
}

static void answers_become_a_filling(void **state)
{
    (void)state;
    struct reading reading;
    reading_begin(&reading, "en");
    const char *const sent[][2] = {{"perception.q1", "5"},    {"perception.q2", "na"},    {"perception.q3", "7.5"},
                                   {"expectation.q1", ""},    {"expectation.q3", " 10 "}, {"outcome.satisfaction", "10"},
                                   {"outcome.spend", "12,5"}, {"outcome.visits", "-3"},   {"points.a", "60"},
                                   {"points.b", "40"},        {"segment.sex", "m"},       {"sources", "staff"},
                                   {"sources", "price"},      {"noticed", " Clean \n"},   {"comment.why", "Äpfel"},
                                   {"_token", "door"}};
    for (size_t i = 0; i < sizeof sent / sizeof *sent; i++)
        field_put(&reading, sent[i][0], sent[i][1]);
    reading_do(&reading);
    assert_int_equal(reading.got.problem_count, 0);
    assert_given(&reading, "perception.q1", GIVEN_CODE, 5);
    assert_given(&reading, "perception.q2", GIVEN_DECLARED, 0);
    assert_given(&reading, "perception.q3", GIVEN_CODE, 16);
    assert_given(&reading, "expectation.q1", GIVEN_NOTHING, 0);
    assert_given(&reading, "expectation.q2", GIVEN_NOTHING, 0);
    assert_given(&reading, "expectation.q3", GIVEN_CODE, 21);
    assert_given(&reading, "outcome.satisfaction", GIVEN_CODE, 10);
    assert_given(&reading, "outcome.spend", GIVEN_NUMBER, 1250);
    assert_given(&reading, "outcome.visits", GIVEN_NUMBER, -3);
    assert_given(&reading, "points.a", GIVEN_NUMBER, 60);
    assert_given(&reading, "points.c", GIVEN_NUMBER, 0); /* "what is left open among points that make 100 is 0" */
    assert_given(&reading, "segment.sex", GIVEN_CODE, 2);
    assert_given(&reading, "sources", GIVEN_SET, 1 << SOURCE_STAFF | 1 << SOURCE_PRICE);
    assert_true(span_is(given_at(&reading, "noticed")->text, "Clean"));
    assert_true(span_is(given_at(&reading, "comment.why")->text, "Äpfel"));
    assert_true(span_is(reading.got.fragments[4], "x"));
    job_end(&reading.job);
}

struct bad_field {
    const char *name, *value, *language;
    const char *sentence; /* what the one problem holds */
    bool unknown;         /* it is one of the whole form, not of a question */
};

static const struct bad_field bad_fields[] = {
    {"perception.q1", "6", "en", "choose a number from 1 to 5, or", false},
    {"perception.q1", "0", "en", "from 1 to 5", false},
    {"perception.q1", "4.5", "en", "from 1 to 5", false},
    {"perception.q1", "five", "en", "from 1 to 5", false},
    {"perception.q1", "NA", "en", "from 1 to 5", false},
    {"perception.q1", "6", "de", "Bitte wählen Sie eine Zahl von 1 bis 5", false},
    {"perception.q3", "0.3", "en", "from 0 to 10 in steps of 0.5", false},
    {"perception.q3", "0.3", "de", "von 0 bis 10 in Schritten von 0.5", false},
    {"outcome.satisfaction", "11", "en", "from 1 to 10", false},
    {"outcome.spend", "1,234", "en", "with at most 2 digits after the decimal mark", false},
    {"outcome.spend", "1.234,50", "en", "without a thousands mark", false},
    {"outcome.spend", "99999999999999999999", "en", "Please enter a number", false},
    {"outcome.spend", "1e3", "en", "Please enter a number", false},
    {"perception.q1", "00000000000000000000000000000000000000000003", "en", "from 1 to 5", false},
    {"perception.q1", "3\xFF", "en", "from 1 to 5", false},
    {"outcome.visits", "2.5", "en", "Please enter a whole number", false},
    {"points.a", "101", "en", "whole points from 0 to 100", false},
    {"points.a", "-1", "en", "whole points from 0 to 100", false},
    {"points.a", "33.3", "en", "whole points from 0 to 100", false},
    {"segment.sex", "x", "en", "choose from: f (Female), m (Male).", false},
    {"segment.sex", "na", "en", "choose from: f", false},
    {"sources", "staff,gossip", "en", "choose from: advertising (Advertising or the website), staff", false},
    {"noticed", "a\x01z", "en", "characters that cannot be kept", false},
    {"noticed", "a\xFFz", "en", "characters that cannot be kept", false},
    {"code.m", "-", "en", "this part of your code", false},
    {"perception.q9", "1", "en", "The field “perception.q9” does not belong to this form.", true},
    {"outcome.spent", "", "de", "Das Feld „outcome.spent“ gehört nicht zu diesem Fragebogen.", true},
    {"", "1", "en", "does not belong", true},
};

static void check_bad_field(const struct bad_field *bad)
{
    struct reading reading;
    reading_begin(&reading, bad->language);
    if (strcmp(bad->name, "code.m") == 0)
        reading.fields[0].value = span_of(bad->value);
    else
        field_put(&reading, bad->name, bad->value);
    reading_do(&reading);
    if (reading.got.problem_count != 1)
        fail_msg("%s=%s: %zu problems", bad->name, bad->value, reading.got.problem_count);
    const struct form_problem *problem = &reading.got.problems[0];
    if (!strstr(problem->sentence, bad->sentence))
        fail_msg("%s=%s: %s", bad->name, bad->value, problem->sentence);
    if (bad->unknown) {
        assert_int_equal(problem->question, UINT32_MAX);
    } else {
        assert_string_equal(reading.form->questions[problem->question].field, bad->name);
        assert_int_equal(reading.got.filling.given[problem->question].kind, GIVEN_NOTHING);
    }
    job_end(&reading.job);
}

static void each_wrong_field_is_told(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bad_fields / sizeof *bad_fields; i++)
        check_bad_field(&bad_fields[i]);
}

/* "in the order of the questions, those of the whole form first" */
static void all_problems_are_collected(void **state)
{
    (void)state;
    struct reading reading;
    reading_begin(&reading, "en");
    field_put(&reading, "comment.why", "fine");
    field_put(&reading, "comment.why", "not fine");
    field_put(&reading, "perception.q1", "9");
    field_put(&reading, "nonsense", "1");
    field_put(&reading, "points.a", "30");
    field_put(&reading, "points.b", "30");
    field_put(&reading, "expectation.q2", "3");
    reading.fields[1].value = span_of(" ");
    reading_do(&reading);
    static const char *const expected[] = {"“nonsense” does not belong", "this part of your code", "from 1 to 5", "add up to 60",
                                           "answered twice"};
    assert_int_equal(reading.got.problem_count, 5);
    for (size_t i = 0; i < 5; i++) {
        if (!strstr(reading.got.problems[i].sentence, expected[i]))
            fail_msg("%zu: %s", i, reading.got.problems[i].sentence);
        if (i > 1)
            assert_true(reading.got.problems[i].question > reading.got.problems[i - 1].question);
    }
    assert_string_equal(reading.form->questions[reading.got.problems[3].question].field, "points.c");
    assert_given(&reading, "expectation.q2", GIVEN_CODE, 3); /* what is right is kept */
    assert_given(&reading, "comment.why", GIVEN_NOTHING, 0);
    job_end(&reading.job);
}

/* There is room for a problem of each question and for the first sixteen of the whole form. */
static void everything_may_be_wrong(void **state)
{
    (void)state;
    struct reading reading;
    reading_begin(&reading, "en");
    for (size_t i = 0; i < 5; i++)
        reading.fields[i].value = span_of("");
    for (uint32_t i = 0; i < reading.form->question_count; i++)
        if (reading.form->questions[i].kind != QUESTION_CODE)
            field_put(&reading, reading.form->questions[i].field, "\x01");
    for (size_t i = 0; i < 20; i++)
        field_put(&reading, "nonsense", "1");
    reading_do(&reading);
    assert_int_equal(reading.got.problem_count, reading.form->question_count + 16);
    for (uint32_t i = 0; i < 16; i++)
        assert_int_equal(reading.got.problems[i].question, UINT32_MAX);
    for (uint32_t i = 0; i < reading.form->question_count; i++)
        assert_int_equal(reading.got.problems[16 + i].question, i);
    job_end(&reading.job);
}

static void points_are_shared_out_completely(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b, *c;
        size_t problems;
    } cases[] = {{"", "", "", 0},       {"100", "", "", 0},   {"33", "33", "34", 0}, {"0", "0", "0", 1},
                 {"33", "33", "33", 1}, {"100", "1", "0", 1}, {"50", "x", "40", 1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct reading reading;
        reading_begin(&reading, "en");
        field_put(&reading, "points.a", cases[i].a);
        field_put(&reading, "points.b", cases[i].b);
        field_put(&reading, "points.c", cases[i].c);
        reading_do(&reading);
        assert_int_equal(reading.got.problem_count, cases[i].problems);
        job_end(&reading.job);
    }
}

/* "a text that is too long": letters are counted, not bytes, and a line break is one however it is sent */
static void long_texts_are_refused(void **state)
{
    (void)state;
    for (size_t more = 0; more < 2; more++) {
        struct reading reading;
        size_t letters = FORM_TEXT_LETTERS_MAX + more;
        char *text = calloc(2 * letters + 4, 1);
        assert_non_null(text);
        for (size_t i = 0; i + 1 < letters; i++)
            memcpy(text + 2 * i, i == 7 ? "\r\n" : "ü", 2);
        memcpy(text + 2 * (letters - 1), "z", 1);
        reading_begin(&reading, "en");
        field_put(&reading, "noticed", text);
        reading_do(&reading);
        assert_int_equal(reading.got.problem_count, more);
        if (more)
            assert_non_null(strstr(reading.got.problems[0].sentence, "4000 characters"));
        else /* each of two bytes but the break and the last; "one way to write it is kept" */
            assert_int_equal(given_at(&reading, "noticed")->text.length, 2 * letters - 2);
        job_end(&reading.job);
        free(text);
    }
}

/* "number out of form": what was not drawn for this person */
static void what_was_not_drawn_is_not_taken(void **state)
{
    (void)state;
    struct reading reading;
    reading_begin(&reading, "en");
    assert_ok(&reading.job, form_sample(&reading.job.ctx, reading.form, 1, 5, &reading.form));
    uint32_t drawn = 0, other = 0;
    static const char *const fields[] = {"perception.q1", "perception.q2", "perception.q3"};
    for (uint32_t i = 0; i < 3; i++)
        *(reading.form->questions[question_at(&reading, fields[i])].asked ? &drawn : &other) = i;
    assert_int_not_equal(drawn, other);
    field_put(&reading, fields[drawn], "2");
    field_put(&reading, fields[other], "");
    reading_do(&reading);
    assert_int_equal(reading.got.problem_count, 0);
    assert_int_equal(given_at(&reading, fields[drawn])->kind, GIVEN_CODE);
    assert_int_equal(given_at(&reading, fields[other])->kind, GIVEN_NOT_ASKED);
    reading.fields[reading.count - 1].value = span_of("2");
    reading_do(&reading);
    assert_int_equal(reading.got.problem_count, 1);
    assert_non_null(strstr(reading.got.problems[0].sentence, "not part of your form"));
    job_end(&reading.job);
}

/* "made the same however it was typed" */
static void pieces_of_codes_are_made_the_same(void **state)
{
    (void)state;
    static const char *const same[][2] = {
        {"  O'Brien ", "obrien"}, {"MÜLLER", "müller"}, {"Şenel-IŞIL", "şenelişil"},
        {"ŁÓDŹ 7.", "łódź7"},     {"Ёлка", "ёлка"},     {"ΣΟΦΊΑΣ", "σοφίασ"},
        {"محمّد", "محمد"},         {"١٢", "12"},         {"Šárka", "šárka"},
        {"Nguyễn", "nguyễn"},     {"12/03", "1203"},    {"李", "李"},
    };
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        struct reading reading;
        reading_begin(&reading, "en");
        reading.fields[2].value = span_of(same[i][0]);
        reading_do(&reading);
        assert_int_equal(reading.got.problem_count, 0);
        if (!span_is(reading.got.fragments[2], same[i][1]))
            fail_msg("%s became %.*s", same[i][0], (int)reading.got.fragments[2].length, reading.got.fragments[2].at);
        job_end(&reading.job);
    }
}

/* "at most FRAGMENT_LETTERS_MAX of them" */
static void long_pieces_are_cut(void **state)
{
    (void)state;
    struct reading reading;
    reading_begin(&reading, "en");
    reading.fields[2].value = span_of("ÄÖÜ-7890 ABCDEFGHIJ abcdefghij 1234567890 klmnopqrst");
    reading_do(&reading);
    assert_int_equal(reading.got.problem_count, 0);
    assert_true(span_is(reading.got.fragments[2], "äöü7890abcdefghijabcdefghij1234567890klm"));
    job_end(&reading.job);
}

/* Arabic and Persian digits are numbers too. */
static void digits_of_other_scripts_are_read(void **state)
{
    (void)state;
    struct reading reading;
    reading_begin(&reading, "en");
    field_put(&reading, "perception.q1", "٤");
    field_put(&reading, "perception.q3", "۷٫۵");
    field_put(&reading, "outcome.spend", "−١٢٫٥");
    reading_do(&reading);
    assert_int_equal(reading.got.problem_count, 0);
    assert_given(&reading, "perception.q1", GIVEN_CODE, 4);
    assert_given(&reading, "perception.q3", GIVEN_CODE, 16);
    assert_given(&reading, "outcome.spend", GIVEN_NUMBER, -1250);
    job_end(&reading.job);
}

static void check_inversion(const char *item, const char *minimum, const char *expected, const char *desired, bool inverted)
{
    struct reading reading;
    char names[3][32];
    const char *const standards[] = {"minimum", "expectation", "desired"}, *const values[] = {minimum, expected, desired};
    const uint32_t *items = NULL;
    size_t count = 0;
    reading_begin(&reading, "en");
    for (int i = 0; i < 3; i++) {
        (void)snprintf(names[i], sizeof names[i], "%s.%s", standards[i], item);
        field_put(&reading, names[i], values[i]);
    }
    reading_do(&reading);
    assert_int_equal(reading.got.problem_count, 0);
    assert_ok(&reading.job, form_inversions(&reading.job.ctx, reading.form, &reading.got.filling, &items, &count));
    if (count != inverted)
        fail_msg("%s: %s %s %s", item, minimum, expected, desired);
    if (inverted)
        assert_string_equal(reading.study->items[items[0]].id, item);
    job_end(&reading.job);
}

/* "minimum above desired, minimum above expectation of kind will, or expectation above desired; reversed items the other way" */
static void inversions_are_found(void **state)
{
    (void)state;
    check_inversion("q1", "2", "3", "4", false);
    check_inversion("q1", "3", "3", "3", false);
    check_inversion("q1", "5", "", "4", true);
    check_inversion("q1", "4", "3", "5", true);
    check_inversion("q1", "1", "5", "4", true);
    check_inversion("q1", "5", "", "", false);
    check_inversion("q1", "na", "5", "5", false);
    check_inversion("q2", "4", "3", "2", false);
    check_inversion("q2", "2", "", "4", true);
    check_inversion("q2", "4", "1", "2", true);
    check_inversion("q3", "9.5", "9.5", "9", true);
}

/* "fails STATUS_MEMORY alone" */
static void any_allocation_may_fail(void **state)
{
    (void)state;
    struct reading reading;
    enum status status = STATUS_MEMORY;
    uint64_t failing = 0;
    reading_begin(&reading, "de");
    field_put(&reading, "sources", "gossip");
    field_put(&reading, "perception.q1", "9");
    field_put(&reading, "minimum.q1", "3");
    field_put(&reading, "nonsense", "1");
    while (status != STATUS_OK) {
        const uint32_t *items = NULL;
        size_t count = 0;
        struct arena *home = reading.job.ctx.arena, *piece = NULL;
        assert_ok(&reading.job, arena_create(home, &piece));
        reading.job.ctx.arena = piece;
        memory_fail_at(++failing, false);
        status = form_read(&reading.job.ctx, reading.form, reading.fields, reading.count, &reading.got);
        if (status == STATUS_OK)
            status = form_inversions(&reading.job.ctx, reading.form, &reading.got.filling, &items, &count);
        memory_fail_at(0, false);
        if (status != STATUS_OK)
            assert_int_equal(status, STATUS_MEMORY);
        arena_destroy(piece);
        reading.job.ctx.arena = home;
    }
    assert_true(failing > 3);
    job_end(&reading.job);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_become_a_filling),
        cmocka_unit_test(each_wrong_field_is_told),
        cmocka_unit_test(all_problems_are_collected),
        cmocka_unit_test(everything_may_be_wrong),
        cmocka_unit_test(points_are_shared_out_completely),
        cmocka_unit_test(long_texts_are_refused),
        cmocka_unit_test(what_was_not_drawn_is_not_taken),
        cmocka_unit_test(pieces_of_codes_are_made_the_same),
        cmocka_unit_test(long_pieces_are_cut),
        cmocka_unit_test(digits_of_other_scripts_are_read),
        cmocka_unit_test(inversions_are_found),
        cmocka_unit_test(any_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
