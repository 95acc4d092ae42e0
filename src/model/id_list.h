/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MODEL_ID_LIST_H
#define GAPMETER_MODEL_ID_LIST_H

#include <stdbool.h>
#include <stdint.h>

#include "base/ctx.h"

/* Numbers ids in the order of arrival, as struct intern does, but holds next to nothing while they are whole numbers that only
 * rise (1, 2, 3, 3, 4, …), as most files of answers have them. The first id that does not rise makes it an intern. */
struct id_list;

/* first, first + 1, …, first + count − 1 have the numbers number, number + 1, … */
struct id_run {
    uint64_t first;
    uint32_t count;
    uint32_t number;
};

/* owns  ctx->arena */
enum status id_list_create(struct ctx *ctx, uint32_t ceiling, struct id_list **out) MUST_USE;

/* The number of an id, a new one when it was not seen before.
 * takes   ctx   its arena is used when the ids stop rising, and must live as long as the list is used
 * gives   *number, *fresh
 * fails   STATUS_MEMORY; STATUS_INVALID when the ceiling is reached
 * proof   tests/model/id_list_test.c */
enum status id_list_add(struct ctx *ctx, struct id_list *list, struct span id, uint32_t *number, bool *fresh) MUST_USE;

/* Adds whole numbers as long as each is higher than all before and none of another kind came.
 * takes   ids    below 10^18
 * gives   *taken how many were added; they have the numbers from id_list_count on
 * fails   as id_list_add */
enum status id_list_add_rising(struct ctx *ctx, struct id_list *list, const uint64_t *ids, uint32_t count,
                               uint32_t *taken) MUST_USE;

#define ID_LIST_DIGITS 20

/* Writes a whole number as ids are written.
 * gives   the text, within `into` */
struct span id_list_write(uint64_t id, char into[ID_LIST_DIGITS]);

/* Have all ids been whole numbers that rise? */
bool id_list_is_rising(const struct id_list *list);

/* The runs of a list that rises; they stay until the next id is added. */
const struct id_run *id_list_runs(const struct id_list *list, size_t *count);

/* The id of a number.
 * needs   the number lies in one of the runs */
uint64_t id_runs_id(const struct id_run *runs, size_t count, uint32_t number);

/* The text of an id, in the list or in `into`.
 * needs   number < id_list_count */
struct span id_list_text(const struct id_list *list, uint32_t number, char into[ID_LIST_DIGITS]);

/* How many different ids. */
uint32_t id_list_count(const struct id_list *list);

#endif
