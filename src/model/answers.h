/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MODEL_ANSWERS_H
#define GAPMETER_MODEL_ANSWERS_H

#include <stdint.h>

#include "base/ctx.h"
#include "model/fieldwork.h"
#include "model/id_list.h"
#include "model/moment_list.h"
#include "model/note.h"
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
    uint32_t *respondents; /* dense number of the respondent; never NULL: the encounter's own number when nobody is named */
    uint32_t *clusters;    /* dense number of the cluster */
    uint32_t *strata;      /* dense number of the stratum */
    int64_t *points;       /* rows × dimension_count, units of 2^-20 points; -1 missing */
    int64_t *outcomes;     /* rows × outcome_count: code, or units of 10^-decimals; INT64_MIN missing */
    uint8_t *arms;         /* enum drawn_arm */
    uint16_t *sources;     /* bits 1u << SOURCE_…: where expectations come from; 0: nothing was named */
};

struct answers {
    const struct study *study;
    uint32_t encounter_count;
    uint32_t respondent_count; /* distinct */
    uint32_t cluster_count;    /* distinct; 0 without a cluster column */
    uint32_t slot_count;
    unsigned code_bytes;   /* 1 or 2 */
    const uint32_t *slots; /* STANDARD_COUNT × item_count: the slot, NO_SLOT when not asked */
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

/* Builds answers row by row; used by every format and by the store. */
struct answers_builder;

/* takes   study  must outlive the answers */
enum status answers_begin(struct ctx *ctx, const struct study *study, struct answers_builder **out) MUST_USE;

/* The slots of answers that are being built: STANDARD_COUNT × item_count, as in struct answers. */
const uint32_t *answers_builder_slots(const struct answers_builder *builder);

/* One encounter to be filled in by the caller; every pointer is into the answers and stays put.
 * Codes are zero, segments NO_SEGMENT_VALUE, weight 1, respondent the encounter's own number, cluster and stratum 0, points -1,
 * outcomes INT64_MIN and sources 0 at first; what the study has no use for is NULL. */
struct answers_row {
    uint32_t encounter;
    unsigned code_bytes;
    void *codes;
    uint16_t *segments;
    int64_t *weight;
    uint32_t *respondent;
    uint32_t *cluster;
    uint32_t *stratum;
    int64_t *points;
    int64_t *outcomes;
    uint8_t *arm;
    uint16_t *sources;
};

/* A new encounter.
 * fails   STATUS_DATA when ENCOUNTERS_MAX is reached, STATUS_MEMORY */
enum status answers_add(struct ctx *ctx, struct answers_builder *builder, struct answers_row *out) MUST_USE;

/* Rows that were added at once: those from `at` on of a chunk, which stays where it is. */
struct answers_piece {
    struct answers_chunk chunk;
    uint32_t at;
    uint32_t count;
    uint32_t encounter; /* of the first */
};

/* Adds new encounters, at most so many, as far as the last chunk or a new one has room. Nothing of them is set: the caller writes
 * each array that is not NULL, the respondents too, by answers_end.
 * fails   as answers_add */
enum status answers_append(struct ctx *ctx, struct answers_builder *builder, uint32_t most, struct answers_piece *out) MUST_USE;

/* An encounter that was added before (long layout, second file). */
void answers_at(struct answers_builder *builder, uint32_t encounter, struct answers_row *out);

/* Writes a code into a row. */
void answers_row_set(const struct answers_row *row, uint32_t slot, uint32_t code);

/* Reads a code of a row. */
uint32_t answers_row_get(const struct answers_row *row, uint32_t slot);

/* Notes a missing answer of another kind than skipped. */
enum status answers_mark_missing(struct ctx *ctx, struct answers_builder *builder, uint32_t encounter, uint32_t slot,
                                 enum missing kind) MUST_USE;

/* Notes what somebody wrote. */
enum status answers_text(struct ctx *ctx, struct answers_builder *builder, uint32_t encounter, const char *field,
                         struct span text) MUST_USE;

/* The number of a segment's value; the same text has the same number.
 * fails   STATUS_DATA when SEGMENT_VALUES_MAX is reached */
enum status answers_segment_value(struct ctx *ctx, struct answers_builder *builder, uint32_t segment, struct span text,
                                  uint16_t *out) MUST_USE;

/* The dense number of a respondent, of a cluster or of a stratum, by its text. A format that names one respondent names all of
 * them.
 * owns    what tells them apart lives in ctx->arena of the first call, which must outlive answers_end */
enum status answers_respondent(struct ctx *ctx, struct answers_builder *builder, struct span id, uint32_t *out,
                               bool *fresh) MUST_USE;
/* The same for whole numbers, written without sign and leading 0, as long as each is higher than all respondents before: those
 * are new, and numbered one after another.
 * gives   *taken  how many were; the next one must be asked for by its text */
enum status answers_respondents_rising(struct ctx *ctx, struct answers_builder *builder, const uint64_t *ids, uint32_t count,
                                       uint32_t *taken) MUST_USE;
enum status answers_cluster(struct ctx *ctx, struct answers_builder *builder, struct span id, uint32_t *out) MUST_USE;
enum status answers_stratum(struct ctx *ctx, struct answers_builder *builder, struct span id, uint32_t *out) MUST_USE;

/* The number of an encounter by its key (made by the format of respondent and encounter texts), for
 * telling repeated rows apart and for long layout; *fresh says that it was not seen before. Keys are
 * numbered in the order of arrival, so with one key per row the number is the row's index. */
enum status answers_key(struct ctx *ctx, struct answers_builder *builder, struct span key, uint32_t *out, bool *fresh) MUST_USE;

/* The number of a touchpoint while it is being built, and one more moment (journey layout).
 * fails   STATUS_DATA when TOUCHPOINTS_MAX is reached, STATUS_MEMORY */
enum status answers_touchpoint(struct ctx *ctx, struct answers_builder *builder, struct span name, uint32_t *out) MUST_USE;
enum status answers_moment(struct ctx *ctx, struct answers_builder *builder, const struct moment *moment) MUST_USE;

/* A sentence (model/note.h) that every report of these answers carries; the same sentence is held once.
 * needs   fewer than twelve different ones (assert) */
enum status answers_note(struct ctx *ctx, struct answers_builder *builder, const char *key,
                         const struct note_word *words) MUST_USE;

/* Are respondents named? */
static inline bool answers_are_named(const struct answers *answers)
{
    return answers->respondent_marks != NULL || answers->respondent_run_count > 0;
}

/* A hash of a respondent's text under a fixed key, by which two files are searched for the same people. Among n people of one file
 * and m of the other somebody is taken for another with a chance of about n × m / 2^64: 5e-8 for a million in each.
 * needs   respondents that are named; respondent < respondent_count */
uint64_t answers_respondent_mark(const struct answers *answers, uint32_t respondent);

/* Ends the building; the answers live in the arena that was ctx->arena at answers_begin. */
enum status answers_end(struct ctx *ctx, struct answers_builder *builder, const struct answers **out) MUST_USE;

/* The slot of a standard and item, or NO_SLOT. */
uint32_t answers_slot(const struct answers *answers, enum standard standard, uint32_t item);

/* One code.
 * needs   encounter < encounter_count, slot < slot_count */
uint32_t answers_code(const struct answers *answers, uint32_t encounter, uint32_t slot);

#endif
