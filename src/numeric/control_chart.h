/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_CONTROL_CHART_H
#define GAPMETER_NUMERIC_CONTROL_CHART_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"
#include "numeric/undefined.h"

/* Control charts: has a series of means or shares moved more than chance lets it? The first points are the baseline (phase I),
 * from which the caller takes centre and spread; the later ones (phase II) are held against it. A point is `count`
 * observations; counts may differ, and be effective counts, which are real numbers. */

#define CHART_BASELINE_POINTS 20u /* with fewer the limits are provisional */
#define LANEY_SIGMA           1.3 /* above it the points vary more than binomial chance, and the limits are widened */

/* How many of `count` points are the baseline: the first CHART_BASELINE_POINTS, or all while there are fewer. */
size_t chart_baseline(size_t count);

/* Which rule a point breaks; chart_signal_name gives its word. */
enum chart_signal {
    CHART_QUIET,
    CHART_EWMA_LOW, /* the moving average left its limits */
    CHART_EWMA_HIGH,
    CHART_CUSUM_LOW, /* the sum of shortfalls passed h */
    CHART_CUSUM_HIGH,
    CHART_P_LOW, /* the share left 3 standard errors */
    CHART_P_HIGH,
    CHART_LANEY_LOW, /* … of Laney's width */
    CHART_LANEY_HIGH,
    CHART_SIGNAL_COUNT
};

/* "ewma_low"; "none" for CHART_QUIET. */
const char *chart_signal_name(enum chart_signal signal);

/* One point of a chart. */
struct chart_point {
    double value;     /* moving average; share */
    double low, high; /* limits */
    enum chart_signal signal;
};

/* One point of a CUSUM. */
struct cusum_point {
    double above, below; /* C⁺ and C⁻, 0 or more */
    enum chart_signal signal;
};

/* How an EWMA looks: smoothing λ in (0, 1] and width L of the limits. */
struct ewma_rule {
    double smoothing, width;
};

/* The usual rules: λ = .2, L = 2.86;  k = .5, h = 5. */
extern const struct ewma_rule ewma_usual;

struct cusum_rule {
    double slack, threshold; /* k and h, in standard errors */
};

extern const struct cusum_rule cusum_usual;

/* Exponentially weighted moving average: z_i = λ y_i + (1 − λ) z_{i−1} from z_0 = centre, with limits centre ± L √Var(z_i),
 * Var(z_i) = (1 − λ)² Var(z_{i−1}) + λ² v_i, which for equal v is v λ/(2 − λ) (1 − (1 − λ)^{2i}).
 * takes   means, variances  [count] y and v: variance of each mean, σ²/n
 *         centre            of the baseline
 * gives   points            [count]
 * needs   count >= 1, 0 < λ <= 1, L > 0, variances > 0
 * cost    time count
 * source  Roberts 1959; Lucas & Saccucci 1990   [F111]
 * proof   tests/numeric/control_chart_test.c */
void ewma_chart(const double *means, const double *variances, size_t count, double centre, const struct ewma_rule *rule,
                struct chart_point *points);

/* Cumulative sums of u = (y − centre)/√v: C⁺ = max(0, C⁺ + u − k), C⁻ = max(0, C⁻ − u − k); a signal above h.
 * takes   as ewma_chart
 * gives   points  [count]
 * needs   count >= 1, k >= 0, h > 0, variances > 0
 * source  Page 1954   [F112]
 * proof   tests/numeric/control_chart_test.c */
void cusum_chart(const double *means, const double *variances, size_t count, double centre, const struct cusum_rule *rule,
                 struct cusum_point *points);

/* How many times more means vary from point to point than their variances say: mean |Δz|/1.128 of z = (y − centre)/√v. Above
 * LANEY_SIGMA the limits of F111 and F112 are too narrow.
 * takes   means, variances  [count]
 * needs   variances > 0
 * blank   count < 2 -> UNDEFINED_TOO_FEW
 * source  Laney 2002, for means   [F113]
 * proof   tests/numeric/control_chart_test.c */
enum undefined chart_excess(const double *means, const double *variances, size_t count, double centre, double *out) MUST_USE;

/* What the baseline of a chart of shares says. */
struct share_baseline {
    double centre;                    /* p̄ = Σ n p / Σ n */
    enum undefined sigma_z_undefined; /* UNDEFINED_TOO_FEW with one point */
    double sigma_z;                   /* mean |Δz|/1.128 of z = (p − p̄)/√(p̄(1 − p̄)/n) */
};

/* Centre and excess spread of the first shares.
 * takes   shares, counts  [count] p in [0, 1], n > 0
 * blank   count = 0 -> UNDEFINED_TOO_FEW;  p̄ = 0 or 1 -> UNDEFINED_NO_VARIANCE
 * source  Laney 2002   [F113]
 * proof   tests/numeric/control_chart_test.c */
enum undefined share_baseline_find(const double *shares, const double *counts, size_t count, struct share_baseline *out) MUST_USE;

/* Shares with limits p̄ ± 3 √(p̄(1 − p̄)/n), times σ_z when that is above LANEY_SIGMA, within [0, 1].
 * takes   shares, counts  [count]
 * gives   points          [count]
 * needs   a baseline that share_baseline_find has found
 * source  Shewhart 1931; Laney 2002   [F113]
 * proof   tests/numeric/control_chart_test.c */
void share_chart(const double *shares, const double *counts, size_t count, const struct share_baseline *baseline,
                 struct chart_point *points);

#endif
