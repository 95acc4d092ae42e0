/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MODEL_MARGIN_H
#define GAPMETER_MODEL_MARGIN_H

#include <stdint.h>

#include "base/decimal.h"

/* A value of a segment, and how large its share is known to be. */
struct margin_category {
    const char *value;
    struct decimal target; /* above 0: a share, or a number of people; only their proportion matters */
};

/* The shares of a segment's values in the population, to which answers are weighted. */
struct margin {
    uint32_t segment; /* index */
    const struct margin_category *categories;
    uint32_t category_count; /* 2 or more */
};

#endif
