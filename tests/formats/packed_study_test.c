/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/packed_study.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "support/csv_studies.h"

/* A study that can be changed: of everything one. */
struct draft {
    struct study study;
    struct scale scales[2];
    struct scale_label labels[2];
    struct dimension dimensions[2];
    struct item items[2];
    struct missing_code missing[3], unknown[1];
    struct outcome outcomes[2];
    struct segment segments[2];
    const char *of_item[STANDARD_COUNT][2], *points[2], *comments[2];
};

static void draft_make(struct draft *draft)
{
    memset(draft, 0, sizeof *draft);
    struct study *study = &draft->study;
    *study = csv_studies[CSV_STUDY_FULL];
    memcpy(draft->scales, csv_scales, sizeof draft->scales);
    memcpy(draft->labels, csv_labels, sizeof draft->labels);
    memcpy(draft->dimensions, csv_dimensions, sizeof draft->dimensions);
    memcpy(draft->items, csv_items, sizeof draft->items);
    memcpy(draft->missing, csv_missing_codes, sizeof draft->missing);
    memcpy(draft->unknown, csv_unknown, sizeof draft->unknown);
    memcpy(draft->outcomes, csv_outcomes, sizeof draft->outcomes);
    memcpy(draft->segments, csv_segments, sizeof draft->segments);
    memcpy(draft->points, csv_points, sizeof draft->points);
    draft->comments[0] = "why";
    draft->comments[1] = "else";
    for (size_t standard = 0; standard < STANDARD_COUNT; standard++) {
        for (size_t item = 0; item < 2; item++)
            draft->of_item[standard][item] = standard % 2 == 0 ? "even" : "odd";
        study->columns.of_item[standard] = draft->of_item[standard];
    }
    draft->outcomes[1].missing = draft->unknown;
    draft->outcomes[1].missing_count = 1;
    draft->scales[0].labels = draft->labels;
    study->scales = draft->scales;
    study->scale_count = 2;
    study->dimensions = draft->dimensions;
    study->items = draft->items;
    study->missing = draft->missing;
    study->columns.outcomes = draft->outcomes;
    study->columns.segments = draft->segments;
    study->columns.points_of_dimension = draft->points;
    study->columns.comments = draft->comments;
    study->columns.comment_count = 2;
}

static struct digest digest_take(struct ctx *ctx, const struct study *study)
{
    struct digest digest;
    assert_int_equal(packed_study_digest(ctx, study, &digest), STATUS_OK);
    return digest;
}

/* Does a change of the draft show? It is taken back afterwards. */
#define ASSERT_SHOWS(member, value)                                                                                              \
    do {                                                                                                                         \
        draft_make(&draft);                                                                                                      \
        (draft.member) = (value);                                                                                                \
        struct digest changed = digest_take(&ctx, &draft.study);                                                                 \
        if (digest_equal(&changed, &as_it_was))                                                                                  \
            fail_msg("%s does not show", #member);                                                                               \
        for (size_t i = 0; i < seen_count; i++)                                                                                  \
            assert_false(digest_equal(&changed, &seen[i]));                                                                      \
        seen[seen_count++] = changed;                                                                                            \
    } while (0)

#define ASSERT_HIDDEN(member, value)                                                                                             \
    do {                                                                                                                         \
        draft_make(&draft);                                                                                                      \
        (draft.member) = (value);                                                                                                \
        struct digest changed = digest_take(&ctx, &draft.study);                                                                 \
        if (!digest_equal(&changed, &as_it_was))                                                                                 \
            fail_msg("%s shows", #member);                                                                                       \
    } while (0)

static struct ctx ctx;
static struct draft draft;
static struct digest as_it_was, seen[128];
static size_t seen_count;

static int draft_begin(void **state)
{
    (void)state;
    ctx = (struct ctx){0};
    if (arena_create(NULL, &ctx.arena) != STATUS_OK)
        return -1;
    draft_make(&draft);
    as_it_was = digest_take(&ctx, &draft.study);
    return 0;
}

static int draft_end(void **state)
{
    (void)state;
    arena_destroy(ctx.arena);
    return 0;
}

/* "the columns, scales, codes of missing answers and whatever else decides what a cell comes to"; no two changes look alike. */
static void what_cells_come_to_shows(void **state)
{
    (void)state;
    ASSERT_SHOWS(study.decimal_mark, ',');
    ASSERT_SHOWS(study.missing_count, 2);
    ASSERT_SHOWS(missing[0].text, "N/A");
    ASSERT_SHOWS(missing[0].kind, MISSING_DECLARED);
    ASSERT_SHOWS(missing[1].is_number, false);
    ASSERT_SHOWS(missing[1].number.units, -98);
    ASSERT_SHOWS(missing[1].number.places, 1);
    ASSERT_SHOWS(study.scale_count, 1);
    ASSERT_SHOWS(scales[0].min.units, 0);
    ASSERT_SHOWS(scales[0].min.places, 1);
    ASSERT_SHOWS(scales[0].step.units, 2);
    ASSERT_SHOWS(scales[0].step.places, 1);
    ASSERT_SHOWS(scales[0].steps, 7);
    ASSERT_SHOWS(scales[0].label_count, 1);
    ASSERT_SHOWS(labels[0].code, 2);
    ASSERT_SHOWS(labels[1].text, "Yes");
    ASSERT_SHOWS(study.item_count, 1);
    ASSERT_SHOWS(items[0].id, "q7");
    ASSERT_SHOWS(items[1].scale, 1);
}

static void where_answers_stand_shows(void **state)
{
    (void)state;
    ASSERT_SHOWS(study.columns.layout, LAYOUT_LONG);
    ASSERT_SHOWS(study.columns.in_rows.item, "item");
    ASSERT_SHOWS(study.columns.in_rows.standard, "what");
    ASSERT_SHOWS(study.columns.in_rows.value, "value");
    ASSERT_SHOWS(study.columns.in_rows.standard_text[STANDARD_MINIMUM], "M");
    ASSERT_SHOWS(study.columns.in_rows.standard_column[STANDARD_MINIMUM], "M");
    ASSERT_SHOWS(study.columns.journey.order, "no");
    ASSERT_SHOWS(study.columns.journey.rating, "r");
    ASSERT_SHOWS(study.columns.journey.rating_scale.steps, 5);
    for (size_t standard = 0; standard < STANDARD_COUNT; standard++) {
        ASSERT_SHOWS(study.columns.of_item[standard], NULL);
        ASSERT_SHOWS(of_item[standard][1], "other");
        ASSERT_SHOWS(of_item[standard][1], NULL);
    }
    ASSERT_SHOWS(points[1], "i3");
}

static void what_else_a_row_holds_shows(void **state)
{
    (void)state;
    ASSERT_SHOWS(study.columns.respondent, "who");
    ASSERT_SHOWS(study.columns.encounter, "visit");
    ASSERT_SHOWS(study.columns.channel, "sex");
    ASSERT_SHOWS(study.columns.touchpoint, "sex");
    ASSERT_SHOWS(study.columns.employee, "sex");
    ASSERT_SHOWS(study.columns.wave, "sex");
    ASSERT_SHOWS(study.columns.weight, NULL);
    ASSERT_SHOWS(study.columns.cluster, NULL);
    ASSERT_SHOWS(study.columns.strata, "area");
    ASSERT_SHOWS(study.columns.time, "sex");
    ASSERT_SHOWS(study.columns.sources.list, "from");
    ASSERT_SHOWS(study.columns.arm, "arm");
    ASSERT_SHOWS(study.columns.importance, IMPORTANCE_NONE);
    ASSERT_SHOWS(study.columns.importance_scale, 1);
    ASSERT_SHOWS(study.columns.segment_count, 1);
    ASSERT_SHOWS(segments[1].column, "gender");
    ASSERT_SHOWS(study.columns.time_period, PERIOD_YEAR);
    ASSERT_SHOWS(study.columns.time_format, DATE_MDY);
    ASSERT_SHOWS(study.columns.comment_count, 1);
    ASSERT_SHOWS(comments[1], "more");
    ASSERT_SHOWS(study.columns.sources.implied, true);
    ASSERT_SHOWS(study.columns.sources.codes[SOURCE_PRICE], "p");
    ASSERT_SHOWS(study.columns.sources.columns[SOURCE_PRICE], "p");
    ASSERT_SHOWS(study.columns.arm_implied, true);
    ASSERT_SHOWS(study.columns.outcome_count, 1);
    ASSERT_SHOWS(outcomes[0].column, "sat2");
    ASSERT_SHOWS(outcomes[0].kind, OUTCOME_REAL);
    ASSERT_SHOWS(outcomes[0].scale.steps, 10);
    ASSERT_SHOWS(outcomes[1].decimals, 3);
    ASSERT_SHOWS(outcomes[1].missing_count, 0);
    ASSERT_SHOWS(unknown[0].text, "-2");
}

/* "Studies that differ in a title, a question's words, the order of dimensions, margins or how a live study asks have the same one" */
static void what_does_not_is_hidden(void **state)
{
    (void)state;
    static const struct margin margin = {.segment = 0};
    ASSERT_HIDDEN(study.title, "other");
    ASSERT_HIDDEN(study.owner, "somebody");
    ASSERT_HIDDEN(study.source, "elsewhere.json");
    ASSERT_HIDDEN(study.expectation, EXPECTATION_DESIRED);
    ASSERT_HIDDEN(study.simulated, true);
    ASSERT_HIDDEN(study.attribution, "a mark");
    ASSERT_HIDDEN(study.margins, &margin);
    ASSERT_HIDDEN(study.margin_count, 1);
    ASSERT_HIDDEN(study.trim_weights, true);
    ASSERT_HIDDEN(study.stems[STEM_WILL], "They will");
    ASSERT_HIDDEN(items[0].text, "Keeps its promises");
    ASSERT_HIDDEN(items[0].reverse, true);
    ASSERT_HIDDEN(items[0].dimension, 1);
    ASSERT_HIDDEN(dimensions[0].title, "Another");
    ASSERT_HIDDEN(scales[0].id, "likert");
    ASSERT_HIDDEN(outcomes[0].name, "delight");
    ASSERT_HIDDEN(outcomes[0].role, OUTCOME_ROLE_SATISFACTION);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_cells_come_to_shows),
        cmocka_unit_test(where_answers_stand_shows),
        cmocka_unit_test(what_else_a_row_holds_shows),
        cmocka_unit_test(what_does_not_is_hidden),
    };
    return cmocka_run_group_tests(tests, draft_begin, draft_end);
}
