/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The JSON that `gapmeter analyze --json` prints, and its comparison with numbers computed elsewhere. */
#ifndef GAPMETER_TESTS_SUPPORT_PRINTED_TABLES_H
#define GAPMETER_TESTS_SUPPORT_PRINTED_TABLES_H

#include <jansson.h>

/* Runs `gapmeter analyze` with the arguments (the end is NULL) and reads what it prints; fails the test, with its messages,
 * when the program does.
 * owns    the caller: json_decref */
json_t *printed_analysis(const char *const *arguments);

/* The table of a measure.
 * takes   by  the one segment it is broken down by; NULL = everyone
 * gives   borrowed from root; fails the test when it is not there */
json_t *printed_table(json_t *root, const char *measure, const char *by);

/* The one row whose cells have these texts.
 * takes   keys  name, text, name, text, …, NULL
 * gives   borrowed from table; fails the test, naming the keys, unless exactly one row fits
 * proof   tests/support/printed_tables_test.c */
json_t *printed_row(json_t *table, const char *const *keys);

/* Least agreement seen so far, and where. Begin with COMPARISON_NONE. */
struct comparison {
    unsigned compared;
    double least; /* decimal digits */
    char where[160];
};

#define COMPARISON_NONE                                                                                                          \
    {                                                                                                                            \
        .compared = 0, .least = 17, .where = ""                                                                                  \
    }

/* Compares one cell with what was computed elsewhere; fails the test when fewer than `digits` agree. null must meet
 * a blank with a reason; a text must be equal.
 * takes   expected  a number, a text or null
 * proof   tests/support/printed_tables_test.c */
void comparison_add(struct comparison *comparison, json_t *row, const char *column, json_t *expected, double digits);

/* "apotek: 421 figures, at least 10.2 digits agree (q3 p)": said by the test, as what was measured. */
void comparison_say(const struct comparison *comparison, const char *title);

#endif
