/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "instrument/study_reading.h"

static const struct json_member rating_members[] = {
    {"column", KIND_TEXT, true},  {"min", KIND_NUMBER, true},     {"max", KIND_NUMBER, true},
    {"step", KIND_NUMBER, false}, {"labels", KIND_OBJECT, false},
};

static enum status rating_read(struct study_reading *reading, const struct json_node *columns)
{
    const struct json_members members = {rating_members, sizeof rating_members / sizeof *rating_members};
    struct journey_columns *journey = &reading->study->columns.journey;
    struct json_node node;
    if (!json_member_at(columns, "rating", &node))
        return STATUS_OK;
    enum status status = json_check_object(reading->ctx, &node, members);
    if (status == STATUS_OK)
        status = json_read_text_member(reading->ctx, &node, "column", NULL, &journey->rating);
    return status == STATUS_OK ? scale_points_read(reading->ctx, &node, "rating", &journey->rating_scale) : status;
}

/* A row about a moment holds no answers to items. */
static enum status check_no_items(struct study_reading *reading, const struct json_node *columns)
{
    struct json_node child;
    for (enum standard standard = 0; standard < STANDARD_COUNT; standard++) {
        if (json_member_at(columns, standard_name(standard), &child))
            return json_fail(
                reading->ctx, &child,
                "A row per moment holds no answers to items; leave \"%s\" out. How a moment was rated is \"rating\".",
                standard_name(standard));
    }
    if (reading->study->item_count > 0)
        return json_fail(
            reading->ctx, columns,
            "The study has items, but a row per moment holds no answers to them; leave out the items, or the layout.");
    return STATUS_OK;
}

/* Touchpoint and time differ within a journey, and a segment does not. */
static enum status check_segments(struct study_reading *reading, const struct json_node *columns)
{
    const struct columns *read = &reading->study->columns;
    const char *const of_moments[] = {read->touchpoint, read->time, read->journey.order, read->journey.rating};
    struct json_node child;
    for (size_t i = 0; i < sizeof of_moments / sizeof *of_moments; i++) {
        if (of_moments[i] != NULL && study_segment(reading->study, span_of(of_moments[i])) != UINT32_MAX)
            return json_fail(
                reading->ctx, json_member_at(columns, "segments", &child) ? &child : columns,
                "Column \"%.80s\" is of moments and differs within a journey; a segment is the same in all rows of one.",
                of_moments[i]);
    }
    return STATUS_OK;
}

enum status journey_read(struct study_reading *reading, const struct json_node *columns)
{
    struct columns *into = &reading->study->columns;
    enum status status = check_no_items(reading, columns);
    if (status == STATUS_OK)
        status = json_read_text_member(reading->ctx, columns, "order", NULL, &into->journey.order);
    if (status == STATUS_OK)
        status = rating_read(reading, columns);
    if (status != STATUS_OK)
        return status;
    if (into->respondent == NULL && into->encounter == NULL)
        return json_fail(
            reading->ctx, columns,
            "\"respondent\" and \"encounter\" are missing: with a row per moment one of them says which rows are one journey.");
    if (into->touchpoint == NULL)
        return json_fail(reading->ctx, columns,
                         "\"touchpoint\" is missing: the header of the column that names what the customer met.");
    if (into->time == NULL && into->journey.order == NULL)
        return json_fail(reading->ctx, columns, "\"time\" and \"order\" are missing: one of them says which moment came first.");
    return check_segments(reading, columns);
}
