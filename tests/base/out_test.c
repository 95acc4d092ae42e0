/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/out.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/memory.h"
#include "support/scratch_folder.h"

struct stage {
    struct ctx ctx;
    struct scratch scratch;
};

static struct stage stage;

static int begin(void **state)
{
    (void)state;
    stage.ctx = (struct ctx){0};
    scratch_create(&stage.scratch);
    return arena_create(NULL, &stage.ctx.arena) == STATUS_OK ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    arena_destroy(stage.ctx.arena);
    scratch_destroy(&stage.scratch);
    return 0;
}

static struct out *opened(const char *path)
{
    struct out *out = NULL;
    enum status status = out_open_file(&stage.ctx, path, &out);
    if (status != STATUS_OK)
        fail_msg("%s", stage.ctx.error.sentence);
    return out;
}

/* How many names the scratch folder holds: temporary files are seen. */
static int names_in_folder(void)
{
    DIR *folder = opendir(stage.scratch.folder);
    assert_non_null(folder);
    int names = -2;
    while (readdir(folder) != NULL)
        names++;
    assert_int_equal(closedir(folder), 0);
    return names;
}

static void assert_file(const char *path, const char *expected)
{
    size_t length;
    char *bytes = scratch_read(path, &length);
    assert_string_equal(bytes, expected);
    assert_int_equal(length, strlen(expected));
    free(bytes);
}

static void assert_sentence(const char *part)
{
    if (strstr(stage.ctx.error.sentence, part) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", stage.ctx.error.sentence, part);
}

/* "Writes to a file that replaces `path` only when out_close succeeds" */
static void a_file_is_replaced_at_the_end(void **state)
{
    (void)state;
    const char *path = scratch_write(&stage.scratch, "report.html", "old");
    struct out *out = opened(path);
    out_text(out, "new ");
    out_char(out, '&');
    out_span(out, (struct span){" text and more", 5});
    out_format(out, " %d %s", 7, "end");
    assert_file(path, "old");
    assert_int_equal(names_in_folder(), 2);
    assert_int_equal(out_close(&stage.ctx, out), STATUS_OK);
    assert_file(path, "new & text 7 end");
    assert_int_equal(names_in_folder(), 1);
}

/* Texts longer than any buffer arrive whole and in order, in files and in memory. */
static void long_texts_arrive_whole(void **state)
{
    (void)state;
    enum { BLOCK = 300001 };
    char *block = malloc(BLOCK + 1);
    assert_non_null(block);
    struct out *outs[2];
    const char *path = scratch_path(&stage.scratch, "long");
    outs[0] = opened(path);
    assert_int_equal(out_open_memory(&stage.ctx, &outs[1]), STATUS_OK);
    size_t expected_length = 0;
    for (int i = 0; i < 8; i++) {
        memset(block, 'a' + i, BLOCK);
        block[BLOCK] = '\0';
        size_t length = BLOCK >> (i * 2);
        for (int o = 0; o < 2; o++) {
            out_write(outs[o], block, length);
            out_format(outs[o], "%.*s", (int)length, block);
        }
        expected_length += 2 * length;
    }
    assert_int_equal(out_close(&stage.ctx, outs[0]), STATUS_OK);
    assert_int_equal(out_close(&stage.ctx, outs[1]), STATUS_OK);
    size_t length;
    char *bytes = scratch_read(path, &length);
    struct span memory = out_bytes(outs[1]);
    assert_int_equal(length, expected_length);
    assert_int_equal(memory.length, expected_length);
    assert_memory_equal(bytes, memory.at, length);
    size_t at = 0;
    for (int i = 0; i < 8; i++)
        for (size_t j = 0; j < 2 * ((size_t)BLOCK >> (i * 2)); j++)
            if (bytes[at++] != 'a' + i)
                fail_msg("byte %zu is wrong", at - 1);
    free(bytes);
    free(block);
}

/* "Room for the next `most` bytes, to be written there and counted by out_advance": whatever was written around them, in files and in
 * memory; room that is not used up leaves nothing */
static void rooms_are_filled(void **state)
{
    (void)state;
    enum { ROUNDS = 4000 };
    const char *path = scratch_path(&stage.scratch, "rooms");
    struct out *outs[2] = {opened(path), NULL};
    assert_int_equal(out_open_memory(&stage.ctx, &outs[1]), STATUS_OK);
    size_t expected = 0;
    for (size_t i = 0; i < ROUNDS; i++) {
        size_t most = 1 + i * 7919 % OUT_ROOM_MOST, used = i % 3 ? most : most / 2;
        for (int o = 0; o < 2; o++) {
            char *room = out_room(outs[o], most);
            assert_non_null(room);
            memset(room, 'a' + (int)(i % 26), most);
            out_advance(outs[o], used);
            out_char(outs[o], '\n');
        }
        expected += used + 1;
    }
    assert_int_equal(out_close(&stage.ctx, outs[0]), STATUS_OK);
    size_t length;
    char *bytes = scratch_read(path, &length);
    struct span memory = out_bytes(outs[1]);
    assert_int_equal(length, expected);
    assert_int_equal(memory.length, expected);
    assert_memory_equal(bytes, memory.at, length);
    const char *at = bytes;
    for (size_t i = 0; i < ROUNDS; i++) {
        size_t most = 1 + i * 7919 % OUT_ROOM_MOST, used = i % 3 ? most : most / 2;
        assert_int_equal(strspn(at, (const char[]){(char)('a' + (char)(i % 26)), '\0'}), used);
        at += used + 1;
    }
    free(bytes);
    assert_int_equal(out_close(&stage.ctx, outs[1]), STATUS_OK);
}

/* "ctx->arena's end removes it when out_close was not reached" */
static void what_was_not_closed_leaves_nothing(void **state)
{
    (void)state;
    const char *path = scratch_write(&stage.scratch, "report.html", "old");
    struct arena *outer = stage.ctx.arena;
    assert_int_equal(arena_create(outer, &stage.ctx.arena), STATUS_OK);
    out_text(opened(path), "new");
    assert_int_equal(names_in_folder(), 2);
    arena_destroy(stage.ctx.arena);
    stage.ctx.arena = outer;
    assert_int_equal(names_in_folder(), 1);
    assert_file(path, "old");
}

static void enough_is_enough(struct out *out)
{
    static const char line[1000] = "a line that is long enough to fill the disk soon";
    for (int i = 0; i < 1000; i++)
        out_write(out, line, sizeof line);
}

static void handle(int number, void (*handler)(int))
{
    const struct sigaction action = {.sa_handler = handler};
    assert_int_equal(sigaction(number, &action, NULL), 0);
}

/* "STATUS_IO (disk full …) with the file's name, the old file being whole": a limit on the size of files plays the full
 * disk, in a process of its own */
static void a_full_disk_leaves_the_old_file(void **state)
{
    (void)state;
    const char *path = scratch_write(&stage.scratch, "report.html", "the old report");
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        handle(SIGXFSZ, SIG_IGN);
        struct rlimit limit = {100000, 100000};
        struct out *out = NULL;
        if (setrlimit(RLIMIT_FSIZE, &limit) != 0 || out_open_file(&stage.ctx, path, &out) != STATUS_OK)
            _exit(10);
        enough_is_enough(out);
        if (out_close(&stage.ctx, out) != STATUS_IO)
            _exit(11);
        const char *sentence = stage.ctx.error.sentence;
        _exit(strstr(sentence, "report.html; the old file was left as it was.") != NULL ? 0 : 12);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    assert_file(path, "the old report");
    assert_int_equal(names_in_folder(), 1);
}

/* "A pipe or a device … is written directly": /dev/full is a disk that is always full */
static void a_full_device_is_told(void **state)
{
    (void)state;
    struct out *out = opened("/dev/full");
    out_text(out, "x");
    assert_int_equal(out_close(&stage.ctx, out), STATUS_IO);
    assert_string_equal(stage.ctx.error.sentence, "The disk is full while writing /dev/full; what was written is not complete.");
    struct stat found;
    assert_int_equal(stat("/dev/full", &found), 0);
    assert_true(S_ISCHR(found.st_mode));
    /* "Errors stick: after the first, writes do nothing" */
    out = opened("/dev/full");
    enough_is_enough(out);
    out_format(out, "%d", 1);
    assert_int_equal(out_close(&stage.ctx, out), STATUS_IO);
    out = opened("/dev/null");
    enough_is_enough(out);
    assert_int_equal(out_close(&stage.ctx, out), STATUS_OK);
}

/* "broken pipe"; "Writes to an open descriptor, which stays open" */
static void a_broken_pipe_is_told(void **state)
{
    (void)state;
    handle(SIGPIPE, SIG_IGN);
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    struct out *out = NULL;
    assert_int_equal(out_open_fd(&stage.ctx, ends[1], "the output", &out), STATUS_OK);
    out_text(out, "heard");
    assert_int_equal(out_close(&stage.ctx, out), STATUS_OK);
    char heard[8] = "";
    assert_int_equal(read(ends[0], heard, sizeof heard - 1), 5);
    assert_string_equal(heard, "heard");
    assert_int_equal(close(ends[0]), 0);
    assert_int_equal(out_open_fd(&stage.ctx, ends[1], "the output", &out), STATUS_OK);
    out_text(out, "not heard");
    assert_int_equal(out_close(&stage.ctx, out), STATUS_IO);
    assert_sentence("The program that was reading stopped while writing the output");
    assert_int_equal(fcntl(ends[1], F_GETFD) >= 0, 1);
    assert_int_equal(close(ends[1]), 0);
    handle(SIGPIPE, SIG_DFL);
}

/* A reader that is slow, and a stream that someone made non-blocking, lose nothing. */
static void a_slow_reader_gets_all(void **state)
{
    (void)state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        (void)close(ends[0]);
        struct out *out = NULL;
        if (fcntl(ends[1], F_SETFL, O_NONBLOCK) != 0 || out_open_fd(&stage.ctx, ends[1], "pipe", &out) != STATUS_OK)
            _exit(1);
        enough_is_enough(out);
        _exit(out_close(&stage.ctx, out) == STATUS_OK ? 0 : 2);
    }
    assert_int_equal(close(ends[1]), 0);
    size_t all = 0;
    char some[5000];
    ssize_t got;
    while ((got = read(ends[0], some, sizeof some)) > 0)
        all += (size_t)got;
    assert_int_equal(all, 1000 * 1000);
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_int_equal(close(ends[0]), 0);
}

/* "A symbolic link stays, and what it leads to is replaced", also when nothing is there yet */
static void links_stay(void **state)
{
    (void)state;
    char target[SCRATCH_ROOM], link[SCRATCH_ROOM], second[SCRATCH_ROOM];
    (void)snprintf(target, sizeof target, "%s", scratch_path(&stage.scratch, "deep/target"));
    assert_int_equal(mkdir(scratch_path(&stage.scratch, "deep"), 0700), 0);
    (void)snprintf(link, sizeof link, "%s", scratch_path(&stage.scratch, "link"));
    (void)snprintf(second, sizeof second, "%s", scratch_path(&stage.scratch, "second"));
    assert_int_equal(symlink("deep/target", link), 0);
    assert_int_equal(symlink(link, second), 0);
    static const char *const texts[] = {"first", "second"};
    for (int i = 0; i < 2; i++) {
        struct out *out = opened(second);
        out_text(out, texts[i]);
        assert_int_equal(out_close(&stage.ctx, out), STATUS_OK);
        assert_file(target, texts[i]);
        struct stat found;
        assert_int_equal(lstat(second, &found), 0);
        assert_true(S_ISLNK(found.st_mode));
    }
    struct out *out = NULL;
    const char *loop = scratch_path(&stage.scratch, "loop");
    assert_int_equal(symlink(loop, loop), 0);
    assert_int_equal(out_open_file(&stage.ctx, loop, &out), STATUS_IO);
}

/* "a file that is replaced keeps its mode"; a new one gets what the umask leaves */
static void modes(void **state)
{
    (void)state;
    const char *path = scratch_write(&stage.scratch, "private", "old");
    assert_int_equal(chmod(path, 0664), 0);
    mode_t before = umask(027);
    for (int i = 0; i < 2; i++) {
        struct out *out = opened(path);
        assert_int_equal(out_close(&stage.ctx, out), STATUS_OK);
        struct stat found;
        assert_int_equal(stat(path, &found), 0);
        assert_int_equal(found.st_mode & 07777, i == 0 ? 0664 : 0640);
        path = scratch_path(&stage.scratch, "new");
    }
    umask(before);
}

/* "STATUS_PERMISSION, STATUS_NO_INPUT (no such folder), STATUS_IO" */
static void what_cannot_be_opened_is_told(void **state)
{
    (void)state;
    struct out *out = NULL;
    assert_int_equal(out_open_file(&stage.ctx, scratch_path(&stage.scratch, "no/such"), &out), STATUS_NO_INPUT);
    assert_sentence("does not exist");
    assert_int_equal(out_open_file(&stage.ctx, scratch_write(&stage.scratch, "file", ""), &out), STATUS_OK);
    assert_int_equal(out_open_file(&stage.ctx, scratch_path(&stage.scratch, "file/x"), &out), STATUS_NO_INPUT);
    assert_int_equal(out_open_file(&stage.ctx, stage.scratch.folder, &out), STATUS_IO);
    assert_sentence("is a folder");
    assert_int_equal(out_open_file(&stage.ctx, "", &out), STATUS_NO_INPUT);
    assert_sentence("empty");
    char path[5000];
    memset(path, 'x', sizeof path - 1);
    path[sizeof path - 1] = '\0';
    assert_int_equal(out_open_file(&stage.ctx, path, &out), STATUS_IO);
    assert_sentence("nothing was changed");
}

/* What a user who is not root is answered, in a process of its own, with the folder's mode; 0 when all is as it should be. */
static int refused_with(const char *path, mode_t folder_mode)
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct out *out = NULL;
        if (chmod(stage.scratch.folder, folder_mode) != 0 || (geteuid() == 0 && setresuid(65534, 65534, 65534) != 0))
            _exit(20);
        enum status status = out_open_file(&stage.ctx, path, &out);
        _exit(status != STATUS_PERMISSION ? 21 : strstr(stage.ctx.error.sentence, "Permission was refused") != NULL ? 0 : 22);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

/* "STATUS_PERMISSION": the folder refuses new files, or the file that would be replaced is not to be written */
static void a_refusal_is_told(void **state)
{
    (void)state;
    const char *path = scratch_write(&stage.scratch, "kept", "old");
    assert_int_equal(chmod(path, 0666), 0);
    assert_int_equal(refused_with(path, 0555), 0);
    assert_int_equal(chmod(path, 0444), 0);
    assert_int_equal(refused_with(path, 0777), 0);
    assert_file(path, "old");
    assert_int_equal(names_in_folder(), 1);
}

/* /dev/stdout that was sent to a file is written where the shell wants it, not replaced. */
static void standard_output_is_not_replaced(void **state)
{
    (void)state;
    const char *path = scratch_write(&stage.scratch, "log", "before ");
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct out *out = NULL;
        int fd = open(path, O_WRONLY | O_APPEND);
        if (fd < 0 || dup2(fd, STDOUT_FILENO) < 0 || out_open_file(&stage.ctx, "/dev/stdout", &out) != STATUS_OK)
            _exit(1);
        out_text(out, "after");
        _exit(out_close(&stage.ctx, out) == STATUS_OK ? 0 : 2);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_file(path, "before after");
    assert_int_equal(names_in_folder(), 1);
}

/* "STATUS_MEMORY" of what is collected in memory sticks too */
static void memory_that_ends_is_told(void **state)
{
    (void)state;
    struct out *out = NULL;
    assert_int_equal(out_open_memory(&stage.ctx, &out), STATUS_OK);
    assert_int_equal(out_bytes(out).length, 0);
    out_text(out, "kept");
    memory_fail_at(1, false);
    enough_is_enough(out);
    memory_fail_at(0, false);
    out_text(out, "lost");
    assert_null(out_room(out, 1));
    assert_true(out_bytes(out).length < 2000);
    assert_int_equal(out_close(&stage.ctx, out), STATUS_MEMORY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_file_is_replaced_at_the_end, begin, end),
        cmocka_unit_test_setup_teardown(long_texts_arrive_whole, begin, end),
        cmocka_unit_test_setup_teardown(rooms_are_filled, begin, end),
        cmocka_unit_test_setup_teardown(what_was_not_closed_leaves_nothing, begin, end),
        cmocka_unit_test_setup_teardown(a_full_disk_leaves_the_old_file, begin, end),
        cmocka_unit_test_setup_teardown(a_full_device_is_told, begin, end),
        cmocka_unit_test_setup_teardown(a_broken_pipe_is_told, begin, end),
        cmocka_unit_test_setup_teardown(a_slow_reader_gets_all, begin, end),
        cmocka_unit_test_setup_teardown(links_stay, begin, end),
        cmocka_unit_test_setup_teardown(modes, begin, end),
        cmocka_unit_test_setup_teardown(what_cannot_be_opened_is_told, begin, end),
        cmocka_unit_test_setup_teardown(a_refusal_is_told, begin, end),
        cmocka_unit_test_setup_teardown(standard_output_is_not_replaced, begin, end),
        cmocka_unit_test_setup_teardown(memory_that_ends_is_told, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
