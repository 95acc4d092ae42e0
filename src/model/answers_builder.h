/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MODEL_ANSWERS_BUILDER_H
#define GAPMETER_MODEL_ANSWERS_BUILDER_H

#include "model/answers.h"

/* Builds answers row by row; used by every format and by the store. What comes of it is read with answers.h. */
struct answers_builder;

/* takes   study  must outlive the answers */
enum status answers_begin(struct ctx *ctx, const struct study *study, struct answers_builder **out) MUST_USE;

/* The slots of answers that are being built: STANDARD_COUNT × item_count, as in struct answers. */
const uint32_t *answers_builder_slots(const struct answers_builder *builder);

/* Where rows hold outcomes, and the bytes that all of them take.
 * gives   [outcome_count], as in struct answers */
const struct outcome_place *answers_builder_outcomes(const struct answers_builder *builder, uint32_t *row_bytes);

/* One encounter to be filled in by the caller; every pointer is into the answers and stays put
 * until answers_end.
 * Codes are zero, segments NO_SEGMENT_VALUE, weight 1, respondent the encounter's own number, cluster and stratum 0, points -1,
 * outcomes missing and sources 0 at first; what the study has no use for is NULL. */
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
    uint8_t *outcomes; /* written with outcome_set */
    const struct outcome_place *outcome_places;
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

/* Ends the building; the answers live in the arena that was ctx->arena at answers_begin. */
enum status answers_end(struct ctx *ctx, struct answers_builder *builder, const struct answers **out) MUST_USE;

#endif
