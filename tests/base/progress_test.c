/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/progress.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/text.h"

struct terminal {
    int ours, theirs; /* what the program writes to theirs is read from ours */
};

static struct terminal terminal_open(unsigned short columns)
{
    struct terminal terminal;
    terminal.ours = posix_openpt(O_RDWR | O_NOCTTY);
    if (terminal.ours < 0) {
        print_message("skipped: this machine gives no pseudo-terminals\n");
        skip();
    }
    assert_int_equal(grantpt(terminal.ours), 0);
    assert_int_equal(unlockpt(terminal.ours), 0);
    terminal.theirs = open(ptsname(terminal.ours), O_RDWR | O_NOCTTY);
    assert_true(terminal.theirs >= 0);
    const struct winsize size = {.ws_col = columns, .ws_row = 24};
    assert_int_equal(ioctl(terminal.theirs, TIOCSWINSZ, &size), 0);
    assert_int_equal(fcntl(terminal.ours, F_SETFL, O_NONBLOCK), 0);
    return terminal;
}

static void terminal_close(struct terminal terminal)
{
    assert_int_equal(close(terminal.ours), 0);
    assert_int_equal(close(terminal.theirs), 0);
}

/* What was shown since the last call. */
static const char *shown(int fd)
{
    static char text[4096];
    ssize_t got = read(fd, text, sizeof text - 1);
    text[got > 0 ? got : 0] = '\0';
    return text;
}

/* Lets the work have begun, and the bar have been drawn, so long ago: no test waits for a clock. */
static void backdate(struct progress *progress, uint64_t ms)
{
    progress->begun_ms -= ms;
    progress->shown_ms = progress->begun_ms;
}

/* "Redraws the bar at most ten times a second, with the time left once it can be told"; "Wipes the bar" */
static void a_bar_is_drawn_and_wiped(void **state)
{
    (void)state;
    assert_int_equal(setenv("TERM", "xterm", 1), 0);
    struct terminal terminal = terminal_open(80);
    struct progress progress = {.fd = terminal.theirs};
    progress_begin(&progress, "Reading answers.csv", 200);
    backdate(&progress, 150);
    progress_update(&progress, 50);
    assert_string_equal(shown(terminal.ours), "\rReading answers.csv [######..................]  25 %\x1b[K");
    backdate(&progress, 10000);
    progress_update(&progress, 100);
    assert_string_equal(shown(terminal.ours), "\rReading answers.csv [############............]  50 %, 10 s left\x1b[K");
    backdate(&progress, 590000);
    progress_update(&progress, 150);
    assert_string_equal(shown(terminal.ours), "\rReading answers.csv [##################......]  75 %, 3 min left\x1b[K");
    progress_end(&progress);
    assert_string_equal(shown(terminal.ours), "\r\x1b[K");
    progress_end(&progress);
    assert_string_equal(shown(terminal.ours), "");
    terminal_close(terminal);
}

/* "at most ten times a second": many updates in a quarter of a second draw twice */
static void drawn_ten_times_a_second(void **state)
{
    (void)state;
    assert_int_equal(setenv("TERM", "xterm", 1), 0);
    struct terminal terminal = terminal_open(80);
    struct progress progress = {.fd = terminal.theirs};
    progress_begin(&progress, "Rows", 0);
    uint64_t spent_ms = 0;
    for (uint64_t i = 0; spent_ms < 250; i++) {
        progress_update(&progress, i);
        spent_ms = clock_monotonic_ms() - progress.begun_ms;
    }
    unsigned draws = 0;
    for (const char *at = shown(terminal.ours); (at = strstr(at, "\rRows")) != NULL; at++)
        draws++;
    assert_in_range(draws, 1, spent_ms / 100);
    terminal_close(terminal);
}

/* A narrow terminal gets a line that fits; without a total there is no bar; more than the total is 100 %. */
static void lines_fit_the_terminal(void **state)
{
    (void)state;
    assert_int_equal(setenv("TERM", "xterm", 1), 0);
    struct terminal terminal = terminal_open(20);
    struct progress progress = {.fd = terminal.theirs};
    progress_begin(&progress, "Reading 기대.csv", 2);
    backdate(&progress, 150);
    progress_update(&progress, 5);
    const char *text = shown(terminal.ours);
    assert_string_equal(text, "\rReading 기대.csv […\x1b[K");
    assert_int_equal(text_width((struct span){text + 1, strlen(text) - 4}), 19);
    progress_begin(&progress, "Rows", 0);
    assert_string_equal(shown(terminal.ours), "\r\x1b[K");
    backdate(&progress, 150);
    progress_update(&progress, 123456);
    assert_string_equal(shown(terminal.ours), "\rRows: 123456\x1b[K");
    terminal_close(terminal);
}

/* "Silent when the stream is not a terminal (or TERM is dumb)"; "NULL progress is allowed in all three" */
static void silent_elsewhere(void **state)
{
    (void)state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(fcntl(ends[0], F_SETFL, O_NONBLOCK), 0);
    struct terminal terminal = terminal_open(80);
    assert_int_equal(setenv("TERM", "dumb", 1), 0);
    const int fds[] = {ends[1], terminal.theirs, -1};
    for (size_t i = 0; i < 3; i++) {
        struct progress progress = {.fd = fds[i]};
        progress_begin(&progress, "Reading", 10);
        backdate(&progress, 150);
        progress_update(&progress, 5);
        assert_int_equal(progress.done, 5);
        progress_end(&progress);
        assert_string_equal(shown(ends[0]), "");
        assert_string_equal(shown(terminal.ours), "");
    }
    progress_begin(NULL, "Reading", 10);
    progress_update(NULL, 5);
    progress_end(NULL);
    terminal_close(terminal);
    assert_int_equal(close(ends[0]), 0);
    assert_int_equal(close(ends[1]), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_bar_is_drawn_and_wiped),
        cmocka_unit_test(drawn_ten_times_a_second),
        cmocka_unit_test(lines_fit_the_terminal),
        cmocka_unit_test(silent_elsewhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
