/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/log.h"

#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum {
    LOG_BYTES = 64 << 10,  /* lines that wait */
    LINE_BYTES = 4 << 10,  /* of one line: what a pipe with room takes without waiting */
    VALUE_BYTES = 1 << 10, /* of one field before escaping */
    WRITTEN_FROM = 32 << 10
};

struct log {
    pthread_mutex_t mutex; /* guards all below */
    int fd;
    bool is_socket;
    enum log_form form;
    uint64_t line;    /* number of the latest */
    uint64_t dropped; /* lines, since the last one that was written */
    size_t used;
    char waiting[LOG_BYTES];
};

/* A line as it is made. */
struct line {
    char text[LINE_BYTES];
    size_t used;
};

static void line_bytes(struct line *line, const char *text, size_t length)
{
    /* Two bytes stay for the end of a line that is cut. */
    size_t room = LINE_BYTES - 2 - line->used;
    length = length > room ? room : length;
    memcpy(line->text + line->used, text, length);
    line->used += length;
}

static void line_text(struct line *line, const char *text)
{
    line_bytes(line, text, strlen(text));
}

static bool is_plain(const char *text)
{
    return text[0] != '\0' && text[strcspn(text, " \"=\\")] == '\0';
}

/* A text in quotes; logfmt leaves them out where nothing would be mistaken. The text holds no control bytes any more. */
static void line_value(struct line *line, enum log_form form, const char *text)
{
    if (form == LOG_LOGFMT && is_plain(text)) {
        line_text(line, text);
        return;
    }
    /* A cut within the escape or without the closing quote would break the line: room for the longest is looked for first. */
    if (line->used + 2 * strlen(text) + 8 > LINE_BYTES)
        text = "…";
    line_text(line, "\"");
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\')
            line_bytes(line, "\\", 1);
        line_bytes(line, text, 1);
    }
    line_text(line, "\"");
}

static void line_name(struct line *line, enum log_form form, const char *name)
{
    if (line->used > 1)
        line_text(line, form == LOG_JSON ? "," : " ");
    if (form == LOG_JSON)
        line_text(line, "\"");
    line_text(line, name);
    line_text(line, form == LOG_JSON ? "\":" : "=");
}

static void line_number(struct line *line, enum log_form form, const char *name, int64_t number)
{
    char digits[24];
    int length = snprintf(digits, sizeof digits, "%" PRId64, number);
    line_name(line, form, name);
    line_bytes(line, digits, length > 0 ? (size_t)length : 0);
}

static void line_time(struct line *line, enum log_form form)
{
    struct timespec now = {0};
    struct tm date;
    char day[32] = "", text[48];
    (void)clock_gettime(CLOCK_REALTIME, &now);
    if (gmtime_r(&now.tv_sec, &date) == NULL || strftime(day, sizeof day, "%Y-%m-%dT%H:%M:%S", &date) == 0)
        day[0] = '\0';
    int length = snprintf(text, sizeof text, "%s.%03ldZ", day, now.tv_nsec / 1000000);
    line_name(line, form, "time");
    line_value(line, form, length > 0 ? text : "");
}

static void line_make(struct line *line, struct log *log, const char *event, const struct log_field *fields, size_t count)
{
    line->used = 0;
    if (log->form == LOG_JSON)
        line_text(line, "{");
    line_time(line, log->form);
    line_number(line, log->form, "line", (int64_t)++log->line);
    line_name(line, log->form, "event");
    line_value(line, log->form, event);
    for (size_t i = 0; i < count; i++) {
        char shown[VALUE_BYTES];
        /* Fields that would not fit are left out whole. */
        if (line->used + strlen(fields[i].name) + 64 > LINE_BYTES)
            break;
        if (fields[i].text == NULL) {
            line_number(line, log->form, fields[i].name, fields[i].number);
            continue;
        }
        text_printable(span_of(fields[i].text), shown, sizeof shown);
        line_name(line, log->form, fields[i].name);
        line_value(line, log->form, shown);
    }
    line->text[line->used] = '\0';
    if (log->form == LOG_JSON)
        line->text[line->used++] = '}';
    line->text[line->used++] = '\n';
}

/* Writes what is taken at once; the caller has locked. */
static void waiting_write(struct log *log)
{
    size_t done = 0;
    while (done < log->used) {
        size_t piece = log->used - done > LINE_BYTES ? LINE_BYTES : log->used - done;
        ssize_t written = 0;
        if (log->is_socket) {
            written = send(log->fd, log->waiting + done, piece, MSG_DONTWAIT | MSG_NOSIGNAL);
        } else {
            struct pollfd ready = {.fd = log->fd, .events = POLLOUT};
            written = poll(&ready, 1, 0) == 1 && (ready.revents & POLLOUT) != 0 ? write(log->fd, log->waiting + done, piece) : 0;
        }
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            break;
        done += (size_t)written;
    }
    log->used -= done;
    memmove(log->waiting, log->waiting + done, log->used);
}

/* Puts a line behind those that wait, or counts it as dropped; the caller has locked. */
static void line_add(struct log *log, const struct line *line)
{
    if (log->used + line->used > LOG_BYTES)
        waiting_write(log);
    if (log->used + line->used > LOG_BYTES) {
        log->dropped++;
        return;
    }
    memcpy(log->waiting + log->used, line->text, line->used);
    log->used += line->used;
}

void log_line(struct log *log, const char *event, const struct log_field *fields, size_t count)
{
    if (log == NULL)
        return;
    struct line line;
    (void)pthread_mutex_lock(&log->mutex);
    if (log->dropped > 0) {
        const struct log_field lines = {.name = "lines", .number = (int64_t)log->dropped};
        uint64_t before = log->dropped;
        line_make(&line, log, "dropped", &lines, 1);
        log->dropped = 0;
        line_add(log, &line);
        log->dropped = log->dropped > 0 ? before : 0;
    }
    line_make(&line, log, event, fields, count);
    line_add(log, &line);
    if (log->used > WRITTEN_FROM)
        waiting_write(log);
    (void)pthread_mutex_unlock(&log->mutex);
}

void log_flush(struct log *log)
{
    if (log == NULL)
        return;
    (void)pthread_mutex_lock(&log->mutex);
    if (log->used > 0)
        waiting_write(log);
    (void)pthread_mutex_unlock(&log->mutex);
}

static void log_end(void *resource)
{
    struct log *log = resource;
    log_flush(log);
    (void)pthread_mutex_destroy(&log->mutex);
}

enum status log_open(struct ctx *ctx, int fd, enum log_form form, struct log **out)
{
    struct log *log = arena_alloc(ctx->arena, sizeof *log);
    struct stat found;
    if (log == NULL || pthread_mutex_init(&log->mutex, NULL) != 0)
        return ctx_no_memory(ctx);
    log->fd = fd;
    log->form = form;
    log->is_socket = fstat(fd, &found) == 0 && S_ISSOCK(found.st_mode);
    if (arena_defer(ctx->arena, log_end, log) != STATUS_OK)
        return ctx_no_memory(ctx);
    *out = log;
    return STATUS_OK;
}
