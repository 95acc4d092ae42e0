/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/study.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "model/instrument.h"
#include "model/reason.h"

static const struct scale scales[] = {
    {.id = "agree5", .min = {1, 0}, .max = {5, 0}, .step = {1, 0}, .steps = 5},
    {.id = "weight3", .min = {1, 0}, .max = {3, 0}, .step = {1, 0}, .steps = 3},
};
static const struct item items[] = {
    {.id = "q1", .text = "q1", .dimension = UINT32_MAX, .scale = 0},
    {.id = "q2", .text = "q2", .dimension = UINT32_MAX, .scale = 0},
};
static const char *const expectation[] = {"h1", "h2"};
static const char *const perception[] = {"p1", NULL};
static const char *const importance[] = {"i1", "i2"};
static const struct segment segments[] = {{"sex"}, {"branch"}};

static struct study wide(void)
{
    struct study study = {.scales = scales, .scale_count = 2, .items = items, .item_count = 2};
    study.columns.of_item[STANDARD_EXPECTATION] = expectation;
    study.columns.of_item[STANDARD_PERCEPTION] = perception;
    study.columns.segments = segments;
    study.columns.segment_count = 2;
    return study;
}

/* "of_item … NULL: standard not asked; a NULL entry: not asked of this item" */
static void wide_columns_say_what_is_asked(void **state)
{
    (void)state;
    struct study study = wide();
    assert_true(study_asks(&study, STANDARD_EXPECTATION, 1));
    assert_true(study_asks(&study, STANDARD_PERCEPTION, 0));
    assert_false(study_asks(&study, STANDARD_PERCEPTION, 1));
    assert_false(study_asks(&study, STANDARD_MINIMUM, 0));
    assert_true(study_asks_any(&study, STANDARD_PERCEPTION));
    assert_false(study_asks_any(&study, STANDARD_DESIRED));
    study.item_count = 0;
    assert_false(study_asks_any(&study, STANDARD_EXPECTATION));
}

/* Long layout: "the cell that means this standard; NULL: not in the file" or "the column of each; NULL: not asked" */
static void long_columns_say_what_is_asked(void **state)
{
    (void)state;
    struct study study = {.scales = scales, .scale_count = 2, .items = items, .item_count = 2};
    study.columns.layout = LAYOUT_LONG;
    study.columns.in_rows.standard_column[STANDARD_DESIRED] = "wish";
    assert_true(study_asks(&study, STANDARD_DESIRED, 1));
    assert_false(study_asks(&study, STANDARD_PERCEPTION, 0));
    study.columns.in_rows.standard = "which";
    study.columns.in_rows.standard_text[STANDARD_PERCEPTION] = "P";
    assert_true(study_asks(&study, STANDARD_PERCEPTION, 0));
    assert_false(study_asks(&study, STANDARD_DESIRED, 1));
}

/* "how much it matters, rated on a scale of its own": points per dimension are no answers to items */
static void importance_is_asked_of_items_only_as_a_rating(void **state)
{
    (void)state;
    struct study study = wide();
    study.columns.of_item[STANDARD_IMPORTANCE] = importance;
    study.columns.importance = IMPORTANCE_POINTS;
    assert_false(study_asks(&study, STANDARD_IMPORTANCE, 0));
    study.columns.importance = IMPORTANCE_RATING;
    study.columns.importance_scale = 1;
    assert_true(study_asks(&study, STANDARD_IMPORTANCE, 0));
    assert_string_equal(study_scale(&study, STANDARD_IMPORTANCE, 0)->id, "weight3");
    assert_string_equal(study_scale(&study, STANDARD_MINIMUM, 1)->id, "agree5");
}

/* "1 when every scale fits 8-bit codes, 2 otherwise": 127 steps fit, 128 do not */
static void codes_take_one_byte_or_two(void **state)
{
    (void)state;
    struct scale large[] = {scales[0], {.id = "fine", .min = {1, 0}, .max = {127, 0}, .step = {1, 0}, .steps = 127}};
    struct study study = wide();
    study.scales = large;
    assert_int_equal(study_code_bytes(&study), 1);
    large[1].max.units = 128;
    large[1].steps = 128;
    assert_int_equal(study_code_bytes(&study), 2);
}

static void segments_are_found_by_name(void **state)
{
    (void)state;
    struct study study = wide();
    assert_int_equal(study_segment(&study, span_of("branch")), 1);
    assert_int_equal(study_segment(&study, span_of("Branch")), UINT32_MAX);
    assert_int_equal(study_segment(&study, span_of("")), UINT32_MAX);
}

/* Names "as in study files, JSON and column names" are permanent. */
static void names_are_those_of_the_files(void **state)
{
    (void)state;
    assert_string_equal(standard_name(STANDARD_EXPECTATION), "expectation");
    assert_string_equal(standard_name(STANDARD_IMPORTANCE), "importance");
    assert_string_equal(standard_name(STANDARD_FUNCTIONAL), "functional");
    assert_string_equal(standard_name(STANDARD_DYSFUNCTIONAL), "dysfunctional");
    assert_string_equal(outcome_role_name(OUTCOME_ROLE_NONE), "none");
    assert_string_equal(outcome_role_name(OUTCOME_ROLE_BAD_SERVICE), "bad_service");
    assert_string_equal(expectation_kind_name(EXPECTATION_EXCELLENT), "excellent");
    assert_string_equal(asked_name(ASKED_SAME_SITTING), "same sitting");
    assert_string_equal(missing_name(MISSING_NOT_ASKED), "not_asked");
    assert_string_equal(missing_name(MISSING_DECLARED), "declared");
    assert_string_equal(instrument_kind_name(INSTRUMENT_CHECKLIST), "checklist");
    assert_string_equal(stem_name(STEM_MINIMUM), "minimum");
    for (enum expectation_kind kind = 0; kind < EXPECTATION_KIND_COUNT; kind++)
        assert_string_equal(stem_name(stem_of_expectation(kind)), expectation_kind_name(kind));
}

/* "a reason stands in the row's `blank` (`too_few`, `no_variance`, `suppressed`, `not_asked`, `singular`, …)" */
static void reasons_have_permanent_names(void **state)
{
    (void)state;
    assert_string_equal(reason_name(REASON_TOO_FEW), "too_few");
    assert_string_equal(reason_name(REASON_NO_VARIANCE), "no_variance");
    assert_string_equal(reason_name(REASON_SUPPRESSED), "suppressed");
    assert_string_equal(reason_words(REASON_SUPPRESSED), "hidden: small group");
    for (enum reason a = REASON_NONE + 1; a < REASON_COUNT; a++) {
        assert_true(reason_words(a)[0] != '\0');
        for (enum reason b = REASON_NONE; b < a; b++)
            assert_string_not_equal(reason_name(a), reason_name(b));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wide_columns_say_what_is_asked),
        cmocka_unit_test(long_columns_say_what_is_asked),
        cmocka_unit_test(importance_is_asked_of_items_only_as_a_rating),
        cmocka_unit_test(codes_take_one_byte_or_two),
        cmocka_unit_test(segments_are_found_by_name),
        cmocka_unit_test(names_are_those_of_the_files),
        cmocka_unit_test(reasons_have_permanent_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
