/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small random studies with their answers in plain arrays, so that a test can count what pairing counts. */
#ifndef GAPMETER_TESTS_TOY_STUDY_H
#define GAPMETER_TESTS_TOY_STUDY_H

#include "model/answers.h"
#include "model/plan.h"

enum { TOY_ITEMS = 70, TOY_DIMENSIONS = 4, TOY_SEGMENTS = 2, TOY_STRATA = 4, TOY_TEXT = 16 };

/* One encounter. */
struct toy_row {
    uint16_t codes[STANDARD_COUNT][TOY_ITEMS];  /* as given; 0 = missing */
    uint8_t missing[STANDARD_COUNT][TOY_ITEMS]; /* enum missing, of those with code 0 */
    int segment[TOY_SEGMENTS];                  /* index into toy_segment_texts; -1 = no answer */
    int64_t weight;
    uint32_t respondent, cluster;
    uint32_t stratum;               /* index into toy_stratum_names */
    int64_t points[TOY_DIMENSIONS]; /* -1 = missing */
};

/* What a toy study is to be like. */
struct toy_wish {
    uint64_t seed;
    uint32_t rows, items, dimensions;
    uint32_t steps;      /* of the first scale */
    bool mixed;          /* some items have another scale */
    bool reversed;       /* some items are reversed */
    bool gaps_in_design; /* some items are not asked for some standards */
    bool zones;
    bool no_expectation;
    bool kano;
    enum importance_kind importance;
    bool weighted, clustered, repeats, stratified;
    uint32_t missing_percent;
};

struct toy_study {
    struct toy_wish wish;
    struct study study; /* points into this struct: it must not move */
    struct scale scales[3];
    struct dimension dimensions[TOY_DIMENSIONS];
    uint32_t dimension_items[TOY_DIMENSIONS][TOY_ITEMS];
    struct item items[TOY_ITEMS];
    char item_ids[TOY_ITEMS][TOY_TEXT];
    const char *headers[STANDARD_COUNT][TOY_ITEMS];
    const char *points_headers[TOY_DIMENSIONS];
    struct segment segments[TOY_SEGMENTS];
    struct toy_row *rows;
    uint32_t row_count;
};

/* Texts of segment values, so chosen that order by number and order by bytes differ. */
extern const char *const toy_segment_texts[TOY_SEGMENTS][4];

/* Not in the order of their bytes, which is 1, 2, 3, 0. */
extern const char *const toy_stratum_names[TOY_STRATA];

/* A random study; fails the test without memory.
 * owns    the caller: toy_study_clear */
void toy_study_make(struct toy_study *toy, const struct toy_wish *wish);

/* A wish that a seed chooses: every combination of features comes up. */
struct toy_wish toy_wish_random(uint64_t seed);

void toy_study_clear(struct toy_study *toy);

/* The rows as answers, through the builder that formats use.
 * takes   order  [row_count] which row comes when; NULL = as they stand
 * fails   as the builder does */
enum status toy_study_answers(struct ctx *ctx, const struct toy_study *toy, const uint32_t *order,
                              const struct answers **out) MUST_USE;

/* A plan that needs everything the study can give: everyone, by the first segment, by both crossed. */
struct plan toy_plan(const struct toy_study *toy, enum pair_policy policy);

#endif
