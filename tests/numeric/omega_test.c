/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeric/omega.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/chance.h"
#include "base/memory.h"
#include "support/agreement.h"
#include "support/digits.h"
#include "support/oracle_fixture.h"

enum { ITEMS_ROOM = 40 };

static void open_ctx(struct ctx *ctx)
{
    *ctx = (struct ctx){.threads = 1};
    assert_int_equal(arena_create(NULL, &ctx->arena), STATUS_OK);
}

static void read_matrix(const json_t *rows, double *into)
{
    size_t k = json_array_size(rows);
    assert_in_range(k, 1, ITEMS_ROOM);
    for (size_t i = 0; i < k * k; i++)
        into[i] = json_number_value(json_array_get(json_array_get(rows, i / k), i % k));
}

/* "McDonald's omega of one factor, by maximum likelihood", "both denominators", Heywood cases flagged, against lavaan. */
static void agrees_with_lavaan(void **state)
{
    (void)state;
    json_t *root = oracle_read("omega");
    struct ctx ctx;
    open_ctx(&ctx);
    struct agreement omegas = {.name = "omega", .wanted = 13.5}, parts = {.name = "loadings and uniquenesses", .wanted = 11.5};
    size_t index = 0;
    const json_t *row = NULL;
    json_array_foreach (oracle_at(root, "cases"), index, row) {
        static double covariance[ITEMS_ROOM * ITEMS_ROOM];
        size_t k = (size_t)member_number(row, "k");
        read_matrix(json_object_get(row, "covariance"), covariance);
        struct omega omega;
        assert_int_equal(omega_fit(&ctx, covariance, k, &omega), STATUS_OK);
        assert_int_equal(omega.undefined, DEFINED);
        agreement_add(&omegas, omega.model, member_number(row, "omega"));
        agreement_add(&omegas, omega.observed, member_number(row, "omega_observed"));
        assert_int_equal(omega.heywood_count > 0, json_is_true(json_object_get(row, "heywood")));
        assert_int_equal(omega.loadings == NULL, k == 2);
        for (size_t i = 0; k > 2 && i < k; i++) {
            agreement_add(&parts, omega.loadings[i], json_number_value(json_array_get(json_object_get(row, "loadings"), i)));
            double uniqueness = json_number_value(json_array_get(json_object_get(row, "uniquenesses"), i));
            agreement_add(&parts, omega.uniquenesses[i], uniqueness);
        }
    }
    agreement_print(&omegas);
    agreement_print(&parts);
    arena_destroy(ctx.arena);
    json_decref(root);
}

/* A covariance matrix λλ' + Ψ is reproduced, and its omega is known. */
static void an_exact_factor_is_found(void **state)
{
    (void)state;
    const double loadings[6] = {1.5, .2, .9, -.4, 2, .75}, uniquenesses[6] = {1, .3, 2, .5, 4, .01};
    double covariance[36], sum = 0, unique = 0;
    for (size_t i = 0; i < 6; i++) {
        sum += loadings[i];
        unique += uniquenesses[i];
        for (size_t j = 0; j < 6; j++)
            covariance[i * 6 + j] = loadings[i] * loadings[j] + (i == j ? uniquenesses[i] : 0);
    }
    struct ctx ctx;
    open_ctx(&ctx);
    struct omega omega;
    assert_int_equal(omega_fit(&ctx, covariance, 6, &omega), STATUS_OK);
    assert_int_equal(omega.undefined, DEFINED);
    assert_digits(omega.model, sum * sum / (sum * sum + unique), 13);
    assert_digits(omega.observed, omega.model, 13);
    assert_true(fabs(omega.discrepancy) < 1e-12);
    for (size_t i = 0; i < 6; i++) {
        assert_digits(omega.loadings[i], loadings[i], 12);
        assert_digits(omega.uniquenesses[i], uniquenesses[i], 11);
    }
    arena_destroy(ctx.arena);
}

/* formulas.md F15: "k = 2 → 4s₁₂/s_T² (2r/(1+r) is the standardised value)" */
static void two_items_have_a_closed_form(void **state)
{
    (void)state;
    struct ctx ctx;
    open_ctx(&ctx);
    struct omega omega;
    assert_int_equal(omega_fit(&ctx, (double[]){2, .75, .75, 1}, 2, &omega), STATUS_OK);
    assert_int_equal(omega.undefined, DEFINED);
    assert_true(omega.model == 3 / 4.5 && omega.observed == omega.model && omega.loadings == NULL);
    arena_destroy(ctx.arena);
}

/* Every undefined case is told. */
static void degenerate_cases(void **state)
{
    (void)state;
    struct ctx ctx;
    open_ctx(&ctx);
    struct omega omega;
    const double one = 1;
    assert_int_equal(omega_fit(&ctx, &one, 1, &omega), STATUS_OK);
    assert_int_equal(omega.undefined, UNDEFINED_TOO_FEW);
    assert_int_equal(omega_fit(&ctx, (double[]){1, 0, .5, 0, 0, 0, .5, 0, 1}, 3, &omega), STATUS_OK);
    assert_int_equal(omega.undefined, UNDEFINED_NO_VARIANCE);
    assert_int_equal(omega_fit(&ctx, (double[]){1, -1, -1, 1}, 2, &omega), STATUS_OK);
    assert_int_equal(omega.undefined, UNDEFINED_NO_VARIANCE);
    /* two identical items; then a third that is their sum */
    assert_int_equal(omega_fit(&ctx, (double[]){1, 1, .5, 1, 1, .5, .5, .5, 1}, 3, &omega), STATUS_OK);
    assert_int_equal(omega.undefined, UNDEFINED_SINGULAR);
    assert_int_equal(omega_fit(&ctx, (double[]){1, .3, 1.3, .3, 1, 1.3, 1.3, 1.3, 2.6}, 3, &omega), STATUS_OK);
    assert_int_equal(omega.undefined, UNDEFINED_SINGULAR);
    assert_null(omega.loadings);
    /* no common factor at all: a factor of one item alone fits as well as none, so only the range is certain */
    assert_int_equal(omega_fit(&ctx, (double[]){1, 0, 0, 0, 2, 0, 0, 0, 3}, 3, &omega), STATUS_OK);
    assert_int_equal(omega.undefined, DEFINED);
    assert_true(omega.model >= 0 && omega.model < 1 && omega.discrepancy < 1e-9);
    arena_destroy(ctx.arena);
}

/* The correlation of integers drawn at random, n people, k items with one factor. */
static void draw_covariance(uint64_t seed, size_t n, size_t k, double *covariance)
{
    double sums[ITEMS_ROOM] = {0};
    memset(covariance, 0, k * k * sizeof *covariance);
    for (size_t person = 0; person < n; person++) {
        double common = chance_uniform(seed, person, 0), x[ITEMS_ROOM];
        for (size_t i = 0; i < k; i++) {
            x[i] = floor(1 + 3.5 * common + 3.5 * chance_uniform(seed, person, i + 1));
            sums[i] += x[i];
        }
        for (size_t i = 0; i < k * k; i++)
            covariance[i] += x[i / k] * x[i % k];
    }
    for (size_t i = 0; i < k * k; i++)
        covariance[i] = (covariance[i] - sums[i / k] * sums[i % k] / (double)n) / ((double)n - 1);
}

/* formulas.md: "the bare fixed-point iteration did not converge in 9 % of samples": this one must, whatever the sample. */
static void small_samples_converge(void **state)
{
    (void)state;
    static double covariance[ITEMS_ROOM * ITEMS_ROOM], again[ITEMS_ROOM * ITEMS_ROOM];
    size_t fitted = 0, heywood = 0, singular = 0, not_converged = 0;
    for (uint64_t seed = 0; seed < 600; seed++) {
        struct ctx ctx;
        open_ctx(&ctx);
        size_t k = 3 + (size_t)chance_below(seed, 1, 0, 8), n = 8 + (size_t)chance_below(seed, 1, 1, 60);
        draw_covariance(seed, n, k, covariance);
        struct omega omega, turned;
        assert_int_equal(omega_fit(&ctx, covariance, k, &omega), STATUS_OK);
        fitted += omega.undefined == DEFINED;
        singular += omega.undefined == UNDEFINED_SINGULAR || omega.undefined == UNDEFINED_NO_VARIANCE;
        not_converged += omega.undefined == UNDEFINED_NOT_CONVERGED;
        heywood += omega.heywood_count > 0;
        /* the items in the opposite order, each in another unit: the same fit */
        for (size_t i = 0; i < k * k; i++)
            again[i] = covariance[k * k - 1 - i] * 4;
        assert_int_equal(omega_fit(&ctx, again, k, &turned), STATUS_OK);
        if (omega.undefined == DEFINED && omega.heywood_count == 0)
            assert_digits(turned.model, omega.model, 12);
        arena_destroy(ctx.arena);
    }
    print_message("of 600 samples %zu fitted (%zu with a Heywood case), %zu singular, %zu not converged\n", fitted, heywood,
                  singular, not_converged);
    assert_int_equal(not_converged, 0);
}

/* "fails STATUS_MEMORY" */
static void no_memory_is_told(void **state)
{
    (void)state;
    struct ctx ctx;
    open_ctx(&ctx);
    static double covariance[ITEMS_ROOM * ITEMS_ROOM];
    draw_covariance(1, 200, ITEMS_ROOM, covariance);
    struct omega omega;
    memory_fail_at(1, true);
    enum status status = omega_fit(&ctx, covariance, ITEMS_ROOM, &omega);
    memory_fail_at(0, false);
    assert_int_equal(status, STATUS_MEMORY);
    arena_destroy(ctx.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_lavaan),           cmocka_unit_test(an_exact_factor_is_found),
        cmocka_unit_test(two_items_have_a_closed_form), cmocka_unit_test(degenerate_cases),
        cmocka_unit_test(small_samples_converge),       cmocka_unit_test(no_memory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
