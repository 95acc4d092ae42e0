/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_MODEL_TABLE_H
#define GAPMETER_MODEL_TABLE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/ctx.h"
#include "model/note.h"
#include "model/reason.h"

enum column_kind {
    COLUMN_KEY,    /* text that says what the row is about: item, dimension, standard, scope */
    COLUMN_NUMBER, /* a real number with `digits` shown digits */
    COLUMN_COUNT,  /* a whole number */
    COLUMN_WORD    /* one word of a closed list: verdict, status */
};

/* One column of a measure's table. */
struct column {
    const char *name;    /* permanent: "ci_low" */
    const char *title;   /* short head in tables for people: "Low" */
    const char *unit;    /* "scale points", "customers", "share", "" for keys and words */
    const char *meaning; /* one sentence */
    unsigned digits;     /* shown digits after the point; JSON and CSV carry all */
    enum column_kind kind;
    bool compact;     /* shown on a terminal without --wide */
    bool tells_share; /* a share of the people, or a figure that gives one away: a small group hides it sooner */
};

/* One cell. */
enum value_kind { VALUE_BLANK, VALUE_NUMBER, VALUE_COUNT, VALUE_TEXT };

struct value {
    enum value_kind kind;
    enum reason reason; /* VALUE_BLANK: why */
    double number;      /* VALUE_NUMBER: finite */
    int64_t count;      /* VALUE_COUNT */
    const char *text;   /* VALUE_TEXT; of a key: the id */
};

/* A cell that holds a number, a count, a text, or nothing for a reason. */
struct value value_number(double number); /* a number that is not finite is a programming mistake (assert) */
struct value value_count(uint64_t count);
struct value value_text(const char *text);
struct value value_blank(enum reason reason);

/* All groups of a by-set and how many respondents each has in one line of a comparison, so that the gate can hide what rests on
 * a group that it hides. */
struct row_groups {
    const char *const *segments; /* [segment_count] names */
    uint32_t segment_count;
    uint32_t group_count;
    const char *const *const *by; /* [group][segment] values; NULL = no answer */
    const uint64_t *sizes;        /* [group] distinct respondents, whether they answered this or not */
    const uint64_t *supports;     /* [group] of these, who stand behind the figures of this line */
    uint64_t everyone;            /* respondents of everyone in this line; 0 = unknown */
};

struct row {
    const char **by; /* [by_count]: segment values; NULL = no answer */
    struct value *values;
    uint64_t support;    /* the fewest respondents behind any of its figures */
    uint64_t group_size; /* distinct respondents in the group, whether they answered this or not */
    uint32_t group;      /* which group of the set */
    uint32_t line;       /* rows of different groups with the same line are about the same thing (same item, standard, …) */
    const struct row_groups
        *groups;              /* of a comparison: the groups of its line; NULL: the figures rest on the row's group alone */
    const uint32_t *rests_on; /* [rests_on_count] of them, those that the figures rest on */
    uint32_t rests_on_count;
    bool parted; /* its figures tell parts of its people apart who are no segment; support is the smallest of them */
};

struct measure;

/* The result of one measure for one by-set. */
struct table {
    const struct measure *measure;
    const char *const *by; /* names of the segments; by_count of them */
    uint32_t by_count;
    uint32_t column_count; /* that of the measure */
    struct row *rows;
    uint32_t row_count, row_capacity;
    struct note *notes;
    uint32_t note_count, note_capacity;
    bool needs_whole_model; /* a model table: hidden whole when support < parameters + floor */
    uint32_t parameters;    /* of the largest of its models */
};

/* takes   by  by_count names that outlive the table */
enum status table_create(struct ctx *ctx, const struct measure *measure, const char *const *by, uint32_t by_count,
                         struct table **out) MUST_USE;

/* A new row with every value blank (REASON_NOT_APPLICABLE) and support 0.
 * gives   *out  valid until the next call */
enum status table_add_row(struct ctx *ctx, struct table *table, struct row **out) MUST_USE;

/* Says that figures of the table come from a model: too few people then hide all of it. Of several models the largest counts.
 * proof   tests/model/table_test.c */
void table_rests_on_model(struct table *table, uint32_t parameters);

/* Adds the rows and notes of another table of the same measure, behind those that are there, and the models that it rests on.
 * owns    what they point to stays where it is, and must live as long as the table
 * fails   STATUS_MEMORY */
enum status table_take(struct ctx *ctx, struct table *table, const struct table *more) MUST_USE;

/* Adds a sentence below the table (model/note.h); the same sentence is added once. */
enum status table_add_note(struct ctx *ctx, struct table *table, const char *key, const struct note_word *words) MUST_USE;

/* The index of a column by its name; UINT32_MAX when there is none. */
uint32_t table_column(const struct table *table, const char *name);

/* The value of a row in a named column.
 * needs   the column exists (assert) */
const struct value *table_value(const struct table *table, const struct row *row, const char *name);

#endif
