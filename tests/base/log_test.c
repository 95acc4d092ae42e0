/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "control bytes escaped", "log disk full never blocks submissions" (reliability, 5.8 and case 18). */
#include "base/log.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <jansson.h>

#include "support/scratch_folder.h"

/* Logs some lines of each form to a file and gives it back. */
static char *logged(enum log_form form, const char *text, size_t *length)
{
    struct scratch scratch;
    struct ctx ctx = {.threads = 1};
    struct log *log = NULL;
    scratch_create(&scratch);
    const char *path = scratch_path(&scratch, "log");
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    assert_true(fd >= 0);
    assert_int_equal(arena_create(NULL, &ctx.arena), STATUS_OK);
    assert_int_equal(log_open(&ctx, fd, form, &log), STATUS_OK);
    const struct log_field fields[] = {{.name = "text", .text = text}, {.name = "number", .number = -7}};
    log_line(log, "tried", fields, 2);
    log_line(log, "again", NULL, 0);
    log_line(NULL, "nowhere", NULL, 0);
    arena_destroy(ctx.arena);
    assert_int_equal(close(fd), 0);
    char *all = scratch_read(path, length);
    scratch_destroy(&scratch);
    return all;
}

static void lines_have_a_time_and_a_number(void **state)
{
    (void)state;
    size_t length;
    char *all = logged(LOG_LOGFMT, "plain", &length);
    assert_memory_equal(all, "time=20", 7);
    assert_int_equal(all[28], 'Z');
    assert_non_null(strstr(all, "Z line=1 event=tried text=plain number=-7\ntime="));
    assert_non_null(strstr(all, " line=2 event=again\n"));
    assert_null(strstr(all, "nowhere"));
    free(all);
}

/* Hostile texts stay within one line and one value. */
static void texts_are_escaped(void **state)
{
    (void)state;
    static const char *const texts[] = {"a b",
                                        "a\nline=9 event=forged",
                                        "quote\" back\\slash",
                                        "\x1b[31mred",
                                        "\xff\xfe",
                                        "",
                                        "a=b",
                                        "\xe2\x80\xae"
                                        "turned"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        size_t length;
        char *all = logged(LOG_LOGFMT, texts[i], &length), *end = strchr(all, '\n');
        assert_non_null(end);
        assert_memory_equal(end - strlen("number=-7"), "number=-7", strlen("number=-7"));
        for (const char *at = all; *at != '\0'; at++)
            assert_true(*at == '\n' || (unsigned char)*at >= 0x20);
        free(all);
        all = logged(LOG_JSON, texts[i], &length);
        *strchr(all, '\n') = '\0';
        json_t *line = json_loads(all, JSON_REJECT_DUPLICATES, NULL);
        assert_non_null(line);
        assert_string_equal(json_string_value(json_object_get(line, "event")), "tried");
        assert_int_equal(json_integer_value(json_object_get(line, "number")), -7);
        assert_non_null(json_string_value(json_object_get(line, "text")));
        assert_int_equal(json_object_size(line), 5);
        json_decref(line);
        free(all);
    }
}

/* A text of any length leaves a line that can be read. */
static void long_texts_are_cut(void **state)
{
    (void)state;
    char *text = malloc(20001);
    assert_non_null(text);
    for (size_t size = 900; size <= 20000; size = size * 2 + 1) {
        size_t length;
        memset(text, size % 3 == 0 ? '"' : 'x', size);
        text[size] = '\0';
        char *all = logged(LOG_JSON, text, &length);
        *strchr(all, '\n') = '\0';
        json_t *line = json_loads(all, JSON_REJECT_DUPLICATES, NULL);
        assert_non_null(line);
        json_decref(line);
        free(all);
    }
    free(text);
}

/* Nobody reads at the other end: the writer goes on, and says later how many lines are missing. */
static void a_full_pipe_does_not_block(void **state)
{
    (void)state;
    int ends[2];
    struct ctx ctx = {.threads = 1};
    struct log *log = NULL;
    static char all[1 << 20];
    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    assert_int_equal(arena_create(NULL, &ctx.arena), STATUS_OK);
    assert_int_equal(log_open(&ctx, ends[1], LOG_LOGFMT, &log), STATUS_OK);
    for (int i = 0; i < 10000; i++)
        log_line(log, "request", NULL, 0);
    assert_int_equal(fcntl(ends[0], F_SETFL, O_NONBLOCK), 0);
    size_t length = 0;
    for (int i = 0; i < 20; i++) {
        ssize_t got = 0;
        while ((got = read(ends[0], all + length, sizeof all - 1 - length)) > 0)
            length += (size_t)got;
        log_line(log, "later", NULL, 0);
        log_flush(log);
    }
    all[length] = '\0';
    assert_non_null(strstr(all, "event=dropped lines="));
    assert_non_null(strstr(all, "event=later"));
    arena_destroy(ctx.arena);
    assert_int_equal(close(ends[0]), 0);
    assert_int_equal(close(ends[1]), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_have_a_time_and_a_number),
        cmocka_unit_test(texts_are_escaped),
        cmocka_unit_test(long_texts_are_cut),
        cmocka_unit_test(a_full_pipe_does_not_block),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
