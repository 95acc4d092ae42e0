/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MODEL_REASON_H
#define GAPMETER_MODEL_REASON_H

/* Why a statistic has no value. A blank cell carries one of these; it is never NaN and never 0. */
enum reason {
#define REASON(symbol, name, words) REASON_##symbol,
#include "model/reason.def"
#undef REASON
    REASON_COUNT
};

/* The permanent name in JSON and CSV: "too_few". */
const char *reason_name(enum reason reason);

/* What a table shows to a person: "too few". */
const char *reason_words(enum reason reason);

#endif
