/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drawing in bytes beside drawing in words: the same draws, whatever the kernel, the number of rows and of threads. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/kernel.h"
#include "numeric/byte_sums.h"
#include "numeric/resample.h"

enum { REPLICATES = 300, FIGURES = 3 };

/* Sums that tell which rows came how often; `bytes` counts the ways taken. */
struct probe {
    size_t rows;
    atomic_uint words, bytes;
};

static enum undefined figures_of(const struct probe *probe, const uint32_t *times, double *out)
{
    out[0] = out[1] = out[2] = 0;
    for (size_t i = 0; i < probe->rows; i++) {
        out[0] += times[i];
        out[1] += times[i] * (double)(i + 1);
        out[2] += (double)times[i] * times[i] * (double)(i % 13);
    }
    return times[0] > 3 ? UNDEFINED_TOO_FEW : DEFINED;
}

static enum undefined words_compute(void *state, unsigned worker, const uint32_t *times, double *out)
{
    struct probe *probe = state;
    (void)worker;
    atomic_fetch_add(&probe->words, 1);
    return figures_of(probe, times, out);
}

static void bytes_compute(void *state, unsigned worker, const struct byte_draws *draws, double *out, unsigned char *undefined)
{
    struct probe *probe = state;
    uint32_t *wide = malloc((probe->rows + 1) * sizeof *wide);
    (void)worker;
    if (draws->count < 1 || draws->count > BYTE_DRAWS_AT_ONCE || draws->stride != (probe->rows + 63) / 64 * 64)
        abort();
    atomic_fetch_add(&probe->bytes, (unsigned)draws->count);
    for (size_t d = 0; d < draws->count; d++) {
        const uint8_t *times = draws->times + d * draws->stride;
        for (size_t i = 0; i < draws->stride; i++) {
            if (i < probe->rows)
                wide[i] = times[i];
            else if (times[i] != 0)
                abort();
        }
        int64_t total = draws->totals[d];
        for (size_t i = 0; i < probe->rows; i++)
            total -= times[i];
        if (total != 0)
            abort();
        undefined[d] = (unsigned char)figures_of(probe, wide, out + d * FIGURES);
    }
    free(wide);
}

struct outcome {
    struct resampled bootstrap, jackknife;
    unsigned bytes;
};

static void draw(struct ctx *ctx, const struct resample_design *design, bool in_bytes, struct outcome *out)
{
    struct probe probe = {.rows = design->row_count};
    const struct resample_figures figures = {
        .state = &probe, .count = FIGURES, .compute = words_compute, .compute_bytes = in_bytes ? bytes_compute : NULL};
    const struct resample_plan plan = {.replicates = REPLICATES, .seed = 8, .stream = design->row_count};
    assert_int_equal(resample_bootstrap(ctx, design, &figures, &plan, &out->bootstrap), STATUS_OK);
    assert_int_equal(resample_jackknife(ctx, design, &figures, &plan, &out->jackknife), STATUS_OK);
    out->bytes = probe.bytes;
    assert_true(in_bytes ? probe.words == 0 || probe.bytes == 0 : probe.bytes == 0);
}

static void same(const struct resampled *a, const struct resampled *b)
{
    assert_int_equal(a->kept, b->kept);
    assert_int_equal(a->failed, b->failed);
    assert_int_equal(a->failure, b->failure);
    assert_memory_equal(a->values, b->values, a->kept * FIGURES * sizeof *a->values);
}

/* "The same figures, to the bit, from times in bytes": one row, few, whole vectors, and so many that a jackknife takes groups */
static void bytes_draw_what_words_draw(void **state)
{
    (void)state;
    static const size_t counts[] = {1, 2, 63, 64, 65, 255, 257, 511, 512, 1000, JACKKNIFE_UNITS_MAX + 100};
    for (size_t c = 0; c < sizeof counts / sizeof *counts; c++) {
        for (unsigned k = 0; k < KERNEL_COUNT; k++) {
            if (!kernel_available((enum kernel)k))
                continue;
            struct ctx ctx = {.threads = 1 + k};
            assert_int_equal(setenv("GAPMETER_KERNEL", kernel_name((enum kernel)k), 1), 0);
            assert_int_equal(kernel_start(&ctx), STATUS_OK);
            assert_int_equal(arena_create(NULL, &ctx.arena), STATUS_OK);
            const struct resample_design design = {.row_count = counts[c]};
            struct outcome words, bytes;
            draw(&ctx, &design, false, &words);
            draw(&ctx, &design, true, &bytes);
            assert_true(bytes.bytes >= REPLICATES + (counts[c] < JACKKNIFE_GROUPS ? counts[c] : JACKKNIFE_GROUPS));
            same(&words.bootstrap, &bytes.bootstrap);
            same(&words.jackknife, &bytes.jackknife);
            arena_destroy(ctx.arena);
        }
    }
}

/* "Called where rows stand alone in one stratum" */
static void other_designs_stay_with_words(void **state)
{
    (void)state;
    static const uint32_t units[6] = {0, 0, 1, 1, 2, 2}, strata[6] = {0, 0, 0, 1, 1, 1};
    static const uint64_t cells[6] = {3, 1, 0, 5, 2, 9};
    const struct resample_design designs[] = {{.row_count = 6, .units = units, .unit_count = 3},
                                              {.row_count = 6, .strata = strata, .stratum_count = 2},
                                              {.row_count = 6, .cell_counts = cells}};
    for (size_t d = 0; d < sizeof designs / sizeof *designs; d++) {
        struct ctx ctx = {.threads = 2};
        struct outcome outcome;
        assert_int_equal(arena_create(NULL, &ctx.arena), STATUS_OK);
        draw(&ctx, &designs[d], true, &outcome);
        assert_int_equal(outcome.bytes, 0);
        arena_destroy(ctx.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_draw_what_words_draw),
        cmocka_unit_test(other_designs_stay_with_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
