/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Durable submissions per second through the HTTP server: whole forms of 22 answers, each with a link of its own, over 1, 16 and 64
 * connections. The server runs on one core and the client on another; beside it stands what the disk can do in the same minute.
 * Then pages of the form per second, and the server's memory. Medians of three rounds. docs/benchmarks.md says what it means. */
#include <fcntl.h>
#include <libgen.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "support/live_store.h"
#include "support/load_client.h"
#include "support/server_process.h"

enum { ROUNDS = 3, SYNCS = 400, PAGES = 20000, PAGE_CONNECTIONS = 16, SERVER_CORE = 0, CLIENT_CORE = 1 };

/* One row of the table. */
struct setting {
    unsigned connections;
    uint64_t requests; /* of a round */
};

static const struct setting settings[] = {{1, 2000}, {16, 20000}, {64, 40000}};

struct serving {
    struct live_store store;
    struct server_process server;
    uint64_t base; /* invitations before it are answered */
};

static int double_compare(const void *a, const void *b)
{
    double first = *(const double *)a, second = *(const double *)b;
    return (first > second) - (first < second);
}

static double median_of(double *values, size_t count)
{
    qsort(values, count, sizeof *values, double_compare);
    return values[count / 2];
}

static double now_us(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

/* What one fdatasync after 4 KiB costs in this folder: its median and its 99th hundredth in microseconds. */
static void disk_measure(const char *folder, double *p50, double *p99)
{
    static const char block[4096];
    char path[600];
    double times[SYNCS];
    (void)snprintf(path, sizeof path, "%s/sync", folder);
    int file = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    for (unsigned i = 0; i < SYNCS; i++) {
        double began = now_us();
        if (file < 0 || pwrite(file, block, sizeof block, (off_t)(sizeof block * i)) != (ssize_t)sizeof block ||
            fdatasync(file) != 0)
            exit(1);
        times[i] = now_us() - began;
    }
    close(file);
    (void)unlink(path);
    *p50 = median_of(times, SYNCS);
    *p99 = times[SYNCS - 1 - SYNCS / 100];
}

static size_t form_write(void *state, uint64_t number, char *into, size_t room)
{
    const struct serving *serving = state;
    return live_store_request(&serving->store, serving->base + number, into, room);
}

static size_t page_write(void *state, uint64_t number, char *into, size_t room)
{
    const struct serving *serving = state;
    const char *token = serving->store.tokens[serving->store.count - 1 - number % 1000];
    return (size_t)snprintf(into, room, "GET /s/%s HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", token);
}

/* One round of requests; ends the program when one was refused, since nothing would be measured then. */
static void round_run(struct serving *serving, bool pages, const struct setting *setting, struct load_result *out)
{
    const struct load_plan plan = {.port = serving->server.port,
                                   .connections = setting->connections,
                                   .requests = setting->requests,
                                   .write = pages ? page_write : form_write,
                                   .state = serving};
    load_run(&plan, out);
    if (out->good != setting->requests) {
        (void)fprintf(stderr, "serve_bench: of %llu requests %llu were refused, the first with %d, and %llu lost\n",
                      (unsigned long long)setting->requests, (unsigned long long)out->refused, out->refused_status,
                      (unsigned long long)out->lost);
        (void)server_end(&serving->server, SIGKILL);
        exit(1);
    }
    if (!pages)
        serving->base += setting->requests;
}

static void setting_measure(struct serving *serving, bool pages, const struct setting *setting, const char *folder)
{
    double rates[ROUNDS], p50[ROUNDS], p99[ROUNDS], sync[ROUNDS], sync99[ROUNDS];
    for (unsigned i = 0; i < ROUNDS; i++) {
        struct load_result result;
        disk_measure(folder, &sync[i], &sync99[i]);
        round_run(serving, pages, setting, &result);
        rates[i] = (double)result.good / result.seconds;
        p50[i] = result.p50_us;
        p99[i] = result.p99_us;
    }
    double rate = median_of(rates, ROUNDS);
    printf(
        "%-12s %4u connections %9.0f /s   p50 %8.0f µs   p99 %8.0f µs   fdatasync p50 %6.0f µs p99 %7.0f µs   (%.0f … %.0f /s)\n",
        pages ? "form pages" : "submissions", setting->connections, rate, median_of(p50, ROUNDS), median_of(p99, ROUNDS),
        median_of(sync, ROUNDS), median_of(sync99, ROUNDS), rates[0], rates[ROUNDS - 1]);
    (void)fflush(stdout);
}

int main(void)
{
    static struct serving serving;
    char self[512], program[600], folder[600], path[700];
    ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
    uint64_t invitations = 1000;
    unsigned long memory = 0, most = 0, idle = 0;
    if (length < 0)
        return 1;
    self[length] = '\0';
    (void)snprintf(folder, sizeof folder, "%s.files", self);
    (void)snprintf(program, sizeof program, "%s/../gapmeter", dirname(self));
    (void)snprintf(path, sizeof path, "%s/study.db", folder);
    (void)mkdir(folder, 0700);
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
        invitations += settings[i].requests * ROUNDS;
    live_store_make(&serving.store, path, invitations);
    if (!core_choose(CLIENT_CORE))
        (void)fprintf(stderr, "serve_bench: there is no second core; client and server share one\n");
    const struct server_wish wish = {.program = program, .store = path, .core = SERVER_CORE};
    if (!server_start(&wish, &serving.server)) {
        (void)fprintf(stderr, "serve_bench: %s does not serve %s\n", program, path);
        return 1;
    }
    server_memory(&serving.server, &idle, &most);
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
        setting_measure(&serving, false, &settings[i], folder);
    setting_measure(&serving, true, &(const struct setting){PAGE_CONNECTIONS, PAGES}, folder);
    server_memory(&serving.server, &memory, &most);
    printf("resident memory: %.1f MiB at rest, %.1f MiB after %llu submissions, %.1f MiB at most\n", (double)idle / 1024,
           (double)memory / 1024, (unsigned long long)serving.base, (double)most / 1024);
    (void)server_end(&serving.server, SIGTERM);
    live_store_clear(&serving.store);
    return 0;
}
