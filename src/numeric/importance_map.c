/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/importance_map.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#define ON_LINE 1e-9

/* Ascending, for qsort. */
static int number_compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The line of one direction, from the numbers, which are sorted for it. */
static double line_of(double *numbers, size_t count, enum map_cut cut)
{
    qsort(numbers, count, sizeof *numbers, number_compare);
    if (cut == MAP_CUT_MEDIANS)
        return count % 2 ? numbers[count / 2] : 0.5 * (numbers[count / 2 - 1] + numbers[count / 2]);
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += numbers[i];
    return sum / (double)count;
}

enum undefined map_lines(const struct map_point *points, size_t count, enum map_cut cut, double *work, struct map_point *lines)
{
    if (count == 0)
        return UNDEFINED_TOO_FEW;
    for (size_t i = 0; i < count; i++)
        work[i] = points[i].performance;
    lines->performance = line_of(work, count, cut);
    for (size_t i = 0; i < count; i++)
        work[i] = points[i].importance;
    lines->importance = line_of(work, count, cut);
    return DEFINED;
}

/* −1 below the line, 0 on it, 1 above. */
static int side_of(double value, double line)
{
    if (fabs(value - line) <= ON_LINE * fmax(fabs(value), fabs(line)))
        return 0;
    return value > line ? 1 : -1;
}

enum map_quadrant map_quadrant_of(const struct map_point *point, const struct map_point *lines)
{
    int performance = side_of(point->performance, lines->performance);
    int importance = side_of(point->importance, lines->importance);
    if (performance == 0 || importance == 0)
        return MAP_BORDERLINE;
    if (importance > 0)
        return performance > 0 ? MAP_KEEP_UP : MAP_CONCENTRATE;
    return performance > 0 ? MAP_OVERKILL : MAP_LOW_PRIORITY;
}

enum map_quadrant map_diagonal_of(const struct map_point *point)
{
    int side = side_of(point->importance, point->performance);
    if (side == 0)
        return MAP_BORDERLINE;
    return side > 0 ? MAP_CONCENTRATE : MAP_KEEP_UP;
}
