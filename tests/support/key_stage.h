/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A store with two studies, people in both and keys of every kind, and a server that serves it. */
#ifndef GAPMETER_TESTS_KEY_STAGE_H
#define GAPMETER_TESTS_KEY_STAGE_H

#include "model/live.h"
#include "support/http_client.h"
#include "support/job_fixture.h"

/* "ourstd" and "theirs" have names of the same length, and so has "nobody", which does not exist. */
enum live_place { PLACE_OURS, PLACE_THEIRS, PLACE_COUNT };

/* Who asks. */
enum live_caller {
    CALLER_NONE,      /* no key */
    CALLER_MALFORMED, /* something that is no key */
    CALLER_UNKNOWN,   /* well-formed, and nobody's */
    CALLER_EXPIRED,
    CALLER_REVOKED,
    CALLER_READS,  /* ours */
    CALLER_WRITES, /* ours */
    CALLER_OTHER,  /* writes, theirs */
    CALLER_ALL,    /* writes, every study */
    LIVE_CALLER_COUNT
};

struct key_stage {
    struct job job;
    struct scratch scratch;
    struct http_server server;
    char store[SCRATCH_ROOM];
    struct live_study studies[PLACE_COUNT];
    struct uuid respondents[PLACE_COUNT], victims[PLACE_COUNT], encounters[PLACE_COUNT];
    char doors[PLACE_COUNT][DIGEST_TEXT_BYTES];
    char keys[LIVE_CALLER_COUNT][SECRET_TEXT_BYTES];
};

/* Makes all of it and starts the server, without limits of rates. */
void key_stage_begin(struct key_stage *stage);

/* Stops the server, which must have ended well, and removes everything. */
void key_stage_end(struct key_stage *stage);

/* "Authorization: Bearer …\r\n" of a caller, or "", in a static room. */
const char *key_stage_authorization(const struct key_stage *stage, enum live_caller caller);

/* The bytes of the store and its log, in the job's arena: equal as long as nothing was written. */
struct span key_stage_bytes(struct key_stage *stage);

const char *live_caller_name(enum live_caller caller);

#endif
