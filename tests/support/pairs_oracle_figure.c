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

static uint32_t key_of(const struct oracle *oracle, uint32_t row, bool clusters)
{
    return clusters && oracle->toy->wish.clustered ? oracle->toy->rows[row].cluster : oracle->toy->rows[row].respondent;
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

void oracle_put_clusters(const struct oracle *oracle)
{
    mpz_t a, b, aa, ab, bb;
    uint64_t count = 0;
    mpz_inits(a, b, aa, ab, bb, NULL);
    for (uint32_t row = 0; row < oracle->toy->row_count && oracle->clustered; row++) {
        if (oracle->has[row] && cluster_of_row(oracle, row, a, b)) {
            count++;
            mpz_addmul(aa, a, a);
            mpz_addmul(ab, a, b);
            mpz_addmul(bb, b, b);
        }
    }
    gmp_fprintf(oracle->out, "  clusters %" PRIu64 " %Zd %Zd %Zd\n", count, aa, ab, bb);
    mpz_clears(a, b, aa, ab, bb, NULL);
}
