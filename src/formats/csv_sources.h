/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_FORMATS_CSV_SOURCES_H
#define GAPMETER_FORMATS_CSV_SOURCES_H

#include "formats/csv_reader.h"

/* Reads where somebody's expectations come from: the names or codes of a list, between them ";", "," or "|", and columns that say yes
 * or no of one source each.
 * takes   fresh  false: the encounter has them already, and the row must name none or the same
 * proof   tests/formats/csv_sources_test.c */
enum status csv_row_sources(struct csv_reader *reader, const struct csv_plan *plan, const struct answers_row *row,
                            bool fresh) MUST_USE;

#endif
