/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_BASE_CLOCK_H
#define GAPMETER_BASE_CLOCK_H

#include <stddef.h>
#include <stdint.h>

/* Milliseconds of a clock that only goes forward; for durations. */
uint64_t clock_monotonic_ms(void);

/* The same in microseconds. */
uint64_t clock_monotonic_us(void);

/* Milliseconds since the machine started, also of those in which it slept.
 * proof   tests/base/clock_test.c */
uint64_t clock_boot_ms(void);

/* Seconds since 1970-01-01 in UTC; what the environment's SOURCE_DATE_EPOCH says when that is a number, so
 * that a report can be made again byte by byte. */
int64_t clock_utc_seconds(void);

/* The time that a document says it was made at, so that the same numbers give the same bytes: SOURCE_DATE_EPOCH when that is a
 * number, else 1980-01-01, from which on packed files count. */
int64_t clock_source_seconds(void);

/* "2026-07-30", the date of clock_utc_seconds.
 * takes   into  at least 24 bytes */
void clock_date_format(char *into, size_t size);

#endif
