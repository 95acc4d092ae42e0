/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asking and answering: what every door for respondents calls. There is one function that records a submission. */
#ifndef GAPMETER_APP_COLLECTING_H
#define GAPMETER_APP_COLLECTING_H

#include "app/desk.h"
#include "model/form.h"
#include "model/live.h"

/* What stands behind a link, and whether it can be answered. */
enum ticket_state {
    TICKET_OPEN,    /* the form can be answered */
    TICKET_UNKNOWN, /* there is no such link */
    TICKET_EARLY,   /* not yet: opens_ms says when, if it is known */
    TICKET_USED,    /* it was answered: receipt says with what result, where the study is not anonymous */
    TICKET_EXPIRED,
    TICKET_WITHDRAWN,
    TICKET_CLOSED,   /* the study takes no more answers, or the door was closed */
    TICKET_DIFFERENT /* the perception form does not have the scale of the expectation (points, labels, direction, language) */
};

/* A link looked up, for showing its form. */
struct ticket {
    enum ticket_state state;
    struct live_study study;
    const struct form *form; /* NULL unless TICKET_OPEN */
    struct filling draft;    /* what was answered before; count 0: nothing */
    uint32_t draft_seconds;
    int64_t opens_ms;
    bool customer_may_open; /* TICKET_EARLY: the customer may say that the visit is over */
    const char *receipt;
    enum door_kind door;
    enum wave wave;
    uint64_t seed; /* with which items were drawn, for the form to carry until it is answered; 0: the encounter keeps its own */
    const struct collection *collection; /* NULL when nothing stands behind the link */
    const char *language;                /* to speak to the respondent in; NULL like collection */
};

/* What is looked up. */
struct ticket_wish {
    struct span by;       /* the secret of a personal link or of a door, or the name of a study: any text */
    const char *language; /* wanted by the reader, or "": the study's; a perception form keeps the language of its expectation */
    enum wave wave;       /* of an open link, WAVE_COUNT: the one it was made for; a link and a door have their own */
    uint64_t seed;        /* draws items where no encounter has a seed yet; 0 = ask all */
};

/* A number for ticket_wish.seed: from 1 on, below 2^63. */
uint64_t ticket_seed_make(void);

/* Looks up a personal link. A look uses nothing up.
 * proof   tests/app/collecting_test.c */
enum status ticket_of_token(struct ctx *ctx, struct desk *desk, struct store_session *session, const struct ticket_wish *wish,
                            struct ticket *out) MUST_USE;

/* Looks up the open link of a study by the study's name: TICKET_UNKNOWN unless one was made.
 * proof   tests/app/doors_test.c */
enum status ticket_of_study(struct ctx *ctx, struct desk *desk, struct store_session *session, const struct ticket_wish *wish,
                            struct ticket *out) MUST_USE;

/* Looks up a kiosk, embed or paper door by its secret. */
enum status ticket_of_door(struct ctx *ctx, struct desk *desk, struct store_session *session, const struct ticket_wish *wish,
                           struct ticket *out) MUST_USE;

/* By which way a submission comes. Exactly one of the three is set. */
struct submission_way {
    struct span token;      /* personal link */
    struct span door;       /* secret of a door */
    struct span study;      /* name: open link, or the API */
    struct uuid encounter;  /* with study, by the API: of an invitation; none = a new encounter */
    enum wave wave;         /* with study; WAVE_COUNT: the one that its open link was made for */
    const char *attributes; /* API: JSON object of segment values, or NULL */
    enum door_kind kind;    /* with study: DOOR_OPEN or DOOR_API */
    uint64_t seed;          /* that the form carried; 0 = it asked all */
    int64_t answered_ms;    /* paper and offline queues: when it was answered; 0 = now. Never later than now */
};

struct submission_request {
    struct submission_way way;
    const char *language;
    const struct form_field *fields;
    size_t field_count;
    bool draft;       /* keep what is there and do not finish (personal links alone) */
    bool consented;   /* the respondent has ticked that they agree */
    bool confirmed;   /* the respondent has seen the order inversions and leaves them */
    struct span once; /* idempotency key; empty = none. Offline queues and the API send one */
    bool suspicious;  /* the door took it for a machine's: a hidden field was filled, or it came too fast. Kept, and counted */
    uint32_t seconds;
};

enum submission_outcome {
    SUBMISSION_STORED,
    SUBMISSION_REPEATED, /* the same key and the same body as before: the same receipt */
    SUBMISSION_DRAFTED,
    SUBMISSION_PROBLEMS, /* fields are wrong: nothing was stored */
    SUBMISSION_INVERTED, /* minimum above desired and the like: shown once, then accepted; nothing was stored yet */
    SUBMISSION_REFUSED   /* ticket.state says why: used, expired, … */
};

struct submission_result {
    enum submission_outcome outcome;
    struct ticket ticket; /* with the form and what was given, to be shown again */
    struct filling given;
    const struct form_problem *problems;
    size_t problem_count;
    const uint32_t *inverted; /* SUBMISSION_INVERTED: items whose standards stand in the wrong order */
    size_t inverted_count;
    const char *receipt;
    char follow_up[SECRET_TEXT_BYTES]; /* of a perception form, after an expectation that came through a door; "" otherwise */
    enum phase phase;
    struct uuid encounter;
};

/* Records a submission, or says why not: the one function of every door. Runs in a writing session.
 * fails   only when the store fails; what is wrong with the answers is an outcome
 * proof   tests/app/collecting_test.c */
enum status submission_record(struct ctx *ctx, struct desk *desk, struct store_session *session,
                              const struct submission_request *request, struct submission_result *out) MUST_USE;

/* The customer says that the visit is over: opens the perception form of a personal link, when the study allows it. */
enum status ticket_open_now(struct ctx *ctx, struct desk *desk, struct store_session *session, struct span token,
                            struct ticket *out) MUST_USE;

/* What it takes to invite one respondent. */
struct invitation_request {
    struct contact contact;
    const char *attributes; /* JSON object of segment values; NULL = none */
    int64_t planned_ms;
};

struct invitation {
    struct uuid respondent, encounter;
    enum arm arm;
    char expectation[SECRET_TEXT_BYTES]; /* "" for perception-only respondents */
    char during[SECRET_TEXT_BYTES];      /* "" when the study has no mid-experience form */
    char perception[SECRET_TEXT_BYTES];
};

/* Makes an encounter with its single-use tokens. Their texts exist here alone; only hashes are stored.
 * fails   STATUS_INVALID  contacts where nobody may be known, a segment value that is not text */
enum status invitation_make(struct ctx *ctx, struct desk *desk, struct store_session *session, const struct live_study *study,
                            const struct invitation_request *request, struct invitation *out) MUST_USE;

/* Which form. */
struct form_choice {
    struct uuid study;
    uint32_t version;
    enum wave wave;
    const char *language; /* "": the study's own; one that the study does not speak is that too */
};

/* A form with every question asked; kept by the desk, so that the second time costs nothing. form_sample says which questions one
 * person is asked. */
enum status desk_form(struct ctx *ctx, struct desk *desk, struct store_session *session, const struct form_choice *choice,
                      const struct form **out) MUST_USE;

#endif
