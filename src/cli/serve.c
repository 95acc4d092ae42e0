/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/server.h"

#include <string.h>

#include "base/limits.h"
#include "cli/command_line.h"

static const struct option_row serve_options[] = {
    {.name = "--listen",
     .argument = "ADDRESS",
     .meaning = "IP address and port (default 127.0.0.1:8080); port 0 takes a free one"},
    {.name = "--base-url",
     .argument = "URL",
     .meaning = "how people reach it, such as https://ask.example.org; links begin with it"},
    {.name = "--trusted-proxy", .argument = "ADDRESS", .meaning = "IP address of the proxy whose X-Forwarded-For is believed"},
    {.name = "--embed-origin",
     .argument = "ORIGIN",
     .repeat = true,
     .meaning = "site that may show embedded forms, such as https://shop.example; any site when none is named"},
    {.name = "--log", .argument = "FORM", .meaning = "logfmt (default) or json, on standard error"},
    {.name = "--threads", .argument = "N", .meaning = "threads that read for pages, and as many for programs (default 2)"},
    {.name = "--rate", .argument = "N", .meaning = "requests of one address per minute (default 1200); 0 sets no limit"},
    {.name = "--connections", .argument = "N", .meaning = "connections at a time (default 4096)"},
    {.name = "--connections-per-address", .argument = "N", .meaning = "of one address (default 256)"},
    {.name = "--port-file", .argument = "FILE", .meaning = "written with the address once it listens"},
    {.name = NULL},
};

static enum status log_form_read(struct ctx *ctx, const char *form, bool *json)
{
    *json = form != NULL && strcmp(form, "json") == 0;
    if (form == NULL || *json || strcmp(form, "logfmt") == 0)
        return STATUS_OK;
    return ctx_fail(ctx, STATUS_USAGE, NULL, "--log takes logfmt or json, not %s.", form);
}

static enum status base_address_check(struct ctx *ctx, const char *address)
{
    size_t scheme = address == NULL ? 0 : strncmp(address, "https://", 8) == 0 ? 8 : strncmp(address, "http://", 7) == 0 ? 7 : 0;
    if (address == NULL ||
        (scheme > 0 && address[scheme] != '\0' && strpbrk(address, " \"<>?#") == NULL && address[strlen(address) - 1] != '/'))
        return STATUS_OK;
    return ctx_fail(ctx, STATUS_USAGE, NULL,
                    "--base-url takes an address that begins with https:// or http:// and does not end with /, not %s.", address);
}

/* "https://shop.example", "http://localhost:8000": a scheme, a host, perhaps a port, and nothing that means something in a policy. */
static bool is_origin(const char *text)
{
    static const char accepted[] = "abcdefghijklmnopqrstuvwxyz0123456789-.:[]";
    size_t scheme = strncmp(text, "https://", 8) == 0 ? 8 : strncmp(text, "http://", 7) == 0 ? 7 : 0;
    return scheme > 0 && text[scheme] != '\0' && strspn(text + scheme, accepted) == strlen(text + scheme);
}

static enum status origins_read(struct ctx *ctx, const struct command_line *line, const char **out)
{
    *out = NULL;
    for (size_t i = 0; i < command_option_count(line, "--embed-origin"); i++) {
        const char *origin = command_option_at(line, "--embed-origin", i);
        if (!is_origin(origin))
            return ctx_fail(ctx, STATUS_USAGE, NULL, "--embed-origin takes a site such as https://shop.example, not %s.", origin);
        *out = arena_format(ctx->arena, "%s%s%s", *out == NULL ? "" : *out, *out == NULL ? "" : " ", origin);
        if (*out == NULL)
            return ctx_no_memory(ctx);
    }
    return STATUS_OK;
}

static enum status settings_read(struct ctx *ctx, const struct command_line *line, struct server_settings *out)
{
    const char *listen = command_option(line, "--listen");
    uint64_t threads = 0, rate = RATE_PER_MINUTE_DEFAULT, connections = 0, per_address = 0;
    *out = (struct server_settings){.store_path = line->operands[0],
                                    .listen = listen == NULL ? "127.0.0.1:8080" : listen,
                                    .base_address = command_option(line, "--base-url"),
                                    .trusted_proxy = command_option(line, "--trusted-proxy"),
                                    .port_file = command_option(line, "--port-file")};
    enum status status = log_form_read(ctx, command_option(line, "--log"), &out->json_log);
    if (!status)
        status = base_address_check(ctx, out->base_address);
    if (!status)
        status = origins_read(ctx, line, &out->embed_origins);
    if (!status)
        status = command_option_count_of(ctx, line, "--threads", 1, THREADS_MAX / 2, &threads);
    if (!status)
        status = command_option_count_of(ctx, line, "--rate", 0, 1000000, &rate);
    if (!status)
        status = command_option_count_of(ctx, line, "--connections", 1, CONNECTIONS_MAX, &connections);
    if (!status)
        status = command_option_count_of(ctx, line, "--connections-per-address", 1, CONNECTIONS_MAX, &per_address);
    out->threads = (unsigned)threads;
    out->rate_per_minute = rate == 0 ? UINT64_MAX : rate;
    out->connections_max = (uint32_t)connections;
    out->connections_per_address_max = (uint32_t)per_address;
    return status;
}

static enum status serve_run(struct ctx *ctx, const struct command_line *line)
{
    struct server_settings settings;
    enum status status = settings_read(ctx, line, &settings);
    return status ? status : server_run(ctx, &settings);
}

const struct command command_serve = {
    .name = "serve",
    .operands = "DB",
    .sentence = "Serves the pages of live studies, and the API for programs.",
    .description =
        "Asks respondents before and after, and takes what programs send, into the store DB that `gapmeter study` makes. It "
        "listens\n"
        "at this machine alone; a reverse proxy brings HTTPS (docs/guide/serving.md). An answer is acknowledged when it is "
        "durable.\n"
        "While it runs, the other commands work through its socket DB.sock. SIGTERM ends it after what was accepted is done.",
    .example = "gapmeter serve study.db --listen 127.0.0.1:8080 --base-url https://ask.example.org",
    .options = serve_options,
    .operands_least = 1,
    .operands_most = 1,
    .order = 70,
    .run = serve_run,
};
