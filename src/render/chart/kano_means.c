/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>

#include "model/measure.h"
#include "model/phrase.h"
#include "model/words.h"
#include "render/chart/kano_look.h"
#include "render/chart/row_frame.h"

/* Kano's items by the mean points of both answers, DuMouchel's way: when missing across, when there up, with the intervals of both. */

#define POINTS_MOST 4.0 /* of the answers "like" and "dislike" */
#define POINTS_CUT  2.0 /* the square from 0 to 4 halved */

struct means_drawing {
    const struct document_head *head;
    const struct table *table;
    struct map_item *items;
    uint32_t count;
    bool certainty_known;
};

static enum status tip_make(struct ctx *ctx, const struct means_drawing *drawing, const struct row *row, struct map_item *item)
{
    struct row_texts there = {.number = "", .interval = ""}, missing = there;
    const struct row_chart chart = {.ctx = ctx, .head = drawing->head, .table = drawing->table};
    enum status status = row_figures(&chart, row, "functional_mean", "functional_low", &there);
    if (!status)
        status = row_figures(&chart, row, "dysfunctional_mean", "dysfunctional_low", &missing);
    const char *category =
        words_or_english(drawing->head->language, kano_look_of(drawing->table, row, "continuous_category")->key);
    const struct phrase_word words[] = {{"name", item->label},
                                        {"category", category},
                                        {"functional", there.number},
                                        {"functional_interval", there.interval},
                                        {"dysfunctional", missing.number},
                                        {"dysfunctional_interval", missing.interval},
                                        {NULL, NULL}};
    return status ? status : phrase_make(ctx, drawing->head->language, "chart.kano_means.tip", words, &item->tip);
}

static enum status item_make(struct ctx *ctx, struct means_drawing *drawing, const struct row *row)
{
    const struct table *table = drawing->table;
    struct map_item *item = &drawing->items[drawing->count++];
    bool certain = table_value(table, row, "continuous_certainty")->kind == VALUE_TEXT;
    *item = (struct map_item){.at = {cell_number(table, row, "dysfunctional_mean"), cell_number(table, row, "functional_mean")},
                              .has_interval = cell_has(table, row, "functional_low") && cell_has(table, row, "dysfunctional_low"),
                              .low = {cell_number(table, row, "dysfunctional_low"), cell_number(table, row, "functional_low")},
                              .high = {cell_number(table, row, "dysfunctional_high"), cell_number(table, row, "functional_high")},
                              .tone = kano_look_of(table, row, "continuous_category")->tone,
                              .hollow = certain && !cell_is(table, row, "continuous_certainty", "clear")};
    drawing->certainty_known |= certain;
    enum status status = row_name(ctx, drawing->head, table, row, "item", &item->label);
    return status ? status : tip_make(ctx, drawing, row, item);
}

/* Where both axes begin: at 0, or a whole point below the lowest end of an interval. */
static double least_find(const struct means_drawing *drawing)
{
    double least = 0;
    for (uint32_t i = 0; i < drawing->count; i++) {
        const struct map_item *item = &drawing->items[i];
        const struct point *low = item->has_interval ? &item->low : &item->at;
        least = fmin(least, floor(fmin(low->x, low->y)));
    }
    return least;
}

enum status kano_means_make(struct ctx *ctx, const struct document_head *head, const struct document_block *block,
                            struct item_map *out)
{
    struct means_drawing drawing = {.head = head, .table = released_table_view(block->table)};
    const struct table *table = drawing.table;
    *out = (struct item_map){.count = 0};
    drawing.items = arena_array(ctx->arena, table->row_count + 1u, sizeof *drawing.items);
    enum status status = drawing.items ? STATUS_OK : ctx_no_memory(ctx);
    for (uint32_t r = 0; r < table->row_count && !status; r++) {
        const struct row *row = &table->rows[r];
        if (cell_has(table, row, "functional_mean") && cell_has(table, row, "dysfunctional_mean") && !row_hidden(table, row))
            status = item_make(ctx, &drawing, row);
    }
    if (status || !drawing.count)
        return status;
    double least = least_find(&drawing);
    *out = (struct item_map){.items = drawing.items,
                             .count = drawing.count,
                             .least = {least, least},
                             .most = {POINTS_MOST, POINTS_MOST},
                             .lines = {POINTS_CUT, POINTS_CUT},
                             .across = words_or_english(head->language, "chart.kano_means.across"),
                             .up = words_or_english(head->language, "chart.kano_means.up")};
    kano_map_name(out, head, drawing.certainty_known);
    return STATUS_OK;
}

static enum status kano_means_draw(struct ctx *ctx, const struct document_head *head, const struct document_block *block,
                                   enum chart_room room, struct picture *out)
{
    struct item_map map;
    char count[32];
    enum status status = kano_means_make(ctx, head, block, &map);
    if (status || !map.count)
        return status;
    (void)snprintf(count, sizeof count, "%u", map.count);
    const struct phrase_word words[] = {{"count", count}, {NULL, NULL}};
    status = phrase_make(ctx, head->language, "chart.kano_means.description", words, &out->description);
    return status ? status : item_map_draw(&map, room, out);
}

const struct chart chart_kano_means = {
    .name = "kano_means",
    .meaning = "Kano's items by the mean points of their answers when missing and when there, with the intervals of both.",
    .draw = kano_means_draw,
};
