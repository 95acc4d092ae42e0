/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MEASURE_LOSS_STRATA_H
#define GAPMETER_MEASURE_LOSS_STRATA_H

#include "measure/loss/loss_cases.h"

/* What customers also differ in, and a loss that allows for it. Private to measure/loss/. */

#define ADJUSTED_LEVELS_MAX 12u /* a segment with more values is no covariate of the adjusted loss */
#define LEVEL_EVENTS_FEWEST 5u  /* values with fewer who left, or who stayed, are taken together */
#define ADJUSTED_EVENTS     5u  /* who left (or stayed) for each parameter of the model, at least */

/* One way to tell customers apart. */
struct stratifier {
    const char *name;      /* the segment's column, or the outcome's name */
    uint32_t segment;      /* UINT32_MAX: captivity */
    uint32_t level_count;  /* written by stratifiers_find; those without an answer are a level too */
    const uint32_t *level; /* [row] dense number from 0, in order of appearance */
};

struct stratifiers {
    uint32_t count;
    struct stratifier *each;
};

/* All there are: captivity, then the study's segments that do not make the group already.
 * fails   STATUS_MEMORY */
enum status stratifiers_find(struct ctx *ctx, const struct measuring *measuring, const struct loss_cases *cases,
                             struct stratifiers *out) MUST_USE;

/* A loss with the interval of the bootstrap. */
struct adjusted_loss {
    enum undefined undefined; /* of ratio and fraction */
    bool has_ratio;
    double ratio, fraction;
    enum reason interval_blank; /* of interval */
    struct interval interval;   /* percentile */
    uint64_t kept, failed;
    bool many_failed;
};

/* Mantel and Haenszel's ratio over the strata of one stratifier, in Miettinen's form.
 * fails   STATUS_MEMORY, STATUS_CANCELLED
 * blank   no stratum with exposed and unexposed -> UNDEFINED_TOO_FEW; no unexposed left there -> UNDEFINED_UNBOUNDED, and then
 *         the bootstrap is not tried
 * source  [F84] */
enum status stratified_loss(struct ctx *ctx, const struct measuring *measuring, const struct loss_cases *cases,
                            const struct stratifier *stratifier, struct adjusted_loss *out) MUST_USE;

/* The loss of a logistic regression on the exposure and all stratifiers: 1 − Σ risk if unexposed / Σ risk.
 * fails   STATUS_MEMORY, STATUS_CANCELLED
 * blank   fewer than ADJUSTED_EVENTS who left or stayed for each parameter -> UNDEFINED_TOO_FEW; no maximum, or unexposed that
 * all stayed -> UNDEFINED_NOT_CONVERGED
 * source  [F84] */
enum status regression_loss(struct ctx *ctx, const struct measuring *measuring, const struct loss_cases *cases,
                            const struct stratifiers *stratifiers, struct adjusted_loss *out) MUST_USE;

#endif
