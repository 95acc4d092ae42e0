/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_CROSS_VALIDATION_H
#define GAPMETER_NUMERIC_CROSS_VALIDATION_H

#include "numeric/least_squares.h"

/* How well a regression would foretell rows that it has not seen. */

/* Which rows are held back together. */
struct fold_plan {
    uint32_t folds;        /* at least 2; with as many as there are units each is held back alone */
    uint32_t repeats;      /* at least 1: other folds each time */
    uint64_t seed, stream; /* chance is a function of these, the repeat and the unit */
    const uint32_t *units; /* [rows] dense numbers from 0: rows of one unit stay together; NULL = every row alone */
    size_t unit_count;     /* read with units alone */
};

/* The folds of one repeat: units in the order of their numbers drawn, dealt out in turn, so that sizes differ by at most one.
 * takes   units  how many; plan->folds <= units
 * gives   fold   [units]
 * fails   STATUS_MEMORY */
enum status folds_deal(struct ctx *ctx, const struct fold_plan *plan, uint32_t repeat, size_t units, uint32_t *fold) MUST_USE;

/* Written by cross_validate. */
struct cross_validation {
    enum undefined undefined;
    double r_squared;   /* mean over the repeats; below 0 when the mean of the other rows foretells better */
    double least, most; /* of the repeats */
    uint32_t folds;     /* of the plan, or the number of units when there are fewer */
};

/* 1 − Σw(y − ŷ)²/Σw(y − ȳ)², both ŷ and ȳ from the rows of the other folds.
 * gives   *out
 * fails   STATUS_MEMORY
 * blank   in out->undefined: fewer than two units, or the rows of the other folds have no regression (its reason)
 * cost    time repeats × folds × rows × columns²
 * source  Stone 1974; Geisser 1975; against the mean of the other rows: Shmueli et al. 2016   [F82]
 * proof   tests/numeric/cross_validation_test.c */
enum status cross_validate(struct ctx *ctx, const struct regression *regression, const struct fold_plan *plan,
                           struct cross_validation *out) MUST_USE;

/* Akaike's criterion of a least-squares fit with normal errors: −2 log likelihood + 2 (parameters + 1); smaller is better, and
 * only differences between models of the same rows mean something.
 * needs   fit DEFINED, of the same regression
 * blank   a perfect
 * fit -> UNDEFINED_NO_VARIANCE
 * source  Akaike 1974   [F82]
 * proof   tests/numeric/cross_validation_test.c, against AIC(lm) */
enum undefined akaike(const struct regression *regression, const struct least_squares *fit, double *out) MUST_USE;

#endif
