/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/chart/contour.h"

#include <assert.h>

/* An edge of the grid bears a number: those that run along a row first, then those along a column. The lines of a level cross edges;
 * each crossed edge knows the one or two crossed edges that the line comes to next. */

struct crossing {
    size_t edge;
    uint32_t next[2]; /* numbers of crossings, from 1; 0 = none */
    bool seen;
};

struct tracing {
    const struct contour_grid *grid;
    double level;
    uint32_t *numbers;          /* [edge] of its crossing, from 1; 0 = the level does not cross it */
    struct crossing *crossings; /* [number − 1], by edge */
    uint32_t count;
    struct point *points; /* of all lines */
    size_t point_count;
    struct contour_line *lines;
    size_t line_count;
};

static size_t edge_along_row(const struct contour_grid *grid, size_t column, size_t row)
{
    return row * grid->columns + column;
}

static size_t edge_along_column(const struct contour_grid *grid, size_t column, size_t row)
{
    return grid->rows * grid->columns + row * grid->columns + column;
}

/* Numbers an edge when the level lies between its ends. */
static void edge_number(struct tracing *tracing, size_t edge, double a, double b)
{
    if ((a >= tracing->level) != (b >= tracing->level))
        tracing->numbers[edge] = ++tracing->count;
}

/* Numbers the crossed edges in the order of the edges. */
static void edges_number(struct tracing *tracing)
{
    const struct contour_grid *grid = tracing->grid;
    for (size_t row = 0; row < grid->rows; row++)
        for (size_t column = 0; column + 1 < grid->columns; column++) {
            size_t edge = edge_along_row(grid, column, row);
            edge_number(tracing, edge, grid->values[edge], grid->values[edge + 1]);
        }
    for (size_t corner = 0; corner + grid->columns < grid->rows * grid->columns; corner++)
        edge_number(tracing, grid->rows * grid->columns + corner, grid->values[corner], grid->values[corner + grid->columns]);
}

/* Room for the crossings, and which edges they are on. */
static enum status crossings_make(struct ctx *ctx, struct tracing *tracing, size_t edge_count)
{
    tracing->crossings = arena_array(ctx->arena, tracing->count + 1u, sizeof *tracing->crossings);
    if (!tracing->crossings)
        return ctx_no_memory(ctx);
    for (size_t edge = 0; edge < edge_count; edge++)
        if (tracing->numbers[edge])
            tracing->crossings[tracing->numbers[edge] - 1].edge = edge;
    return STATUS_OK;
}

static void crossings_join(struct tracing *tracing, uint32_t a, uint32_t b)
{
    struct crossing *from = &tracing->crossings[a - 1], *to = &tracing->crossings[b - 1];
    from->next[from->next[0] ? 1 : 0] = b;
    to->next[to->next[0] ? 1 : 0] = a;
}

/* Joins the crossings on the edges of one cell. */
static void cell_cross(struct tracing *tracing, size_t column, size_t row)
{
    const struct contour_grid *grid = tracing->grid;
    const uint32_t numbers[] = {
        tracing->numbers[edge_along_row(grid, column, row)], tracing->numbers[edge_along_column(grid, column + 1, row)],
        tracing->numbers[edge_along_row(grid, column, row + 1)], tracing->numbers[edge_along_column(grid, column, row)]};
    uint32_t crossed[4];
    size_t count = 0;
    for (size_t i = 0; i < 4; i++)
        if (numbers[i])
            crossed[count++] = numbers[i];
    if (count == 2)
        crossings_join(tracing, crossed[0], crossed[1]);
    if (count != 4)
        return;
    const double *at = grid->values + row * grid->columns + column;
    bool middle = (at[0] + at[1] + at[grid->columns + 1] + at[grid->columns]) / 4 >= tracing->level;
    bool first = at[0] >= tracing->level;
    size_t turn = middle == first ? 1 : 3; /* the first corner's like lies across: its lines cut off the other two */
    crossings_join(tracing, numbers[0], numbers[turn]);
    crossings_join(tracing, numbers[2], numbers[4 - turn]);
}

/* Where the level crosses an edge. */
static struct point edge_point(const struct tracing *tracing, size_t edge)
{
    const struct contour_grid *grid = tracing->grid;
    bool down = edge >= grid->rows * grid->columns;
    size_t corner = down ? edge - grid->rows * grid->columns : edge;
    double a = grid->values[corner], b = grid->values[corner + (down ? grid->columns : 1)];
    double share = (tracing->level - a) / (b - a);
    size_t column = corner % grid->columns, row = corner / grid->columns;
    return down ? (struct point){(double)column, (double)row + share} : (struct point){(double)column + share, (double)row};
}

static bool crossing_open(const struct tracing *tracing, uint32_t number)
{
    return number && !tracing->crossings[number - 1].seen;
}

/* Follows a line from one of its crossings. */
static void line_follow(struct tracing *tracing, uint32_t first, bool closed)
{
    struct contour_line *line = &tracing->lines[tracing->line_count++];
    struct point *points = tracing->points + tracing->point_count;
    *line = (struct contour_line){.points = points, .closed = closed};
    for (uint32_t number = first; number;) {
        struct crossing *at = &tracing->crossings[number - 1];
        points[line->count++] = edge_point(tracing, at->edge);
        at->seen = true;
        number = crossing_open(tracing, at->next[0]) ? at->next[0] : crossing_open(tracing, at->next[1]) ? at->next[1] : 0;
    }
    if (closed)
        points[line->count++] = points[0];
    tracing->point_count += line->count;
}

static void lines_follow(struct tracing *tracing, bool closed)
{
    for (uint32_t number = 1; number <= tracing->count; number++) {
        const struct crossing *at = &tracing->crossings[number - 1];
        if (!at->seen && at->next[0] && (closed || !at->next[1]))
            line_follow(tracing, number, closed);
    }
}

enum status contour_find(struct ctx *ctx, const struct contour_grid *grid, double level, const struct contour_line **lines,
                         size_t *count)
{
    assert(grid->columns >= 2 && grid->rows >= 2);
    struct tracing tracing = {.grid = grid, .level = level};
    size_t edge_count = 2 * grid->columns * grid->rows;
    tracing.numbers = arena_array(ctx->arena, edge_count, sizeof *tracing.numbers);
    if (!tracing.numbers)
        return ctx_no_memory(ctx);
    edges_number(&tracing);
    enum status status = crossings_make(ctx, &tracing, edge_count);
    if (status)
        return status;
    for (size_t row = 0; row + 1 < grid->rows; row++)
        for (size_t column = 0; column + 1 < grid->columns; column++)
            cell_cross(&tracing, column, row);
    /* A line crosses two edges at least, and a closed one returns to its first. */
    tracing.points = arena_array(ctx->arena, (size_t)2 * tracing.count + 1, sizeof *tracing.points);
    tracing.lines = arena_array(ctx->arena, tracing.count + 1u, sizeof *tracing.lines);
    if (!tracing.points || !tracing.lines)
        return ctx_no_memory(ctx);
    lines_follow(&tracing, false);
    lines_follow(&tracing, true);
    *lines = tracing.lines;
    *count = tracing.line_count;
    return STATUS_OK;
}
