/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small studies in which some figures do not exist, written down as data: the files are made from what differs from a
 * plain study of four items in two dimensions, expected and got on a scale of 1–7, by twelve people in two branches. */
#ifndef GAPMETER_TESTS_UNDEFINED_CASE_H
#define GAPMETER_TESTS_UNDEFINED_CASE_H

#include "support/scratch_folder.h"

enum { UNDEFINED_NOBODY = 999, UNDEFINED_EXPECTED = 8, UNDEFINED_SAID = 3 };

/* A cell that must hold just this. */
struct undefined_expectation {
    const char *measure; /* the end: NULL */
    const char *key;     /* the text of a key cell of the row; NULL = any row will do */
    const char *group;   /* of the breakdown; NULL = everyone */
    const char *column;
    const char *value; /* "no_variance": blank for this reason; "=-1": this number; "'met": this word */
};

struct undefined_case {
    const char *name;      /* the end: NULL */
    unsigned people;       /* 0 = twelve; UNDEFINED_NOBODY = the header alone */
    const char *scale;     /* NULL = "min": 1, "max": 7 */
    const char *questions; /* members dimensions and items; NULL = q1, q2 in a, q3, q4 in b */
    const char *standards; /* members of columns; NULL = expectation e{n}, perception p{n} */
    const char *columns;   /* more members of columns, such as weight and outcomes; NULL = none */
    const char *more;      /* more members of the study; NULL = none */
    const char *cells;     /* columns that differ: "e1 4 5 _; branch Oslo*3 Bergen": a name and what its cells hold in turn; _ is
                              an empty cell, # the number of the person, x*3 three times x */
    const char *by;        /* NULL = branch; "" = none */
    int exit_code;         /* 0 = all tables can be had */
    const char *said[UNDEFINED_SAID]; /* parts of the sentence when they cannot */
    struct undefined_expectation expected[UNDEFINED_EXPECTED];
};

/* The fixtures, each list ends with a case without a name. */
extern const struct undefined_case undefined_gaps[];
extern const struct undefined_case undefined_designs[];
extern const struct undefined_case undefined_outcomes[];
extern const struct undefined_case undefined_losses[];
extern const struct undefined_case undefined_priorities[];

/* Writes study.json and answers.csv of a case into the folder. */
void undefined_case_write(struct scratch *scratch, const struct undefined_case *fixture);

#endif
