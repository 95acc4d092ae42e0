/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/xlsx_chart.h"

#include <math.h>
#include <string.h>

#include "render/xlsx_plot.h"
#include "render/xlsx_text.h"

#define CHART_WIDTH      780.0
#define SHEET_ROW        20.0 /* pixels of a row of the sheet */
#define WIDTH_AT_1       480.0
#define HEIGHT_AT_1      288.0
#define DESCRIPTION_MOST 250u

/* The charts that the workbook draws itself. The surface is not among them: its lines of the same outcome would have to be computed
 * again by a program that does not know their formula. */
static const struct drawn_chart {
    const char *name;
    enum status (*make)(struct xlsx_plot *plot);
} drawn[] = {
    {"answer_distribution", xlsx_answer_bars},
    {"cusum_chart", xlsx_period_lines},
    {"dimension_bars", xlsx_gap_bars},
    {"driver_bars", xlsx_estimate_bars},
    {"ewma_chart", xlsx_period_lines},
    {"gap_changes", xlsx_estimate_bars},
    {"gap_distribution", xlsx_spread_bars},
    {"gap_lollipop", xlsx_gap_bars},
    {"importance_performance_map", xlsx_item_map},
    {"journey_line", xlsx_journey_line},
    {"kano_map", xlsx_item_map},
    {"kano_means", xlsx_item_map},
    {"league_ranks", xlsx_estimate_bars},
    {"penalty_reward_bars", xlsx_estimate_bars},
    {"share_bars", xlsx_estimate_bars},
    {"share_chart", xlsx_period_lines},
    {"zone_bands", xlsx_gap_bars},
    {"zone_radar", xlsx_zone_radar},
};

static const struct drawn_chart *drawn_find(const struct document_block *block)
{
    for (size_t i = 0; i < sizeof drawn / sizeof *drawn; i++) {
        if (block->kind == DOCUMENT_CHART && strcmp(block->chart, drawn[i].name) == 0)
            return &drawn[i];
    }
    return NULL;
}

bool xlsx_chart_known(const struct document_block *block)
{
    return drawn_find(block) != NULL;
}

enum status xlsx_chart_add(struct xlsx_book *book, const struct document_block *block, const struct picture *picture,
                           lxw_row_t at, lxw_row_t *rows)
{
    const struct drawn_chart *chart = drawn_find(block);
    struct xlsx_plot plot = {.book = book,
                             .block = block,
                             .table = released_table_view(block->table),
                             .picture = picture,
                             .column = book->chart_column};
    *rows = 0;
    if (!chart)
        return STATUS_OK;
    enum status status = chart->make(&plot);
    if (status || !plot.rows)
        return status;
    book->chart_column = (lxw_col_t)(book->chart_column + plot.columns + 1);
    const char *description = xlsx_plain_text(book->ctx, picture->description ? picture->description : "", DESCRIPTION_MOST);
    char *spoken = description ? arena_copy(book->ctx->arena, span_of(description)) : NULL;
    if (!spoken)
        return ctx_no_memory(book->ctx);
    lxw_chart_options options = {
        .x_scale = CHART_WIDTH / WIDTH_AT_1, .y_scale = plot.height / HEIGHT_AT_1, .description = spoken};
    xlsx_note_error(book, worksheet_insert_chart_opt(book->report, at, 0, plot.chart, &options));
    *rows = (lxw_row_t)ceil(plot.height / SHEET_ROW) + 1;
    return STATUS_OK;
}
