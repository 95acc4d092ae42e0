/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/study_file.h"

#include <string.h>

#include "instrument/instrument_file.h"
#include "instrument/study_reading.h"

static const struct json_member study_members[] = {
    {"gapmeter", KIND_WHOLE, true},     {"$schema", KIND_TEXT, false},       {"title", KIND_TEXT, false},
    {"owner", KIND_TEXT, false},        {"design", KIND_OBJECT, false},      {"instrument", KIND_TEXT, false},
    {"scale", KIND_OBJECT, false},      {"scales", KIND_OBJECT, false},      {"dimensions", KIND_LIST, false},
    {"items", KIND_LIST, false},        {"columns", KIND_OBJECT, true},      {"missing", KIND_OBJECT | KIND_LIST, false},
    {"decimal_mark", KIND_TEXT, false}, {"simulated", KIND_TRUTH, false},    {"attribution", KIND_TEXT, false},
    {"margins", KIND_OBJECT, false},    {"trim_weights", KIND_TRUTH, false}, {"stems", KIND_OBJECT, false},
    {"collection", KIND_OBJECT, false},
};

static const struct json_member design_members[] = {
    {"expectation", KIND_TEXT, false},
    {"asked", KIND_TEXT, false},
};

/* Members of "columns" that people put beside it. */
static enum status misplaced_check(struct study_reading *reading, const struct json_node *root)
{
    static const char *const of_columns[] = {"layout",     "respondent", "encounter",  "expectation",   "perception",
                                             "desired",    "minimum",    "functional", "dysfunctional", "standards",
                                             "standard",   "value",      "item",       "segments",      "weight",
                                             "importance", "outcomes",   "comments",   "sources"};
    struct json_node child;
    for (size_t i = 0; i < sizeof of_columns / sizeof *of_columns; i++) {
        if (json_member_at(root, of_columns[i], &child))
            return json_fail(reading->ctx, &child, "\"%s\" stands in \"columns\": write \"columns\": {\"%s\": …, …}.",
                             of_columns[i], of_columns[i]);
    }
    return STATUS_OK;
}

static enum status root_read(struct study_reading *reading, const struct json_node *root)
{
    struct json_members members = {study_members, sizeof study_members / sizeof *study_members};
    struct study *study = reading->study;
    struct json_node child;
    if (json_is_object(root->value) && json_object_get(root->value, "gapmeter_instrument") != NULL)
        return json_fail(reading->ctx, root, "This is an instrument, not a study; a study names it: \"instrument\": \"…\".");
    enum status status = json_is_object(root->value) ? misplaced_check(reading, root) : STATUS_OK;
    if (status == STATUS_OK)
        status = json_check_object(reading->ctx, root, members);
    if (status != STATUS_OK)
        return status;
    (void)json_member_at(root, "gapmeter", &child);
    if (json_integer_value(child.value) != 1)
        return json_fail(reading->ctx, &child, "This program reads study files of version 1, not %lld.",
                         (long long)json_integer_value(child.value));
    study->simulated = json_truth_member(root, "simulated", false);
    return STATUS_OK;
}

/* Those of the instrument, unless the study has its own. */
static enum status study_stems_read(struct study_reading *reading, const struct json_node *root)
{
    for (enum stem stem = 0; reading->instrument != NULL && stem < STEM_COUNT; stem++)
        reading->study->stems[stem] = reading->instrument->stems[stem];
    return stems_read(reading->ctx, root, reading->study->stems);
}

/* That of the instrument, unless the study has its own. */
static enum status attribution_read(struct study_reading *reading, const struct json_node *root)
{
    const char *inherited = reading->instrument != NULL ? reading->instrument->attribution : NULL;
    return json_read_text_member(reading->ctx, root, "attribution", inherited, &reading->study->attribution);
}

/* Without a title the study is called like its file. */
static enum status title_read(struct study_reading *reading, const struct json_node *root)
{
    const char *slash = strrchr(root->file, '/');
    const char *name = slash == NULL ? root->file : slash + 1;
    const char *dot = strrchr(name, '.');
    struct span stem = span_trim((struct span){name, dot == NULL || dot == name ? strlen(name) : (size_t)(dot - name)});
    char printable[256] = "Study";
    if (stem.length > 0)
        text_printable(stem, printable, sizeof printable);
    const char *otherwise = arena_copy(reading->ctx->arena, span_of(printable));
    if (otherwise == NULL)
        return ctx_no_memory(reading->ctx);
    return json_read_text_member(reading->ctx, root, "title", otherwise, &reading->study->title);
}

static enum status decimal_mark_read(struct study_reading *reading, const struct json_node *root)
{
    static const char *const marks[] = {".", ","};
    struct json_node child;
    uint32_t mark = 0;
    if (!json_member_at(root, "decimal_mark", &child))
        return STATUS_OK;
    enum status status = json_read_word(reading->ctx, &child, "a decimal mark", (struct name_list){marks, 2}, &mark);
    reading->study->decimal_mark = mark == 0 ? '.' : ',';
    return status;
}

static enum status design_read(struct study_reading *reading, const struct json_node *root)
{
    static const char *const kinds[] = {"will", "should", "excellent", "desired"};
    static const char *const times[] = {"before", "same sitting", "recalled"};
    struct json_members members = {design_members, sizeof design_members / sizeof *design_members};
    struct json_node design, child;
    uint32_t kind = EXPECTATION_WILL, asked = ASKED_SAME_SITTING;
    bool said_kind = false, said_asked = false;
    enum status status = STATUS_OK;
    bool there = json_member_at(root, "design", &design);
    if (there) {
        status = json_check_object(reading->ctx, &design, members);
        said_kind = status == STATUS_OK && json_member_at(&design, "expectation", &child);
        if (said_kind)
            status = json_read_word(reading->ctx, &child, "a kind of expectation", (struct name_list){kinds, 4}, &kind);
        said_asked = status == STATUS_OK && json_member_at(&design, "asked", &child);
        if (said_asked)
            status = json_read_word(reading->ctx, &child, "a time of asking", (struct name_list){times, 3}, &asked);
    }
    /* A gap without its kind and time would be read as one it is not. */
    if (status == STATUS_OK && study_asks_any(reading->study, STANDARD_EXPECTATION) && !(said_kind && said_asked))
        return json_fail(
            reading->ctx, there ? &design : root,
            "Expectations are asked, but \"%s\" is missing: say in \"design\" of which \"expectation\" (will, should, "
            "excellent, desired) and when \"asked\" (before, same sitting, recalled).",
            !there      ? "design"
            : said_kind ? "asked"
                        : "expectation");
    reading->study->expectation = (enum expectation_kind)kind;
    reading->study->asked = (enum asked)asked;
    return status;
}

/* Takes over scales, dimensions and items; the study may add one scale. */
static enum status questions_of_instrument(struct study_reading *reading, const struct json_node *root)
{
    static const char *const brought[] = {"scale", "scales", "dimensions", "items"};
    const struct instrument *instrument = reading->instrument;
    struct question_set *set = &reading->set;
    struct json_node child;
    for (size_t i = 0; i < sizeof brought / sizeof *brought; i++) {
        if (json_member_at(root, brought[i], &child))
            return json_fail(reading->ctx, &child,
                             "\"%s\" cannot stand beside \"instrument\", which brings its own; leave out one of the two.",
                             brought[i]);
    }
    struct arena *arena = reading->ctx->arena;
    set->scales = arena_array(arena, (size_t)instrument->scale_count + 1, sizeof *set->scales);
    set->dimensions = arena_array(arena, (size_t)instrument->dimension_count + 1, sizeof *set->dimensions);
    set->items = arena_array(arena, (size_t)instrument->item_count + 1, sizeof *set->items);
    const char **scales = arena_array(arena, (size_t)instrument->scale_count + 1, sizeof *scales);
    const char **dimensions = arena_array(arena, (size_t)instrument->dimension_count + 1, sizeof *dimensions);
    const char **items = arena_array(arena, (size_t)instrument->item_count + 1, sizeof *items);
    if (set->scales == NULL || set->dimensions == NULL || set->items == NULL || scales == NULL || dimensions == NULL ||
        items == NULL)
        return ctx_no_memory(reading->ctx);
    for (; set->scale_count < instrument->scale_count; set->scale_count++) {
        set->scales[set->scale_count] = instrument->scales[set->scale_count];
        scales[set->scale_count] = instrument->scales[set->scale_count].id;
    }
    for (; set->dimension_count < instrument->dimension_count; set->dimension_count++) {
        set->dimensions[set->dimension_count] = instrument->dimensions[set->dimension_count];
        dimensions[set->dimension_count] = instrument->dimensions[set->dimension_count].id;
    }
    for (; set->item_count < instrument->item_count; set->item_count++) {
        set->items[set->item_count] = instrument->items[set->item_count];
        items[set->item_count] = instrument->items[set->item_count].id;
    }
    set->scale_names = (struct name_list){scales, set->scale_count};
    set->dimension_names = (struct name_list){dimensions, set->dimension_count};
    set->item_names = (struct name_list){items, set->item_count};
    reading->importance_scale = instrument->importance_scale;
    return STATUS_OK;
}

/* takes   files_allowed  the study came from a file, beside which others may be looked for */
static enum status instrument_of_study(struct study_reading *reading, const struct json_node *root, bool files_allowed)
{
    struct json_node node;
    const char *name = NULL;
    if (!json_member_at(root, "instrument", &node))
        return STATUS_OK;
    enum status status = json_read_text(reading->ctx, &node, &name);
    if (status != STATUS_OK)
        return status;
    if (instrument_is_path(name) && !files_allowed)
        return json_fail(reading->ctx, &node,
                         "Only shipped instruments can be named here, not files; gapmeter instruments lists them.");
    const char *slash = strrchr(root->file, '/');
    if (instrument_is_path(name) && name[0] != '/' && slash != NULL) {
        name = arena_format(reading->ctx->arena, "%.*s/%s", (int)(slash - root->file), root->file, name);
        if (name == NULL)
            return ctx_no_memory(reading->ctx);
    }
    status = instrument_find(reading->ctx, name, &reading->instrument);
    if (status != STATUS_NO_INPUT)
        return status;
    char why[512];
    text_printable(span_of(reading->ctx->error.sentence), why, sizeof why);
    return json_fail(reading->ctx, &node, "%s", why);
}

static enum status questions_read(struct study_reading *reading, const struct json_node *root, bool files_allowed)
{
    enum status status = instrument_of_study(reading, root, files_allowed);
    if (status != STATUS_OK)
        return status;
    status = reading->instrument != NULL ? questions_of_instrument(reading, root)
                                         : question_set_read(reading->ctx, root, false, &reading->set);
    struct study *study = reading->study;
    study->dimensions = reading->set.dimensions;
    study->dimension_count = reading->set.dimension_count;
    study->items = reading->set.items;
    study->item_count = reading->set.item_count;
    return status;
}

static enum status study_of_json(struct ctx *ctx, const struct json_node *root, bool files_allowed, const struct study **out)
{
    struct study *study = arena_alloc(ctx->arena, sizeof *study);
    if (study == NULL)
        return ctx_no_memory(ctx);
    struct study_reading reading = {.ctx = ctx, .study = study, .importance_scale = UINT32_MAX};
    struct json_node columns;
    study->source = arena_copy(ctx->arena, span_of(root->file));
    if (study->source == NULL)
        return ctx_no_memory(ctx);
    enum status status = root_read(&reading, root);
    if (status == STATUS_OK)
        status = title_read(&reading, root);
    if (status == STATUS_OK)
        status = json_read_text_member(ctx, root, "owner", NULL, &study->owner);
    if (status == STATUS_OK)
        status = decimal_mark_read(&reading, root);
    if (status == STATUS_OK)
        status = questions_read(&reading, root, files_allowed);
    if (status == STATUS_OK)
        status = attribution_read(&reading, root);
    if (status == STATUS_OK)
        status = study_stems_read(&reading, root);
    if (status == STATUS_OK)
        status = missing_read(&reading, root);
    if (status == STATUS_OK && json_member_at(root, "columns", &columns))
        status = columns_read(&reading, &columns);
    if (status == STATUS_OK)
        status = margins_read(&reading, root);
    study->scales = reading.set.scales;
    study->scale_count = reading.set.scale_count;
    if (status == STATUS_OK)
        status = design_read(&reading, root);
    if (status == STATUS_OK)
        status = collection_read(&reading, root);
    *out = study;
    return status;
}

enum status study_read_text(struct ctx *ctx, struct span json, const char *name, const struct study **out)
{
    struct arena *scratch = NULL;
    struct json_node root;
    if (arena_create(ctx->arena, &scratch) != STATUS_OK)
        return ctx_no_memory(ctx);
    enum status status = json_open_text(ctx, scratch, json, name, &root);
    if (status == STATUS_OK)
        status = study_of_json(ctx, &root, false, out);
    arena_destroy(scratch);
    return status;
}

enum status study_read_file(struct ctx *ctx, const char *path, const struct study **out)
{
    struct arena *scratch = NULL;
    struct json_node root;
    if (arena_create(ctx->arena, &scratch) != STATUS_OK)
        return ctx_no_memory(ctx);
    enum status status = json_open_file(ctx, scratch, path, "A study file", &root);
    if (status == STATUS_OK)
        status = study_of_json(ctx, &root, true, out);
    arena_destroy(scratch);
    return status;
}
