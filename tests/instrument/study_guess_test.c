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
        cmocka_unit_test_setup_teardown(the_proposal_is_a_study_file, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
