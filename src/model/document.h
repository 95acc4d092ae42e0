/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MODEL_DOCUMENT_H
#define GAPMETER_MODEL_DOCUMENT_H

#include "model/pairs.h"
#include "model/released_table.h"

/* What every document says about the study it was made from. */
struct document_head {
    const char *title;
    const struct study *study;
    struct pairing pairing;
    struct fieldwork fieldwork;
    uint64_t clusters; /* 0: no clusters */
    uint64_t strata;   /* 0: no strata */
    bool repeats;
    bool weighted;
    double confidence;
    uint32_t floor; /* smallest group shown in segments */
    uint64_t seed;
    const char *language;     /* "en" */
    bool by_dimension;        /* charts show items under their dimensions; false = the largest shortfall first */
    const struct note *notes; /* sentences of the reading (join counts, conversion) */
    uint32_t note_count;
};

enum block_kind {
    DOCUMENT_HEADING,   /* text; level 2 or 3 */
    DOCUMENT_SENTENCES, /* the three sentences that open a report: texts */
    DOCUMENT_PARAGRAPH, /* text */
    DOCUMENT_LIST,      /* texts */
    DOCUMENT_TABLE,     /* table, its caption in text */
    DOCUMENT_MATRIX,    /* table of groups: its gaps with intervals only, a row per key and a column per group; caption in text */
    DOCUMENT_CHART      /* chart of a table: chart says which; text is its title (the finding), subtitle its base */
};

struct document_block {
    enum block_kind kind;
    const char *text;
    const char *subtitle;
    const char *id; /* headings: "gaps", the same in every language; NULL: none */
    const char *const *texts;
    uint32_t text_count;
    unsigned level;
    const struct released_table *table;
    const char *chart;     /* "gap_lollipop": a file of src/render/chart */
    uint32_t rows_most;    /* charts: draw at most so many rows, the worst first; 0 = all */
    const uint32_t *drawn; /* charts: [drawn_count] the rows of the table to draw, in this order; NULL = all */
    uint32_t drawn_count;
    const struct released_table *beside; /* charts: a second table that the chart reads too; NULL = none */
    bool wide;                           /* tables: show every column */
    bool folded;                         /* tables: long, so that a page may show it on demand */
    bool turned;                         /* matrices: a row per group and a column per key */
};

/* Headings, sentences, tables and charts in reading order: what renderers turn into bytes. */
struct document {
    struct document_head head;
    struct document_block *blocks;
    uint32_t block_count, block_capacity;
};

/* An empty document with its head.
 * owns    nothing: it lives in ctx->arena
 * fails   STATUS_MEMORY */
enum status document_create(struct ctx *ctx, const struct document_head *head, struct document **out) MUST_USE;

/* A new empty block of a kind, valid until the next call. */
enum status document_add(struct ctx *ctx, struct document *document, enum block_kind kind, struct document_block **out) MUST_USE;

#endif
