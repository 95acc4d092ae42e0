/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "model/collection.h"
#include "model/study.h"

/* Both absent, or the same text. */
static bool same_text(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

/* takes   a, b  lists of `count` texts; NULL lists hold none */
static bool same_texts(const char *const *a, const char *const *b, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (!same_text(a == NULL ? NULL : a[i], b == NULL ? NULL : b[i]))
            return false;
    }
    return true;
}

static bool same_scale(const struct scale *a, const struct scale *b)
{
    if (!same_text(a->id, b->id) || !scale_same(a, b) || decimal_compare(a->max, b->max) != 0 || a->label_count != b->label_count)
        return false;
    for (uint32_t i = 0; i < a->label_count; i++) {
        if (a->labels[i].code != b->labels[i].code || !same_text(a->labels[i].text, b->labels[i].text))
            return false;
    }
    return true;
}

static bool same_questions(const struct study *a, const struct study *b)
{
    if (a->scale_count != b->scale_count || a->dimension_count != b->dimension_count || a->item_count != b->item_count)
        return false;
    for (uint32_t i = 0; i < a->scale_count; i++) {
        if (!same_scale(&a->scales[i], &b->scales[i]))
            return false;
    }
    for (uint32_t i = 0; i < a->dimension_count; i++) {
        const struct dimension *left = &a->dimensions[i], *right = &b->dimensions[i];
        if (!same_text(left->id, right->id) || !same_text(left->title, right->title) || left->item_count != right->item_count ||
            memcmp(left->items, right->items, left->item_count * sizeof *left->items) != 0)
            return false;
    }
    for (uint32_t i = 0; i < a->item_count; i++) {
        const struct item *left = &a->items[i], *right = &b->items[i];
        if (!same_text(left->id, right->id) || !same_text(left->text, right->text) || left->dimension != right->dimension ||
            left->scale != right->scale || left->reverse != right->reverse)
            return false;
    }
    return true;
}

static bool same_single_columns(const struct columns *a, const struct columns *b)
{
    const char *const left[] = {a->respondent,    a->encounter,      a->channel,      a->touchpoint,       a->employee,
                                a->wave,          a->weight,         a->cluster,      a->strata,           a->time,
                                a->journey.order, a->journey.rating, a->in_rows.item, a->in_rows.standard, a->in_rows.value};
    const char *const right[] = {b->respondent,    b->encounter,      b->channel,      b->touchpoint,       b->employee,
                                 b->wave,          b->weight,         b->cluster,      b->strata,           b->time,
                                 b->journey.order, b->journey.rating, b->in_rows.item, b->in_rows.standard, b->in_rows.value};
    return same_texts(left, right, sizeof left / sizeof *left);
}

static bool same_answer_columns(const struct study *a, const struct study *b)
{
    const struct columns *left = &a->columns, *right = &b->columns;
    for (enum standard standard = 0; standard < STANDARD_COUNT; standard++) {
        if (!same_texts(left->of_item[standard], right->of_item[standard], a->item_count))
            return false;
    }
    if (left->journey.rating != NULL && right->journey.rating != NULL &&
        !same_scale(&left->journey.rating_scale, &right->journey.rating_scale))
        return false;
    if (left->time_period != right->time_period || left->time_format != right->time_format)
        return false;
    return left->layout == right->layout && left->importance == right->importance &&
           left->importance_scale == right->importance_scale &&
           same_texts(left->points_of_dimension, right->points_of_dimension, a->dimension_count) &&
           same_texts(left->in_rows.standard_text, right->in_rows.standard_text, STANDARD_COUNT) &&
           same_texts(left->in_rows.standard_column, right->in_rows.standard_column, STANDARD_COUNT);
}

static bool same_missing(const struct missing_code *a, const struct missing_code *b, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (!same_text(a[i].text, b[i].text) || a[i].kind != b[i].kind || a[i].is_number != b[i].is_number ||
            (a[i].is_number && decimal_compare(a[i].number, b[i].number) != 0))
            return false;
    }
    return true;
}

static bool same_outcomes(const struct columns *a, const struct columns *b)
{
    if (a->outcome_count != b->outcome_count)
        return false;
    for (uint32_t i = 0; i < a->outcome_count; i++) {
        const struct outcome *left = &a->outcomes[i], *right = &b->outcomes[i];
        if (!same_text(left->name, right->name) || !same_text(left->column, right->column) || left->kind != right->kind ||
            left->decimals != right->decimals || left->role != right->role || left->easy_low != right->easy_low ||
            left->missing_count != right->missing_count || !same_missing(left->missing, right->missing, left->missing_count) ||
            !same_scale(&left->scale, &right->scale))
            return false;
    }
    return true;
}

/* What is implied follows from the collection. */
static bool same_sources(const struct source_columns *a, const struct source_columns *b)
{
    return same_text(a->list, b->list) && same_texts(a->codes, b->codes, SOURCE_COUNT) &&
           same_texts(a->columns, b->columns, SOURCE_COUNT);
}

static bool same_arm(const struct columns *a, const struct columns *b)
{
    return a->arm_implied == b->arm_implied && same_text(a->arm, b->arm);
}

static bool same_lists(const struct columns *a, const struct columns *b)
{
    if (a->segment_count != b->segment_count || a->comment_count != b->comment_count)
        return false;
    for (uint32_t i = 0; i < a->segment_count; i++) {
        if (!same_text(a->segments[i].column, b->segments[i].column))
            return false;
    }
    return same_texts(a->comments, b->comments, a->comment_count);
}

static bool same_margins(const struct study *a, const struct study *b)
{
    if (a->margin_count != b->margin_count || a->trim_weights != b->trim_weights)
        return false;
    for (uint32_t i = 0; i < a->margin_count; i++) {
        const struct margin *left = &a->margins[i], *right = &b->margins[i];
        if (left->segment != right->segment || left->category_count != right->category_count)
            return false;
        for (uint32_t c = 0; c < left->category_count; c++) {
            if (!same_text(left->categories[c].value, right->categories[c].value) ||
                decimal_compare(left->categories[c].target, right->categories[c].target) != 0)
                return false;
        }
    }
    return true;
}

bool study_equal(const struct study *a, const struct study *b)
{
    return same_text(a->title, b->title) && same_text(a->owner, b->owner) && a->expectation == b->expectation &&
           a->asked == b->asked && a->simulated == b->simulated && same_text(a->attribution, b->attribution) &&
           a->decimal_mark == b->decimal_mark && same_questions(a, b) && same_single_columns(&a->columns, &b->columns) &&
           same_answer_columns(a, b) && same_outcomes(&a->columns, &b->columns) && same_lists(&a->columns, &b->columns) &&
           same_sources(&a->columns.sources, &b->columns.sources) && same_arm(&a->columns, &b->columns) &&
           a->missing_count == b->missing_count && same_missing(a->missing, b->missing, a->missing_count) && same_margins(a, b) &&
           same_texts(a->stems, b->stems, STEM_COUNT) &&
           collection_equal(a->collection, b->collection, a->columns.outcome_count, a->columns.comment_count);
}
