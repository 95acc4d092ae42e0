/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drivers and the surface of public studies, through the whole program, against what R found in the same answers. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/number_file.h"
#include "support/oracle_fixture.h"
#include "support/printed_tables.h"
#include "support/scratch_folder.h"

enum { PATH_ROOM = 4096, STUDY_ROOM = 8192, CLOSED_FORM = 9 };

/* A study of items on one scale and one outcome. */
struct public_study {
    const char *answers;   /* in the folder of real answers */
    const char *reference; /* its file, and where the drivers stand in it */
    const char *path;
    const char *const *items; /* headers, the end is NULL; ids too */
    const char *outcome;      /* header */
    int low, high, outcome_low, outcome_high;
};

/* The study file. */
static void study_format(const struct public_study *of, char *out)
{
    int length =
        snprintf(out, STUDY_ROOM, "{\"gapmeter\": 1, \"title\": \"Public\", \"scale\": {\"min\": %d, \"max\": %d}, \"items\": [",
                 of->low, of->high);
    for (size_t i = 0; of->items[i]; i++)
        length += snprintf(out + length, (size_t)(STUDY_ROOM - length), "%s{\"id\": \"%s\", \"text\": \"%s\"}", i ? ", " : "",
                           of->items[i], of->items[i]);
    length += snprintf(out + length, (size_t)(STUDY_ROOM - length),
                       "], \"missing\": [\"\"], \"columns\": {\"perception\": \"{id}\", "
                       "\"outcomes\": {\"overall\": {\"column\": \"%s\", \"min\": %d, \"max\": %d}}}}",
                       of->outcome, of->outcome_low, of->outcome_high);
    assert_true(length < STUDY_ROOM);
}

/* The printed row of a driver. */
static json_t *driver_row(json_t *printed, const char *outcome, const char *driver)
{
    return printed_row(printed_table(printed, "drivers", NULL),
                       (const char *const[]){"outcome", outcome, "predictors", "perception", "driver", driver, NULL});
}

static void check_study(const struct public_study *of, const char *title)
{
    static const char *const columns[] = {"r", "beta", "lmg", "relative_weight", "vif"};
    char answers[PATH_ROOM], reference[PATH_ROOM], text[STUDY_ROOM], path[256];
    (void)real_answers_path(of->answers, answers, sizeof answers);
    json_t *root = oracle_read_path(real_answers_path(of->reference, reference, sizeof reference));
    struct scratch scratch;
    scratch_create(&scratch);
    study_format(of, text);
    const char *study = scratch_write(&scratch, "study.json", text);
    json_t *printed = printed_analysis((const char *const[]){answers, "--study", study, "--table", "drivers", NULL});
    struct comparison comparison = COMPARISON_NONE;
    for (size_t i = 0; of->items[i]; i++) {
        assert_true(snprintf(path, sizeof path, "%s.terms.%zu", of->path, i) > 0);
        json_t *term = oracle_at(root, path), *row = driver_row(printed, "overall", of->items[i]);
        assert_string_equal(json_string_value(json_object_get(term, "term")), of->items[i]);
        for (size_t c = 0; c < sizeof columns / sizeof *columns; c++)
            comparison_add(&comparison, row, columns[c], json_object_get(term, columns[c]), CLOSED_FORM);
        assert_true(snprintf(path, sizeof path, "%s.r2", of->path) > 0);
        comparison_add(&comparison, row, "r2", oracle_at(root, path), CLOSED_FORM);
        assert_true(snprintf(path, sizeof path, "%s.n", of->path) > 0);
        comparison_add(&comparison, row, "n", oracle_at(root, path), 17);
    }
    comparison_say(&comparison, title);
    json_decref(printed);
    json_decref(root);
    scratch_destroy(&scratch);
}

/* customersat: nine drivers under strong halo (R² .717) */
static void business_customers(void **state)
{
    (void)state;
    static const char *const items[] = {"q2", "q3", "q4", "q5", "q6", "q7", "q8", "q9", "q10", NULL};
    check_study(&(const struct public_study){"customersat/customersat.csv", "customersat/reference.json", "drivers_q1_on_q2_q10",
                                             items, "q1", 1, 10, 1, 10},
                "business customers, drivers");
}

/* univer-cub: four items of a university's office, 1 to 7 */
static void university(void **state)
{
    (void)state;
    static const char *const items[] = {"informat", "willingn", "officeho", "compete", NULL};
    check_study(&(const struct public_study){"univer-cub/univer.csv", "univer-cub/reference.json", "drivers_global", items,
                                             "global", 1, 7, 1, 7},
                "university, drivers");
}

/* skytrax-lounge: complete cases, the mixed outcome taken as it stands, as the reference does */
static void lounges(void **state)
{
    (void)state;
    static const char *const items[] = {"comfort_rating",   "cleanliness_rating",       "bar_beverages_rating", "catering_rating",
                                        "washrooms_rating", "wifi_connectivity_rating", "staff_service_rating", NULL};
    check_study(&(const struct public_study){"skytrax-lounge/lounge.csv", "skytrax-lounge/reference.json",
                                             "lounge.drivers_complete_cases", items, "overall_rating", 0, 5, 0, 10},
                "lounges, drivers");
}

static void compare(struct comparison *comparison, json_t *row, const char *column, double expected, double digits)
{
    json_t *value = json_real(expected);
    comparison_add(comparison, row, column, value, digits);
    json_decref(value);
}

/* formulas.md section 9, "Drivers CUSA1 ~ PERQ1,3,4,7" */
static void mobile_phones(void **state)
{
    (void)state;
    static const char *const items[] = {"PERQ1", "PERQ3", "PERQ4", "PERQ7", NULL};
    static const double lmg[] = {.1797857, .0644385, .1106465, .0840426}, johnson[] = {.1783315, .0628481, .1134945, .0842393};
    const struct public_study of = {"mobi-ecsi/mobi.csv", NULL, NULL, items, "CUSA1", 1, 10, 1, 10};
    char answers[PATH_ROOM], text[STUDY_ROOM];
    (void)real_answers_path(of.answers, answers, sizeof answers);
    struct scratch scratch;
    scratch_create(&scratch);
    study_format(&of, text);
    const char *study = scratch_write(&scratch, "study.json", text);
    json_t *printed = printed_analysis((const char *const[]){answers, "--study", study, "--table", "drivers", NULL});
    struct comparison comparison = COMPARISON_NONE;
    for (size_t i = 0; items[i]; i++) {
        json_t *row = driver_row(printed, "overall", items[i]);
        compare(&comparison, row, "lmg", lmg[i], 5.9);
        compare(&comparison, row, "relative_weight", johnson[i], 5.9);
        compare(&comparison, row, "r2", .4389133085, 9.5);
    }
    comparison_say(&comparison, "mobile phones, drivers");
    json_decref(printed);
    scratch_destroy(&scratch);
}

/* Means of three and of seven answers become whole numbers when taken 21 times, that of three outcomes when taken 3 times. */
static const char *means_write(struct scratch *scratch)
{
    static const char *const columns[] = {"CUEX1", "CUEX2", "CUEX3", "PERQ1", "PERQ2", "PERQ3", "PERQ4",
                                          "PERQ5", "PERQ6", "PERQ7", "CUSA1", "CUSA2", "CUSA3", NULL};
    enum { ROWS = 300, LINE = 40 };
    static double cells[13 * ROWS];
    static char out[ROWS * LINE];
    size_t n = number_file_read("mobi-ecsi/mobi.csv", columns, ROWS, cells), written = 0;
    written = (size_t)snprintf(out, LINE, "e,p,s\n");
    for (size_t i = 0; i < n; i++) {
        double sums[3] = {0};
        for (size_t j = 0; j < 13; j++)
            sums[j < 3 ? 0 : j < 10 ? 1 : 2] += cells[j * ROWS + i];
        written += (size_t)snprintf(out + written, LINE, "%.0f,%.0f,%.0f\n", 7 * sums[0], 3 * sums[1], sums[2]);
    }
    return scratch_write_bytes(scratch, "means.csv", out, written);
}

/* formulas.md section 9, "Polynomial (centre 5.5, S = mean CUSA)": in 21 times and 3 times the units the slopes are a seventh of
 * those there, the curvatures 3/441. */
static void mobile_surface(void **state)
{
    (void)state;
    static const char *const figures[] = {"b1", "b2", "b3", "b4", "b5", "a1", "a2", "a3", "a4", "a5"};
    static const double values[] = {.0496556, .7288606, .0209933,  -.0160234, .0206925,
                                    .7785162, .0256623, -.6792050, .0577092,  .0003008};
    static const bool slope[] = {true, true, false, false, false, true, false, true, false, false};
    char path[PATH_ROOM];
    (void)real_answers_path("mobi-ecsi/mobi.csv", path, sizeof path);
    struct scratch scratch;
    scratch_create(&scratch);
    char answers[PATH_ROOM];
    (void)snprintf(answers, sizeof answers, "%s", means_write(&scratch));
    const char *study =
        scratch_write(&scratch, "study.json",
                      "{\"gapmeter\": 1, \"title\": \"Surface\", \"scale\": {\"min\": 21, \"max\": 210, \"step\": 1},"
                      " \"design\": {\"expectation\": \"will\", \"asked\": \"recalled\"}, \"dimensions\": [],"
                      " \"items\": [{\"id\": \"q\", \"text\": \"Quality\"}],"
                      " \"columns\": {\"expectation\": \"e\", \"perception\": \"p\","
                      " \"outcomes\": {\"satisfaction\": {\"column\": \"s\", \"min\": 3, \"max\": 30}}}}");
    json_t *printed =
        printed_analysis((const char *const[]){answers, "--study", study, "--table", "gap_validity", "--table", "surface", NULL});
    struct comparison comparison = COMPARISON_NONE;
    json_t *row = printed_row(printed_table(printed, "gap_validity", NULL), (const char *const[]){"dimension", "overall", NULL});
    compare(&comparison, row, "r2_polynomial", .6294905662, 9.5);
    compare(&comparison, row, "r2_linear", .6274215333, 9.5);
    compare(&comparison, row, "r2_gap", .09166246778, 9.5);
    compare(&comparison, row, "f", 88.54704, 7);
    compare(&comparison, row, "df1", 4, 17);
    compare(&comparison, row, "df2", 244, 17);
    assert_string_equal(json_string_value(json_object_get(row, "verdict")), "inadequate");
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
        row = printed_row(printed_table(printed, "surface", NULL),
                          (const char *const[]){"dimension", "overall", "figure", figures[i], NULL});
        compare(&comparison, row, "estimate", values[i] * (slope[i] ? 3 / 21. : 3 / 441.), i == 9 ? 3.5 : 5);
    }
    /* "quadratic terms jointly non-significant → do not report axes" */
    row =
        printed_row(printed_table(printed, "surface", NULL), (const char *const[]){"dimension", "overall", "figure", "x0", NULL});
    assert_true(json_is_null(json_object_get(row, "estimate")));
    comparison_say(&comparison, "mobile phones, surface");
    json_decref(printed);
    scratch_destroy(&scratch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(business_customers), cmocka_unit_test(university),     cmocka_unit_test(lounges),
        cmocka_unit_test(mobile_phones),      cmocka_unit_test(mobile_surface),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
