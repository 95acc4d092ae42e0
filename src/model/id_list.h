/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MODEL_ID_LIST_H
#define GAPMETER_MODEL_ID_LIST_H

#include <stdbool.h>
#include <stdint.h>

#include "base/ctx.h"

/* Numbers ids in the order of arrival, as struct intern does, but holds next to nothing while they are whole numbers that only
 * rise (1, 2, 3, 3, 4, …), as most files of answers have them. The first id that does not rise makes it an intern. */
struct id_list;

/* owns  ctx->arena */
enum status id_list_create(struct ctx *ctx, uint32_t ceiling, struct id_list **out) MUST_USE;

/* The number of an id, a new one when it was not seen before.
 * takes   ctx   its arena is used when the ids stop rising, and must live as long as the list is used
 * gives   *number, *fresh
 * fails   STATUS_MEMORY; STATUS_INVALID when the ceiling is reached
 * proof   tests/model/id_list_test.c */
enum status id_list_add(struct ctx *ctx, struct id_list *list, struct span id, uint32_t *number, bool *fresh) MUST_USE;

/* How many different ids. */
uint32_t id_list_count(const struct id_list *list);

#endif
