/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long a report takes after the numbers: released tables of the demo study (22 items, by hotel) → document → HTML and PDF in memory,
 * beside copying as many bytes. Prints medians, of time and of the time that the processor worked on it. A PDF is drawn a fifth as often.
 *
 * report_bench [RUNS [html|pdf]]   default 101, both */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "app/analysis.h"
#include "app/demonstration.h"
#include "app/publish.h"
#include "report/story.h"

enum { RUNS_MOST = 1001, TABLES_MOST = 64 };

static double seconds_now(clockid_t clock)
{
    struct timespec now;
    (void)clock_gettime(clock, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *seconds, size_t count)
{
    qsort(seconds, count, sizeof *seconds, ascending);
    return seconds[count / 2];
}

static enum status study_analyse(struct ctx *ctx, const char *folder, const struct document **out)
{
    static const char *const by[] = {"hotel"};
    struct demonstration demonstration;
    struct problems problems;
    enum status status = demonstration_make(ctx, folder, &demonstration);
    if (!status)
        status = problems_init(ctx, &problems, false);
    if (status)
        return status;
    const struct analysis_request request = {.source = {.path = demonstration.files[0]},
                                             .study_path = demonstration.files[1],
                                             .by = by,
                                             .by_count = 1,
                                             .confidence = 0.95,
                                             .seed = 1,
                                             .floor = 5,
                                             .story = true,
                                             .language = "en"};
    status = analysis_document(ctx, &request, &problems, out);
    for (size_t i = 0; demonstration.files[i]; i++)
        (void)unlink(demonstration.files[i]);
    return status;
}

/* The released tables of a document, each once. */
static uint32_t tables_collect(const struct document *document, const struct released_table **tables)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < document->block_count; i++) {
        bool known = document->blocks[i].table == NULL || count == TABLES_MOST;
        for (uint32_t k = 0; k < count && !known; k++)
            known = tables[k] == document->blocks[i].table;
        if (!known)
            tables[count++] = document->blocks[i].table;
    }
    return count;
}

static enum status report_once(const struct document_head *head, const struct report_tables *tables, const char *renderer,
                               size_t *bytes)
{
    struct ctx ctx = {.threads = 1};
    const struct document *document = NULL;
    const struct rendering rendering = {.utf8 = true};
    struct out *out = NULL;
    enum status status = arena_create(NULL, &ctx.arena);
    if (status)
        return status;
    status = report_story(&ctx, head, tables, NULL, &document);
    if (!status)
        status = out_open_memory(&ctx, &out);
    if (!status)
        status = document_publish(&ctx, document, renderer_find(span_of(renderer)), &rendering, out);
    *bytes = status ? 0 : out_bytes(out).length;
    arena_destroy(ctx.arena);
    return status;
}

static double copying(size_t bytes, size_t runs, double *seconds)
{
    char *from = calloc(bytes, 1), *to = calloc(bytes, 1);
    for (size_t i = 0; from && to && i < runs; i++) {
        double begun = seconds_now(CLOCK_MONOTONIC);
        memcpy(to, from, bytes);
        seconds[i] = seconds_now(CLOCK_MONOTONIC) - begun;
        from[0] = to[bytes - 1];
    }
    free(from);
    free(to);
    return median(seconds, runs);
}

static int report_time(const struct document_head *head, const struct report_tables *tables, const char *renderer, size_t runs,
                       double limit_ms)
{
    static double seconds[RUNS_MOST], work[RUNS_MOST];
    size_t bytes = 0;
    for (size_t i = 0; i < runs; i++) {
        double begun = seconds_now(CLOCK_MONOTONIC), work_begun = seconds_now(CLOCK_THREAD_CPUTIME_ID);
        if (report_once(head, tables, renderer, &bytes) != STATUS_OK)
            return 1;
        work[i] = seconds_now(CLOCK_THREAD_CPUTIME_ID) - work_begun;
        seconds[i] = seconds_now(CLOCK_MONOTONIC) - begun;
    }
    double report = median(seconds, runs), worked = median(work, runs);
    double copy = copying(bytes, runs, seconds);
    printf(
        "report of %u tables, %s of %zu bytes: %.2f ms, %.2f ms of them work (limit %.0f ms after the numbers); copying as many "
        "bytes: %.3f ms\n",
        tables->count, renderer, bytes, 1e3 * report, 1e3 * worked, limit_ms, 1e3 * copy);
    return 0;
}

static int bench_run(struct ctx *ctx, const char *folder, size_t runs, const char *only)
{
    const struct released_table *list[TABLES_MOST];
    const struct document *document = NULL;
    if (study_analyse(ctx, folder, &document) != STATUS_OK) {
        (void)fprintf(stderr, "%s\n", ctx->error.sentence);
        return 1;
    }
    struct report_tables tables = {.tables = list, .count = tables_collect(document, list)};
    int code = 0;
    if (!only || strcmp(only, "html") == 0)
        code = report_time(&document->head, &tables, "html", runs, 10);
    if (!code && (!only || strcmp(only, "pdf") == 0))
        code = report_time(&document->head, &tables, "pdf", runs / 5 + 1, 100);
    return code;
}

int main(int argc, char **argv)
{
    char folder[] = "/tmp/report_bench.XXXXXX";
    struct ctx ctx = {.threads = 1};
    unsigned long runs = argc > 1 ? strtoul(argv[1], NULL, 10) : 101;
    if (runs < 1 || runs > RUNS_MOST || !mkdtemp(folder) || arena_create(NULL, &ctx.arena) != STATUS_OK)
        return 1;
    int code = bench_run(&ctx, folder, runs, argc > 2 ? argv[2] : NULL);
    arena_destroy(ctx.arena);
    (void)rmdir(folder);
    return code;
}
