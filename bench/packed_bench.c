/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How fast a second analysis has its answers: reading a file as CSV and as a pack of it, beside two limits in the same run: copying the
 * bytes of the pack from the file system's memory, and copying and checking them. Also what packing costs. Medians of runs, each in a
 * process of its own, from its start to answers in memory; without the start of a program, which takes a millisecond or two more.
 *
 * packed_bench [ROWS [THREADS]]   default 1,000,000 rows of bench/support/survey_file.c; up to 2 threads */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/crc32c.h"
#include "base/kernel.h"
#include "formats/packed_cache.h"
#include "formats/reading.h"
#include "instrument/study_file.h"
#include "support/child_runs.h"
#include "support/survey_file.h"

enum { RUNS = 7, PATH_ROOM = 512, PIECE_BYTES = 256 << 10 };

/* What is measured in one process. */
struct task {
    const char *what;
    void (*work)(const struct task *task, struct ctx *ctx);
    const char *path;
    unsigned threads;
};

static char folder[] = "/tmp/packed_bench.XXXXXX", csv[PATH_ROOM], pack[PATH_ROOM], study_path[PATH_ROOM];
static const struct study *study;
static uint64_t rows = 1000000;
static volatile uint32_t sink; /* keeps the compiler from leaving work out */

_Noreturn static void give_up(const char *what)
{
    (void)fprintf(stderr, "packed_bench: %s\n", what);
    exit(1);
}

static void read_answers(const struct task *task, struct ctx *ctx)
{
    const struct format_source source = {.path = task->path};
    const struct answers *answers = NULL;
    struct problems problems;
    if (problems_init(ctx, &problems, false) != STATUS_OK ||
        answers_read(ctx, &source, study, &problems, &answers) != STATUS_OK || answers->encounter_count != rows)
        give_up(ctx->error.sentence);
}

static void pack_answers(const struct task *task, struct ctx *ctx)
{
    const struct format_source source = {.path = task->path};
    struct packed_size size;
    struct problems problems;
    if (problems_init(ctx, &problems, false) != STATUS_OK ||
        answers_pack(ctx, &source, study, &problems, pack, &size) != STATUS_OK || size.encounters != rows)
        give_up(ctx->error.sentence);
}

/* All bytes of a file, in pieces that stay in the processor's caches. */
static void bytes_copy(const struct task *task, bool check)
{
    static char room[PIECE_BYTES];
    int descriptor = open(task->path, O_RDONLY | O_CLOEXEC);
    uint32_t crc = 0;
    for (ssize_t got = 1; got > 0;) {
        got = read(descriptor, room, sizeof room);
        crc = check && got > 0 ? crc32c(crc, room, (size_t)got) : crc;
        if (got < 0)
            give_up("the pack cannot be read");
    }
    sink = crc;
    (void)close(descriptor);
}

static void copy_bytes(const struct task *task, struct ctx *ctx)
{
    (void)ctx;
    bytes_copy(task, false);
}

static void check_bytes(const struct task *task, struct ctx *ctx)
{
    (void)ctx;
    bytes_copy(task, true);
}

static void task_do(const void *state)
{
    const struct task *task = state;
    struct ctx ctx = {.threads = task->threads};
    if (arena_create(NULL, &ctx.arena) != STATUS_OK)
        give_up("no memory");
    task->work(task, &ctx);
}

static void report(const struct task *task)
{
    const struct child_runs runs = child_runs_measure(RUNS, task_do, task);
    printf("%-28s %u thread%s: %8.1f ms (fastest %.1f), %7.1f ms of processors, %5.0f MB\n", task->what, task->threads,
           task->threads == 1 ? " " : "s", 1e3 * runs.seconds, 1e3 * runs.fastest, 1e3 * runs.busy, runs.megabytes);
}

static void name(char *into, const char *of)
{
    (void)snprintf(into, PATH_ROOM, "%s/%s", folder, of);
}

int main(int argc, char **argv)
{
    rows = argc > 1 ? strtoull(argv[1], NULL, 10) : rows;
    const unsigned threads = argc > 2 ? (unsigned)strtoul(argv[2], NULL, 10) : 2;
    struct stat text, packed;
    struct ctx ctx = {.threads = 1};
    if (mkdtemp(folder) == NULL)
        give_up("no folder can be made");
    name(csv, "answers.csv");
    name(pack, "answers.csv.pack");
    name(study_path, "study.json");
    survey_file_write(csv, rows);
    survey_study_write(study_path);
    if (arena_create(NULL, &ctx.arena) != STATUS_OK || kernel_start(&ctx) != STATUS_OK ||
        study_read_file(&ctx, study_path, &study) != STATUS_OK)
        give_up(ctx.error.sentence);
    for (unsigned with = 1; with <= threads; with *= 2) {
        const struct task tasks[] = {
            {"packing", pack_answers, csv, with},
            {"CSV to answers", read_answers, csv, with},
            {"pack to answers", read_answers, pack, with},
        };
        for (size_t i = 0; i < sizeof tasks / sizeof *tasks; i++)
            report(&tasks[i]);
    }
    report(&(struct task){"copying the pack's bytes", copy_bytes, pack, 1});
    report(&(struct task){"and checking them", check_bytes, pack, 1});
    if (stat(csv, &text) == 0 && stat(pack, &packed) == 0)
        printf("%llu rows: %.1f MB of CSV, %.1f MB of pack\n", (unsigned long long)rows, (double)text.st_size / 1e6,
               (double)packed.st_size / 1e6);
    arena_destroy(ctx.arena);
    (void)unlink(csv);
    (void)unlink(pack);
    (void)unlink(study_path);
    (void)rmdir(folder);
    return 0;
}
