/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Weights and clusters of numeric/exact_moments.h against R's survey package. */
#include "numeric/exact_moments.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "support/agreement.h"
#include "support/integer_answers.h"
#include "support/oracle_fixture.h"

enum { CLUSTERS_ROOM = 200 };

/* The oracle's weights are multiples of 1/8: here they are integers. */
static const double weight_units = 8;

/* The sums over the pairs of one row of the oracle. */
struct row_sums {
    struct exact_sums expectation, perception, gap;
    struct exact_pair_sums both;
    struct exact_cluster_sums clusters;
    struct exact_weight all;
};

/* Σ a_c, Σ b_c and their squares, from each cluster's Σw(P−E) and Σw. */
static void close_clusters(const int128 *a, const int128 *b, struct exact_cluster_sums *out, bool *overflow)
{
    for (size_t c = 0; c < CLUSTERS_ROOM; c++) {
        out->a = wide_add(out->a, wide_from(a[c]), overflow);
        out->b = wide_add(out->b, wide_from(b[c]), overflow);
        out->aa = wide_add(out->aa, wide_from(a[c] * a[c]), overflow);
        out->ab = wide_add(out->ab, wide_from(a[c] * b[c]), overflow);
        out->bb = wide_add(out->bb, wide_from(b[c] * b[c]), overflow);
    }
}

/* How many clusters the whole design has: those without a pair in this row count too. */
static uint64_t design_clusters(const json_t *cluster)
{
    bool seen[CLUSTERS_ROOM] = {false};
    uint64_t count = 0;
    for (size_t i = 0; i < json_array_size(cluster); i++) {
        size_t c = (size_t)json_integer_value(json_array_get(cluster, i));
        assert_true(c < CLUSTERS_ROOM);
        count += !seen[c];
        seen[c] = true;
    }
    return count;
}

static void sum_row(const json_t *study, const char *segment, struct row_sums *out)
{
    const json_t *e = json_object_get(study, "expectation"), *p = json_object_get(study, "perception");
    const json_t *cluster = json_object_get(study, "cluster");
    int128 a[CLUSTERS_ROOM] = {0}, b[CLUSTERS_ROOM] = {0};
    bool overflow = false;
    memset(out, 0, sizeof *out);
    for (size_t i = 0; i < json_array_size(e); i++) {
        const json_t *before = json_array_get(e, i), *after = json_array_get(p, i);
        const char *own = json_string_value(json_array_get(json_object_get(study, "segment"), i));
        if (!json_is_integer(before) || !json_is_integer(after) ||
            (strcmp(segment, "everyone") != 0 && strcmp(segment, own) != 0))
            continue;
        int64_t x = json_integer_value(before), y = json_integer_value(after);
        int64_t w = (int64_t)(weight_units * json_number_value(json_array_get(json_object_get(study, "weight"), i)));
        const struct exact_weight weight = {1, w, (int128)w * w};
        exact_sums_add(&out->expectation, &weight, x, &overflow);
        exact_sums_add(&out->perception, &weight, y, &overflow);
        exact_sums_add(&out->gap, &weight, y - x, &overflow);
        exact_pair_sums_add(&out->both, &weight, x, y, &overflow);
        out->all.n++;
        out->all.w += w;
        out->all.ww += (int128)w * w;
        size_t c = json_is_array(cluster) ? (size_t)json_integer_value(json_array_get(cluster, i)) : 0;
        assert_true(c < CLUSTERS_ROOM);
        a[c] += (int128)w * (y - x);
        b[c] += w;
    }
    out->clusters.clusters = design_clusters(cluster);
    close_clusters(a, b, &out->clusters, &overflow);
    assert_false(overflow);
}

/* Mean and standard deviation of one variable. */
static void compare_variable(struct agreement *a, const struct exact_sums *sums, const json_t *row, const char *mean,
                             const char *sd)
{
    double value = 0;
    assert_int_equal(exact_mean(sums, &unit_plain, &value), DEFINED);
    agreement_add_member(a, true, value, row, mean);
    assert_int_equal(exact_deviation(sums, &unit_plain, &value), DEFINED);
    agreement_add_member(a, true, value, row, sd);
}

/* "The variance […] Σw(x−x̄)²/Σw × n_eff/(n_eff−1)", "linearised", "with clusters", "as survey::svymean" */
static void weights_and_clusters_agree_with_r(void **state)
{
    (void)state;
    json_t *root = oracle_read("weights");
    struct agreement moments = {.name = "weighted means and sd", .wanted = 14.5}, r = {.name = "weighted r", .wanted = 14};
    struct agreement n_eff = {.name = "n_eff", .wanted = 15}, se = {.name = "linearised and clustered se", .wanted = 14};
    size_t study_index = 0, row_index = 0;
    const json_t *study = NULL, *row = NULL;
    json_array_foreach (oracle_at(root, "studies"), study_index, study) {
        json_array_foreach (json_object_get(study, "rows"), row_index, row) {
            struct row_sums sums;
            double value = 0;
            sum_row(study, json_string_value(json_object_get(row, "label")), &sums);
            assert_true((double)sums.all.n == member_number(row, "n"));
            compare_variable(&moments, &sums.expectation, row, "mean_expectation", "sd_expectation");
            compare_variable(&moments, &sums.perception, row, "mean_perception", "sd_perception");
            compare_variable(&moments, &sums.gap, row, "gap", "sd_gap");
            assert_int_equal(exact_effective_count(&sums.all, &value), DEFINED);
            agreement_add_member(&n_eff, true, value, row, "n_eff");
            enum undefined undefined = exact_correlation(&sums.both, &value);
            agreement_add_member(&r, undefined == DEFINED, value, row, "r");
            if (json_is_true(json_object_get(study, "clustered")))
                undefined = exact_clustered_error(&sums.clusters, &unit_plain, &value);
            else
                undefined = exact_linearised_error(&sums.gap, sums.all.n, &unit_plain, &value);
            agreement_add_member(&se, undefined == DEFINED, value, row, "se");
        }
    }
    agreement_print(&moments);
    agreement_print(&n_eff);
    agreement_print(&r);
    agreement_print(&se);
    json_decref(root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(weights_and_clusters_agree_with_r)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
