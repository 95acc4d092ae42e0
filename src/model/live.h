/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The records of a live study, as store/ keeps them and app/ uses them. Times are milliseconds since 1970 in UTC; where a study
 * is anonymous they are cut to the day. 0 means "not". Texts live in the arena of whoever read them. */
#ifndef GAPMETER_MODEL_LIVE_H
#define GAPMETER_MODEL_LIVE_H

#include "base/secret.h"
#include "base/uuid.h"
#include "model/collection.h"

enum live_state { LIVE_OPEN, LIVE_CLOSED }; /* closed: no answer is taken any more */

struct live_study {
    struct uuid id;
    const char *name; /* unique in the store; of [a-z0-9-]; stands in addresses and on the command line */
    const char *title;
    enum live_state state;
    enum identity identity;
    uint8_t salt[32]; /* of pseudonyms and codes */
    uint32_t version; /* of the newest instrument */
    int64_t created_ms;
};

/* What was asked, word for word: never changed once it has an answer. */
struct instrument_version {
    struct uuid study;
    uint32_t version;       /* 1, 2, … */
    struct span definition; /* the study file (JSON), with its member "collection" */
    struct digest scales;   /* of points, labels, directions and languages of every item: what both waves must share */
    struct digest consent;  /* of the consent text */
    int64_t created_ms;
};

/* Who somebody is: apart from the answers, in a table of its own. */
struct contact {
    const char *name, *email, *phone;
    const char *reference; /* the customer's number in another system */
};

enum arm { ARM_BOTH, ARM_PERCEPTION_ONLY };

/* One visit, stay, call, or order of one respondent. */
struct encounter {
    struct uuid study, id;
    struct uuid respondent; /* none where nobody is known */
    enum arm arm;
    bool invited;           /* by a personal link; else it came through a door */
    uint64_t seed;          /* of item sampling */
    uint32_t version;       /* of the instrument that this encounter is asked with */
    const char *language;   /* fixed by the first form that was answered; "" before */
    const char *attributes; /* JSON object of segment values, such as {"branch": "Oslo"} */
    int64_t created_ms;
    int64_t planned_ms; /* when it is to begin; 0 = not known */
    int64_t began_ms;   /* 0 = not yet */
    int64_t ended_ms;
};

/* A single-use link to one form of one encounter. */
struct token {
    struct uuid study;
    struct digest hash;
    struct uuid encounter; /* none once it was used in an anonymous study */
    enum wave wave;
    int64_t created_ms, opens_ms, expires_ms; /* opens_ms INT64_MAX: not before someone opens it */
    int64_t used_ms, withdrawn_ms;
};

enum door_kind { DOOR_LINK, DOOR_OPEN, DOOR_KIOSK, DOOR_EMBED, DOOR_PAPER, DOOR_API, DOOR_COUNT };

/* "link", "open", "kiosk", "embed", "paper", "api". */
const char *door_kind_name(enum door_kind kind);
bool door_kind_parse(struct span text, enum door_kind *out);

/* A way in that is not bound to a person: each form that comes through it is a new encounter, or is paired by its code. */
struct door {
    struct uuid study;
    struct digest hash;
    enum door_kind kind;
    enum wave wave;
    const char *attributes; /* given to each encounter: the branch where the kiosk stands */
    int64_t created_ms, closed_ms;
};

/* One form, answered: one row per encounter and wave. */
struct submission {
    struct uuid study, id;
    struct uuid encounter;
    enum wave wave;
    enum phase phase;
    uint32_t version;
    enum door_kind door;
    const char *language;
    int64_t received_ms;
    uint32_t seconds; /* from the first page to the last; 0 = not known */
    struct digest consent;
    const char *receipt; /* "K7Q2-M9XA": for the respondent; says nothing about the person */
    struct span answers; /* filling_pack */
};

/* A form that was left half-way. */
struct draft {
    struct uuid study;
    struct digest token;
    int64_t updated_ms;
    struct span answers;
    uint32_t seconds;
};

enum key_access { KEY_READ, KEY_WRITE }; /* write includes read */

struct api_key {
    struct uuid id;
    const char *name;
    struct digest hash;
    enum key_access access;
    bool all_studies;
    int64_t created_ms, expires_ms, revoked_ms;
};

/* A line of the event log: administration and the waves of named studies; never an answer, a text or an address. */
struct event {
    struct uuid study; /* none: of the whole store */
    int64_t sequence, at_ms;
    const char *kind;      /* "study_created", "invited", "perception_opened", "erased", … */
    struct uuid encounter; /* none in anonymous studies */
    const char *actor;     /* "operator", "key:…", "respondent", "retention" */
    int64_t count;         /* how many it concerned */
};

/* The result of a request that may be repeated. */
struct idempotent_reply {
    struct digest request; /* of the body: the same key with another body is refused */
    int http_status;
    const char *body;
    int64_t created_ms;
    enum phase phase;      /* what the answer turned out to be; PHASE_COUNT: not known */
    struct uuid encounter; /* where it went; none in anonymous studies, and where it is not known */
};

/* How many were asked and answered. */
struct live_counts {
    uint64_t invited;         /* encounters with a token, of either arm */
    uint64_t perception_only; /* of them */
    uint64_t answered[WAVE_COUNT];
    uint64_t answered_in[PHASE_COUNT]; /* submissions by phase */
    uint64_t paired;                   /* encounters with an expectation before and a perception */
    uint64_t by_door[DOOR_COUNT];
    uint64_t ambiguous_codes; /* codes that fitted more than one encounter and were not paired */
};

#endif
