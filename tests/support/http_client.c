/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/http_client.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { WORDS_MAX = 64, WAIT_MS = 20000, STEP_US = 5000, REPLY_SECONDS = 30, VALUE_BYTES = 1024 };

/* ---- a server ------------------------------------------------------------------------------------------------------------ */

static void list_add(char *list[WORDS_MAX], size_t *count, const char *word)
{
    assert_true(*count < WORDS_MAX - 1);
    /* execve wants char **, and promises to leave the strings alone. */
    list[(*count)++] = (char *)(uintptr_t)word;
    list[*count] = NULL;
}

/* Starts the program so that it ends with the test: one that fails would else leave it behind, and ctest waits for whoever holds
 * the test's standard output. */
static void program_begin(struct http_server *server, char *const words[], char *const environment[])
{
    pid_t test = getpid();
    server->pid = fork();
    assert_true(server->pid >= 0);
    if (server->pid > 0)
        return;
    int in = open("/dev/null", O_RDONLY | O_CLOEXEC), log = open(server->log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    bool good = in >= 0 && log >= 0 && dup2(in, STDIN_FILENO) >= 0 && dup2(log, STDERR_FILENO) >= 0 &&
                prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) == 0 && getppid() == test;
    if (good)
        (void)execve(words[0], words, environment);
    _exit(127);
}

void http_server_start_with(struct http_server *server, struct scratch *scratch, const char *store, const char *const *options,
                            const char *const *settings)
{
    char *words[WORDS_MAX];
    size_t count = 0, settings_count = 0, environment_count = 0;
    char program[SCRATCH_ROOM];
    const char *binary = getenv("GAPMETER_BINARY");
    assert_non_null(binary);
    (void)snprintf(program, sizeof program, "%s", binary);
    (void)snprintf(server->port_file, sizeof server->port_file, "%s", scratch_path(scratch, "port"));
    (void)snprintf(server->log, sizeof server->log, "%s", scratch_path(scratch, "log"));
    (void)unlink(server->port_file);
    const char *const first[] = {program, "serve", store, "--listen", "127.0.0.1:0", "--port-file", server->port_file};
    for (size_t i = 0; i < sizeof first / sizeof first[0]; i++)
        list_add(words, &count, first[i]);
    for (size_t i = 0; options != NULL && options[i] != NULL; i++)
        list_add(words, &count, options[i]);
    while (settings != NULL && settings[settings_count] != NULL)
        settings_count++;
    while (environ[environment_count] != NULL)
        environment_count++;
    char **environment = calloc(settings_count + environment_count + 1, sizeof *environment);
    assert_non_null(environment);
    for (size_t i = 0; i < settings_count; i++)
        environment[i] = (char *)(uintptr_t)settings[i];
    memcpy(environment + settings_count, environ, environment_count * sizeof *environment);
    program_begin(server, words, environment);
    free(environment);
    http_server_wait(server);
}

void http_server_start(struct http_server *server, struct scratch *scratch, const char *store, const char *const *options)
{
    http_server_start_with(server, scratch, store, options, NULL);
}

static int exit_code(int how)
{
    return WIFSIGNALED(how) ? 128 + WTERMSIG(how) : WEXITSTATUS(how);
}

/* What the server said, on the test's own stderr. */
static void log_show(const struct http_server *server)
{
    char line[512];
    FILE *file = fopen(server->log, "r");
    while (file != NULL && fgets(line, sizeof line, file) != NULL)
        (void)fputs(line, stderr);
    if (file != NULL)
        (void)fclose(file);
}

void http_server_wait(struct http_server *server)
{
    for (int waited = 0; waited < WAIT_MS * 1000; waited += STEP_US) {
        int how = 0;
        FILE *file = fopen(server->port_file, "r");
        char line[64] = "";
        bool there = file != NULL && fgets(line, sizeof line, file) != NULL;
        if (file != NULL)
            assert_int_equal(fclose(file), 0);
        if (there) {
            const char *colon = strrchr(line, ':');
            assert_non_null(colon);
            server->port = (unsigned)strtoul(colon + 1, NULL, 10);
            return;
        }
        if (waitpid(server->pid, &how, WNOHANG) == server->pid) {
            log_show(server);
            fail_msg("the server ended with %d before it listened", exit_code(how));
        }
        (void)usleep(STEP_US);
    }
    fail_msg("the server does not listen");
}

int http_server_stop(struct http_server *server)
{
    int how = 0;
    assert_int_equal(kill(server->pid, SIGTERM), 0);
    assert_int_equal(waitpid(server->pid, &how, 0), server->pid);
    server->pid = 0;
    if (how != 0)
        log_show(server);
    return exit_code(how);
}

void http_server_kill(struct http_server *server)
{
    int how = 0;
    assert_int_equal(kill(server->pid, SIGKILL), 0);
    assert_int_equal(waitpid(server->pid, &how, 0), server->pid);
    server->pid = 0;
}

long http_server_resident_kib(const struct http_server *server)
{
    char path[64], line[256];
    long kib = -1;
    (void)snprintf(path, sizeof path, "/proc/%d/status", (int)server->pid);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    while (fgets(line, sizeof line, file) != NULL) {
        if (strncmp(line, "VmRSS:", 6) == 0)
            kib = strtol(line + 6, NULL, 10);
    }
    assert_int_equal(fclose(file), 0);
    return kib;
}

/* ---- a client ------------------------------------------------------------------------------------------------------------ */

int http_connect(const struct http_server *server, const char *from)
{
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), yes = 1;
    assert_true(fd >= 0);
    struct sockaddr_in own = {.sin_family = AF_INET};
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)server->port)};
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (from != NULL) {
        assert_int_equal(inet_pton(AF_INET, from, &own.sin_addr), 1);
        assert_int_equal(bind(fd, (const struct sockaddr *)&own, sizeof own), 0);
    }
    assert_int_equal(connect(fd, (const struct sockaddr *)&to, sizeof to), 0);
    assert_int_equal(setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes), 0);
    return fd;
}

bool http_send(int fd, const void *bytes, size_t length)
{
    const char *at = bytes;
    while (length > 0) {
        ssize_t sent = send(fd, at, length, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent <= 0)
            return false;
        at += sent;
        length -= (size_t)sent;
    }
    return true;
}

/* One more piece of a reply; false at the end of the connection, or when nothing comes. */
static bool piece_read(int fd, struct http_reply *reply, size_t *room)
{
    struct pollfd ready = {.fd = fd, .events = POLLIN};
    if (*room - reply->length < 4096) {
        *room = *room == 0 ? 16384 : *room * 2;
        reply->bytes = realloc(reply->bytes, *room + 1);
        assert_non_null(reply->bytes);
        reply->bytes[reply->length] = '\0';
    }
    if (poll(&ready, 1, REPLY_SECONDS * 1000) != 1)
        return false;
    ssize_t got = recv(fd, reply->bytes + reply->length, *room - reply->length, 0);
    if (got <= 0)
        return false;
    reply->length += (size_t)got;
    reply->bytes[reply->length] = '\0';
    return true;
}

void http_receive(int fd, struct http_reply *reply, bool head)
{
    *reply = (struct http_reply){.status = 0};
    size_t room = 0, body = 0;
    for (;;) {
        const char *end = reply->bytes == NULL ? NULL : strstr(reply->bytes, "\r\n\r\n");
        if (end != NULL && reply->head_length == 0) {
            reply->head_length = (size_t)(end - reply->bytes) + 4;
            const char *length = http_header(reply, "Content-Length");
            body = head || length == NULL ? 0 : (size_t)strtoul(length, NULL, 10);
            reply->status = (int)strtol(reply->bytes + 9, NULL, 10);
            /* 100 is followed by the reply proper. */
            if (reply->status == 100) {
                reply->length -= reply->head_length;
                memmove(reply->bytes, reply->bytes + reply->head_length, reply->length + 1);
                reply->head_length = 0;
                continue;
            }
        }
        if (reply->head_length > 0 && reply->length >= reply->head_length + body)
            break;
        if (!piece_read(fd, reply, &room)) {
            reply->status = 0;
            break;
        }
    }
    reply->body = reply->bytes == NULL ? "" : reply->bytes + reply->head_length;
    reply->body_length = reply->status == 0 ? 0 : body;
}

bool http_is_closed(int fd, int seconds)
{
    struct pollfd ready = {.fd = fd, .events = POLLIN};
    char byte;
    return poll(&ready, 1, seconds * 1000) == 1 && recv(fd, &byte, 1, 0) <= 0;
}

void http_reply_clear(struct http_reply *reply)
{
    free(reply->bytes);
    *reply = (struct http_reply){.status = 0};
}

static const char *header_next(const struct http_reply *reply, const char *name, const char *from)
{
    size_t length = strlen(name);
    for (const char *line = strstr(from, "\r\n"); line != NULL && line < reply->bytes + reply->head_length;
         line = strstr(line, "\r\n")) {
        line += 2;
        if (strncasecmp(line, name, length) == 0 && line[length] == ':')
            return line + length + 1;
    }
    return NULL;
}

const char *http_header(const struct http_reply *reply, const char *name)
{
    static char value[VALUE_BYTES];
    const char *at = reply->head_length == 0 ? NULL : header_next(reply, name, reply->bytes);
    if (at == NULL)
        return NULL;
    at += strspn(at, " ");
    size_t length = strcspn(at, "\r");
    assert_true(length < sizeof value);
    memcpy(value, at, length);
    value[length] = '\0';
    return value;
}

size_t http_header_count(const struct http_reply *reply, const char *name)
{
    size_t count = 0;
    const char *at = reply->head_length == 0 ? NULL : header_next(reply, name, reply->bytes);
    for (; at != NULL; at = header_next(reply, name, at))
        count++;
    return count;
}

void http_ask(const struct http_server *server, const char *method, const char *target, const char *lines, const char *body,
              struct http_reply *reply)
{
    char *request = NULL;
    int fd = http_connect(server, NULL), length = 0;
    if (body == NULL)
        length = asprintf(&request, "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s\r\n", method, target, lines);
    else
        length = asprintf(&request, "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: %zu\r\n%s\r\n%s",
                          method, target, strlen(body), lines, body);
    assert_true(length > 0);
    (void)http_send(fd, request, (size_t)length);
    http_receive(fd, reply, strcmp(method, "HEAD") == 0);
    free(request);
    assert_int_equal(close(fd), 0);
}

void http_get(const struct http_server *server, const char *target, struct http_reply *reply)
{
    http_ask(server, "GET", target, "", NULL, reply);
}

void http_post_form(const struct http_server *server, const char *target, const char *fields, struct http_reply *reply)
{
    http_ask(server, "POST", target, "Content-Type: application/x-www-form-urlencoded\r\n", fields, reply);
}
