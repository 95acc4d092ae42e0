/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MODEL_SCALE_H
#define GAPMETER_MODEL_SCALE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/decimal.h"

/* The words of one point of a scale. */
struct scale_label {
    uint32_t code;
    const char *text;
};

/* An answer scale: min, min+step, …, max. An answer is held as its step number, the code:
 * 1 is min, `steps` is max, 0 is missing. */
struct scale {
    const char *id;
    struct decimal min, max, step; /* all three with the same places */
    uint32_t steps;                /* 2 … SCALE_STEPS_MAX; max = min + (steps-1) × step */
    const struct scale_label *labels;
    uint32_t label_count;
};

/* The code of a value, or 0 when the value is not a point of the scale. Exact. */
uint32_t scale_code(const struct scale *scale, struct decimal value);

/* The code of a cell's text: a number, a label ("Agree", not minding case), or a number with its
 * label ("5 – Agree", "5: Agree", "5 = Agree"); 0 when it is none of these.
 * takes   mark  the decimal mark of the file, '.' or ',' */
uint32_t scale_code_of_text(const struct scale *scale, struct span text, char mark);

/* The value that a code stands for.
 * needs   1 <= code <= steps */
double scale_value(const struct scale *scale, uint32_t code);

/* "1–5", or "1–9 in steps of 0.01": what a message shows as accepted.
 * takes   into  at least 64 bytes */
void scale_format(const struct scale *scale, char *into, size_t size);

/* The same points, so that answers may be subtracted? */
bool scale_same(const struct scale *a, const struct scale *b);

#endif
