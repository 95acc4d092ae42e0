/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/text.h"

enum {
    DRAW_EVERY_MS = 100,
    ESTIMATE_AFTER_MS = 1000, /* before, the time left would be a guess */
    BAR_COLUMNS = 24,
    LINE_BYTES = 512,
    TERMINAL_COLUMNS = 80 /* when the terminal does not say */
};

/* Can a line be drawn over again there? */
static bool is_terminal(int fd)
{
    const char *kind = getenv("TERM");
    return fd >= 0 && isatty(fd) == 1 && (kind == NULL || strcmp(kind, "dumb") != 0);
}

/* A bar that cannot be written is no failure of the work. */
static void show(const struct progress *progress, const char *text, size_t length)
{
    ssize_t written = write(progress->fd, text, length);
    (void)written;
}

static size_t terminal_columns(int fd)
{
    struct winsize size = {0};
    return ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : TERMINAL_COLUMNS;
}

/* "12 s left", "3 min left", or "" when it cannot be told. */
static void time_left_format(const struct progress *progress, uint64_t now_ms, char *into, size_t size)
{
    into[0] = '\0';
    uint64_t spent_ms = now_ms - progress->begun_ms;
    if (spent_ms < ESTIMATE_AFTER_MS || progress->done == 0 || progress->done > progress->total)
        return;
    double share = (double)progress->done / (double)progress->total;
    double left_s = (double)spent_ms / 1000.0 * (1.0 - share) / share;
    if (left_s < 99.5)
        (void)snprintf(into, size, ", %.0f s left", left_s);
    else if (left_s < 99.5 * 60.0)
        (void)snprintf(into, size, ", %.0f min left", left_s / 60.0);
    else
        (void)snprintf(into, size, ", more than an hour left");
}

/* The whole line: what, bar, share and time left; without a total only what and how many. */
static void line_format(const struct progress *progress, uint64_t now_ms, char *into, size_t size)
{
    if (progress->total == 0) {
        (void)snprintf(into, size, "%.200s: %" PRIu64, progress->what, progress->done);
        return;
    }
    uint64_t done = progress->done < progress->total ? progress->done : progress->total;
    double share = (double)done / (double)progress->total;
    char bar[BAR_COLUMNS + 1], left[48];
    for (int i = 0; i < BAR_COLUMNS; i++)
        bar[i] = i < (int)(share * BAR_COLUMNS) ? '#' : '.';
    bar[BAR_COLUMNS] = '\0';
    time_left_format(progress, now_ms, left, sizeof left);
    (void)snprintf(into, size, "%.200s [%s] %3d %%%s", progress->what, bar, (int)(share * 100.0), left);
}

static void draw(struct progress *progress, uint64_t now_ms)
{
    progress->shown_ms = now_ms;
    if (!is_terminal(progress->fd))
        return;
    char line[LINE_BYTES], text[LINE_BYTES + 16];
    line_format(progress, now_ms, line, sizeof line);
    /* A line that reaches the last column would begin a new one on some terminals. */
    bool cut;
    size_t kept = text_fit(span_of(line), terminal_columns(progress->fd) - 1, &cut);
    int length = snprintf(text, sizeof text, "\r%.*s%s\x1b[K", (int)kept, line, cut ? "\xE2\x80\xA6" : "");
    if (length > 0 && (size_t)length < sizeof text)
        show(progress, text, (size_t)length);
    progress->drawn = true;
}

void progress_begin(struct progress *progress, const char *what, uint64_t total)
{
    if (progress == NULL)
        return;
    progress_end(progress);
    progress->what = what;
    progress->total = total;
    progress->done = 0;
    progress->begun_ms = clock_monotonic_ms();
    progress->shown_ms = progress->begun_ms;
}

void progress_update(struct progress *progress, uint64_t done)
{
    if (progress == NULL)
        return;
    progress->done = done;
    uint64_t now_ms = clock_monotonic_ms();
    if (now_ms - progress->shown_ms >= DRAW_EVERY_MS)
        draw(progress, now_ms);
}

void progress_end(struct progress *progress)
{
    static const char wipe[] = "\r\x1b[K";
    if (progress == NULL || !progress->drawn)
        return;
    show(progress, wipe, sizeof wipe - 1);
    progress->drawn = false;
}
