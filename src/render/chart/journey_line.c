/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "base/decimal.h"
#include "model/journey_marks.h"
#include "model/shown.h"
#include "model/words.h"
#include "render/chart/row_frame.h"

/* The ratings along a journey, which runs from top to bottom: a dot for each touchpoint on the whole scale with its interval, a line
 * from one to the next, and in words where it peaks and where most journeys end. */

static const struct row_frame frames[ROOM_COUNT] = {
    [ROOM_WIDE] = {.label_letters = 30,
                   .plot_left = 226,
                   .plot_right = 456,
                   .number_right = 508,
                   .interval_right = 616,
                   .word_left = 626,
                   .word_right = 768,
                   .top = 46,
                   .height = 38,
                   .plot_drop = 19,
                   .text_drop = 23},
    [ROOM_NARROW] = {.label_letters = 48,
                     .plot_left = 10,
                     .plot_right = 350,
                     .number_right = 40,
                     .interval_right = 150,
                     .word_left = 160,
                     .word_right = 360,
                     .top = 46,
                     .height = 82,
                     .plot_drop = 70,
                     .text_drop = 50,
                     .stacked = true},
    [ROOM_PAPER] = {.label_letters = 28,
                    .plot_left = 208,
                    .plot_right = 410,
                    .number_right = 458,
                    .interval_right = 564,
                    .word_left = 574,
                    .word_right = 704,
                    .top = 46,
                    .height = 36,
                    .plot_drop = 18,
                    .text_drop = 22},
};

struct journey_picture {
    struct row_chart chart;
    struct axis axis;
    struct journey_marks marks;
};

static struct point rating_point(const struct journey_picture *journey, const struct row *row, uint32_t index)
{
    double rating = cell_number(journey->chart.table, row, "rating");
    return (struct point){axis_place(&journey->axis, rating),
                          row_top(journey->chart.frame, index) + journey->chart.frame->plot_drop};
}

/* The line from one rated touchpoint to the next; beneath all dots. Labels above their rows would be crossed: there it is left out. */
static void line_draw(const struct journey_picture *journey)
{
    const struct document_block *block = journey->chart.block;
    struct point before = {0, 0};
    bool begun = false;
    for (uint32_t i = 0; i < block_rows(block) && !journey->chart.frame->stacked; i++) {
        if (!cell_has(journey->chart.table, block_row(block, i), "rating"))
            continue;
        struct point here = rating_point(journey, block_row(block, i), i);
        if (begun)
            (void)picture_line(journey->chart.picture, TONE_FIRST, 1.5, before, here);
        before = here;
        begun = true;
    }
}

/* "peak", "low point", "most end here", or both. */
static enum status word_find(const struct journey_picture *journey, const struct row *row, const char **out)
{
    const char *language = journey->chart.head->language;
    const char *peak = row == journey->marks.peak
                           ? words_or_english(language, journey->marks.low ? "chart.journey.low" : "chart.journey.peak")
                           : "";
    const char *end = row == journey->marks.end ? words_or_english(language, "chart.journey.end") : "";
    *out = arena_format(journey->chart.ctx->arena, "%s%s%s", peak, *peak && *end ? ", " : "", end);
    return *out ? STATUS_OK : ctx_no_memory(journey->chart.ctx);
}

static enum status touchpoint_draw(const void *inside, const struct row *row, uint32_t index, const char *name,
                                   const char **number)
{
    const struct journey_picture *journey = inside;
    const struct row_chart *chart = &journey->chart;
    struct row_texts texts = {.tone = TONE_INK};
    bool marked = row == journey->marks.peak || row == journey->marks.end;
    enum status status = row_figures(chart, row, "rating", "ci_low", &texts);
    if (!status)
        status = word_find(journey, row, &texts.word);
    if (status)
        return status;
    *number = texts.number;
    texts.strong = marked;
    row_label(chart->picture, chart->frame, index, name);
    row_texts(chart->picture, chart->frame, index, &texts);
    if (!cell_has(chart->table, row, "rating"))
        return STATUS_OK;
    struct point at = rating_point(journey, row, index);
    if (chart->frame->stacked)
        (void)picture_line(chart->picture, TONE_GRID, 1, (struct point){chart->frame->plot_left, at.y},
                           (struct point){chart->frame->plot_right, at.y});
    if (cell_has(chart->table, row, "ci_low") && cell_has(chart->table, row, "ci_high"))
        plot_interval(chart->picture, TONE_FIRST, &journey->axis, at.y, cell_number(chart->table, row, "ci_low"),
                      cell_number(chart->table, row, "ci_high"));
    picture_dot(chart->picture, TONE_FIRST, marked ? 6 : 4, at)->hollow = !marked;
    return STATUS_OK;
}

static enum status journey_line_draw(struct ctx *ctx, const struct document_head *head, const struct document_block *block,
                                     enum chart_room room, struct picture *out)
{
    const struct scale *scale = &head->study->columns.journey.rating_scale;
    const struct row_frame *frame = &frames[room];
    struct journey_picture journey = {.chart = {ctx, head, block, released_table_view(block->table), frame, out, NULL}};
    uint32_t rows = block_rows(block);
    if (!rows || decimal_to_double(scale->max) <= decimal_to_double(scale->min))
        return picture_end(out, 0);
    journey.axis =
        (struct axis){decimal_to_double(scale->min), decimal_to_double(scale->max), frame->plot_left, frame->plot_right};
    journey.marks = journey_marks_find(head->study, journey.chart.table, block->drawn, block->drawn_count);
    plot_head(out, &journey.axis, words_or_english(head->language, "chart.head.rating"));
    plot_ticks(out, frame, &journey.axis, rows);
    line_draw(&journey);
    return rows_draw(&journey.chart, &journey, touchpoint_draw);
}

const struct chart chart_journey_line = {
    .name = "journey_line",
    .meaning = "The mean rating of each touchpoint along a journey, with its interval, and in words where it peaks and ends.",
    .draw = journey_line_draw,
};
