/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What answers are built with: for answers.c, which fills them, and answers_end.c, which ends them. */
#ifndef GAPMETER_MODEL_ANSWERS_INSIDE_H
#define GAPMETER_MODEL_ANSWERS_INSIDE_H

#include "base/intern.h"
#include "model/answers_builder.h"

/* An array that grows on the heap; an arena's deferred call frees it. */
struct growing {
    void *at;
    size_t capacity;
};

/* Memory from which arrays of chunks are cut. */
struct slab {
    struct arena *arena; /* that it comes from */
    char *at;
    size_t left;
    size_t chunk_bytes; /* of all arrays of a chunk that are cut from it */
};

struct answers_builder {
    struct arena *arena;    /* where the answers live */
    struct answers answers; /* what answers_end gives */
    struct slab slab;
    struct slab people;          /* of respondents' numbers: given back when each is its encounter's own */
    struct growing chunks;       /* of struct answers_chunk */
    struct growing missing;      /* of struct missing_mark */
    struct intern **segments;    /* [segment] */
    struct id_list *respondents; /* NULL until the first is named */
    struct intern *clusters;     /* NULL without a cluster column */
    struct intern *strata;       /* NULL without a strata column */
    struct intern *keys;         /* NULL until the first key */
    struct growing marks;        /* of uint64_t, a respondent each; none while their ids rise */
    uint32_t mark_count;
    struct moment_list *moments; /* NULL until the first */
    struct growing texts;        /* of struct answer_text */
};

/* Room for one more element after `count`. */
enum status growing_reserve(struct ctx *ctx, struct growing *growing, size_t count, size_t size_bytes) MUST_USE;

/* Gives each respondent that has none yet a mark. */
enum status respondents_mark(struct ctx *ctx, struct answers_builder *builder) MUST_USE;

#endif
