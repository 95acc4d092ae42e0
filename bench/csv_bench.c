/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How fast a csv file becomes answers: for each kernel that this machine has and each number of threads, the time, bytes and rows
 * per second, and the most memory that the reading process held, beside two limits in the same run: reading the file's bytes, and
 * finding where its cells end. Medians of five runs, each in a process of its own.
 *
 * csv_bench [ROWS [THREADS]]   default 1,000,000 rows of a survey of 22 items asked twice, with id, time, three segments, weight and
 *                              two outcomes; up to 2 threads */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/chance.h"
#include "base/kernel.h"
#include "formats/csv_blocks.h"
#include "formats/csv_read.h"
#include "support/child_runs.h"

enum { ITEMS = 22, RUNS = 5, BRANCHES = 200, ROW_BYTES_MOST = 256, PIECE_BYTES = 1 << 20, MARGIN = CSV_BLOCKS_MARGIN };

/* What is measured in one process. */
struct task {
    const char *path;
    uint64_t rows;
    enum kernel kernel;
    unsigned threads;
    enum csv_path way;
};

static const char *headers[2][ITEMS];
static char header_texts[2][ITEMS][8];
static struct item items[ITEMS];
static const struct scale scale = {.id = "agree7", .min = {1, 0}, .max = {7, 0}, .step = {1, 0}, .steps = 7};
static const struct segment segments[] = {{"branch"}, {"channel"}, {"age"}};
static const struct outcome outcomes[] = {
    {.name = "satisfaction", .column = "sat", .scale = {.id = "sat", .min = {1, 0}, .max = {7, 0}, .step = {1, 0}, .steps = 7}},
    {.name = "loyalty", .column = "loyal", .scale = {.id = "loyal", .min = {1, 0}, .max = {7, 0}, .step = {1, 0}, .steps = 7}},
};
static const struct study study = {
    .title = "bench",
    .scales = &scale,
    .scale_count = 1,
    .items = items,
    .item_count = ITEMS,
    .columns = {.of_item = {[STANDARD_EXPECTATION] = headers[0], [STANDARD_PERCEPTION] = headers[1]},
                .respondent = "id",
                .weight = "weight",
                .segments = segments,
                .segment_count = 3,
                .outcomes = outcomes,
                .outcome_count = 2}};

_Noreturn static void give_up(const char *what)
{
    (void)fprintf(stderr, "csv_bench: %s\n", what);
    exit(1);
}

static void write_header(FILE *to)
{
    (void)fputs("id,ts,branch,channel,age,weight", to);
    for (int standard = 0; standard < 2; standard++) {
        for (int i = 0; i < ITEMS; i++) {
            (void)snprintf(header_texts[standard][i], sizeof header_texts[standard][i], "%c%d", "ep"[standard], i + 1);
            headers[standard][i] = items[i].id = header_texts[standard][i];
            items[i].dimension = UINT32_MAX;
            (void)fprintf(to, ",%s", headers[standard][i]);
        }
    }
    (void)fputs(",sat,loyal\n", to);
}

/* Answers around 5 of 7, three in a hundred missing. */
static void write_row(FILE *to, uint64_t row)
{
    static const char *const channels[] = {"kiosk", "web", "app", "phone"};
    static const char *const ages[] = {"18-24", "25-34", "35-44", "45-54", "55-64", "65+"};
    char text[ROW_BYTES_MOST], *at = text;
    uint64_t bits = chance_bits(1, row, 0);
    unsigned weight = 500 + (unsigned)(bits % 1500);
    at += snprintf(at, ROW_BYTES_MOST, "%llu,2026-%02u-%02uT%02u:%02u:%02uZ,B%03u,%s,%s,%u.%03u", (unsigned long long)row + 1,
                   (unsigned)(bits >> 12) % 12 + 1, (unsigned)(bits >> 16) % 28 + 1, (unsigned)(bits >> 21) % 24,
                   (unsigned)(bits >> 26) % 60, (unsigned)(bits >> 27) % 60, (unsigned)(bits >> 32) % BRANCHES + 1,
                   channels[bits >> 50 & 3], ages[(bits >> 52) % 6], weight / 1000, weight % 1000);
    for (uint64_t i = 0; i < 2 * ITEMS + 2; i++) {
        if (i % 8 == 0)
            bits = chance_bits(1, row, 1 + i / 8);
        unsigned byte = (unsigned)(bits >> (8 * (i % 8))) & 0xFF;
        *at++ = ',';
        if (byte >= 8)
            *at++ = (char)('1' + (byte & 3) + (byte >> 2 & 1) + (byte >> 3 & 1) + (byte >> 4 & 1));
    }
    *at++ = '\n';
    (void)fwrite(text, 1, (size_t)(at - text), to);
}

static size_t make_file(int descriptor, uint64_t rows)
{
    FILE *to = fdopen(descriptor, "w");
    if (to == NULL)
        give_up("no file can be made");
    write_header(to);
    for (uint64_t row = 0; row < rows; row++)
        write_row(to, row);
    long bytes = ftell(to);
    if (ferror(to) || fclose(to) != 0 || bytes < 0)
        give_up("no room for the answers");
    return (size_t)bytes;
}

/* Reads the file in pieces, and finds their cells when there is a kernel to do it. */
static void scan_file(const struct task *task, const struct csv_kernel *kernel)
{
    static char room[PIECE_BYTES + 2 * MARGIN];
    static struct csv_blocks blocks;
    struct ctx ctx = {0};
    int descriptor = open(task->path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0 || arena_create(NULL, &ctx.arena) != STATUS_OK ||
        csv_blocks_create(&ctx, PIECE_BYTES, &blocks) != STATUS_OK)
        give_up("the file cannot be scanned");
    size_t held = 0;
    for (ssize_t got = 1; got > 0;) {
        got = read(descriptor, room + MARGIN + held, PIECE_BYTES - held);
        size_t filled = held + (got > 0 ? (size_t)got : 0);
        const char *end = kernel == NULL ? NULL : memrchr(room + MARGIN, '\n', filled);
        size_t whole = end == NULL ? 0 : (size_t)(end - room - MARGIN) + 1;
        if (whole > 0 && !kernel->scan(&blocks, (unsigned char *)room + MARGIN, (uint32_t)whole, ','))
            give_up("the scanner left a piece");
        held = whole > 0 ? filled - whole : 0;
        memmove(room + MARGIN, room + MARGIN + whole, held);
    }
    arena_destroy(ctx.arena);
    (void)close(descriptor);
}

static void read_bytes(const void *task)
{
    scan_file(task, NULL);
}

static void find_cells(const void *state)
{
    const struct task *task = state;
    scan_file(task, csv_kernel(task->kernel));
}

static void read_answers(const void *state)
{
    const struct task *task = state;
    struct csv_request request = {.openings = {{.path = task->path}}, .count = 1, .path = task->way};
    struct ctx ctx = {.threads = task->threads};
    const struct answers *answers;
    struct problems problems;
    if (setenv("GAPMETER_KERNEL", kernel_name(task->kernel), 1) != 0 || arena_create(NULL, &ctx.arena) != STATUS_OK ||
        kernel_start(&ctx) != STATUS_OK || problems_init(&ctx, &problems, false) != STATUS_OK)
        give_up("no memory");
    if (csv_read(&ctx, &request, &study, &problems, &answers) != STATUS_OK || answers->encounter_count != task->rows)
        give_up(ctx.error.sentence);
}

static void report(const char *what, void (*work)(const void *state), const struct task *task, size_t bytes)
{
    const struct child_runs runs = child_runs_measure(RUNS, work, task);
    (void)printf("%-28s %-7s %u  %8.4f s %8.4f s busy %7.2f GB/s %8.2f million rows/s %7.0f MB\n", what,
                 kernel_name(task->kernel), task->threads, runs.seconds, runs.busy, (double)bytes / runs.seconds / 1e9,
                 (double)task->rows / runs.seconds / 1e6, runs.megabytes);
    (void)fflush(stdout);
}

int main(int argc, char **argv)
{
    char path[] = "/tmp/csv_bench_XXXXXX";
    uint64_t rows = argc > 1 ? strtoull(argv[1], NULL, 10) : 1000000;
    unsigned most = argc > 2 ? (unsigned)strtoul(argv[2], NULL, 10) : 2;
    int descriptor = mkstemp(path);
    if (descriptor < 0)
        give_up("no file can be made");
    size_t bytes = make_file(descriptor, rows);
    struct task task = {.path = path, .rows = rows, .threads = 1, .kernel = KERNEL_SCALAR};
    (void)printf("csv: %llu rows, %.1f MB, medians of %d runs; kernel, threads\n", (unsigned long long)rows, (double)bytes / 1e6,
                 RUNS);
    (void)fflush(stdout);
    report("limit: reading the bytes", read_bytes, &task, bytes);
    for (task.kernel = KERNEL_SCALAR; task.kernel < KERNEL_COUNT; task.kernel++) {
        if (kernel_available(task.kernel))
            report("limit: finding the cells", find_cells, &task, bytes);
    }
    task.kernel = kernel_current();
    task.way = CSV_PATH_GENERAL;
    report("answers, row after row", read_answers, &task, bytes);
    task.way = CSV_PATH_FASTEST;
    for (task.threads = 1; task.threads <= most; task.threads++) {
        for (task.kernel = KERNEL_SCALAR; task.kernel < KERNEL_COUNT; task.kernel++) {
            if (kernel_available(task.kernel))
                report("answers", read_answers, &task, bytes);
        }
    }
    (void)unlink(path);
    return 0;
}
