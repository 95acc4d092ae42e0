/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MODEL_RELEASED_TABLE_SEAL_H
#define GAPMETER_MODEL_RELEASED_TABLE_SEAL_H

#include "model/released_table.h"

/* The only way to make a released table. May be included by disclose/ alone (src/LAYERS says so). */
enum status released_table_seal(struct ctx *ctx, const struct table *table, uint32_t groups, uint32_t hidden_groups,
                                uint32_t floor, const struct released_table **out) MUST_USE;

#endif
