/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small studies that the tests of csv and its fuzz target read files with: two items, a scale 1–5 with labels. */
#ifndef GAPMETER_TESTS_CSV_STUDIES_H
#define GAPMETER_TESTS_CSV_STUDIES_H

#include "model/study.h"

enum csv_study {
    CSV_STUDY_PLAIN,        /* wide, h1 h2 p1 p2, every row a respondent */
    CSV_STUDY_FULL,         /* wide, with everything that a row can carry */
    CSV_STUDY_VISITS,       /* wide, respondent and encounter */
    CSV_STUDY_LONG,         /* a row per standard */
    CSV_STUDY_LONG_COLUMNS, /* a column per standard */
    CSV_STUDY_KANO,         /* wide, with the two questions of Kano about the second item */
    CSV_STUDY_DATES,        /* wide, with dates in months */
    CSV_STUDY_WEEKS,        /* long, with dates, day first, in weeks */
    CSV_STUDY_JOURNEY,      /* a row per moment, with time, order, rating and what holds for the journey */
    CSV_STUDY_LOG,          /* a row per moment, with its time alone */
    CSV_STUDY_RATED,        /* outcomes alone: 1–5 with 0 = not rated, 0–10, and a number that may be −1 */
    CSV_STUDY_DESIGN,       /* a column per standard, with weights, clusters and strata */
    CSV_STUDY_COUNT
};

static const struct scale_label csv_labels[] = {{1, "Disagree"}, {5, "Agree"}};
static const struct scale csv_scales[] = {
    {.id = "agree5", .min = {1, 0}, .max = {5, 0}, .step = {1, 0}, .steps = 5, .labels = csv_labels, .label_count = 2},
    {.id = "half", .min = {10, 1}, .max = {100, 1}, .step = {5, 1}, .steps = 19},
};
static const uint32_t csv_first_item[] = {0}, csv_second_item[] = {1};
static const struct dimension csv_dimensions[] = {{"d1", "One", csv_first_item, 1}, {"d2", "Two", csv_second_item, 1}};
static const struct item csv_items[] = {{.id = "q1", .dimension = 0, .scale = 0}, {.id = "q2", .dimension = 1, .scale = 0}};
static const struct missing_code csv_missing_codes[] = {
    {.text = "NA", .kind = MISSING_SKIPPED},
    {.text = "-99", .kind = MISSING_NOT_ASKED, .is_number = true, .number = {-99, 0}},
    {.text = "9", .kind = MISSING_DECLARED, .is_number = true, .number = {9, 0}},
};
static const char *const csv_expected[] = {"h1", "h2"}, *const csv_perceived[] = {"p1", "p2"};
static const char *const csv_functional[] = {NULL, "with"}, *const csv_dysfunctional[] = {NULL, "without"};
static const char *const csv_points[] = {"i1", "i2"};
static const struct outcome csv_outcomes[] = {
    {.name = "satisfaction",
     .column = "sat",
     .kind = OUTCOME_SCALE,
     .scale = {.id = "sat", .min = {0, 0}, .max = {10, 0}, .step = {1, 0}, .steps = 11}},
    {.name = "spend", .column = "eur", .kind = OUTCOME_REAL, .decimals = 2},
};
static const struct missing_code csv_not_rated[] = {{.text = "0", .kind = MISSING_DECLARED, .is_number = true, .number = {0, 0}}};
static const struct missing_code csv_unknown[] = {{.text = "-1", .kind = MISSING_SKIPPED, .is_number = true, .number = {-1, 0}}};
static const struct outcome csv_ratings[] = {
    {.name = "comfort",
     .column = "comfort",
     .scale = {.id = "comfort", .min = {1, 0}, .max = {5, 0}, .step = {1, 0}, .steps = 5},
     .missing = csv_not_rated,
     .missing_count = 1},
    {.name = "overall",
     .column = "overall",
     .scale = {.id = "overall", .min = {0, 0}, .max = {10, 0}, .step = {1, 0}, .steps = 11}},
    {.name = "spend", .column = "eur", .kind = OUTCOME_REAL, .decimals = 2, .missing = csv_unknown, .missing_count = 1},
};
static const struct segment csv_segments[] = {{"branch"}, {"sex"}}, csv_times[] = {{"date"}};

#define CSV_STUDY_COMMON                                                                                                         \
    .title = "csv", .source = "study.json", .scales = csv_scales, .scale_count = 1, .dimensions = csv_dimensions,                \
    .dimension_count = 2, .items = csv_items, .item_count = 2, .missing = csv_missing_codes, .missing_count = 3
#define CSV_STUDY_WIDE .of_item = {[STANDARD_EXPECTATION] = csv_expected, [STANDARD_PERCEPTION] = csv_perceived}

static const struct study csv_studies[CSV_STUDY_COUNT] = {
    [CSV_STUDY_PLAIN] = {CSV_STUDY_COMMON, .columns = {CSV_STUDY_WIDE}},
    [CSV_STUDY_FULL] = {CSV_STUDY_COMMON,
                        .columns = {CSV_STUDY_WIDE, .respondent = "id", .weight = "w", .cluster = "shop",
                                    .segments = csv_segments, .segment_count = 2, .outcomes = csv_outcomes, .outcome_count = 2,
                                    .importance = IMPORTANCE_POINTS, .points_of_dimension = csv_points}},
    [CSV_STUDY_VISITS] = {CSV_STUDY_COMMON, .columns = {CSV_STUDY_WIDE, .respondent = "id", .encounter = "visit"}},
    [CSV_STUDY_LONG] = {CSV_STUDY_COMMON,
                        .columns = {.layout = LAYOUT_LONG,
                                    .in_rows = {.item = "item",
                                                .standard = "what",
                                                .value = "value",
                                                .standard_text = {[STANDARD_EXPECTATION] = "E", [STANDARD_PERCEPTION] = "P"}},
                                    .respondent = "id",
                                    .segments = csv_segments,
                                    .segment_count = 1}},
    [CSV_STUDY_LONG_COLUMNS] =
        {CSV_STUDY_COMMON,
         .columns = {.layout = LAYOUT_LONG,
                     .in_rows = {.item = "item", .standard_column = {[STANDARD_EXPECTATION] = "h", [STANDARD_PERCEPTION] = "p"}},
                     .respondent = "id",
                     .encounter = "visit",
                     .weight = "w"}},
    [CSV_STUDY_KANO] = {CSV_STUDY_COMMON, .columns = {.of_item = {[STANDARD_PERCEPTION] = csv_perceived,
                                                                  [STANDARD_FUNCTIONAL] = csv_functional,
                                                                  [STANDARD_DYSFUNCTIONAL] = csv_dysfunctional}}},
    [CSV_STUDY_DATES] = {CSV_STUDY_COMMON, .columns = {CSV_STUDY_WIDE, .segments = csv_times, .segment_count = 1, .time = "date",
                                                       .time_period = PERIOD_MONTH}},
    [CSV_STUDY_WEEKS] = {CSV_STUDY_COMMON,
                         .columns = {.layout = LAYOUT_LONG,
                                     .in_rows = {.item = "item",
                                                 .standard_column = {[STANDARD_EXPECTATION] = "h", [STANDARD_PERCEPTION] = "p"}},
                                     .respondent = "id",
                                     .segments = csv_times,
                                     .segment_count = 1,
                                     .time = "date",
                                     .time_period = PERIOD_WEEK,
                                     .time_format = DATE_DMY}},
    [CSV_STUDY_JOURNEY] = {.title = "csv",
                           .source = "study.json",
                           .missing = csv_missing_codes,
                           .missing_count = 3,
                           .columns = {.layout = LAYOUT_JOURNEY,
                                       .respondent = "case",
                                       .touchpoint = "what",
                                       .time = "at",
                                       .journey = {.order = "no",
                                                   .rating = "r",
                                                   .rating_scale = {.id = "rating",
                                                                    .min = {1, 0},
                                                                    .max = {7, 0},
                                                                    .step = {1, 0},
                                                                    .steps = 7,
                                                                    .labels = csv_labels,
                                                                    .label_count = 2}},
                                       .segments = csv_segments,
                                       .segment_count = 1,
                                       .outcomes = csv_outcomes,
                                       .outcome_count = 1}},
    [CSV_STUDY_DESIGN] = {CSV_STUDY_COMMON,
                          .columns = {.layout = LAYOUT_LONG,
                                      .in_rows = {.item = "item",
                                                  .standard_column = {[STANDARD_EXPECTATION] = "h", [STANDARD_PERCEPTION] = "p"}},
                                      .respondent = "id",
                                      .weight = "w",
                                      .cluster = "shop",
                                      .strata = "area"}},
    [CSV_STUDY_LOG] =
        {.title = "csv",
         .source = "study.json",
         .columns = {.layout = LAYOUT_JOURNEY, .respondent = "case", .encounter = "visit", .touchpoint = "what", .time = "at"}},
    [CSV_STUDY_RATED] = {.title = "csv", .source = "study.json", .columns = {.outcomes = csv_ratings, .outcome_count = 3}},
};

#endif
