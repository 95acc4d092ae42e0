/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_BASE_CTX_H
#define GAPMETER_BASE_CTX_H

#include <stdatomic.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/status.h"

/* Where in the input something is wrong; 0 and "" mean that this part does not apply. */
struct place {
    char file[192];  /* as the user named it */
    uint64_t row;    /* line of the file where the record begins, 1 = first line */
    char column[96]; /* header of the column, or its number */
    char path[192];  /* JSON path, such as $.items[3].scale */
};

/* What went wrong, for a person: written by ctx_fail, read by the doors. */
struct error {
    enum status status;
    struct place place;
    char sentence[768];
};

struct progress;

/* What every fallible function is given: where to take memory, where to say what went wrong,
 * how many threads may be used, whether to stop, and whom to tell how far the work is. */
struct ctx {
    struct arena *arena;       /* set by the caller: lifetime of what is returned */
    struct error error;        /* written by whoever fails */
    unsigned threads;          /* set by the door; 0 means 1 */
    const atomic_bool *cancel; /* set by the door; NULL = never */
    struct progress *progress; /* set by the door; NULL = silent */
};

/* Fills ctx->error and returns the status, so that a function can end with `return ctx_fail(…)`.
 * takes   status  not STATUS_OK
 *         place   NULL when no place in the input is to blame
 *         format  a full sentence that says what is wrong and what would be accepted */
enum status ctx_fail(struct ctx *ctx, enum status status, const struct place *place, const char *format, ...)
    __attribute__((format(printf, 4, 5))) MUST_USE;

/* The same for an allocation that failed. */
enum status ctx_no_memory(struct ctx *ctx) MUST_USE;

/* STATUS_CANCELLED, with its sentence, once the door has asked to stop; STATUS_OK before. */
enum status ctx_cancelled(struct ctx *ctx) MUST_USE;

#if defined __clang_analyzer__ && !defined GAPMETER_CTX_IMPLEMENTED_HERE
/* clang's analyzer sees one file at a time, and would follow paths on which these give STATUS_OK. */
#define ctx_fail(ctx, status, ...) ((void)(ctx_fail)((ctx), (status), __VA_ARGS__), (status))
#define ctx_no_memory(ctx)         ((void)(ctx_no_memory)(ctx), STATUS_MEMORY)
#endif

/* "answers.csv, row 12, column h3: " — the place as a message begins with it; "" when there is none.
 * takes   size  of into, at least 16; 512 hold nearly any place, a longer one is cut */
void place_format(const struct place *place, char *into, size_t size);

#endif
