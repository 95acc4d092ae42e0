/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_DOUBLE_SORT_H
#define GAPMETER_NUMERIC_DOUBLE_SORT_H

#include <stddef.h>

#include "base/ctx.h"

/* Sorts numbers, the least first; −0 stands before 0. The figures of ten thousand samples are sorted in a tenth of the time that
 * comparing them takes, since it goes by their digits.
 * takes   values  [count] finite
 * fails   STATUS_MEMORY
 * cost    time count, memory 16 bytes a number
 * source  least significant digits first: Knuth 1998, TAOCP 3, 5.2.5
 * proof   tests/numeric/double_sort_test.c */
enum status doubles_sort(struct ctx *ctx, double *values, size_t count) MUST_USE;

#endif
