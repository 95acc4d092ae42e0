/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_NUMERIC_KANO_CLASS_H
#define GAPMETER_NUMERIC_KANO_CLASS_H

#include <stdbool.h>

#include "base/status.h"
#include "numeric/undefined.h"

/* Two answers about one feature, given it is there (functional) and given it is missing (dysfunctional), sorted into classes
 * and counted. Answers are numbered 1 like, 2 must be, 3 neutral, 4 can live with, 5 dislike. */

#define KANO_ANSWERS 5

enum kano_class {
    KANO_MUST_BE,
    KANO_ONE_DIMENSIONAL,
    KANO_ATTRACTIVE,
    KANO_INDIFFERENT,
    KANO_REVERSE,
    KANO_QUESTIONABLE,
    KANO_CLASS_COUNT
};

/* The class of one pair of answers.
 * needs   1 <= functional, dysfunctional <= KANO_ANSWERS
 * source  Kano 1984; table: Berger et al. 1993   [F40]
 * proof   tests/numeric/kano_class_test.c, all 25 cells */
enum kano_class kano_cell(unsigned functional, unsigned dysfunctional);

#define KANO_FIRM       .90 /* confidence with which the two largest counts are told apart */
#define KANO_MIXED      .06 /* a category strength below it: no category, customers are of several minds */
#define KANO_WORD_DOUBT .10 /* a questionable share above it: the wording of the item is in doubt */

/* Written by kano_summary. */
struct kano {
    double n;                        /* the sum of the counts */
    enum kano_class mode;            /* the largest count; ties in the order of enum kano_class */
    enum kano_class category;        /* when M + O + A > I + R + Q the largest of M, O, A, otherwise of I, R, Q */
    enum undefined effect_undefined; /* UNDEFINED_NO_VARIANCE when nobody is in M, O, A or I */
    double better;                   /* (A + O)/(A + O + M + I), in [0, 1] */
    double worse;                    /* −(O + M)/(A + O + M + I), in [−1, 0] */
    double effect_n;                 /* A + O + M + I */
    double total_strength;           /* (A + O + M)/n */
    double category_strength;        /* (largest − second)/n */
    bool mixed;                      /* category_strength < KANO_MIXED */
    double bound;                    /* by which the two largest counts must differ at least */
    bool distinct;                   /* largest − second >= bound */
    double questionable_share;
    bool doubtful; /* questionable_share > KANO_WORD_DOUBT */
};

/* What the counts of the classes say.
 * takes   counts  [KANO_CLASS_COUNT] each >= 0; with weights scaled so that their sum is the effective number
 * gives   *out
 * blank   all counts 0 -> UNDEFINED_TOO_FEW
 * source  better, worse: Timko in Berger et al. 1993; strengths: Lee & Newcomb 1997; bound z·√(a + b), the error of a difference
 *         of two counts of one multinomial that are equally likely: ours, in place of Fong 1996, whose samples are independent
 * [F41]
 * proof   tests/numeric/kano_class_test.c */
enum undefined kano_summary(const double counts[KANO_CLASS_COUNT], struct kano *out) MUST_USE;

/* DuMouchel's points of an answer: functional −2 dislike … 4 like, dysfunctional −2 like … 4 dislike.
 * needs   1 <= answer <= KANO_ANSWERS
 * source  DuMouchel in Berger et al. 1993   [F42] */
int kano_functional_points(unsigned answer);
int kano_dysfunctional_points(unsigned answer);

#define KANO_SQUARE_CUT 2.0 /* the square 0 … 4 halved both ways */

/* The quarter of DuMouchel's square that a point of means lies in: attractive when the functional mean is high alone, must-be
 * when the dysfunctional one is, one-dimensional when both are, indifferent when neither. A mean on the cut counts as high.
 * source  DuMouchel in Berger et al. 1993   [F42]
 * proof   tests/numeric/kano_class_test.c */
enum kano_class kano_quarter(double functional, double dysfunctional);

#endif
