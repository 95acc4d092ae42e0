/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "model/measure.h"
#include "model/shown.h"
#include "model/words.h"
#include "render/chart/stacked_bar.h"

/* How the customers of each item are spread: those who got less than expected to the left, those who got more to the right, those who
 * got just that across the middle. Filled parts are two steps of the scale or more, hollow ones a single step. Beside it the net
 * share with its interval. */

/* The parts of a bar from left to right. */
static const struct band {
    const char *column;
    enum tone tone;
    bool hollow;
} bands[] = {{"share_two_below", TONE_SHORT, false},
             {"share_one_below", TONE_SHORT, true},
             {"share_equal", TONE_BAND, false},
             {"share_one_above", TONE_ABOVE, true},
             {"share_two_above", TONE_ABOVE, false}};
enum { BANDS = sizeof bands / sizeof *bands, EQUAL = 2 };

struct distribution {
    struct row_chart chart;
    struct axis share, net;
};

/* Where the parts of a row begin and end, with the middle of those who got what they expected at 0.
 * gives   edges  [BANDS + 1]
 *         false when nobody stands behind the row */
static bool edges_find(const struct table *table, const struct row *row, double *edges)
{
    if (!cell_has(table, row, "share_equal"))
        return false;
    edges[0] = -cell_number(table, row, "share_two_below") - cell_number(table, row, "share_one_below") -
               cell_number(table, row, "share_equal") / 2;
    for (unsigned b = 0; b < BANDS; b++)
        edges[b + 1] = edges[b] + cell_number(table, row, bands[b].column);
    return true;
}

static void axes_find(struct distribution *spread, const struct document_block *block)
{
    double left = 0, right = 0, net = 0, ends = 0, edges[BANDS + 1];
    for (uint32_t i = 0; i < block_rows(block); i++) {
        const struct row *row = block_row(block, i);
        if (!edges_find(spread->chart.table, row, edges))
            continue;
        left = fmin(left, edges[0]);
        right = fmax(right, edges[BANDS]);
        net = fmax(net, fabs(cell_number(spread->chart.table, row, "net")));
        ends = fmax(ends, fabs(cell_number(spread->chart.table, row, "net_low")));
        ends = fmax(ends, fabs(cell_number(spread->chart.table, row, "net_high")));
    }
    double reach = fmin(fmax(net, ends), 1);
    reach = reach > AXIS_NOISE ? reach : 1;
    spread->share = (struct axis){left, right > left ? right : left + 1, spread->chart.frame->plot_left + STACKED_LABEL_PX,
                                  spread->chart.frame->plot_right - STACKED_LABEL_PX};
    spread->net = (struct axis){-reach, reach, spread->chart.frame->side_left, spread->chart.frame->side_right};
}

/* The bar and the shares at its ends and in its middle. */
static void bar_draw(const struct distribution *spread, const double *edges, double y)
{
    const struct table *table = spread->chart.table;
    struct stacked_part parts[BANDS];
    char titles[BANDS][64];
    for (unsigned b = 0; b < BANDS; b++) {
        shown_head(spread->chart.head, table, table_column(table, bands[b].column), titles[b], sizeof titles[b]);
        parts[b] = (struct stacked_part){edges[b + 1] - edges[b], bands[b].tone, bands[b].hollow, titles[b]};
    }
    stacked_bar_draw(spread->chart.picture, &spread->share, edges[0], parts, BANDS, y);
    const struct stacked_sums sums = {.start = edges[0],
                                      .left = edges[EQUAL] - edges[0],
                                      .middle = edges[EQUAL + 1] - edges[EQUAL],
                                      .right = edges[BANDS] - edges[EQUAL + 1],
                                      .left_tone = TONE_SHORT,
                                      .right_tone = TONE_ABOVE};
    stacked_sums_draw(spread->chart.picture, &spread->share, &sums, y);
}

/* The tone of a net share: short or above when its interval leaves out 0. */
static enum tone net_tone(const struct table *table, const struct row *row)
{
    if (cell_has(table, row, "net_high") && cell_number(table, row, "net_high") < 0)
        return TONE_SHORT;
    return cell_has(table, row, "net_low") && cell_number(table, row, "net_low") > 0 ? TONE_ABOVE : TONE_UNDECIDED;
}

static enum status spread_draw(const void *inside, const struct row *row, uint32_t index, const char *name, const char **number)
{
    const struct distribution *spread = inside;
    struct row_texts texts = {.word = ""};
    double top = row_top(spread->chart.frame, index), side = top + spread->chart.frame->side_drop, edges[BANDS + 1];
    enum tone tone = net_tone(spread->chart.table, row);
    enum status status = row_signed_figures(&spread->chart, row, "net", "net_low", &texts);
    if (status)
        return status;
    texts.tone = tone == TONE_UNDECIDED ? TONE_INK : tone;
    *number = texts.number;
    row_label(spread->chart.picture, spread->chart.frame, index, name);
    row_texts(spread->chart.picture, spread->chart.frame, index, &texts);
    if (!edges_find(spread->chart.table, row, edges))
        return STATUS_OK;
    bar_draw(spread, edges, top + spread->chart.frame->plot_drop);
    if (cell_has(spread->chart.table, row, "net_low") && cell_has(spread->chart.table, row, "net_high"))
        plot_interval(spread->chart.picture, tone, &spread->net, side, cell_number(spread->chart.table, row, "net_low"),
                      cell_number(spread->chart.table, row, "net_high"));
    (void)picture_dot(spread->chart.picture, tone, 3.5,
                      (struct point){axis_place(&spread->net, cell_number(spread->chart.table, row, "net")), side});
    return STATUS_OK;
}

/* What lies to the left and to the right, and what stands beside it. */
static void heads_draw(const struct distribution *spread, uint32_t rows)
{
    const char *language = spread->chart.head->language;
    const struct row_frame *frame = spread->chart.frame;
    const char *const words[] = {words_or_english(language, "chart.head.less"), words_or_english(language, "chart.head.same"),
                                 words_or_english(language, "chart.head.more")};
    stacked_heads_draw(spread->chart.picture, frame, &spread->share, words,
                       &(struct stacked_sums){.left_tone = TONE_SHORT, .right_tone = TONE_ABOVE});
    plot_head(spread->chart.picture, &spread->net, words_or_english(language, "chart.head.net"));
    plot_mark(spread->chart.picture, frame, &spread->net, rows, 0, frame->stacked ? "" : "0");
}

static enum status gap_distribution_draw(struct ctx *ctx, const struct document_head *head, const struct document_block *block,
                                         enum chart_room room, struct picture *out)
{
    struct distribution spread = {
        .chart = {ctx, head, block, released_table_view(block->table), &stacked_frames[room], out, NULL}};
    uint32_t rows = block_rows(block);
    if (!rows)
        return picture_end(out, 0);
    axes_find(&spread, block);
    heads_draw(&spread, rows);
    return rows_draw(&spread.chart, &spread, spread_draw);
}

const struct chart chart_gap_distribution = {
    .name = "gap_distribution",
    .meaning = "How many customers got less than expected, just that, or more, by how much, and the net share with its interval.",
    .draw = gap_distribution_draw,
};
