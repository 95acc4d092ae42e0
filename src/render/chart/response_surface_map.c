/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <float.h>
#include <math.h>
#include <string.h>

#include "base/decimal.h"
#include "model/measure.h"
#include "model/words.h"
#include "render/chart/contour.h"
#include "render/chart/label_placement.h"
#include "render/chart/row_frame.h"

/* How an outcome goes with expectation and perception together: lines of equal outcome over both scales, the line on which both are
 * equal, and the slopes along and across it with their intervals. The coefficients have no constant: the outcome counts from where
 * both scales have their middle. Lines end where hardly any answers lie: beyond them the polynomial is a guess. */

enum { SIDE = 49, COEFFICIENTS = 5, SLOPES = 4, LINES_MOST = 13, LABEL_TRIES = 7 };

/* Where the map and the texts stand. */
struct surface_frame {
    double side;                /* of the square */
    double text_left, text_top; /* of the figures */
    double number_right, interval_right;
};

static const struct surface_frame frames[ROOM_COUNT] = {
    [ROOM_WIDE] = {.side = 400, .text_left = 480, .text_top = 60, .number_right = 560, .interval_right = 690},
    [ROOM_NARROW] = {.side = 306, .text_left = 0, .text_top = 384, .number_right = 80, .interval_right = 210},
    [ROOM_PAPER] = {.side = 360, .text_left = 424, .text_top = 60, .number_right = 496, .interval_right = 614},
};

#define LEFT_PX 40.0
#define TOP_PX  26.0

/* Where the answers lie: an oval about their means that holds nearly all of them. */
struct answer_cloud {
    struct point mean, deviation;
    double r; /* correlation */
};

#define ANSWERS_REACH 2.4477 /* standard deviations: 95 of 100 when both are normal, √(χ²₂ at .95) */

struct surface_drawing {
    struct row_chart chart;
    const struct surface_frame *frame;
    double b[COEFFICIENTS], centre;
    struct axis x, y;
    struct label_box plot;
    struct axis grid_x, grid_y; /* where the surface is computed: numbers, at 0 … SIDE − 1 of the grid */
    bool has_answers;
    struct answer_cloud answers;
    struct label_box *taken; /* labels of lines */
    size_t taken_count;
};

/* The row of a figure that has a number; NULL when there is none. */
static const struct row *figure_find(const struct row_chart *chart, const char *figure)
{
    for (uint32_t i = 0; i < block_rows(chart->block); i++) {
        const struct row *row = block_row(chart->block, i);
        if (cell_is(chart->table, row, "figure", figure) && cell_has(chart->table, row, "estimate"))
            return row;
    }
    return NULL;
}

static bool coefficients_find(struct surface_drawing *drawing)
{
    static const char *const names[COEFFICIENTS] = {"b1", "b2", "b3", "b4", "b5"};
    for (size_t i = 0; i < COEFFICIENTS; i++) {
        const struct row *row = figure_find(&drawing->chart, names[i]);
        if (!row)
            return false;
        drawing->b[i] = cell_number(drawing->chart.table, row, "estimate");
    }
    return true;
}

/* The scale of the items, which is the same for all where there is a surface. */
static void axes_find(struct surface_drawing *drawing)
{
    const struct study *study = drawing->chart.head->study;
    const struct scale *scale = &study->scales[study->items[0].scale];
    double least = decimal_to_double(scale->min), most = decimal_to_double(scale->max), side = drawing->frame->side;
    drawing->centre = (least + most) / 2;
    drawing->plot = (struct label_box){LEFT_PX, TOP_PX, LEFT_PX + side, TOP_PX + side};
    drawing->x = (struct axis){least, most, LEFT_PX, LEFT_PX + side};
    drawing->y = (struct axis){least, most, TOP_PX + side, TOP_PX};
}

static double surface_at(const struct surface_drawing *drawing, double expectation, double perception)
{
    const double *b = drawing->b, x = expectation - drawing->centre, y = perception - drawing->centre;
    return b[0] * x + b[1] * y + b[2] * x * x + b[3] * x * y + b[4] * y * y;
}

/* The means, deviations and correlation of expectation and perception, from the gap table that stands beside. */
static void answers_find(struct surface_drawing *drawing)
{
    const struct table *table = drawing->chart.block->beside ? released_table_view(drawing->chart.block->beside) : NULL;
    if (!table || !table->row_count)
        return;
    const struct row *row = &table->rows[0];
    struct answer_cloud *answers = &drawing->answers;
    answers->mean = (struct point){cell_number(table, row, "mean_expectation"), cell_number(table, row, "mean_perception")};
    answers->deviation = (struct point){cell_number(table, row, "sd_expectation"), cell_number(table, row, "sd_perception")};
    answers->r = cell_number(table, row, "r_expectation_perception");
    drawing->has_answers = answers->deviation.x > 0 && answers->deviation.y > 0 && fabs(answers->r) < 1;
}

/* Do answers lie there? */
static bool answers_hold(const struct surface_drawing *drawing, double expectation, double perception)
{
    const struct answer_cloud *answers = &drawing->answers;
    if (!drawing->has_answers)
        return true;
    double x = (expectation - answers->mean.x) / answers->deviation.x, y = (perception - answers->mean.y) / answers->deviation.y;
    return (x * x - 2 * answers->r * x * y + y * y) / (1 - answers->r * answers->r) <= ANSWERS_REACH * ANSWERS_REACH;
}

/* The part of the scale that the oval covers along an axis. */
static struct axis grid_axis(const struct surface_drawing *drawing, double mean, double deviation)
{
    double reach = ANSWERS_REACH * deviation;
    struct axis axis = {drawing->x.least, drawing->x.most, 0, SIDE - 1};
    if (drawing->has_answers) {
        axis.least = fmax(axis.least, mean - reach);
        axis.most = fmin(axis.most, mean + reach);
    }
    return axis;
}

/* Where the surface is computed. Both axes show the same part of the scale, so that the line of equality stays a diagonal. */
static void grid_find(struct surface_drawing *drawing)
{
    drawing->grid_x = grid_axis(drawing, drawing->answers.mean.x, drawing->answers.deviation.x);
    drawing->grid_y = grid_axis(drawing, drawing->answers.mean.y, drawing->answers.deviation.y);
    drawing->x.least = drawing->y.least = fmin(drawing->grid_x.least, drawing->grid_y.least);
    drawing->x.most = drawing->y.most = fmax(drawing->grid_x.most, drawing->grid_y.most);
}

/* The oval, its part beyond the scales left out. */
static void answers_draw(const struct surface_drawing *drawing)
{
    enum { STEPS = 72 };
    struct point points[STEPS];
    const struct answer_cloud *answers = &drawing->answers;
    for (size_t i = 0; i < STEPS && drawing->has_answers; i++) {
        double angle = 2 * acos(-1) * (double)i / STEPS;
        double x = ANSWERS_REACH * cos(angle), y = ANSWERS_REACH * sin(angle);
        y = answers->r * x + sqrt(1 - answers->r * answers->r) * y;
        x = fmin(fmax(answers->mean.x + x * answers->deviation.x, drawing->x.least), drawing->x.most);
        y = fmin(fmax(answers->mean.y + y * answers->deviation.y, drawing->y.least), drawing->y.most);
        points[i] = (struct point){axis_place(&drawing->x, x), axis_place(&drawing->y, y)};
    }
    if (drawing->has_answers)
        picture_shape(drawing->chart.picture, TONE_BAND, points, STEPS)->closed = true;
}

/* A number of the axis that has a place on the grid. */
static double grid_number(const struct axis *axis, double place)
{
    return axis->least + place / (SIDE - 1) * (axis->most - axis->least);
}

/* The surface over the grid, and its range where answers lie. */
static void values_find(const struct surface_drawing *drawing, double *values, struct axis *range)
{
    *range = (struct axis){HUGE_VAL, -HUGE_VAL, 0, 1};
    for (size_t i = 0; i < (size_t)SIDE * SIDE; i++) {
        size_t column = i % SIDE, line = i / SIDE;
        double x = grid_number(&drawing->grid_x, (double)column), y = grid_number(&drawing->grid_y, (double)line);
        values[i] = surface_at(drawing, x, y);
        if (!answers_hold(drawing, x, y))
            continue;
        range->least = fmin(range->least, values[i]);
        range->most = fmax(range->most, values[i]);
    }
}

/* The number of a line where there is room for it, on paper so that the line does not run through it. */
static void line_label(struct surface_drawing *drawing, const struct contour_line *line, const char *text)
{
    static const double shares[LABEL_TRIES] = {0.5, 0.35, 0.65, 0.2, 0.8, 0.1, 0.9};
    struct picture *picture = drawing->chart.picture;
    double width = picture_text_width(span_of(text), SMALL_PX) + 4;
    for (size_t i = 0; i < LABEL_TRIES; i++) {
        const struct point *at = &line->points[(size_t)(shares[i] * (double)(line->count - 1))];
        const struct label_box box = {at->x - width / 2, at->y - 7, at->x + width / 2, at->y + 7};
        bool free = box.left >= drawing->plot.left && box.right <= drawing->plot.right && box.top >= drawing->plot.top &&
                    box.bottom <= drawing->plot.bottom;
        for (size_t j = 0; j < drawing->taken_count; j++)
            free = free && !boxes_meet(&box, &drawing->taken[j]);
        if (!free)
            continue;
        drawing->taken[drawing->taken_count++] = box;
        (void)picture_box(picture, TONE_PAPER, (struct point){box.left, box.top}, (struct point){box.right, box.bottom});
        (void)picture_text(picture, TONE_INK, (struct point){at->x, at->y + 4}, ANCHOR_MIDDLE, span_of(text));
        return;
    }
}

/* A piece of a line that runs where answers lie. */
static void piece_draw(struct surface_drawing *drawing, const struct contour_line *piece, double level, const char *text)
{
    bool zero = fabs(level) < DBL_EPSILON;
    if (piece->count < 2)
        return;
    struct mark *mark = picture_shape(drawing->chart.picture,
                                      zero        ? TONE_INK
                                      : level < 0 ? TONE_SHORT
                                                  : TONE_ABOVE,
                                      piece->points, piece->count);
    mark->dashed = level < 0 && !zero;
    mark->size = zero ? 2.5 : 1.5;
    line_label(drawing, piece, text);
}

/* A line in pieces. */
static enum status line_draw(struct surface_drawing *drawing, const struct contour_line *line, double level, const char *text)
{
    struct point *points = arena_array(drawing->chart.ctx->arena, line->count + 1, sizeof *points);
    size_t first = 0;
    if (!points)
        return ctx_no_memory(drawing->chart.ctx);
    for (size_t i = 0; i <= line->count; i++) {
        bool end = i == line->count;
        double x = end ? 0 : grid_number(&drawing->grid_x, line->points[i].x);
        double y = end ? 0 : grid_number(&drawing->grid_y, line->points[i].y);
        if (!end && answers_hold(drawing, x, y)) {
            points[i] = (struct point){axis_place(&drawing->x, x), axis_place(&drawing->y, y)};
            continue;
        }
        piece_draw(drawing, &(struct contour_line){.points = points + first, .count = i - first}, level, text);
        first = i + 1;
    }
    return STATUS_OK;
}

/* The lines of one level: dashed where the outcome is lower than in the middle, bold where it is the same. */
static enum status level_draw(struct surface_drawing *drawing, const struct contour_grid *grid, const struct tick *level)
{
    struct ctx *ctx = drawing->chart.ctx;
    const struct contour_line *lines = NULL;
    size_t count = 0;
    enum status status = contour_find(ctx, grid, level->number, &lines, &count);
    bool zero = fabs(level->number) < DBL_EPSILON;
    const char *text = zero ? "0" : arena_format(ctx->arena, "%s%s", level->number > 0 ? "+" : "", level->text);
    if (!status && !text)
        return ctx_no_memory(ctx);
    for (size_t i = 0; i < count && !status; i++)
        status = line_draw(drawing, &lines[i], level->number, text);
    return status;
}

static enum status levels_draw(struct surface_drawing *drawing)
{
    struct ctx *ctx = drawing->chart.ctx;
    double *values = arena_array(ctx->arena, (size_t)SIDE * SIDE, sizeof *values);
    drawing->taken = arena_array(ctx->arena, (size_t)32 * SIDE, sizeof *drawing->taken);
    struct tick levels[32];
    struct axis range;
    if (!values || !drawing->taken)
        return ctx_no_memory(ctx);
    values_find(drawing, values, &range);
    if (!(range.most - range.least > DBL_EPSILON)) /* flat: no line to draw */
        return STATUS_OK;
    const struct contour_grid grid = {.columns = SIDE, .rows = SIDE, .values = values};
    unsigned count = axis_ticks(&range, LINES_MOST, levels);
    enum status status = STATUS_OK;
    double margin = (range.most - range.least) / 1e6; /* at both ends a level is a point in a corner */
    for (unsigned i = 0; i < count && !status; i++)
        if (levels[i].number > range.least + margin && levels[i].number < range.most - margin)
            status = level_draw(drawing, &grid, &levels[i]);
    return status;
}

/* The square with its ticks, the names of its axes, and the line on which both are equal. */
static void ground_draw(const struct surface_drawing *drawing)
{
    struct picture *picture = drawing->chart.picture;
    const char *language = drawing->chart.head->language;
    const struct label_box *plot = &drawing->plot;
    struct tick ticks[32];
    double range = drawing->x.most - drawing->x.least;
    /* Halves of a rating scale say nothing and crowd the axis. */
    unsigned most = range > 10 ? 6 : range >= 3 ? (unsigned)range + 1 : 8, count = axis_ticks(&drawing->x, most, ticks);
    for (unsigned i = 0; i < count; i++) {
        double x = axis_place(&drawing->x, ticks[i].number), y = axis_place(&drawing->y, ticks[i].number);
        const char *text = arena_copy(picture->ctx->arena, span_of(ticks[i].text));
        picture->failed = picture->failed || !text;
        (void)picture_line(picture, TONE_GRID, 1, (struct point){x, plot->top}, (struct point){x, plot->bottom});
        (void)picture_line(picture, TONE_GRID, 1, (struct point){plot->left, y}, (struct point){plot->right, y});
        (void)picture_text(picture, TONE_SOFT, (struct point){x, plot->bottom + 15}, ANCHOR_MIDDLE, span_of(text ? text : ""));
        (void)picture_text(picture, TONE_SOFT, (struct point){plot->left - 6, y + 4}, ANCHOR_END, span_of(text ? text : ""));
    }
    picture_line(picture, TONE_SOFT, 1, (struct point){plot->left, plot->bottom}, (struct point){plot->right, plot->top})
        ->dashed = true;
    (void)picture_text(picture, TONE_SOFT, (struct point){0, 13}, ANCHOR_START,
                       text_within(picture, words_or_english(language, "chart.surface.up"), SMALL_PX, plot->right));
    (void)picture_text(picture, TONE_SOFT, (struct point){plot->right, plot->bottom + 32}, ANCHOR_END,
                       text_within(picture, words_or_english(language, "chart.surface.across"), SMALL_PX, plot->right));
}

/* Where the outcome neither rises nor falls, when that lies inside both scales and among the answers: a hollow dot in the cross of its intervals. */
static void stationary_draw(const struct surface_drawing *drawing)
{
    const struct row_chart *chart = &drawing->chart;
    const struct row *x0 = figure_find(chart, "x0"), *y0 = figure_find(chart, "y0");
    if (!x0 || !y0 || !cell_is(chart->table, x0, "place", "inside") || !cell_is(chart->table, y0, "place", "inside"))
        return;
    struct point number = {cell_number(chart->table, x0, "estimate"), cell_number(chart->table, y0, "estimate")};
    if (!answers_hold(drawing, number.x, number.y))
        return;
    struct point at = {axis_place(&drawing->x, number.x), axis_place(&drawing->y, number.y)};
    const struct row *rows[] = {x0, y0};
    for (size_t i = 0; i < 2; i++) {
        const struct axis *axis = i ? &drawing->y : &drawing->x;
        if (!cell_has(chart->table, rows[i], "ci_low") || !cell_has(chart->table, rows[i], "ci_high"))
            continue;
        double low = axis_place(axis, fmax(cell_number(chart->table, rows[i], "ci_low"), axis->least));
        double high = axis_place(axis, fmin(cell_number(chart->table, rows[i], "ci_high"), axis->most));
        (void)picture_line(chart->picture, TONE_INK, 1.5, i ? (struct point){at.x, low} : (struct point){low, at.y},
                           i ? (struct point){at.x, high} : (struct point){high, at.y});
    }
    struct mark *dot = picture_dot(chart->picture, TONE_INK, 5, at);
    dot->hollow = true;
    dot->tip = words_or_english(chart->head->language, "chart.surface.point");
}

/* A slope or curvature with its interval on a line of its own; nothing when there is none. */
static enum status figure_draw(const struct surface_drawing *drawing, const char *figure, const char *word, double y)
{
    const struct row_chart *chart = &drawing->chart;
    const struct surface_frame *frame = drawing->frame;
    const struct row *row = figure_find(chart, figure);
    struct row_texts texts = {.tone = TONE_INK};
    if (!row)
        return STATUS_OK;
    enum status status = row_signed_figures(chart, row, "estimate", "ci_low", &texts);
    if (status)
        return status;
    (void)picture_text(chart->picture, TONE_INK, (struct point){frame->number_right, y}, ANCHOR_END, span_of(texts.number));
    (void)picture_text(chart->picture, TONE_SOFT, (struct point){frame->interval_right, y}, ANCHOR_END,
                       text_within(chart->picture, texts.interval, SMALL_PX, frame->interval_right - frame->number_right - 8));
    (void)picture_text(chart->picture, TONE_SOFT, (struct point){frame->interval_right + 10, y}, ANCHOR_START,
                       text_within(chart->picture, words_or_english(chart->head->language, word), SMALL_PX,
                                   chart->picture->width - frame->interval_right - 10));
    return STATUS_OK;
}

/* The slopes and curvatures along the line of equality and across it.
 * gives   *bottom  where the picture ends */
static enum status figures_draw(const struct surface_drawing *drawing, double *bottom)
{
    static const char *const figures[SLOPES] = {"a1", "a2", "a3", "a4"};
    static const char *const words[] = {"chart.surface.slope", "chart.surface.curve"};
    static const char *const heads[] = {"chart.surface.equal", "chart.surface.apart"};
    static const double lines[SLOPES] = {32, 50, 100, 118};
    const struct surface_frame *frame = drawing->frame;
    struct picture *picture = drawing->chart.picture;
    enum status status = STATUS_OK;
    for (size_t i = 0; i < SLOPES && !status; i++) {
        double y = frame->text_top + lines[i];
        if (i % 2 == 0)
            (void)picture_text(picture, TONE_SOFT, (struct point){frame->text_left, y - 18}, ANCHOR_START,
                               text_within(picture, words_or_english(drawing->chart.head->language, heads[i / 2]), SMALL_PX,
                                           picture->width - frame->text_left));
        status = figure_draw(drawing, figures[i], words[i % 2], y);
    }
    *bottom = fmax(frame->text_top + lines[SLOPES - 1] + 18, drawing->plot.bottom + 36);
    return status;
}

static enum status response_surface_map_draw(struct ctx *ctx, const struct document_head *head,
                                             const struct document_block *block, enum chart_room room, struct picture *out)
{
    struct surface_drawing drawing = {
        .chart = {.ctx = ctx, .head = head, .block = block, .table = released_table_view(block->table), .picture = out},
        .frame = &frames[room]};
    double bottom = 0;
    if (!coefficients_find(&drawing))
        return picture_end(out, 0);
    axes_find(&drawing);
    answers_find(&drawing);
    grid_find(&drawing);
    answers_draw(&drawing);
    ground_draw(&drawing);
    out->description = words_or_english(head->language, "chart.surface.description");
    enum status status = levels_draw(&drawing);
    stationary_draw(&drawing);
    if (!status)
        status = figures_draw(&drawing, &bottom);
    return status ? status : picture_end(out, bottom + 4);
}

const struct chart chart_response_surface_map = {
    .name = "response_surface_map",
    .meaning =
        "How an outcome goes with expectation and perception together: lines of equal outcome, and the line where both are "
        "equal.",
    .draw = response_surface_map_draw,
};
