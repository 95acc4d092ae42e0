/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MEASURE_DRIVER_MODEL_H
#define GAPMETER_MEASURE_DRIVER_MODEL_H

#include "measure/design_regression.h"
#include "measure/moment_draw.h"
#include "numeric/relative_importance.h"

/* One outcome on all drivers of one kind. Private to measure/. */

#define DRIVERS_MAX 200u

/* What the drivers are. */
enum driver_kind { DRIVERS_PERCEPTION, DRIVERS_EXPECTATION, DRIVERS_GAP, DRIVER_KIND_COUNT };

/* Which drivers a study has: its dimensions when it has two or more, otherwise its items. */
struct driver_list {
    bool dimensions;
    uint32_t count;
    const uint32_t *index; /* [count] dimensions or items of which the kind was asked */
};

/* Lists them.
 * fails   STATUS_MEMORY */
enum status driver_list_make(struct ctx *ctx, const struct study *study, enum driver_kind kind, struct driver_list *out) MUST_USE;

/* The id of a driver. */
const char *driver_name(const struct study *study, const struct driver_list *list, uint32_t driver);

/* One model. */
struct driver_topic {
    uint32_t group, outcome;
    enum driver_kind kind;
    const struct driver_list *list;
};

/* Its answers and figures; arrays hold list->count. */
struct driver_model {
    enum reason blank; /* REASON_NONE, or why there are no answers to fit: then only matrix holds something */
    struct case_matrix matrix;
    struct regression regression;
    struct least_squares fit;
    struct design_error error;   /* where fit is DEFINED */
    enum undefined *r_undefined; /* of each correlation with the outcome */
    double *r;
    bool importance;         /* fit is DEFINED, and so the rest was tried */
    struct moment_drawn lmg; /* figures: LMG of each driver */
    bool sampled;            /* LMG by random orders: more drivers than LMG_EXACT_MAX */
    uint32_t replicates;     /* of lmg; 0: too long, not asked for */
    enum undefined johnson_undefined;
    double *johnson;
};

/* Gathers, fits, shares out.
 * takes   ctx  its arena holds what is given
 * fails   STATUS_MEMORY, STATUS_CANCELLED
 * blank   not_asked, mixed_scales, no_pairs (nobody has all of them); more than DRIVERS_MAX drivers -> not_applicable
 * source  [F34–F36] */
enum status driver_model_make(struct ctx *ctx, const struct measuring *measuring, const struct driver_topic *topic,
                              struct driver_model *out) MUST_USE;

#endif
