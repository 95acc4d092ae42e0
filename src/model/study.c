/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/study.h"

#include <assert.h>

/* Short words, and the sentences that the questionnaire offers. */
static const struct scale_label kano_labels[] = {
    {1, "like"},    {1, "I like it that way"},    {2, "must-be"},   {2, "must be"},   {2, "It must be that way"},
    {3, "neutral"}, {3, "I am neutral"},          {4, "live-with"}, {4, "live with"}, {4, "I can live with it that way"},
    {5, "dislike"}, {5, "I dislike it that way"},
};

const struct scale kano_scale = {.id = "kano",
                                 .min = {1, 0},
                                 .max = {5, 0},
                                 .step = {1, 0},
                                 .steps = 5,
                                 .labels = kano_labels,
                                 .label_count = sizeof kano_labels / sizeof *kano_labels};

const char *standard_name(enum standard standard)
{
    static const char *const names[STANDARD_COUNT] = {"expectation", "perception", "desired",      "minimum",
                                                      "importance",  "functional", "dysfunctional"};
    assert(standard < STANDARD_COUNT);
    return names[standard];
}

const char *expectation_kind_name(enum expectation_kind kind)
{
    static const char *const names[EXPECTATION_KIND_COUNT] = {"will", "should", "excellent", "desired"};
    assert(kind < EXPECTATION_KIND_COUNT);
    return names[kind];
}

const char *asked_name(enum asked asked)
{
    static const char *const names[ASKED_COUNT] = {"before", "same sitting", "recalled"};
    assert(asked < ASKED_COUNT);
    return names[asked];
}

const char *missing_name(enum missing missing)
{
    static const char *const names[MISSING_COUNT] = {"skipped", "not_asked", "declared"};
    assert(missing < MISSING_COUNT);
    return names[missing];
}

const char *outcome_role_name(enum outcome_role role)
{
    static const char *const names[OUTCOME_ROLE_COUNT] = {"none",    "satisfaction",    "recommend", "effort",
                                                          "loyalty", "disconfirmation", "left",      "complained",
                                                          "captive", "bad_service"};
    assert(role < OUTCOME_ROLE_COUNT);
    return names[role];
}

const char *stem_name(enum stem stem)
{
    static const char *const names[STEM_COUNT] = {"will",    "should",     "excellent", "desired",
                                                  "minimum", "perception", "importance"};
    assert(stem < STEM_COUNT);
    return names[stem];
}

enum stem stem_of_expectation(enum expectation_kind kind)
{
    static const enum stem stems[EXPECTATION_KIND_COUNT] = {
        [EXPECTATION_WILL] = STEM_WILL,
        [EXPECTATION_SHOULD] = STEM_SHOULD,
        [EXPECTATION_EXCELLENT] = STEM_EXCELLENT,
        [EXPECTATION_DESIRED] = STEM_DESIRED,
    };
    assert(kind < EXPECTATION_KIND_COUNT);
    return stems[kind];
}

bool study_asks(const struct study *study, enum standard standard, uint32_t item)
{
    assert(standard < STANDARD_COUNT && item < study->item_count);
    const struct columns *columns = &study->columns;
    if (standard == STANDARD_IMPORTANCE && columns->importance != IMPORTANCE_RATING)
        return false;
    if (columns->layout == LAYOUT_JOURNEY)
        return false;
    if (columns->layout == LAYOUT_WIDE)
        return columns->of_item[standard] != NULL && columns->of_item[standard][item] != NULL;
    if (columns->in_rows.standard != NULL)
        return columns->in_rows.standard_text[standard] != NULL;
    return columns->in_rows.standard_column[standard] != NULL;
}

bool study_asks_any(const struct study *study, enum standard standard)
{
    for (uint32_t item = 0; item < study->item_count; item++) {
        if (study_asks(study, standard, item))
            return true;
    }
    return false;
}

const struct scale *study_scale(const struct study *study, enum standard standard, uint32_t item)
{
    assert(standard < STANDARD_COUNT && item < study->item_count);
    if (standard == STANDARD_FUNCTIONAL || standard == STANDARD_DYSFUNCTIONAL)
        return &kano_scale;
    if (standard == STANDARD_IMPORTANCE)
        return &study->scales[study->columns.importance_scale];
    return &study->scales[study->items[item].scale];
}

unsigned study_code_bytes(const struct study *study)
{
    for (uint32_t i = 0; i < study->scale_count; i++) {
        if (study->scales[i].steps > INT8_MAX)
            return 2;
    }
    return 1;
}

uint32_t study_segment(const struct study *study, struct span name)
{
    for (uint32_t i = 0; i < study->columns.segment_count; i++) {
        if (span_is(name, study->columns.segments[i].column))
            return i;
    }
    return UINT32_MAX;
}

uint32_t study_outcome_of_role(const struct study *study, enum outcome_role role)
{
    assert(role != OUTCOME_ROLE_NONE && role < OUTCOME_ROLE_COUNT);
    for (uint32_t i = 0; i < study->columns.outcome_count; i++) {
        if (study->columns.outcomes[i].role == role)
            return i;
    }
    return UINT32_MAX;
}

bool study_asks_source(const struct study *study, enum expectation_source source)
{
    return study->columns.sources.list != NULL || study->columns.sources.columns[source] != NULL;
}

bool study_asks_sources(const struct study *study)
{
    bool asked = false;
    for (enum expectation_source i = 0; i < SOURCE_COUNT && !asked; i++)
        asked = study_asks_source(study, i);
    return asked;
}

bool study_is_weighted(const struct study *study)
{
    return study->columns.weight != NULL || study->margin_count > 0;
}
