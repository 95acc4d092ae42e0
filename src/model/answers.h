/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MODEL_ANSWERS_H
#define GAPMETER_MODEL_ANSWERS_H

#include <stdint.h>

#include "base/ctx.h"
#include "model/fieldwork.h"
#include "model/id_list.h"
#include "model/moment_list.h"
#include "model/note.h"
#include "model/outcome_place.h"
#include "model/study.h"

/* The answers of a study, one encounter after another. An answer is one code (see scale.h) in one or
 * two bytes for the whole study; 0 is missing. Codes are as given: reversed items are turned by pair/.
 *
 * An encounter's row holds its slots: slot = answers_slot(standard, item), only for standards asked.
 * Rows stand in chunks of ANSWERS_CHUNK_ROWS, so that nothing is copied when the file grows. */
#define ANSWERS_CHUNK_ROWS 4096u
#define NO_SEGMENT_VALUE   UINT16_MAX
#define NO_SLOT            UINT32_MAX

/* A missing answer of another kind than MISSING_SKIPPED. */
struct missing_mark {
    uint32_t encounter;
    uint16_t slot;
    uint16_t kind; /* enum missing */
};

/* What somebody wrote: no answer for tables, but part of what is exported. */
struct answer_text {
    uint32_t encounter;
    const char *field; /* as forms name it: "comment.why", "noticed" */
    const char *text;
};

/* 4096 encounters. Arrays that the study has no use for are NULL. */
struct answers_chunk {
    void *codes;           /* rows × slot_count of uint8_t or uint16_t */
    uint16_t *segments;    /* rows × segment_count: number of the value, NO_SEGMENT_VALUE when the cell is missing */
    int64_t *weights;      /* units of 2^-40, > 0 */
    uint32_t *respondents; /* dense number, read with answers_respondent_of; NULL: the encounter's own */
    uint32_t *clusters;    /* dense number of the cluster */
    uint32_t *strata;      /* dense number of the stratum */
    int64_t *points;       /* rows × dimension_count, units of 2^-20 points; -1 missing */
    uint8_t *outcomes;     /* rows × outcome_bytes: read with answers_outcome */
    uint8_t *arms;         /* enum drawn_arm */
    uint16_t *sources;     /* bits 1u << SOURCE_…: where expectations come from; 0: nothing was named */
};

struct answers {
    const struct study *study;
    uint32_t encounter_count;
    uint32_t respondent_count; /* distinct */
    uint32_t cluster_count;    /* distinct; 0 without a cluster column */
    uint32_t slot_count;
    unsigned code_bytes;                        /* 1 or 2 */
    uint32_t outcome_bytes;                     /* of a row */
    const struct outcome_place *outcome_places; /* [outcome] */
    const uint32_t *slots;                      /* STANDARD_COUNT × item_count: the slot, NO_SLOT when not asked */
    struct answers_chunk *chunks;
    uint32_t chunk_count;
    const char *const *const *segment_values; /* [segment][number]: its text */
    const uint32_t *segment_value_count;      /* [segment] */
    struct fieldwork fieldwork;
    const char *const *cluster_names;   /* [cluster]: for the sorted order in which clusters finish */
    uint32_t stratum_count;             /* distinct; 0 without a strata column */
    const char *const *stratum_names;   /* [stratum]: for the sorted order in which strata are added up */
    const struct missing_mark *missing; /* sorted by encounter and slot, one per slot, only where the code is 0 */
    uint64_t missing_count;
    const struct answer_text *texts; /* by encounter */
    uint64_t text_count;
    const struct moment *moments; /* of all journeys, see struct moments; NULL in other layouts than journey */
    uint64_t moment_count;
    const uint64_t *moment_starts;       /* [encounter_count + 1] where the moments of each encounter begin */
    const char *const *touchpoint_names; /* [touchpoint], sorted */
    uint32_t touchpoint_count;
    /* What respondents were called, when they were named: a mark each, or runs where they were called by whole numbers that rise.
     * See answers_respondent_mark. */
    const uint64_t *respondent_marks; /* [respondent] or NULL */
    const struct id_run *respondent_runs;
    size_t respondent_run_count; /* 0 without runs */
    struct note notes[12];       /* sentences about the reading that the report must carry: join counts, conversion */
    uint32_t note_count;
};

/* Are respondents named? */
static inline bool answers_are_named(const struct answers *answers)
{
    return answers->respondent_marks != NULL || answers->respondent_run_count > 0;
}

/* A hash of a respondent's text under a fixed key, by which two files are searched for the same people. Among n people of one file
 * and m of the other somebody is taken for another with a chance of about n × m / 2^64: 5e-8 for a million in each.
 * needs   respondents that are named; respondent < respondent_count */
uint64_t answers_respondent_mark(const struct answers *answers, uint32_t respondent);

/* The dense number of an encounter's respondent, in order of appearance.
 * needs   encounter < encounter_count */
static inline uint32_t answers_respondent_of(const struct answers *answers, uint32_t encounter)
{
    const uint32_t *respondents = answers->chunks[encounter / ANSWERS_CHUNK_ROWS].respondents;
    return respondents == NULL ? encounter : respondents[encounter % ANSWERS_CHUNK_ROWS];
}

/* The slot of a standard and item, or NO_SLOT. */
uint32_t answers_slot(const struct answers *answers, enum standard standard, uint32_t item);

/* An outcome of an encounter: its code, or units of 10^-decimals; INT64_MIN when it is missing.
 * needs   encounter < encounter_count, a study with that outcome */
static inline int64_t answers_outcome(const struct answers *answers, uint32_t encounter, uint32_t outcome)
{
    const struct answers_chunk *chunk = &answers->chunks[encounter / ANSWERS_CHUNK_ROWS];
    const size_t row = encounter % ANSWERS_CHUNK_ROWS;
    return outcome_get(chunk->outcomes + row * answers->outcome_bytes, answers->outcome_places[outcome]);
}

/* One code.
 * needs   encounter < encounter_count, slot < slot_count */
uint32_t answers_code(const struct answers *answers, uint32_t encounter, uint32_t slot);

#endif
