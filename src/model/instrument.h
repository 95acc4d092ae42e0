/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MODEL_INSTRUMENT_H
#define GAPMETER_MODEL_INSTRUMENT_H

#include "model/collection.h"
#include "model/study.h"

enum instrument_kind {
    INSTRUMENT_GAP,       /* expectation and perception of the same items */
    INSTRUMENT_RATING,    /* perception alone */
    INSTRUMENT_ZONE,      /* minimum, desired and perceived level */
    INSTRUMENT_CHECKLIST, /* items that stand each for itself: no alpha */
    INSTRUMENT_INDEX,     /* a question with a score of its own: NPS, CSAT, CES */
    INSTRUMENT_KIND_COUNT
};

/* What can be asked, and how: an instrument file, validated. Immutable; lives as long as the arena it was read into. */
struct instrument {
    const char *name; /* "gap-22": what a study file names; that of the file */
    const char *title;
    const char *meaning; /* one or two sentences: what it is for */
    const char *version;
    const char *language; /* "en" */
    const char *source;   /* where its structure comes from, and who worded it */
    const char *licence;
    const char *attribution; /* footnote that the owners of a mark ask for; NULL when there is none */
    bool validated;          /* interviews and pilots have tested the wording; otherwise it has no norms */
    enum instrument_kind kind;
    unsigned standards;              /* bits 1u << STANDARD_…: what it asks of every item */
    const char *stems[STEM_COUNT];   /* NULL: not asked so, or the items are whole questions */
    const char *not_applicable_code; /* the cell of "does not apply": "n/a" */
    const char *not_applicable_text; /* the words of that answer on a form */
    const struct scale *scales;
    uint32_t scale_count;
    uint32_t importance_scale; /* index; UINT32_MAX when importance is not asked */
    const struct dimension *dimensions;
    uint32_t dimension_count;
    const struct item *items;
    uint32_t item_count;
    const struct translation *translations; /* of stems, items, dimensions and labels; grouped by language */
    uint32_t translation_count;
    const char *const *provenance; /* [item_count] where the idea of the item comes from, and that the wording is new */
};

/* "gap", "rating", … as in instrument files. */
const char *instrument_kind_name(enum instrument_kind kind);

#endif
