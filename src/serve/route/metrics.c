/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/decimal.h"
#include "serve/request.h"

static void figure_head(struct out *out, const char *name, const char *kind, const char *meaning)
{
    out_format(out, "# HELP gapmeter_%s %s\n# TYPE gapmeter_%s %s\n", name, meaning, name, kind);
}

static void figure(struct out *out, const char *name, const char *kind, const char *meaning, uint64_t value)
{
    figure_head(out, name, kind, meaning);
    out_format(out, "gapmeter_%s %" PRIu64 "\n", name, value);
}

static void figure_seconds(struct out *out, const char *name, const char *kind, const char *meaning, uint64_t us)
{
    figure_head(out, name, kind, meaning);
    out_format(out, "gapmeter_%s %" PRIu64 ".%06" PRIu64 "\n", name, us / 1000000, us % 1000000);
}

static void requests_write(struct out *out, struct server *server)
{
    figure_head(out, "requests_total", "counter", "Requests answered, by route and class of status.");
    for (size_t i = 0; i <= server->route_count; i++) {
        const char *name = i == server->route_count ? "none" : server->routes[i]->name;
        for (unsigned class = 0; class < STATUS_CLASSES; class ++) {
            uint64_t count = atomic_load(&server->answered[i][class]);
            if (count > 0)
                out_format(out, "gapmeter_requests_total{route=\"%s\",status=\"%uxx\"} %" PRIu64 "\n", name, class + 1, count);
        }
    }
    figure(out, "requests_limited_total", "counter", "Requests answered 429.", atomic_load(&server->limited));
    figure(out, "requests_open", "gauge", "Requests that are being worked on.", atomic_load(&server->open));
    figure(out, "body_bytes", "gauge", "Bytes of bodies in memory.", atomic_load(&server->body_bytes));
}

static void commits_write(struct out *out, struct server *server)
{
    struct writing_figures *writing = &server->writing;
    figure(out, "commit_failed_total", "counter", "Groups that could not be made durable.", atomic_load(&writing->failed_groups));
    figure_seconds(out, "commit_seconds_total", "counter", "Time spent on groups, fsync included.",
                   atomic_load(&writing->busy_us));
    figure_seconds(out, "commit_longest_seconds", "gauge", "The longest group since the start.",
                   atomic_load(&writing->longest_us));
    figure_head(out, "commit_group_size", "histogram", "Requests that shared one fsync.");
    uint64_t below = 0;
    for (unsigned i = 0; i < GROUP_SIZES; i++) {
        below += atomic_load(&writing->by_size[i]);
        out_format(out, "gapmeter_commit_group_size_bucket{le=\"%u\"} %" PRIu64 "\n", 1u << i, below);
    }
    out_format(out, "gapmeter_commit_group_size_bucket{le=\"+Inf\"} %" PRIu64 "\n", atomic_load(&writing->groups));
    out_format(out, "gapmeter_commit_group_size_sum %" PRIu64 "\n", atomic_load(&writing->exchanges));
    out_format(out, "gapmeter_commit_group_size_count %" PRIu64 "\n", atomic_load(&writing->groups));
}

static void queues_write(struct out *out, struct server *server)
{
    figure_head(out, "queue_waiting", "gauge", "Requests that wait for a thread.");
    out_format(out, "gapmeter_queue_waiting{queue=\"writer\"} %zu\n", batcher_waiting(server->writer));
    out_format(out, "gapmeter_queue_waiting{queue=\"readers\"} %zu\n", batcher_waiting(server->readers));
    out_format(out, "gapmeter_queue_waiting{queue=\"analysts\"} %zu\n", batcher_waiting(server->analysts));
}

static void connections_write(struct out *out, struct server *server)
{
    struct listener_figures figures;
    listener_figures(server->listener, &figures);
    figure(out, "connections_open", "gauge", "Connections that are open.", figures.open);
    figure(out, "connections_accepted_total", "counter", "Connections accepted.", figures.accepted);
    figure(out, "connections_refused_total", "counter", "Connections above the ceiling of one address.", figures.refused);
    figure(out, "connections_cut_total", "counter", "Connections that were too slow.", figures.cut);
}

/* Resident memory in bytes; 0 when the system does not say. */
static uint64_t resident_bytes(void)
{
    char line[128] = "";
    FILE *file = fopen("/proc/self/statm", "re");
    if (file == NULL)
        return 0;
    const char *read = fgets(line, sizeof line, file);
    (void)fclose(file);
    struct decimal pages;
    struct span all = span_of(read);
    size_t first = 0, second = 0;
    while (first < all.length && all.at[first] != ' ')
        first++;
    for (second = first < all.length ? first + 1 : first; second < all.length && all.at[second] != ' ';)
        second++;
    struct span resident = {all.at + first + 1, second > first ? second - first - 1 : 0};
    long page = sysconf(_SC_PAGESIZE);
    return decimal_parse(resident, '.', &pages) && page > 0 && pages.units > 0 ? (uint64_t)pages.units * (uint64_t)page : 0;
}

static enum status metrics_handle(struct exchange *exchange)
{
    struct server *server = exchange->server;
    reply_begin(exchange, 200, "text/plain; version=0.0.4; charset=utf-8");
    struct out *out = exchange->reply;
    requests_write(out, server);
    commits_write(out, server);
    queues_write(out, server);
    connections_write(out, server);
    figure(out, "resident_bytes", "gauge", "Resident memory.", resident_bytes());
    figure(out, "uptime_seconds", "gauge", "Seconds since the start.", (clock_monotonic_ms() - server->began_ms) / 1000);
    return STATUS_OK;
}

const struct route route_metrics = {
    .name = "metrics",
    .sentence = "Figures of the server in the text format of Prometheus.",
    .method = METHOD_GET,
    .path = "/metrics",
    .who = WHO_MONITOR,
    .run = RUN_AT_ONCE,
    .gives_type = "text/plain",
    .personal = true,
    .handle = metrics_handle,
};
