/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/server.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "serve/operator_socket.h"
#include "serve/serving.h"

static atomic_bool stop_asked;

static void stop_ask(int number)
{
    (void)number;
    atomic_store(&stop_asked, true);
}

static void signals_take(void)
{
    struct sigaction stop = {.sa_handler = stop_ask}, ignore = {.sa_handler = SIG_IGN};
    (void)sigemptyset(&stop.sa_mask);
    (void)sigemptyset(&ignore.sa_mask);
    (void)sigaction(SIGTERM, &stop, NULL);
    (void)sigaction(SIGINT, &stop, NULL);
    (void)sigaction(SIGPIPE, &ignore, NULL);
    (void)sigaction(SIGXFSZ, &ignore, NULL);
}

/* What somebody who got in could use: new rights, our memory by a debugger, or as a file. */
static void rights_drop(void)
{
    const struct rlimit none = {0, 0};
    (void)prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    (void)setrlimit(RLIMIT_CORE, &none);
#if !defined __SANITIZE_ADDRESS__ && !defined __SANITIZE_THREAD__ && !defined __clang__
    /* Sanitizers look at their own process. */
    (void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
}

enum status server_run(struct ctx *ctx, const struct server_settings *settings)
{
    struct server *server = arena_alloc(ctx->arena, sizeof *server);
    if (server == NULL)
        return ctx_no_memory(ctx);
    *server = (struct server){.settings = settings, .routes = route_register, .route_count = route_register_count};
    signals_take();
    rights_drop();
    enum status status = log_open(ctx, STDERR_FILENO, settings->json_log ? LOG_JSON : LOG_LOGFMT, &server->log);
    if (status == STATUS_OK)
        status = desk_open(ctx, settings->store_path, DESK_WRITE, "gapmeter serve", &server->desk);
    if (status == STATUS_OK)
        status = serving_start(ctx, server);
    struct operator_host host = {.desk = server->desk, .state = server, .write = writer_write, .alone = writer_alone};
    struct operator_socket *operators = NULL;
    if (status == STATUS_OK)
        status = operator_socket_start(ctx, &host, settings->store_path, &operators);
    if (status == STATUS_OK)
        status = serving_listen(ctx, server);
    if (status == STATUS_OK)
        serving_go_on(server, &stop_asked);
    if (operators != NULL)
        operator_socket_stop(operators);
    if (status != STATUS_OK)
        return status;
    serving_stop(server);
    desk_close(server->desk);
    return STATUS_OK;
}
