/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "data/instruments/study.schema.json describes it": the schemas accept every study and instrument that the program reads, and
 * refuse all that a schema can refuse. What they refuse here was compared once with another implementation of JSON Schema. */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "support/json_schema.h"

#define ROOT GAPMETER_SOURCE_DIR "/"

/* Bad files whose fault lies in how their parts refer to each other, in numbers or in texts: beyond a schema. */
static const char *const beyond[] = {
    "bad_collection_language_twice",
    "bad_collection_language_own",
    "bad_collection_translation_language",
    "bad_collection_translation_own",
    "bad_collection_translation_key",
    "bad_collection_translation_empty",
    "bad_collection_items_asked",
    "bad_collection_share_fine",
    "bad_collection_during",
    "bad_collection_during_twice",
    "bad_collection_during_not_asked",
    "bad_collection_code_missing",
    "bad_collection_code_alone",
    "bad_collection_code_twice",
    "bad_collection_segment",
    "bad_collection_segment_time",
    "bad_collection_segment_one_named",
    "bad_collection_outcome",
    "bad_collection_comment",
    "bad_collection_journey",
    "bad_collection_language_instrument",
    "bad_translation_key",
    "bad_translation_title",
    "bad_translation_own",
    "bad_design_missing",
    "bad_design_no_time",
    "bad_dimension_empty",
    "bad_dimension_twice",
    "bad_importance_both",
    "bad_importance_dimension",
    "bad_importance_incomplete",
    "bad_importance_long",
    "bad_importance_same",
    "bad_importance_scale",
    "bad_importance_which_scale",
    "bad_instrument_path",
    "bad_instrument_unknown",
    "bad_item_dimension",
    "bad_item_id_lines",
    "bad_item_no_scale",
    "bad_item_scale",
    "bad_item_twice",
    "bad_journey_items",
    "bad_journey_no_case",
    "bad_journey_no_time",
    "bad_journey_rating_upside_down",
    "bad_journey_segment",
    "bad_kano_alone",
    "bad_kano_half",
    "bad_kano_long",
    "bad_kano_same",
    "bad_label_no_number",
    "bad_label_no_point",
    "bad_label_other_number",
    "bad_label_same_point",
    "bad_label_same_words",
    "bad_long_both_ways",
    "bad_long_same_column",
    "bad_long_standard_twice",
    "bad_long_value_alone",
    "bad_map_item",
    "bad_margin_missing",
    "bad_margin_one",
    "bad_margin_segment",
    "bad_margin_segment_twice",
    "bad_margin_twice",
    "bad_missing_note",
    "bad_missing_same_number",
    "bad_missing_twice",
    "bad_nothing_asked",
    "bad_nothing_at_all",
    "bad_outcome_answer_missing",
    "bad_outcome_bad_service",
    "bad_outcome_easy_alone",
    "bad_outcome_left",
    "bad_outcome_missing_twice",
    "bad_outcome_recommend",
    "bad_outcome_recommend_step",
    "bad_outcome_role_implied_twice",
    "bad_outcome_role_twice",
    "bad_outcome_upside_down",
    "bad_pattern_braces",
    "bad_pattern_constant",
    "bad_pattern_open",
    "bad_same_column",
    "bad_scale_digits",
    "bad_scale_exponent",
    "bad_scale_one_point",
    "bad_scale_step_uneven",
    "bad_scale_too_fine",
    "bad_scale_upside_down",
    "bad_segments_with_channel",
    "bad_trim_alone",
    "bad_sources_code_mark",
    "bad_sources_code_of_other",
    "bad_sources_code_twice",
    "bad_sources_pattern",
    "bad_sources_same_column",
    "bad_title_control",
    "bad_title_empty",
    "bad_does_not_apply_answer",
    "bad_does_not_apply_same",
    "bad_importance_not_asked",
    "bad_importance_scale",
    "bad_importance_scale_missing",
    "bad_item_scale",
    NULL,
};

static bool is_beyond(const char *name)
{
    for (size_t i = 0; beyond[i] != NULL; i++) {
        if (strcmp(beyond[i], name) == 0)
            return true;
    }
    return false;
}

static void load(struct schemas *schemas)
{
    schemas_add(schemas, ROOT "data/instruments/study.schema.json");
    schemas_add(schemas, ROOT "data/instruments/schema.json");
}

/* The JSON of a file, or NULL when it is none. */
static json_t *load_json(const char *folder, const char *name)
{
    char path[512];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    return json_load_file(path, JSON_REJECT_DUPLICATES, NULL);
}

static unsigned check_corpus(const char *folder, const char *id)
{
    struct schemas schemas = {.count = 0};
    unsigned checked = 0;
    load(&schemas);
    DIR *files = opendir(folder);
    assert_non_null(files);
    for (struct dirent *entry = readdir(files); entry != NULL; entry = readdir(files)) {
        json_t *json = entry->d_name[0] == '.' ? NULL : load_json(folder, entry->d_name);
        if (json == NULL)
            continue;
        char name[128];
        (void)snprintf(name, sizeof name, "%.*s", (int)strcspn(entry->d_name, "."), entry->d_name);
        bool expected = strncmp(name, "ok_", 3) == 0 || is_beyond(name);
        if (schemas_accept(&schemas, id, json) != expected)
            fail_msg("%s/%s is %s by the schema", folder, entry->d_name, expected ? "refused" : "accepted");
        json_decref(json);
        checked++;
    }
    (void)closedir(files);
    schemas_end(&schemas);
    return checked;
}

static void corpus_studies_are_judged_alike(void **state)
{
    (void)state;
    assert_true(check_corpus(ROOT "fuzz/corpus/study", "study.schema.json") > 100);
}

static void corpus_instruments_are_judged_alike(void **state)
{
    (void)state;
    assert_true(check_corpus(ROOT "fuzz/corpus/instrument", "schema.json") > 20);
}

static unsigned check_all_accepted(const char *folder, const char *id)
{
    struct schemas schemas = {.count = 0};
    unsigned checked = 0;
    load(&schemas);
    DIR *files = opendir(folder);
    if (files == NULL)
        return 0;
    for (struct dirent *entry = readdir(files); entry != NULL; entry = readdir(files)) {
        if (entry->d_name[0] == '.' || strstr(entry->d_name, "schema.json") != NULL || strstr(entry->d_name, ".json") == NULL)
            continue;
        json_t *json = load_json(folder, entry->d_name);
        if (json == NULL || !schemas_accept(&schemas, id, json))
            fail_msg("%s/%s is refused by the schema", folder, entry->d_name);
        json_decref(json);
        checked++;
    }
    (void)closedir(files);
    schemas_end(&schemas);
    return checked;
}

static void shipped_instruments_are_as_their_schema_says(void **state)
{
    (void)state;
    assert_true(check_all_accepted(ROOT "data/instruments", "schema.json") >= 8);
}

static void studies_of_the_tests_are_as_their_schema_says(void **state)
{
    (void)state;
    (void)check_all_accepted(ROOT "tests/studies", "study.schema.json");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(corpus_studies_are_judged_alike),
        cmocka_unit_test(corpus_instruments_are_judged_alike),
        cmocka_unit_test(shipped_instruments_are_as_their_schema_says),
        cmocka_unit_test(studies_of_the_tests_are_as_their_schema_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
