/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/kernel.h"
#include "base/nearest.h"
#include "base/progress.h"
#include "base/work_count.h"
#include "cli/command_line.h"

/* Set by Ctrl-C, looked at between pieces of work. */
static atomic_bool stop_asked;

static void stop_ask(int signal_number)
{
    (void)signal_number;
    atomic_store(&stop_asked, true);
}

/* A broken pipe or a file-size limit must come back as an error of the write, not end the program. */
static void signals_set(void)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    struct sigaction stop = {.sa_handler = stop_ask, .sa_flags = (int)SA_RESETHAND};
    (void)sigaction(SIGPIPE, &ignore, NULL);
    (void)sigaction(SIGXFSZ, &ignore, NULL);
    (void)sigaction(SIGINT, &stop, NULL);
    (void)sigaction(SIGTERM, &stop, NULL);
}

static unsigned processors(void)
{
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    return count > 0 && count < 1024 ? (unsigned)count : 1;
}

static enum status command_refuse(struct ctx *ctx, const char *word)
{
    const char *names[64];
    size_t count = 0;
    for (size_t i = 0; i < command_register_count && count < 64; i++)
        names[count++] = command_register[i]->name;
    const char *near = nearest_name(span_of(word), names, count);
    if (near)
        return ctx_fail(ctx, STATUS_USAGE, NULL, "\"%s\" is not a command; did you mean gapmeter %s?", word, near);
    return ctx_fail(ctx, STATUS_USAGE, NULL, "\"%s\" is not a command; `gapmeter help` lists them.", word);
}

/* Which command the words ask for, and the words that are left for it. */
static enum status command_choose(struct ctx *ctx, size_t count, const char *const *words, const struct command **command,
                                  size_t *used)
{
    *used = 1;
    const char *name = count ? words[0] : "help";
    if (!count)
        *used = 0;
    if (strcmp(name, "--version") == 0)
        name = "version";
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0)
        name = "help";
    *command = command_find(name);
    return *command ? STATUS_OK : command_refuse(ctx, name);
}

static bool help_asked(size_t count, const char *const *words)
{
    for (size_t i = 0; i < count && strcmp(words[i], "--") != 0; i++) {
        if (strcmp(words[i], "--help") == 0 || strcmp(words[i], "-h") == 0)
            return true;
    }
    return false;
}

static enum status command_run(struct ctx *ctx, size_t count, const char *const *words)
{
    const struct command *command = NULL;
    size_t used = 0;
    enum status status = command_choose(ctx, count, words, &command, &used);
    if (status)
        return status;
    words += used;
    count -= used;
    const char *about[] = {command->name};
    if (help_asked(count, words)) {
        words = about;
        count = 1;
        command = command_find("help");
    }
    struct command_line line;
    status = command_line_parse(ctx, command, words, count, &line);
    return status ? status : command->run(ctx, &line);
}

static void error_print(const struct ctx *ctx, enum status status)
{
    char place[512] = "";
    place_format(&ctx->error.place, place, sizeof place);
    const char *sentence = ctx->error.sentence[0] ? ctx->error.sentence : status_sentence(status);
    (void)fprintf(stderr, "gapmeter: %s%s\n", place, sentence);
}

/* What the run did, for those who ask: bench/results.csv is made of these lines. */
static void counts_print(void)
{
    const char *wish = getenv("GAPMETER_COUNTS");
    char line[256];
    if (!wish || strcmp(wish, "1") != 0)
        return;
    work_format(line, sizeof line);
    (void)fprintf(stderr, "counts: %s\n", line);
}

int main(int argc, char **argv)
{
    signals_set();
    struct progress progress = {.fd = isatty(STDERR_FILENO) ? STDERR_FILENO : -1};
    struct ctx ctx = {.threads = processors(), .cancel = &stop_asked, .progress = &progress};
    enum status status = arena_create(NULL, &ctx.arena);
    if (!status)
        status = kernel_start(&ctx);
    if (!status)
        status = command_run(&ctx, argc > 1 ? (size_t)argc - 1 : 0, (const char *const *)(argv + (argc > 1)));
    progress_end(&progress);
    if (status && !(status == STATUS_FAILURE && !ctx.error.sentence[0]))
        error_print(&ctx, status);
    arena_destroy(ctx.arena);
    counts_print();
    return status_exit_code(status);
}
