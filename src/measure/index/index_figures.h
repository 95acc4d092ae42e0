/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MEASURE_INDEX_FIGURES_H
#define GAPMETER_MEASURE_INDEX_FIGURES_H

#include "measure/case_error.h"
#include "measure/index/index_panel.h"

/* What the single-figure indices share. Private to measure/index/. */

/* One figure of one group, as it enters a comparison with the older answers. */
struct index_figure {
    enum reason blank;    /* REASON_NONE, or why there is no figure */
    double value, se, df; /* df 0: the normal distribution */
    enum reason test_blank;
    double limit;            /* what a change can be at most */
    uint64_t respondents;    /* 0: nobody */
    struct panel_rows panel; /* the answers behind it */
};

/* The change since the older answers: its columns stand together in this order. */
enum { CHANGE, CHANGE_SE, CHANGE_LOW, CHANGE_HIGH, CHANGE_P, CHANGE_COLUMNS };

#define CHANGE_COLUMN_ENTRIES(at, unit_name, digits_shown)                                                                       \
    [(at) + CHANGE] = {"change",     "Change",      unit_name, "Change since the older answers (--compare).",                    \
                       digits_shown, COLUMN_NUMBER, false,     true},                                                            \
            [(at) + CHANGE_SE] = {"change_se",  "Error",                                                                         \
                                  unit_name,    "Standard error of the change, allowing for customers who answered both times.", \
                                  digits_shown, COLUMN_NUMBER,                                                                   \
                                  false,        true},                                                                           \
            [(at) + CHANGE_LOW] = {"change_low", "Low",         unit_name, "Lower end of the interval of the change.",           \
                                   digits_shown, COLUMN_NUMBER, false,     true},                                                \
            [(at) + CHANGE_HIGH] = {"change_high", "High",        unit_name, "Upper end of the interval of the change.",         \
                                    digits_shown,  COLUMN_NUMBER, false,     true},                                              \
            [(at) + CHANGE_P] = {"change_p", "p",           "probability", "Two-sided p of the change being 0.",                 \
                                 3,          COLUMN_NUMBER, false,         true}

/* A figure of a group, and how the same is found of the older answers. */
struct index_kind {
    const void *what; /* what the figure is about */
    enum status (*estimate)(struct ctx *ctx, const struct measuring *measuring, const struct group *group, const void *what,
                            struct index_figure *out);
    const struct index_figure *now;
};

/* The change of a figure since the older answers of the same group.
 * takes   group    index into measuring->set->groups
 * gives   cells    [CHANGE_COLUMNS] not_applicable without older answers or where the group had none then
 *         *fewest  lowered to the respondents of the older figure, when there is a change
 * fails   STATUS_MEMORY
 * blank   a figure that does not exist -> its reason; neither varies -> no_variance; few clusters -> few_clusters
 * source  z of two waves [F54]; of means Welch 1947, with customers in both the smaller df [F114]
 * proof   tests/measure/index/nps_test.c, ces_test.c */
enum status index_change_find(struct ctx *ctx, const struct measuring *measuring, uint32_t group, const struct index_kind *kind,
                              struct value cells[CHANGE_COLUMNS], uint64_t *fewest) MUST_USE;

/* One variable of the cases of a group. */
struct index_answers {
    struct case_matrix matrix;
    struct case_mean mean; /* of the values as they are */
};

/* Gathers them.
 * fails   STATUS_MEMORY */
enum status index_answers_find(struct ctx *ctx, const struct measuring *measuring, const struct group *group,
                               const struct case_variable *variable, struct index_answers *out) MUST_USE;

/* The mean of 1 for the rows whose value lies in low … high and 0 for the others.
 * fails   STATUS_MEMORY */
enum status index_share_find(struct ctx *ctx, const struct measuring *measuring, const struct case_matrix *matrix,
                             const double range[2], struct case_mean *out) MUST_USE;

/* The answers behind a figure.
 * takes   top, bottom  ranges that live as long, or NULL */
struct panel_rows index_panel_of(const struct case_matrix *matrix, double factor, const double *top, const double *bottom);

/* A mean as a figure that can change.
 * takes   factor, limit  value and error × factor; a change is at most limit */
void index_figure_of_mean(const struct index_answers *answers, double factor, double limit, struct index_figure *out);

/* Notes that the table needs because of weights, clusters and older answers.
 * fails   STATUS_MEMORY */
enum status index_notes(struct ctx *ctx, const struct measuring *measuring, struct table *table) MUST_USE;

#endif
