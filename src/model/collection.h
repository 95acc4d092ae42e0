/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a live study asks: the member "collection" of a study file. */
#ifndef GAPMETER_MODEL_COLLECTION_H
#define GAPMETER_MODEL_COLLECTION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

/* When a form is answered, seen from the encounter. */
enum wave { WAVE_EXPECTATION, WAVE_DURING, WAVE_PERCEPTION, WAVE_COUNT };

/* What an answer turned out to be; never mixed in an analysis. */
enum phase {
    PHASE_BEFORE,   /* an expectation, answered before the encounter began */
    PHASE_LATE,     /* an expectation, answered after it began and before the perception */
    PHASE_RECALLED, /* an expectation asked, or answered, together with or after the perception */
    PHASE_DURING,   /* anything captured during the encounter */
    PHASE_AFTER,    /* a perception */
    PHASE_COUNT
};

/* How a person and the answers hang together; chosen when a study is created, for ever. */
enum identity {
    IDENTITY_NAMED,     /* contacts may be kept, apart from the answers; encounters belong to a respondent */
    IDENTITY_CODE,      /* nobody is known; waves are paired by a code that the respondent makes of stable facts */
    IDENTITY_ANONYMOUS, /* nobody is known; the link between a person and the answers is never written */
    IDENTITY_COUNT
};

/* What opens the perception form, as a set. */
enum opening {
    OPENS_BY_TIME = 1u << 0,    /* `perception_after_minutes` after the encounter's planned beginning */
    OPENS_BY_PROGRAM = 1u << 1, /* by command line or API: the encounter ended */
    OPENS_BY_CUSTOMER = 1u << 2 /* the customer says on the page that the visit is over */
};

/* Where an expectation may come from (R3), as a set and in this order in forms. */
enum expectation_source {
    SOURCE_ADVERTISING,
    SOURCE_STAFF,
    SOURCE_FRIENDS,
    SOURCE_REVIEWS,
    SOURCE_EARLIER_VISITS,
    SOURCE_OTHER_FIRMS,
    SOURCE_PRICE,
    SOURCE_APPEARANCE,
    SOURCE_COUNT
};

/* "expectation", "before", "named", "advertising", … as in study files, JSON, the database and word keys. */
const char *wave_name(enum wave wave);
const char *phase_name(enum phase phase);
const char *identity_name(enum identity identity);
const char *expectation_source_name(enum expectation_source source);

/* Reads the same words; false for any other. */
bool wave_parse(struct span text, enum wave *out);

/* Reads the words of phase_name; false for any other. */
bool phase_parse(struct span text, enum phase *out);
bool identity_parse(struct span text, enum identity *out);

/* One piece of a self-generated code: "the first two letters of your mother's first name". */
struct code_fragment {
    const char *id;
    const char *text;
};

/* One text in one more language: where it belongs, and how it reads. The text in the study's own language stands in the study. */
struct translation {
    const char *language; /* "ar" */
    const char *key;      /* "title", "item.q1", "label.agree7.1", … as docs/guide/study-file.md lists them */
    const char *text;
};

/* A segment that the form asks the respondent for; others come with the invitation or the door. */
struct segment_question {
    uint32_t segment; /* index into study.columns.segments */
    const char *text;
    const char *const *options;      /* the values that may be chosen */
    const char *const *option_texts; /* how they read in the study's language */
    uint32_t option_count;
};

struct collection {
    enum identity identity;
    const char *language;         /* of the study's own texts: "en" */
    const char *const *languages; /* further ones that have translations */
    uint32_t language_count;
    const struct translation *translations;
    uint32_t translation_count;
    const char *consent;                   /* what the respondent agrees to, in the study's language; NULL: a general text */
    bool consent_required;                 /* forms are taken only with a tick that says so */
    const char *contact;                   /* whom to ask about the data; NULL: not said */
    unsigned openings;                     /* set of enum opening */
    uint32_t perception_after_minutes;     /* OPENS_BY_TIME */
    uint32_t invitation_days;              /* a token's life after it opens */
    uint32_t perception_only_permille;     /* share of invitations that are asked afterwards only */
    uint32_t items_asked;                  /* item sampling: so many items per person, drawn by seed; 0 = all */
    bool ask_noticed;                      /* an open question before the ratings of the perception form */
    bool ask_sources;                      /* the sources of expectation, in the expectation form */
    const uint32_t *during_items;          /* indices of items that the mid-experience form asks */
    uint32_t during_item_count;            /* 0: no mid-experience form */
    const struct code_fragment *fragments; /* IDENTITY_CODE: 5 to 7 */
    uint32_t fragment_count;
    const struct segment_question *segment_questions;
    uint32_t segment_question_count;
    /* [outcome of the study] the question; NULL: a general one, where its role has one; "": not asked by forms */
    const char *const *outcome_texts;
    const char *const *comment_texts; /* [comment of the study] likewise; a general one where there is only one comment */
    uint32_t retention_days;          /* answers are erased so many days after they came; 0 = kept */
    uint32_t kiosk_seconds;           /* idle seconds after which a kiosk returns to its start */
};

/* A text in a language, or the fallback when there is no translation.
 * takes   key  as in struct translation
 *         own  the text in the study's language */
const char *collection_text(const struct collection *collection, const char *language, const char *key, const char *own);

/* Does the study speak this language? */
bool collection_speaks(const struct collection *collection, const char *language);

/* The language of the study that serves a reader of another: the same but for the case, what is left of it when it is cut at its hyphens
 * from behind, or one that only says more ("pt-BR" for "pt"). NULL when there is none.
 * source  RFC 4647, 3.4
 * proof   tests/model/collection_test.c */
const char *collection_language(const struct collection *collection, struct span tag);

/* What holds where nothing else is said: named, opened by time, program and customer, in the language "en".
 * gives   *out  without lists and texts */
void collection_defaults(struct collection *out);

/* Do they say the same?
 * takes   outcome_count, comment_count  of the study that both belong to
 * proof   tests/instrument/study_writing_test.c */
bool collection_equal(const struct collection *a, const struct collection *b, uint32_t outcome_count, uint32_t comment_count);

#endif
