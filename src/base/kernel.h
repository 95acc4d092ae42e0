/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which vectors the loops over many answers use. Where there are several bodies of a loop, all give the same bits: the choice
 * decides how long something takes, never what comes out. */
#ifndef GAPMETER_BASE_KERNEL_H
#define GAPMETER_BASE_KERNEL_H

#include <stdbool.h>

#include "base/ctx.h"

enum kernel {
    KERNEL_SCALAR, /* plain C: every machine */
    KERNEL_AVX2,   /* x86-64 with AVX2, BMI2 and POPCNT: Intel since 2013, AMD since 2017 */
    KERNEL_AVX512, /* the same with AVX-512 F, BW, DQ, VL, VNNI, VBMI and VBMI2: Intel since 2019 (Ice Lake), AMD since 2022 (Zen 4) */
};

#define KERNEL_COUNT 3u

/* A body with vectors stands in a function of this target, within #if KERNEL_VECTORS; nothing else of a file is compiled for it. */
#if defined(__x86_64__)
#define KERNEL_VECTORS     1
#define KERNEL_TARGET_AVX2 __attribute__((target("avx2,bmi,bmi2,popcnt")))
#define KERNEL_TARGET_AVX512                                                                                                     \
    __attribute__((target("avx2,bmi,bmi2,popcnt,avx512f,avx512bw,avx512dq,avx512vl,avx512vnni,avx512vbmi,avx512vbmi2")))
/* A part of a body whose constants must be known where it is called. */
#define KERNEL_INLINE inline __attribute__((always_inline))
/* Before a loop of a few rounds, a constant number of them: so that an array of vectors stays in registers. */
#define KERNEL_UNROLL _Pragma("GCC unroll 16")
#else
#define KERNEL_VECTORS 0
#endif

/* Whether processor and system can run this one.
 * proof   tests/base/kernel_test.c */
bool kernel_available(enum kernel kernel);

/* "scalar", "avx2" or "avx512". */
const char *kernel_name(enum kernel kernel);

#define KERNEL_CHOICES_BYTES 32u

/* "scalar, avx2 or avx512", as far as this machine can run them. */
void kernel_choices(char into[KERNEL_CHOICES_BYTES]);

/* Chooses for the whole program: what GAPMETER_KERNEL names, else the widest that is available. To be called once, before there are
 * other threads.
 * takes   GAPMETER_KERNEL  from the environment; absent or empty: not said
 * fails   STATUS_USAGE when it names none, or one that this machine cannot run; says which it can
 * proof   tests/base/kernel_test.c */
enum status kernel_start(struct ctx *ctx) MUST_USE;

/* What kernel_start chose; before it, the widest that is available. */
enum kernel kernel_current(void);

#endif
