/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Joint tallies of the codes of one, two or three answers to an item. */
#ifndef GAPMETER_PAIR_PAIR_JOINT_H
#define GAPMETER_PAIR_PAIR_JOINT_H

#include "pair/cell_store.h"
#include "pair/pair_row.h"
#include "pair/pair_runs.h"

enum joint_kind { JOINT_PAIRS, JOINT_ZONES, JOINT_SINGLES };

struct pair_joint {
    enum joint_kind kind;
    unsigned arity;
    enum standard standards[3];
    bool plain;              /* pairs of all items in arrays, without weights: the common case */
    struct cell_store cells; /* value: the codes as one number, the first code in the highest place */
};

/* Bytes that it begins with. */
uint64_t pair_joint_bytes(const struct pair_frame *frame, enum joint_kind kind, uint32_t group_count);

/* fails   STATUS_MEMORY */
enum status pair_joint_create(struct arena *arena, const struct pair_frame *frame, enum joint_kind kind, uint32_t group_count,
                              struct pair_joint *out) MUST_USE;
enum status pair_joint_add(struct pair_joint *joint, const struct pair_frame *frame, uint32_t group,
                           const struct pair_row *row) MUST_USE;
enum status pair_joint_merge(struct pair_joint *into, const struct pair_joint *from, const uint32_t *map) MUST_USE;

/* The variables of a row that runs follow. */
void pair_joint_track(const struct pair_frame *frame, enum joint_kind kind, const struct pair_row *row, struct run_track *track);

/* gives   *out  [group × item] in ctx->arena
 * takes   scratch  for what is not kept */
enum status pair_joint_finish(struct ctx *ctx, struct arena *scratch, const struct pair_frame *frame, struct pair_joint *joint,
                              const struct run_result *runs, struct joint **out) MUST_USE;

#endif
