/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_REPORT_HEADLINE_H
#define GAPMETER_REPORT_HEADLINE_H

#include "model/section.h"

/* What the sentences are made from: the items of the item_gap table sorted into the four sets of the
 * rule (short, above, met, undecided), counted over items that have a gap and are not suppressed. Private to report/. */
struct headline {
    const struct table *gaps; /* item_gap for everyone; NULL when it was not computed */
    uint32_t items;           /* rows that have a gap and are not suppressed, but for those of constant_count */
    uint32_t suppressed;
    uint32_t short_count, above_count, met_count, undecided_count;
    uint32_t constant_count;    /* rows in which everybody gave the same difference: in none of the sets */
    uint64_t most_pairs;        /* the largest n of a row */
    const struct row *worst;    /* lowest gap of all rows with an interval; NULL when none */
    const struct row *shortest; /* lowest gap among those short; NULL when none */
    const struct row *best;     /* highest gap among those above; NULL when none */
    const struct row *mildest;  /* the gap nearest 0 when all are negative; NULL otherwise */
    const struct row *constant; /* the largest gap among these; NULL when none */
    bool worst_is_short;
    bool all_negative;
    double largest_limit; /* largest absolute simultaneous limit that the scales allow; 0 when no interval exists */
    bool compared;        /* the worst item was compared with the others */
    uint32_t tied_count;  /* items not shown to differ from the worst */
    const char **tied;    /* their names */
};

/* Reads the tables.
 * gives   *out  in ctx->arena */
enum status headline_make(struct ctx *ctx, const struct document_head *head, const struct report_tables *tables,
                          struct headline *out) MUST_USE;

/* The item that a row is about, in words: its text, or its id when it has none. */
const char *row_item_name(const struct document_head *head, const struct table *table, const struct row *row);

/* The scale of a row's item; NULL for rows that are about no item. */
const struct scale *row_scale(const struct document_head *head, const struct table *table, const struct row *row);

/* The largest gap that the scale of a row's item allows; INFINITY for rows that are about no item. */
double largest_gap(const struct document_head *head, const struct table *table, const struct row *row);

/* Did everybody give the same difference on this row of item_gap? */
bool row_is_constant(const struct table *gaps, const struct row *row);

/* The scale of all rows that have a gap; NULL when they differ in length or ends, or there is none. */
const struct scale *headline_scale(const struct document_head *head, const struct headline *headline);

/* The number of a cell, or `otherwise` when it is blank. */
double row_number(const struct table *table, const struct row *row, const char *column, double otherwise);
uint64_t row_count_of(const struct table *table, const struct row *row, const char *column);

/* Is the cell this word? */
bool row_is(const struct table *table, const struct row *row, const char *column, const char *word);

#endif
