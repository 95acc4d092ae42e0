/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "model/shown.h"
#include "model/words.h"
#include "render/chart/gap_chart.h"
#include "render/tone_colour.h"
#include "render/xlsx_plot.h"

/* Bars from zero to an estimate, pale where its interval lies: the library draws no error bars of their own for each bar. */

#define PIECES      6u /* of a bar: three on either side of zero */
#define ROW_HEIGHT  26.0
#define HEAD_HEIGHT 120.0
#define BAR_GAP     40 /* percent of a bar between two */
#define WHITE       ((lxw_color_t)0xFFFFFF)
#define SIDES_MOST  2u

/* What a bar shows. */
struct estimate {
    bool drawn, has_interval;
    double at, low, high;
    enum tone tone;
};

/* The whole bar, the half of the interval on the side of zero, and the other one. */
static lxw_color_t piece_colour(enum tone tone, unsigned piece)
{
    uint32_t colour = tone_colour(tone);
    return piece % 3 == 0 ? colour : piece % 3 == 1 ? xlsx_paler(colour) : xlsx_paler(xlsx_paler(colour));
}

/* What of a bar lies on the side below zero, then on that above: up to the interval, up to the estimate, up to the interval's end. */
static void pieces_make(const struct estimate *bar, double pieces[PIECES])
{
    double low = bar->has_interval ? bar->low : bar->at, high = bar->has_interval ? bar->high : bar->at;
    double below[3] = {fmin(high, 0), fmin(bar->at, 0), fmin(low, 0)};
    double above[3] = {fmax(low, 0), fmax(bar->at, 0), fmax(high, 0)};
    for (unsigned i = 0; i < 3; i++) {
        pieces[i] = below[i] - (i ? below[i - 1] : 0);
        pieces[i + 3] = above[i] - (i ? above[i - 1] : 0);
    }
}

/* Each bar in the colour of its verdict. */
static enum status colours_set(struct xlsx_plot *plot, lxw_chart_series *series, const struct estimate *bars, unsigned piece)
{
    struct arena *arena = plot->book->ctx->arena;
    lxw_chart_point *points = arena_array(arena, plot->rows, sizeof *points);
    lxw_chart_point **list = arena_array(arena, plot->rows + 1u, sizeof(lxw_chart_point *));
    lxw_chart_fill *fills = arena_array(arena, plot->rows, sizeof *fills);
    if (!points || !list || !fills)
        return ctx_no_memory(plot->book->ctx);
    for (uint32_t r = 0; r < plot->rows; r++) {
        fills[r].color = piece_colour(bars[r].tone, piece);
        points[r].fill = &fills[r];
        list[r] = &points[r];
    }
    xlsx_note_error(plot->book, chart_series_set_points(series, list));
    return STATUS_OK;
}

/* The bars of all rows, whose names stand there already. */
static enum status bars_add(struct xlsx_plot *plot, const struct estimate *bars, const char *head, bool shares)
{
    enum status status = STATUS_OK;
    lxw_chart_line line = {.color = WHITE, .width = 0.75F};
    for (uint32_t r = 0; r < plot->rows; r++) {
        double pieces[PIECES];
        pieces_make(&bars[r], pieces);
        for (unsigned i = 0; i < PIECES && bars[r].drawn; i++) {
            if (pieces[i] != 0)
                xlsx_plot_number(plot, r, i, pieces[i]);
        }
    }
    xlsx_bars_axes(plot, head, shares ? XLSX_SHARE : XLSX_SIGNED);
    if (shares) {
        chart_axis_set_min(plot->chart->x_axis, 0);
        chart_axis_set_max(plot->chart->x_axis, 1);
    }
    for (unsigned piece = 0; piece < PIECES && !status; piece++) {
        lxw_chart_fill fill = {.color = piece_colour(TONE_UNDECIDED, piece)};
        lxw_chart_series *series = xlsx_plot_series(plot, piece, false);
        if (!series)
            return ctx_no_memory(plot->book->ctx);
        chart_series_set_fill(series, &fill);
        chart_series_set_line(series, &line);
        status = colours_set(plot, series, bars, piece);
    }
    chart_set_series_gap(plot->chart, BAR_GAP);
    plot->height = HEAD_HEIGHT + ROW_HEIGHT * plot->rows;
    return status;
}

static enum tone verdict_tone(const char *verdict)
{
    return strcmp(verdict, "short") == 0 ? TONE_SHORT : strcmp(verdict, "above") == 0 ? TONE_ABOVE : TONE_UNDECIDED;
}

enum status xlsx_gap_bars(struct xlsx_plot *plot)
{
    struct ctx *ctx = plot->book->ctx;
    struct gap_chart gaps;
    enum status status =
        gap_chart_make(ctx, &plot->book->document->head, plot->block, strcmp(plot->block->chart, "zone_bands") == 0, &gaps);
    if (status || !gaps.row_count)
        return status;
    struct estimate *bars = arena_array(ctx->arena, gaps.row_count, sizeof *bars);
    status = bars ? xlsx_plot_begin(plot, LXW_CHART_BAR_STACKED) : ctx_no_memory(ctx);
    for (uint32_t r = 0; r < gaps.row_count && !status; r++) {
        const struct chart_row *row = &gaps.rows[r];
        const char *label = arena_format(ctx->arena, "%s  %s %s", row->label, row->number, row->interval);
        bars[r] = (struct estimate){row->drawn, row->has_interval, row->gap, row->low, row->high, verdict_tone(row->verdict)};
        if (!label)
            return ctx_no_memory(ctx);
        xlsx_plot_name(plot, r, label);
    }
    return status ? status : bars_add(plot, bars, gaps.gap_head, false);
}

/* Where the estimates of a chart stand in its table. */
struct estimate_columns {
    const char *chart, *key, *head;
    bool shares;    /* from none to all */
    bool with_sign; /* of the number behind the name */
    struct {
        const char *at, *low, *high;
    } sides[SIDES_MOST]; /* a bar each; the second may not be there */
};

static const struct estimate_columns known[] = {
    {"driver_bars", "driver", "chart.head.part", false, false, {{"lmg", "lmg_low", "lmg_high"}, {NULL, NULL, NULL}}},
    {"gap_changes", NULL, "chart.head.change", false, true, {{"change", "ci_low", "ci_high"}, {NULL, NULL, NULL}}},
    {"league_ranks", NULL, "chart.head.league", false, true, {{"shrunken_gap", "ci_low", "ci_high"}, {NULL, NULL, NULL}}},
    {"penalty_reward_bars",
     "item",
     "chart.head.impact",
     false,
     true,
     {{"penalty", "penalty_ci_low", "penalty_ci_high"}, {"reward", "reward_ci_low", "reward_ci_high"}}},
    {"share_bars", NULL, "chart.head.named", true, false, {{"share", "share_low", "share_high"}, {NULL, NULL, NULL}}}};

/* Whether the interval or, where there is one, the test that allows for all rows leaves out zero. */
static bool estimate_shown(const struct xlsx_plot *plot, const struct row *row, const struct estimate *bar)
{
    if (table_column(plot->table, "p_holm") != UINT32_MAX)
        return cell_has(plot->table, row, "p_holm") &&
               cell_number(plot->table, row, "p_holm") < 1 - plot->book->document->head.confidence;
    return bar->has_interval && (bar->low > 0 || bar->high < 0);
}

static enum tone estimate_tone(const struct xlsx_plot *plot, const struct row *row, const struct estimate *bar)
{
    if (table_column(plot->table, "funnel") != UINT32_MAX)
        return cell_is(plot->table, row, "funnel", "below")   ? TONE_SHORT
               : cell_is(plot->table, row, "funnel", "above") ? TONE_ABOVE
                                                              : TONE_UNDECIDED;
    if (table_column(plot->table, "share") != UINT32_MAX)
        return TONE_FIRST;
    if (!estimate_shown(plot, row, bar))
        return TONE_UNDECIDED;
    return bar->at < 0 ? TONE_SHORT : TONE_ABOVE;
}

static struct estimate estimate_read(const struct xlsx_plot *plot, const struct row *row, const struct estimate_columns *columns,
                                     uint32_t side)
{
    const char *low = columns->sides[side].low, *high = columns->sides[side].high;
    struct estimate bar = {.drawn = cell_has(plot->table, row, columns->sides[side].at),
                           .has_interval = cell_has(plot->table, row, low) && cell_has(plot->table, row, high),
                           .at = cell_number(plot->table, row, columns->sides[side].at),
                           .low = cell_number(plot->table, row, low),
                           .high = cell_number(plot->table, row, high)};
    bar.tone = estimate_tone(plot, row, &bar);
    return bar;
}

/* "Oslo · rank 2–5" where groups have ranks; else the name. */
static enum status rank_add(const struct xlsx_plot *plot, const struct row *row, const char **name)
{
    struct ctx *ctx = plot->book->ctx;
    char low[64], high[64];
    if (table_column(plot->table, "rank_low") == UINT32_MAX || !cell_has(plot->table, row, "rank_low") ||
        !cell_has(plot->table, row, "rank_high"))
        return STATUS_OK;
    shown_number(cell_number(plot->table, row, "rank_low"), 0, true, low, sizeof low);
    shown_number(cell_number(plot->table, row, "rank_high"), 0, true, high, sizeof high);
    const char *word = words_or_english(plot->book->document->head.language, "chart.head.rank");
    bool one = strcmp(low, high) == 0;
    *name = arena_format(ctx->arena, "%s · %s %s%s%s", *name, word, low, one ? "" : "–", one ? "" : high);
    return *name ? STATUS_OK : ctx_no_memory(ctx);
}

/* A bar of a row and its name, with what the bar is where a row has two. */
static enum status bar_add(struct xlsx_plot *plot, const struct row *row, const struct estimate_columns *columns, uint32_t side)
{
    struct ctx *ctx = plot->book->ctx;
    const struct document_head *head = &plot->book->document->head;
    const char *name = NULL, *const figures[] = {columns->sides[side].at, columns->sides[side].low};
    char what[128];
    enum status status = row_name(ctx, head, plot->table, row, columns->key, &name);
    if (!status)
        status = row_step_name(ctx, head, plot->table, row, name, &name);
    if (!status)
        status = rank_add(plot, row, &name);
    if (!status && columns->sides[1].at) {
        shown_head(head, plot->table, table_column(plot->table, columns->sides[side].at), what, sizeof what);
        name = arena_format(ctx->arena, "%s · %s", name, what);
    }
    if (!name)
        return status ? status : ctx_no_memory(ctx);
    return xlsx_plot_figures(plot, row, name, figures, columns->with_sign);
}

enum status xlsx_estimate_bars(struct xlsx_plot *plot)
{
    struct ctx *ctx = plot->book->ctx;
    const struct estimate_columns *columns = known;
    while (strcmp(columns->chart, plot->block->chart) != 0)
        columns++;
    uint32_t rows = block_rows(plot->block), sides = columns->sides[1].at ? 2 : 1;
    struct estimate *bars = arena_array(ctx->arena, SIDES_MOST * rows + 1u, sizeof *bars);
    enum status status = bars ? xlsx_plot_begin(plot, LXW_CHART_BAR_STACKED) : ctx_no_memory(ctx);
    for (uint32_t i = 0; i < rows * sides && !status; i++) {
        const struct row *row = block_row(plot->block, i / sides);
        if (row_hidden(plot->table, row))
            continue;
        bars[plot->rows] = estimate_read(plot, row, columns, i % sides);
        status = bar_add(plot, row, columns, i % sides);
    }
    if (status || !plot->rows)
        return status;
    return bars_add(plot, bars, words_or_english(plot->book->document->head.language, columns->head), columns->shares);
}
