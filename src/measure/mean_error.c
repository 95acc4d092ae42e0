/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/mean_error.h"

#include <math.h>

#include "numeric/wilson.h"

/* Are these sums of a clustered or stratified design, and were they counted? */
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

/* The squared error within one stratum, with the units that the whole design has there. */
static enum reason stratum_error(const struct measuring *measuring, const struct exact_cluster_sums *mean,
                                 const struct stratum_sums *sums, const struct exact_unit *unit, double *out)
{
    uint64_t units = measuring->pairs->strata[sums->stratum].units;
    const struct exact_cluster_sums stratum = {
        .clusters = units, .a = wide_from(sums->a), .b = wide_from(sums->b), .aa = sums->aa, .ab = sums->ab, .bb = sums->bb};
    if (units < 2)
        return REASON_LONELY_STRATUM;
    enum undefined undefined = exact_stratum_variance(mean, &stratum, unit, out);
    return undefined ? reason_of(undefined) : REASON_NONE;
}

/* The error of a mean in a stratified design. Strata are added up in the order of their names.
 * takes   a, b  Σwx and Σw of the row
 * blank   a stratum of one unit -> lonely_stratum; not counted for this variable -> stratified
 * source  survey::svyrecvar with survey.lonely.psu = "fail"   [F20] */
static enum reason stratified_error(const struct measuring *measuring, const struct cluster_sums *clusters, struct wide a,
                                    struct wide b, const struct exact_unit *unit, double *out)
{
    if (!clusters_known(clusters))
        return REASON_STRATIFIED;
    const struct exact_cluster_sums mean = {.a = a, .b = b};
    double sum = 0;
    for (uint32_t i = 0; i < clusters->stratum_count; i++) {
        double part = 0;
        enum reason reason = stratum_error(measuring, &mean, &clusters->strata[i], unit, &part);
        if (reason)
            return reason;
        sum += part;
    }
    *out = sqrt(sum);
    return REASON_NONE;
}

/* Units that the row has beyond one per stratum, or beyond the first: what is left to estimate the error from. */
static uint64_t units_free(const struct cluster_sums *clusters)
{
    uint64_t strata = clusters->strata ? clusters->stratum_count : 1;
    return clusters->clusters > strata ? clusters->clusters - strata : 0;
}

/* The error and its degrees of freedom in a design with strata or clusters. */
static enum reason design_error(const struct measuring *measuring, const struct exact_sums *sums,
                                const struct cluster_sums *clusters, const struct exact_unit *unit, struct mean_error *out)
{
    const struct pairs *pairs = measuring->pairs;
    if (pairs->stratified && !clusters_known(clusters))
        return REASON_STRATIFIED;
    if (!clusters_known(clusters) || units_free(clusters) < 1)
        return REASON_TOO_FEW;
    out->df = units_free(clusters);
    if (pairs->clustered && out->df + 1 < CLUSTERS_FOR_TEST)
        out->test_blank = REASON_FEW_CLUSTERS;
    if (pairs->stratified)
        return stratified_error(measuring, clusters, sums->wx, sums->w, unit, &out->se);
    struct exact_cluster_sums design = design_clusters(measuring, clusters, sums->wx, sums->w);
    enum undefined undefined = exact_clustered_error(&design, unit, &out->se);
    return undefined ? reason_of(undefined) : REASON_NONE;
}

void mean_error_find(const struct measuring *measuring, const struct exact_sums *sums, const struct cluster_sums *clusters,
                     const struct exact_unit *unit, struct mean_error *out)
{
    *out = (struct mean_error){.blank = REASON_TOO_FEW, .test_blank = REASON_NONE};
    if (sums->n < 2)
        return;
    if (measuring->pairs->clustered || measuring->pairs->stratified) {
        out->blank = design_error(measuring, sums, clusters, unit, out);
        return;
    }
    enum undefined undefined = exact_linearised_error(sums, sums->n, unit, &out->se);
    out->blank = undefined ? reason_of(undefined) : REASON_NONE;
    out->df = sums->n - 1;
}

struct mean_cells mean_cells_of(double mean, const struct mean_error *error, double confidence)
{
    struct mean_cells cells;
    struct paired_t test;
    enum reason blank = error->blank;
    cells.se = blank ? value_blank(blank) : value_number(error->se);
    cells.df = blank ? value_blank(blank) : value_count(error->df);
    if (!blank) {
        enum undefined undefined = paired_t_test(mean, error->se, (double)error->df, confidence, &test);
        blank = undefined ? reason_of(undefined) : REASON_NONE;
    }
    if (blank) {
        cells.low = cells.high = cells.t = cells.p = value_blank(blank);
        return cells;
    }
    cells.low = value_number(test.interval.low);
    cells.high = value_number(test.interval.high);
    cells.t = value_number(test.t);
    cells.p = error->test_blank ? value_blank(error->test_blank) : value_number(test.p);
    return cells;
}

/* The error of a share in a design with strata or clusters, from the sums of its indicator. */
static enum reason share_error(const struct measuring *measuring, const struct weight_sum *part, const struct weight_sum *whole,
                               const struct cluster_sums *clusters, double *out)
{
    const struct exact_unit one = {.step = {.units = 1}, .divisor = 1};
    if (measuring->pairs->stratified)
        return stratified_error(measuring, clusters, wide_from(part->w), wide_from(whole->w), &one, out);
    struct exact_cluster_sums design = design_clusters(measuring, clusters, wide_from(part->w), wide_from(whole->w));
    enum undefined undefined = exact_clustered_error(&design, &one, out);
    return undefined ? reason_of(undefined) : REASON_NONE;
}

/* How many independent answers give a share the certainty it has.
 * gives   *out  above 0
 * blank   too_few when nobody is there, and as share_error */
static enum reason share_count(const struct measuring *measuring, const struct weight_sum *part, const struct weight_sum *whole,
                               const struct cluster_sums *clusters, double *out)
{
    const struct pairs *pairs = measuring->pairs;
    struct exact_weight all = exact_weight_of(whole);
    enum undefined undefined = exact_effective_count(&all, out);
    if (undefined)
        return reason_of(undefined);
    if (!pairs->clustered && !pairs->stratified)
        return REASON_NONE;
    double se = 0;
    enum reason blank = share_error(measuring, part, whole, clusters, &se);
    if (blank)
        return blank;
    double share = wide_ratio(wide_from(part->w), wide_from(whole->w));
    bool unanimous = part->w == 0 || part->w == whole->w;
    if (unanimous && pairs->clustered)
        *out = (double)clusters->clusters;
    else if (!unanimous && se > 0)
        *out = share * (1 - share) / (se * se);
    return REASON_NONE;
}

void share_interval(const struct measuring *measuring, const struct weight_sum *part, const struct weight_sum *whole,
                    const struct cluster_sums *clusters, struct value ends[2])
{
    const struct pairs *pairs = measuring->pairs;
    enum reason blank = whole->w <= 0 ? REASON_NO_PAIRS : REASON_NONE;
    if (!blank && (pairs->clustered || pairs->stratified) && !clusters_known(clusters))
        blank = pairs->clustered ? REASON_CLUSTERED : REASON_STRATIFIED;
    if (!blank && pairs->clustered && units_free(clusters) + 1 < CLUSTERS_FOR_TEST)
        blank = REASON_FEW_CLUSTERS;
    if (!blank && pairs->stratified && units_free(clusters) < 1)
        blank = REASON_TOO_FEW;
    double count = 0;
    if (!blank)
        blank = share_count(measuring, part, whole, clusters, &count);
    if (blank) {
        values_blank(ends, 2, blank);
        return;
    }
    struct interval interval;
    enum undefined undefined =
        wilson_interval(wide_ratio(wide_from(part->w), wide_from(whole->w)), count, measuring->confidence, &interval);
    ends[0] = undefined ? value_blank(reason_of(undefined)) : value_number(interval.low);
    ends[1] = undefined ? value_blank(reason_of(undefined)) : value_number(interval.high);
}

enum reason design_blank(const struct measuring *measuring)
{
    if (measuring->pairs->clustered)
        return REASON_CLUSTERED;
    return measuring->pairs->stratified ? REASON_STRATIFIED : REASON_NONE;
}

/* How many strata hold a single unit, of which no variance can be known. */
static uint32_t lonely_strata(const struct pairs *pairs)
{
    uint32_t lonely = 0;
    for (uint32_t i = 0; i < pairs->stratum_count; i++)
        lonely += pairs->strata[i].units < 2;
    return lonely;
}

/* Strata are not named: a name would tell where a single customer stands. */
static enum status strata_notes(struct ctx *ctx, const struct pairs *pairs, struct table *table)
{
    const char *column = pairs->study->columns.strata;
    const char *unit = pairs->study->columns.cluster ? "note.unit.cluster"
                       : pairs->repeats              ? "note.unit.respondent"
                                                     : "note.unit.encounter";
    uint32_t lonely = lonely_strata(pairs);
    enum status status = STATUS_OK;
    const struct note_word words[] = {
        note_count("count", pairs->stratum_count), note_text("column", column), note_phrase("unit", unit), {.name = NULL}};
    if (pairs->stratum_count == 1)
        status = table_add_note(ctx, table, "note.design.one_stratum", words);
    else
        status = table_add_note(ctx, table, "note.design.strata", words);
    if (status || !lonely)
        return status;
    return table_add_note(ctx, table, lonely == 1 ? "note.design.lonely.one" : "note.design.lonely", words);
}

/* Clusters, or the respondents who stand for them. */
static enum status cluster_notes(struct ctx *ctx, const struct pairs *pairs, struct table *table)
{
    bool column = pairs->study->columns.cluster != NULL;
    const struct note_word words[] = {note_count("count", pairs->clusters), {.name = NULL}};
    const struct note_word few[] = {
        note_count("clusters", pairs->clusters), note_count("fewest", CLUSTERS_FOR_TEST), {.name = NULL}};
    enum status status = table_add_note(ctx, table, column ? "note.design.clusters" : "note.design.respondents", words);
    if (!status && pairs->clusters < CLUSTERS_FOR_TEST)
        status = table_add_note(ctx, table, "note.design.few_clusters", few);
    return status;
}

enum status design_notes(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    const struct pairs *pairs = measuring->pairs;
    enum status status = STATUS_OK;
    if (pairs->plan->weighted)
        status = table_add_note(ctx, table, "note.design.weighted", NULL);
    if (!status && pairs->clustered)
        status = cluster_notes(ctx, pairs, table);
    return status || !pairs->stratified ? status : strata_notes(ctx, pairs, table);
}
