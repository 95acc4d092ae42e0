/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/pairs_oracle_figure.h"

#include <inttypes.h>

bool oracle_counts(const struct oracle *oracle, uint32_t row)
{
    return oracle->in_group[row] && oracle->usable[row];
}

bool oracle_pairable(const struct oracle *oracle, uint32_t item)
{
    return study_asks(&oracle->toy->study, STANDARD_EXPECTATION, item) &&
           study_asks(&oracle->toy->study, STANDARD_PERCEPTION, item);
}

bool oracle_same_scale(const struct oracle *oracle, uint32_t a, uint32_t b)
{
    return oracle->toy->items[a].scale == oracle->toy->items[b].scale;
}

static int64_t weight_of(const struct oracle *oracle, uint32_t row)
{
    return oracle->plan->weighted ? oracle->toy->rows[row].weight : 1;
}

/* Of a cluster: its stratum before its number. */
static uint64_t key_of(const struct oracle *oracle, uint32_t row, bool clusters)
{
    const struct toy_row *of = &oracle->toy->rows[row];
    uint64_t stratum = clusters && oracle->toy->wish.stratified ? of->stratum : 0;
    return stratum << 32 | (clusters && oracle->toy->wish.clustered ? of->cluster : of->respondent);
}

uint32_t oracle_strata(const struct oracle *oracle, uint32_t strata[TOY_STRATA])
{
    static const uint32_t sorted[TOY_STRATA] = {1, 2, 3, 0};
    uint32_t count = 0;
    for (uint32_t i = 0; i < TOY_STRATA; i++) {
        bool there = false;
        for (uint32_t row = 0; row < oracle->toy->row_count; row++) {
            there = there || oracle->toy->rows[row].stratum == sorted[i];
        }
        if (there) {
            strata[count++] = sorted[i];
        }
    }
    return count;
}

uint64_t oracle_n(const struct oracle *oracle)
{
    uint64_t n = 0;
    for (uint32_t row = 0; row < oracle->toy->row_count; row++) {
        n += oracle->has[row];
    }
    return n;
}

uint64_t oracle_distinct(const struct oracle *oracle, const bool *rows, bool clusters)
{
    uint64_t count = 0;
    for (uint32_t row = 0; row < oracle->toy->row_count; row++) {
        bool first = rows[row];
        for (uint32_t before = 0; before < row; before++) {
            first = first && !(rows[before] && key_of(oracle, before, clusters) == key_of(oracle, row, clusters));
        }
        count += first;
    }
    return count;
}

uint64_t oracle_respondents(const struct oracle *oracle)
{
    return oracle_distinct(oracle, oracle->has, false);
}

static void add_power(const struct oracle *oracle, uint32_t row, unsigned power, unsigned times, mpz_t sum)
{
    mpz_t term;
    mpz_init_set_si(term, 1);
    for (unsigned i = 0; i < power; i++) {
        mpz_mul_si(term, term, weight_of(oracle, row));
    }
    for (unsigned i = 0; i < times; i++) {
        mpz_mul_si(term, term, oracle->x[row]);
    }
    mpz_add(sum, sum, term);
    mpz_clear(term);
}

void oracle_put_moment(const struct oracle *oracle, unsigned power, unsigned times)
{
    mpz_t sum;
    mpz_init(sum);
    for (uint32_t row = 0; row < oracle->toy->row_count; row++) {
        if (oracle->has[row]) {
            add_power(oracle, row, power, times, sum);
        }
    }
    gmp_fprintf(oracle->out, " %Zd", sum);
    mpz_clear(sum);
}

void oracle_put_sum(const struct oracle *oracle)
{
    fprintf(oracle->out, " n %" PRIu64, oracle_n(oracle));
    oracle_put_moment(oracle, 1, 0);
    oracle_put_moment(oracle, 2, 0);
    fputc('\n', oracle->out);
}

void oracle_put_product(const struct oracle *oracle, const int64_t *x, const int64_t *y)
{
    mpz_t sum, term;
    mpz_inits(sum, term, NULL);
    for (uint32_t row = 0; row < oracle->toy->row_count; row++) {
        if (oracle->has[row]) {
            mpz_set_si(term, weight_of(oracle, row));
            mpz_mul_si(term, term, x[row]);
            mpz_mul_si(term, term, y[row]);
            mpz_add(sum, sum, term);
        }
    }
    gmp_fprintf(oracle->out, " %Zd", sum);
    mpz_clears(sum, term, NULL);
}

/* a = Σw·x and b = Σw of the cluster that a row belongs to; false when an earlier row has stood for it. */
static bool cluster_of_row(const struct oracle *oracle, uint32_t row, mpz_t a, mpz_t b)
{
    mpz_set_si(a, 0);
    mpz_set_si(b, 0);
    for (uint32_t other = 0; other < oracle->toy->row_count; other++) {
        if (!oracle->has[other] || key_of(oracle, other, true) != key_of(oracle, row, true)) {
            continue;
        }
        if (other < row) {
            return false;
        }
        add_power(oracle, other, 1, 1, a);
        add_power(oracle, other, 1, 0, b);
    }
    return true;
}

/* Sums over the clusters of one stratum, or over all with UINT32_MAX. */
struct cluster_figures {
    uint64_t count;
    mpz_t a, b, aa, ab, bb;
};

static void figures_add(const struct oracle *oracle, uint32_t stratum, struct cluster_figures *figures)
{
    mpz_t a, b;
    mpz_inits(a, b, NULL);
    for (uint32_t row = 0; row < oracle->toy->row_count; row++) {
        bool here = stratum == UINT32_MAX || oracle->toy->rows[row].stratum == stratum;
        if (here && oracle->has[row] && cluster_of_row(oracle, row, a, b)) {
            figures->count++;
            mpz_add(figures->a, figures->a, a);
            mpz_add(figures->b, figures->b, b);
            mpz_addmul(figures->aa, a, a);
            mpz_addmul(figures->ab, a, b);
            mpz_addmul(figures->bb, b, b);
        }
    }
    mpz_clears(a, b, NULL);
}

static void put_strata(const struct oracle *oracle)
{
    uint32_t strata[TOY_STRATA];
    uint32_t count = oracle_strata(oracle, strata);
    for (uint32_t i = 0; i < count; i++) {
        struct cluster_figures figures = {.count = 0};
        mpz_inits(figures.a, figures.b, figures.aa, figures.ab, figures.bb, NULL);
        figures_add(oracle, strata[i], &figures);
        if (figures.count > 0) {
            gmp_fprintf(oracle->out, " [%" PRIu32 "] %" PRIu64 " %Zd %Zd %Zd %Zd %Zd", i, figures.count, figures.a, figures.b,
                        figures.aa, figures.ab, figures.bb);
        }
        mpz_clears(figures.a, figures.b, figures.aa, figures.ab, figures.bb, NULL);
    }
    fputs(" 0 0 0\n", oracle->out);
}

void oracle_put_clusters(const struct oracle *oracle)
{
    bool stratified = oracle->toy->wish.stratified;
    struct cluster_figures figures = {.count = 0};
    mpz_inits(figures.a, figures.b, figures.aa, figures.ab, figures.bb, NULL);
    if (oracle->clustered || stratified) {
        figures_add(oracle, UINT32_MAX, &figures);
    }
    fprintf(oracle->out, "  clusters %" PRIu64, figures.count);
    if (stratified) {
        put_strata(oracle);
    } else {
        gmp_fprintf(oracle->out, " %Zd %Zd %Zd\n", figures.aa, figures.ab, figures.bb);
    }
    mpz_clears(figures.a, figures.b, figures.aa, figures.ab, figures.bb, NULL);
}
