/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A store with two studies, and persons in them of whom something stands in every table. */
#ifndef GAPMETER_TESTS_PERSON_STORE_H
#define GAPMETER_TESTS_PERSON_STORE_H

#include "model/live.h"
#include "store/store.h"
#include "support/job_fixture.h"
#include "support/scratch_folder.h"

struct person_store {
    struct job job;
    struct scratch scratch;
    char path[SCRATCH_ROOM];
    struct store *store; /* NULL: closed */
    struct uuid ours, theirs;
};

/* Makes a folder and in it "study.db" with the studies "ours" and "theirs", open for writing; fails the test when it cannot. */
void person_store_make(struct person_store *persons);

/* Closes it and removes the folder. */
void person_store_end(struct person_store *persons);

/* Opens the file at `path` again. */
enum status person_store_open(struct person_store *persons, enum store_mode mode);
void person_store_close(struct person_store *persons);

/* The ids of the person of a number: respondent, encounter, and the hash of the token of a wave. */
struct uuid person_respondent(unsigned number);
struct uuid person_encounter(unsigned number);
struct digest person_token(unsigned number, enum wave wave);

/* Adds a person of a study in one transaction: respondent, contact, encounter, two tokens, a code, a draft of the perception and a
 * submission of the expectation, with its reply.
 * takes   text  stands in every field that can hold a text of one's own
 *         at_ms of everything */
struct person {
    struct uuid study;
    unsigned number;
    const char *text;
    int64_t at_ms;
};
enum status person_add(struct ctx *ctx, struct store *store, const struct person *person);

/* The numbers of the persons of "ours" whose submission is there.
 * gives   how many; *unbroken  they are 0, 1, 2, … */
size_t persons_count(struct person_store *persons, bool *unbroken);

#endif
