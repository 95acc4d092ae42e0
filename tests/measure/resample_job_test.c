/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/resample_job.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/chance.h"
#include "support/answer_matrix.h"

enum { PEOPLE = 40, ITEMS = 3, FIGURES_MAX = 64 };

/* What a probe measure saw of one entry: estimates, and the figures with one person left out, sorted. */
struct seen {
    size_t count, left_out;
    enum resample_route route;
    double estimates[2], values[2][PEOPLE];
};

static struct seen seen[2][FIGURES_MAX];
static size_t seen_count[2];
static unsigned pass;
static const struct measure *probed;

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Each cell's figure as often as it has people. */
static void left_out_spread(const struct resampled *jackknife, struct seen *out)
{
    for (size_t f = 0; f < jackknife->count; f++) {
        size_t n = 0;
        for (size_t i = 0; i < jackknife->kept; i++) {
            for (uint64_t k = 0; k < jackknife->weight[i]; k++) {
                assert_true(n < PEOPLE);
                out->values[f][n++] = jackknife->values[i * jackknife->count + f];
            }
        }
        qsort(out->values[f], n, sizeof **out->values, ascending);
        out->left_out = n;
    }
}

static enum status entry_probe(struct ctx *ctx, const struct measuring *measuring, const struct resample_entry *entry)
{
    struct resample_job job;
    struct resampled jackknife;
    enum undefined undefined;
    enum status status = entry->make(ctx, measuring, entry, &job);
    if (status || job.blank)
        return status;
    struct seen *out = &seen[pass][seen_count[pass]++];
    *out = (struct seen){.count = job.figures.count, .route = job.route};
    status = resample_original(ctx, &job.design, &job.figures, out->estimates, &undefined);
    assert_int_equal(undefined, DEFINED);
    if (!status)
        status = resample_jackknife(ctx, &job.design, &job.figures, &(struct resample_plan){.seed = 1}, &jackknife);
    if (!status)
        left_out_spread(&jackknife, out);
    return status;
}

static enum status probe_run(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    (void)table;
    struct resample_list list = {.count = 0};
    seen_count[pass] = 0;
    enum status status = probed->resample(ctx, measuring, 0, &list);
    for (size_t i = 0; i < list.count && !status; i++)
        status = entry_probe(ctx, measuring, &list.entries[i]);
    return status;
}

static const struct column column = {"n", "n", "encounters", "How many.", 0, COLUMN_COUNT, true, false};
static const struct measure probe = {.name = "probe", .columns = &column, .column_count = 1, .run = probe_run};

/* The largest difference found; of figures around 1, so that one that is 0 but for rounding counts as 0. */
static double largest;

static void compare_figure(double a, double b)
{
    double difference = fabs(a - b) / (1 + fabs(b));
    largest = difference > largest ? difference : largest;
    assert_true(difference <= 1e-12);
}

static void compare_routes(const struct seen *cells, const struct seen *rows)
{
    assert_true(rows->route == ROUTE_PERSONS && (cells->route == ROUTE_CELLS || cells->count == 1));
    assert_true(cells->left_out == rows->left_out && cells->left_out > PEOPLE / 2 && cells->count == rows->count);
    for (size_t f = 0; f < cells->count; f++) {
        compare_figure(cells->estimates[f], rows->estimates[f]);
        for (size_t k = 0; k < cells->left_out; k++)
            compare_figure(cells->values[f][k], rows->values[f][k]);
    }
}

/* "table route equals row route to 1e-12 on the estimate and jackknife": a weight of 1 for everyone sends the same answers by
 * the other route. */
static void counts_and_persons_give_the_same(void **state)
{
    (void)state;
    static const char *const names[] = {"item_gap",    "gap_bands",        "perception", "dimension_gap",
                                        "overall_gap", "overall_item_gap", "zone"};
    static int answers[4][PEOPLE * ITEMS];
    static double ones[PEOPLE];
    static const unsigned dimension_of[] = {0, 0, 1};
    for (unsigned i = 0; i < PEOPLE * ITEMS; i++) {
        for (unsigned s = 0; s < 4; s++)
            answers[s][i] = (s == 2 ? 3 : 1) + (int)chance_below(5, s, i, 5);
        if (i % 17 == 3)
            answers[i % 2][i] = MATRIX_MISSING;
        ones[i / ITEMS] = 1;
    }
    struct answer_matrix matrix = {
        .people = PEOPLE, .items = ITEMS, .low = 1, .high = 7, .dimension_of = dimension_of, .threads = 2};
    matrix.answers[STANDARD_EXPECTATION] = answers[0];
    matrix.answers[STANDARD_PERCEPTION] = answers[1];
    matrix.answers[STANDARD_DESIRED] = answers[2];
    matrix.answers[STANDARD_MINIMUM] = answers[3];
    largest = 0;
    for (size_t m = 0; m < sizeof names / sizeof *names; m++) {
        probed = measure_find(span_of(names[m]));
        for (pass = 0; pass < 2; pass++) {
            matrix.weights = pass ? ones : NULL;
            struct matrix_study *study =
                matrix_open(&matrix, NEED_PAIRS | NEED_SINGLES | NEED_ZONES | NEED_COMPOSITES | NEED_BLOCKS | NEED_CASES);
            assert_int_equal(matrix_try(study, &probe, false), STATUS_OK);
            matrix_close(study);
        }
        assert_true(seen_count[0] >= 2 && seen_count[0] == seen_count[1]);
        for (size_t i = 0; i < seen_count[0]; i++)
            compare_routes(&seen[0][i], &seen[1][i]);
    }
    print_message("estimates and jackknife by counts and by persons differ by %.1e at most\n", largest);
}

/* The mean, and the square of it, of what was drawn. */
static enum undefined mean_and_square(const struct drawn_sums *sums, double *out)
{
    out[0] = sums->x[0] / sums->w;
    out[1] = sums->x[0] / sums->w * sums->x[0] / sums->w;
    return DEFINED;
}

/* "above RESAMPLE_BUNDLED_ABOVE rows without units and strata the rows are bundled": the figures of the sample stay, and the
 * error of the mean is s/√n, with weights the linearised one, within what 2000 draws and 4096 bundles allow. */
static void check_bundles(const double *weights)
{
    enum { MANY = RESAMPLE_BUNDLED_ABOVE + 3616, DRAWS = 2000 };
    static double x[MANY];
    struct ctx ctx = {.threads = 2};
    struct resample_job job;
    struct resampled drawn;
    enum undefined undefined = DEFINED;
    double found[2], w = 0, wx = 0, error = 0, mean = 0, spread = 0;
    assert_int_equal(arena_create(NULL, &ctx.arena), STATUS_OK);
    for (size_t i = 0; i < MANY; i++) {
        x[i] = (double)(i / 2857); /* sorted, as cases are */
        w += weights ? weights[i] : 1;
        wx += (weights ? weights[i] : 1) * x[i];
    }
    for (size_t i = 0; i < MANY; i++)
        error += pow((weights ? weights[i] : 1) * (x[i] - wx / w), 2);
    error = sqrt(error) / w;
    const struct case_matrix matrix = {.rows = MANY, .respondents = MANY, .unit_count = MANY, .weights = weights};
    const struct sum_source source = {.rows = MANY, .columns = 1, .x = x, .figure_count = 2, .figures = mean_and_square};
    const struct resample_plan plan = {.replicates = DRAWS, .seed = 3, .stream = 1};
    assert_int_equal(resample_job_of_rows(&ctx, &matrix, &source, &job), STATUS_OK);
    assert_true(job.bundled && job.n == MANY && job.design.row_count == RESAMPLE_BUNDLES);
    assert_int_equal(resample_original(&ctx, &job.design, &job.figures, found, &undefined), STATUS_OK);
    assert_true(fabs(found[0] - wx / w) < 1e-12 && fabs(found[1] - found[0] * found[0]) < 1e-12);
    assert_int_equal(resample_bootstrap(&ctx, &job.design, &job.figures, &plan, &drawn), STATUS_OK);
    assert_int_equal(drawn.kept, DRAWS);
    for (size_t r = 0; r < DRAWS; r++)
        mean += drawn.values[2 * r] / DRAWS;
    for (size_t r = 0; r < DRAWS; r++)
        spread += pow(drawn.values[2 * r] - mean, 2) / (DRAWS - 1);
    assert_true(fabs(sqrt(spread) / error - 1) < .07);
    arena_destroy(ctx.arena);
}

static void many_persons_are_drawn_in_bundles(void **state)
{
    (void)state;
    static double weights[RESAMPLE_BUNDLED_ABOVE + 3616];
    for (size_t i = 0; i < sizeof weights / sizeof *weights; i++)
        weights[i] = 1 + (double)(i % 3);
    check_bundles(NULL);
    check_bundles(weights);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_and_persons_give_the_same),
        cmocka_unit_test(many_persons_are_drawn_in_bundles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
