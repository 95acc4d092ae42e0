/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_FORMATS_CSV_STRETCH_H
#define GAPMETER_FORMATS_CSV_STRETCH_H

#include "formats/csv_hand.h"

/* Records in which all is as it mostly is, taken together: first the answers of all, then one column of texts after the other, so
 * that the processor does the same thing many times. */

/* Takes records of hand->blocks from `first` on into the batch, as far as they are such.
 * gives   how many, at most CSV_STRETCH
 *         *alone  true: the record after them is to be looked at alone
 * proof   tests/formats/csv_paths_test.c: the same as one after another */
uint32_t csv_stretch_take(struct csv_hand *hand, uint32_t first, bool *alone);

#endif
