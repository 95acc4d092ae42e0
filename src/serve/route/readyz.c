/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sys/statvfs.h>

#include "base/clock.h"
#include "serve/request.h"

enum { STALLED_MS = 10000 };

/* Room on the disk of the store, in bytes; 0 when the system does not say. */
static uint64_t disk_room(const struct server *server)
{
    struct statvfs disk;
    if (statvfs(server->settings->store_path, &disk) != 0)
        return 0;
    return (uint64_t)disk.f_bavail * (uint64_t)disk.f_frsize;
}

/* That the session began is the proof that the store answers. */
static enum status readyz_handle(struct exchange *exchange)
{
    const struct server *server = exchange->server;
    uint64_t since_ms = atomic_load(&server->writing.since_ms);
    const char *wrong = NULL;
    if (disk_room(server) < DISK_BYTES_LEAST)
        wrong = "The disk of the store is nearly full.";
    else if (since_ms != 0 && clock_monotonic_ms() - since_ms > STALLED_MS)
        wrong = "A group of answers has not been written for a long time.";
    else if (server->draining)
        wrong = "The server is being stopped.";
    if (wrong != NULL) {
        reply_problem(exchange, 503, "Not ready.", wrong);
        return STATUS_OK;
    }
    reply_begin(exchange, 200, "text/plain; charset=utf-8");
    out_text(exchange->reply, "ready\n");
    return STATUS_OK;
}

const struct route route_readyz = {
    .name = "readyz",
    .sentence = "Says that answers can be taken: the store answers, its disk has room, and writing goes on.",
    .method = METHOD_GET,
    .path = "/readyz",
    .who = WHO_ANYONE,
    .run = RUN_READING,
    .gives_type = "text/plain",
    .personal = true,
    .handle = readyz_handle,
};
