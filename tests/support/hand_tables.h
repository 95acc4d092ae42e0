/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A study and its tables made by hand with the real measures' columns, and released: what report/ and render/ are given. */
#ifndef GAPMETER_TESTS_HAND_TABLES_H
#define GAPMETER_TESTS_HAND_TABLES_H

#include "model/section.h"
#include "support/job_fixture.h"

enum { HAND_ITEMS = 64, HAND_TABLES = 12 };

struct hand {
    struct job job;
    struct study study;
    struct scale scales[2]; /* 1–5 and 0–10; items are on the first */
    struct item items[HAND_ITEMS];
    struct dimension dimensions[2];
    const char *headers[HAND_ITEMS];
    char ids[HAND_ITEMS][16];
    struct document_head head;
    struct table *tables[HAND_TABLES];
    uint32_t table_count;
    uint32_t floor; /* of the release; 1 hides nothing */
    bool floor_totals;
};

/* A study of so many items q1, q2, … with the texts "item one", "item two", …, expected before and got after, on a scale of 1–5,
 * in the dimensions Care and Speed; 100 customers who answered both times. No tables yet. */
void hand_begin(struct hand *hand, uint32_t item_count);
void hand_end(struct hand *hand);

/* The study does not ask a standard; nobody answered it. */
void hand_unasked(struct hand *hand, enum standard standard);

/* A new empty table of a measure, which must exist.
 * takes   by  a segment that outlives the table, or NULL for everyone */
struct table *hand_table(struct hand *hand, const char *measure, const char *const *by);

/* A row about `key` (its first key column) with 100 respondents behind it; of a group when the table has one. */
struct row *hand_row(struct hand *hand, struct table *table, const char *key);
struct row *hand_group_row(struct hand *hand, struct table *table, const char *key, const char *group, uint64_t respondents);

/* Sets a named cell of a row. */
void hand_number(struct table *table, struct row *row, const char *column, double number);
void hand_count(struct table *table, struct row *row, const char *column, uint64_t count);
void hand_text(struct table *table, struct row *row, const char *column, const char *text);
void hand_blank(struct table *table, struct row *row, const char *column, enum reason reason);

/* What a row of item_gap says. */
struct hand_gap {
    const char *item;
    double gap, half; /* the intervals are gap ± half, those for all rows gap ± 1.5 half */
    const char *verdict;
};

/* Adds a row of item_gap: n = 100, expected 4.2, 44 of them short, share .44 [.35, .54]; two tenths at the top. */
struct row *hand_gap_row(struct hand *hand, struct table *table, const struct hand_gap *gap);

/* item_gap of all these, the end has item NULL, as the only table so far. */
struct table *hand_gaps(struct hand *hand, const struct hand_gap *gaps);

/* gap_contrasts: all other items against the worst, tied ("yes") or not ("no"); the end is NULL. */
void hand_contrasts(struct hand *hand, const char *worst, const char *const *pairs);

/* The tables released, in the order they were made. */
struct report_tables hand_release(struct hand *hand);

#endif
