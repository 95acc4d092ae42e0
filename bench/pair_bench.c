/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How fast answers become tallies: encounters per second for each kind of tally, over everyone and by 200 branches, beside
 * reading the same codes from memory in the same run. Prints medians of five runs.
 *
 * pair_bench [ENCOUNTERS [THREADS]]   default 1,000,000 encounters of 22 items asked twice, and 2 threads */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/chance.h"
#include "model/answers_builder.h"
#include "pair/pairing.h"

enum { ITEMS = 22, DIMENSIONS = 5, RUNS = 5, BRANCHES = 200, STEPS = 7 };

static const uint32_t sizes[DIMENSIONS] = {4, 5, 4, 4, 5};
static uint32_t dimension_items[ITEMS];
static struct dimension dimensions[DIMENSIONS];
static struct item items[ITEMS];
static const char *headers[ITEMS];
static const struct scale scale = {.id = "agree7", .min = {1, 0}, .max = {7, 0}, .step = {1, 0}, .steps = STEPS};
static const struct segment segments[] = {{"branch"}};
static struct study study = {.title = "bench",
                             .scales = &scale,
                             .scale_count = 1,
                             .dimensions = dimensions,
                             .dimension_count = DIMENSIONS,
                             .items = items,
                             .item_count = ITEMS,
                             .columns = {.of_item = {[STANDARD_EXPECTATION] = headers, [STANDARD_PERCEPTION] = headers},
                                         .weight = "weight",
                                         .segments = segments,
                                         .segment_count = 1}};

static void study_fill(void)
{
    uint32_t next = 0;
    for (uint32_t d = 0; d < DIMENSIONS; d++) {
        dimensions[d] = (struct dimension){.id = "d", .title = "d", .items = dimension_items + next, .item_count = sizes[d]};
        for (uint32_t i = 0; i < sizes[d]; i++, next++) {
            dimension_items[next] = next;
            items[next] = (struct item){.id = "q", .dimension = d};
            headers[next] = "q";
        }
    }
}

static double seconds_now(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *seconds)
{
    qsort(seconds, RUNS, sizeof *seconds, ascending);
    return seconds[RUNS / 2];
}

/* Answers around 5 of 7, three in a hundred missing. */
static enum status row_fill(struct ctx *ctx, struct answers_builder *builder, uint64_t row)
{
    static const uint8_t codes[16] = {1, 2, 3, 4, 4, 5, 5, 5, 6, 6, 6, 6, 7, 7, 7, 7};
    struct answers_row into;
    char branch[16];
    uint64_t bits = chance_bits(1, row, 0);
    enum status status = answers_add(ctx, builder, &into);
    if (status != STATUS_OK)
        return status;
    (void)snprintf(branch, sizeof branch, "B%03u", (unsigned)(bits >> 32) % BRANCHES);
    *into.weight = (int64_t)((bits & 0xFFFFFF) + 0x800000) << 16;
    for (uint32_t i = 0; i < 2 * ITEMS; i++) {
        if (i % 8 == 0)
            bits = chance_bits(1, row, 1 + i / 8);
        unsigned byte = (unsigned)(bits >> (8 * (i % 8))) & 0xFF;
        answers_row_set(&into, i, byte < 8 ? 0 : codes[byte & 15]);
    }
    return answers_segment_value(ctx, builder, 0, span_of(branch), &into.segments[0]);
}

static enum status answers_make(struct ctx *ctx, uint32_t count, const struct answers **out)
{
    struct answers_builder *builder;
    enum status status = answers_begin(ctx, &study, &builder);
    for (uint32_t row = 0; row < count && status == STATUS_OK; row++)
        status = row_fill(ctx, builder, row);
    return status == STATUS_OK ? answers_end(ctx, builder, out) : status;
}

/* The limit: every code once, eight at a time. */
static double memory_read(const struct answers *answers)
{
    double seconds[RUNS];
    volatile uint64_t sink = 0;
    for (int run = 0; run < RUNS; run++) {
        double begin = seconds_now();
        uint64_t sum = 0;
        for (uint32_t chunk = 0; chunk < answers->chunk_count; chunk++) {
            const char *codes = answers->chunks[chunk].codes;
            for (size_t at = 0; at < (size_t)ANSWERS_CHUNK_ROWS * answers->slot_count; at += sizeof(uint64_t)) {
                uint64_t word;
                memcpy(&word, codes + at, sizeof word);
                sum += word;
            }
        }
        sink += sum;
        seconds[run] = seconds_now() - begin;
    }
    (void)sink;
    return median(seconds);
}

struct work {
    const char *name;
    unsigned needs;
    bool everyone, branches, weighted;
};

static int work_time(struct ctx *ctx, const struct answers *answers, const struct work *work, double *out)
{
    struct plan plan = {.study = &study, .needs = work->needs, .weighted = work->weighted};
    double seconds[RUNS];
    struct arena *outer = ctx->arena;
    if (work->everyone)
        plan.set_count++;
    if (work->branches)
        plan.sets[plan.set_count++] = (struct by_set){.segments = {0}, .segment_count = 1};
    for (int run = 0; run < RUNS; run++) {
        const struct pairs *pairs;
        if (arena_create(outer, &ctx->arena) != STATUS_OK)
            return 1;
        double begin = seconds_now();
        enum status status = pairs_make(ctx, answers, &plan, &pairs);
        seconds[run] = seconds_now() - begin;
        arena_destroy(ctx->arena);
        ctx->arena = outer;
        if (status != STATUS_OK) {
            fprintf(stderr, "%s\n", ctx->error.sentence);
            return 1;
        }
    }
    *out = median(seconds);
    return 0;
}

static int works_print(struct ctx *ctx, const struct answers *answers)
{
    const unsigned all = NEED_PAIRS | NEED_COMPOSITES | NEED_BLOCKS | NEED_CONTRASTS;
    const struct work works[] = {
        {"nothing but decoding", 0, true, false, false},
        {"pairs, everyone", NEED_PAIRS, true, false, false},
        {"pairs, by 200 branches", NEED_PAIRS, false, true, false},
        {"scores, everyone", NEED_COMPOSITES, true, false, false},
        {"scores, by 200 branches", NEED_COMPOSITES, false, true, false},
        {"moment blocks, everyone", NEED_BLOCKS, true, false, false},
        {"moment blocks, by 200 branches", NEED_BLOCKS, false, true, false},
        {"contrasts, everyone", NEED_CONTRASTS, true, false, false},
        {"contrasts, by 200 branches", NEED_CONTRASTS, false, true, false},
        {"all four, everyone and branches", all, true, true, false},
        {"all four, weighted, everyone", all, true, false, true},
    };
    unsigned threads = ctx->threads;
    printf("%-34s %14s %14s\n", "encounters/s", "1 thread", threads == 1 ? "" : "all threads");
    for (size_t i = 0; i < sizeof works / sizeof works[0]; i++) {
        double one, many;
        ctx->threads = 1;
        int failed = work_time(ctx, answers, &works[i], &one);
        ctx->threads = threads;
        if (failed || work_time(ctx, answers, &works[i], &many))
            return 1;
        printf("%-34s %14.0f %14.0f\n", works[i].name, answers->encounter_count / one, answers->encounter_count / many);
    }
    return 0;
}

int main(int argc, char **argv)
{
    struct ctx ctx = {.threads = argc > 2 ? (unsigned)strtoul(argv[2], NULL, 10) : 2};
    uint32_t count = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 10) : 1000000;
    const struct answers *answers;
    study_fill();
    if (arena_create(NULL, &ctx.arena) != STATUS_OK || answers_make(&ctx, count, &answers) != STATUS_OK) {
        fprintf(stderr, "no memory for %u encounters\n", count);
        return 1;
    }
    double read = memory_read(answers);
    double bytes = (double)answers->chunk_count * ANSWERS_CHUNK_ROWS * answers->slot_count;
    printf("%u encounters, %d items asked twice, %u threads; memory read %.1f GB/s, %.0f encounters/s\n", count, ITEMS,
           ctx.threads, bytes / read / 1e9, count / read);
    int failed = works_print(&ctx, answers);
    arena_destroy(ctx.arena);
    return failed;
}
