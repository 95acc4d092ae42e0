/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/instrument_file.h"

#include <string.h>

#include "instrument/study_reading.h"
#include "model/embedded.h"

static const struct json_member instrument_members[] = {
    {"gapmeter_instrument", KIND_WHOLE, true},
    {"$schema", KIND_TEXT, false},
    {"name", KIND_TEXT, true},
    {"title", KIND_TEXT, true},
    {"meaning", KIND_TEXT, true},
    {"version", KIND_TEXT, true},
    {"language", KIND_TEXT, true},
    {"kind", KIND_TEXT, true},
    {"source", KIND_TEXT, true},
    {"licence", KIND_TEXT, true},
    {"attribution", KIND_TEXT, false},
    {"validated", KIND_TRUTH, true},
    {"standards", KIND_LIST, true},
    {"stems", KIND_OBJECT, false},
    {"does_not_apply", KIND_OBJECT, true},
    {"scale", KIND_OBJECT, false},
    {"scales", KIND_OBJECT, false},
    {"importance_scale", KIND_TEXT, false},
    {"dimensions", KIND_LIST, false},
    {"items", KIND_LIST, true},
    {"translations", KIND_OBJECT, false},
};

static const struct json_member does_not_apply_members[] = {
    {"code", KIND_TEXT, true},
    {"text", KIND_TEXT, true},
};

static enum status plain_texts_read(struct ctx *ctx, const struct json_node *root, struct instrument *instrument)
{
    const struct {
        const char *member;
        const char **text;
    } texts[] = {
        {"name", &instrument->name},         {"title", &instrument->title},
        {"meaning", &instrument->meaning},   {"version", &instrument->version},
        {"language", &instrument->language}, {"source", &instrument->source},
        {"licence", &instrument->licence},   {"attribution", &instrument->attribution},
    };
    enum status status = STATUS_OK;
    for (size_t i = 0; i < sizeof texts / sizeof *texts && status == STATUS_OK; i++)
        status = json_read_text_member(ctx, root, texts[i].member, NULL, texts[i].text);
    instrument->validated = json_truth_member(root, "validated", false);
    return status;
}

static enum status kind_read(struct ctx *ctx, const struct json_node *root, struct instrument *instrument)
{
    static const char *const kinds[] = {"gap", "rating", "zone", "checklist", "index"};
    struct json_node child;
    uint32_t kind = 0;
    if (!json_member_at(root, "kind", &child))
        return json_fail(ctx, root, "\"kind\" is missing; it is text.");
    enum status status =
        json_read_word(ctx, &child, "a kind of instrument", (struct name_list){kinds, INSTRUMENT_KIND_COUNT}, &kind);
    instrument->kind = (enum instrument_kind)kind;
    return status;
}

static enum status standards_read(struct ctx *ctx, const struct json_node *root, struct instrument *instrument)
{
    static const char *const names[] = {"expectation", "perception", "desired",      "minimum",
                                        "importance",  "functional", "dysfunctional"};
    struct json_node list;
    if (!json_member_at(root, "standards", &list) || json_array_size(list.value) == 0)
        return json_fail(
            ctx, root,
            "\"standards\" is missing or empty: which of expectation, perception, desired, minimum, importance, functional, "
            "dysfunctional are asked.");
    for (size_t i = 0; i < json_array_size(list.value); i++) {
        struct json_node element = json_element_at(&list, i);
        uint32_t standard = 0;
        enum status status = json_read_word(ctx, &element, "a standard", (struct name_list){names, STANDARD_COUNT}, &standard);
        if (status != STATUS_OK)
            return status;
        if ((instrument->standards & 1u << standard) != 0)
            return json_fail(ctx, &element, "\"%s\" stands here twice.", names[standard]);
        instrument->standards |= 1u << standard;
    }
    if (instrument->standards == 1u << STANDARD_IMPORTANCE)
        return json_fail(ctx, &list, "Importance alone is not enough; add expectation, perception, desired or minimum.");
    const unsigned kano = 1u << STANDARD_FUNCTIONAL | 1u << STANDARD_DYSFUNCTIONAL;
    if ((instrument->standards & kano) != 0 && (instrument->standards & kano) != kano)
        return json_fail(ctx, &list,
                         "\"functional\" and \"dysfunctional\" are the two questions of Kano and go together; add the other.");
    return STATUS_OK;
}

static enum status does_not_apply_read(struct ctx *ctx, const struct json_node *root, struct instrument *instrument)
{
    struct json_members members = {does_not_apply_members, sizeof does_not_apply_members / sizeof *does_not_apply_members};
    struct json_node node, child;
    if (!json_member_at(root, "does_not_apply", &node))
        return json_fail(ctx, root, "\"does_not_apply\" is missing; it is an object.");
    enum status status = json_check_object(ctx, &node, members);
    if (status == STATUS_OK && json_member_at(&node, "code", &child))
        status = json_read_name(ctx, &child, &instrument->not_applicable_code);
    if (status == STATUS_OK && json_member_at(&node, "text", &child))
        status = json_read_name(ctx, &child, &instrument->not_applicable_text);
    return status;
}

/* "Does not apply" must not be taken for an answer, nor for a note among the missing codes of a study. */
static enum status check_does_not_apply(struct ctx *ctx, const struct json_node *root, const struct instrument *instrument)
{
    struct json_node node;
    const char *const cells[] = {instrument->not_applicable_code, instrument->not_applicable_text};
    if (!json_member_at(root, "does_not_apply", &node))
        return STATUS_OK;
    if (strcmp(cells[0], cells[1]) == 0)
        return json_fail(ctx, &node, "The code and the text are both \"%.60s\"; take a short code, such as n/a.", cells[0]);
    if (strcmp(cells[0], "note") == 0 || strcmp(cells[1], "note") == 0)
        return json_fail(ctx, &node, "\"note\" cannot stand for an answer, because every object may hold a note.");
    for (uint32_t i = 0; i < 2 * instrument->scale_count; i++) {
        const struct scale *scale = &instrument->scales[i / 2];
        if (scale_code_of_text(scale, span_of(cells[i % 2]), '.') != 0)
            return json_fail(ctx, &node, "\"%.60s\" is an answer on the scale \"%.60s\"; take another.", cells[i % 2], scale->id);
    }
    return STATUS_OK;
}

static enum status questions_read(struct ctx *ctx, const struct json_node *root, struct instrument *instrument)
{
    struct question_set set;
    struct json_node child;
    enum status status = question_set_read(ctx, root, true, &set);
    if (status != STATUS_OK)
        return status;
    instrument->scales = set.scales;
    instrument->scale_count = set.scale_count;
    instrument->dimensions = set.dimensions;
    instrument->dimension_count = set.dimension_count;
    instrument->items = set.items;
    instrument->item_count = set.item_count;
    instrument->provenance = set.provenance;
    instrument->importance_scale = UINT32_MAX;
    bool asked = (instrument->standards & 1u << STANDARD_IMPORTANCE) != 0;
    if (json_member_at(root, "importance_scale", &child)) {
        const char *id = json_string_value(child.value);
        instrument->importance_scale = name_list_find(set.scale_names, id);
        if (instrument->importance_scale == UINT32_MAX)
            return json_fail_unknown(ctx, &child, id, "a scale of this instrument", set.scale_names);
        if (!asked)
            return json_fail(ctx, &child, "\"importance_scale\" stands here, but \"standards\" does not ask importance.");
    } else if (asked) {
        return json_fail(ctx, root, "\"importance_scale\" is missing, and \"standards\" asks importance.");
    }
    if (set.item_count == 0 && json_member_at(root, "items", &child))
        return json_fail(ctx, &child, "An instrument needs at least one item.");
    return STATUS_OK;
}

static enum status instrument_of_json(struct ctx *ctx, const struct json_node *root, const struct instrument **out)
{
    struct json_members members = {instrument_members, sizeof instrument_members / sizeof *instrument_members};
    struct json_node child;
    struct instrument *instrument = arena_alloc(ctx->arena, sizeof *instrument);
    if (instrument == NULL)
        return ctx_no_memory(ctx);
    *out = instrument;
    if (json_is_object(root->value) && json_object_get(root->value, "gapmeter") != NULL)
        return json_fail(ctx, root, "This is a study, not an instrument.");
    enum status status = json_check_object(ctx, root, members);
    if (status == STATUS_OK && json_member_at(root, "gapmeter_instrument", &child) && json_integer_value(child.value) != 1)
        return json_fail(ctx, &child, "This program reads instruments of version 1, not %lld.",
                         (long long)json_integer_value(child.value));
    if (status == STATUS_OK)
        status = plain_texts_read(ctx, root, instrument);
    if (status == STATUS_OK)
        status = kind_read(ctx, root, instrument);
    if (status == STATUS_OK)
        status = standards_read(ctx, root, instrument);
    if (status == STATUS_OK)
        status = stems_read(ctx, root, instrument->stems);
    if (status == STATUS_OK)
        status = does_not_apply_read(ctx, root, instrument);
    if (status == STATUS_OK)
        status = questions_read(ctx, root, instrument);
    if (status == STATUS_OK)
        status = instrument_translations_read(ctx, root, instrument);
    return status != STATUS_OK ? status : check_does_not_apply(ctx, root, instrument);
}

enum status instrument_read_text(struct ctx *ctx, struct span json, const char *name, const struct instrument **out)
{
    struct arena *scratch = NULL;
    struct json_node root;
    if (arena_create(ctx->arena, &scratch) != STATUS_OK)
        return ctx_no_memory(ctx);
    enum status status = json_open_text(ctx, scratch, json, name, &root);
    if (status == STATUS_OK)
        status = instrument_of_json(ctx, &root, out);
    arena_destroy(scratch);
    return status;
}

static enum status instrument_read_file(struct ctx *ctx, const char *path, const struct instrument **out)
{
    struct arena *scratch = NULL;
    struct json_node root;
    if (arena_create(ctx->arena, &scratch) != STATUS_OK)
        return ctx_no_memory(ctx);
    enum status status = json_open_file(ctx, scratch, path, "An instrument file", &root);
    if (status == STATUS_OK)
        status = instrument_of_json(ctx, &root, out);
    arena_destroy(scratch);
    return status;
}

bool instrument_is_path(const char *name_or_path)
{
    size_t length = strlen(name_or_path);
    return strchr(name_or_path, '/') != NULL || (length > 5 && strcmp(name_or_path + length - 5, ".json") == 0);
}

/* The name of the instrument that an embedded file is, or an empty span: "instruments/gap-22.json" is gap-22. */
static struct span shipped_name(const struct embedded_file *file)
{
    static const char folder[] = "instruments/", ending[] = ".json", schema[] = "schema.json";
    struct span name = span_of(file->name);
    if (name.length <= sizeof folder + sizeof ending - 2 || strncmp(name.at, folder, sizeof folder - 1) != 0)
        return (struct span){NULL, 0};
    const char *end = name.at + name.length;
    if (strcmp(end - (sizeof ending - 1), ending) != 0 || strcmp(end - (sizeof schema - 1), schema) == 0)
        return (struct span){NULL, 0};
    return (struct span){name.at + sizeof folder - 1, name.length - (sizeof folder - 1) - (sizeof ending - 1)};
}

enum status instrument_list(struct ctx *ctx, const char *const **out, size_t *count)
{
    size_t files = 0, found = 0;
    while (embedded_files[files].name != NULL)
        files++;
    const char **names = arena_array(ctx->arena, files + 1, sizeof *names);
    if (names == NULL)
        return ctx_no_memory(ctx);
    for (size_t i = 0; i < files; i++) {
        struct span name = shipped_name(&embedded_files[i]);
        if (name.length == 0)
            continue;
        names[found] = arena_copy(ctx->arena, name);
        if (names[found++] == NULL)
            return ctx_no_memory(ctx);
    }
    *out = names;
    *count = found;
    return STATUS_OK;
}

static enum status fail_not_shipped(struct ctx *ctx, const char *name)
{
    const char *const *names = NULL;
    size_t count = 0;
    char list[400], shown[80];
    enum status status = instrument_list(ctx, &names, &count);
    if (status != STATUS_OK)
        return status;
    text_printable(span_of(name), shown, sizeof shown);
    name_list_format((struct name_list){names, (uint32_t)count}, name, list, sizeof list);
    return ctx_fail(ctx, STATUS_NO_INPUT, NULL, "\"%s\" is not a shipped instrument; there are: %s", shown, list);
}

enum status instrument_find(struct ctx *ctx, const char *name_or_path, const struct instrument **out)
{
    if (instrument_is_path(name_or_path))
        return instrument_read_file(ctx, name_or_path, out);
    for (const struct embedded_file *file = embedded_files; file->name != NULL; file++) {
        struct span name = shipped_name(file);
        if (name.length > 0 && span_is(name, name_or_path)) {
            struct span text = {(const char *)file->at, file->length};
            return instrument_read_text(ctx, text, file->name, out);
        }
    }
    return fail_not_shipped(ctx, name_or_path);
}
