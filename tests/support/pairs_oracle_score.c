/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <stdlib.h>

#include "model/tally.h"
#include "support/pairs_oracle_figure.h"
#include "support/pairs_oracle_kind.h"

static bool kind_has(const struct oracle *oracle, const struct kind *kind, uint32_t item)
{
    uint32_t dimension = oracle->toy->items[item].dimension;
    if (!oracle_pairable(oracle, item) || (kind->of_dimensions && dimension == UINT32_MAX)) {
        return false;
    }
    return kind->dimension == UINT32_MAX || dimension == kind->dimension;
}

/* Least common multiple of the counts from need to parts. */
static void counts_multiple(const struct kind *kind, mpz_t out)
{
    mpz_set_ui(out, 1);
    for (uint32_t count = kind->need; count <= kind->parts; count++) {
        mpz_lcm_ui(out, out, count);
    }
}

static void settle_denominator(const struct oracle *oracle, struct kind *kind, mpz_t common)
{
    mpz_t most;
    uint32_t steps = oracle->toy->scales[oracle->toy->items[kind->item].scale].steps;
    mpz_init_set(most, common);
    mpz_mul_ui(most, most, steps - 1);
    bool fits = mpz_cmp_ui(most, 1ul << 47) <= 0;
    kind->denominator = fits ? (int64_t)mpz_get_ui(common) : INT64_C(1) << 32;
    mpz_clear(most);
}

void oracle_describe_items(const struct oracle *oracle, struct kind *kind)
{
    kind->blank = REASON_NOT_ASKED;
    for (uint32_t i = 0; i < oracle->toy->study.item_count; i++) {
        if (!kind_has(oracle, kind, i)) {
            continue;
        }
        if (kind->parts == 0) {
            kind->item = i;
            kind->blank = REASON_NONE;
        } else if (!oracle_same_scale(oracle, kind->item, i)) {
            kind->blank = REASON_MIXED_SCALES;
        }
        kind->parts++;
    }
    kind->need = (kind->parts + 1) / 2;
    if (kind->blank == REASON_NONE) {
        mpz_t common;
        mpz_init(common);
        counts_multiple(kind, common);
        settle_denominator(oracle, kind, common);
        mpz_clear(common);
    }
}

static void describe_overall(const struct oracle *oracle, struct kind *overall)
{
    struct kind any = {.dimension = UINT32_MAX};
    mpz_t common, own;
    bool rounded = false;
    oracle_describe_items(oracle, &any);
    oracle_describe_items(oracle, overall);
    if (overall->parts == 0 && any.parts > 0) {
        overall->blank = REASON_NOT_APPLICABLE;
    }
    overall->parts = 0;
    mpz_init_set_ui(common, 1);
    mpz_init(own);
    for (uint32_t d = 0; d < oracle->toy->study.dimension_count; d++) {
        struct kind one = {.dimension = d};
        oracle_describe_items(oracle, &one);
        overall->parts += one.parts > 0;
        rounded = rounded || one.denominator == INT64_C(1) << 32;
        mpz_lcm_ui(common, common, one.denominator > 0 ? (unsigned long)one.denominator : 1);
    }
    overall->need = (overall->parts + 1) / 2;
    if (overall->blank == REASON_NONE) {
        counts_multiple(overall, own);
        mpz_mul(common, common, own);
        settle_denominator(oracle, overall, common);
        overall->denominator = rounded ? INT64_C(1) << 32 : overall->denominator;
    }
    mpz_clears(common, own, NULL);
}

/* Σ(code−1)/count over a person's pairs of a kind, as a fraction.
 * gives   the number of pairs; expectations and perceptions there, paired or not */
uint32_t oracle_mean_of_items(const struct oracle *oracle, const struct kind *kind, uint32_t row, mpq_t e, mpq_t p,
                              uint32_t *there)
{
    uint32_t count = 0;
    unsigned long sum_e = 0, sum_p = 0;
    there[0] = there[1] = 0;
    for (uint32_t i = 0; i < oracle->toy->study.item_count; i++) {
        uint16_t code_e = oracle->turned[row][STANDARD_EXPECTATION][i];
        uint16_t code_p = oracle->turned[row][STANDARD_PERCEPTION][i];
        if (!kind_has(oracle, kind, i)) {
            continue;
        }
        there[0] += code_e > 0;
        there[1] += code_p > 0;
        if (code_e > 0 && code_p > 0) {
            count++;
            sum_e += code_e - 1u;
            sum_p += code_p - 1u;
        }
    }
    mpq_set_ui(e, sum_e, count == 0 ? 1 : count);
    mpq_set_ui(p, sum_p, count == 0 ? 1 : count);
    mpq_canonicalize(e);
    mpq_canonicalize(p);
    return count;
}

static uint32_t mean_of_dimensions(const struct oracle *oracle, uint32_t row, mpq_t e, mpq_t p, uint32_t *there)
{
    mpq_t part_e, part_p;
    uint32_t count = 0;
    there[0] = there[1] = 0;
    mpq_inits(part_e, part_p, NULL);
    mpq_set_ui(e, 0, 1);
    mpq_set_ui(p, 0, 1);
    for (uint32_t d = 0; d < oracle->toy->study.dimension_count; d++) {
        struct kind one = {.dimension = d};
        uint32_t of_one[2];
        oracle_describe_items(oracle, &one);
        uint32_t pairs = oracle_mean_of_items(oracle, &one, row, part_e, part_p, of_one);
        there[0] += one.parts > 0 && of_one[0] >= one.need;
        there[1] += one.parts > 0 && of_one[1] >= one.need;
        if (one.parts > 0 && pairs >= one.need) {
            count++;
            mpq_add(e, e, part_e);
            mpq_add(p, p, part_p);
        }
    }
    mpq_set_ui(part_e, count == 0 ? 1 : count, 1);
    mpq_div(e, e, part_e);
    mpq_div(p, p, part_e);
    mpq_clears(part_e, part_p, NULL);
    return count;
}

/* value × unit to the nearest integer, ties away from 0. */
int64_t oracle_nearest(const mpq_t value, int64_t unit)
{
    mpz_t twice, under;
    mpz_init_set(twice, mpq_numref(value));
    mpz_mul_si(twice, twice, unit);
    mpz_mul_ui(twice, twice, 2);
    mpz_init_set(under, mpq_denref(value));
    if (mpz_sgn(twice) < 0) {
        mpz_sub(twice, twice, under);
    } else {
        mpz_add(twice, twice, under);
    }
    mpz_mul_ui(under, under, 2);
    mpz_tdiv_q(twice, twice, under);
    int64_t out = mpz_get_si(twice);
    mpz_clears(twice, under, NULL);
    return out;
}

/* Everything of one kind that is kept per person. */
struct persons {
    int64_t *e, *p;
    uint64_t only[2];
};

static void score_persons(struct oracle *oracle, const struct kind *kind, struct persons *persons)
{
    mpq_t e, p;
    mpq_inits(e, p, NULL);
    persons->only[0] = persons->only[1] = 0;
    for (uint32_t row = 0; row < oracle->toy->row_count; row++) {
        uint32_t there[2];
        uint32_t count = kind->of_dimensions ? mean_of_dimensions(oracle, row, e, p, there)
                                             : oracle_mean_of_items(oracle, kind, row, e, p, there);
        bool enough_e = there[0] >= kind->need;
        bool enough_p = there[1] >= kind->need;
        bool counts = oracle_counts(oracle, row);
        oracle->has[row] = counts && count >= kind->need;
        persons->only[0] += counts && enough_e && !enough_p;
        persons->only[1] += counts && enough_p && !enough_e;
        persons->e[row] = oracle_nearest(e, kind->denominator);
        persons->p[row] = oracle_nearest(p, kind->denominator);
        oracle->x[row] = persons->p[row] - persons->e[row];
    }
    mpq_clears(e, p, NULL);
}

static int order_of_values(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a;
    int64_t right = *(const int64_t *)b;
    return left < right ? -1 : left > right;
}

/* Narrows the figure to those whose value[] is this, writes their sum, and widens it again. */
static void put_those_with(struct oracle *oracle, const int64_t *values, int64_t wanted)
{
    uint32_t rows = oracle->toy->row_count;
    bool *before = oracle->has;
    bool *narrowed = calloc(rows + (size_t)1, sizeof *narrowed);
    for (uint32_t row = 0; row < rows; row++) {
        narrowed[row] = before[row] && values[row] == wanted;
    }
    oracle->has = narrowed;
    oracle_put_sum(oracle);
    oracle->has = before;
    free(narrowed);
}

static void put_histogram(struct oracle *oracle)
{
    uint32_t count = 0;
    int64_t *values = calloc(oracle->toy->row_count + (size_t)1, sizeof *values);
    for (uint32_t row = 0; row < oracle->toy->row_count; row++) {
        if (oracle->has[row]) {
            values[count++] = oracle->x[row];
        }
    }
    qsort(values, count, sizeof *values, order_of_values);
    for (uint32_t i = 0; i < count; i++) {
        if (i == 0 || values[i] != values[i - 1]) {
            fprintf(oracle->out, "  gap %" PRId64, values[i]);
            put_those_with(oracle, oracle->x, values[i]);
        }
    }
    free(values);
}

static void put_score(struct oracle *oracle, const struct kind *kind, struct persons *persons)
{
    uint32_t steps = oracle->toy->scales[oracle->toy->items[kind->item].scale].steps;
    fprintf(oracle->out, " %s %u %s\n", kind->name, kind->index, reason_name(kind->blank));
    if (kind->blank != REASON_NONE) {
        return;
    }
    score_persons(oracle, kind, persons);
    fprintf(oracle->out, "  steps %u denominator %" PRId64 " of %u only %" PRIu64 " %" PRIu64 " respondents %" PRIu64 "\n", steps,
            kind->denominator, kind->parts, persons->only[0], persons->only[1], oracle_respondents(oracle));
    put_histogram(oracle);
    fputs("  all", oracle->out);
    oracle_put_sum(oracle);
    fputs("  ceiling", oracle->out);
    put_those_with(oracle, persons->e, kind->denominator * ((int64_t)steps - 1));
    int64_t *gap = oracle->x;
    fputs("  moments", oracle->out);
    oracle->x = persons->e;
    oracle_put_moment(oracle, 1, 1);
    oracle->x = persons->p;
    oracle_put_moment(oracle, 1, 1);
    oracle_put_product(oracle, persons->e, persons->e);
    oracle_put_product(oracle, persons->p, persons->p);
    oracle_put_product(oracle, persons->e, persons->p);
    fputc('\n', oracle->out);
    oracle->x = gap;
    oracle_put_clusters(oracle);
    for (uint32_t row = 0; row < oracle->toy->row_count; row++) {
        gap[row] = gap[row] < 0;
    }
    oracle_put_clusters(oracle);
}

void oracle_put_scores(struct oracle *oracle)
{
    size_t rows = oracle->toy->row_count + (size_t)1;
    struct persons persons = {.e = calloc(rows, sizeof *persons.e), .p = calloc(rows, sizeof *persons.p)};
    for (uint32_t d = 0; d < oracle->toy->study.dimension_count; d++) {
        struct kind dimension = {.name = "dimension", .index = d, .dimension = d};
        oracle_describe_items(oracle, &dimension);
        put_score(oracle, &dimension, &persons);
    }
    struct kind overall = {.name = "overall", .dimension = UINT32_MAX, .of_dimensions = true};
    describe_overall(oracle, &overall);
    put_score(oracle, &overall, &persons);
    struct kind items_mean = {.name = "items_mean", .dimension = UINT32_MAX};
    oracle_describe_items(oracle, &items_mean);
    put_score(oracle, &items_mean, &persons);
    free(persons.e);
    free(persons.p);
}
