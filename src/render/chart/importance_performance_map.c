/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "model/measure.h"
#include "model/phrase.h"
#include "model/words.h"
#include "render/chart/item_map.h"
#include "render/chart/row_frame.h"

/* Importance against performance: what matters more than the rest lies higher, what is done better lies further right. */

struct importance_map {
    const struct document_head *head;
    const struct table *table;
    struct map_item *items;
    uint32_t count;
    bool settled_known;
    const char *kind; /* where importance comes from */
};

/* The name of a field of the map in the words of the document. */
static const char *field_name(const struct importance_map *map, const struct row *row)
{
    static const char *const quadrants[] = {"concentrate here", "keep up", "low priority", "possible overkill"};
    static const char *const keys[] = {"chart.ipm.concentrate", "chart.ipm.keep_up", "chart.ipm.low", "chart.ipm.overkill"};
    for (size_t i = 0; i < 4; i++)
        if (cell_is(map->table, row, "quadrant", quadrants[i]))
            return words_or_english(map->head->language, keys[i]);
    return words_or_english(map->head->language, "chart.ipm.borderline");
}

/* What stands in the tip and is said of a dot: its name, its two numbers and where it lies. */
static enum status tip_make(struct ctx *ctx, const struct importance_map *map, const struct row *row, struct map_item *item)
{
    struct row_texts got = {.number = "", .interval = ""}, importance = got;
    const struct row_chart chart = {.ctx = ctx, .head = map->head, .table = map->table};
    enum status status = row_figures(&chart, row, "performance", "performance", &got);
    if (!status)
        status = row_figures(&chart, row, "importance", "importance", &importance);
    const struct phrase_word words[] = {{"name", item->label},
                                        {"got", got.number},
                                        {"importance", importance.number},
                                        {"quadrant", field_name(map, row)},
                                        {NULL, NULL}};
    return status ? status : phrase_make(ctx, map->head->language, "chart.ipm.tip", words, &item->tip);
}

static enum status item_make(struct ctx *ctx, struct importance_map *map, const struct row *row)
{
    const struct table *table = map->table;
    struct map_item *item = &map->items[map->count++];
    bool concern = cell_is(table, row, "quadrant", "concentrate here"), good = cell_is(table, row, "quadrant", "keep up");
    *item = (struct map_item){.at = {cell_number(table, row, "performance"), cell_number(table, row, "importance")},
                              .tone = concern ? TONE_SHORT
                                      : good  ? TONE_ABOVE
                                              : TONE_UNDECIDED,
                              .hollow = cell_is(table, row, "settled", "unsettled")};
    map->settled_known |= table_value(table, row, "settled")->kind == VALUE_TEXT;
    map->kind =
        table_value(table, row, "importance_kind")->kind == VALUE_TEXT ? table_value(table, row, "importance_kind")->text : "";
    bool item_asked = table_value(table, row, "item")->kind == VALUE_TEXT;
    enum status status = row_name(ctx, map->head, table, row, item_asked ? "item" : "dimension", &item->label);
    return status ? status : tip_make(ctx, map, row, item);
}

static bool row_is_placed(const struct table *table, const struct row *row)
{
    return cell_has(table, row, "performance") && cell_has(table, row, "importance") &&
           table_value(table, row, "quadrant")->kind == VALUE_TEXT && !row_hidden(table, row);
}

/* The axes end where the items do; the lines stand at their means. */
static enum status ends_find(struct ctx *ctx, const struct importance_map *map, struct item_map *out)
{
    double *across = arena_array(ctx->arena, map->count + 1u, sizeof *across);
    double *up = arena_array(ctx->arena, map->count + 1u, sizeof *up);
    if (!across || !up)
        return ctx_no_memory(ctx);
    for (uint32_t i = 0; i < map->count; i++) {
        across[i] = map->items[i].at.x;
        up[i] = map->items[i].at.y;
        out->lines.x += across[i] / map->count;
        out->lines.y += up[i] / map->count;
    }
    map_ends(across, map->count, 0.5, &out->least.x, &out->most.x);
    map_ends(up, map->count, strcmp(map->kind, "drivers") == 0 ? 0.05 : 0.5, &out->least.y, &out->most.y);
    return STATUS_OK;
}

static const char *up_name(const struct importance_map *map)
{
    static const char *const kinds[] = {"points", "drivers"};
    static const char *const keys[] = {"chart.ipm.up.points", "chart.ipm.up.drivers"};
    for (size_t i = 0; i < 2; i++)
        if (strcmp(map->kind, kinds[i]) == 0)
            return words_or_english(map->head->language, keys[i]);
    return words_or_english(map->head->language, "chart.ipm.up.rating");
}

enum status importance_map_make(struct ctx *ctx, const struct document_head *head, const struct document_block *block,
                                struct item_map *out)
{
    struct importance_map map = {.head = head, .table = released_table_view(block->table), .kind = ""};
    *out = (struct item_map){.count = 0};
    map.items = arena_array(ctx->arena, map.table->row_count + 1u, sizeof *map.items);
    enum status status = map.items ? STATUS_OK : ctx_no_memory(ctx);
    for (uint32_t r = 0; r < map.table->row_count && !status; r++)
        if (row_is_placed(map.table, &map.table->rows[r]))
            status = item_make(ctx, &map, &map.table->rows[r]);
    if (status || !map.count)
        return status;
    *out = (struct item_map){.items = map.items,
                             .count = map.count,
                             .across = words_or_english(head->language, "chart.ipm.across"),
                             .up = up_name(&map),
                             .fields = {words_or_english(head->language, "chart.ipm.concentrate"),
                                        words_or_english(head->language, "chart.ipm.keep_up"),
                                        words_or_english(head->language, "chart.ipm.low"),
                                        words_or_english(head->language, "chart.ipm.overkill")},
                             .legends = {map.settled_known ? words_or_english(head->language, "chart.ipm.filled") : "",
                                         words_or_english(head->language, "chart.ipm.hollow")}};
    return ends_find(ctx, &map, out);
}

static enum status importance_performance_map_draw(struct ctx *ctx, const struct document_head *head,
                                                   const struct document_block *block, enum chart_room room, struct picture *out)
{
    struct item_map map;
    char count[32];
    enum status status = importance_map_make(ctx, head, block, &map);
    if (status || !map.count)
        return status;
    (void)snprintf(count, sizeof count, "%u", map.count);
    const struct phrase_word words[] = {{"count", count}, {NULL, NULL}};
    status = phrase_make(ctx, head->language, "chart.ipm.description", words, &out->description);
    return status ? status : item_map_draw(&map, room, out);
}

const struct chart chart_importance_performance_map = {
    .name = "importance_performance_map",
    .meaning =
        "Importance against performance: a dot per item, lines at the means, filled where it is settled on which side it lies.",
    .draw = importance_performance_map_draw,
};
