/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows read as they lie, beside what the header says of them, and beside rows that are read code by code. */
#include "pair/pair_plain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/chance.h"
#include "pair/pairing.h"
#include "support/toy_study.h"

enum { ROWS = PLAIN_ROWS };

/* Random answers: most rows as they come, some without answers, some with one answer to everything. */
static void rows_fill(uint8_t *rows, size_t row_bytes, uint64_t seed, uint32_t top)
{
    for (size_t i = 0; i < ROWS * row_bytes; i++) {
        uint64_t kind = chance_below(seed, 1, i / row_bytes, 4);
        uint64_t code = chance_below(seed, kind == 1 ? 3 : 2, kind == 1 ? i / row_bytes : i, top);
        rows[i] = kind == 0 || (kind == 1 && i % 7 == 3) ? 0 : (uint8_t)code;
    }
}

static void plain_fill(struct pair_plain *plain, uint32_t items, uint32_t top, bool turned)
{
    *plain = (struct pair_plain){.items = items, .row_bytes = 2 * items + 3, .expectation = items + 1, .perception = 1};
    plain->there = items == 64 ? UINT64_MAX : (UINT64_C(1) << items) - 1;
    for (uint32_t i = 0; i < items; i++) {
        plain->tops[i] = (uint16_t)top;
        plain->offsets[i] = (uint16_t)(i * top * top % 1021);
        if (turned && i % 3 == 1) {
            plain->turned |= UINT64_C(1) << i;
            plain->turn_mask[i] = 255;
            plain->turn_tops[i] = (uint8_t)top;
        }
    }
}

static void side_expect(const uint8_t *codes, uint32_t items, uint32_t *count, bool *same)
{
    uint8_t first = 0;
    *count = 0;
    *same = true;
    for (uint32_t i = 0; i < items; i++) {
        if (codes[i] != 0) {
            *same = *same && (*count == 0 || codes[i] == first);
            first = codes[i];
            *count += 1;
        }
    }
}

static void row_compare(const struct pair_plain *plain, const uint8_t *row, const struct plain_row *found)
{
    const uint8_t *e = row + plain->expectation, *p = row + plain->perception;
    uint32_t expected, perceived, both = 0;
    bool same_expected, same_perceived;
    side_expect(e, plain->items, &expected, &same_expected);
    side_expect(p, plain->items, &perceived, &same_perceived);
    for (uint32_t i = 0; i < plain->items; i++) {
        bool turned = plain->turned >> i & 1;
        uint32_t x = e[i] != 0 && turned ? plain->tops[i] - e[i] : e[i], y = p[i] != 0 && turned ? plain->tops[i] - p[i] : p[i];
        both += x != 0 && y != 0;
        assert_int_equal(found->cells[i], plain->offsets[i] + x * plain->tops[i] + y);
    }
    assert_int_equal(found->sides.expected, expected);
    assert_int_equal(found->sides.perceived, perceived);
    assert_int_equal(found->both, both);
    assert_true(expected == 0 || found->sides.same_expected == same_expected);
    assert_true(perceived == 0 || found->sides.same_perceived == same_perceived);
}

/* "all give the same": any number of items, turned ones among them, and nothing read beyond the end */
static void every_kernel_reads_the_same(void **state)
{
    (void)state;
    static const uint32_t tops[] = {3, 8, 200};
    for (uint32_t round = 0; round < 2 * 3 * PLAIN_ITEMS_MOST; round++) {
        struct pair_plain plain;
        uint32_t items = round / 6 + 1, top = tops[round % 3];
        plain_fill(&plain, items, top, round % 2 == 1);
        size_t bytes = ROWS * plain.row_bytes;
        uint8_t *rows = malloc(bytes); /* of its own length, so that the sanitizer tells who reads on */
        rows_fill(rows, plain.row_bytes, round, top);
        for (unsigned k = 0; k < KERNEL_COUNT; k++) {
            struct plain_row found[ROWS];
            if (!kernel_available((enum kernel)k)) {
                continue;
            }
            memset(found, 0x5A, sizeof found);
            pair_plain_read((enum kernel)k, &plain, rows, rows + bytes, ROWS, found);
            for (uint32_t i = 0; i < ROWS; i++) {
                row_compare(&plain, rows + i * plain.row_bytes, &found[i]);
            }
        }
        free(rows);
    }
}

/* One study, its answers and their pairs by two ways. */
struct job {
    struct toy_study toy;
    struct ctx ctx;
    const struct answers *answers;
};

static void joints_compare(const struct joint *a, const struct joint *b)
{
    assert_int_equal(a->respondents, b->respondents);
    assert_int_equal(a->cell_count, b->cell_count);
    for (size_t c = 0; c < a->cell_count; c++) {
        assert_memory_equal(a->cells[c].code, b->cells[c].code, sizeof a->cells[c].code);
        assert_int_equal(a->cells[c].sum.n, b->cells[c].sum.n);
        assert_true(a->cells[c].sum.w == b->cells[c].sum.w && a->cells[c].sum.ww == b->cells[c].sum.ww);
    }
}

static void sets_compare(const struct pairs *pairs, const struct group_set *a, const struct group_set *b)
{
    for (uint32_t s = 0; s < pairs->set_count; s++) {
        assert_int_equal(a[s].group_count, b[s].group_count);
        for (uint32_t g = 0; g < a[s].group_count; g++) {
            assert_int_equal(a[s].groups[g].encounters, b[s].groups[g].encounters);
            for (uint32_t i = 0; i < pairs->study->item_count; i++) {
                joints_compare(&a[s].groups[g].pairs[i], &b[s].groups[g].pairs[i]);
            }
        }
    }
}

/* Is nothing but pairs asked for, so that rows could be read as they lie? */
static bool could_be_plain(const struct toy_wish *wish)
{
    return !wish->weighted && !wish->gaps_in_design && !wish->zones && !wish->no_expectation && !wish->kano &&
           wish->importance == IMPORTANCE_NONE && wish->steps < 100 && wish->items > 0 && !wish->mixed;
}

static bool is_plain(struct job *job, const struct plan *plan)
{
    const struct pair_frame *frame;
    struct pair_tallies tallies = {.encounters = NULL};
    struct pair_grouping grouping = {.by = &plan->sets[0], .group_count = 1};
    struct pair_plain plain;
    assert_int_equal(pair_frame_create(&job->ctx, job->answers, plan, &frame), STATUS_OK);
    assert_int_equal(pair_tallies_create(job->ctx.arena, frame, &grouping, &tallies), STATUS_OK);
    return pair_plain_make(frame, &tallies, &plain);
}

/* "Rows of which nothing but pairs is counted": the same tallies as when scores are counted beside them, which reads code by code */
static void tallies_are_those_of_rows(void **state)
{
    (void)state;
    unsigned seen = 0;
    for (uint64_t seed = 1; seed <= 150; seed++) {
        struct job job = {.ctx = {.threads = 2}};
        struct toy_wish wish = toy_wish_random(seed);
        wish.clustered = wish.repeats = wish.stratified = false;
        if (seed % 2 == 0) {
            wish.weighted = wish.gaps_in_design = wish.zones = wish.no_expectation = wish.kano = false;
            wish.importance = IMPORTANCE_NONE;
            wish.steps = wish.steps < 100 ? wish.steps : 7;
        }
        toy_study_make(&job.toy, &wish);
        assert_int_equal(arena_create(NULL, &job.ctx.arena), STATUS_OK);
        assert_int_equal(toy_study_answers(&job.ctx, &job.toy, NULL, &job.answers), STATUS_OK);
        struct plan plan = toy_plan(&job.toy, seed % 3 == 0 ? PAIRS_COMPLETE : PAIRS_AVAILABLE), more = plan;
        plan.needs = NEED_PAIRS | NEED_KEPT;
        more.needs = NEED_PAIRS | NEED_KEPT | NEED_COMPOSITES | NEED_SINGLES;
        const struct pairs *a, *b;
        assert_int_equal(pairs_make(&job.ctx, job.answers, &plan, &a), STATUS_OK);
        assert_int_equal(pairs_make(&job.ctx, job.answers, &more, &b), STATUS_OK);
        assert_memory_equal(&a->pairing, &b->pairing, sizeof a->pairing);
        if (!wish.no_expectation) {
            sets_compare(a, a->sets, b->sets);
            sets_compare(a, a->kept, b->kept);
        }
        bool plain = is_plain(&job, &plan);
        assert_false(is_plain(&job, &more));
        assert_true(plain || !could_be_plain(&wish));
        seen += plain;
        arena_destroy(job.ctx.arena);
        toy_study_clear(&job.toy);
    }
    assert_true(seen >= 40);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kernel_reads_the_same),
        cmocka_unit_test(tallies_are_those_of_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
