/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/nginx_front.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { CONFIG_ROOM = 8192, WAIT_MS = 10000, STEP_MS = 10 };

const char *nginx_find(void)
{
    const char *const places[] = {getenv("GAPMETER_NGINX"), GAPMETER_SOURCE_DIR "/build/nginx/usr/sbin/nginx", "/usr/sbin/nginx"};
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        if (places[i] != NULL && access(places[i], X_OK) == 0)
            return places[i];
    }
    return NULL;
}

static void address_of(unsigned port, struct sockaddr_in *out)
{
    *out =
        (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
}

static unsigned free_port(void)
{
    struct sockaddr_in address;
    socklen_t length = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    address_of(0, &address);
    assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&address, &length), 0);
    assert_int_equal(close(fd), 0);
    return ntohs(address.sin_port);
}

static bool listens(unsigned port)
{
    struct sockaddr_in address;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    address_of(port, &address);
    bool good = connect(fd, (struct sockaddr *)&address, sizeof address) == 0;
    assert_int_equal(close(fd), 0);
    return good;
}

static bool begins(const char *line, const char *word)
{
    line += strspn(line, " ");
    return strncmp(line, word, strlen(word)) == 0;
}

/* The recommended server without TLS: its listening, its logs and its upstream are the test's. */
static void server_write(FILE *out, unsigned port, const struct http_server *behind)
{
    char line[512];
    unsigned written = 0;
    bool inside = false;
    FILE *guide = fopen(GAPMETER_SOURCE_DIR "/docs/guide/serving.md", "r");
    assert_non_null(guide);
    while (fgets(line, sizeof line, guide) != NULL && !(inside && begins(line, "```"))) {
        if (begins(line, "listen 443")) {
            inside = true;
            (void)fprintf(out, "server { listen 127.0.0.1:%u;\n", port);
        } else if (inside && begins(line, "proxy_pass")) {
            (void)fprintf(out, "proxy_pass http://127.0.0.1:%u;\n", behind->port);
            written++;
        } else if (inside && !begins(line, "ssl_") && !begins(line, "access_log") && !begins(line, "error_log")) {
            (void)fputs(line, out);
            written++;
        }
    }
    assert_int_equal(fclose(guide), 0);
    assert_true(written > 10);
}

static void config_write(const char *path, const struct nginx_front *front, const char *folder, const struct http_server *behind)
{
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    (void)fprintf(out, "daemon off;\nmaster_process off;\npid %s/nginx.pid;\nerror_log stderr;\nevents {}\nhttp {\n", folder);
    static const char *const kept[] = {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"};
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++)
        (void)fprintf(out, "%s_temp_path %s/nginx-%s;\n", kept[i], folder, kept[i]);
    (void)fprintf(out, "log_format seen \"$status $upstream_status\";\naccess_log %s seen;\n", front->seen);
    server_write(out, front->listens.port, behind);
    (void)fputs("}\n", out);
    assert_int_equal(fclose(out), 0);
}

static void program_begin(struct nginx_front *front, const char *config, const char *folder)
{
    const char *program = nginx_find();
    pid_t test = getpid();
    assert_non_null(program);
    front->listens.pid = fork();
    assert_true(front->listens.pid >= 0);
    if (front->listens.pid > 0)
        return;
    int log = open(front->listens.log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    bool good = log >= 0 && dup2(log, STDERR_FILENO) >= 0 && prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) == 0 && getppid() == test;
    if (good)
        (void)execl(program, program, "-p", folder, "-e", "stderr", "-c", config, (char *)NULL);
    _exit(127);
}

void nginx_start(struct nginx_front *front, struct scratch *scratch, const struct http_server *behind)
{
    char config[SCRATCH_ROOM];
    *front = (struct nginx_front){.listens = {.port = free_port()}};
    (void)snprintf(config, sizeof config, "%s", scratch_path(scratch, "nginx.conf"));
    (void)snprintf(front->seen, sizeof front->seen, "%s", scratch_path(scratch, "nginx-seen"));
    (void)snprintf(front->listens.log, sizeof front->listens.log, "%s", scratch_path(scratch, "nginx-log"));
    config_write(config, front, scratch->folder, behind);
    program_begin(front, config, scratch->folder);
    for (int waited = 0; waited < WAIT_MS; waited += STEP_MS) {
        int how = 0;
        if (listens(front->listens.port))
            return;
        if (waitpid(front->listens.pid, &how, WNOHANG) != 0)
            fail_msg("nginx does not start: %s", scratch_read(front->listens.log, NULL));
        (void)usleep(STEP_MS * 1000);
    }
    fail_msg("nginx does not listen");
}

void nginx_stop(struct nginx_front *front)
{
    int how = 0;
    assert_int_equal(kill(front->listens.pid, SIGTERM), 0);
    assert_int_equal(waitpid(front->listens.pid, &how, 0), front->listens.pid);
}
