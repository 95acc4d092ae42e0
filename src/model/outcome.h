/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MODEL_OUTCOME_H
#define GAPMETER_MODEL_OUTCOME_H

#include "model/missing.h"
#include "model/scale.h"

enum outcome_kind { OUTCOME_SCALE, OUTCOME_REAL };

/* What an outcome is good for; measures look for their outcome by its role. Only scales have one. */
enum outcome_role {
    OUTCOME_ROLE_NONE,
    OUTCOME_ROLE_SATISFACTION,    /* overall satisfaction */
    OUTCOME_ROLE_RECOMMEND,       /* willingness to recommend, 0–10 */
    OUTCOME_ROLE_EFFORT,          /* how easy it was, or how much effort it took */
    OUTCOME_ROLE_LOYALTY,         /* intention to come back */
    OUTCOME_ROLE_DISCONFIRMATION, /* better or worse than expected, asked directly */
    OUTCOME_ROLE_LEFT,            /* 1: the customer went away */
    OUTCOME_ROLE_COMPLAINED,      /* 1: the customer complained */
    OUTCOME_ROLE_CAPTIVE,         /* 1: the customer cannot go away */
    OUTCOME_ROLE_BAD_SERVICE,     /* 1: the customer met bad service */
    OUTCOME_ROLE_COUNT
};

/* "none", "satisfaction", … as in study files; an outcome that bears such a name has the role. */
const char *outcome_role_name(enum outcome_role role);

struct outcome {
    const char *name;
    const char *column;
    enum outcome_kind kind;
    struct scale scale;                 /* OUTCOME_SCALE */
    unsigned decimals;                  /* OUTCOME_REAL: rounded once to 10^-decimals */
    enum outcome_role role;             /* of OUTCOME_SCALE; else OUTCOME_ROLE_NONE */
    bool easy_low;                      /* OUTCOME_ROLE_EFFORT: a low answer means that it was easy */
    const struct missing_code *missing; /* of this outcome alone, beside those of the study: 0 = not rated */
    uint32_t missing_count;
};

#endif
