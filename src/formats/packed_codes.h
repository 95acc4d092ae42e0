/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_FORMATS_PACKED_CODES_H
#define GAPMETER_FORMATS_PACKED_CODES_H

#include "model/answers.h"

/* The highest code of each slot, laid out for many rows. */
struct packed_ceilings;

/* owns    ctx->arena
 * fails   STATUS_MEMORY */
enum status packed_ceilings_make(struct ctx *ctx, const struct answers *answers, struct packed_ceilings **out) MUST_USE;

/* Does no code of these rows lie above its slot's?
 * cost    0.1 ns a code of one byte */
bool packed_codes_fit(const struct packed_ceilings *ceilings, const void *codes, uint32_t rows);

/* Makes 16-bit codes as they stand in a pack those of this machine. */
void packed_codes_turn(void *codes, size_t count);

#endif
