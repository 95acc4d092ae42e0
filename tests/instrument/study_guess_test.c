/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/study_guess.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/out.h"
#include "instrument/study_file.h"
#include "support/job_fixture.h"

enum { COLUMNS_MOST = 16, ROWS_MOST = 24 };

static int set_up(void **state)
{
    static struct job job;
    job_begin(&job);
    *state = &job;
    return 0;
}

static int tear_down(void **state)
{
    job_end(*state);
    return 0;
}

/* A file as its lines; cells are divided by '|', so that commas may stand in headers. */
struct file {
    const char *lines[ROWS_MOST + 1];
};

static uint32_t line_split(const char *line, struct span *cells)
{
    uint32_t count = 0;
    while (true) {
        size_t length = strcspn(line, "|");
        cells[count++] = span_trim((struct span){.at = line, .length = length});
        if (!line[length])
            return count;
        line += length + 1;
    }
}

static struct sample sample_of(struct job *job, const struct file *file)
{
    struct sample sample = {.path = "answers.csv", .delimiter = ',', .decimal_mark = '.', .encoding = "UTF-8", .whole = true};
    sample.headers = arena_array(job->ctx.arena, COLUMNS_MOST, sizeof *sample.headers);
    sample.cells = arena_array(job->ctx.arena, COLUMNS_MOST * ROWS_MOST, sizeof *sample.cells);
    assert_non_null(sample.headers);
    assert_non_null(sample.cells);
    sample.column_count = line_split(file->lines[0], sample.headers);
    for (uint32_t r = 0; file->lines[r + 1]; r++) {
        assert_int_equal(line_split(file->lines[r + 1], sample.cells + (size_t)r * sample.column_count), sample.column_count);
        sample.row_count++;
    }
    return sample;
}

static struct guess guess_file(struct job *job, const struct file *file)
{
    struct guess guess;
    struct sample *sample = arena_alloc(job->ctx.arena, sizeof *sample);
    *sample = sample_of(job, file);
    assert_ok(job, study_guess(&job->ctx, sample, &guess));
    return guess;
}

/* What was found about one thing; fails when nothing was. */
static const struct guess_line *line_of(const struct guess *guess, const char *what)
{
    for (uint32_t i = 0; i < guess->line_count; i++) {
        if (strcmp(guess->lines[i].what, what) == 0)
            return &guess->lines[i];
    }
    fail_msg("nothing was said of %s", what);
    return NULL;
}

/* "Which standard a column holds is read from words in its header, in several languages" */
static void indonesian_letters_are_read(void **state)
{
    const struct guess guess =
        guess_file(*state, &(struct file){{"id|sex|h1|h2|p1|p2", "1|L|4|5|3|1", "2|P|5|5|4|2", "3|L|1|4|4|5", "4|P|2|4|4|4"}});
    assert_non_null(guess.study);
    assert_int_equal(guess.study->item_count, 2);
    assert_string_equal(guess.study->columns.of_item[STANDARD_EXPECTATION][1], "h2");
    assert_string_equal(guess.study->columns.of_item[STANDARD_PERCEPTION][0], "p1");
    assert_string_equal(guess.study->columns.respondent, "id");
    assert_int_equal(guess.study->columns.segment_count, 1);
    assert_string_equal(guess.study->columns.segments[0].column, "sex");
    assert_int_equal(guess.study->scales[0].steps, 5);
    assert_string_equal(line_of(&guess, "expectation")->found, "h1 … h2 (2 columns)");
    assert_true(line_of(&guess, "expectation")->sure >= 90);
}

/* "columns whose headers are alike but for that word are answers to the same item" */
static void question_texts_are_matched(void **state)
{
    const struct guess guess = guess_file(
        *state, &(struct file){
                    {"Expectation: keeps its promises|Expectation: is quick|Perception: keeps its promises|Perception: is quick",
                     "7|6|5|1", "6|6|4|3", "7|5|5|2"}});
    assert_non_null(guess.study);
    assert_int_equal(guess.study->item_count, 2);
    assert_string_equal(guess.study->items[0].text, "keeps its promises");
    assert_string_equal(guess.study->columns.of_item[STANDARD_PERCEPTION][0], "Perception: keeps its promises");
    assert_int_equal(guess.study->scales[0].steps, 7);
}

/* Letters before the numbers become dimensions: TAN1_E, TAN1_P, REL1_E, … */
static void prefixes_become_dimensions(void **state)
{
    const struct guess guess = guess_file(*state, &(struct file){{"resp|TAN1_E|TAN2_E|REL1_E|TAN1_P|TAN2_P|REL1_P",
                                                                  "1|1|2|5|4|3|2", "2|4|4|4|4|4|4", "3|1|2|5|4|3|2"}});
    assert_non_null(guess.study);
    assert_int_equal(guess.study->item_count, 3);
    assert_int_equal(guess.study->dimension_count, 2);
    assert_string_equal(guess.study->dimensions[0].id, "tan");
    assert_int_equal(guess.study->dimensions[0].item_count, 2);
    assert_int_equal(guess.study->items[2].dimension, 1);
}

/* "Without such words two families of numbered columns of the same size are taken, the first as expectation" */
static void two_silent_families_are_taken_in_order(void **state)
{
    const struct guess guess = guess_file(*state, &(struct file){{"a1|a2|b1|b2", "5|4|3|1", "5|4|4|2", "5|5|4|2", "4|4|4|1"}});
    assert_non_null(guess.study);
    assert_string_equal(guess.study->columns.of_item[STANDARD_EXPECTATION][0], "a1");
    assert_string_equal(guess.study->columns.of_item[STANDARD_PERCEPTION][1], "b2");
    assert_int_equal(line_of(&guess, "expectation")->sure, 50);
}

/* "The scale is the usual one that holds the values seen; rare values far outside it are proposed as missing codes" */
static void rare_codes_are_missing(void **state)
{
    const struct guess guess =
        guess_file(*state, &(struct file){{"e1|e2|p1|p2", "5|4|3|1", "5|4|99|2", "NA|5|4|2", "4|4|4|1", "2|3|3|3"}});
    assert_non_null(guess.study);
    assert_int_equal(guess.study->scales[0].steps, 5);
    assert_int_equal(guess.study->missing_count, 3);
    assert_string_equal(guess.study->missing[0].text, "");
    assert_string_equal(line_of(&guess, "missing")->found, guess.study->missing[1].text);
}

/* Labels of a known set, lowest first. */
static void labels_are_ordered(void **state)
{
    const struct guess guess =
        guess_file(*state, &(struct file){{"expected 1|received 1|expected 2|received 2", "Agree|Strongly agree|Neutral|Disagree",
                                           "Agree|Agree|Neutral|Agree", "Strongly disagree|Agree|Neutral|Agree"}});
    assert_non_null(guess.study);
    assert_int_equal(guess.study->scales[0].label_count, 5);
    assert_string_equal(guess.study->scales[0].labels[0].text, "Strongly disagree");
}

/* One column names the item, one holds each standard: long layout. */
static void long_layout_is_seen(void **state)
{
    const struct guess guess = guess_file(
        *state, &(struct file){{"id|item|harapan|persepsi", "1|1|4|1", "1|2|5|3", "2|1|4|2", "2|2|3|5", "3|1|2|2", "3|2|4|4"}});
    assert_non_null(guess.study);
    assert_int_equal(guess.study->columns.layout, LAYOUT_LONG);
    assert_string_equal(guess.study->columns.in_rows.item, "item");
    assert_string_equal(guess.study->columns.in_rows.standard_column[STANDARD_PERCEPTION], "persepsi");
    assert_string_equal(guess.study->columns.respondent, "id");
    assert_int_equal(guess.study->item_count, 2);
}

/* "study is NULL when no item was found" */
static void nothing_is_invented(void **state)
{
    const struct guess guess = guess_file(*state, &(struct file){{"name|town|turnover", "Ann|Oslo|12.5", "Bo|Bergen|13.25"}});
    assert_null(guess.study);
    assert_true(guess.line_count >= 1);
}

/* A weight is a column that says so and holds numbers only. */
static void a_weight_is_found(void **state)
{
    const struct guess guess =
        guess_file(*state, &(struct file){{"e1|e2|p1|p2|weight|comment", "5|4|3|1|0.8|a", "5|4|4|2|1.25|b", "2|5|4|2|1|c"}});
    assert_non_null(guess.study);
    assert_string_equal(guess.study->columns.weight, "weight");
}

/* What is proposed can be read back: the same law as for every study file. */
static void the_proposal_is_a_study_file(void **state)
{
    struct job *job = *state;
    const struct guess guess =
        guess_file(job, &(struct file){{"id|1. Is quick? (expected)|1. Is quick? (got)", "1|4|3", "2|5|5", "3|1|2"}});
    struct out *out = NULL;
    const struct study *read = NULL;
    assert_non_null(guess.study);
    assert_ok(job, out_open_memory(&job->ctx, &out));
    assert_ok(job, study_write(&job->ctx, guess.study, out));
    assert_ok(job, study_read_text(&job->ctx, out_bytes(out), "proposal", &read));
    assert_int_equal(read->item_count, 1);
    assert_string_equal(read->columns.of_item[STANDARD_EXPECTATION][0], "1. Is quick? (expected)");
}

/* "the question that its headers hold beside the standard": a grid of Google Forms */
static void grids_are_read(void **state)
{
    const struct guess guess = guess_file(
        *state, &(struct file){{"Timestamp|Before your stay, what did you expect? [Clean room]|"
                                "Before your stay, what did you expect? [Fast check-in]|What did you experience? [Clean room]|"
                                "What did you experience? [Fast check-in]|How likely are you to recommend us? (0-10)",
                                "1/1|3|5|4|1|9", "2/1|4|5|4|2|7", "3/1|3|1|2|5|8", "4/1|3|4|2|5|8"}});
    assert_non_null(guess.study);
    assert_int_equal(guess.study->item_count, 2);
    assert_string_equal(guess.study->items[0].id, "q1");
    assert_string_equal(guess.study->items[0].text, "Clean room");
    assert_string_equal(guess.study->items[1].text, "Fast check-in");
    assert_string_equal(guess.study->columns.of_item[STANDARD_PERCEPTION][1], "What did you experience? [Fast check-in]");
    assert_null(guess.study->columns.respondent);
    assert_int_equal(guess.study->columns.outcome_count, 1);
    assert_string_equal(guess.study->columns.outcomes[0].name, "recommend");
    assert_int_equal(guess.study->columns.outcomes[0].scale.steps, 11);
}

/* Qualtrics and SurveyMonkey join a question and its row by a stroke, others by a colon; LimeSurvey by brackets. */
static void joined_headers_are_taken_apart(void **state)
{
    static const char *const headers[] = {
        "What did you expect? - Clean room|What did you expect? - Fast|What did you get? I got - Clean room|I got - Fast",
        "Expected – Clean room|Expected – Fast|Actual – Clean room|Actual – Fast",
        "Clean room: expected|Fast: expected|Clean room: received|Fast: received",
        "Clean room [E]|Fast [E]|Clean room [P]|Fast [P]",
        "exp[Clean room]|exp[Fast]|perc[Clean room]|perc[Fast]",
        "I expect: Clean room|I expect: Fast|I got: Clean room|I got: Fast",
        "Expected Clean room|Expected Fast|Perceived Clean room|Perceived Fast",
    };
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
        const struct guess guess = guess_file(*state, &(struct file){{headers[i], "5|4|3|1", "5|5|4|2", "5|4|3|1", "4|5|3|2"}});
        assert_non_null(guess.study);
        assert_int_equal(guess.study->item_count, 2);
        assert_string_equal(guess.study->items[0].text, "Clean room");
        assert_string_equal(guess.study->items[1].text, "Fast");
        assert_true(guess.study->columns.of_item[STANDARD_EXPECTATION] && guess.study->columns.of_item[STANDARD_PERCEPTION]);
    }
}

/* "NULL where nothing but a number is shared": then the id is the text */
static void languages_are_read(void **state)
{
    static const char *const headers[] = {
        "Forventning 1|Forventning 2|Opplevelse 1|Opplevelse 2",
        "Förväntan 1|Förväntan 2|Upplevelse 1|Upplevelse 2",
        "Forventet 1|Forventet 2|Oplevet 1|Oplevet 2",
        "Odotus 1|Odotus 2|Kokemus 1|Kokemus 2",
        "Oczekiwania 1|Oczekiwania 2|Percepcja 1|Percepcja 2",
        "Ожидание 1|Ожидание 2|ВОСПРИЯТИЕ 1|ВОСПРИЯТИЕ 2",
        "期待1|期待2|知覚1|知覚2",
        "期望1|期望2|感知1|感知2",
        "H1|H2|K1|K2",
        "Harapan 1|Harapan 2|Kenyataan 1|Kenyataan 2",
    };
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
        const struct guess guess = guess_file(*state, &(struct file){{headers[i], "5|4|3|1", "5|5|4|2", "5|4|3|1", "4|5|3|2"}});
        assert_non_null(guess.study);
        assert_int_equal(guess.study->item_count, 2);
        assert_string_equal(guess.study->items[1].id, "q2");
        assert_string_equal(guess.study->items[1].text, "q2");
        const char *first = strndup(headers[i], strcspn(headers[i], "|"));
        assert_string_equal(guess.study->columns.of_item[STANDARD_EXPECTATION][0], first);
        free((void *)(uintptr_t)first);
        assert_true(line_of(&guess, "expectation")->sure >= 95);
    }
}

/* A letter that is known tells which of two families is which, whatever their order. */
static void one_known_letter_is_enough(void **state)
{
    const struct guess guess = guess_file(*state, &(struct file){{"p1|p2|x1|x2", "5|4|3|1", "5|5|4|2", "5|4|3|1", "4|5|3|2"}});
    assert_non_null(guess.study);
    assert_string_equal(guess.study->columns.of_item[STANDARD_EXPECTATION][0], "x1");
    assert_string_equal(guess.study->columns.of_item[STANDARD_PERCEPTION][0], "p1");
    assert_int_equal(line_of(&guess, "perception")->sure, 65);
}

/* "numbered columns, and nothing to set beside them": perceptions alone */
static void one_family_is_perceptions(void **state)
{
    const struct guess guess = guess_file(
        *state, &(struct file){{"id|Q1|Q2|Q3|NPS", "1|6|7|7|9", "2|6|5|5|0", "3|1|5|6|10", "4|6|5|6|10", "5|1|5|2|9"}});
    assert_non_null(guess.study);
    assert_int_equal(guess.study->item_count, 3);
    assert_null(guess.study->columns.of_item[STANDARD_EXPECTATION]);
    assert_string_equal(guess.study->items[0].id, "Q1");
    assert_int_equal(line_of(&guess, "perception")->sure, 40);
    assert_string_equal(guess.study->columns.outcomes[0].column, "NPS");
    assert_int_equal(guess.study->dimension_count, 0);
    /* expectations alone say nothing of perceptions */
    assert_null(guess_file(*state, &(struct file){{"e1|e2|e3", "1|2|3", "1|2|3", "2|2|2"}}).study);
}

/* Many families are scales of one survey: letters before the numbers become dimensions, and "E" is no expectation. */
static void many_families_are_dimensions(void **state)
{
    const struct guess guess =
        guess_file(*state, &(struct file){{"A1|A2|C1|C2|E1|E2", "1|2|3|4|5|5", "1|2|3|4|5|5", "2|2|3|4|5|5"}});
    assert_non_null(guess.study);
    assert_int_equal(guess.study->item_count, 6);
    assert_int_equal(guess.study->dimension_count, 3);
    assert_null(guess.study->columns.of_item[STANDARD_EXPECTATION]);
}

/* "A column names the item, one the standard, and one holds the answer: long layout" */
static void standards_in_cells_are_seen(void **state)
{
    const struct guess guess =
        guess_file(*state, &(struct file){{"who|visit|question|kind|score", "0|1|a|E|3", "0|1|a|P|1", "0|1|b|E|5", "0|1|b|P|4",
                                           "1|1|a|E|3", "1|1|a|P|2", "1|1|b|E|4", "1|1|b|P|5"}});
    assert_non_null(guess.study);
    const struct columns *columns = &guess.study->columns;
    assert_int_equal(columns->layout, LAYOUT_LONG);
    assert_string_equal(columns->in_rows.item, "question");
    assert_string_equal(columns->in_rows.standard, "kind");
    assert_string_equal(columns->in_rows.value, "score");
    assert_string_equal(columns->in_rows.standard_text[STANDARD_PERCEPTION], "P");
    assert_string_equal(columns->respondent, "who");
    assert_string_equal(columns->encounter, "visit");
    assert_int_equal(guess.study->item_count, 2);
}

/* "a rating of satisfaction, recommending or loyalty"; a yes and a no is a segment */
static void outcomes_are_no_segments(void **state)
{
    const struct guess guess =
        guess_file(*state, &(struct file){{"e1|p1|Overall satisfaction|Tilfredshet|recommended|w", "1|2|8|1|0|1,5",
                                           "1|2|9|2|1|0,75", "2|5|10|3|1|1", "2|5|10|3|0|1", "2|5|10|3|0|1", "2|5|9|3|0|1"}});
    assert_non_null(guess.study);
    assert_int_equal(guess.study->columns.outcome_count, 1);
    assert_string_equal(guess.study->columns.outcomes[0].column, "Overall satisfaction");
    assert_int_equal(guess.study->columns.outcomes[0].scale.steps, 10);
    assert_string_equal(guess.study->columns.segments[guess.study->columns.segment_count - 1].column, "recommended");
    assert_string_equal(guess.study->columns.weight, "w");
}

/* "two scales mixed in one outcome column": said with how many and which rows begin */
static void mixed_scales_are_told(void **state)
{
    const struct guess guess = guess_file(*state, &(struct file){{"e1|p1|Overall satisfaction",
                                                                  "1|2|5",
                                                                  "1|2|5",
                                                                  "1|2|5",
                                                                  "1|2|5",
                                                                  "1|2|5",
                                                                  "1|2|5",
                                                                  "1|2|5",
                                                                  "1|2|5",
                                                                  "1|2|5",
                                                                  "1|2|5",
                                                                  "1|2|5",
                                                                  "1|2|5",
                                                                  "1|3|1",
                                                                  "2|3|2",
                                                                  "3|3|3",
                                                                  "1|3|4",
                                                                  "2|3|1",
                                                                  "3|3|2",
                                                                  "1|3|3",
                                                                  "2|3|4",
                                                                  "3|3|1",
                                                                  "1|3|2",
                                                                  "2|2|9"}});
    assert_non_null(guess.study);
    assert_int_equal(guess.study->columns.outcomes[0].scale.steps, 10);
    assert_string_equal(line_of(&guess, "two scales?")->found, "Overall satisfaction");
    assert_non_null(strstr(line_of(&guess, "two scales?")->why, "22 answers lie on 1–5 and 1 on 6–10, first in row 24;"));
}

/* Dates become the time when the values themselves decide how they are written */
static void dates_are_the_time(void **state)
{
    const struct guess iso =
        guess_file(*state, &(struct file){{"e1|p1|date", "1|2|2024-03-09", "1|4|2024-03-10 10:00", "3|5|2024-04-01"}});
    assert_non_null(iso.study);
    assert_string_equal(iso.study->columns.time, "date");
    assert_int_equal(iso.study->columns.time_format, DATE_ISO);
    assert_int_equal(iso.study->columns.time_period, PERIOD_MONTH);
    assert_int_equal(study_segment(iso.study, span_of("date")), iso.study->columns.segment_count - 1);
    const struct guess first =
        guess_file(*state, &(struct file){{"e1|p1|date", "1|2|9.3.2024", "1|4|13.3.2024", "3|5|1.4.2024"}});
    assert_int_equal(first.study->columns.time_format, DATE_DMY);
    const struct guess second =
        guess_file(*state, &(struct file){{"e1|p1|date", "1|2|3/9/2024", "1|4|3/13/2024", "3|5|4/1/2024"}});
    assert_int_equal(second.study->columns.time_format, DATE_MDY);
    const struct guess either =
        guess_file(*state, &(struct file){{"e1|p1|date", "1|2|3/9/2024", "1|4|3/10/2024", "3|5|4/1/2024"}});
    assert_null(either.study->columns.time);
}

/* The two questions of Kano are no expectation and perception */
static void kano_is_no_pair(void **state)
{
    const struct guess alone =
        guess_file(*state, &(struct file){{"functional wifi|dysfunctional wifi|functional quiet|dysfunctional quiet", "1|5|2|5",
                                           "1|4|2|5", "3|3|3|4", "1|5|2|5"}});
    assert_non_null(alone.study);
    assert_int_equal(alone.study->item_count, 2);
    assert_true(study_asks(alone.study, STANDARD_FUNCTIONAL, 1) && study_asks(alone.study, STANDARD_DYSFUNCTIONAL, 1));
    assert_false(study_asks_any(alone.study, STANDARD_PERCEPTION));
    assert_false(study_asks_any(alone.study, STANDARD_EXPECTATION));
    const struct guess beside =
        guess_file(*state, &(struct file){{"expectation wifi|perception wifi|functional wifi|dysfunctional wifi|functional quiet",
                                           "1|5|2|5|1", "1|4|2|5|1", "3|3|3|4|2", "1|5|2|5|1"}});
    assert_non_null(beside.study);
    assert_int_equal(beside.study->item_count, 1);
    assert_true(study_asks(beside.study, STANDARD_EXPECTATION, 0) && study_asks(beside.study, STANDARD_DYSFUNCTIONAL, 0));
}

/* "Nothing was found: what stands in the file, so that the user sees why" */
static void what_was_seen_is_listed(void **state)
{
    const struct guess guess =
        guess_file(*state, &(struct file){{"name|stars|price", "Ann|5|12.5", "Bo|4|13.25", "Cy|4|13.25", "Bo|1|9.5"}});
    assert_null(guess.study);
    assert_string_equal(line_of(&guess, "column")->found, "name");
    assert_string_equal(line_of(&guess, "column")->why, "text, 3 different");
    assert_string_equal(guess.lines[guess.line_count - 2].why, "whole numbers, 1 to 5, 3 different");
    assert_string_equal(guess.lines[guess.line_count - 1].why, "numbers with decimals, 3 different");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(indonesian_letters_are_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(question_texts_are_matched, set_up, tear_down),
        cmocka_unit_test_setup_teardown(prefixes_become_dimensions, set_up, tear_down),
        cmocka_unit_test_setup_teardown(two_silent_families_are_taken_in_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(rare_codes_are_missing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(labels_are_ordered, set_up, tear_down),
        cmocka_unit_test_setup_teardown(long_layout_is_seen, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nothing_is_invented, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_weight_is_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown(grids_are_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(kano_is_no_pair, set_up, tear_down),
        cmocka_unit_test_setup_teardown(dates_are_the_time, set_up, tear_down),
        cmocka_unit_test_setup_teardown(mixed_scales_are_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(joined_headers_are_taken_apart, set_up, tear_down),
        cmocka_unit_test_setup_teardown(languages_are_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_known_letter_is_enough, set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_family_is_perceptions, set_up, tear_down),
        cmocka_unit_test_setup_teardown(many_families_are_dimensions, set_up, tear_down),
        cmocka_unit_test_setup_teardown(standards_in_cells_are_seen, set_up, tear_down),
        cmocka_unit_test_setup_teardown(outcomes_are_no_segments, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_was_seen_is_listed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_proposal_is_a_study_file, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
