/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The California schools of the survey package (api), as outcomes: what svydesign without a finite population correction says
 * of them. The files are not ours to ship; where they are absent the test says so and is skipped. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "support/oracle_fixture.h"
#include "support/printed_tables.h"
#include "support/scratch_folder.h"

enum { PATH_ROOM = 4096, TEXT_ROOM = 1024 };
#define REFERENCE_DIGITS 11 /* the reference holds thirteen significant digits of a mean, eleven of an error */

/* One figure of R 4.2.2 with survey 4.1.1. */
struct api_figure {
    const char *file, *strata, *cluster;
    const char *segment, *value; /* NULL: everyone */
    double mean, se;
    int df;
};

static const struct api_figure api[] = {
    {"apistrat", "stype", NULL, NULL, NULL, 662.2873631593, 9.536132296925, 197},
    {"apistrat", "stype", NULL, "sch.wide", "Yes", 676.5304436568, 10.65407388275, 149},
    {"apistrat", "stype", NULL, "sch.wide", "No", 593.7468582146, 18.94370867909, 45},
    {"apistrat", "stype", "dnum", NULL, NULL, 662.2873631593, 11.18963220793, 159}, /* nest = TRUE */
    {"apiclus1", NULL, "dnum", NULL, NULL, 644.1693989071, 23.7790107209, 14},
    {"apiclus1", NULL, "dnum", "stype", "E", 648.8680555556, 22.58731306624, 14},
    {"apiclus1", NULL, "dnum", "stype", "H", 618.5714285714, 38.40262823271, 7},
    {"apiclus1", NULL, "dnum", "stype", "M", 631.44, 31.92736928897, 11},
    {"apiclus2", NULL, "dnum", NULL, NULL, 670.8118081181, 30.71157630933, 39}, /* first stage, with replacement */
};

static const char *quoted(char *room, const char *name)
{
    (void)snprintf(room, TEXT_ROOM / 8, name ? "\"%s\"" : "null", name ? name : "");
    return room;
}

static const char *api_study(struct scratch *scratch, const struct api_figure *figure)
{
    char text[TEXT_ROOM], strata[TEXT_ROOM / 8], cluster[TEXT_ROOM / 8], segment[TEXT_ROOM / 8];
    (void)snprintf(text, sizeof text,
                   "{\"gapmeter\": 1, \"title\": \"Schools\", \"items\": [], \"columns\": {\"weight\": \"pw\", \"strata\": %s,"
                   " \"cluster\": %s, \"segments\": [%s],"
                   " \"outcomes\": {\"score\": {\"column\": \"api00\", \"kind\": \"real\", \"decimals\": 0}}}}",
                   quoted(strata, figure->strata), quoted(cluster, figure->cluster),
                   figure->segment ? quoted(segment, figure->segment) : "");
    return scratch_write(scratch, "study.json", text);
}

static void compare_number(struct comparison *comparison, json_t *row, const char *column, double expected)
{
    json_t *value = json_real(expected);
    comparison_add(comparison, row, column, value, REFERENCE_DIGITS);
    json_decref(value);
}

static void compare_figure(struct comparison *comparison, const char *folder, const struct api_figure *figure)
{
    struct scratch scratch;
    scratch_create(&scratch);
    char answers[PATH_ROOM];
    (void)snprintf(answers, sizeof answers, "%s/survey-weights-standard/%s.csv", folder, figure->file);
    json_t *printed = printed_analysis((const char *const[]){answers, "--study", api_study(&scratch, figure),
                                                             figure->segment ? "--by" : NULL, figure->segment, NULL});
    const char *const keys[] = {"outcome", "score", figure->segment, figure->value, NULL};
    json_t *row = printed_row(printed_table(printed, "outcome_mean", figure->segment), keys);
    compare_number(comparison, row, "mean", figure->mean);
    compare_number(comparison, row, "se", figure->se);
    compare_number(comparison, row, "df", figure->df);
    json_decref(printed);
    scratch_destroy(&scratch);
}

/* "survey-weights-standard: weights, strata, clusters" */
static void schools_agree(void **state)
{
    (void)state;
    const char *folder = getenv("GAPMETER_REAL_DATA");
    char path[PATH_ROOM];
    (void)snprintf(path, sizeof path, "%s/survey-weights-standard/apistrat.csv", folder ? folder : "");
    if (access(path, R_OK) != 0) {
        print_message("skipped: survey-weights-standard is not in GAPMETER_REAL_DATA\n");
        skip();
    }
    struct comparison comparison = COMPARISON_NONE;
    for (size_t i = 0; i < sizeof api / sizeof *api; i++)
        compare_figure(&comparison, folder, &api[i]);
    comparison_say(&comparison, "schools");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(schools_agree)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
