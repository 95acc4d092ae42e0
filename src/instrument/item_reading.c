/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/limits.h"
#include "instrument/question_set.h"

static const struct json_member dimension_members[] = {
    {"id", KIND_TEXT, true},
    {"title", KIND_TEXT, false},
};

/* Those of instruments have one more, which stands last. */
static const struct json_member item_members[] = {
    {"id", KIND_TEXT, true},    {"dimension", KIND_TEXT, false}, {"scale", KIND_TEXT, false},
    {"text", KIND_TEXT, false}, {"reverse", KIND_TRUTH, false},  {"provenance", KIND_TEXT, true},
};

enum { ITEM_MEMBERS = sizeof item_members / sizeof *item_members };

/* Reads "id" and checks that it is new.
 * takes   names  those before it; the new one is added
 *         what   "item" */
static enum status id_read(struct ctx *ctx, const struct json_node *node, const char *what, const char **at,
                           struct name_list *names)
{
    struct json_node child;
    if (!json_member_at(node, "id", &child))
        return json_fail(ctx, node, "\"id\" is missing; it is text.");
    enum status status = json_read_name(ctx, &child, &at[names->count]);
    if (status != STATUS_OK)
        return status;
    const char *id = at[names->count];
    uint32_t before = name_list_find(*names, id);
    if (before != UINT32_MAX)
        return json_fail(ctx, &child, "\"%s\" is the id of %s %u too (counted from 1); each needs its own.", id, what,
                         before + 1);
    if (strcmp(id, "note") == 0)
        return json_fail(ctx, &child, "\"note\" cannot be an id, because every object may hold a note; take another.");
    names->count++;
    return STATUS_OK;
}

static enum status dimension_read(struct ctx *ctx, const struct json_node *node, const char **names, struct question_set *set)
{
    struct json_members members = {dimension_members, sizeof dimension_members / sizeof *dimension_members};
    struct dimension *dimension = &set->dimensions[set->dimension_count];
    struct json_node id;
    enum status status = json_check_object(ctx, node, members);
    if (status == STATUS_OK)
        status = id_read(ctx, node, "dimension", names, &set->dimension_names);
    if (status != STATUS_OK)
        return status;
    dimension->id = names[set->dimension_count];
    if (strcmp(dimension->id, "overall") == 0 && json_member_at(node, "id", &id))
        return json_fail(ctx, &id, "\"overall\" is the name of the score over all dimensions; take another id.");
    set->dimension_count++;
    return json_read_text_member(ctx, node, "title", dimension->id, &dimension->title);
}

static enum status dimensions_read(struct ctx *ctx, const struct json_node *root, struct question_set *set)
{
    struct json_node list;
    if (!json_member_at(root, "dimensions", &list))
        return STATUS_OK;
    enum status status = json_check_count(ctx, &list, DIMENSIONS_MAX, "dimensions");
    if (status != STATUS_OK)
        return status;
    size_t count = json_array_size(list.value);
    set->dimensions = arena_array(ctx->arena, count + 1, sizeof *set->dimensions);
    const char **names = arena_array(ctx->arena, count + 1, sizeof *names);
    if (set->dimensions == NULL || names == NULL)
        return ctx_no_memory(ctx);
    set->dimension_names.at = names;
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        struct json_node element = json_element_at(&list, i);
        status = dimension_read(ctx, &element, names, set);
    }
    return status;
}

/* The scale of an item: the one it names, or the only one there is. */
static enum status item_scale_read(struct ctx *ctx, const struct json_node *node, const struct question_set *set, uint32_t *out)
{
    struct json_node child;
    *out = 0;
    if (json_member_at(node, "scale", &child)) {
        const char *id = json_string_value(child.value);
        *out = name_list_find(set->scale_names, id);
        return *out != UINT32_MAX
                   ? STATUS_OK
                   : json_fail_unknown(ctx, &child, id,
                                       set->provenance == NULL ? "a scale of this study" : "a scale of this instrument",
                                       set->scale_names);
    }
    if (set->scale_count == 1)
        return STATUS_OK;
    char list[400];
    name_list_format(set->scale_names, NULL, list, sizeof list);
    return json_fail(ctx, node, "\"scale\" is missing, and there is not just one to take; there are: %s", list);
}

static enum status item_dimension_read(struct ctx *ctx, const struct json_node *node, const struct question_set *set,
                                       uint32_t *out)
{
    struct json_node child;
    *out = UINT32_MAX;
    if (!json_member_at(node, "dimension", &child))
        return STATUS_OK;
    const char *id = json_string_value(child.value);
    *out = name_list_find(set->dimension_names, id);
    if (*out == UINT32_MAX)
        return json_fail_unknown(ctx, &child, id,
                                 set->provenance == NULL ? "a dimension of this study" : "a dimension of this instrument",
                                 set->dimension_names);
    set->dimensions[*out].item_count++;
    return STATUS_OK;
}

static enum status item_read(struct ctx *ctx, const struct json_node *node, const char **names, struct question_set *set)
{
    struct json_members members = {item_members, set->provenance != NULL ? ITEM_MEMBERS : ITEM_MEMBERS - 1};
    struct item *item = &set->items[set->item_count];
    enum status status = json_check_object(ctx, node, members);
    if (status == STATUS_OK)
        status = id_read(ctx, node, "item", names, &set->item_names);
    if (status != STATUS_OK)
        return status;
    item->id = names[set->item_count];
    item->reverse = json_truth_member(node, "reverse", false);
    status = item_dimension_read(ctx, node, set, &item->dimension);
    if (status == STATUS_OK)
        status = item_scale_read(ctx, node, set, &item->scale);
    if (status == STATUS_OK)
        status = json_read_text_member(ctx, node, "text", item->id, &item->text);
    if (status == STATUS_OK && set->provenance != NULL)
        status = json_read_text_member(ctx, node, "provenance", NULL, &set->provenance[set->item_count]);
    set->item_count++;
    return status;
}

static enum status items_read(struct ctx *ctx, const struct json_node *root, bool with_provenance, struct question_set *set)
{
    struct json_node list;
    bool there = json_member_at(root, "items", &list);
    enum status status = there ? json_check_count(ctx, &list, ITEMS_MAX, "items") : STATUS_OK;
    if (status != STATUS_OK)
        return status;
    size_t count = there ? json_array_size(list.value) : 0;
    set->items = arena_array(ctx->arena, count + 1, sizeof *set->items);
    set->provenance = with_provenance ? arena_array(ctx->arena, count + 1, sizeof *set->provenance) : NULL;
    const char **names = arena_array(ctx->arena, count + 1, sizeof *names);
    if (set->items == NULL || names == NULL || (with_provenance && set->provenance == NULL))
        return ctx_no_memory(ctx);
    set->item_names.at = names;
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        struct json_node element = json_element_at(&list, i);
        status = item_read(ctx, &element, names, set);
    }
    return status;
}

/* Gives every dimension the list of its items, in the order of the items. */
static enum status dimension_items_fill(struct ctx *ctx, const struct json_node *root, struct question_set *set)
{
    struct json_node list;
    uint32_t *places = arena_array(ctx->arena, set->item_count + 1, sizeof *places);
    if (places == NULL)
        return ctx_no_memory(ctx);
    if (!json_member_at(root, "dimensions", &list))
        return STATUS_OK;
    for (uint32_t d = 0; d < set->dimension_count; d++) {
        struct dimension *dimension = &set->dimensions[d];
        struct json_node node = json_element_at(&list, d);
        if (dimension->item_count == 0)
            return json_fail(ctx, &node, "No item belongs to \"%s\"; give items \"dimension\": \"%s\" or leave it out.",
                             dimension->id, dimension->id);
        if (dimension->item_count > DIMENSION_ITEMS_MAX)
            return json_fail(ctx, &node, "%u items belong to \"%s\"; there is room for %u.", dimension->item_count, dimension->id,
                             DIMENSION_ITEMS_MAX);
        dimension->items = places;
        for (uint32_t i = 0; i < set->item_count; i++) {
            if (set->items[i].dimension == d)
                *places++ = i;
        }
    }
    return STATUS_OK;
}

enum status question_set_read(struct ctx *ctx, const struct json_node *root, bool with_provenance, struct question_set *out)
{
    *out = (struct question_set){.scale_count = 0};
    enum status status = scales_read(ctx, root, out);
    if (status == STATUS_OK)
        status = dimensions_read(ctx, root, out);
    if (status == STATUS_OK)
        status = items_read(ctx, root, with_provenance, out);
    return status != STATUS_OK ? status : dimension_items_fill(ctx, root, out);
}
