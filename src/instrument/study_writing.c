/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "instrument/column_pattern.h"
#include "instrument/json_writing.h"
#include "instrument/study_file.h"

struct study_writing {
    struct ctx *ctx;
    const struct study *study;
    struct json_tree tree;
    struct name_list items, dimensions;
};

/* Columns of many things: as a pattern when one gives them all, else by id.
 * takes   headers  NULL: nothing is put */
static void put_headers(struct study_writing *writing, json_t *object, const char *key, const char *const *headers,
                        struct name_list names)
{
    const char *pattern = NULL;
    if (headers == NULL)
        return;
    if (column_pattern_find(writing->ctx, headers, names, &pattern) != STATUS_OK)
        writing->tree.failed = true;
    if (pattern != NULL) {
        json_put_text(&writing->tree, object, key, pattern);
        return;
    }
    json_t *by_id = json_put_object(&writing->tree, object, key);
    for (uint32_t i = 0; i < names.count; i++)
        json_put_text(&writing->tree, by_id, names.at[i], headers[i]);
}

static void put_importance(struct study_writing *writing, json_t *columns)
{
    const struct columns *from = &writing->study->columns;
    if (from->importance == IMPORTANCE_NONE)
        return;
    bool points = from->importance == IMPORTANCE_POINTS;
    json_t *importance = json_put_object(&writing->tree, columns, "importance");
    json_put_text(&writing->tree, importance, "kind", points ? "points" : "rating");
    json_put_text(&writing->tree, importance, "of", points ? "dimension" : "item");
    if (points) {
        put_headers(writing, importance, "columns", from->points_of_dimension, writing->dimensions);
        return;
    }
    json_put_text(&writing->tree, importance, "scale", writing->study->scales[from->importance_scale].id);
    if (from->layout == LAYOUT_LONG)
        json_put_text(&writing->tree, importance, "columns", from->in_rows.standard_column[STANDARD_IMPORTANCE]);
    else
        put_headers(writing, importance, "columns", from->of_item[STANDARD_IMPORTANCE], writing->items);
}

static void put_long_layout(struct study_writing *writing, json_t *columns)
{
    const struct long_columns *rows = &writing->study->columns.in_rows;
    json_put_text(&writing->tree, columns, "layout", "long");
    json_put_text(&writing->tree, columns, "item", rows->item);
    json_put_text(&writing->tree, columns, "standard", rows->standard);
    json_put_text(&writing->tree, columns, "value", rows->value);
    if (rows->standard != NULL) {
        json_t *standards = json_put_object(&writing->tree, columns, "standards");
        for (enum standard standard = 0; standard < STANDARD_COUNT; standard++) {
            if (rows->standard_text[standard] != NULL)
                json_put_text(&writing->tree, standards, rows->standard_text[standard], standard_name(standard));
        }
        return;
    }
    for (enum standard standard = 0; standard < STANDARD_COUNT; standard++) {
        if (standard != STANDARD_IMPORTANCE)
            json_put_text(&writing->tree, columns, standard_name(standard), rows->standard_column[standard]);
    }
}

static void put_journey_layout(struct study_writing *writing, json_t *columns)
{
    const struct journey_columns *journey = &writing->study->columns.journey;
    json_put_text(&writing->tree, columns, "layout", "journey");
    json_put_text(&writing->tree, columns, "order", journey->order);
    if (journey->rating == NULL)
        return;
    json_t *rating = json_put_object(&writing->tree, columns, "rating");
    json_put_text(&writing->tree, rating, "column", journey->rating);
    json_put_scale(&writing->tree, rating, &journey->rating_scale);
}

/* A role that the name implies need not be said. */
static void put_role(struct study_writing *writing, json_t *object, const struct outcome *outcome)
{
    uint32_t implied = OUTCOME_ROLE_NONE;
    for (uint32_t role = 0; role < OUTCOME_ROLE_COUNT; role++) {
        if (strcmp(outcome_role_name((enum outcome_role)role), outcome->name) == 0)
            implied = role;
    }
    if (outcome->role != implied)
        json_put_text(&writing->tree, object, "role", outcome_role_name(outcome->role));
    if (outcome->easy_low)
        json_put_text(&writing->tree, object, "easy", "low");
}

static void put_missing(struct study_writing *writing, json_t *object, const struct missing_code *codes, uint32_t count)
{
    json_t *missing = json_put_object(&writing->tree, object, "missing");
    for (uint32_t i = 0; i < count; i++)
        json_put_text(&writing->tree, missing, codes[i].text, missing_name(codes[i].kind));
}

static void put_outcomes(struct study_writing *writing, json_t *columns)
{
    const struct columns *from = &writing->study->columns;
    if (from->outcome_count == 0)
        return;
    json_t *outcomes = json_put_object(&writing->tree, columns, "outcomes");
    for (uint32_t i = 0; i < from->outcome_count; i++) {
        const struct outcome *outcome = &from->outcomes[i];
        json_t *object = json_put_object(&writing->tree, outcomes, outcome->name);
        json_put_text(&writing->tree, object, "column", outcome->column);
        if (outcome->kind == OUTCOME_SCALE) {
            json_put_scale(&writing->tree, object, &outcome->scale);
            put_role(writing, object, outcome);
        } else {
            json_put_text(&writing->tree, object, "kind", "real");
            json_put(&writing->tree, object, "decimals", json_integer(outcome->decimals));
        }
        if (outcome->missing_count > 0)
            put_missing(writing, object, outcome->missing, outcome->missing_count);
    }
}

static void put_lists(struct study_writing *writing, json_t *columns)
{
    const struct columns *from = &writing->study->columns;
    json_t *segments = json_put_list(&writing->tree, columns, "segments");
    for (uint32_t i = 0; i < from->segment_count; i++)
        json_append(&writing->tree, segments, json_string(from->segments[i].column));
    if (from->comment_count == 0)
        return;
    json_t *comments = json_put_list(&writing->tree, columns, "comments");
    for (uint32_t i = 0; i < from->comment_count; i++)
        json_append(&writing->tree, comments, json_string(from->comments[i]));
}

/* Not what the collection implies. */
static void put_sources(struct study_writing *writing, json_t *columns)
{
    const struct source_columns *from = &writing->study->columns.sources;
    json_t *codes = NULL, *into = NULL;
    if (!study_asks_sources(writing->study) || from->implied)
        return;
    into = json_put_object(&writing->tree, columns, "sources");
    json_put_text(&writing->tree, into, "column", from->list);
    for (enum expectation_source i = 0; i < SOURCE_COUNT; i++) {
        json_put_text(&writing->tree, into, expectation_source_name(i), from->columns[i]);
        if (from->codes[i] != NULL && codes == NULL)
            codes = json_put_object(&writing->tree, into, "codes");
        if (from->codes[i] != NULL)
            json_put_text(&writing->tree, codes, expectation_source_name(i), from->codes[i]);
    }
}

static void put_time(struct study_writing *writing, json_t *columns)
{
    const struct columns *from = &writing->study->columns;
    if (from->time == NULL)
        return;
    json_t *time = json_put_object(&writing->tree, columns, "time");
    json_put_text(&writing->tree, time, "column", from->time);
    json_put_text(&writing->tree, time, "period", time_period_name(from->time_period));
    if (from->time_format != DATE_ISO)
        json_put_text(&writing->tree, time, "format", date_format_name(from->time_format));
}

static void put_columns(struct study_writing *writing)
{
    const struct columns *from = &writing->study->columns;
    json_t *columns = json_put_object(&writing->tree, writing->tree.root, "columns");
    json_put_text(&writing->tree, columns, "respondent", from->respondent);
    json_put_text(&writing->tree, columns, "encounter", from->encounter);
    if (from->layout == LAYOUT_LONG)
        put_long_layout(writing, columns);
    if (from->layout == LAYOUT_JOURNEY)
        put_journey_layout(writing, columns);
    for (enum standard standard = 0; from->layout == LAYOUT_WIDE && standard < STANDARD_COUNT; standard++) {
        if (standard != STANDARD_IMPORTANCE)
            put_headers(writing, columns, standard_name(standard), from->of_item[standard], writing->items);
    }
    put_importance(writing, columns);
    put_outcomes(writing, columns);
    put_lists(writing, columns);
    const struct {
        const char *member, *header;
    } singles[] = {
        {"channel", from->channel},   {"touchpoint", from->touchpoint},
        {"employee", from->employee}, {"wave", from->wave},
        {"weight", from->weight},     {"cluster", from->cluster},
        {"strata", from->strata},     {"arm", from->arm_implied ? NULL : from->arm},
    };
    for (size_t i = 0; i < sizeof singles / sizeof *singles; i++)
        json_put_text(&writing->tree, columns, singles[i].member, singles[i].header);
    put_time(writing, columns);
    put_sources(writing, columns);
}

static void put_margins(struct study_writing *writing)
{
    const struct study *study = writing->study;
    if (study->margin_count == 0)
        return;
    json_t *margins = json_put_object(&writing->tree, writing->tree.root, "margins");
    for (uint32_t i = 0; i < study->margin_count; i++) {
        const struct margin *margin = &study->margins[i];
        json_t *shares = json_put_object(&writing->tree, margins, study->columns.segments[margin->segment].column);
        for (uint32_t c = 0; c < margin->category_count; c++)
            json_put_decimal(&writing->tree, shares, margin->categories[c].value, margin->categories[c].target);
    }
    if (study->trim_weights)
        json_put(&writing->tree, writing->tree.root, "trim_weights", json_true());
}

static enum status names_collect(struct study_writing *writing)
{
    const struct study *study = writing->study;
    const char **items = arena_array(writing->ctx->arena, (size_t)study->item_count + 1, sizeof *items);
    const char **dimensions = arena_array(writing->ctx->arena, (size_t)study->dimension_count + 1, sizeof *dimensions);
    if (items == NULL || dimensions == NULL)
        return ctx_no_memory(writing->ctx);
    for (uint32_t i = 0; i < study->item_count; i++)
        items[i] = study->items[i].id;
    for (uint32_t i = 0; i < study->dimension_count; i++)
        dimensions[i] = study->dimensions[i].id;
    writing->items = (struct name_list){items, study->item_count};
    writing->dimensions = (struct name_list){dimensions, study->dimension_count};
    return STATUS_OK;
}

enum status study_write(struct ctx *ctx, const struct study *study, struct out *out)
{
    struct study_writing writing = {.ctx = ctx, .study = study};
    enum status status = names_collect(&writing);
    if (status != STATUS_OK)
        return status;
    json_tree_begin(&writing.tree);
    json_t *root = writing.tree.root;
    json_put(&writing.tree, root, "gapmeter", json_integer(1));
    json_put_text(&writing.tree, root, "title", study->title);
    json_put_text(&writing.tree, root, "owner", study->owner);
    json_t *design = json_put_object(&writing.tree, root, "design");
    json_put_text(&writing.tree, design, "expectation", expectation_kind_name(study->expectation));
    json_put_text(&writing.tree, design, "asked", asked_name(study->asked));
    if (study->simulated)
        json_put(&writing.tree, root, "simulated", json_true());
    json_put_text(&writing.tree, root, "attribution", study->attribution);
    if (study->decimal_mark != '\0')
        json_put_text(&writing.tree, root, "decimal_mark", study->decimal_mark == ',' ? "," : ".");
    const struct written_questions questions = {.scales = study->scales,
                                                .scale_count = study->scale_count,
                                                .dimensions = study->dimensions,
                                                .dimension_count = study->dimension_count,
                                                .items = study->items,
                                                .item_count = study->item_count};
    json_put_questions(&writing.tree, root, &questions);
    json_put_stems(&writing.tree, root, study->stems);
    put_columns(&writing);
    put_missing(&writing, root, study->missing, study->missing_count);
    put_margins(&writing);
    json_put_collection(&writing.tree, root, study);
    return json_tree_end(ctx, &writing.tree, out);
}
