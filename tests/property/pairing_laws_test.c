/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Laws that hold whatever the answers are, so that no second way of counting is needed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/chance.h"
#include "pair/pairing.h"
#include "support/pairs_text.h"
#include "support/toy_study.h"

enum { STUDIES = 15 };

/* Pairs a study in an order of rows.
 * owns    the caller: arena_destroy(*arena) */
static const struct pairs *paired(const struct toy_study *toy, const struct plan *plan, const uint32_t *order, unsigned threads,
                                  struct arena **arena)
{
    struct ctx ctx = {.threads = threads};
    const struct answers *answers;
    const struct pairs *pairs;
    assert_int_equal(arena_create(NULL, &ctx.arena), STATUS_OK);
    assert_int_equal(toy_study_answers(&ctx, toy, order, &answers), STATUS_OK);
    assert_int_equal(pairs_make(&ctx, answers, plan, &pairs), STATUS_OK);
    *arena = ctx.arena;
    return pairs;
}

static char *paired_text(const struct toy_study *toy, const struct plan *plan, const uint32_t *order, unsigned threads)
{
    struct arena *arena;
    char *text = pairs_text(paired(toy, plan, order, threads, &arena));
    arena_destroy(arena);
    return text;
}

static void check_order(const struct toy_study *toy, const uint32_t *order)
{
    struct plan plan = toy_plan(toy, PAIRS_AVAILABLE);
    char *straight = paired_text(toy, &plan, NULL, 1);
    char *other = paired_text(toy, &plan, order, 1);
    assert_same_lines(other, straight);
    free(straight);
    free(other);
}

/* pairing.h: "the same sums for any order of the rows": shuffled, and two halves of a file the other way round. */
static void test_order_of_rows_does_not_matter(void **state)
{
    (void)state;
    for (uint64_t seed = 1000; seed < 1000 + STUDIES; seed++) {
        struct toy_study toy;
        struct toy_wish wish = toy_wish_random(seed);
        toy_study_make(&toy, &wish);
        uint32_t order[64];
        for (uint32_t i = 0; i < toy.row_count; i++) {
            order[i] = (i + toy.row_count / 2) % toy.row_count;
        }
        check_order(&toy, order);
        for (uint32_t i = toy.row_count; i > 1; i--) {
            uint32_t j = (uint32_t)chance_below(seed, 3, i, i);
            uint32_t kept = order[i - 1];
            order[i - 1] = order[j];
            order[j] = kept;
        }
        check_order(&toy, order);
        toy_study_clear(&toy);
    }
}

/* pairing.h: "the same bytes for any ctx->threads". */
static void test_number_of_threads_does_not_matter(void **state)
{
    (void)state;
    struct toy_wish wish = {.seed = 77, .rows = 2 * ANSWERS_CHUNK_ROWS + 17, .items = 3, .dimensions = 2, .steps = 20};
    wish.missing_percent = 10;
    wish.reversed = wish.clustered = wish.repeats = true;
    for (unsigned weighted = 0; weighted < 4; weighted++) {
        struct toy_study toy;
        wish.weighted = weighted % 2 == 1;
        wish.stratified = weighted >= 2;
        toy_study_make(&toy, &wish);
        struct plan plan = toy_plan(&toy, PAIRS_AVAILABLE);
        char *one = paired_text(&toy, &plan, NULL, 1);
        for (unsigned threads = 2; threads <= 8; threads += threads == 3 ? 5 : 1) {
            char *many = paired_text(&toy, &plan, NULL, threads);
            assert_string_equal(many, one);
            free(many);
        }
        free(one);
        toy_study_clear(&toy);
    }
}

static void assert_times(int128 actual, int128 factor, int128 expected)
{
    assert_true(actual == factor * expected);
}

/* Every weight_sum and sum of b against those of a: n times n_factor, Σw times w_factor, Σw² times ww_factor. */
struct factors {
    uint64_t n;
    int128 w, ww;
};

static void check_sum(const struct weight_sum *a, const struct weight_sum *b, const struct factors *factors)
{
    assert_int_equal(b->n, factors->n * a->n);
    assert_times(b->w, factors->w, a->w);
    assert_times(b->ww, factors->ww, a->ww);
}

static void check_composite(const struct composite *a, const struct composite *b, const struct factors *factors)
{
    bool overflow = false;
    assert_int_equal(a->blank, b->blank);
    assert_int_equal(a->cell_count, b->cell_count);
    for (size_t i = 0; i < a->cell_count; i++) {
        assert_int_equal(a->cells[i].gap, b->cells[i].gap);
        check_sum(&a->cells[i].sum, &b->cells[i].sum, factors);
    }
    check_sum(&a->all, &b->all, factors);
    check_sum(&a->ceiling, &b->ceiling, factors);
    assert_times(b->we, factors->w, a->we);
    assert_times(b->wp, factors->w, a->wp);
    assert_int_equal(wide_compare(b->wep, wide_multiply(a->wep, wide_from(factors->w), &overflow)), 0);
    assert_int_equal(b->expectation_only, factors->n * a->expectation_only);
    assert_int_equal(b->perception_only, factors->n * a->perception_only);
}

static void check_block(const struct block *a, const struct block *b, const struct factors *factors)
{
    assert_int_equal(a->blank, b->blank);
    check_sum(&a->all, &b->all, factors);
    for (uint32_t i = 0; i < a->item_count && a->blank == REASON_NONE; i++) {
        assert_times(b->sums[i], factors->w, a->sums[i]);
        for (uint32_t j = 0; j < a->item_count; j++) {
            size_t at = (size_t)i * a->item_count + j;
            assert_times(b->products[at], factors->w, a->products[at]);
        }
    }
}

static void check_contrast(const struct contrast *a, const struct contrast *b, const struct factors *factors)
{
    check_sum(&a->all, &b->all, factors);
    assert_times(b->wd, factors->w, a->wd);
    assert_times(b->wdd, factors->w, a->wdd);
    assert_times(b->wwd, factors->ww, a->wwd);
    assert_times(b->wwdd, factors->ww, a->wwdd);
}

static void check_importance(const struct importance_sum *a, const struct importance_sum *b, const struct factors *factors)
{
    check_sum(&a->all, &b->all, factors);
    assert_times(b->share, factors->w, a->share);
    assert_times(b->gap, factors->w, a->gap);
    assert_times(b->weighted, factors->w, a->weighted);
    assert_times(b->weighted_performance, factors->w, a->weighted_performance);
}

static void check_everyone(const struct pairs *a, const struct pairs *b, const struct factors *factors)
{
    const struct group *left = &a->sets[0].groups[0];
    const struct group *right = &b->sets[0].groups[0];
    assert_int_equal(right->encounters, factors->n * left->encounters);
    assert_int_equal(right->respondents, factors->n * left->respondents);
    for (uint32_t item = 0; item < a->study->item_count; item++) {
        assert_int_equal(left->pairs[item].cell_count, right->pairs[item].cell_count);
        for (size_t i = 0; i < left->pairs[item].cell_count; i++) {
            assert_memory_equal(left->pairs[item].cells[i].code, right->pairs[item].cells[i].code, sizeof(uint16_t[3]));
            check_sum(&left->pairs[item].cells[i].sum, &right->pairs[item].cells[i].sum, factors);
        }
    }
    for (uint32_t d = 0; d < a->study->dimension_count; d++) {
        check_composite(&left->dimensions[d], &right->dimensions[d], factors);
    }
    check_composite(left->overall, right->overall, factors);
    check_composite(left->items_mean, right->items_mean, factors);
    for (uint32_t i = 0; i < left->block_count; i++) {
        check_block(&left->blocks[i], &right->blocks[i], factors);
    }
    for (uint32_t i = 0; i < left->contrast_count; i++) {
        check_contrast(&left->contrasts[i], &right->contrasts[i], factors);
    }
    for (uint32_t i = 0; i < left->importance_count; i++) {
        check_importance(&left->importance[i], &right->importance[i], factors);
    }
}

/* design.md: "everything in it merges by addition": everyone twice is everything twice. */
static void test_everyone_twice_doubles_all_sums(void **state)
{
    (void)state;
    for (uint64_t seed = 2000; seed < 2000 + STUDIES; seed++) {
        struct toy_study once, twice;
        struct arena *arenas[2];
        struct toy_wish wish = toy_wish_random(seed);
        wish.repeats = false;
        toy_study_make(&once, &wish);
        struct plan plan = toy_plan(&once, PAIRS_AVAILABLE);
        const struct pairs *a = paired(&once, &plan, NULL, 1, &arenas[0]);
        wish.rows *= 2;
        toy_study_make(&twice, &wish);
        for (uint32_t i = 0; i < twice.row_count; i++) {
            twice.rows[i] = once.rows[i / 2];
            twice.rows[i].respondent = i;
        }
        struct plan plan_twice = toy_plan(&twice, PAIRS_AVAILABLE);
        const struct pairs *b = paired(&twice, &plan_twice, NULL, 1, &arenas[1]);
        check_everyone(a, b, &(struct factors){.n = 2, .w = 2, .ww = 2});
        arena_destroy(arenas[0]);
        arena_destroy(arenas[1]);
        toy_study_clear(&once);
        toy_study_clear(&twice);
    }
}

/* The same code for all of at least three answers to one of the two sides. */
static bool is_straight(const struct toy_row *row, uint32_t items)
{
    static const enum standard sides[] = {STANDARD_EXPECTATION, STANDARD_PERCEPTION};
    for (unsigned s = 0; s < 2; s++) {
        uint32_t count = 0;
        uint16_t code = 0;
        bool same = true;
        for (uint32_t i = 0; i < items; i++) {
            uint16_t here = row->codes[sides[s]][i];
            same = same && (here == 0 || code == 0 || here == code);
            code = here == 0 ? code : here;
            count += here != 0;
        }
        if (same && count >= 3) {
            return true;
        }
    }
    return false;
}

/* Lines about whole groups, which count people who answered nothing. */
static char *without_groups(char *text)
{
    char *to = strstr(text, "\nset 0") + 1;
    memmove(text, to, strlen(to) + 1);
    to = text;
    for (char *line = text, *end; *line != 0; line = end) {
        end = strchr(line, '\n') + 1;
        if (strncmp(line, "group", 5) != 0) {
            memmove(to, line, (size_t)(end - line));
            to += end - line;
        }
    }
    *to = 0;
    return text;
}

/* pairs.h: "the same groups without straight-liners": as if they had answered nothing, in every design. */
static void test_kept_are_those_who_are_not_straight(void **state)
{
    (void)state;
    uint32_t straight = 0;
    for (uint64_t seed = 7000; seed < 7000 + STUDIES; seed++) {
        struct toy_study toy;
        struct arena *arena;
        struct toy_wish wish = toy_wish_random(seed);
        wish.rows += 20;
        wish.items += 3;
        toy_study_make(&toy, &wish);
        struct plan plan = toy_plan(&toy, seed % 2 == 0 ? PAIRS_AVAILABLE : PAIRS_COMPLETE);
        plan.needs |= NEED_KEPT;
        struct pairs kept = *paired(&toy, &plan, NULL, 2, &arena);
        kept.sets = kept.kept;
        char *actual = without_groups(pairs_text(&kept));
        arena_destroy(arena);
        for (uint32_t i = 0; i < toy.row_count; i++) {
            if (is_straight(&toy.rows[i], wish.items)) {
                memset(toy.rows[i].codes, 0, sizeof toy.rows[i].codes);
                straight++;
            }
        }
        plan.needs = NEED_PAIRS | NEED_COMPOSITES;
        char *expected = without_groups(paired_text(&toy, &plan, NULL, 1));
        assert_same_lines(actual, expected);
        free(actual);
        free(expected);
        toy_study_clear(&toy);
    }
    assert_true(straight > 20);
}

/* tally.h: "Weights are integers in units of 2^-40 …; without weights every weight is 1 (in units of 1)". */
static void test_weights_of_one_change_only_the_unit(void **state)
{
    (void)state;
    for (uint64_t seed = 3000; seed < 3000 + STUDIES; seed++) {
        struct toy_study toy;
        struct arena *arenas[2];
        struct toy_wish wish = toy_wish_random(seed);
        wish.weighted = true;
        toy_study_make(&toy, &wish);
        for (uint32_t i = 0; i < toy.row_count; i++) {
            toy.rows[i].weight = INT64_C(1) << 40;
        }
        struct plan plan = toy_plan(&toy, PAIRS_AVAILABLE);
        struct plan unweighted = plan;
        unweighted.weighted = false;
        const struct pairs *a = paired(&toy, &unweighted, NULL, 1, &arenas[0]);
        const struct pairs *b = paired(&toy, &plan, NULL, 1, &arenas[1]);
        check_everyone(a, b, &(struct factors){.n = 1, .w = (int128)1 << 40, .ww = (int128)1 << 80});
        arena_destroy(arenas[0]);
        arena_destroy(arenas[1]);
        toy_study_clear(&toy);
    }
}

static void turn_by_hand(struct toy_study *toy, uint32_t item)
{
    toy->items[item].reverse = true;
    for (uint32_t i = 0; i < toy->row_count; i++) {
        for (unsigned s = 0; s < STANDARD_IMPORTANCE; s++) {
            uint16_t *code = &toy->rows[i].codes[s][item];
            *code = *code == 0 ? 0 : (uint16_t)(toy->scales[toy->items[item].scale].steps + 1 - *code);
        }
    }
}

/* formulas.md 6.0: "Reverse items first: x' = lo + hi − x, on EVERY standard of the item": answers turned by hand on items that
 * are marked as reversed are the answers as they were on items that are not. */
static void test_reversing_twice_changes_nothing(void **state)
{
    (void)state;
    for (uint64_t seed = 4000; seed < 4000 + STUDIES; seed++) {
        struct toy_study toy;
        struct toy_wish wish = toy_wish_random(seed);
        wish.reversed = false;
        toy_study_make(&toy, &wish);
        struct plan plan = toy_plan(&toy, PAIRS_AVAILABLE);
        char *plain = paired_text(&toy, &plan, NULL, 1);
        for (uint32_t item = 0; item < toy.study.item_count; item += 2) {
            turn_by_hand(&toy, item);
        }
        char *turned = paired_text(&toy, &plan, NULL, 1);
        /* Straight-lining is judged on codes as given, and stands before the first set. */
        assert_same_lines(strstr(turned, "\nset 0"), strstr(plain, "\nset 0"));
        free(plain);
        free(turned);
        toy_study_clear(&toy);
    }
}

/* Brings codes into 1 … 5 first, and two steps up then. */
static void lift_codes(struct toy_study *toy, bool up)
{
    for (uint32_t i = 0; i < toy->row_count; i++) {
        for (uint32_t item = 0; item < toy->study.item_count; item++) {
            uint16_t *e = &toy->rows[i].codes[STANDARD_EXPECTATION][item];
            uint16_t *p = &toy->rows[i].codes[STANDARD_PERCEPTION][item];
            *e = *e == 0 ? 0 : (uint16_t)(up ? *e + 2 : 1 + *e % 5);
            *p = *p == 0 ? 0 : (uint16_t)(up ? *p + 2 : 1 + *p % 5);
        }
    }
}

/* The same number added to expectation and perception leaves every gap as it was. */
static void test_a_constant_on_both_standards_leaves_gaps(void **state)
{
    (void)state;
    for (uint64_t seed = 5000; seed < 5000 + STUDIES; seed++) {
        struct toy_study toy;
        struct arena *arenas[2];
        struct toy_wish wish = toy_wish_random(seed);
        wish.mixed = wish.reversed = wish.zones = false;
        wish.steps = 7;
        toy_study_make(&toy, &wish);
        struct plan plan = toy_plan(&toy, PAIRS_AVAILABLE);
        const struct pairs *pairs[2];
        for (unsigned round = 0; round < 2; round++) {
            lift_codes(&toy, round == 1);
            pairs[round] = paired(&toy, &plan, NULL, 1, &arenas[round]);
        }
        const struct group *a = &pairs[0]->sets[0].groups[0];
        const struct group *b = &pairs[1]->sets[0].groups[0];
        for (uint32_t i = 0; i < a->contrast_count; i++) {
            check_contrast(&a->contrasts[i], &b->contrasts[i], &(struct factors){1, 1, 1});
        }
        for (uint32_t i = 0; i < a->block_count; i++) {
            if (a->blocks[i].of == BLOCK_GAP) {
                check_block(&a->blocks[i], &b->blocks[i], &(struct factors){1, 1, 1});
            }
        }
        assert_int_equal(a->overall->cell_count, b->overall->cell_count);
        for (size_t i = 0; i < a->overall->cell_count; i++) {
            assert_int_equal(a->overall->cells[i].gap, b->overall->cells[i].gap);
        }
        for (uint32_t i = 0; i < a->importance_count; i++) {
            assert_true(a->importance[i].weighted == b->importance[i].weighted);
        }
        arena_destroy(arenas[0]);
        arena_destroy(arenas[1]);
        toy_study_clear(&toy);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kept_are_those_who_are_not_straight),      cmocka_unit_test(test_order_of_rows_does_not_matter),
        cmocka_unit_test(test_number_of_threads_does_not_matter),        cmocka_unit_test(test_everyone_twice_doubles_all_sums),
        cmocka_unit_test(test_weights_of_one_change_only_the_unit),      cmocka_unit_test(test_reversing_twice_changes_nothing),
        cmocka_unit_test(test_a_constant_on_both_standards_leaves_gaps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
