/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "model/measure.h"
#include "model/phrase.h"
#include "model/words.h"
#include "render/chart/kano_look.h"
#include "render/chart/row_frame.h"

/* Kano's items by how many customers they annoy when missing (across) and please when there (up), with the intervals of both. */

struct kano_drawing {
    const struct document_head *head;
    const struct table *table;
    struct map_item *items;
    uint32_t count;
    bool certainty_known;
};

/* "Worse" is minus a share; here it counts from 0 up. */
static void interval_find(const struct table *table, const struct row *row, struct map_item *item)
{
    item->has_interval = cell_has(table, row, "better_low") && cell_has(table, row, "better_high") &&
                         cell_has(table, row, "worse_low") && cell_has(table, row, "worse_high");
    item->low = (struct point){-cell_number(table, row, "worse_high"), cell_number(table, row, "better_low")};
    item->high = (struct point){-cell_number(table, row, "worse_low"), cell_number(table, row, "better_high")};
}

static enum status tip_make(struct ctx *ctx, const struct kano_drawing *drawing, const struct row *row, struct map_item *item)
{
    struct row_texts better = {.number = "", .interval = ""}, worse = better;
    const struct row_chart chart = {.ctx = ctx, .head = drawing->head, .table = drawing->table};
    enum status status = row_figures(&chart, row, "better", "better_low", &better);
    if (!status)
        status = row_figures(&chart, row, "worse", "worse_low", &worse);
    const char *category = words_or_english(drawing->head->language, kano_look_of(drawing->table, row, "category")->key);
    const struct phrase_word words[] = {{"name", item->label},
                                        {"category", category},
                                        {"better", better.number},
                                        {"better_interval", better.interval},
                                        {"worse", worse.number},
                                        {"worse_interval", worse.interval},
                                        {NULL, NULL}};
    return status ? status : phrase_make(ctx, drawing->head->language, "chart.kano.tip", words, &item->tip);
}

static enum status item_make(struct ctx *ctx, struct kano_drawing *drawing, const struct row *row)
{
    const struct table *table = drawing->table;
    const struct value *certainty = table_value(table, row, "certainty");
    struct map_item *item = &drawing->items[drawing->count++];
    *item = (struct map_item){.at = {-cell_number(table, row, "worse"), cell_number(table, row, "better")},
                              .tone = kano_look_of(table, row, "category")->tone,
                              .hollow = certainty->kind == VALUE_TEXT && strcmp(certainty->text, "clear") != 0};
    drawing->certainty_known |= certainty->kind == VALUE_TEXT;
    interval_find(table, row, item);
    enum status status = row_name(ctx, drawing->head, table, row, "item", &item->label);
    return status ? status : tip_make(ctx, drawing, row, item);
}

enum status kano_map_make(struct ctx *ctx, const struct document_head *head, const struct document_block *block,
                          struct item_map *out)
{
    struct kano_drawing drawing = {.head = head, .table = released_table_view(block->table)};
    const struct table *table = drawing.table;
    *out = (struct item_map){.count = 0};
    drawing.items = arena_array(ctx->arena, table->row_count + 1u, sizeof *drawing.items);
    enum status status = drawing.items ? STATUS_OK : ctx_no_memory(ctx);
    for (uint32_t r = 0; r < table->row_count && !status; r++) {
        const struct row *row = &table->rows[r];
        if (cell_has(table, row, "better") && cell_has(table, row, "worse") && !row_hidden(table, row))
            status = item_make(ctx, &drawing, row);
    }
    if (status || !drawing.count)
        return status;
    *out = (struct item_map){.items = drawing.items,
                             .count = drawing.count,
                             .least = {0, 0},
                             .most = {1, 1},
                             .lines = {0.5, 0.5},
                             .percent = true,
                             .across = words_or_english(head->language, "chart.kano.across"),
                             .up = words_or_english(head->language, "chart.kano.up")};
    kano_map_name(out, head, drawing.certainty_known);
    return STATUS_OK;
}

static enum status kano_map_draw(struct ctx *ctx, const struct document_head *head, const struct document_block *block,
                                 enum chart_room room, struct picture *out)
{
    struct item_map map;
    char count[32];
    enum status status = kano_map_make(ctx, head, block, &map);
    if (status || !map.count)
        return status;
    (void)snprintf(count, sizeof count, "%u", map.count);
    const struct phrase_word words[] = {{"count", count}, {NULL, NULL}};
    status = phrase_make(ctx, head->language, "chart.kano.description", words, &out->description);
    return status ? status : item_map_draw(&map, room, out);
}

const struct chart chart_kano_map = {
    .name = "kano_map",
    .meaning = "Kano's items by how many customers they annoy when missing and please when there, with the intervals of both.",
    .draw = kano_map_draw,
};
