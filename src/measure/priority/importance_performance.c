/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "measure/mean_error.h"
#include "measure/priority/priority_cases.h"
#include "measure/working_room.h"
#include "numeric/importance_map.h"

enum {
    ITEM,
    DIMENSION,
    N,
    PERFORMANCE,
    IMPORTANCE,
    QUADRANT,
    SETTLED_SHARE,
    PRIORITY,
    IMPORTANCE_KIND,
    SETTLED,
    SHORTFALL,
    PRIORITY_LOW,
    PRIORITY_HIGH,
    QUADRANT_MEDIANS,
    QUADRANT_MIDPOINT,
    DIAGONAL,
    N_IMPORTANCE,
    COLUMNS
};

#define SETTLED_LEAST .80

#define QUADRANTS "keep up, concentrate here, low priority, possible overkill or borderline"
static const struct column columns[COLUMNS] = {
    [ITEM] = {"item", "Item", "", "The item; none when importance was asked of dimensions.", 0, COLUMN_KEY, true, false},
    [DIMENSION] = {"dimension", "Dimension", "", "The dimension.", 0, COLUMN_KEY, true, false},
    [N] = {"n", "n", "encounters", "Encounters with a perception.", 0, COLUMN_COUNT, true, false},
    [PERFORMANCE] = {"performance", "Got", "scale points", "Mean perception.", 2, COLUMN_NUMBER, true, false},
    [IMPORTANCE] = {"importance", "Importance", "as importance_kind says",
                    "Mean rating, mean points of 100, or the share of what all items explain of satisfaction.", 2, COLUMN_NUMBER,
                    true, false},
    [QUADRANT] = {"quadrant", "Quadrant", "", "With the lines at the means: " QUADRANTS ".", 0, COLUMN_WORD, true, false},
    [SETTLED_SHARE] = {"settled_share", "Sure", "share of samples",
                       "How often the item lies in the same quadrant when customers are drawn again.", 2, COLUMN_NUMBER, true,
                       false},
    [PRIORITY] = {"priority", "Priority", "rank", "Rank of importance × shortfall; 1 comes first.", 0, COLUMN_COUNT, true, false},
    [IMPORTANCE_KIND] = {"importance_kind", "Importance from", "", "rating, points or drivers.", 0, COLUMN_WORD, false, false},
    [SETTLED] = {"settled", "Settled", "", "unsettled: the same quadrant in fewer than 80 % of the samples.", 0, COLUMN_WORD,
                 false, false},
    [SHORTFALL] = {"shortfall", "Shortfall", "scale points",
                   "By how much it falls short: of the expectation; without expectations, of the top of the scale.", 2,
                   COLUMN_NUMBER, false, false},
    [PRIORITY_LOW] = {"priority_low", "From", "rank", "The priority may be as early as this.", 0, COLUMN_COUNT, false, false},
    [PRIORITY_HIGH] = {"priority_high", "To", "rank", "The priority may be as late as this.", 0, COLUMN_COUNT, false, false},
    [QUADRANT_MEDIANS] = {"quadrant_medians", "By medians", "", "With the lines at the medians.", 0, COLUMN_WORD, false, false},
    [QUADRANT_MIDPOINT] = {"quadrant_midpoint", "By middle", "",
                           "With the lines at the middle of the scales; for points and drivers at an equal share.", 0,
                           COLUMN_WORD, false, false},
    [DIAGONAL] = {"diagonal", "Diagonal", "",
                  "concentrate here: more important than it is well done; keep up: not so; when both are on one scale.", 0,
                  COLUMN_WORD, false, false},
    [N_IMPORTANCE] = {"n_importance", "n", "encounters", "Encounters behind the importance.", 0, COLUMN_COUNT, false, false},
};

static const char *const quadrant_words[MAP_QUADRANT_COUNT] = {"keep up", "concentrate here", "low priority", "possible overkill",
                                                               "borderline"};

/* By how much a part falls short: of the expectation, or of the top of the scale where no expectations were asked. */
static double shortfall_of(const struct priority_cases *cases, const struct priority_figures *figures, uint32_t part)
{
    if (cases->expected)
        return 0 - figures->gap[part];
    const struct scale *scale = cases->parts[part].scale;
    return scale_value(scale, scale->steps) - figures->performance[part];
}

/* Why the parts have no common map: REASON_NONE, or the first reason. */
static enum reason map_blank(const struct priority_cases *cases, const struct priority_figures *figures)
{
    if (figures->performance_undefined)
        return reason_of(figures->performance_undefined);
    if (figures->importance_undefined)
        return importance_blank(cases, figures->importance_undefined);
    return cases->mixed ? REASON_MIXED_SCALES : REASON_NONE;
}

/* The point of a part. */
static struct map_point point_of(const struct priority_figures *figures, uint32_t part)
{
    return (struct map_point){.performance = figures->performance[part], .importance = figures->importance[part]};
}

/* Where the lines are, by a loop over the parts.
 * takes   work  [part_count] */
static struct map_point lines_of(const struct priority_cases *cases, const struct priority_figures *figures, enum map_cut cut,
                                 struct map_point *points, double *work)
{
    struct map_point lines = {0, 0};
    for (uint32_t j = 0; j < cases->part_count; j++)
        points[j] = point_of(figures, j);
    enum undefined undefined = map_lines(points, cases->part_count, cut, work, &lines);
    (void)undefined; /* there are parts */
    return lines;
}

/* What is read of a replicate: the quadrant of each part, then the rank of each. */
static enum undefined replicate_read(const struct priority_cases *cases, const struct priority_figures *figures, double *work,
                                     double *out)
{
    uint32_t p = cases->part_count;
    if (map_blank(cases, figures))
        return UNDEFINED_TOO_FEW;
    struct map_point lines = {0, 0};
    for (uint32_t j = 0; j < p; j++) {
        lines.performance += figures->performance[j] / p;
        lines.importance += figures->importance[j] / p;
        work[j] = figures->importance[j] * shortfall_of(cases, figures, j);
    }
    for (uint32_t j = 0; j < p; j++) {
        struct map_point point = point_of(figures, j);
        out[j] = (double)map_quadrant_of(&point, &lines);
    }
    ranks_find(work, p, out + p);
    return DEFINED;
}

/* What is shown of one group. */
struct map {
    struct priority_cases cases;
    struct priority_figures figures;
    struct resampled drawn;
    struct map_point means, medians;
    double *ranks, *work; /* [part_count], [kept] */
    enum reason blank;    /* of the common map */
};

/* Gathers, computes and draws.
 * fails   STATUS_MEMORY, STATUS_CANCELLED */
static enum status map_make(struct ctx *ctx, const struct measuring *measuring, uint32_t group, struct map *map)
{
    *map = (struct map){.blank = REASON_TOO_FEW};
    enum status status = priority_cases_make(ctx, measuring, group, false, &map->cases);
    if (!status)
        status = priority_figures_make(ctx, &map->cases, &map->figures);
    uint32_t p = map->cases.part_count;
    double *room = status ? NULL : arena_array(ctx->arena, priority_room(&map->cases), sizeof *room);
    struct map_point *points = arena_array(ctx->arena, p + 1u, sizeof *points);
    map->ranks = arena_array(ctx->arena, p + 1u, sizeof *map->ranks);
    double *numbers = arena_array(ctx->arena, p + 1u, sizeof *numbers);
    if (status || !room || !points || !map->ranks || !numbers)
        return status ? status : ctx_no_memory(ctx);
    priority_figures_find(&map->cases, NULL, room, &map->figures);
    map->blank = map_blank(&map->cases, &map->figures);
    if (map->blank)
        return STATUS_OK;
    map->means = lines_of(&map->cases, &map->figures, MAP_CUT_MEANS, points, numbers);
    map->medians = lines_of(&map->cases, &map->figures, MAP_CUT_MEDIANS, points, numbers);
    for (uint32_t j = 0; j < p; j++)
        numbers[j] = map->figures.importance[j] * shortfall_of(&map->cases, &map->figures, j);
    ranks_find(numbers, p, map->ranks);
    const struct priority_draw draw = {.cases = &map->cases, .count = 2 * (size_t)p, .read = replicate_read};
    status = priority_resample(ctx, measuring, &draw, group, &map->drawn);
    map->work = status ? NULL : arena_array(ctx->arena, map->drawn.kept + 1, sizeof *map->work);
    return status || map->work ? status : ctx_no_memory(ctx);
}

/* How sure quadrant and rank are. */
static void fill_drawn(const struct measuring *measuring, const struct map *map, uint32_t j, enum map_quadrant quadrant,
                       struct value *values)
{
    const struct resampled *drawn = &map->drawn;
    if (drawn->kept == 0) {
        enum reason reason = priority_replicates(measuring, &map->cases) ? REASON_TOO_FEW : REASON_NOT_ASKED;
        values[SETTLED_SHARE] = values[SETTLED] = values[PRIORITY_LOW] = values[PRIORITY_HIGH] = value_blank(reason);
        return;
    }
    size_t same = 0;
    for (size_t r = 0; r < drawn->kept; r++)
        same += drawn->values[r * drawn->count + j] == (double)quadrant;
    double share = (double)same / (double)drawn->kept, ends[2];
    values[SETTLED_SHARE] = value_number(share);
    values[SETTLED] = value_text(share < SETTLED_LEAST ? "unsettled" : "settled");
    replicate_range(drawn, map->cases.part_count + (size_t)j, measuring->confidence, map->work, ends);
    values[PRIORITY_LOW] = value_count((uint64_t)ends[0]);
    values[PRIORITY_HIGH] = value_count((uint64_t)ends[1]);
}

/* The two cuts that need no other item.
 * blank   diagonal: importance is no rating -> not_applicable; on another scale -> mixed_scales */
static void fill_own_cuts(const struct study *study, const struct map *map, const struct priority_part *part, uint32_t j,
                          struct value *values)
{
    const struct priority_cases *cases = &map->cases;
    struct map_point point = point_of(&map->figures, j), middle;
    middle.performance = 0.5 * (scale_value(part->scale, 1) + scale_value(part->scale, part->scale->steps));
    middle.importance = (cases->source == IMPORTANCE_FROM_POINTS ? 100.0 : 1.0) / cases->part_count;
    if (cases->source == IMPORTANCE_FROM_RATING) {
        const struct scale *rating = &study->scales[study->columns.importance_scale];
        middle.importance = 0.5 * (scale_value(rating, 1) + scale_value(rating, rating->steps));
        values[DIAGONAL] = scale_same(rating, part->scale) ? value_text(quadrant_words[map_diagonal_of(&point)])
                                                           : value_blank(REASON_MIXED_SCALES);
    }
    values[QUADRANT_MIDPOINT] = value_text(quadrant_words[map_quadrant_of(&point, &middle)]);
}

/* The cells of one part. */
static void fill_part(const struct measuring *measuring, const struct map *map, const struct priority_part *part,
                      struct value *values)
{
    const struct priority_cases *cases = &map->cases;
    uint32_t j = (uint32_t)(part - cases->parts);
    struct map_point point = point_of(&map->figures, j);
    if (map->blank)
        values_blank(values + IMPORTANCE, COLUMNS - IMPORTANCE, map->blank);
    values[N] = value_count(part->performance.n);
    values[PERFORMANCE] = value_of(map->figures.performance_undefined, point.performance);
    values[IMPORTANCE_KIND] = importance_word(cases->source);
    if (!map->figures.performance_undefined)
        values[SHORTFALL] = value_number(shortfall_of(cases, &map->figures, j));
    if (map->figures.importance_undefined)
        return;
    values[N_IMPORTANCE] = value_count(cases->source == IMPORTANCE_FROM_DRIVERS ? cases->drivers.n : part->importance.n);
    values[IMPORTANCE] = value_number(point.importance);
    values[DIAGONAL] = value_blank(REASON_NOT_APPLICABLE);
    fill_own_cuts(measuring->pairs->study, map, part, j, values);
    if (map->blank)
        return;
    enum map_quadrant quadrant = map_quadrant_of(&point, &map->means);
    values[QUADRANT] = value_text(quadrant_words[quadrant]);
    values[QUADRANT_MEDIANS] = value_text(quadrant_words[map_quadrant_of(&point, &map->medians)]);
    values[PRIORITY] = value_count((uint64_t)map->ranks[j]);
    fill_drawn(measuring, map, j, quadrant, values);
}

/* The rows of one group that was gathered. */
static enum status rows_add(struct ctx *ctx, const struct measuring *measuring, struct table *table, const struct map *map)
{
    enum status status = STATUS_OK;
    for (uint32_t c = 0; c < map->cases.candidate_count && !status; c++) {
        struct priority_row at = {0};
        status = priority_row_add(ctx, measuring, table, &map->cases, c, &at);
        if (!status && at.part)
            fill_part(measuring, map, at.part, at.row->values);
    }
    if (map->cases.source == IMPORTANCE_FROM_DRIVERS)
        table_rests_on_model(table, map->cases.candidate_count + 1);
    if (!status && map->cases.part_count)
        status = table_add_note(ctx, table, map->cases.expected ? "note.map.priority" : "note.map.priority_top", NULL);
    return status ? status : priority_notes(ctx, measuring, table, &map->cases, &map->drawn);
}

/* The rows of one group, gathered and drawn in memory of its own. */
static enum status rows_make(const struct group_room *at)
{
    struct map map;
    enum status status = map_make(at->room, at->measuring, at->group, &map);
    return status ? status : rows_add(at->ctx, at->measuring, at->table, &map);
}

/* One row per group and item, with points per dimension.
 * blank   importance neither asked nor derivable -> not_asked; items on different scales have no common lines -> mixed_scales
 * source  [F30, F33] */
static enum status importance_performance_run(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    enum status status = group_rooms_each(ctx, measuring, table, rows_make, NULL);
    if (!status)
        status = table_add_note(ctx, table, "note.map.lines", NULL);
    return status ? status : design_notes(ctx, measuring, table);
}

const struct measure measure_importance_performance = {
    .name = "importance_performance",
    .title = "Importance and performance",
    .meaning =
        "Where to begin: what matters to customers and is done badly, what matters and is done well, and what matters less; "
        "and whether that would be the same with other customers.",
    .formula = "F30, F33, F25",
    .source = "Martilla & James 1977; Grömping 2006 for derived importance; the share of samples: our own",
    .example = "gapmeter analyze answers.csv --study study.json --table importance_performance",
    .needs = NEED_CASES,
    .standards = 1u << STANDARD_PERCEPTION,
    .minimum_n = 2,
    .columns = columns,
    .column_count = COLUMNS,
    .run = importance_performance_run,
};
