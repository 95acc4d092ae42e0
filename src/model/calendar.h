/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dates as they stand in answers, and the periods that they fall into. The calendar is the Gregorian one. */
#ifndef GAPMETER_MODEL_CALENDAR_H
#define GAPMETER_MODEL_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

/* How dates are written: year first (ISO 8601), day first, month first. */
enum date_format { DATE_ISO, DATE_DMY, DATE_MDY, DATE_FORMAT_COUNT };

/* What answers are grouped by. */
enum time_period { PERIOD_DAY, PERIOD_WEEK, PERIOD_MONTH, PERIOD_QUARTER, PERIOD_YEAR, TIME_PERIOD_COUNT };

/* "iso", … and "day", … as in study files. */
const char *date_format_name(enum date_format format);
const char *time_period_name(enum time_period period);

/* A day, and when on it. */
struct date {
    int32_t year; /* 1900 … 2199: other years are slips */
    unsigned month, day;
    int64_t ms; /* since 1970-01-01T00:00, in UTC where the text says how far it is from there, else as the clock showed */
};

/* Reads "2024-03-09", or with a time behind a T or a blank: 10:00, 10:00:30, 10:00:30.25, then Z or +01:00 or nothing. Day
 * first: 9.3.2024; month first: 3/9/2024; both with . / or - between, and the year-first form is read all the same.
 * takes   text  trimmed
 * fails   false: it is no date of the calendar, or not of these years
 * proof   tests/model/calendar_test.c */
bool date_parse(struct span text, enum date_format format, struct date *out);

/* The day of a moment in UTC, of years 1900 to 2199.
 * takes   ms  since 1970-01-01T00:00 */
void date_of_ms(int64_t ms, struct date *out);

/* "a date such as 2024-03-09 or 2024-03-09 10:00:00": what a message shows as accepted. */
const char *date_accepted(enum date_format format);

/* The period of a day, so written that order by text is order in time: 2024-03-09, 2024-W10 (ISO 8601 weeks), 2024-03, 2024-Q1,
 * 2024.
 * takes   into  at least PERIOD_BYTES */
void period_format(const struct date *date, enum time_period period, char *into);

#define PERIOD_BYTES 40u

#endif
