/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_FORMATS_CSV_CELLS_H
#define GAPMETER_FORMATS_CSV_CELLS_H

#include "formats/csv_hand.h"

/* Cells that a hand takes into the row it is filling: what csv_row does with a cell in which all is well. */

/* Takes the cells that are looked at as text, of a record that the quick scanner found.
 * takes   start  offset of its first byte in the block
 * gives   false when one is not as it should be, or there is no memory: the row is left then */
bool csv_cells_take_wanted(struct csv_hand *hand, uint32_t start);

/* Takes a whole record.
 * needs   as many cells as there are columns, and no flag but CSV_RECORD_QUOTED */
bool csv_cells_take_row(struct csv_hand *hand, const struct csv_view *view);

/* Notes that an answer is missing for a reason.
 * takes   code  CSV_CODE_MISSING + kind; CSV_CODE_BAD is none
 * gives   false when it is CSV_CODE_BAD, or there is no memory */
bool csv_cells_mark(struct csv_hand *hand, uint32_t slot, unsigned code);

#endif
