/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers of real people, published with results: the program must find from the files what R found. The answers are not
 * ours to ship; where they are absent each test says so and is skipped. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/digits.h"
#include "support/oracle_fixture.h"
#include "support/printed_tables.h"
#include "support/program_run.h"
#include "support/scratch_folder.h"

enum { PATH_ROOM = 4096, NAME_ROOM = 32 };

#define CLOSED_FORM 9 /* digits: the references hold eleven */
#define ESTIMATE    6 /* maximum likelihood, by lavaan's stopping rule */

/* Column here, member of reference.json there. */
struct same_figure {
    const char *column, *member;
};

static const struct same_figure gap_figures[] = {
    {"n", "n"},
    {"mean_expectation", "mean_e"},
    {"mean_perception", "mean_p"},
    {"sd_expectation", "sd_e"},
    {"sd_perception", "sd_p"},
    {"gap", "gap"},
    {"sd_gap", "sd_gap"},
    {"se", "se_gap"},
    {"ci_low", "ci95.0"},
    {"ci_high", "ci95.1"},
    {"t", "t"},
    {"df", "df"},
    {"p", "p_value"},
    {"dz", "cohen_dz"},
    {"r_expectation_perception", "r_ep"},
    {"n_negative", "n_neg"},
    {"n_zero", "n_zero"},
    {"n_positive", "n_pos"},
};

static const char *const dimension_names[] = {"tangibles", "reliability", "responsiveness", "assurance", "empathy"};

static void compare_gap(struct comparison *comparison, json_t *row, json_t *expected)
{
    for (size_t i = 0; i < sizeof gap_figures / sizeof gap_figures[0]; i++)
        comparison_add(comparison, row, gap_figures[i].column, oracle_at(expected, gap_figures[i].member), CLOSED_FORM);
}

static void compare_number(struct comparison *comparison, json_t *row, const char *column, double expected, double digits)
{
    json_t *value = json_real(expected);
    comparison_add(comparison, row, column, value, digits);
    json_decref(value);
}

static const char *study_path(const char *name)
{
    static char path[PATH_ROOM];
    (void)snprintf(path, sizeof path, "%s/tests/studies/%s.json", GAPMETER_SOURCE_DIR, name);
    return path;
}

/* Items q1, q2, … and the dimensions, in the order of the reference. */
static void compare_items(struct comparison *comparison, json_t *printed, json_t *reference)
{
    json_t *table = printed_table(printed, "item_gap", NULL), *expected = NULL;
    size_t index = 0;
    json_array_foreach (oracle_at(reference, "items"), index, expected) {
        char id[NAME_ROOM];
        (void)snprintf(id, sizeof id, "q%zu", index + 1);
        compare_gap(comparison, printed_row(table, (const char *const[]){"item", id, NULL}), expected);
    }
    assert_int_equal(json_array_size(json_object_get(table, "rows")), index);
}

static void compare_dimensions(struct comparison *comparison, json_t *printed, json_t *reference)
{
    json_t *table = printed_table(printed, "dimension_gap", NULL), *reliability = printed_table(printed, "reliability", NULL);
    json_t *expected = NULL;
    size_t index = 0;
    json_array_foreach (oracle_at(reference, "dims"), index, expected) {
        const char *name = dimension_names[index];
        json_t *row = printed_row(table, (const char *const[]){"dimension", name, NULL});
        compare_gap(comparison, row, expected);
        json_t *alpha = printed_row(reliability, (const char *const[]){"dimension", name, "standard", "expectation", NULL});
        comparison_add(comparison, alpha, "alpha", oracle_at(expected, "alpha_e"), CLOSED_FORM);
        alpha = printed_row(reliability, (const char *const[]){"dimension", name, "standard", "perception", NULL});
        comparison_add(comparison, alpha, "alpha", oracle_at(expected, "alpha_p"), CLOSED_FORM);
        json_t *gap = json_object_get(expected, "alpha_gap");
        if (gap != NULL)
            comparison_add(comparison, row, "gap_reliability", gap, CLOSED_FORM);
    }
}

/* The reference's "overall" is the mean over items; ours is the mean over dimensions, with the other beside it (F2). */
static void compare_overall(struct comparison *comparison, json_t *printed, json_t *reference)
{
    compare_gap(comparison, printed_row(printed_table(printed, "overall_item_gap", NULL), (const char *const[]){NULL}),
                oracle_at(reference, "overall"));
    comparison_add(comparison, printed_row(printed_table(printed, "overall_gap", NULL), (const char *const[]){NULL}), "gap",
                   oracle_at(reference, "overall_mean_of_dims"), CLOSED_FORM);
}

/* Alpha, item–rest correlations and alpha without the item, over all items of one standard. */
static void compare_scale(struct comparison *comparison, json_t *printed, json_t *reference, const char *standard,
                          const char *member)
{
    json_t *table = printed_table(printed, "reliability", NULL), *item = NULL;
    json_t *row = printed_row(table, (const char *const[]){"dimension", "overall", "standard", standard, NULL});
    json_t *expected = oracle_at(oracle_at(reference, "alpha"), member);
    comparison_add(comparison, row, "alpha", oracle_at(expected, "alpha"), CLOSED_FORM);
    comparison_add(comparison, row, "alpha_standardized", oracle_at(expected, "alpha_standardised"), CLOSED_FORM);
    table = printed_table(printed, "item_total", NULL);
    size_t index = 0;
    json_array_foreach (oracle_at(expected, "items"), index, item) {
        char id[NAME_ROOM];
        (void)snprintf(id, sizeof id, "q%zu", index + 1);
        row = printed_row(table, (const char *const[]){"item", id, "scope", "overall", "standard", standard, NULL});
        comparison_add(comparison, row, "item_rest_r", oracle_at(item, "r_item_rest"), CLOSED_FORM);
        comparison_add(comparison, row, "alpha_if_deleted", oracle_at(item, "alpha_if_dropped"), CLOSED_FORM);
    }
}

static unsigned rows_with(json_t *table, const char *column, const char *text)
{
    size_t index = 0;
    unsigned count = 0;
    json_t *row = NULL;
    json_array_foreach (json_object_get(table, "rows"), index, row) {
        const char *word = json_string_value(json_object_get(row, column));
        count += word != NULL && strcmp(word, text) == 0;
    }
    return count;
}

struct pharmacy {
    json_t *reference, *printed;
};

static void pharmacy_open(struct pharmacy *pharmacy)
{
    char answers[PATH_ROOM], reference[PATH_ROOM];
    (void)real_answers_path("apotek-servqual/apotek.csv", answers, sizeof answers);
    pharmacy->reference = oracle_read_path(real_answers_path("apotek-servqual/reference.json", reference, sizeof reference));
    pharmacy->printed = printed_analysis((const char *const[]){
        answers, "--study", study_path("apotek"), "--table", "item_gap", "--table", "dimension_gap", "--table", "overall_gap",
        "--table", "overall_item_gap", "--table", "reliability", "--table", "item_total", "--by", "sex", NULL});
}

static void pharmacy_close(struct pharmacy *pharmacy)
{
    json_decref(pharmacy->reference);
    json_decref(pharmacy->printed);
}

/* "straight-liners (45 %!)": 52 of the 100 gave one answer to a whole side. R 4.2.2 without them: q8 −0.64583 (n 48), still
 * short; five of the others move. */
static void pharmacy_without_straight_liners(void **state)
{
    (void)state;
    struct comparison comparison = COMPARISON_NONE;
    char answers[PATH_ROOM];
    static const struct {
        const char *item;
        double gap, without;
        const char *before, *after;
    } rows[] = {{"q1", 0.07, 0.25, "met", "undecided"},
                {"q5", -0.12, -0.125 / 3, "undecided", "met"},
                {"q8", -0.44, -31.0 / 48, "short", "short"},
                {"q11", -0.02, 5.0 / 48, "met", "undecided"},
                {"q12", -0.22, -13.0 / 48, "undecided", "undecided"}};
    json_t *printed =
        printed_analysis((const char *const[]){real_answers_path("apotek-servqual/apotek.csv", answers, sizeof answers),
                                               "--study", study_path("apotek"), "--table", "straight_lining", NULL});
    json_t *table = printed_table(printed, "straight_lining", NULL);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        json_t *row = printed_row(table, (const char *const[]){"item", rows[i].item, NULL});
        compare_number(&comparison, row, "gap", rows[i].gap, 14);
        compare_number(&comparison, row, "gap_without", rows[i].without, 14);
        assert_string_equal(json_string_value(json_object_get(row, "verdict")), rows[i].before);
        assert_string_equal(json_string_value(json_object_get(row, "verdict_without")), rows[i].after);
        assert_int_equal(json_integer_value(json_object_get(row, "n_straight")), 52);
    }
    assert_int_equal(rows_with(table, "moved", "yes"), 5);
    comparison_say(&comparison, "pharmacy without straight-liners");
    json_decref(printed);
}

/* "apotek-servqual and polindra-servqual analysed from their files reproduce their reference.json to 1e-9 in JSON" */
static void pharmacy_is_reproduced(void **state)
{
    (void)state;
    struct pharmacy pharmacy;
    struct comparison comparison = COMPARISON_NONE;
    pharmacy_open(&pharmacy);
    compare_items(&comparison, pharmacy.printed, pharmacy.reference);
    compare_dimensions(&comparison, pharmacy.printed, pharmacy.reference);
    compare_overall(&comparison, pharmacy.printed, pharmacy.reference);
    compare_scale(&comparison, pharmacy.printed, pharmacy.reference, "expectation", "e");
    compare_scale(&comparison, pharmacy.printed, pharmacy.reference, "perception", "p");
    compare_scale(&comparison, pharmacy.printed, pharmacy.reference, "gap", "gap");
    comparison_say(&comparison, "pharmacy");
    pharmacy_close(&pharmacy);
}

/* Uncorrected item–total correlations, which the study published too, and omega. */
static void pharmacy_scales_are_reproduced(void **state)
{
    (void)state;
    struct pharmacy pharmacy;
    struct comparison closed = COMPARISON_NONE, estimated = COMPARISON_NONE;
    pharmacy_open(&pharmacy);
    const char *const standards[][2] = {{"expectation", "e"}, {"perception", "p"}};
    for (size_t s = 0; s < 2; s++) {
        json_t *totals = oracle_at(oracle_at(pharmacy.reference, "item_total_r_uncorrected"), standards[s][1]), *expected = NULL;
        const char *name = NULL;
        json_object_foreach (totals, name, expected) {
            char id[NAME_ROOM];
            (void)snprintf(id, sizeof id, "q%s", name + 1);
            json_t *row = printed_row(printed_table(pharmacy.printed, "item_total", NULL),
                                      (const char *const[]){"item", id, "scope", "overall", "standard", standards[s][0], NULL});
            comparison_add(&closed, row, "item_total_r", expected, CLOSED_FORM);
        }
        json_t *row = printed_row(printed_table(pharmacy.printed, "reliability", NULL),
                                  (const char *const[]){"dimension", "overall", "standard", standards[s][0], NULL});
        comparison_add(&estimated, row, "omega",
                       oracle_at(oracle_at(oracle_at(pharmacy.reference, "omega"), standards[s][1]), "omega"), ESTIMATE);
    }
    comparison_say(&closed, "pharmacy, item totals");
    comparison_say(&estimated, "pharmacy, omega");
    pharmacy_close(&pharmacy);
}

/* F22 on scores: ties of dimension means are ties. The reference's own values for composites break them by the last bit
 * of decimal means (docs/formulas.md); these are wilcox.test on the sums, which are whole numbers. */
static void pharmacy_ranks_keep_their_ties(void **state)
{
    (void)state;
    static const double p[] = {0.13320078, 0.10001096, 0.00276943, 0.00001026, 0.06478387};
    struct pharmacy pharmacy;
    pharmacy_open(&pharmacy);
    json_t *table = printed_table(pharmacy.printed, "dimension_gap", NULL), *expected = NULL;
    for (size_t d = 0; d < sizeof p / sizeof p[0]; d++) {
        json_t *row = printed_row(table, (const char *const[]){"dimension", dimension_names[d], NULL});
        double error = json_number_value(json_object_get(row, "wilcoxon_p")) - p[d];
        assert_true(error < 5e-9 && error > -5e-9);
    }
    struct comparison comparison = COMPARISON_NONE;
    size_t index = 0;
    table = printed_table(pharmacy.printed, "item_gap", NULL);
    json_array_foreach (oracle_at(pharmacy.reference, "items"), index, expected) {
        char id[NAME_ROOM];
        (void)snprintf(id, sizeof id, "q%zu", index + 1);
        comparison_add(&comparison, printed_row(table, (const char *const[]){"item", id, NULL}), "wilcoxon_p",
                       oracle_at(expected, "wilcoxon_p_normal_cc"), CLOSED_FORM);
    }
    comparison_say(&comparison, "pharmacy, signed ranks");
    pharmacy_close(&pharmacy);
}

/* "The pharmacy's sentences say 1 short, 4 met, 7 undecided"; "an unadjusted rule would call 5 short". */
static void pharmacy_has_one_short_item(void **state)
{
    (void)state;
    struct pharmacy pharmacy;
    pharmacy_open(&pharmacy);
    json_t *table = printed_table(pharmacy.printed, "item_gap", NULL), *row = NULL;
    assert_int_equal(rows_with(table, "verdict", "short"), 1);
    assert_int_equal(rows_with(table, "verdict", "met"), 4);
    assert_int_equal(rows_with(table, "verdict", "undecided"), 7);
    row = printed_row(table, (const char *const[]){"item", "q8", NULL});
    assert_string_equal(json_string_value(json_object_get(row, "verdict")), "short");
    size_t index = 0;
    unsigned unadjusted = 0;
    json_array_foreach (json_object_get(table, "rows"), index, row) {
        unadjusted += json_number_value(json_object_get(row, "ci_high")) < 0;
    }
    assert_int_equal(unadjusted, 5);
    pharmacy_close(&pharmacy);
}

/* "X falls short most: −0.44 on the 1–5 scale [−0.71, −0.17]; 44 of 100 customers got less than expected." */
static void pharmacy_sentences_say_so(void **state)
{
    (void)state;
    char answers[PATH_ROOM], report[PATH_ROOM];
    struct scratch scratch;
    struct program_run run;
    (void)real_answers_path("apotek-servqual/apotek.csv", answers, sizeof answers);
    scratch_create(&scratch);
    (void)snprintf(report, sizeof report, "%s", scratch_path(&scratch, "report.json"));
    gapmeter_run(&run, "report", answers, "--study", study_path("apotek"), "-o", report);
    if (run.exit_code != 0)
        fail_msg("report ends with %d: %s", run.exit_code, run.err);
    program_run_clear(&run);
    json_t *printed = oracle_read_path(report), *sentences = oracle_at(printed, "sentences");
    assert_int_equal(json_array_size(sentences), 3);
    const char *first = json_string_value(json_array_get(sentences, 0)),
               *second = json_string_value(json_array_get(sentences, 1));
    assert_string_equal(first, "“Item 8” falls short most: −0.44 on the 1–5 scale [−0.71, −0.17]; "
                               "44 of 100 customers got less than expected.");
    assert_non_null(strstr(second, "1 short, 4 met, 7 undecided"));
    json_decref(printed);
    scratch_destroy(&scratch);
}

/* Groups of 69 and 31: the reference's means and deviations of the mean gap over items. */
static void pharmacy_segments_are_reproduced(void **state)
{
    (void)state;
    struct pharmacy pharmacy;
    struct comparison comparison = COMPARISON_NONE;
    pharmacy_open(&pharmacy);
    json_t *table = printed_table(pharmacy.printed, "overall_item_gap", "sex"), *expected = NULL;
    const char *name = NULL;
    json_object_foreach (oracle_at(pharmacy.reference, "by_sex"), name, expected) {
        json_t *row = printed_row(table, (const char *const[]){"sex", name, NULL});
        comparison_add(&comparison, row, "n", oracle_at(expected, "n"), CLOSED_FORM);
        comparison_add(&comparison, row, "gap", oracle_at(expected, "mean_gap"), CLOSED_FORM);
        comparison_add(&comparison, row, "sd_gap", oracle_at(expected, "sd"), CLOSED_FORM);
    }
    comparison_say(&comparison, "pharmacy, by sex");
    pharmacy_close(&pharmacy);
}

static void campus_agrees(const char *answers_name, const char *study)
{
    char answers[PATH_ROOM], path[PATH_ROOM];
    struct comparison comparison = COMPARISON_NONE;
    (void)real_answers_path(answers_name, answers, sizeof answers);
    json_t *reference = oracle_read_path(real_answers_path("polindra-servqual/reference.json", path, sizeof path));
    json_t *printed = printed_analysis((const char *const[]){answers, "--study", study_path(study), "--table", "item_gap",
                                                             "--table", "dimension_gap", "--table", "overall_gap", "--table",
                                                             "overall_item_gap", "--table", "reliability", NULL});
    compare_items(&comparison, printed, reference);
    compare_dimensions(&comparison, printed, reference);
    compare_overall(&comparison, printed, reference);
    json_t *table = printed_table(printed, "reliability", NULL);
    json_t *row = printed_row(table, (const char *const[]){"dimension", "overall", "standard", "expectation", NULL});
    compare_number(&comparison, row, "alpha", oracle_number(reference, "alpha21.e"), CLOSED_FORM);
    row = printed_row(table, (const char *const[]){"dimension", "overall", "standard", "perception", NULL});
    compare_number(&comparison, row, "alpha", oracle_number(reference, "alpha21.p"), CLOSED_FORM);
    comparison_say(&comparison, study);
    json_decref(printed);
    json_decref(reference);
}

/* Ten people, 21 items, a row per person. */
static void campus_is_reproduced(void **state)
{
    (void)state;
    campus_agrees("polindra-servqual/polindra_wide.csv", "polindra");
}

/* The same answers, a row per person and item. */
static void campus_long_is_reproduced(void **state)
{
    (void)state;
    campus_agrees("polindra-servqual/polindra_long.csv", "polindra_long");
}

/* The published file without its row of means. */
static const char *libraries_alone(struct scratch *scratch, const char *path)
{
    size_t length = 0, kept = 0;
    char *text = scratch_read(path, &length);
    char *left = calloc(length + 1, 1);
    assert_non_null(left);
    for (char *line = text; *line != '\0';) {
        size_t size = strcspn(line, "\n");
        size += line[size] == '\n';
        const char *mean = strstr(line, ",Mean,");
        if (mean == NULL || mean >= line + size) {
            memcpy(left + kept, line, size);
            kept += size;
        }
        line += size;
    }
    assert_true(kept < length);
    const char *written = scratch_write(scratch, "libraries.csv", left);
    free(text);
    free(left);
    return written;
}

static double distance(const json_t *row, const char *column, const char *published)
{
    assert_true(json_is_number(json_object_get(row, column)));
    double gap = json_number_value(json_object_get(row, column)) - strtod(published, NULL);
    return gap < 0 ? -gap : gap;
}

/* "reproduces the published adequacy and superiority gaps to ±0.011": one line of the published file against one row. */
static void compare_library(json_t *table, const char *line)
{
    char fields[8][64] = {""};
    size_t count = 0;
    for (const char *at = line; count < 8; count++) {
        size_t size = strcspn(at, ",\n\r");
        (void)snprintf(fields[count], sizeof fields[count], "%.*s", (int)size, at);
        at += size + (at[size] == ',');
    }
    json_t *row = printed_row(table, (const char *const[]){"item", fields[0], "institution", fields[2], NULL});
    assert_true(distance(row, "adequacy", fields[6]) < .011);
    assert_true(distance(row, "superiority", fields[7]) < .011);
    assert_true(distance(row, "mean_minimum", fields[3]) < 1e-12);
}

static void libraries_are_reproduced(void **state)
{
    (void)state;
    char path[PATH_ROOM], file[PATH_ROOM];
    struct scratch scratch;
    json_t *reference = oracle_read_path(real_answers_path("libqual-zot/reference.json", file, sizeof file)), *expected = NULL;
    (void)real_answers_path("libqual-zot/libqual_published_means.csv", file, sizeof file);
    scratch_create(&scratch);
    (void)snprintf(path, sizeof path, "%s", libraries_alone(&scratch, file));
    json_t *printed = printed_analysis((const char *const[]){path, "--study", study_path("libqual"), "--table", "zone", "--by",
                                                             "institution", "--min-cell", "1", NULL});
    struct comparison comparison = COMPARISON_NONE;
    const char *name = NULL;
    json_object_foreach (oracle_at(reference, "institution_means"), name, expected) {
        json_t *row = printed_row(printed_table(printed, "zone", NULL), (const char *const[]){"item", name, NULL});
        comparison_add(&comparison, row, "mean_minimum", oracle_at(expected, "minimum"), CLOSED_FORM);
        comparison_add(&comparison, row, "mean_desired", oracle_at(expected, "desired"), CLOSED_FORM);
        comparison_add(&comparison, row, "mean_perception", oracle_at(expected, "perceived"), CLOSED_FORM);
        comparison_add(&comparison, row, "adequacy", oracle_at(expected, "adq"), CLOSED_FORM);
        comparison_add(&comparison, row, "superiority", oracle_at(expected, "sup"), CLOSED_FORM);
    }
    comparison_say(&comparison, "libraries");
    size_t length = 0;
    char *text = scratch_read(path, &length);
    unsigned compared = 0;
    for (const char *line = strchr(text, '\n'); line != NULL && line[1] != '\0'; line = strchr(line + 1, '\n')) {
        compare_library(printed_table(printed, "zone", "institution"), line + 1);
        compared++;
    }
    assert_int_equal(compared, 34);
    free(text);
    json_decref(printed);
    json_decref(reference);
    scratch_destroy(&scratch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pharmacy_is_reproduced),           cmocka_unit_test(pharmacy_without_straight_liners),
        cmocka_unit_test(pharmacy_scales_are_reproduced),   cmocka_unit_test(pharmacy_ranks_keep_their_ties),
        cmocka_unit_test(pharmacy_has_one_short_item),      cmocka_unit_test(pharmacy_sentences_say_so),
        cmocka_unit_test(pharmacy_segments_are_reproduced), cmocka_unit_test(campus_is_reproduced),
        cmocka_unit_test(campus_long_is_reproduced),        cmocka_unit_test(libraries_are_reproduced),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
