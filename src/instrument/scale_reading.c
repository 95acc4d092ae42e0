/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/limits.h"
#include "instrument/question_set.h"

static const struct json_member scale_members[] = {
    {"min", KIND_NUMBER, true},
    {"max", KIND_NUMBER, true},
    {"step", KIND_NUMBER, false},
    {"labels", KIND_OBJECT, false},
};

/* Brings the three numbers to the same places and counts the points between them. */
static enum status points_count(struct ctx *ctx, const struct json_node *node, struct scale *scale)
{
    char min[24], max[24], step[24];
    decimal_format(scale->min, min, sizeof min);
    decimal_format(scale->max, max, sizeof max);
    decimal_format(scale->step, step, sizeof step);
    if (decimal_compare(scale->min, scale->max) >= 0)
        return json_fail(ctx, node, "min is %s and max is %s; min must lie below max.", min, max);
    if (scale->step.units <= 0)
        return json_fail(ctx, node, "step is %s; it must lie above 0.", step);
    unsigned places = scale->min.places > scale->max.places ? scale->min.places : scale->max.places;
    places = places > scale->step.places ? places : scale->step.places;
    if (!decimal_rescale(scale->min, places, &scale->min) || !decimal_rescale(scale->max, places, &scale->max) ||
        !decimal_rescale(scale->step, places, &scale->step))
        return json_fail(ctx, node, "min %s, max %s and step %s together take more than 18 digits.", min, max, step);
    int64_t range = scale->max.units - scale->min.units;
    if (range % scale->step.units != 0)
        return json_fail(ctx, node,
                         "The way from %s to %s is not a whole number of steps of %s; change min, max or step so that it is.",
                         min, max, step);
    if (range / scale->step.units >= SCALE_STEPS_MAX)
        return json_fail(ctx, node, "%s to %s in steps of %s are more than %u points; take a larger step.", min, max, step,
                         SCALE_STEPS_MAX);
    scale->steps = (uint32_t)(range / scale->step.units) + 1;
    return STATUS_OK;
}

/* A label must mean its own point and no other, as a reader of answers would take it. */
static enum status check_label(struct ctx *ctx, const struct json_node *node, const struct scale *scale,
                               const struct scale_label *label)
{
    struct decimal number;
    for (uint32_t i = 0; i < scale->label_count; i++) {
        if (scale->labels[i].code == label->code)
            return json_fail(ctx, node, "This point has a label already: \"%.100s\".", scale->labels[i].text);
        if (span_equal_caseless(span_of(scale->labels[i].text), span_of(label->text)))
            return json_fail(ctx, node, "\"%.100s\" is the label of another point too; each point needs its own words.",
                             label->text);
    }
    if (decimal_parse(span_of(label->text), '.', &number) && scale_code(scale, number) != label->code)
        return json_fail(ctx, node, "The label \"%.40s\" is a number, but not that of its point; give it words.", label->text);
    return STATUS_OK;
}

static enum status labels_read(struct ctx *ctx, const struct json_node *node, struct scale *scale)
{
    const char *key = NULL;
    json_t *value = NULL;
    enum status status = json_check_count(ctx, node, SCALE_LABELS_MAX, "labels");
    if (status != STATUS_OK)
        return status;
    struct scale_label *labels = arena_array(ctx->arena, json_object_size(node->value) + 1, sizeof *labels);
    if (labels == NULL)
        return ctx_no_memory(ctx);
    scale->labels = labels;
    json_object_foreach (node->value, key, value) {
        struct json_node child = {.value = value, .file = node->file, .parent = node, .key = key};
        struct decimal point;
        if (strcmp(key, "note") == 0)
            continue;
        struct scale_label *label = &labels[scale->label_count];
        if (decimal_parse(span_of(key), '.', &point))
            label->code = scale_code(scale, point);
        if (label->code == 0) {
            char shown[64], points[96];
            text_printable(span_of(key), shown, sizeof shown);
            scale_format(scale, points, sizeof points);
            return json_fail(ctx, &child, "\"%s\" is no point of the scale %s, so it cannot have a label.", shown, points);
        }
        status = json_read_text(ctx, &child, &label->text);
        if (status == STATUS_OK)
            status = check_label(ctx, &child, scale, label);
        if (status != STATUS_OK)
            return status;
        scale->label_count++;
    }
    return STATUS_OK;
}

enum status scale_points_read(struct ctx *ctx, const struct json_node *node, const char *id, struct scale *out)
{
    struct json_node child;
    struct scale scale = {.id = id, .step = {1, 0}};
    enum status status = STATUS_OK;
    if (json_member_at(node, "min", &child))
        status = json_read_decimal(ctx, &child, &scale.min);
    if (status == STATUS_OK && json_member_at(node, "max", &child))
        status = json_read_decimal(ctx, &child, &scale.max);
    if (status == STATUS_OK && json_member_at(node, "step", &child))
        status = json_read_decimal(ctx, &child, &scale.step);
    if (status == STATUS_OK)
        status = points_count(ctx, node, &scale);
    if (status == STATUS_OK && json_member_at(node, "labels", &child))
        status = labels_read(ctx, &child, &scale);
    *out = scale;
    return status;
}

enum status scale_read(struct ctx *ctx, const struct json_node *node, const char *id, struct scale *out)
{
    struct json_members members = {scale_members, sizeof scale_members / sizeof *scale_members};
    enum status status = json_check_object(ctx, node, members);
    return status != STATUS_OK ? status : scale_points_read(ctx, node, id, out);
}

static enum status one_scale_read(struct ctx *ctx, const struct json_node *node, struct question_set *set, const char **names)
{
    enum status status = json_read_key(ctx, node, &names[set->scale_count]);
    if (status == STATUS_OK)
        status = scale_read(ctx, node, names[set->scale_count], &set->scales[set->scale_count]);
    if (status == STATUS_OK)
        set->scale_count++;
    return status;
}

enum status scales_read(struct ctx *ctx, const struct json_node *root, struct question_set *set)
{
    struct json_node single, several;
    bool has_single = json_member_at(root, "scale", &single);
    bool has_several = json_member_at(root, "scales", &several);
    if (has_single && has_several)
        return json_fail(ctx, &single, "\"scale\" is short for the only scale; it cannot stand beside \"scales\".");
    enum status status = has_several ? json_check_count(ctx, &several, SCALES_MAX, "scales") : STATUS_OK;
    if (status != STATUS_OK)
        return status;
    size_t room = (has_several ? json_object_size(several.value) : 1) + 1;
    set->scales = arena_array(ctx->arena, room, sizeof *set->scales);
    const char **names = arena_array(ctx->arena, room, sizeof *names);
    if (set->scales == NULL || names == NULL)
        return ctx_no_memory(ctx);
    const char *key = NULL;
    json_t *value = NULL;
    if (has_single)
        status = one_scale_read(ctx, &single, set, names);
    json_object_foreach (has_several ? several.value : NULL, key, value) {
        struct json_node child = {.value = value, .file = root->file, .parent = &several, .key = key};
        if (status == STATUS_OK && strcmp(key, "note") != 0)
            status = one_scale_read(ctx, &child, set, names);
    }
    set->scale_names = (struct name_list){names, set->scale_count};
    return status;
}
