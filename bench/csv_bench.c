/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How fast csv becomes answers: rows and bytes per second beside two limits of the same machine in the same run, reading the
 * same bytes from memory and finding their separators. Prints medians of five runs.
 *
 * csv_bench [ROWS]   default 1,000,000 rows of 22 items asked twice, with id, weight and branch */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/chance.h"
#include "formats/csv_read.h"
#include "formats/csv_scan.h"

enum { ITEMS = 22, RUNS = 5, BRANCHES = 200, ROW_BYTES_MOST = 160 };

static double seconds_now(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *seconds)
{
    qsort(seconds, RUNS, sizeof *seconds, ascending);
    return seconds[RUNS / 2];
}

static const char *headers[2][ITEMS];
static char header_texts[2][ITEMS][8];
static struct item items[ITEMS];
static const struct scale scale = {.id = "agree7", .min = {1, 0}, .max = {7, 0}, .step = {1, 0}, .steps = 7};
static const struct segment segments[] = {{"branch"}};
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
                .segment_count = 1}};

static char *write_header(char *to)
{
    to += snprintf(to, ROW_BYTES_MOST, "id,branch,weight");
    for (int standard = 0; standard < 2; standard++) {
        for (int i = 0; i < ITEMS; i++) {
            (void)snprintf(header_texts[standard][i], sizeof header_texts[standard][i], "%c%d", "ep"[standard], i + 1);
            headers[standard][i] = items[i].id = header_texts[standard][i];
            items[i].dimension = UINT32_MAX;
            to += snprintf(to, ROW_BYTES_MOST, ",%s", headers[standard][i]);
        }
    }
    *to++ = '\n';
    return to;
}

/* Answers around 5 of 7, three in a hundred missing. */
static char *write_row(char *to, uint64_t row)
{
    uint64_t bits = chance_bits(1, row, 0);
    unsigned weight = 500 + (unsigned)(bits % 1500);
    to += snprintf(to, ROW_BYTES_MOST, "%llu,B%03u,%u.%03u", (unsigned long long)row + 1, (unsigned)(bits >> 32) % BRANCHES + 1,
                   weight / 1000, weight % 1000);
    for (uint64_t i = 0; i < 2 * ITEMS; i++) {
        if (i % 8 == 0)
            bits = chance_bits(1, row, 1 + i / 8);
        unsigned byte = (unsigned)(bits >> (8 * (i % 8))) & 0xFF;
        *to++ = ',';
        if (byte >= 8)
            *to++ = (char)('1' + (byte & 3) + (byte >> 2 & 1) + (byte >> 3 & 1) + (byte >> 4 & 1));
    }
    *to++ = '\n';
    return to;
}

static struct span make_text(uint64_t rows)
{
    char *text = malloc((size_t)rows * ROW_BYTES_MOST + (size_t)4 * ROW_BYTES_MOST);
    if (text == NULL)
        return (struct span){NULL, 0};
    char *to = write_header(text);
    for (uint64_t row = 0; row < rows; row++)
        to = write_row(to, row);
    return (struct span){text, (size_t)(to - text)};
}

_Noreturn static void give_up(const struct ctx *ctx)
{
    (void)fprintf(stderr, "csv_bench: %s\n", ctx->error.sentence);
    exit(1);
}

static double read_memory(struct span text)
{
    double begin = seconds_now();
    uint64_t sum[4] = {0};
    for (size_t i = 0; i + 32 <= text.length; i += 32) {
        uint64_t words[4];
        memcpy(words, text.at + i, sizeof words);
        for (size_t k = 0; k < 4; k++)
            sum[k] += words[k];
    }
    double seconds = seconds_now() - begin;
    /* The sum is used, so that the reading is not left out. */
    return (sum[0] ^ sum[1] ^ sum[2] ^ sum[3]) == 42 ? seconds + 1e-9 : seconds;
}

static double scan_separators(struct ctx *ctx, struct span text)
{
    struct csv_index index;
    if (csv_index_create(ctx, 8192, &index) != STATUS_OK)
        give_up(ctx);
    double begin = seconds_now();
    while (text.length > 0) {
        struct span block = {text.at, text.length < (256u << 10) ? text.length : 256u << 10};
        csv_scan(block, ',', block.length == text.length, &index);
        text = (struct span){text.at + index.consumed, text.length - index.consumed};
    }
    return seconds_now() - begin;
}

static double read_answers(struct ctx *ctx, const char *path, const struct span *text, uint64_t rows)
{
    struct csv_request request = {.openings = {{.path = path, .bytes = text}}, .count = 1};
    const struct answers *answers;
    struct problems problems;
    double begin = seconds_now();
    if (problems_init(ctx, &problems, false) != STATUS_OK || csv_read(ctx, &request, &study, &problems, &answers) != STATUS_OK ||
        answers->encounter_count != rows)
        give_up(ctx);
    return seconds_now() - begin;
}

static void report(const char *what, double seconds, size_t bytes, uint64_t rows)
{
    (void)printf("%-44s %8.4f s %8.2f GB/s %10.2f million rows/s\n", what, seconds, (double)bytes / seconds / 1e9,
                 (double)rows / seconds / 1e6);
}

int main(int argc, char **argv)
{
    uint64_t rows = argc > 1 ? strtoull(argv[1], NULL, 10) : 1000000;
    struct span text = make_text(rows);
    char path[] = "/tmp/csv_bench_XXXXXX";
    int descriptor = text.at == NULL ? -1 : mkstemp(path);
    if (descriptor < 0 || write(descriptor, text.at, text.length) != (ssize_t)text.length || close(descriptor) != 0) {
        (void)fputs("csv_bench: no room for the answers\n", stderr);
        return 1;
    }
    double seconds[4][RUNS];
    for (int run = 0; run < RUNS; run++) {
        struct ctx ctx = {0};
        if (arena_create(NULL, &ctx.arena) != STATUS_OK)
            return 1;
        seconds[0][run] = read_memory(text);
        seconds[1][run] = scan_separators(&ctx, text);
        seconds[2][run] = read_answers(&ctx, "memory", &text, rows);
        seconds[3][run] = read_answers(&ctx, path, NULL, rows);
        arena_destroy(ctx.arena);
    }
    (void)unlink(path);
    (void)printf("csv: %llu rows, %.1f MB, medians of %d runs, one thread\n", (unsigned long long)rows, (double)text.length / 1e6,
                 RUNS);
    report("limit: reading the bytes from memory", median(seconds[0]), text.length, rows);
    report("limit: finding the separators", median(seconds[1]), text.length, rows);
    report("csv in memory to answers", median(seconds[2]), text.length, rows);
    report("csv file to answers", median(seconds[3]), text.length, rows);
    return 0;
}
