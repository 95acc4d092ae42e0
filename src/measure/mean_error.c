/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/mean_error.h"

#include <inttypes.h>

#include "numeric/wilson.h"

/* Are these sums of a clustered design, and were they counted? */
static bool clusters_known(const struct cluster_sums *clusters)
{
    return clusters && clusters->clusters > 0;
}

/* Cluster sums of the row with the cluster count of the whole design.
 * takes   a, b  Σwx and Σw of the row */
static struct exact_cluster_sums design_clusters(const struct measuring *measuring, const struct cluster_sums *clusters,
                                                 struct wide a, struct wide b)
{
    uint64_t design = measuring->pairs->clusters;
    return (struct exact_cluster_sums){.clusters = design > clusters->clusters ? design : clusters->clusters,
                                       .a = a,
                                       .b = b,
                                       .aa = clusters->aa,
                                       .ab = clusters->ab,
                                       .bb = clusters->bb};
}

void mean_error_find(const struct measuring *measuring, const struct exact_sums *sums, const struct cluster_sums *clusters,
                     const struct exact_unit *unit, struct mean_error *out)
{
    *out = (struct mean_error){.undefined = UNDEFINED_TOO_FEW, .test_blank = REASON_NONE};
    if (sums->n < 2)
        return;
    if (!measuring->pairs->clustered) {
        out->undefined = exact_linearised_error(sums, sums->n, unit, &out->se);
        out->df = sums->n - 1;
        return;
    }
    if (!clusters_known(clusters) || clusters->clusters < 2)
        return;
    struct exact_cluster_sums design = design_clusters(measuring, clusters, sums->wx, sums->w);
    out->undefined = exact_clustered_error(&design, unit, &out->se);
    out->df = clusters->clusters - 1;
    if (clusters->clusters < CLUSTERS_FOR_TEST)
        out->test_blank = REASON_FEW_CLUSTERS;
}

struct mean_cells mean_cells_of(double mean, const struct mean_error *error, double confidence)
{
    struct mean_cells cells;
    struct paired_t test;
    enum undefined undefined = error->undefined;
    cells.se = value_of(undefined, error->se);
    cells.df = undefined ? value_blank(reason_of(undefined)) : value_count(error->df);
    if (!undefined)
        undefined = paired_t_test(mean, error->se, (double)error->df, confidence, &test);
    if (undefined) {
        cells.low = cells.high = cells.t = cells.p = value_blank(reason_of(undefined));
        return cells;
    }
    cells.low = value_number(test.interval.low);
    cells.high = value_number(test.interval.high);
    cells.t = value_number(test.t);
    cells.p = error->test_blank ? value_blank(error->test_blank) : value_number(test.p);
    return cells;
}

/* How many independent answers give a share the certainty it has.
 * gives   *out  above 0
 * blank   UNDEFINED_TOO_FEW when nobody is there */
static enum undefined share_count(const struct measuring *measuring, const struct weight_sum *part,
                                  const struct weight_sum *whole, const struct cluster_sums *clusters, double *out)
{
    struct exact_weight all = exact_weight_of(whole);
    enum undefined undefined = exact_effective_count(&all, out);
    if (undefined || !measuring->pairs->clustered)
        return undefined;
    const struct exact_unit one = {.step = {.units = 1}, .divisor = 1};
    struct exact_cluster_sums design = design_clusters(measuring, clusters, wide_from(part->w), wide_from(whole->w));
    double se = 0;
    undefined = exact_clustered_error(&design, &one, &se);
    if (undefined)
        return undefined;
    double share = wide_ratio(wide_from(part->w), wide_from(whole->w));
    if (part->w == 0 || part->w == whole->w)
        *out = (double)clusters->clusters;
    else if (se > 0)
        *out = share * (1 - share) / (se * se);
    return DEFINED;
}

void share_interval(const struct measuring *measuring, const struct weight_sum *part, const struct weight_sum *whole,
                    const struct cluster_sums *clusters, struct value ends[2])
{
    if (whole->w <= 0) {
        values_blank(ends, 2, REASON_NO_PAIRS);
        return;
    }
    if (measuring->pairs->clustered && (!clusters_known(clusters) || clusters->clusters < CLUSTERS_FOR_TEST)) {
        values_blank(ends, 2, clusters_known(clusters) ? REASON_FEW_CLUSTERS : REASON_CLUSTERED);
        return;
    }
    double count = 0;
    struct interval interval;
    enum undefined undefined = share_count(measuring, part, whole, clusters, &count);
    if (!undefined)
        undefined = wilson_interval(wide_ratio(wide_from(part->w), wide_from(whole->w)), count, measuring->confidence, &interval);
    ends[0] = undefined ? value_blank(reason_of(undefined)) : value_number(interval.low);
    ends[1] = undefined ? value_blank(reason_of(undefined)) : value_number(interval.high);
}

enum status design_notes(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    const struct pairs *pairs = measuring->pairs;
    enum status status = STATUS_OK;
    if (pairs->plan->weighted)
        status = table_note(ctx, table, "Answers are weighted.");
    if (status || !pairs->clustered)
        return status;
    bool column = pairs->study->columns.cluster != NULL;
    status = table_note(ctx, table, "Intervals and tests allow for %" PRIu64 " %s.", pairs->clusters,
                        column ? "clusters" : "respondents, some of whom answered more than once");
    if (!status && pairs->clusters < CLUSTERS_FOR_TEST)
        status = table_note(ctx, table, "Only %" PRIu64 " clusters: with fewer than %u no difference is tested.", pairs->clusters,
                            CLUSTERS_FOR_TEST);
    return status;
}
