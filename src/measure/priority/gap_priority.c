/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/mean_error.h"
#include "measure/priority/priority_cases.h"
#include "measure/working_room.h"

enum {
    ITEM,
    DIMENSION,
    N,
    GAP,
    WEIGHT,
    WEIGHTED,
    PRIORITY,
    PRIORITY_LOW,
    PRIORITY_HIGH,
    FIRST_SHARE,
    FIRST_THREE_SHARE,
    STABILITY,
    IMPORTANCE_KIND,
    COLUMNS
};

#define FIRST_FEW 3

static const struct column columns[COLUMNS] = {
    [ITEM] = {"item", "Item", "", "The item; none when importance was asked of dimensions.", 0, COLUMN_KEY, true, false},
    [DIMENSION] = {"dimension", "Dimension", "", "The dimension.", 0, COLUMN_KEY, true, false},
    [N] = {"n", "n", "encounters", "Encounters with a gap.", 0, COLUMN_COUNT, true, false},
    [GAP] = {"gap", "Gap", "scale points", "Mean of perception − expectation.", 2, COLUMN_NUMBER, true, false},
    [WEIGHT] = {"weight", "Weight", "percent", "Its importance, all adding to 100; equal where there is no importance.", 1,
                COLUMN_NUMBER, true, false},
    [WEIGHTED] = {"weighted", "Weighted", "scale points", "Weight/100 × gap: what it adds to the weighted gap of all.", 3,
                  COLUMN_NUMBER, true, false},
    [PRIORITY] = {"priority", "Priority", "rank", "Rank of the weighted gap; 1 falls short most.", 0, COLUMN_COUNT, true, false},
    [PRIORITY_LOW] = {"priority_low", "From", "rank", "The priority may be as early as this.", 0, COLUMN_COUNT, true, false},
    [PRIORITY_HIGH] = {"priority_high", "To", "rank", "The priority may be as late as this.", 0, COLUMN_COUNT, true, false},
    [FIRST_SHARE] = {"first_share", "First", "share of samples", "How often it comes first when customers are drawn again.", 2,
                     COLUMN_NUMBER, true, false},
    [FIRST_THREE_SHARE] = {"first_three_share", "First three", "share of samples", "How often it is among the first three.", 2,
                           COLUMN_NUMBER, false, false},
    [STABILITY] =
        {"stability", "Order", "",
         "first: it comes first in at least 80 % of the samples; among the first: among the first three in at least 80 %; open: "
         "it may be among them or not; later: it is in fewer than 20 %.",
         0, COLUMN_WORD, false, false},
    [IMPORTANCE_KIND] = {"importance_kind", "Importance from", "", "rating, points or drivers.", 0, COLUMN_WORD, false, false},
};

/* The weights of the parts, adding to 1; equal where there is no importance.
 * blank   importance that should be there is not, or adds to 0 */
static enum undefined weights_find(const struct priority_cases *cases, const struct priority_figures *figures, double *out)
{
    double sum = 0;
    if (cases->source != IMPORTANCE_FROM_NOTHING && figures->importance_undefined)
        return figures->importance_undefined;
    for (uint32_t j = 0; j < cases->part_count; j++) {
        out[j] = cases->source == IMPORTANCE_FROM_NOTHING ? 1 : figures->importance[j];
        sum += out[j];
    }
    if (!(sum > 0))
        return UNDEFINED_NO_VARIANCE;
    for (uint32_t j = 0; j < cases->part_count; j++)
        out[j] /= sum;
    return DEFINED;
}

/* The rank of every part in a sample: the most negative weighted gap is first.
 * takes   work  [2 × part_count]: weights, then weighted gaps turned round */
static enum undefined ranks_read(const struct priority_cases *cases, const struct priority_figures *figures, double *work,
                                 double *out)
{
    uint32_t p = cases->part_count;
    enum undefined undefined = figures->gap_undefined ? figures->gap_undefined : weights_find(cases, figures, work);
    if (undefined)
        return undefined;
    for (uint32_t j = 0; j < p; j++)
        work[p + j] = 0 - work[j] * figures->gap[j];
    ranks_find(work + p, p, out);
    return DEFINED;
}

/* What is shown of one group. */
struct order {
    struct priority_cases cases;
    struct priority_figures figures;
    struct resampled drawn;
    enum reason blank; /* of everything but the gaps */
    double *work;      /* [2 × part_count] weights, and weighted gaps turned round */
    double *ranks;     /* [part_count] */
    double *sorting;   /* [drawn.kept] */
};

/* Why a group has no order: REASON_NONE, or the first reason. */
static enum reason order_blank(const struct priority_cases *cases, const struct priority_figures *figures, enum undefined ranks)
{
    if (!cases->part_count)
        return REASON_NO_PAIRS;
    if (!cases->expected)
        return REASON_NO_PAIRS;
    if (cases->mixed)
        return REASON_MIXED_SCALES;
    if (cases->source != IMPORTANCE_FROM_NOTHING && figures->importance_undefined)
        return importance_blank(cases, figures->importance_undefined);
    return ranks ? reason_of(ranks) : REASON_NONE;
}

/* Gathers, computes and draws.
 * fails   STATUS_MEMORY, STATUS_CANCELLED */
static enum status order_make(struct ctx *ctx, const struct measuring *measuring, uint32_t group, struct order *order)
{
    *order = (struct order){.blank = REASON_NO_PAIRS};
    enum status status = priority_cases_make(ctx, measuring, group, true, &order->cases);
    if (!status)
        status = priority_figures_make(ctx, &order->cases, &order->figures);
    if (status)
        return status;
    size_t p = order->cases.part_count;
    double *room = arena_array(ctx->arena, priority_room(&order->cases), sizeof *room);
    order->work = arena_array(ctx->arena, 2 * p + 1, sizeof *order->work);
    order->ranks = arena_array(ctx->arena, p + 1, sizeof *order->ranks);
    if (!room || !order->work || !order->ranks)
        return ctx_no_memory(ctx);
    priority_figures_find(&order->cases, NULL, room, &order->figures);
    enum undefined ranks = ranks_read(&order->cases, &order->figures, order->work, order->ranks);
    order->blank = order_blank(&order->cases, &order->figures, ranks);
    if (order->blank)
        return STATUS_OK;
    const struct priority_draw draw = {.cases = &order->cases, .count = p, .read = ranks_read};
    status = priority_resample(ctx, measuring, &draw, group, &order->drawn);
    order->sorting = status ? NULL : arena_array(ctx->arena, order->drawn.kept + 1, sizeof *order->sorting);
    return status || order->sorting ? status : ctx_no_memory(ctx);
}

/* What the shares of samples say. */
static const char *stability_of(double first, double first_three)
{
    if (first >= .80)
        return "first";
    if (first_three >= .80)
        return "among the first";
    return first_three < .20 ? "later" : "open";
}

/* How stable the place of a part is. */
static void fill_drawn(const struct measuring *measuring, const struct order *order, uint32_t j, struct value *values)
{
    const struct resampled *drawn = &order->drawn;
    if (drawn->kept == 0) {
        enum reason reason = priority_replicates(measuring, &order->cases) ? REASON_TOO_FEW : REASON_NOT_ASKED;
        values_blank(values + PRIORITY_LOW, STABILITY - PRIORITY_LOW + 1, reason);
        return;
    }
    size_t first = 0, first_few = 0;
    for (size_t r = 0; r < drawn->kept; r++) {
        first += drawn->values[r * drawn->count + j] <= 1;
        first_few += drawn->values[r * drawn->count + j] <= FIRST_FEW;
    }
    double kept = (double)drawn->kept, ends[2];
    values[FIRST_SHARE] = value_number((double)first / kept);
    values[FIRST_THREE_SHARE] = value_number((double)first_few / kept);
    values[STABILITY] = value_text(stability_of((double)first / kept, (double)first_few / kept));
    replicate_range(drawn, j, measuring->confidence, order->sorting, ends);
    values[PRIORITY_LOW] = value_count((uint64_t)ends[0]);
    values[PRIORITY_HIGH] = value_count((uint64_t)ends[1]);
}

/* The cells of one part. */
static void fill_part(const struct measuring *measuring, const struct order *order, const struct priority_part *part,
                      struct value *values)
{
    uint32_t j = (uint32_t)(part - order->cases.parts), p = order->cases.part_count;
    if (order->blank)
        values_blank(values + WEIGHT, IMPORTANCE_KIND - WEIGHT, order->blank);
    values[N] = value_count(part->gap.n);
    values[GAP] = value_of(order->figures.gap_undefined, order->figures.gap[j]);
    values[IMPORTANCE_KIND] = importance_word(order->cases.source);
    if (order->blank)
        return;
    values[WEIGHT] = value_number(100 * order->work[j]);
    values[WEIGHTED] = value_number(0 - order->work[p + j]);
    values[PRIORITY] = value_count((uint64_t)order->ranks[j]);
    fill_drawn(measuring, order, j, values);
}

/* The rows of one group that was gathered. */
static enum status rows_add(struct ctx *ctx, const struct measuring *measuring, struct table *table, const struct order *order)
{
    enum status status = STATUS_OK;
    for (uint32_t c = 0; c < order->cases.candidate_count && !status; c++) {
        struct priority_row at = {0};
        status = priority_row_add(ctx, measuring, table, &order->cases, c, &at);
        if (!status && at.part)
            fill_part(measuring, order, at.part, at.row->values);
    }
    if (order->cases.source == IMPORTANCE_FROM_DRIVERS)
        table_rests_on_model(table, order->cases.candidate_count + 1);
    return status ? status : priority_notes(ctx, measuring, table, &order->cases, &order->drawn);
}

/* The rows of one group, gathered and drawn in memory of its own. */
static enum status rows_make(const struct group_room *at)
{
    struct order order;
    enum status status = order_make(at->room, at->measuring, at->group, &order);
    return status ? status : rows_add(at->ctx, at->measuring, at->table, &order);
}

/* One row per group and item, with points per dimension.
 * blank   nobody answered both -> no_pairs; items on different scales -> mixed_scales
 * source  [F1, F3, F4, F25] */
static enum status gap_priority_run(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    enum status status = group_rooms_each(ctx, measuring, table, rows_make, NULL);
    if (!status)
        status = table_add_note(ctx, table, "note.priority.order", NULL);
    return status ? status : design_notes(ctx, measuring, table);
}

const struct measure measure_gap_priority = {
    .name = "gap_priority",
    .title = "Order of the gaps",
    .meaning = "Which gaps to close first: each gap times its importance, in order, and how stable that order is when other "
               "customers are drawn.",
    .formula = "F1, F3, F4, F33, F25",
    .source = "Zeithaml, Parasuraman & Berry 1990 for weighting; Efron & Tibshirani 1993; stability in words: our own",
    .example = "gapmeter analyze answers.csv --study study.json --table gap_priority",
    .needs = NEED_CASES,
    .standards = 1u << STANDARD_EXPECTATION | 1u << STANDARD_PERCEPTION,
    .minimum_n = 2,
    .columns = columns,
    .column_count = COLUMNS,
    .run = gap_priority_run,
};
