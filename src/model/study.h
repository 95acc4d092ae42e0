/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MODEL_STUDY_H
#define GAPMETER_MODEL_STUDY_H

#include <stdbool.h>
#include <stdint.h>

#include "model/calendar.h"
#include "model/collection.h"
#include "model/margin.h"
#include "model/missing.h"
#include "model/outcome.h"
#include "model/scale.h"

/* What an answer says about an item. */
enum standard {
    STANDARD_EXPECTATION, /* what was expected: of the kind that the design names */
    STANDARD_PERCEPTION,  /* what was got */
    STANDARD_DESIRED,     /* the zone of tolerance's upper edge */
    STANDARD_MINIMUM,     /* its lower edge */
    STANDARD_IMPORTANCE,  /* how much it matters, rated on a scale of its own */
    /* The two questions of Kano, on a scale of their own; never part of gaps, blocks or the count of equal answers. */
    STANDARD_FUNCTIONAL,    /* how the customer feels when it is there */
    STANDARD_DYSFUNCTIONAL, /* and when it is not */
    STANDARD_COUNT
};

/* The answers to both: like, must-be, neutral, live-with, dislike = 1 … 5. */
extern const struct scale kano_scale;

/* "expectation", … as in study files, JSON and column names. */
const char *standard_name(enum standard standard);

/* The kind of expectation asked, and when. */
enum expectation_kind {
    EXPECTATION_WILL,
    EXPECTATION_SHOULD,
    EXPECTATION_EXCELLENT,
    EXPECTATION_DESIRED,
    EXPECTATION_KIND_COUNT
};
enum asked { ASKED_BEFORE, ASKED_SAME_SITTING, ASKED_RECALLED, ASKED_COUNT };

/* "will", … and "before", … as in study files and reports. */
const char *expectation_kind_name(enum expectation_kind kind);
const char *asked_name(enum asked asked);

/* How an item is put to people; its text follows the stem. */
enum stem {
    STEM_WILL, /* an expectation of the kind "will": "On this visit, I expect that they will …" */
    STEM_SHOULD,
    STEM_EXCELLENT,
    STEM_DESIRED, /* also the upper edge of the zone of tolerance */
    STEM_MINIMUM,
    STEM_PERCEPTION,
    STEM_IMPORTANCE,
    STEM_COUNT
};

/* "will", "perception", … as in study and instrument files. */
const char *stem_name(enum stem stem);

/* The stem that asks a kind of expectation. */
enum stem stem_of_expectation(enum expectation_kind kind);

struct dimension {
    const char *id;
    const char *title;
    const uint32_t *items; /* indices into study.items, in order */
    uint32_t item_count;
};

struct item {
    const char *id;
    const char *text;
    uint32_t dimension; /* index; UINT32_MAX when the item belongs to none */
    uint32_t scale;     /* index; the same for expectation, perception, desired and minimum */
    bool reverse;       /* a high answer is bad: turned on every standard before anything is computed */
};

struct segment {
    const char *column; /* the name the user asks for with --by, and its header */
};

enum importance_kind { IMPORTANCE_NONE, IMPORTANCE_POINTS, IMPORTANCE_RATING };

enum layout { LAYOUT_WIDE, LAYOUT_LONG, LAYOUT_JOURNEY };

/* Long layout: a row per encounter, item and standard (value column and a map of standards), or a
 * row per encounter and item with one column per standard. */
struct long_columns {
    const char *item;                            /* header of the column that names the item: its id or its position */
    const char *standard;                        /* NULL: one column per standard */
    const char *value;                           /* with standard */
    const char *standard_text[STANDARD_COUNT];   /* the cell that means this standard; NULL: not in the file */
    const char *standard_column[STANDARD_COUNT]; /* without standard: the column of each; NULL: not asked */
};

/* Journey layout: a row per moment, with its touchpoint, its time or order (or both), and perhaps a rating. What holds for the
 * whole journey (segments, outcomes, weight, cluster) is the same in all its rows that have it. */
struct journey_columns {
    const char *order;  /* whole numbers; NULL: the time alone says what came first */
    const char *rating; /* NULL: moments are not rated */
    struct scale rating_scale;
};

/* Where it stands from what an expectation comes: in one column that names them all, or in a column for each. */
struct source_columns {
    const char *list; /* header of the one column; NULL: a column for each, or not asked */
    bool implied;     /* the study file does not name it: forms ask it, and a file may have it under its usual header */
    const char *codes[SOURCE_COUNT];   /* what a cell of the list calls each; NULL: its name */
    const char *columns[SOURCE_COUNT]; /* header of each; NULL: not asked */
};

/* Where the answers stand in a file. */
struct columns {
    enum layout layout;
    struct long_columns in_rows;                /* LAYOUT_LONG */
    struct journey_columns journey;             /* LAYOUT_JOURNEY; touchpoint and time stand below */
    const char *const *of_item[STANDARD_COUNT]; /* LAYOUT_WIDE: header per item; NULL: standard not asked;
                                                   a NULL entry: not asked of this item */
    const char *respondent, *encounter;         /* NULL: a row is a respondent; a respondent comes once */
    enum importance_kind importance;
    const char *const *points_of_dimension; /* IMPORTANCE_POINTS: header per dimension */
    uint32_t importance_scale;              /* IMPORTANCE_RATING: index into scales */
    const struct outcome *outcomes;
    uint32_t outcome_count;
    const struct segment *segments;
    uint32_t segment_count;
    const char *channel, *touchpoint, *employee, *wave; /* also found in segments when named; not the touchpoint of a moment */
    const char *weight, *cluster, *strata;
    const char *time; /* dates; found in segments too, as periods; those of moments are not */
    enum time_period time_period;
    enum date_format time_format;
    const char *const *comments;
    uint32_t comment_count;
    struct source_columns sources;
    const char *arm;  /* whom chance put among those asked afterwards only: "both" or "perception_only"; NULL: nobody was drawn */
    bool arm_implied; /* as source_columns.implied */
};

/* What was asked and where the answers stand: a study file, validated. Immutable after loading;
 * every pointer lives as long as the arena it was loaded into. */
struct study {
    const char *title;
    const char *owner;  /* who answers for it, on page one of reports; NULL: not said */
    const char *source; /* the file it came from, as the user named it */
    enum expectation_kind expectation;
    enum asked asked;
    bool simulated;          /* "simulated": true — every report says so */
    const char *attribution; /* footnote that the owners of a mark ask for (NPS); NULL when there is none */
    const struct scale *scales;
    uint32_t scale_count;
    const struct dimension *dimensions;
    uint32_t dimension_count;
    const struct item *items;
    uint32_t item_count;
    struct columns columns;
    const struct missing_code *missing;
    uint32_t missing_count;
    char decimal_mark; /* '.', ',' or 0: found in the file */
    const struct margin *margins;
    uint32_t margin_count;
    bool trim_weights;                   /* weights made from margins are brought within 0.3 and 3 times their mean */
    const struct collection *collection; /* how a live study asks; NULL: the file says nothing of it */
    const char *stems[STEM_COUNT];       /* what stands before the items in forms; NULL: general words */
};

/* Was this standard asked of this item?
 * takes   item  index below item_count */
bool study_asks(const struct study *study, enum standard standard, uint32_t item);

/* Was it asked of any item? */
bool study_asks_any(const struct study *study, enum standard standard);

/* Was it asked whether expectations come from this source; from any? */
bool study_asks_source(const struct study *study, enum expectation_source source);
bool study_asks_sources(const struct study *study);

/* Are the answers weighted: by a column, or to margins? */
bool study_is_weighted(const struct study *study);

/* The scale of an item's answers on a standard (importance and the questions of Kano have their own). */
const struct scale *study_scale(const struct study *study, enum standard standard, uint32_t item);

/* 1 when every scale fits 8-bit codes, 2 otherwise. */
unsigned study_code_bytes(const struct study *study);

/* The index of a segment by its name, or UINT32_MAX. */
uint32_t study_segment(const struct study *study, struct span name);

/* The index of the outcome that has a role, or UINT32_MAX; no two have the same.
 * takes   role  not OUTCOME_ROLE_NONE */
uint32_t study_outcome_of_role(const struct study *study, enum outcome_role role);

/* Do they say the same: questions, columns, missing codes and all? The file they came from does not matter.
 * proof   tests/instrument/study_writing_test.c */
bool study_equal(const struct study *a, const struct study *b);

#endif
