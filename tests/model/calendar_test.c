/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/calendar.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

struct good {
    const char *text;
    enum date_format format;
    const char *same; /* as ISO in UTC, to the second */
    int ms;
};

/* "Reads …": every form that the header names. */
static void dates_are_read(void **state)
{
    (void)state;
    static const struct good goods[] = {
        {"2024-03-09", DATE_ISO, "2024-03-09T00:00:00", 0},
        {"2024-03-09T10:00", DATE_ISO, "2024-03-09T10:00:00", 0},
        {"2024-03-09T10:00:00Z", DATE_ISO, "2024-03-09T10:00:00", 0},
        {"2024-03-09 10:00:30.25", DATE_ISO, "2024-03-09T10:00:30", 250},
        {"2024-03-09 10:00:30,2567891", DATE_ISO, "2024-03-09T10:00:30", 256},
        {"2024-03-09T00:30:00+01:00", DATE_ISO, "2024-03-08T23:30:00", 0},
        {"2024-03-09T23:30:00-0130", DATE_ISO, "2024-03-10T01:00:00", 0},
        {"2024-03-09T23:30-01", DATE_ISO, "2024-03-10T00:30:00", 0},
        {"9.3.2024", DATE_DMY, "2024-03-09T00:00:00", 0},
        {"09/03/2024 7:05", DATE_DMY, "2024-03-09T07:05:00", 0},
        {"09-03-2024", DATE_DMY, "2024-03-09T00:00:00", 0},
        {"3/9/2024 10:00:01", DATE_MDY, "2024-03-09T10:00:01", 0},
        {"2024-03-09", DATE_MDY, "2024-03-09T00:00:00", 0},
        {"2024-02-29", DATE_ISO, "2024-02-29T00:00:00", 0},
        {"2000-02-29", DATE_ISO, "2000-02-29T00:00:00", 0},
        {"1900-01-01", DATE_ISO, "1900-01-01T00:00:00", 0},
        {"2199-12-31", DATE_ISO, "2199-12-31T00:00:00", 0},
        {"1969-12-31T23:59:59", DATE_ISO, "1969-12-31T23:59:59", 0},
    };
    for (size_t i = 0; i < sizeof goods / sizeof *goods; i++) {
        struct date date;
        if (!date_parse(span_of(goods[i].text), goods[i].format, &date))
            fail_msg("%s is not read", goods[i].text);
        /* against the library's calendar */
        int64_t seconds = (date.ms - goods[i].ms) / 1000;
        time_t time = (time_t)seconds;
        struct tm parts;
        char text[32];
        assert_non_null(gmtime_r(&time, &parts));
        (void)strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &parts);
        assert_int_equal(date.ms - goods[i].ms, seconds * 1000);
        assert_string_equal(text, goods[i].same);
    }
}

/* "it is no date of the calendar, or not of these years" */
static void what_is_no_date_is_refused(void **state)
{
    (void)state;
    static const char *const bads[] = {"",
                                       "x",
                                       "2024",
                                       "2024-03",
                                       "2024-3-9",
                                       "2024-13-01",
                                       "2024-00-10",
                                       "2024-04-31",
                                       "2023-02-29",
                                       "1900-02-29",
                                       "2024-03-00",
                                       "24-03-09",
                                       "1899-12-31",
                                       "2200-01-01",
                                       "20240309",
                                       "2024/03/09",
                                       "2024-03-09T",
                                       "2024-03-09 24:00",
                                       "2024-03-09 10:60",
                                       "2024-03-09 10",
                                       "2024-03-09x",
                                       "9.3.2024",
                                       "3/9/2024",
                                       "2024-03-09 10:00:61",
                                       "2024-03-09 10:00:00.",
                                       "2024-03-09 10:00:00 ",
                                       "2024-03-09T10:00+15:00",
                                       "2024-03-09T10:00+1:00",
                                       "2024-03-09T10:00+01:",
                                       "-2024-03-09",
                                       "2024-03-0９"};
    struct date date;
    for (size_t i = 0; i < sizeof bads / sizeof *bads; i++) {
        if (date_parse(span_of(bads[i]), DATE_ISO, &date))
            fail_msg("%s is read", bads[i]);
    }
    assert_false(date_parse(span_of("13.13.2024"), DATE_DMY, &date));
    assert_false(date_parse(span_of("3/31/2024"), DATE_DMY, &date));
    assert_true(date_parse(span_of("3/31/2024"), DATE_MDY, &date));
    assert_false(date_parse(span_of("9.3/2024"), DATE_DMY, &date));
    assert_false(date_parse(span_of("9.3.24"), DATE_DMY, &date));
}

static void library_period(const struct tm *parts, enum time_period period, char *into, size_t size)
{
    if (period == PERIOD_DAY)
        (void)strftime(into, size, "%Y-%m-%d", parts);
    else if (period == PERIOD_WEEK)
        (void)strftime(into, size, "%G-W%V", parts);
    else if (period == PERIOD_MONTH)
        (void)strftime(into, size, "%Y-%m", parts);
    else if (period == PERIOD_YEAR)
        (void)strftime(into, size, "%Y", parts);
    else
        (void)snprintf(into, size, "%d-Q%d", parts->tm_year + 1900, parts->tm_mon / 3 + 1);
}

/* "2024-03-09, 2024-W10, 2024-03, 2024-Q1, 2024": every day of three centuries, against the C library */
static void periods_are_those_of_the_calendar(void **state)
{
    (void)state;
    char last[TIME_PERIOD_COUNT][PERIOD_BYTES] = {"", "", "", "", ""};
    unsigned days = 0;
    for (time_t time = -2208988800; time < 7258118400; time += 86400) {
        struct tm parts;
        struct date date;
        char text[32];
        assert_non_null(gmtime_r(&time, &parts));
        (void)strftime(text, sizeof text, "%Y-%m-%d", &parts);
        assert_true(date_parse(span_of(text), DATE_ISO, &date));
        assert_int_equal(date.ms, (int64_t)time * 1000);
        for (enum time_period period = 0; period < TIME_PERIOD_COUNT; period++) {
            char found[PERIOD_BYTES];
            period_format(&date, period, found);
            library_period(&parts, period, text, sizeof text);
            assert_string_equal(found, text);
            /* "order by text is order in time" */
            assert_true(strcmp(last[period], found) <= 0);
            memcpy(last[period], found, sizeof found);
        }
        days++;
    }
    assert_int_equal(days, 109573);
}

/* Names "as in study files" are permanent. */
static void names_are_those_of_the_files(void **state)
{
    (void)state;
    assert_string_equal(date_format_name(DATE_ISO), "iso");
    assert_string_equal(date_format_name(DATE_MDY), "mdy");
    assert_string_equal(time_period_name(PERIOD_DAY), "day");
    assert_string_equal(time_period_name(PERIOD_YEAR), "year");
    assert_non_null(strstr(date_accepted(DATE_DMY), "9.3.2024"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_are_read),
        cmocka_unit_test(what_is_no_date_is_refused),
        cmocka_unit_test(periods_are_those_of_the_calendar),
        cmocka_unit_test(names_are_those_of_the_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
