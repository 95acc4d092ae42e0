/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/kernel.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#define UNCHOSEN (-1)

static const char *const names[KERNEL_COUNT] = {"scalar", "avx2", "avx512"};

static atomic_int chosen = UNCHOSEN;

#if KERNEL_VECTORS
static bool avx2_available(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2") &&
           __builtin_cpu_supports("popcnt");
}

static bool avx512_available(void)
{
    return avx2_available() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vnni") &&
           __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512vbmi2");
}
#else
static bool avx2_available(void)
{
    return false;
}

static bool avx512_available(void)
{
    return false;
}
#endif

bool kernel_available(enum kernel kernel)
{
    switch (kernel) {
    case KERNEL_SCALAR:
        return true;
    case KERNEL_AVX2:
        return avx2_available();
    case KERNEL_AVX512:
        return avx512_available();
    }
    return false;
}

const char *kernel_name(enum kernel kernel)
{
    return names[kernel];
}

static enum kernel kernel_widest(void)
{
    enum kernel widest = KERNEL_SCALAR;
    for (unsigned i = 0; i < KERNEL_COUNT; i++)
        if (kernel_available((enum kernel)i))
            widest = (enum kernel)i;
    return widest;
}

void kernel_choices(char into[KERNEL_CHOICES_BYTES])
{
    const size_t size = KERNEL_CHOICES_BYTES;
    size_t left = 0, used = 0;
    for (unsigned i = 0; i < KERNEL_COUNT; i++)
        left += kernel_available((enum kernel)i);
    into[0] = '\0';
    for (unsigned i = 0; i < KERNEL_COUNT; i++) {
        if (!kernel_available((enum kernel)i))
            continue;
        left--;
        int length = snprintf(into + used, size - used, "%s%s", names[i], left > 1 ? ", " : left == 1 ? " or " : "");
        used += length > 0 && (size_t)length < size - used ? (size_t)length : 0;
    }
}

static enum status kernel_refuse(struct ctx *ctx, const char *word, const char *why)
{
    char visible[64], choices[KERNEL_CHOICES_BYTES];
    text_printable(span_of(word), visible, sizeof visible);
    kernel_choices(choices);
    return ctx_fail(ctx, STATUS_USAGE, NULL, "GAPMETER_KERNEL is \"%s\", which %s; it may be %s here.", visible, why, choices);
}

enum status kernel_start(struct ctx *ctx)
{
    const char *word = getenv("GAPMETER_KERNEL");
    if (!word || !*word) {
        atomic_store(&chosen, (int)kernel_widest());
        return STATUS_OK;
    }
    for (unsigned i = 0; i < KERNEL_COUNT; i++) {
        if (strcmp(word, names[i]) != 0)
            continue;
        if (!kernel_available((enum kernel)i))
            return kernel_refuse(ctx, word, "this machine cannot run");
        atomic_store(&chosen, (int)i);
        return STATUS_OK;
    }
    return kernel_refuse(ctx, word, "is no kernel");
}

enum kernel kernel_current(void)
{
    int current = atomic_load_explicit(&chosen, memory_order_relaxed);
    if (current != UNCHOSEN)
        return (enum kernel)current;
    enum kernel widest = kernel_widest();
    atomic_store(&chosen, (int)widest);
    return widest;
}
