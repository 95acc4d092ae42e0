/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MODEL_RELEASED_TABLE_H
#define GAPMETER_MODEL_RELEASED_TABLE_H

#include "model/table.h"

/* A table that has passed the small-group rule. Only disclose/ can make one (released_table_seal.h);
 * report/ and render/ take nothing else. */
struct released_table;

/* The table behind it, for reading: hidden cells are blank with REASON_SUPPRESSED. */
const struct table *released_table_view(const struct released_table *released);

/* How many groups of the table are hidden wholly. */
uint32_t released_table_hidden_groups(const struct released_table *released);

/* How many groups it has. */
uint32_t released_table_groups(const struct released_table *released);

/* The floor it was released under. */
uint32_t released_table_floor(const struct released_table *released);

#endif
