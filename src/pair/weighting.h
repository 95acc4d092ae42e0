/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_PAIR_WEIGHTING_H
#define GAPMETER_PAIR_WEIGHTING_H

#include "model/answers.h"

/* The answers with weights under which the segments have the shares that the study's margins say (F110); the answers themselves
 * when it has no margins. An encounter's weight depends on its values of these segments and its weight before, on nothing else.
 * Encounters without a value of a segment are a category of their own, which keeps the share that it has.
 * gives   *out  in ctx->arena, with sentences that tell the design effect and what was without a value
 * fails   STATUS_DATA  a value that margins does not name, a category that nobody is in, margins that cannot be met together, or
 * a weight beyond what is held: the sentence names segment and category STATUS_MEMORY
 * cost    time encounters × margins; memory
 * 12 bytes per encounter
 * proof   tests/pair/weighting_test.c */
enum status weights_make(struct ctx *ctx, const struct answers *answers, const struct answers **out) MUST_USE;

#endif
