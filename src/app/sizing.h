/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_APP_SIZING_H
#define GAPMETER_APP_SIZING_H

#include "base/ctx.h"

/* What is to be found, and how surely. */
struct sizing_request {
    double gap;         /* scale points, > 0 */
    double sd;          /* standard deviation of the gaps, scale points, > 0 */
    double power;       /* chance to find it, such as .80 */
    double confidence;  /* such as .95 */
    uint64_t items;     /* tested at once: the level is shared among them */
    double answer_rate; /* share of those asked who answer both times */
};

struct sizing {
    uint64_t pairs_one;    /* answering both times, for one item at the full level */
    uint64_t pairs_all;    /* at the level shared among all items */
    uint64_t invited_all;  /* to be asked, so that pairs_all answer both times */
    uint64_t pairs_margin; /* for a confidence interval of ± gap */
};

/* How many customers are needed.
 * fails   STATUS_INVALID with a sentence when no number of customers suffices
 * source  [F28]
 * proof   tests/app/sizing_test.c */
enum status sizing_make(struct ctx *ctx, const struct sizing_request *request, struct sizing *out) MUST_USE;

#endif
