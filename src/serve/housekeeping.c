/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/housekeeping.h"

#include <semaphore.h>

#include "app/retention.h"
#include "base/clock.h"
#include "base/limits.h"

struct housekeeping {
    struct server *server;
    struct writing writing;
    struct ctx ctx; /* of the work; its arena NULL: nothing is at work */
    uint64_t erased;
    sem_t done;
    bool told; /* what is at work goes to the log */
    uint64_t began_ms, next_ms, next_traces_ms;
    int64_t clock_ms; /* the time of day at which the machine started, as it was last believed */
};

static enum status studies_keep(struct ctx *ctx, struct desk *desk, struct store_session *session, void *state)
{
    struct housekeeping *housekeeping = state;
    return desk_housekeeping(ctx, desk, session, &housekeeping->erased);
}

static enum status store_keep(struct ctx *ctx, struct desk *desk, void *state)
{
    const struct housekeeping *housekeeping = state;
    enum status status = desk_write(ctx, desk, studies_keep, state);
    return status || housekeeping->erased == 0 ? status : desk_scrub(ctx, desk);
}

static enum status traces_keep(struct ctx *ctx, struct desk *desk, void *state)
{
    (void)state;
    return desk_traces_clear(ctx, desk);
}

static void housekeeping_end(void *resource)
{
    struct housekeeping *housekeeping = resource;
    arena_destroy(housekeeping->ctx.arena);
    (void)sem_destroy(&housekeeping->done);
}

enum status housekeeping_make(struct ctx *ctx, struct server *server, struct housekeeping **out)
{
    struct housekeeping *housekeeping = arena_alloc(ctx->arena, sizeof *housekeeping);
    if (!housekeeping)
        return ctx_no_memory(ctx);
    if (sem_init(&housekeeping->done, 0, 0) != 0)
        return ctx_fail(ctx, STATUS_UNAVAILABLE, NULL, "The system has no semaphore left.");
    housekeeping->server = server;
    housekeeping->next_ms = clock_monotonic_ms() + HOUSEKEEPING_FIRST_MS;
    housekeeping->clock_ms = desk_now_ms() - (int64_t)clock_boot_ms();
    *out = housekeeping;
    return arena_defer(ctx->arena, housekeeping_end, housekeeping) ? ctx_no_memory(ctx) : STATUS_OK;
}

static void work_begin(struct housekeeping *housekeeping, enum status (*work)(struct ctx *ctx, struct desk *desk, void *state))
{
    housekeeping->erased = 0;
    housekeeping->began_ms = clock_monotonic_ms();
    housekeeping->ctx = (struct ctx){.arena = NULL};
    if (arena_create(NULL, &housekeeping->ctx.arena))
        return;
    housekeeping->writing =
        (struct writing){.alone = work, .ctx = &housekeeping->ctx, .work_state = housekeeping, .done = &housekeeping->done};
    if (batcher_add(housekeeping->server->writer, &housekeeping->writing))
        return;
    arena_destroy(housekeeping->ctx.arena);
    housekeeping->ctx.arena = NULL;
}

static void work_end(struct housekeeping *housekeeping)
{
    bool failed = housekeeping->writing.status != STATUS_OK;
    const struct log_field fields[] = {{.name = "erased", .number = (int64_t)housekeeping->erased},
                                       {.name = "problem", .text = failed ? housekeeping->ctx.error.sentence : ""}};
    if (housekeeping->told)
        log_line(housekeeping->server->log, "housekeeping", fields, failed ? 2 : 1);
    arena_destroy(housekeeping->ctx.arena);
    housekeeping->ctx.arena = NULL;
    /* Writing a large store anew holds up writers: it is not done again and again. */
    uint64_t now_ms = clock_monotonic_ms(), rest_ms = (now_ms - housekeeping->began_ms) * TRACES_REST_TIMES;
    housekeeping->next_traces_ms = now_ms + (rest_ms > TRACES_EVERY_MS ? rest_ms : TRACES_EVERY_MS);
}

/* What is old is told by the clock, and what is erased does not come back: a clock that was set is believed after a day. */
static bool clock_holds(struct housekeeping *housekeeping, uint64_t now_ms)
{
    int64_t clock_ms = desk_now_ms() - (int64_t)clock_boot_ms(), moved_ms = clock_ms - housekeeping->clock_ms;
    if (moved_ms <= HOUSEKEEPING_CLOCK_SLACK_MS && moved_ms >= -HOUSEKEEPING_CLOCK_SLACK_MS)
        return true;
    const struct log_field fields[] = {
        {.name = "problem", .text = "the clock was set: nothing is erased by age for a day"},
        {.name = "moved_s", .number = moved_ms / 1000},
    };
    log_line(housekeeping->server->log, "housekeeping", fields, sizeof fields / sizeof fields[0]);
    housekeeping->clock_ms = clock_ms;
    housekeeping->next_ms = now_ms + HOUSEKEEPING_CLOCK_WAIT_MS;
    return false;
}

void housekeeping_tick(struct housekeeping *housekeeping)
{
    const struct desk *desk = housekeeping->server->desk;
    uint64_t now_ms = clock_monotonic_ms();
    if (housekeeping->ctx.arena) {
        if (sem_trywait(&housekeeping->done) == 0)
            work_end(housekeeping);
        return;
    }
    housekeeping->told = now_ms >= housekeeping->next_ms;
    if (desk && housekeeping->told) {
        housekeeping->next_ms = now_ms + HOUSEKEEPING_EVERY_MS;
        if (clock_holds(housekeeping, now_ms))
            work_begin(housekeeping, store_keep);
    } else if (desk && now_ms >= housekeeping->next_traces_ms && desk_has_traces(desk)) {
        /* A reader may have been in the way: that is said nowhere, and tried again. */
        housekeeping->next_traces_ms = now_ms + TRACES_EVERY_MS;
        work_begin(housekeeping, traces_keep);
    }
}
