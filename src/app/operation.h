/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be asked of a desk by a program: one operation, one file in src/app/operation/, found by the API, by the operator's
 * socket and by the command line. Takes an object and gives an object, so that all three say the same. */
#ifndef GAPMETER_APP_OPERATION_H
#define GAPMETER_APP_OPERATION_H

#include <jansson.h>
#include <stdbool.h>

#include "app/desk.h"
#include "model/live.h"

enum field_kind { FIELD_TEXT, FIELD_WHOLE, FIELD_TRUTH, FIELD_OBJECT, FIELD_LIST, FIELD_NUMBER };

/* A member of what an operation takes or gives. */
struct operation_field {
    const char *name;
    enum field_kind kind;
    bool required;       /* taken: must be there; given: always there */
    const char *meaning; /* one line, for OpenAPI and help */
    const char *example; /* as JSON */
};

enum operation_reach {
    REACH_STORE, /* of the whole store: operators alone, and keys for all studies where `keys` says so */
    REACH_STUDY  /* of one study, named by the member "study" */
};

/* Who asks. */
enum caller_kind { CALLER_OPERATOR, CALLER_KEY };
struct caller {
    enum caller_kind kind;
    struct api_key key; /* CALLER_KEY */
};

/* One request to an operation, as it is given to run. */
struct operation_call {
    struct desk *desk;
    struct store_session *session;
    const struct caller *caller;
    struct live_study study; /* REACH_STUDY: looked up, and the caller may touch it */
    const json_t *in;        /* checked against `takes` */
};

struct operation {
    const char *name; /* "study_create": as the file */
    const char *sentence;
    enum operation_reach reach;
    bool writes;                         /* runs in a writing session; keys need write access */
    bool operator_only;                  /* by no key, whatever it may */
    const struct operation_field *takes; /* end with a row whose name is NULL; "study" of REACH_STUDY is not listed */
    const struct operation_field *gives;
    /* Fills *out with an object of `gives`; the caller of operation_run owns it. */
    enum status (*run)(struct ctx *ctx, const struct operation_call *call, json_t **out);
    /* Runs instead, without a session, where work must not stand in a transaction (backup, scrub); NULL for nearly all. */
    enum status (*run_alone)(struct ctx *ctx, struct desk *desk, const json_t *in, json_t **out);
};

extern const struct operation *const operation_register[];
extern const size_t operation_register_count;

/* An operation by its name, or NULL. */
const struct operation *operation_find(struct span name);

/* Are the members of an object those that the operation takes, each of its kind, and none missing?
 * fails   STATUS_INVALID, naming the member and what would be accepted */
enum status operation_check(struct ctx *ctx, const struct operation *operation, const json_t *in) MUST_USE;

/* Checks the object, the study and the caller, and runs the operation within a session that the caller has begun.
 * fails   STATUS_INVALID  a member that is unknown, missing or of another kind, naming it and what would be accepted
 *         STATUS_NO_INPUT no such study, or none that this caller may touch: the same sentence
 *         STATUS_PERMISSION the key may only read; STATUS_* of the operation. *out may then hold an object all the same: what
 *         is wrong in detail, and nothing was written
 * proof   tests/http/api_test.c, tests/http/authorisation_test.c */
enum status operation_run(struct ctx *ctx, struct desk *desk, struct store_session *session, const struct operation *operation,
                          const struct caller *caller, const json_t *in, json_t **out) MUST_USE;

/* The same for an operation with run_alone: checks the object and runs it; to be called by whoever may write, outside of sessions. */
enum status operation_run_alone(struct ctx *ctx, struct desk *desk, const struct operation *operation, const json_t *in,
                                json_t **out) MUST_USE;

/* "text", "a whole number", …: how messages and the API page call a kind. */
const char *field_kind_name(enum field_kind kind);

/* For a command line: through the socket of the server that holds the store, or at a desk of its own when none does.
 * takes   in   an object; still the caller's
 * gives   *out an object to be given to json_decref
 * proof   tests/cli/live_study_test.sh */
enum status operation_ask(struct ctx *ctx, const char *store_path, const char *name, const json_t *in, json_t **out) MUST_USE;

#endif
