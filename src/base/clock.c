/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/clock.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/decimal.h"

/* 9999-12-31T23:59:59Z: a date has four digits of a year. */
static const int64_t seconds_limit = 253402300799;

/* 1980-01-01T00:00:00Z */
static const int64_t packed_files_begin = 315532800;

uint64_t clock_monotonic_ms(void)
{
    struct timespec now = {0};
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000u + (uint64_t)now.tv_nsec / 1000000u;
}

uint64_t clock_boot_ms(void)
{
    struct timespec now = {0};
    (void)clock_gettime(CLOCK_BOOTTIME, &now);
    return (uint64_t)now.tv_sec * 1000u + (uint64_t)now.tv_nsec / 1000000u;
}

uint64_t clock_monotonic_us(void)
{
    struct timespec now = {0};
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000u + (uint64_t)now.tv_nsec / 1000u;
}

/* SOURCE_DATE_EPOCH; -1 when it says no time. */
static int64_t source_date(void)
{
    struct decimal said;
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    bool whole = decimal_parse(span_of(epoch), '.', &said) && said.places == 0;
    return whole && said.units >= 0 && said.units <= seconds_limit ? said.units : -1;
}

int64_t clock_source_seconds(void)
{
    int64_t said = source_date();
    return said >= 0 ? said : packed_files_begin;
}

int64_t clock_utc_seconds(void)
{
    int64_t said = source_date();
    if (said >= 0)
        return said;
    struct timespec now = {0};
    (void)clock_gettime(CLOCK_REALTIME, &now);
    return now.tv_sec;
}

void clock_date_format(char *into, size_t size)
{
    assert(size >= 24);
    time_t seconds = (time_t)clock_utc_seconds();
    struct tm date;
    if (gmtime_r(&seconds, &date) == NULL || strftime(into, size, "%Y-%m-%d", &date) == 0)
        into[0] = '\0';
}
