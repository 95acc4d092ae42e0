/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table as people see it, read back cell by cell and held against the JSON of the same table: every blank shows the words of
 * its reason and no number; every number is the JSON's, rounded. */
#ifndef GAPMETER_TESTS_SHOWN_TABLES_H
#define GAPMETER_TESTS_SHOWN_TABLES_H

#include <jansson.h>

/* The CSV of one table. */
void csv_table_assert(json_t *table, const char *csv, const char *where);

/* What a wide terminal shows of one table (every column, UTF-8). */
void terminal_table_assert(json_t *table, const char *text, const char *where);

/* The first table of a page, with every column. */
void html_table_assert(json_t *table, const char *page, const char *where);

#endif
