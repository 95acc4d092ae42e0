/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/words.h"
#include "render/chart/row_frame.h"

/* Shares of people as bars from zero to all of them, with their intervals; they need not add up to all. */

static const struct row_frame frames[ROOM_COUNT] = {
    [ROOM_WIDE] = {.label_letters = 36,
                   .plot_left = 276,
                   .plot_right = 590,
                   .number_right = 652,
                   .interval_right = 768,
                   .word_left = 768,
                   .word_right = 768,
                   .top = 46,
                   .height = 38,
                   .plot_drop = 19,
                   .text_drop = 23},
    [ROOM_NARROW] = {.label_letters = 48,
                     .plot_left = 12,
                     .plot_right = 350,
                     .number_right = 48,
                     .interval_right = 162,
                     .word_left = 172,
                     .word_right = 360,
                     .top = 46,
                     .height = 82,
                     .plot_drop = 68,
                     .text_drop = 50,
                     .stacked = true},
    [ROOM_PAPER] = {.label_letters = 32,
                    .plot_left = 244,
                    .plot_right = 530,
                    .number_right = 588,
                    .interval_right = 704,
                    .word_left = 704,
                    .word_right = 704,
                    .top = 46,
                    .height = 36,
                    .plot_drop = 18,
                    .text_drop = 22},
};

#define BAR_PX 7.0 /* half its height */

struct share_picture {
    struct row_chart chart;
    struct axis share;
};

static enum status share_draw(const void *inside, const struct row *row, uint32_t index, const char *name, const char **number)
{
    const struct share_picture *shares = inside;
    const struct row_chart *chart = &shares->chart;
    double y = row_top(chart->frame, index) + chart->frame->plot_drop;
    struct row_texts texts = {.tone = TONE_INK, .word = ""};
    enum status status = row_figures(chart, row, "share", "share_low", &texts);
    if (status)
        return status;
    row_label(chart->picture, chart->frame, index, name);
    row_texts(chart->picture, chart->frame, index, &texts);
    *number = texts.number;
    if (!cell_has(chart->table, row, "share"))
        return STATUS_OK;
    double end = axis_place(&shares->share, cell_number(chart->table, row, "share"));
    picture_box(chart->picture, TONE_FIRST, (struct point){shares->share.from, y - BAR_PX},
                (struct point){end > shares->share.from + 1 ? end : shares->share.from + 1, y + BAR_PX});
    if (cell_has(chart->table, row, "share_low") && cell_has(chart->table, row, "share_high"))
        plot_interval(chart->picture, TONE_INK, &shares->share, y, cell_number(chart->table, row, "share_low"),
                      cell_number(chart->table, row, "share_high"));
    return STATUS_OK;
}

static enum status share_bars_draw(struct ctx *ctx, const struct document_head *head, const struct document_block *block,
                                   enum chart_room room, struct picture *out)
{
    struct share_picture shares = {.chart = {.ctx = ctx,
                                             .head = head,
                                             .block = block,
                                             .table = released_table_view(block->table),
                                             .frame = &frames[room],
                                             .picture = out}};
    const struct row_frame *frame = shares.chart.frame;
    uint32_t rows = block_rows(block);
    if (!rows)
        return picture_end(out, 0);
    shares.share = (struct axis){0, 1, frame->plot_left, frame->plot_right};
    plot_head(out, &shares.share, words_or_english(head->language, "chart.head.named"));
    plot_mark(out, frame, &shares.share, rows, 0, "0");
    plot_mark(out, frame, &shares.share, rows, 0.5, "50");
    plot_mark(out, frame, &shares.share, rows, 1, "100");
    return rows_draw(&shares.chart, &shares, share_draw);
}

const struct chart chart_share_bars = {
    .name = "share_bars",
    .meaning = "Shares of people who name each of several things, as bars from zero to all of them with their intervals.",
    .draw = share_bars_draw,
};
