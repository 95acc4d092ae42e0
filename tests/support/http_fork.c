/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/http_fork.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <cmocka.h>

#include "serve/serving.h"

static atomic_bool stop_asked;

static void stop_ask(int number)
{
    (void)number;
    atomic_store(&stop_asked, true);
}

static enum status child_serve(struct ctx *ctx, const struct http_server *server, const struct route *const *routes, size_t count,
                               struct server_settings settings)
{
    struct server *serving = arena_alloc(ctx->arena, sizeof *serving);
    if (serving == NULL)
        return ctx_no_memory(ctx);
    settings.listen = "127.0.0.1:0";
    settings.port_file = server->port_file;
    *serving = (struct server){.settings = &settings, .routes = routes, .route_count = count};
    enum status status = log_open(ctx, STDERR_FILENO, settings.json_log ? LOG_JSON : LOG_LOGFMT, &serving->log);
    if (status == STATUS_OK && settings.store_path != NULL)
        status = desk_open(ctx, settings.store_path, DESK_WRITE, "a test", &serving->desk);
    if (status == STATUS_OK)
        status = serving_start(ctx, serving);
    if (status == STATUS_OK)
        status = serving_listen(ctx, serving);
    if (status != STATUS_OK)
        return status;
    serving_go_on(serving, &stop_asked);
    serving_stop(serving);
    return STATUS_OK;
}

void http_fork(struct http_server *server, struct scratch *scratch, const struct route *const *routes, size_t count,
               const struct server_settings *settings)
{
    (void)snprintf(server->port_file, sizeof server->port_file, "%s", scratch_path(scratch, "port"));
    (void)snprintf(server->log, sizeof server->log, "%s", scratch_path(scratch, "log"));
    (void)unlink(server->port_file);
    server->pid = fork();
    assert_true(server->pid >= 0);
    if (server->pid == 0) {
        /* A test that is killed takes its server with it. */
        (void)prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
        struct sigaction stop = {.sa_handler = stop_ask}, ignore = {.sa_handler = SIG_IGN};
        int log = open(server->log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        bool good = log >= 0 && dup2(log, STDERR_FILENO) >= 0 && sigaction(SIGTERM, &stop, NULL) == 0 &&
                    sigaction(SIGPIPE, &ignore, NULL) == 0 && close(log) == 0;
        struct ctx ctx = {.threads = 1};
        enum status status = good ? arena_create(NULL, &ctx.arena) : STATUS_FAILURE;
        if (status == STATUS_OK)
            status = child_serve(&ctx, server, routes, count, *settings);
        if (status != STATUS_OK)
            (void)fprintf(stderr, "%s\n", ctx.error.sentence);
        arena_destroy(ctx.arena);
        exit(status_exit_code(status));
    }
    http_server_wait(server);
}
