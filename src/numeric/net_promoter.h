/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_NET_PROMOTER_H
#define GAPMETER_NUMERIC_NET_PROMOTER_H

#include "base/status.h"
#include "numeric/interval.h"
#include "numeric/undefined.h"

/* 100 × (share at the top − share at the bottom) of one multinomial of three classes, and how sure it is. */
struct net_promoter {
    double value;             /* −100 … 100 */
    double se;                /* 0 when all fall into one class, although the score is not certain then */
    struct interval wald;     /* value ± z se, clipped to −100 … 100 */
    struct interval adjusted; /* the preferred one: see net_share.h; clipped likewise */
};

/* The score with both intervals.
 * takes   promoters, detractors  shares, 0 … 1, together at most 1
 *         n                      how many; with weights the effective number (a real one)
 * gives   *out  Var = 100² (p + d − (p − d)²) / n
 * needs   0 < confidence < 1
 * blank   n <= 0 -> UNDEFINED_TOO_FEW
 * source  Reichheld 2003 (score); Rocks 2016 (variance, adjusted interval)   [F52, F54]
 * proof   tests/numeric/net_promoter_test.c */
enum undefined net_promoter_score(double promoters, double detractors, double n, double confidence,
                                  struct net_promoter *out) MUST_USE;

/* The covariance of the scores of two waves that share respondents: 100² × n_both / (n_before × n_after) × cov(x, y), where
 * x and y are 1, 0, −1 for promoter, passive, detractor of those who answered both.
 * takes   both    3 × 3 shares of those who answered both, rows before, columns after, in the order promoter, passive,
 *                 detractor; they add to 1
 *         n_both  how many answered both, at most n_before and n_after; with weights effective numbers
 * gives   *out  0 when nobody answered both; with everybody in both it is 100² cov(x, y) / n
 * blank   n_before or n_after <= 0 -> UNDEFINED_TOO_FEW
 * source  the covariance of means over samples that overlap (Kish 1965, 12.4)   [F54, F114]
 * proof   tests/numeric/net_promoter_test.c */
enum undefined net_promoter_covariance(const double both[9], double n_both, double n_before, double n_after,
                                       double *out) MUST_USE;

/* A score of one wave, and a change between two. */
struct net_promoter_wave {
    double value, se;
};

struct net_promoter_change {
    double change, se, z, p;  /* p two-sided, normal */
    struct interval interval; /* change ± z se, clipped to −200 … 200 */
};

/* after − before, with the covariance of the two (0 for different people).
 * gives   *out
 * needs   0 < confidence < 1
 * blank   the change has no variance -> UNDEFINED_NO_VARIANCE
 * source  Rocks 2016   [F54]
 * proof   tests/numeric/net_promoter_test.c */
enum undefined net_promoter_change(struct net_promoter_wave before, struct net_promoter_wave after, double covariance,
                                   double confidence, struct net_promoter_change *out) MUST_USE;

#endif
