/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "model/measure.h"
#include "model/shown.h"
#include "model/words.h"
#include "render/chart/row_frame.h"

/* How the customers of each item are spread: those who got less than expected to the left, those who got more to the right, those who
 * got just that across the middle. Filled parts are two steps of the scale or more, hollow ones a single step. Beside it the net
 * share with its interval. */

static const struct row_frame frames[ROOM_COUNT] = {
    [ROOM_WIDE] = {.label_letters = 30,
                   .plot_left = 224,
                   .plot_right = 544,
                   .side_left = 562,
                   .side_right = 632,
                   .number_right = 676,
                   .interval_right = 766,
                   .word_left = 768,
                   .word_right = 768,
                   .top = 46,
                   .height = 38,
                   .plot_drop = 19,
                   .side_drop = 19,
                   .text_drop = 23},
    [ROOM_NARROW] = {.label_letters = 48,
                     .plot_left = 0,
                     .plot_right = 360,
                     .side_left = 216,
                     .side_right = 352,
                     .number_right = 44,
                     .interval_right = 150,
                     .word_left = 160,
                     .word_right = 160,
                     .top = 46,
                     .height = 86,
                     .plot_drop = 70,
                     .side_drop = 46,
                     .text_drop = 50,
                     .stacked = true},
    [ROOM_PAPER] = {.label_letters = 27,
                    .plot_left = 204,
                    .plot_right = 492,
                    .side_left = 508,
                    .side_right = 570,
                    .number_right = 612,
                    .interval_right = 702,
                    .word_left = 704,
                    .word_right = 704,
                    .top = 46,
                    .height = 36,
                    .plot_drop = 18,
                    .side_drop = 18,
                    .text_drop = 22},
};

#define BAR_PX   8.0  /* half its height */
#define LABEL_PX 40.0 /* room for a share at either end of a bar */

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
    reach = reach > 0 ? reach : 1;
    spread->share = (struct axis){left, right > left ? right : left + 1, spread->chart.frame->plot_left + LABEL_PX,
                                  spread->chart.frame->plot_right - LABEL_PX};
    spread->net = (struct axis){-reach, reach, spread->chart.frame->side_left, spread->chart.frame->side_right};
}

/* "44 %" of a share. */
static const char *percent_text(struct picture *picture, double share)
{
    char number[64];
    shown_number(share * 100, 0, true, number, sizeof number);
    const char *text = arena_format(picture->ctx->arena, "%s %%", number);
    picture->failed = picture->failed || !text;
    return text ? text : "";
}

/* One part of a bar; it says its share to a pointer. */
static void band_draw(const struct distribution *spread, const struct band *band, const double *edges, double y)
{
    struct picture *picture = spread->chart.picture;
    if (edges[1] <= edges[0])
        return;
    double inset = band->hollow ? 1 : 0; /* half the outline, so that neighbours do not cover each other */
    double left = axis_place(&spread->share, edges[0]) + inset, right = axis_place(&spread->share, edges[1]) - inset;
    struct mark *box = picture_box(picture, band->tone, (struct point){left, y - BAR_PX + inset},
                                   (struct point){fmax(right, left + 0.5), y + BAR_PX - inset});
    box->hollow = band->hollow;
    char title[64];
    shown_head(spread->chart.head, spread->chart.table, table_column(spread->chart.table, band->column), title, sizeof title);
    box->tip = arena_format(picture->ctx->arena, "%s: %s", title, percent_text(picture, edges[1] - edges[0]));
}

/* The bar and the shares at its ends and in its middle. */
static void bar_draw(const struct distribution *spread, const double *edges, double y)
{
    struct picture *picture = spread->chart.picture;
    for (unsigned b = 0; b < BANDS; b++)
        band_draw(spread, &bands[b], &edges[b], y);
    double left = axis_place(&spread->share, edges[0]), right = axis_place(&spread->share, edges[BANDS]);
    (void)picture_text(picture, TONE_SHORT, (struct point){left - 5, y + 4}, ANCHOR_END,
                       span_of(percent_text(picture, edges[EQUAL] - edges[0])));
    (void)picture_text(picture, TONE_ABOVE, (struct point){right + 5, y + 4}, ANCHOR_START,
                       span_of(percent_text(picture, edges[BANDS] - edges[EQUAL + 1])));
    double room = axis_place(&spread->share, edges[EQUAL + 1]) - axis_place(&spread->share, edges[EQUAL]);
    struct span same = span_of(percent_text(picture, edges[EQUAL + 1] - edges[EQUAL]));
    if (picture_text_width(same, SMALL_PX) + 4 <= room)
        (void)picture_text(picture, TONE_INK, (struct point){axis_place(&spread->share, 0), y + 4}, ANCHOR_MIDDLE, same);
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
    double y = frame->top - 12;
    double middle = axis_place(&spread->share, 0);
    struct axis less = {0, 1, frame->plot_left, middle - 30}, more = {0, 1, middle + 30, frame->plot_right};
    (void)picture_text(
        spread->chart.picture, TONE_SHORT, (struct point){less.from, y}, ANCHOR_START,
        text_within(spread->chart.picture, words_or_english(language, "chart.head.less"), SMALL_PX, less.to - less.from));
    (void)picture_text(spread->chart.picture, TONE_SOFT, (struct point){middle, y}, ANCHOR_MIDDLE,
                       text_within(spread->chart.picture, words_or_english(language, "chart.head.same"), SMALL_PX, 56));
    (void)picture_text(
        spread->chart.picture, TONE_ABOVE, (struct point){more.to, y}, ANCHOR_END,
        text_within(spread->chart.picture, words_or_english(language, "chart.head.more"), SMALL_PX, more.to - more.from));
    plot_head(spread->chart.picture, &spread->net, words_or_english(language, "chart.head.net"));
    plot_mark(spread->chart.picture, frame, &spread->net, rows, 0, frame->stacked ? "" : "0");
}

static enum status gap_distribution_draw(struct ctx *ctx, const struct document_head *head, const struct document_block *block,
                                         enum chart_room room, struct picture *out)
{
    struct distribution spread = {.chart = {ctx, head, block, released_table_view(block->table), &frames[room], out, NULL}};
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
