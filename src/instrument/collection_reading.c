/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/limits.h"
#include "instrument/study_reading.h"

static const struct json_member collection_members[] = {
    {"identity", KIND_TEXT, false},
    {"language", KIND_TEXT, false},
    {"languages", KIND_LIST, false},
    {"translations", KIND_OBJECT, false},
    {"consent", KIND_TEXT, false},
    {"consent_required", KIND_TRUTH, false},
    {"contact", KIND_TEXT, false},
    {"opens", KIND_LIST, false},
    {"perception_after_minutes", KIND_WHOLE, false},
    {"invitation_days", KIND_WHOLE, false},
    {"perception_only_share", KIND_NUMBER, false},
    {"items_asked", KIND_WHOLE, false},
    {"ask_noticed", KIND_TRUTH, false},
    {"ask_sources", KIND_TRUTH, false},
    {"during_items", KIND_LIST, false},
    {"code", KIND_LIST, false},
    {"segments", KIND_OBJECT, false},
    {"outcomes", KIND_OBJECT, false},
    {"comments", KIND_OBJECT, false},
    {"retention_days", KIND_WHOLE, false},
    {"kiosk_seconds", KIND_WHOLE, false},
};

/* A whole number of an object within bounds; what stands in *out when it is not there. */
struct bounded {
    const char *member;
    uint32_t least, most;
    uint32_t *out;
};

static enum status bounded_read(struct ctx *ctx, const struct json_node *node, const struct bounded *bounded)
{
    struct json_node child;
    if (!json_member_at(node, bounded->member, &child))
        return STATUS_OK;
    json_int_t number = json_integer_value(child.value);
    if (number < (json_int_t)bounded->least || number > (json_int_t)bounded->most)
        return json_fail(ctx, &child, "%lld lies outside what is accepted: %u to %u.", (long long)number, bounded->least,
                         bounded->most);
    *bounded->out = (uint32_t)number;
    return STATUS_OK;
}

static enum status numbers_read(struct study_reading *reading, const struct json_node *node, struct collection *collection)
{
    const struct bounded numbers[] = {
        {"perception_after_minutes", 0, PERCEPTION_MINUTES_MAX, &collection->perception_after_minutes},
        {"invitation_days", 1, COLLECTION_DAYS_MAX, &collection->invitation_days},
        {"items_asked", 0, reading->study->item_count, &collection->items_asked},
        {"retention_days", 0, COLLECTION_DAYS_MAX, &collection->retention_days},
        {"kiosk_seconds", KIOSK_SECONDS_MIN, KIOSK_SECONDS_MAX, &collection->kiosk_seconds},
    };
    enum status status = STATUS_OK;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers && status == STATUS_OK; i++)
        status = bounded_read(reading->ctx, node, &numbers[i]);
    return status;
}

static enum status share_read(struct ctx *ctx, const struct json_node *node, struct collection *collection)
{
    struct json_node child;
    struct decimal share;
    if (!json_member_at(node, "perception_only_share", &child))
        return STATUS_OK;
    enum status status = json_read_decimal(ctx, &child, &share);
    if (status != STATUS_OK)
        return status;
    if (share.places > 3 || !decimal_rescale(share, 3, &share) || share.units < 0 || share.units > 1000)
        return json_fail(ctx, &child, "A share lies between 0 and 1 and has three decimals at most, as 0.1 for every tenth.");
    collection->perception_only_permille = (uint32_t)share.units;
    return STATUS_OK;
}

static enum status opens_read(struct ctx *ctx, const struct json_node *node, struct collection *collection)
{
    static const char *const ways[] = {"time", "program", "customer"};
    struct json_node list;
    if (!json_member_at(node, "opens", &list))
        return STATUS_OK;
    collection->openings = 0;
    for (size_t i = 0; i < json_array_size(list.value); i++) {
        struct json_node element = json_element_at(&list, i);
        uint32_t way = 0;
        enum status status =
            json_read_word(ctx, &element, "something that opens the perception form", (struct name_list){ways, 3}, &way);
        if (status != STATUS_OK)
            return status;
        if (collection->openings & 1u << way)
            return json_fail(ctx, &element, "\"%s\" stands here already.", ways[way]);
        collection->openings |= 1u << way;
    }
    if (collection->openings == 0)
        return json_fail(ctx, &list, "Nothing would ever open the perception form; name time, program or customer.");
    return STATUS_OK;
}

static enum status identity_read(struct study_reading *reading, const struct json_node *node, struct collection *collection)
{
    const char *names[IDENTITY_COUNT];
    struct json_node child;
    uint32_t identity = IDENTITY_NAMED;
    for (enum identity i = 0; i < IDENTITY_COUNT; i++)
        names[i] = identity_name(i);
    if (!json_member_at(node, "identity", &child))
        return STATUS_OK;
    enum status status = json_read_word(reading->ctx, &child, "a way in which persons and answers hang together",
                                        (struct name_list){names, IDENTITY_COUNT}, &identity);
    collection->identity = (enum identity)identity;
    return status;
}

/* A code has pieces, and only a code has. */
static enum status code_check(struct ctx *ctx, const struct json_node *node, const struct collection *collection)
{
    struct json_node child;
    bool there = json_member_at(node, "code", &child);
    if (collection->identity == IDENTITY_CODE && !there)
        return json_fail(ctx, node,
                         "\"identity\": \"code\" pairs answers by a code that respondents make; say of what, in \"code\": "
                         "[{\"id\": \"mother\", \"text\": \"…\"}, …], %u to %u pieces.",
                         CODE_FRAGMENTS_MIN, CODE_FRAGMENTS_MAX);
    if (collection->identity != IDENTITY_CODE && there)
        return json_fail(ctx, &child, "\"code\" goes with \"identity\": \"code\"; leave one out or change the other.");
    return STATUS_OK;
}

static enum status collection_of_json(struct study_reading *reading, const struct json_node *node, struct collection *collection)
{
    struct ctx *ctx = reading->ctx;
    enum status status = json_check_object(
        ctx, node, (struct json_members){collection_members, sizeof collection_members / sizeof *collection_members});
    if (status == STATUS_OK)
        status = identity_read(reading, node, collection);
    if (status == STATUS_OK)
        status = json_read_text_member(ctx, node, "consent", NULL, &collection->consent);
    if (status == STATUS_OK)
        status = json_read_text_member(ctx, node, "contact", NULL, &collection->contact);
    if (status == STATUS_OK)
        status = opens_read(ctx, node, collection);
    if (status == STATUS_OK)
        status = numbers_read(reading, node, collection);
    if (status == STATUS_OK)
        status = share_read(ctx, node, collection);
    if (status == STATUS_OK)
        status = code_check(ctx, node, collection);
    if (status == STATUS_OK)
        status = collection_lists_read(reading, node, collection);
    if (status == STATUS_OK)
        status = translations_read(reading, node, collection);
    collection->consent_required = json_truth_member(node, "consent_required", collection->consent_required);
    collection->ask_noticed = json_truth_member(node, "ask_noticed", collection->ask_noticed);
    collection->ask_sources = json_truth_member(node, "ask_sources", collection->ask_sources);
    return status;
}

enum status collection_read(struct study_reading *reading, const struct json_node *root)
{
    struct json_node node;
    if (!json_member_at(root, "collection", &node))
        return STATUS_OK;
    struct collection *collection = arena_alloc(reading->ctx->arena, sizeof *collection);
    if (collection == NULL)
        return ctx_no_memory(reading->ctx);
    collection_defaults(collection);
    if (reading->study->columns.layout == LAYOUT_JOURNEY)
        return json_fail(reading->ctx, &node,
                         "A study with a row per moment is read from logs and cannot be asked by forms; leave \"collection\" "
                         "out, or ask items.");
    reading->study->collection = collection;
    enum status status = collection_of_json(reading, &node, collection);
    /* What forms ask, and whom chance left out, is exported under these headers. */
    struct columns *columns = &reading->study->columns;
    if (status == STATUS_OK && collection->ask_sources && !study_asks_sources(reading->study))
        columns->sources = (struct source_columns){.list = "sources", .implied = true};
    columns->arm_implied = status == STATUS_OK && collection->perception_only_permille > 0 && columns->arm == NULL;
    if (columns->arm_implied)
        columns->arm = "arm";
    return status;
}
