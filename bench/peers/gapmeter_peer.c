/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Our side of the comparison: gapmeter_peer FOLDER GAPMETER times what survey_make wrote, in this program where the work begins in
 * memory, else by running the program GAPMETER as a user would. Prints a line for each run: task, seconds and, of programs, megabytes. */
#include <math.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/kernel.h"
#include "base/pool.h"
#include "formats/reading.h"
#include "instrument/study_file.h"
#include "measure/resample_job.h"
#include "numeric/alpha.h"
#include "numeric/byte_products.h"
#include "numeric/byte_turn.h"
#include "pair/pairing.h"

extern char **environ;

enum { RUNS = 5, RUNS_SLOW = 3, SLOW_SECONDS = 10, THREADS = 2, WORDS_MOST = 16, PATH_BYTES = 1024 };
enum { REPLICATES = 10000, GAP_STEPS = 6, GAP_CELLS = 2 * GAP_STEPS + 1, COLUMNS = 46 };
/* Rows that are turned into columns at a time, so that all columns stay close; the columns do not begin a power of two apart. */
enum { PIECE_ROWS = 2048, STRIDE = PIECE_ROWS + BYTE_ROWS };

static struct ctx ctx = {.threads = THREADS};
static const struct study *study;
static const struct answers *answers;
static const struct pairs *everyone; /* tallied once, for drawing from counts */
static const char *folder, *program;
static volatile double sink; /* keeps the compiler from leaving work out */

static void need(enum status status)
{
    if (status == STATUS_OK)
        return;
    (void)fprintf(stderr, "gapmeter_peer: %s\n", ctx.error.sentence);
    exit(1);
}

static double seconds_now(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* Five runs, or three of what takes long, each in an arena of its own. */
static void time_work(const char *task, void (*once)(void))
{
    struct arena *outer = ctx.arena;
    int runs = RUNS;
    for (int run = 0; run < runs; run++) {
        need(arena_create(outer, &ctx.arena));
        double begin = seconds_now();
        once();
        double seconds = seconds_now() - begin;
        arena_destroy(ctx.arena);
        (void)printf("%s\t%.6f\n", task, seconds);
        (void)fflush(stdout);
        if (seconds > SLOW_SECONDS)
            runs = RUNS_SLOW;
    }
    ctx.arena = outer;
}

/* Runs the program in the folder, its output to nowhere; gives seconds and peak memory. */
static double program_run(const char *const *words, double *megabytes)
{
    char *copies[WORDS_MOST];
    size_t count = 0;
    posix_spawn_file_actions_t actions;
    pid_t child;
    int state = 0;
    struct rusage usage;
    for (; words[count]; count++)
        copies[count] = arena_copy(ctx.arena, span_of(words[count]));
    copies[count] = NULL;
    (void)posix_spawn_file_actions_init(&actions);
    (void)posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", 1, 0);
    double begin = seconds_now();
    if (posix_spawn(&child, program, &actions, NULL, copies, environ) != 0 || wait4(child, &state, 0, &usage) != child ||
        !WIFEXITED(state) || WEXITSTATUS(state) != 0) {
        (void)fprintf(stderr, "gapmeter_peer: %s %s did not succeed\n", program, words[1]);
        exit(1);
    }
    double seconds = seconds_now() - begin;
    (void)posix_spawn_file_actions_destroy(&actions);
    *megabytes = (double)usage.ru_maxrss / 1024;
    return seconds;
}

static void time_program(const char *task, const char *const *words)
{
    int runs = RUNS;
    for (int run = 0; run < runs; run++) {
        double megabytes, seconds = program_run(words, &megabytes);
        (void)printf("%s\t%.6f\t%.0f\n", task, seconds, megabytes);
        (void)fflush(stdout);
        if (seconds > SLOW_SECONDS)
            runs = RUNS_SLOW;
    }
}

static void answers_load(const char *name, const struct answers **out)
{
    struct problems problems;
    const char *path = arena_format(ctx.arena, "%s/%s", folder, name);
    const struct format_source source = {.path = path};
    need(path ? STATUS_OK : STATUS_MEMORY);
    need(problems_init(&ctx, &problems, false));
    need(answers_read(&ctx, &source, study, &problems, out));
}

static void csv_to_memory(void)
{
    const struct answers *read;
    answers_load("answers.csv", &read);
    sink = read->encounter_count;
}

static const struct pairs *pairs_of(unsigned needs, bool branches)
{
    struct plan plan = {.study = study, .needs = needs, .set_count = 1};
    const struct pairs *pairs;
    if (branches) {
        plan.sets[0].segment_count = 1;
        while (strcmp(study->columns.segments[plan.sets[0].segments[0]].column, "branch") != 0)
            plan.sets[0].segments[0]++;
    }
    need(pairs_make(&ctx, answers, &plan, &pairs));
    return pairs;
}

/* Number, mean and standard deviation of the gaps of each item in each group. */
static void gaps_figure(const struct pairs *pairs)
{
    for (uint32_t g = 0; g < pairs->sets[0].group_count; g++) {
        for (uint32_t i = 0; i < study->item_count; i++) {
            const struct joint *joint = &pairs->sets[0].groups[g].pairs[i];
            int64_t n = 0, sum = 0, squares = 0;
            for (size_t c = 0; c < joint->cell_count; c++) {
                const struct joint_cell *cell = &joint->cells[c];
                int64_t gap = (int64_t)cell->code[1] - cell->code[0], many = (int64_t)cell->sum.n;
                bool both = cell->code[0] != 0 && cell->code[1] != 0;
                n += both ? many : 0;
                sum += both ? many * gap : 0;
                squares += both ? many * gap * gap : 0;
            }
            double mean = (double)sum / (double)n;
            sink = mean + sqrt(((double)squares - mean * (double)sum) / (double)(n - 1));
        }
    }
}

static void gaps_overall(void)
{
    gaps_figure(pairs_of(NEED_PAIRS, false));
}

static void gaps_by_branch(void)
{
    gaps_figure(pairs_of(NEED_PAIRS, true));
}

/* Alpha of five dimensions and of all items, of expectation, perception and gap. */
static void alphas(void)
{
    const struct group *group = &pairs_of(NEED_BLOCKS, false)->sets[0].groups[0];
    for (uint32_t b = 0; b < group->block_count; b++) {
        const struct block *block = &group->blocks[b];
        struct alpha alpha;
        const struct exact_block exact = {
            {block->all.n, block->all.w, block->all.ww}, block->item_count, block->sums, block->products};
        if (cronbach_alpha(&exact, .95, &alpha) == DEFINED)
            sink = alpha.alpha;
    }
}

/* One thread's share of the moments: columns of bytes of a piece of a chunk, and the sums so far. */
struct moment_worker {
    uint8_t columns[3 * COLUMNS][STRIDE]; /* x, then x², then whether there is one */
    int32_t products[2 * COLUMNS * COLUMNS];
    int64_t xx[COLUMNS * COLUMNS], mm[COLUMNS * COLUMNS]; /* their upper halves: both are symmetric */
    int64_t with_mask[2 * COLUMNS * COLUMNS];
};

/* The squares of a column, and where it has answers. */
static void column_derive(struct moment_worker *worker, size_t column)
{
    const uint8_t *restrict codes = worker->columns[column];
    uint8_t *restrict squares = worker->columns[COLUMNS + column], *restrict there = worker->columns[2 * COLUMNS + column];
    for (size_t row = 0; row < PIECE_ROWS; row++) {
        squares[row] = (uint8_t)(codes[row] * codes[row]);
        there[row] = codes[row] != 0;
    }
}

static void columns_fill(struct moment_worker *worker, const struct answers_chunk *chunk, size_t first)
{
    const uint8_t *outcomes = chunk->outcomes + first * answers->outcome_bytes;
    bytes_turn((const uint8_t *)chunk->codes + first * answers->slot_count, answers->slot_count, PIECE_ROWS, answers->slot_count,
               worker->columns[0], STRIDE);
    for (size_t o = 0; o < study->columns.outcome_count; o++) {
        uint8_t *column = worker->columns[answers->slot_count + o];
        for (size_t row = 0; row < PIECE_ROWS; row++) {
            const int64_t code = outcome_get(outcomes + row * answers->outcome_bytes, answers->outcome_places[o]);
            column[row] = (uint8_t)(code > 0 ? code : 0);
        }
    }
    for (size_t column = 0; column < COLUMNS; column++)
        column_derive(worker, column);
}

/* Products of columns with themselves, or of some with the masks, added to the sums of earlier pieces. */
static void products_add(struct moment_worker *worker, size_t a, size_t a_count, size_t b, int64_t *sums)
{
    const struct byte_pairs pairs = {.a = worker->columns[a],
                                     .b = (const int8_t *)worker->columns[b],
                                     .a_count = a_count,
                                     .b_count = COLUMNS,
                                     .stride = STRIDE,
                                     .rows = PIECE_ROWS,
                                     .upper = a == b};
    byte_products(kernel_current(), &pairs, worker->products);
    for (size_t i = 0; i < a_count * COLUMNS; i++)
        sums[i] += worker->products[i];
}

static enum status moments_of_chunk(void *state, size_t chunk, unsigned index)
{
    struct moment_worker *worker = (struct moment_worker *)state + index;
    for (size_t first = 0; first < ANSWERS_CHUNK_ROWS; first += PIECE_ROWS) {
        columns_fill(worker, &answers->chunks[chunk], first);
        products_add(worker, 0, COLUMNS, 0, worker->xx);
        products_add(worker, 0, 2 * (size_t)COLUMNS, 2 * (size_t)COLUMNS, worker->with_mask);
        products_add(worker, 2 * (size_t)COLUMNS, COLUMNS, 2 * (size_t)COLUMNS, worker->mm);
    }
    return STATUS_OK;
}

/* X'X, X'M, X²'M and M'M of all answers and outcomes, from rows of answers. */
static void moments(void)
{
    struct moment_worker *workers = arena_array(ctx.arena, THREADS, sizeof *workers);
    if (answers->code_bytes != 1 || answers->slot_count + study->columns.outcome_count != COLUMNS || !workers)
        need(ctx_no_memory(&ctx));
    need(pool_run(&ctx, answers->chunk_count, moments_of_chunk, workers));
    for (size_t i = 0; i < COLUMNS * COLUMNS; i++)
        sink = (double)(workers[0].xx[i] + workers[THREADS - 1].xx[i]);
}

static enum undefined mean_figures(const struct drawn_sums *sums, double *out)
{
    out[0] = sums->x[0] / sums->w;
    return DEFINED;
}

/* Draws the gap of each item again from its count table, as the table `bootstrap` does. */
static void gaps_drawn(void)
{
    for (uint32_t i = 0; i < study->item_count; i++) {
        const struct joint *joint = &everyone->sets[0].groups[0].pairs[i];
        uint64_t counts[GAP_CELLS] = {0};
        double x[GAP_CELLS];
        for (size_t c = 0; c < joint->cell_count; c++) {
            if (joint->cells[c].code[0] && joint->cells[c].code[1])
                counts[GAP_STEPS + joint->cells[c].code[1] - joint->cells[c].code[0]] += joint->cells[c].sum.n;
        }
        for (int c = 0; c < GAP_CELLS; c++)
            x[c] = c - GAP_STEPS;
        const struct sum_source source = {.rows = GAP_CELLS, .columns = 1, .x = x, .figure_count = 1, .figures = mean_figures};
        const struct resample_plan plan = {.replicates = REPLICATES, .seed = 1, .stream = i};
        struct resample_job job;
        struct resampled resampled;
        need(resample_job_of_cells(&ctx, &source, counts, &job));
        need(resample_bootstrap(&ctx, &job.design, &job.figures, &plan, &resampled));
        sink = (double)resampled.kept;
    }
}

static void memory_work(void)
{
    answers_load("answers.csv", &answers);
    time_work("memory_gaps", gaps_overall);
    time_work("memory_gaps_branch", gaps_by_branch);
    time_work("moments", moments);
    time_work("alphas", alphas);
    everyone = pairs_of(NEED_PAIRS, false);
    time_work("bootstrap_gaps_all", gaps_drawn);
}

int main(int argc, char **argv)
{
    static const char *const by_branch[] = {"gapmeter",     "analyze",   "answers.csv", "--study", "study.json",
                                            "--table",      "item_gap",  "--by",        "branch",  "--csv",
                                            "--unweighted", "--threads", "2",           NULL};
    static const char *const gaps[] = {"gapmeter",    "analyze", "small.csv", "--study",      "study.json", "--table", "item_gap",
                                       "--bootstrap", "10000",   "--csv",     "--unweighted", "--threads",  "2",       NULL};
    static const char *const reliability[] = {"gapmeter",     "analyze",     "small.csv",   "--study", "study.json",
                                              "--table",      "reliability", "--bootstrap", "10000",   "--csv",
                                              "--unweighted", "--threads",   "2",           NULL};
    if (argc != 3)
        return 2;
    folder = argv[1];
    program = argv[2];
    need(arena_create(NULL, &ctx.arena));
    need(kernel_start(&ctx));
    (void)printf("version\tgapmeter %s, kernel %s\n", GAPMETER_VERSION, kernel_name(kernel_current()));
    need(study_read_file(&ctx, arena_format(ctx.arena, "%s/study.json", folder), &study));
    time_work("csv_memory", csv_to_memory);
    memory_work();
    if (chdir(folder) != 0)
        return 1;
    time_program("csv_gaps_branch", by_branch);
    time_program("bootstrap_gaps_small", gaps);
    time_program("bootstrap_alphas_small", reliability);
    arena_destroy(ctx.arena);
    return 0;
}
