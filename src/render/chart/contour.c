/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/chart/contour.h"

/* An edge of the grid bears a number: those that run along a row first, then those along a column. The lines of a level cross edges;
 * each crossed edge knows the one or two edges that the line crosses next to it. */

#define NO_EDGE SIZE_MAX

struct edge {
    size_t next[2]; /* NO_EDGE: none */
    bool seen;
};

struct tracing {
    const struct contour_grid *grid;
    double level;
    struct edge *edges;
    size_t edge_count;
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

static void edges_join(struct tracing *tracing, size_t a, size_t b)
{
    struct edge *from = &tracing->edges[a], *to = &tracing->edges[b];
    from->next[from->next[0] == NO_EDGE ? 0 : 1] = b;
    to->next[to->next[0] == NO_EDGE ? 0 : 1] = a;
}

/* Joins the edges of one cell that the level crosses. */
static void cell_cross(struct tracing *tracing, size_t column, size_t row)
{
    const struct contour_grid *grid = tracing->grid;
    const double *at = grid->values + row * grid->columns + column;
    const double corner[] = {at[0], at[1], at[grid->columns + 1], at[grid->columns]};
    const size_t edges[] = {edge_along_row(grid, column, row), edge_along_column(grid, column + 1, row),
                            edge_along_row(grid, column, row + 1), edge_along_column(grid, column, row)};
    size_t crossed[4], count = 0;
    for (size_t i = 0; i < 4; i++)
        if ((corner[i] >= tracing->level) != (corner[(i + 1) % 4] >= tracing->level))
            crossed[count++] = edges[i];
    if (count == 2)
        edges_join(tracing, crossed[0], crossed[1]);
    if (count != 4)
        return;
    bool middle = (corner[0] + corner[1] + corner[2] + corner[3]) / 4 >= tracing->level;
    bool first = corner[0] >= tracing->level;
    size_t turn = middle == first ? 1 : 3; /* the first corner's like lies across: its lines cut off the other two */
    edges_join(tracing, edges[0], edges[turn]);
    edges_join(tracing, edges[2], edges[4 - turn]);
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

/* Follows a line from one of its edges. */
static void line_follow(struct tracing *tracing, size_t first, bool closed)
{
    struct contour_line *line = &tracing->lines[tracing->line_count++];
    struct point *points = tracing->points + tracing->point_count;
    *line = (struct contour_line){.points = points, .closed = closed};
    for (size_t edge = first; edge != NO_EDGE;) {
        struct edge *at = &tracing->edges[edge];
        points[line->count++] = edge_point(tracing, edge);
        at->seen = true;
        size_t next = at->next[0];
        if (next == NO_EDGE || tracing->edges[next].seen)
            next = at->next[1];
        edge = next == NO_EDGE || tracing->edges[next].seen ? NO_EDGE : next;
    }
    if (closed)
        points[line->count++] = points[0];
    tracing->point_count += line->count;
}

static void lines_follow(struct tracing *tracing, bool closed)
{
    for (size_t i = 0; i < tracing->edge_count; i++) {
        const struct edge *edge = &tracing->edges[i];
        if (!edge->seen && edge->next[0] != NO_EDGE && (closed || edge->next[1] == NO_EDGE))
            line_follow(tracing, i, closed);
    }
}

static size_t edges_crossed(const struct tracing *tracing)
{
    size_t count = 0;
    for (size_t i = 0; i < tracing->edge_count; i++)
        count += tracing->edges[i].next[0] != NO_EDGE;
    return count;
}

enum status contour_find(struct ctx *ctx, const struct contour_grid *grid, double level, const struct contour_line **lines,
                         size_t *count)
{
    struct tracing tracing = {.grid = grid, .level = level, .edge_count = 2 * grid->columns * grid->rows};
    tracing.edges = arena_array(ctx->arena, tracing.edge_count, sizeof *tracing.edges);
    if (!tracing.edges)
        return ctx_no_memory(ctx);
    for (size_t i = 0; i < tracing.edge_count; i++)
        tracing.edges[i] = (struct edge){.next = {NO_EDGE, NO_EDGE}};
    for (size_t row = 0; row + 1 < grid->rows; row++)
        for (size_t column = 0; column + 1 < grid->columns; column++)
            cell_cross(&tracing, column, row);
    size_t crossed = edges_crossed(&tracing); /* a line crosses two edges at least, and a closed one returns to its first */
    tracing.points = arena_array(ctx->arena, 2 * crossed + 1, sizeof *tracing.points);
    tracing.lines = arena_array(ctx->arena, crossed + 1, sizeof *tracing.lines);
    if (!tracing.points || !tracing.lines)
        return ctx_no_memory(ctx);
    lines_follow(&tracing, false);
    lines_follow(&tracing, true);
    *lines = tracing.lines;
    *count = tracing.line_count;
    return STATUS_OK;
}
