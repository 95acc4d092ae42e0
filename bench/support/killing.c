/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/killing.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/chance.h"

enum { CONNECTIONS = 16, INVITED_AT_ONCE = 4096, LEAST_LEFT = 2048, LONGEST_US = 40000, FIRST_REPLY_MS = 5000 };

static void give_up(const char *what)
{
    perror(what);
    exit(1);
}

/* Room to remember every invitation. */
static void told_grow(struct killing *killing)
{
    if (killing->told_room >= killing->store->count)
        return;
    killing->told = realloc(killing->told, killing->store->count);
    if (!killing->told)
        give_up("memory");
    memset(killing->told + killing->told_room, TOLD_NOTHING, killing->store->count - killing->told_room);
    killing->told_room = killing->store->count;
}

void killing_begin(struct killing *killing, struct live_store *store, const char *ledger)
{
    *killing = (struct killing){.store = store, .first_reply = -1};
    killing->ledger = open(ledger, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600);
    if (killing->ledger < 0)
        give_up(ledger);
    told_grow(killing);
}

void killing_end(struct killing *killing)
{
    close(killing->ledger);
    free(killing->told);
}

/* A line of the ledger, and the same in memory. */
static void ledger_write(struct killing *killing, uint64_t number, enum killing_told told)
{
    static const char *const words[] = {"?", "sent", "acknowledged", "refused"};
    char line[64];
    int length = snprintf(line, sizeof line, "%llu %s\n", (unsigned long long)number, words[told]);
    if (length < 0 || write(killing->ledger, line, (size_t)length) != length)
        give_up("ledger");
    killing->told[number] = (unsigned char)told;
}

void killing_acknowledge(struct killing *killing, uint64_t number)
{
    ledger_write(killing, number, TOLD_ACKNOWLEDGED);
}

static size_t request_write(void *state, uint64_t number, char *into, size_t room)
{
    struct killing *killing = state;
    killing->next = killing->base + number + 1;
    ledger_write(killing, killing->base + number, TOLD_SENT);
    return live_store_request(killing->store, killing->base + number, into, room);
}

static void first_reply_tell(struct killing *killing)
{
    if (killing->first_reply >= 0)
        close(killing->first_reply);
    killing->first_reply = -1;
}

static void reply_note(void *state, const struct load_reply *reply)
{
    struct killing *killing = state;
    first_reply_tell(killing);
    if (reply->status != LOAD_LOST)
        ledger_write(killing, killing->base + reply->number, reply->status < 400 ? TOLD_ACKNOWLEDGED : TOLD_REFUSED);
}

void killing_load(struct killing *killing, unsigned port, unsigned connections, uint64_t requests, struct load_result *out)
{
    killing->base = killing->next;
    const struct load_plan plan = {.port = port,
                                   .connections = connections,
                                   .requests = requests,
                                   .write = request_write,
                                   .told = reply_note,
                                   .state = killing};
    load_run(&plan, out);
}

/* A process that sends the signal after so many microseconds; from the first reply on when `waits`. */
static pid_t cutter_start(struct killing *killing, pid_t server, int signal, unsigned after_us, bool waits)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        give_up("pipe");
    pid_t cutter = fork();
    if (cutter < 0)
        give_up("fork");
    if (cutter) {
        close(ends[0]);
        killing->first_reply = ends[1];
        return cutter;
    }
    close(ends[1]);
    struct pollfd first = {.fd = ends[0], .events = POLLIN};
    if (waits)
        (void)poll(&first, 1, FIRST_REPLY_MS);
    const struct timespec nap = {.tv_nsec = (long)after_us * 1000};
    (void)nanosleep(&nap, NULL);
    (void)kill(server, signal);
    _exit(0);
}

bool killing_cycle(struct killing *killing, const struct killing_cycle *cycle)
{
    struct server_process server;
    struct load_result result;
    if (killing->store->count < killing->next + LEAST_LEFT) {
        if (strcmp(cycle->store, killing->store->path) != 0)
            give_up("too few invitations on the copy");
        live_store_invite(killing->store, INVITED_AT_ONCE);
        told_grow(killing);
    }
    if (!server_start(&(const struct server_wish){.store = cycle->store, .program = cycle->program, .core = -1}, &server))
        give_up("the server did not start");
    unsigned after = 1000 + (unsigned)chance_below(9, cycle->seed, 0, LONGEST_US);
    killing->base = killing->next;
    bool stays = cycle->signal == SIGSTOP;
    pid_t cutter = cutter_start(killing, server.pid, cycle->signal, after, !stays && cycle->seed % 2 != 0);
    const struct load_plan plan = {.port = server.port,
                                   .connections = CONNECTIONS,
                                   .requests = killing->store->count - killing->base,
                                   .seconds = stays ? after / 1e6 + .002 : 0,
                                   .abandon_ms = stays ? 20 : 0,
                                   .stop_when_lost = true,
                                   .write = request_write,
                                   .told = reply_note,
                                   .state = killing};
    load_run(&plan, &result);
    first_reply_tell(killing);
    while (waitpid(cutter, NULL, 0) < 0)
        continue;
    if (stays)
        *cycle->server = server;
    else
        (void)server_end(&server, SIGKILL);
    if (result.refused)
        (void)fprintf(stderr, "%llu requests were refused, the first with %d\n", (unsigned long long)result.refused,
                      result.refused_status);
    return result.lost > 0;
}

/* Counts one finding. */
static void verdict_add(struct killing_verdict *verdict, enum killing_told told, enum live_finding found)
{
    verdict->acknowledged += told == TOLD_ACKNOWLEDGED;
    verdict->unknown += told == TOLD_SENT;
    verdict->unknown_stored += told == TOLD_SENT && found == LIVE_RIGHT;
    verdict->lost += told == TOLD_ACKNOWLEDGED && found == LIVE_ABSENT;
    verdict->wrong += found == LIVE_WRONG;
}

struct killing_verdict killing_verify(struct killing *killing, const char *path)
{
    struct killing_verdict verdict = {0};
    uint64_t *numbers = calloc(killing->store->count + 1, sizeof *numbers), all = 0, explained = 0;
    enum live_finding *found = calloc(killing->store->count + 1, sizeof *found);
    size_t count = 0;
    if (!numbers || !found)
        give_up("memory");
    for (uint64_t n = 0; n < killing->store->count; n++) {
        if (killing->told[n] != TOLD_NOTHING)
            numbers[count++] = n;
    }
    live_store_look(killing->store, path, numbers, count, found, &all);
    for (size_t i = 0; i < count; i++) {
        enum killing_told told = (enum killing_told)killing->told[numbers[i]];
        verdict_add(&verdict, told, found[i]);
        explained += found[i] != LIVE_ABSENT && told != TOLD_REFUSED;
    }
    verdict.surplus = all - explained;
    free(numbers);
    free(found);
    return verdict;
}
