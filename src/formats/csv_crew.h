/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_FORMATS_CSV_CREW_H
#define GAPMETER_FORMATS_CSV_CREW_H

#include "formats/csv_identity.h"

/* Reads the rest of a wide file with all threads, into the same answers and with the same problems, one after another, as
 * csv_wide_row with each record: hands turn blocks into batches of rows, and then, in the order of the file, each batch is given its
 * numbers and its place, and what hands left is read in the general way.
 *
 * A block is taken to begin within the record before it, which ends with its first LF, and to go on with a new one. That is so
 * unless the LF stands within quotes: when the record before does not end there, the block is read in the general way too.
 * needs   csv_hand_suits(reader)
 * proof   tests/formats/csv_paths_test.c, fuzz/csv_paths_fuzz.c: the same as one after another */
enum status csv_crew_read(struct csv_reader *reader, struct csv_identity *identity) MUST_USE;

#endif
