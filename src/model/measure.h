/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MODEL_MEASURE_H
#define GAPMETER_MODEL_MEASURE_H

#include "model/pairs.h"
#include "model/table.h"

struct resample_list;

/* What a measure is given. */
struct measuring {
    const struct pairs *pairs;
    const struct group_set *set; /* the groups of this table */
    const bool *compared;        /* [group of the set] may enter a comparison of groups: none that is hidden, so that no shown
                                    figure depends on a hidden group; NULL = all may */
    const bool
        *line_compared; /* [line × groups of the set + group] the same for one line of measure/groups/group_means.h alone */
    const bool *line_compared_shares;   /* and for shares, which need more people; NULL = as compared */
    const struct pairs *before;         /* the older answers of --compare, paired by the same plan; NULL = none */
    const struct measure *const *asked; /* [asked_count] what this request computes */
    uint32_t asked_count;
    uint32_t replicates; /* of --bootstrap; 0 = not asked for */
    double confidence;   /* 0.5 … 0.9999; alpha = 1 − confidence in tests and verdicts too */
    uint64_t seed;
};

/* For whom a measure is computed. */
enum measure_by {
    BY_ANY,        /* everyone, and each by-set of the request */
    BY_EVERYONE,   /* everyone alone: what it divides everyone by is no segment */
    BY_GROUPS,     /* each by-set of the request: it compares the groups of one */
    BY_TOUCHPOINT, /* the by-set of touchpoint and channel, which the request gets with it */
    BY_TIME        /* the by-set of the waves, without waves of the periods of time */
};

/* One measure: one file in src/measure/<theme>/ that defines `const struct measure measure_<name>`.
 * The register, the help, the JSON API, the reports and the docs page come from this entry. */
struct measure {
    const char *name;          /* permanent, as in --table and JSON; the file's basename */
    const char *title;         /* "Gap per item" */
    const char *meaning;       /* one or two sentences for a manager */
    const char *formula;       /* "F1, F20–F22": the numbers of docs/formulas.md */
    const char *source;        /* the citation */
    const char *example;       /* a command that shows it */
    unsigned needs;            /* enum need: what pair/ must count */
    unsigned standards;        /* bits 1u << STANDARD_…: the study must have asked all of these */
    unsigned any_standards;    /* and at least one of these, when not 0 */
    bool importance;           /* and importance */
    bool dimensions;           /* and items that form dimensions */
    uint64_t minimum_n;        /* below it a row's inference is blank */
    bool by_default;           /* shown by analyze without --table when the study has what it needs */
    unsigned unless_standards; /* … and has asked none of these */
    bool unless_dimensions;    /* … and has no dimensions */
    enum measure_by by;        /* for whom */
    bool sources;              /* the study must have asked where expectations come from */
    bool comments;             /* and let people write in their own words */
    bool words;                /* its rows are words of people: one that is hidden is not there */
    bool arms;                 /* and must have left some people out of it by chance */
    bool outcomes;             /* and must have an outcome */
    unsigned outcome_roles;    /* and one with at least one of these roles: bits 1u << OUTCOME_ROLE_…, when not 0 */
    bool journeys;             /* the study has a row per moment */
    bool compares;             /* needs the older answers of --compare */
    bool resamples;            /* needs --bootstrap */
    bool anytime;              /* shown with --anytime, or by its name */
    uint32_t order;            /* place among the default tables */
    const struct column *columns;
    uint32_t column_count;
    /* Fills the table: rows of all groups of the set, then the adjustments over the family. */
    enum status (*run)(struct ctx *ctx, const struct measuring *measuring, struct table *table);
    /* Lists the figures of one group that --bootstrap can draw again (measure/resample_job.h); NULL: it declares none. */
    enum status (*resample)(struct ctx *ctx, const struct measuring *measuring, uint32_t group, struct resample_list *list);
};

/* Every measure, sorted by name; generated from the folder. */
extern const struct measure *const measure_register[];
extern const size_t measure_register_count;

/* By name; NULL when there is none. */
const struct measure *measure_find(struct span name);

/* Has the study what the measure needs?
 * gives   REASON_NONE, or REASON_NOT_ASKED with *missing naming what the study does not have */
enum reason measure_applies(const struct measure *measure, const struct study *study, const char **missing);

/* Is it shown without being asked for: by_default, applies to the study, none of unless_standards was asked,
 * and it has no dimensions where it must not have them? */
bool measure_is_default(const struct measure *measure, const struct study *study);

/* The segments of the by-set that a measure brings with it: BY_TOUCHPOINT, BY_TIME.
 * gives   how many, indices in segments; 0 when the study has no such column or the measure brings none */
uint32_t measure_segments(const struct measure *measure, const struct study *study, uint32_t segments[2]);

#endif
