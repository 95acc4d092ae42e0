/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/calendar.h"

#include <time.h>

#include <assert.h>
#include <stdio.h>

enum { YEAR_LEAST = 1900, YEAR_MOST = 2199, DAY_MS = 86400000 };

const char *date_format_name(enum date_format format)
{
    static const char *const names[DATE_FORMAT_COUNT] = {"iso", "dmy", "mdy"};
    assert(format < DATE_FORMAT_COUNT);
    return names[format];
}

const char *time_period_name(enum time_period period)
{
    static const char *const names[TIME_PERIOD_COUNT] = {"day", "week", "month", "quarter", "year"};
    assert(period < TIME_PERIOD_COUNT);
    return names[period];
}

void date_of_ms(int64_t ms, struct date *out)
{
    int64_t into = ms % 1000 < 0 ? ms % 1000 + 1000 : ms % 1000;
    time_t seconds = (time_t)((ms - into) / 1000);
    struct tm day = {0};
    (void)gmtime_r(&seconds, &day);
    *out = (struct date){.year = day.tm_year + 1900, .month = (unsigned)day.tm_mon + 1u, .day = (unsigned)day.tm_mday, .ms = ms};
}

const char *date_accepted(enum date_format format)
{
    static const char *const texts[DATE_FORMAT_COUNT] = {
        "a date of 1900 to 2199 such as 2024-03-09 or 2024-03-09 10:00:00; \"format\": \"dmy\" or \"mdy\" reads others",
        "a date of 1900 to 2199, day first, such as 9.3.2024 or 9.3.2024 10:00",
        "a date of 1900 to 2199, month first, such as 3/9/2024 or 3/9/2024 10:00"};
    assert(format < DATE_FORMAT_COUNT);
    return texts[format];
}

/* What is not read yet. */
struct reading {
    const char *at, *end;
};

static bool take_byte(struct reading *reading, char byte)
{
    if (reading->at == reading->end || *reading->at != byte)
        return false;
    reading->at++;
    return true;
}

/* A number of `least` to `most` digits. */
static bool take_number(struct reading *reading, unsigned least, unsigned most, unsigned *out)
{
    unsigned digits = 0;
    for (*out = 0; digits < most && reading->at < reading->end && *reading->at >= '0' && *reading->at <= '9'; digits++)
        *out = *out * 10 + (unsigned)(*reading->at++ - '0');
    return digits >= least;
}

/* The days since 1970-01-01, counted in years that begin in March so that the leap day is the last. */
static int64_t days_since_1970(int64_t year, unsigned month, unsigned day)
{
    int64_t from_march = ((int64_t)month + 9) % 12;
    int64_t full_years = year - (month <= 2);
    int64_t day_of_year = (153 * from_march + 2) / 5 + day - 1;
    return 365 * full_years + full_years / 4 - full_years / 100 + full_years / 400 + day_of_year - 719468;
}

static unsigned month_days(int64_t year, unsigned month)
{
    return (unsigned)(days_since_1970(month == 12 ? year + 1 : year, month % 12 + 1, 1) - days_since_1970(year, month, 1));
}

static bool take_year_first(struct reading *reading, unsigned *year, unsigned *month, unsigned *day)
{
    return take_number(reading, 4, 4, year) && take_byte(reading, '-') && take_number(reading, 2, 2, month) &&
           take_byte(reading, '-') && take_number(reading, 2, 2, day);
}

static bool take_year_last(struct reading *reading, unsigned *first, unsigned *second, unsigned *year)
{
    if (!take_number(reading, 1, 2, first) || reading->at == reading->end)
        return false;
    char mark = *reading->at;
    if (mark != '.' && mark != '/' && mark != '-')
        return false;
    return take_byte(reading, mark) && take_number(reading, 1, 2, second) && take_byte(reading, mark) &&
           take_number(reading, 4, 4, year);
}

static bool take_day(struct reading *reading, enum date_format format, unsigned *year, struct date *out)
{
    struct reading begun = *reading;
    if (take_year_first(reading, year, &out->month, &out->day))
        return true;
    *reading = begun;
    if (format == DATE_DMY)
        return take_year_last(reading, &out->day, &out->month, year);
    return format == DATE_MDY && take_year_last(reading, &out->month, &out->day, year);
}

/* Decimals of a second; more than three are cut. */
static bool take_fraction(struct reading *reading, int64_t *ms)
{
    unsigned digits = 0, worth = 100;
    for (; reading->at < reading->end && *reading->at >= '0' && *reading->at <= '9'; digits++, worth /= 10)
        *ms += (int64_t)(*reading->at++ - '0') * worth;
    return digits > 0;
}

/* "Z", "+01:00", "+0100", "+01" */
static bool take_offset(struct reading *reading, int64_t *ms)
{
    unsigned hours, minutes = 0;
    if (reading->at == reading->end || take_byte(reading, 'Z') || take_byte(reading, 'z'))
        return true;
    bool west = *reading->at == '-';
    if (!take_byte(reading, west ? '-' : '+') || !take_number(reading, 2, 2, &hours))
        return false;
    bool colon = take_byte(reading, ':');
    if ((colon || reading->at < reading->end) && !take_number(reading, 2, 2, &minutes))
        return false;
    int64_t offset = ((int64_t)hours * 60 + minutes) * 60000;
    *ms += west ? offset : -offset;
    return hours <= 14 && minutes < 60;
}

/* "10:00", "10:00:30.25Z" */
static bool take_clock(struct reading *reading, int64_t *ms)
{
    unsigned hours, minutes, seconds = 0;
    if (!take_number(reading, 1, 2, &hours) || !take_byte(reading, ':') || !take_number(reading, 2, 2, &minutes))
        return false;
    if (take_byte(reading, ':')) {
        if (!take_number(reading, 2, 2, &seconds))
            return false;
        if ((take_byte(reading, '.') || take_byte(reading, ',')) && !take_fraction(reading, ms))
            return false;
    }
    *ms += (((int64_t)hours * 60 + minutes) * 60 + seconds) * 1000;
    /* 60: a leap second */
    return hours < 24 && minutes < 60 && seconds <= 60 && take_offset(reading, ms);
}

bool date_parse(struct span text, enum date_format format, struct date *out)
{
    struct reading reading = {text.at, text.at + text.length};
    unsigned year = 0;
    int64_t ms = 0;
    if (text.length == 0 || !take_day(&reading, format, &year, out) || year < YEAR_LEAST || year > YEAR_MOST)
        return false;
    out->year = (int32_t)year;
    if (out->month < 1 || out->month > 12 || out->day < 1 || out->day > month_days(year, out->month))
        return false;
    bool parted = take_byte(&reading, 'T') || take_byte(&reading, 't') || take_byte(&reading, ' ');
    if (parted && !take_clock(&reading, &ms))
        return false;
    out->ms = days_since_1970(year, out->month, out->day) * DAY_MS + ms;
    return reading.at == reading.end;
}

/* The week's year is that of its Thursday. */
static void week_format(const struct date *date, char *into)
{
    int64_t days = days_since_1970(date->year, date->month, date->day);
    int64_t weekday = (days + 3) % 7; /* 1970-01-01 was a Thursday; Monday is 0 */
    weekday = weekday < 0 ? weekday + 7 : weekday;
    int64_t thursday = days - weekday + 3;
    int64_t year = date->year - 1;
    while (days_since_1970(year + 1, 1, 1) <= thursday)
        year++;
    (void)snprintf(into, PERIOD_BYTES, "%04d-W%02d", (int)year, (int)((thursday - days_since_1970(year, 1, 1)) / 7 + 1));
}

void period_format(const struct date *date, enum time_period period, char *into)
{
    switch (period) {
    case PERIOD_DAY:
        (void)snprintf(into, PERIOD_BYTES, "%04d-%02u-%02u", (int)date->year, date->month, date->day);
        return;
    case PERIOD_WEEK:
        week_format(date, into);
        return;
    case PERIOD_QUARTER:
        (void)snprintf(into, PERIOD_BYTES, "%04d-Q%u", (int)date->year, (date->month - 1) / 3 + 1);
        return;
    case PERIOD_YEAR:
        (void)snprintf(into, PERIOD_BYTES, "%04d", (int)date->year);
        return;
    case PERIOD_MONTH:
    case TIME_PERIOD_COUNT:
        break;
    }
    assert(period == PERIOD_MONTH);
    (void)snprintf(into, PERIOD_BYTES, "%04d-%02u", (int)date->year, date->month);
}
