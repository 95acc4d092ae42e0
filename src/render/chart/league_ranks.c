/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "model/shown.h"
#include "model/words.h"
#include "render/chart/row_frame.h"

/* Groups against each other: each one's gap drawn towards the common mean, with its interval, and beside it the ranks that it may have.
 * A short line is the gap as it was measured. A large dot lies beyond what chance does to a group of its size. */

static const struct row_frame frames[ROOM_COUNT] = {
    [ROOM_WIDE] = {.label_letters = 28,
                   .plot_left = 212,
                   .plot_right = 396,
                   .side_left = 564,
                   .side_right = 648,
                   .number_right = 446,
                   .interval_right = 546,
                   .word_left = 658,
                   .word_right = 768,
                   .top = 46,
                   .height = 38,
                   .plot_drop = 19,
                   .side_drop = 19,
                   .text_drop = 23},
    [ROOM_NARROW] = {.label_letters = 48,
                     .plot_left = 14,
                     .plot_right = 190,
                     .side_left = 216,
                     .side_right = 350,
                     .number_right = 48,
                     .interval_right = 162,
                     .word_left = 216,
                     .word_right = 360,
                     .top = 46,
                     .height = 82,
                     .plot_drop = 70,
                     .side_drop = 70,
                     .text_drop = 50,
                     .stacked = true},
    [ROOM_PAPER] = {.label_letters = 26,
                    .plot_left = 194,
                    .plot_right = 356,
                    .side_left = 522,
                    .side_right = 594,
                    .number_right = 404,
                    .interval_right = 504,
                    .word_left = 602,
                    .word_right = 704,
                    .top = 46,
                    .height = 36,
                    .plot_drop = 18,
                    .side_drop = 18,
                    .text_drop = 22},
};

struct league {
    struct row_chart chart;
    struct axis gap, rank;
};

/* The rows that may be shown; hidden groups have no place, and neither do those without a rank.
 * gives   how many indices of the table's rows stand in drawn */
static uint32_t rows_find(const struct document_block *block, uint32_t *drawn)
{
    const struct table *table = released_table_view(block->table);
    uint32_t count = 0;
    for (uint32_t i = 0; i < block_rows(block); i++) {
        const struct row *row = block_row(block, i);
        if (!row_hidden(table, row) && cell_has(table, row, "shrunken_gap") && cell_has(table, row, "rank_low") &&
            cell_has(table, row, "rank_high"))
            drawn[count++] = (uint32_t)(row - table->rows);
    }
    return count;
}

static void axes_find(struct league *league)
{
    static const char *const columns[] = {"gap", "shrunken_gap", "ci_low", "ci_high"};
    const struct row_frame *frame = league->chart.frame;
    double least = 0, most = 0, ranks = 2;
    for (uint32_t i = 0; i < block_rows(league->chart.block); i++) {
        const struct row *row = block_row(league->chart.block, i);
        for (size_t c = 0; c < sizeof columns / sizeof *columns; c++) {
            least = fmin(least, cell_number(league->chart.table, row, columns[c]));
            most = fmax(most, cell_number(league->chart.table, row, columns[c]));
        }
        ranks = fmax(ranks, cell_number(league->chart.table, row, "rank_high"));
    }
    double edge = most > least ? (most - least) * 0.04 : 1;
    league->gap = (struct axis){least - edge, most + edge, frame->plot_left, frame->plot_right};
    league->rank = (struct axis){1, ranks, frame->side_left, frame->side_right};
}

/* "2–7", or "3" where there is no other, and whether the group lies beyond what chance does. */
static enum status word_make(const struct league *league, const struct row *row, const char **out)
{
    const struct table *table = league->chart.table;
    const char *language = league->chart.head->language, *beyond = "";
    char low[64], high[64];
    shown_number(cell_number(table, row, "rank_low"), 0, true, low, sizeof low);
    shown_number(cell_number(table, row, "rank_high"), 0, true, high, sizeof high);
    if (cell_is(table, row, "funnel", "below"))
        beyond = words_or_english(language, "chart.league.below");
    if (cell_is(table, row, "funnel", "above"))
        beyond = words_or_english(language, "chart.league.above");
    bool one = strcmp(low, high) == 0;
    *out = arena_format(league->chart.ctx->arena, "%s%s%s%s%s", low, one ? "" : "–", one ? "" : high, *beyond ? " " : "", beyond);
    return *out ? STATUS_OK : ctx_no_memory(league->chart.ctx);
}

static enum tone tone_find(const struct table *table, const struct row *row)
{
    if (cell_is(table, row, "funnel", "below"))
        return TONE_SHORT;
    return cell_is(table, row, "funnel", "above") ? TONE_ABOVE : TONE_UNDECIDED;
}

/* The marks of a group: the measured gap, the drawn one on its interval, and its ranks. */
static void marks_draw(const struct league *league, const struct row *row, double y, double side)
{
    const struct table *table = league->chart.table;
    struct picture *picture = league->chart.picture;
    enum tone tone = tone_find(table, row);
    if (cell_has(table, row, "ci_low") && cell_has(table, row, "ci_high"))
        plot_interval(picture, tone, &league->gap, y, cell_number(table, row, "ci_low"), cell_number(table, row, "ci_high"));
    (void)picture_dot(picture, tone, tone == TONE_UNDECIDED ? 4 : 5.5,
                      (struct point){axis_place(&league->gap, cell_number(table, row, "shrunken_gap")), y});
    if (cell_has(table, row, "gap")) {
        double x = axis_place(&league->gap, cell_number(table, row, "gap"));
        (void)picture_line(picture, TONE_INK, 1.5, (struct point){x, y - 8}, (struct point){x, y + 8});
    }
    plot_interval(picture, tone, &league->rank, side, cell_number(table, row, "rank_low"), cell_number(table, row, "rank_high"));
    if (cell_has(table, row, "rank_median"))
        (void)picture_dot(picture, tone, 3.5,
                          (struct point){axis_place(&league->rank, cell_number(table, row, "rank_median")), side});
}

static enum status group_draw(const void *inside, const struct row *row, uint32_t index, const char *name, const char **number)
{
    const struct league *league = inside;
    const struct row_chart *chart = &league->chart;
    enum tone tone = tone_find(chart->table, row);
    struct row_texts texts = {.tone = tone == TONE_UNDECIDED ? TONE_INK : tone};
    enum status status = row_signed_figures(chart, row, "shrunken_gap", "ci_low", &texts);
    if (!status)
        status = word_make(league, row, &texts.word);
    if (status)
        return status;
    *number = texts.number;
    double top = row_top(chart->frame, index);
    row_label(chart->picture, chart->frame, index, name);
    row_texts(chart->picture, chart->frame, index, &texts);
    marks_draw(league, row, top + chart->frame->plot_drop, top + chart->frame->side_drop);
    return STATUS_OK;
}

static enum status league_ranks_draw(struct ctx *ctx, const struct document_head *head, const struct document_block *block,
                                     enum chart_room room, struct picture *out)
{
    struct document_block shown = *block;
    uint32_t *drawn = arena_array(ctx->arena, block_rows(block) + 1u, sizeof *drawn);
    if (!drawn)
        return ctx_no_memory(ctx);
    shown.drawn = drawn;
    shown.drawn_count = rows_find(block, drawn);
    struct league league = {.chart = {ctx, head, &shown, released_table_view(block->table), &frames[room], out, NULL}};
    if (!shown.drawn_count)
        return picture_end(out, 0);
    axes_find(&league);
    plot_head(out, &league.gap, words_or_english(head->language, "chart.head.league"));
    plot_head(out, &league.rank, words_or_english(head->language, "chart.head.rank"));
    plot_ticks(out, league.chart.frame, &league.gap, shown.drawn_count);
    plot_mark(out, league.chart.frame, &league.gap, shown.drawn_count, 0, "");
    plot_ticks(out, league.chart.frame, &league.rank, shown.drawn_count);
    return rows_draw(&league.chart, &league, group_draw);
}

const struct chart chart_league_ranks = {
    .name = "league_ranks",
    .meaning = "Groups by their gap, drawn towards the common mean, each with its interval and the ranks that it may have.",
    .draw = league_ranks_draw,
};
