/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A store of one study with many invitations, and the forms that answer them: every answer is a function of the invitation's
 * number, so that what is found later can be compared. For tests and bench/; ends the program when it cannot work. */
#ifndef GAPMETER_BENCH_LIVE_STORE_H
#define GAPMETER_BENCH_LIVE_STORE_H

#include <jansson.h>

#include "app/collecting.h"

enum { LIVE_ITEMS = 22, LIVE_STEPS = 7 };

struct live_store {
    char path[512];
    uint64_t count;                    /* invitations */
    char (*tokens)[SECRET_TEXT_BYTES]; /* [count] links of the expectation form */
    struct uuid *encounters;           /* [count] */
};

/* Makes a new, empty store in the place of one that may be there. */
void live_store_new(const char *path);

/* Asks an operation of a store that nobody holds, as its operator.
 * takes   in  is given away
 * gives   an object, to be given to json_decref */
json_t *live_store_ask(const char *path, const char *operation, json_t *in);

/* Adds a study to a store that nobody holds.
 * takes   definition  the study file; is given away */
void live_store_study(const char *path, const char *name, json_t *definition);

/* Makes a store with a study called "load" and invites so many. A file that is there is replaced. */
void live_store_make(struct live_store *store, const char *path, uint64_t count);

/* Invites more; nobody else may hold the store. */
void live_store_invite(struct live_store *store, uint64_t more);

/* Frees what is held; the files stay. */
void live_store_clear(struct live_store *store);

/* The answer of an invitation to an item: a point of the scale from 1. */
unsigned live_store_answer(uint64_t number, unsigned item);

/* The whole request that answers an invitation's form; gives its length. */
size_t live_store_request(const struct live_store *store, uint64_t number, char *into, size_t room);

/* What stands in a store of these invitations. */
enum live_finding { LIVE_ABSENT, LIVE_RIGHT, LIVE_WRONG /* other answers than were sent */ };

/* Looks for the submissions of some invitations, and counts all submissions that there are.
 * takes   path     of the store, or of a copy of it; nobody may hold it
 *         numbers  [count]
 * gives   found    [count] */
void live_store_look(const struct live_store *store, const char *path, const uint64_t *numbers, size_t count,
                     enum live_finding *found, uint64_t *submissions);

#endif
