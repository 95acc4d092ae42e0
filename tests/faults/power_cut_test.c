/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "kill -9 proves nothing about power cuts: cuts on an ext4 loop image, 300 at least, 0 lost." A cut: the server is stopped in the
 * middle of its work, the image under its file system is copied as it is at that moment (what was never synced is not in it), and
 * the copy is mounted and compared with the ledger. Runs when GAPMETER_POWER_CUTS says how many (./dev faults), as root.
 * GAPMETER_SABOTAGED names a program in which commits are not synced: with it the same cuts must find losses. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "support/killing.h"
#include "support/scratch_folder.h"

enum { IMAGE_MIB = 96, INVITATIONS_PER_CUT = 1500, CUTS_PER_IMAGE = 20, SABOTAGED_CUTS = 20, IMAGES_MOST = 1000 };

struct bench {
    struct scratch scratch;
    char image[SCRATCH_ROOM], cut[SCRATCH_ROOM], mount[SCRATCH_ROOM], store[SCRATCH_ROOM + 16], ledger[SCRATCH_ROOM];
};

/* Runs a program to its end; gives its exit code. */
static int run(const char *const *arguments)
{
    pid_t child = fork();
    int status = -1;
    if (child == 0) {
        int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
        if (nowhere >= 0 && (dup2(nowhere, STDOUT_FILENO) < 0 || dup2(nowhere, STDERR_FILENO) < 0))
            _exit(126);
        execvp(arguments[0], (char *const *)(uintptr_t)arguments);
        _exit(127);
    }
    while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR)
        continue;
    return child > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}
#define RUN(...) run((const char *const[]){__VA_ARGS__, NULL})

/* Whatever ends this program, nothing stays mounted. */
static char mounted_last[SCRATCH_ROOM];

static void mounted_leave(void)
{
    (void)umount2(mounted_last, MNT_DETACH);
}

static bool image_mount(const struct bench *bench, const char *image)
{
    if (!mounted_last[0] && atexit(mounted_leave) != 0)
        return false;
    (void)snprintf(mounted_last, sizeof mounted_last, "%s", bench->mount);
    return RUN("mount", "-o", "loop", image, bench->mount) == 0;
}

/* The device is given back when the last user is gone; a process that was just killed may still be one. */
static void image_unmount(const struct bench *bench)
{
    for (unsigned tries = 0; umount2(bench->mount, 0) != 0 && tries < 200; tries++)
        usleep(5000);
}

/* Paths, and an empty image. SKIPS where there is no root or no loop device. */
static void bench_make(struct bench *bench)
{
    scratch_create(&bench->scratch);
    (void)snprintf(bench->image, sizeof bench->image, "%s", scratch_path(&bench->scratch, "image"));
    (void)snprintf(bench->cut, sizeof bench->cut, "%s", scratch_path(&bench->scratch, "cut"));
    (void)snprintf(bench->mount, sizeof bench->mount, "%s", scratch_path(&bench->scratch, "mounted"));
    (void)snprintf(bench->ledger, sizeof bench->ledger, "%s", scratch_path(&bench->scratch, "ledger"));
    (void)snprintf(bench->store, sizeof bench->store, "%s/study.db", bench->mount);
    assert_int_equal(mkdir(bench->mount, 0700), 0);
    int image = open(bench->image, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    assert_true(image >= 0 && ftruncate(image, (off_t)IMAGE_MIB << 20) == 0);
    close(image);
    if (geteuid() == 0 && RUN("mkfs.ext4", "-q", "-F", "-m", "0", bench->image) == 0 && image_mount(bench, bench->image))
        return;
    print_message("no power cuts here: they need root, mkfs.ext4 and loop devices\n");
    scratch_destroy(&bench->scratch);
    skip();
}

static void bench_clear(struct bench *bench)
{
    scratch_destroy(&bench->scratch);
}

/* Copies the bytes of a file as they are now, leaving holes. */
static void image_copy(const char *from, const char *to)
{
    int source = open(from, O_RDONLY | O_CLOEXEC), target = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    struct stat about;
    assert_true(source >= 0 && target >= 0 && fstat(source, &about) == 0 && ftruncate(target, about.st_size) == 0);
    for (off_t at = lseek(source, 0, SEEK_DATA); at >= 0 && at < about.st_size; at = lseek(source, at, SEEK_DATA)) {
        off_t end = lseek(source, at, SEEK_HOLE);
        assert_true(end > at);
        while (at < end) {
            static char room[1 << 20];
            size_t want = (size_t)(end - at) < sizeof room ? (size_t)(end - at) : sizeof room;
            ssize_t got = pread(source, room, want, at);
            assert_true(got > 0 && pwrite(target, room, (size_t)got, at) == got);
            at += got;
        }
    }
    close(source);
    close(target);
}

/* Waits until the stopped process does nothing any more: a sync that it was in is over. */
static void stop_await(pid_t pid)
{
    char path[64], text[512];
    (void)snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
    for (unsigned tries = 0; tries < 2000; tries++) {
        FILE *file = fopen(path, "r");
        assert_non_null(file);
        text[fread(text, 1, sizeof text - 1, file)] = '\0';
        (void)fclose(file);
        const char *name_end = strrchr(text, ')');
        if (name_end && name_end[2] == 'T')
            return;
        usleep(500);
    }
    fail_msg("the server does not stop");
}

/* What the cuts found. */
struct cuts {
    unsigned cuts, underway, images;
    struct killing_verdict verdicts[IMAGES_MOST]; /* of each image, after its last cut: all its cuts together */
    struct killing_verdict verdict;               /* of all images */
};

/* One cut: the store goes on from what survived it. */
static void cut_once(struct bench *bench, struct killing *killing, const char *program, struct cuts *sum)
{
    struct killing_verdict *verdict = &sum->verdicts[sum->images];
    struct server_process server;
    sum->underway += killing_cycle(
        killing, &(const struct killing_cycle){
                     .seed = sum->cuts, .store = bench->store, .program = program, .signal = SIGSTOP, .server = &server});
    stop_await(server.pid);
    image_copy(bench->image, bench->cut);
    (void)server_end(&server, SIGKILL);
    image_unmount(bench);
    assert_int_equal(rename(bench->cut, bench->image), 0);
    assert_true(image_mount(bench, bench->image));
    *verdict = killing_verify(killing, bench->store);
    sum->cuts++;
}

/* Some cuts of a new image. */
static void cuts_make(unsigned cuts, const char *program, struct cuts *sum)
{
    struct bench bench;
    struct live_store store;
    struct killing killing;
    bench_make(&bench);
    live_store_make(&store, bench.store, (uint64_t)INVITATIONS_PER_CUT * cuts);
    sync();
    killing_begin(&killing, &store, bench.ledger);
    assert_true(sum->images < IMAGES_MOST);
    for (unsigned i = 0; i < cuts; i++)
        cut_once(&bench, &killing, program, sum);
    const struct killing_verdict *found = &sum->verdicts[sum->images++];
    sum->verdict.acknowledged += found->acknowledged;
    sum->verdict.lost += found->lost;
    sum->verdict.wrong += found->wrong;
    sum->verdict.surplus += found->surplus;
    killing_end(&killing);
    live_store_clear(&store);
    image_unmount(&bench);
    bench_clear(&bench);
}

static unsigned cuts_asked(void)
{
    const char *asked = getenv("GAPMETER_POWER_CUTS");
    if (asked)
        return (unsigned)strtoul(asked, NULL, 10);
    print_message("no power cuts in this run; ./dev faults makes them\n");
    skip();
    return 0;
}

static void cuts_print(const struct cuts *sum)
{
    print_message("%u cuts, %u of them while requests were underway: %llu acknowledged, %llu lost, %llu with other answers, %llu "
                  "more than were sent\n",
                  sum->cuts, sum->underway, (unsigned long long)sum->verdict.acknowledged, (unsigned long long)sum->verdict.lost,
                  (unsigned long long)sum->verdict.wrong, (unsigned long long)sum->verdict.surplus);
}

static void nothing_acknowledged_is_lost(void **state)
{
    (void)state;
    static struct cuts sum;
    unsigned cuts = cuts_asked();
    while (sum.cuts < cuts)
        cuts_make(cuts - sum.cuts < CUTS_PER_IMAGE ? cuts - sum.cuts : CUTS_PER_IMAGE, NULL, &sum);
    cuts_print(&sum);
    assert_true(sum.verdict.acknowledged > sum.cuts);
    assert_int_equal(sum.verdict.lost, 0);
    assert_int_equal(sum.verdict.wrong, 0);
    assert_int_equal(sum.verdict.surplus, 0);
}

/* The proof can fail: a server whose commits are not synced loses what it acknowledged, and these cuts see it. */
static void a_planted_fault_is_caught(void **state)
{
    (void)state;
    static struct cuts sum;
    (void)cuts_asked();
    const char *program = getenv("GAPMETER_SABOTAGED");
    if (!program) {
        print_message("no sabotaged program in this run; ./dev faults builds one\n");
        skip();
    }
    cuts_make(SABOTAGED_CUTS, program, &sum);
    cuts_print(&sum);
    assert_true(sum.verdict.lost > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_planted_fault_is_caught),
        cmocka_unit_test(nothing_acknowledged_is_lost),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
