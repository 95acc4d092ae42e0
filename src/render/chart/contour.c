/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/chart/contour.h"

#include <assert.h>
#include <string.h>

enum { CORNERS_AT_ONCE = sizeof(uint64_t) };

/* An edge of the grid bears a number: those that run along a row first, then those along a column. The lines of a level cross edges;
 * each crossed edge knows the one or two crossed edges that the line comes to next. */

struct crossing {
    uint32_t next[2]; /* numbers of crossings, from 1; 0 = none */
    bool seen;
};

struct tracing {
    const struct contour_grid *grid;
    double level;
    uint8_t *reached;           /* [corner] is its value at the level or above, and a few more that are 0 */
    uint32_t *numbers;          /* [edge] of its crossing, from 1; 0 = the level does not cross it */
    size_t *edges;              /* [number − 1] the edge that bears the number */
    struct crossing *crossings; /* [number − 1] */
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

/* Which corners the level does not lie above. */
static void corners_compare(const struct tracing *tracing)
{
    const struct contour_grid *grid = tracing->grid;
    for (size_t corner = 0; corner < grid->rows * grid->columns; corner++)
        tracing->reached[corner] = grid->values[corner] >= tracing->level;
}

/* In which of the next CORNERS_AT_ONCE corners, a byte of each, does one list of corners differ from the other? */
static uint64_t corners_differ(const uint8_t *a, const uint8_t *b)
{
    uint64_t one, other;
    memcpy(&one, a, sizeof one);
    memcpy(&other, b, sizeof other);
    return one ^ other;
}

/* Numbers the edges from a row of corners to their neighbours that the level crosses: those whose ends it lies between.
 * takes   first  edge and corner of the first one; step  to the neighbour */
static void row_number(struct tracing *tracing, size_t edge, size_t corner, size_t step, size_t count)
{
    const uint8_t *at = tracing->reached + corner;
    for (size_t i = 0; i < count; i += CORNERS_AT_ONCE) {
        if (!corners_differ(at + i, at + i + step))
            continue;
        for (size_t k = i; k < i + CORNERS_AT_ONCE && k < count; k++)
            if (at[k] != at[k + step]) {
                tracing->edges[tracing->count] = edge + k;
                tracing->numbers[edge + k] = ++tracing->count;
            }
    }
}

/* Numbers the crossed edges in the order of the edges. */
static void edges_number(struct tracing *tracing)
{
    const struct contour_grid *grid = tracing->grid;
    size_t corners = grid->rows * grid->columns;
    for (size_t row = 0; row < grid->rows; row++)
        row_number(tracing, row * grid->columns, row * grid->columns, 1, grid->columns - 1);
    row_number(tracing, corners, 0, grid->columns, corners - grid->columns);
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
        points[line->count++] = edge_point(tracing, tracing->edges[number - 1]);
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

/* Joins the crossings of the cells between a row of corners and the next: cells whose corners are alike have none. */
static void cells_cross(struct tracing *tracing, size_t row)
{
    size_t columns = tracing->grid->columns;
    const uint8_t *at = tracing->reached + row * columns, *below = at + columns;
    for (size_t i = 0; i + 1 < columns; i += CORNERS_AT_ONCE) {
        if (!(corners_differ(at + i, at + i + 1) | corners_differ(at + i, below + i) | corners_differ(at + i, below + i + 1)))
            continue;
        for (size_t column = i; column < i + CORNERS_AT_ONCE && column + 1 < columns; column++)
            cell_cross(tracing, column, row);
    }
}

/* Finds all crossings of the level, and which of them a line joins.
 * takes   ctx  whose memory may go when the lines are known */
static enum status crossings_find(struct ctx *ctx, struct tracing *tracing)
{
    const struct contour_grid *grid = tracing->grid;
    size_t corners = grid->columns * grid->rows;
    tracing->numbers = arena_array(ctx->arena, 2 * corners, sizeof *tracing->numbers);
    tracing->reached = arena_alloc(ctx->arena, corners + grid->columns + CORNERS_AT_ONCE + 1);
    tracing->edges = arena_array(ctx->arena, 2 * corners, sizeof *tracing->edges);
    if (!tracing->numbers || !tracing->reached || !tracing->edges)
        return ctx_no_memory(ctx);
    corners_compare(tracing);
    edges_number(tracing);
    tracing->crossings = arena_array(ctx->arena, tracing->count + 1u, sizeof *tracing->crossings);
    if (!tracing->crossings)
        return ctx_no_memory(ctx);
    for (size_t row = 0; row + 1 < grid->rows; row++)
        cells_cross(tracing, row);
    return STATUS_OK;
}

/* Room for the lines, and the lines. */
static enum status lines_make(struct ctx *ctx, struct tracing *tracing)
{
    /* A line crosses two edges at least, and a closed one returns to its first. */
    tracing->points = arena_array(ctx->arena, (size_t)2 * tracing->count + 1, sizeof *tracing->points);
    tracing->lines = arena_array(ctx->arena, tracing->count + 1u, sizeof *tracing->lines);
    if (!tracing->points || !tracing->lines)
        return ctx_no_memory(ctx);
    lines_follow(tracing, false);
    lines_follow(tracing, true);
    return STATUS_OK;
}

enum status contour_find(struct ctx *ctx, const struct contour_grid *grid, double level, const struct contour_line **lines,
                         size_t *count)
{
    assert(grid->columns >= 2 && grid->rows >= 2);
    struct tracing tracing = {.grid = grid, .level = level};
    struct ctx scratch = *ctx;
    if (arena_create(ctx->arena, &scratch.arena))
        return ctx_no_memory(ctx);
    enum status status = crossings_find(&scratch, &tracing);
    if (status)
        ctx->error = scratch.error;
    else
        status = lines_make(ctx, &tracing);
    arena_destroy(scratch.arena);
    *lines = tracing.lines;
    *count = tracing.line_count;
    return status;
}
