/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/server_process.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { ARGUMENTS = 32, WAIT_MS = 30000 };

bool core_choose(int core)
{
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET((size_t)core, &set);
    return sched_setaffinity(0, sizeof set, &set) == 0;
}

/* In the child: never returns. */
static void server_become(const struct server_wish *wish, const char *port_file)
{
    const char *program = wish->program ? wish->program : getenv("GAPMETER_BINARY");
    const char *arguments[ARGUMENTS] = {program,       "serve",   wish->store, "--listen", "127.0.0.1:0",
                                        "--port-file", port_file, "--rate",    "0"};
    unsigned count = 9;
    for (const char *const *extra = wish->extra; extra && *extra && count + 1 < ARGUMENTS; extra++)
        arguments[count++] = *extra;
    int out = open(wish->log ? wish->log : "/dev/null", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (!program || out < 0 || dup2(out, STDOUT_FILENO) < 0 || dup2(out, STDERR_FILENO) < 0)
        _exit(126);
    for (const char *const *setting = wish->limits; setting && *setting; setting++)
        putenv((char *)(uintptr_t)*setting);
    if (wish->core >= 0 && !core_choose(wish->core))
        _exit(126);
    if (wish->file_bytes) {
        const struct rlimit limit = {wish->file_bytes, wish->file_bytes};
        struct sigaction ignore = {.sa_flags = 0};
        ignore.sa_handler = SIG_IGN;
        if (setrlimit(RLIMIT_FSIZE, &limit) != 0 || sigaction(SIGXFSZ, &ignore, NULL) != 0)
            _exit(126);
    }
    execv(program, (char *const *)(uintptr_t)arguments);
    _exit(127);
}

/* The port in the file, 0 while it is not there. */
static unsigned port_read(const char *path)
{
    char text[128] = "";
    FILE *file = fopen(path, "r");
    if (!file)
        return 0;
    size_t length = fread(text, 1, sizeof text - 1, file);
    (void)fclose(file);
    text[length] = '\0';
    const char *colon = strrchr(text, ':');
    unsigned long port = strchr(text, '\n') ? strtoul(colon ? colon + 1 : text, NULL, 10) : 0;
    return port <= 65535 ? (unsigned)port : 0;
}

bool server_start(const struct server_wish *wish, struct server_process *out)
{
    char port_file[512];
    int length = snprintf(port_file, sizeof port_file, "%s.port", wish->store);
    if (length < 0 || (size_t)length >= sizeof port_file)
        return false;
    (void)unlink(port_file);
    out->pid = fork();
    if (out->pid == 0)
        server_become(wish, port_file);
    for (unsigned waited = 0; out->pid > 0 && waited < WAIT_MS * 5u; waited++) {
        const struct timespec nap = {.tv_nsec = 200000};
        int status = 0;
        out->port = port_read(port_file);
        if (out->port)
            return true;
        if (waitpid(out->pid, &status, WNOHANG) == out->pid)
            return false;
        (void)nanosleep(&nap, NULL);
    }
    if (out->pid > 0)
        (void)server_end(out, SIGKILL);
    return false;
}

int server_end(struct server_process *server, int signal)
{
    int status = 0;
    (void)kill(server->pid, signal);
    while (waitpid(server->pid, &status, 0) < 0)
        continue;
    return status;
}

static unsigned long memory_line(const char *text, const char *name)
{
    const char *at = strstr(text, name);
    return at ? strtoul(at + strlen(name), NULL, 10) : 0;
}

void server_memory(const struct server_process *server, unsigned long *now, unsigned long *most)
{
    char path[64], text[4096] = "";
    (void)snprintf(path, sizeof path, "/proc/%d/status", (int)server->pid);
    FILE *file = fopen(path, "r");
    if (file) {
        text[fread(text, 1, sizeof text - 1, file)] = '\0';
        (void)fclose(file);
    }
    *now = memory_line(text, "VmRSS:");
    *most = memory_line(text, "VmHWM:");
}
