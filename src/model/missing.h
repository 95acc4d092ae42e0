/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MODEL_MISSING_H
#define GAPMETER_MODEL_MISSING_H

#include <stdbool.h>

#include "base/decimal.h"

/* Why an answer is missing. */
enum missing { MISSING_SKIPPED, MISSING_NOT_ASKED, MISSING_DECLARED, MISSING_COUNT };

/* "skipped", … as in study files. */
const char *missing_name(enum missing missing);

/* A cell's text that means "no answer", and why. */
struct missing_code {
    const char *text;
    enum missing kind;
    bool is_number; /* then it is compared as a number too: 99 and 99.0 */
    struct decimal number;
};

#endif
