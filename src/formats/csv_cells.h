/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_FORMATS_CSV_CELLS_H
#define GAPMETER_FORMATS_CSV_CELLS_H

#include "formats/csv_hand.h"

/* Cells that a hand takes into rows: what csv_row does with a cell in which all is well. */

/* Takes a column of cells that are looked at as text into the rows after the batch's last.
 * takes   places  [count] where the cells stand in the block
 * gives   how many rows come before the first whose cell is not as it should be, or for which there is no memory */
uint32_t csv_cells_take_column(struct csv_hand *hand, const struct csv_wanted *wanted, const struct csv_name *places,
                               uint32_t count);

/* Takes a whole record into the row after the batch's last.
 * needs   as many cells as there are columns, and no flag but CSV_RECORD_QUOTED
 * gives   false when a cell is not as it should be, or there is no memory: the row is left then */
bool csv_cells_take_row(struct csv_hand *hand, const struct csv_view *view);

/* Notes that an answer is missing for a reason.
 * takes   code  CSV_CODE_MISSING + kind; CSV_CODE_BAD is none
 * gives   false when it is CSV_CODE_BAD, or there is no memory */
bool csv_cells_mark(struct csv_hand *hand, uint32_t row, uint32_t slot, unsigned code);

#endif
