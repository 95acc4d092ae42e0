/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/pairs_text.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

void mpz_set_int128(mpz_t out, int128 value)
{
    struct wide wide = wide_from(value);
    mpz_set_wide(out, &wide);
}

void mpz_set_wide(mpz_t out, const struct wide *value)
{
    mpz_t whole;
    mpz_import(out, WIDE_LIMBS, -1, sizeof value->limb[0], 0, 0, value->limb);
    if (value->limb[WIDE_LIMBS - 1] >> 63 != 0) {
        mpz_init_set_ui(whole, 1);
        mpz_mul_2exp(whole, whole, 64 * WIDE_LIMBS);
        mpz_sub(out, out, whole);
        mpz_clear(whole);
    }
}

static void put_int128(FILE *out, int128 value)
{
    mpz_t number;
    mpz_init(number);
    mpz_set_int128(number, value);
    gmp_fprintf(out, " %Zd", number);
    mpz_clear(number);
}

static void put_wide(FILE *out, const struct wide *value)
{
    mpz_t number;
    mpz_init(number);
    mpz_set_wide(number, value);
    gmp_fprintf(out, " %Zd", number);
    mpz_clear(number);
}

static void put_sum(FILE *out, const struct weight_sum *sum)
{
    fprintf(out, " n %" PRIu64, sum->n);
    put_int128(out, sum->w);
    put_int128(out, sum->ww);
    fputc('\n', out);
}

static void put_clusters(FILE *out, const struct cluster_sums *sums)
{
    fprintf(out, "  clusters %" PRIu64, sums->clusters);
    for (uint32_t i = 0; i < sums->stratum_count; i++) {
        const struct stratum_sums *stratum = &sums->strata[i];
        fprintf(out, " [%" PRIu32 "] %" PRIu64, stratum->stratum, stratum->clusters);
        put_int128(out, stratum->a);
        put_int128(out, stratum->b);
        put_wide(out, &stratum->aa);
        put_wide(out, &stratum->ab);
        put_wide(out, &stratum->bb);
    }
    put_wide(out, &sums->aa);
    put_wide(out, &sums->ab);
    put_wide(out, &sums->bb);
    fputc('\n', out);
}

static void put_joint(FILE *out, const char *name, uint32_t item, const struct joint *joint)
{
    fprintf(out, " %s %u steps %u arity %u respondents %" PRIu64 "\n", name, item, joint->scale->steps, joint->arity,
            joint->respondents);
    for (size_t i = 0; i < joint->cell_count; i++) {
        const struct joint_cell *cell = &joint->cells[i];
        fprintf(out, "  cell %u %u %u", cell->code[0], cell->code[1], cell->code[2]);
        put_sum(out, &cell->sum);
    }
    for (unsigned d = 0; d < (joint->arity > 1 ? 2 : 1); d++) {
        put_clusters(out, &joint->difference[d]);
    }
}

static void put_composite(FILE *out, const char *name, uint32_t index, const struct composite *score)
{
    fprintf(out, " %s %u %s\n", name, index, reason_name(score->blank));
    if (score->blank != REASON_NONE) {
        return;
    }
    fprintf(out, "  steps %u denominator %" PRId64 " of %u only %" PRIu64 " %" PRIu64 " respondents %" PRIu64 "\n",
            score->scale->steps, score->denominator, score->item_count, score->expectation_only, score->perception_only,
            score->respondents);
    for (size_t i = 0; i < score->cell_count; i++) {
        fprintf(out, "  gap %" PRId64, score->cells[i].gap);
        put_sum(out, &score->cells[i].sum);
    }
    fputs("  all", out);
    put_sum(out, &score->all);
    fputs("  ceiling", out);
    put_sum(out, &score->ceiling);
    fputs("  moments", out);
    put_int128(out, score->we);
    put_int128(out, score->wp);
    put_wide(out, &score->wee);
    put_wide(out, &score->wpp);
    put_wide(out, &score->wep);
    fputc('\n', out);
    put_clusters(out, &score->difference[0]);
    put_clusters(out, &score->difference[1]);
}

static void put_block(FILE *out, const struct block *block)
{
    fprintf(out, " block %u of %" PRId64 " %s items", (unsigned)block->of,
            block->dimension == UINT32_MAX ? -1 : (int64_t)block->dimension, reason_name(block->blank));
    for (uint32_t i = 0; i < block->item_count; i++) {
        fprintf(out, " %u", block->items[i]);
    }
    if (block->blank != REASON_NONE) {
        fputc('\n', out);
        return;
    }
    fprintf(out, " respondents %" PRIu64, block->respondents);
    put_sum(out, &block->all);
    for (uint32_t i = 0; i < block->item_count; i++) {
        fputs("  sum", out);
        put_int128(out, block->sums[i]);
        fputs(" products", out);
        for (uint32_t j = 0; j < block->item_count; j++) {
            put_int128(out, block->products[(size_t)i * block->item_count + j]);
        }
        fputc('\n', out);
    }
}

static void put_contrast(FILE *out, const struct contrast *contrast)
{
    fprintf(out, " contrast %u %u %s", contrast->first, contrast->second, reason_name(contrast->blank));
    if (contrast->blank != REASON_NONE) {
        fputc('\n', out);
        return;
    }
    fprintf(out, " respondents %" PRIu64, contrast->respondents);
    put_int128(out, contrast->wd);
    put_int128(out, contrast->wdd);
    put_int128(out, contrast->wwd);
    put_int128(out, contrast->wwdd);
    put_sum(out, &contrast->all);
    put_clusters(out, &contrast->difference);
}

static void put_importance(FILE *out, const struct importance_sum *sum)
{
    bool overall = sum->index == UINT32_MAX;
    fprintf(out, " importance %" PRId64 " %s", overall ? -1 : (int64_t)sum->index, reason_name(sum->blank));
    if (overall) {
        fprintf(out, " rescaled %" PRIu64 " refused %" PRIu64, sum->rescaled, sum->refused);
    }
    if (sum->blank != REASON_NONE) {
        fputc('\n', out);
        return;
    }
    fprintf(out, " steps %u respondents %" PRIu64, sum->scale->steps, sum->respondents);
    put_sum(out, &sum->all);
    fputs("  sums", out);
    put_int128(out, sum->share);
    put_int128(out, sum->rating);
    put_int128(out, sum->gap);
    put_int128(out, sum->weighted);
    put_int128(out, sum->performance);
    put_int128(out, sum->weighted_performance);
    put_wide(out, &sum->wweighted2);
    put_wide(out, &sum->wwweighted);
    put_wide(out, &sum->wwweighted2);
    fputc('\n', out);
    put_clusters(out, &sum->difference);
}

static void put_group(FILE *out, const struct pairs *pairs, const struct group_set *set, const struct group *group)
{
    const struct study *study = pairs->study;
    fputs("group", out);
    for (uint32_t s = 0; s < set->by.segment_count; s++) {
        const char *text = pairs_value_text(pairs, set, group, s);
        fprintf(out, " [%s]", text == NULL ? "no answer" : text);
    }
    fprintf(out, " encounters %" PRIu64 " respondents %" PRIu64 " clusters %" PRIu64 "\n", group->encounters, group->respondents,
            group->clusters);
    for (uint32_t item = 0; item < study->item_count; item++) {
        if (group->pairs != NULL) {
            put_joint(out, "pairs", item, &group->pairs[item]);
        }
        if (group->zones != NULL) {
            put_joint(out, "zones", item, &group->zones[item]);
        }
        if (group->singles != NULL) {
            put_joint(out, "singles", item, &group->singles[item]);
        }
    }
    for (uint32_t d = 0; d < study->dimension_count && group->dimensions != NULL; d++) {
        put_composite(out, "dimension", d, &group->dimensions[d]);
    }
    if (group->overall != NULL) {
        put_composite(out, "overall", 0, group->overall);
        put_composite(out, "items_mean", 0, group->items_mean);
    }
    for (uint32_t i = 0; i < group->block_count; i++) {
        put_block(out, &group->blocks[i]);
    }
    for (uint32_t i = 0; i < group->contrast_count; i++) {
        put_contrast(out, &group->contrasts[i]);
    }
    for (uint32_t i = 0; i < group->importance_count; i++) {
        put_importance(out, &group->importance[i]);
    }
}

static void put_pairing(FILE *out, const struct pairing *pairing)
{
    fprintf(out, "pairing %" PRIu64 " %" PRIu64 " both %" PRIu64 " only %" PRIu64 " %" PRIu64 " pairs %" PRIu64,
            pairing->encounters, pairing->respondents, pairing->both, pairing->expectation_only, pairing->perception_only,
            pairing->pairs);
    fprintf(out, " straight %" PRIu64 " %" PRIu64 " %" PRIu64 "\n", pairing->straight_expectation, pairing->straight_perception,
            pairing->straight_both);
    for (unsigned s = 0; s < STANDARD_COUNT; s++) {
        fprintf(out, " %s asked %" PRIu64 " missing %" PRIu64 " %" PRIu64 " %" PRIu64 "\n", standard_name((enum standard)s),
                pairing->asked[s], pairing->missing[s][0], pairing->missing[s][1], pairing->missing[s][2]);
    }
}

char *pairs_text(const struct pairs *pairs)
{
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    assert_non_null(out);
    fprintf(out, "repeats %d clustered %d clusters %" PRIu64 " stratified %d", pairs->repeats, pairs->clustered, pairs->clusters,
            pairs->stratified);
    for (uint32_t i = 0; i < pairs->stratum_count; i++) {
        fprintf(out, " [%s] %" PRIu64, pairs->strata[i].name, pairs->strata[i].units);
    }
    fputc('\n', out);
    put_pairing(out, &pairs->pairing);
    for (uint32_t i = 0; i < pairs->set_count; i++) {
        const struct group_set *set = &pairs->sets[i];
        fprintf(out, "set %u groups %u\n", i, set->group_count);
        for (uint32_t g = 0; g < set->group_count; g++) {
            put_group(out, pairs, set, &set->groups[g]);
        }
    }
    assert_int_equal(fclose(out), 0);
    return text;
}

void assert_same_lines(const char *actual, const char *expected)
{
    const char *line = actual;
    size_t at = 0;
    unsigned number = 1;
    while (actual[at] == expected[at] && actual[at] != 0) {
        if (actual[at] == '\n') {
            line = actual + at + 1;
            number++;
        }
        at++;
    }
    if (actual[at] != expected[at]) {
        size_t start = (size_t)(line - actual);
        fail_msg("line %u differs:\n  actual   %.*s\n  expected %.*s", number, (int)strcspn(line, "\n"), line,
                 (int)strcspn(expected + start, "\n"), expected + start);
    }
}
