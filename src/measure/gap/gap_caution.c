/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "measure/case_columns.h"
#include "measure/gap/gap_row.h"
#include "measure/mean_error.h"
#include "measure/working_room.h"

#define RELIABLE_FROM 0.7
#define MOSTLY_FROM   0.9 /* of a correlation with one side */
#define CEILING_FROM  0.3

enum {
    DIMENSION,
    N,
    GAP_RELIABILITY,
    DIFFERENCE_RELIABILITY,
    SUM_RELIABILITY,
    SD_RATIO,
    R_GAP_PERCEPTION,
    R_GAP_EXPECTATION,
    CEILING_SHARE,
    CAUTION,
    COLUMNS
};

static const struct column columns[COLUMNS] = {
    [DIMENSION] = {"dimension", "Dimension", "", "The dimension, or overall.", 0, COLUMN_KEY, true, false},
    [N] = {"n", "n", "pairs", "Encounters with an expectation and a perception score.", 0, COLUMN_COUNT, true, false},
    [GAP_RELIABILITY] = {"gap_reliability", "Reliability", "reliability",
                         "Alpha of the item gaps: below .70 too noisy to compare people.", 2, COLUMN_NUMBER, true, false},
    [DIFFERENCE_RELIABILITY] = {"difference_reliability", "Reliability (Johns)", "reliability",
                                "Reliability of the difference, if the errors of both sides were unrelated.", 2, COLUMN_NUMBER,
                                false, false},
    [SUM_RELIABILITY] = {"sum_reliability", "Reliability of the mean", "reliability",
                         "Of the overall gap as the mean of the dimensions' gaps, from the reliability of each.", 2,
                         COLUMN_NUMBER, true, false},
    [SD_RATIO] = {"sd_ratio", "SD expected/got", "ratio",
                  "Spread of expectations over spread of perceptions: far below 1, everybody expects the same and the gap is the "
                  "perception less a constant.",
                  2, COLUMN_NUMBER, true, false},
    [R_GAP_PERCEPTION] = {"r_gap_perception", "r with got", "correlation", "Correlation of the gap with the perception.", 2,
                          COLUMN_NUMBER, true, false},
    [R_GAP_EXPECTATION] = {"r_gap_expectation", "r with expected", "correlation", "Correlation of the gap with the expectation.",
                           2, COLUMN_NUMBER, true, false},
    [CEILING_SHARE] = {"ceiling_share", "At the top", "share",
                       "Share whose expectation is the top of the scale: their gap cannot be positive.", 2, COLUMN_NUMBER, true,
                       true},
    [CAUTION] = {"caution", "Caution", "",
                 "The first that holds: mostly perception or mostly expectation (a correlation beyond ±.90), noisy (reliability "
                 "below .70), ceiling (more than .30 at the top), none.",
                 0, COLUMN_WORD, true, true},
};

/* The first alarm that a row sets off; blank when nothing can be said.
 * source  [F18] */
static struct value caution_of(const struct value *values)
{
    const struct value *got = &values[R_GAP_PERCEPTION], *expected = &values[R_GAP_EXPECTATION];
    const struct value *reliability = &values[GAP_RELIABILITY], *ceiling = &values[CEILING_SHARE];
    if (got->kind == VALUE_NUMBER && fabs(got->number) > MOSTLY_FROM)
        return value_text("mostly perception");
    if (expected->kind == VALUE_NUMBER && fabs(expected->number) > MOSTLY_FROM)
        return value_text("mostly expectation");
    if (reliability->kind == VALUE_NUMBER && reliability->number < RELIABLE_FROM)
        return value_text("noisy");
    if (ceiling->kind == VALUE_NUMBER && ceiling->number > CEILING_FROM)
        return value_text("ceiling");
    return ceiling->kind == VALUE_NUMBER ? value_text("none") : *ceiling;
}

/* The cells of one row, out of those of a gap table. */
static enum status row_fill(struct ctx *ctx, const struct measuring *measuring, const struct group *group, uint32_t dimension,
                            struct value *values)
{
    const struct composite *composite = dimension == UINT32_MAX ? group->overall : &group->dimensions[dimension];
    const struct gap_source source = {.composite = composite,
                                      .expectation = group_block(group, dimension, BLOCK_EXPECTATION),
                                      .perception = group_block(group, dimension, BLOCK_PERCEPTION),
                                      .gap = group_block(group, dimension, BLOCK_GAP)};
    struct value gap[GAP_COLUMN_COUNT];
    enum status status = gap_row_fill(ctx, measuring, &source, gap);
    if (status)
        return status;
    values[N] = gap[GAP_N];
    values[GAP_RELIABILITY] = gap[GAP_GAP_RELIABILITY];
    values[DIFFERENCE_RELIABILITY] = gap[GAP_DIFFERENCE_RELIABILITY];
    values[R_GAP_PERCEPTION] = gap[GAP_R_GAP_PERCEPTION];
    values[R_GAP_EXPECTATION] = gap[GAP_R_GAP_EXPECTATION];
    values[CEILING_SHARE] = gap[GAP_CEILING_SHARE];
    const struct value *e = &gap[GAP_SD_EXPECTATION], *p = &gap[GAP_SD_PERCEPTION];
    values[SD_RATIO] = e->kind == VALUE_BLANK ? *e : *p;
    if (e->kind == VALUE_NUMBER && p->kind == VALUE_NUMBER)
        values[SD_RATIO] = p->number > 0 ? value_number(e->number / p->number) : value_blank(REASON_NO_VARIANCE);
    values[CAUTION] = caution_of(values);
    return STATUS_OK;
}

/* Some columns of a matrix added up, in their order. */
static double sum_at(const struct case_matrix *matrix, size_t first, size_t end, size_t row)
{
    double sum = 0;
    for (size_t j = first; j < end; j++)
        sum += number_at(&matrix->packed[j], row);
    return sum;
}

/* Σw(x − x̄)² of the sum of some columns. */
static double squares_about_mean(const struct case_matrix *matrix, size_t first, size_t end)
{
    double sum = 0, total = 0, squares = 0;
    for (size_t i = 0; i < matrix->rows; i++) {
        double weight = case_weight(matrix, i);
        sum += weight * sum_at(matrix, first, end, i);
        total += weight;
    }
    for (size_t i = 0; i < matrix->rows; i++) {
        double off = sum_at(matrix, first, end, i) - sum / total;
        squares += case_weight(matrix, i) * off * off;
    }
    return squares;
}

/* 1 − Σ s_d² (1 − r_d) / s_G² over the dimensions' gaps of the persons who have all of them, G their sum.
 * takes   reliabilities  [dimension_count] cells
 * fails   STATUS_MEMORY
 * blank   a dimension without a reliability -> its reason;  fewer than two persons -> too_few;  the sum does not vary ->
 *         no_variance
 * source  Nunnally 1978   [F17]
 * proof   tests/measure/gap/gap_caution_test.c */
static enum status sum_reliability(struct ctx *ctx, const struct measuring *measuring, const struct group *group,
                                   const struct value *reliabilities, struct value *out)
{
    uint32_t count = measuring->pairs->study->dimension_count;
    struct case_variable *gaps = arena_array(ctx->arena, count + 1u, sizeof *gaps);
    if (!gaps)
        return ctx_no_memory(ctx);
    for (uint32_t d = 0; d < count; d++) {
        gaps[d] = (struct case_variable){.of = CASE_DIMENSION, .index = d, .gap = true};
        *out = reliabilities[d];
        if (out->kind == VALUE_BLANK)
            return STATUS_OK;
    }
    struct case_matrix matrix;
    const struct case_wish wish = {.variables = gaps, .count = count};
    enum status status = case_matrix_pack(ctx, measuring, group, &wish, &matrix);
    if (status)
        return status;
    *out = value_blank(matrix.blank ? matrix.blank : REASON_TOO_FEW);
    if (matrix.blank || matrix.rows < 2)
        return STATUS_OK;
    double scale = 0, error = 0;
    for (uint32_t d = 0; d < count; d++) {
        double squares = squares_about_mean(&matrix, d, d + 1u);
        error += squares * (1 - reliabilities[d].number);
        scale += squares;
    }
    double whole = squares_about_mean(&matrix, 0, count);
    *out = whole > 1e-12 * scale ? value_number(1 - error / whole) : value_blank(REASON_NO_VARIANCE);
    return STATUS_OK;
}

/* The same in a room of its own: what every person takes is given back at once.
 * fails   STATUS_MEMORY */
static enum status sum_reliability_put(struct ctx *ctx, const struct measuring *measuring, const struct group *group,
                                       const struct value *reliabilities, struct value *out)
{
    struct ctx room;
    enum status status = room_open(ctx, &room);
    return status ? status : room_close(ctx, &room, sum_reliability(&room, measuring, group, reliabilities, out));
}

/* The rows of one group: each dimension, then overall. */
static enum status group_rows(const struct group_room *at)
{
    struct ctx *ctx = at->room;
    const struct measuring *measuring = at->measuring;
    const struct group *group = &measuring->set->groups[at->group];
    uint32_t count = measuring->pairs->study->dimension_count;
    struct value *reliabilities = arena_array(ctx->arena, count + 1u, sizeof *reliabilities);
    enum status status = reliabilities ? STATUS_OK : ctx_no_memory(ctx);
    for (uint32_t d = 0; d <= count && !status; d++) {
        uint32_t dimension = d < count ? d : UINT32_MAX;
        struct row *row = NULL;
        status = group_row_add(at->ctx, measuring, at->table, at->group, d, &row);
        if (status)
            return status;
        row->support = d < count ? group->dimensions[d].respondents : group->overall->respondents;
        row->values[DIMENSION] = d < count ? dimension_key(measuring->pairs->study, d) : value_text("overall");
        status = row_fill(ctx, measuring, group, dimension, row->values);
        if (d < count)
            reliabilities[d] = row->values[GAP_RELIABILITY];
        else if (!status)
            status = sum_reliability_put(ctx, measuring, group, reliabilities, &row->values[SUM_RELIABILITY]);
    }
    return status;
}

/* One row per group and dimension, then overall.
 * blank   as the gap tables
 * source  [F13, F16–F18] */
static enum status gap_caution_run(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    enum status status = group_rooms_each(ctx, measuring, table, group_rows, NULL);
    return status ? status : design_notes(ctx, measuring, table);
}

const struct measure measure_gap_caution = {
    .name = "gap_caution",
    .title = "How far the gaps can be relied on",
    .meaning = "Whether a dimension's gap is steady enough to compare people, and whether it tells more than one of its two "
               "sides: where everybody expects the same, the gap is only the perception again.",
    .formula = "F13, F16–F18",
    .source = "Cronbach 1951; Nunnally 1978; Johns 1981; Peter, Churchill & Brown 1993; the limits are ours",
    .example = "gapmeter analyze answers.csv --study study.json --table gap_caution",
    .needs = NEED_COMPOSITES | NEED_BLOCKS | NEED_CASES,
    .standards = 1u << STANDARD_EXPECTATION | 1u << STANDARD_PERCEPTION,
    .dimensions = true,
    .minimum_n = 2,
    .by_default = true,
    .order = 73,
    .columns = columns,
    .column_count = COLUMNS,
    .run = gap_caution_run,
};
