/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/command_line.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/out.h"

#define COMMANDS_MOST 64u

/* The commands in the order in which help lists them. */
static size_t commands_sorted(const struct command **list)
{
    size_t count = 0;
    for (size_t i = 0; i < command_register_count && count < COMMANDS_MOST; i++)
        list[count++] = command_register[i];
    for (size_t i = 1; i < count; i++) {
        for (size_t j = i; j > 0 && list[j]->order < list[j - 1]->order; j--) {
            const struct command *swap = list[j];
            list[j] = list[j - 1];
            list[j - 1] = swap;
        }
    }
    return count;
}

static void option_write(struct out *out, const struct option_row *row)
{
    char words[64];
    char letter[8] = "";
    if (row->letter)
        (void)snprintf(letter, sizeof letter, "-%c, ", row->letter);
    int length = snprintf(words, sizeof words, "%s%s%s%s", letter, row->name, row->argument ? " " : "",
                          row->argument ? row->argument : "");
    if (length > 26)
        out_format(out, "  %s\n  %-26s %s\n", words, "", row->meaning);
    else
        out_format(out, "  %-26s %s\n", words, row->meaning);
}

/* What is taken from the environment. */
static void environment_write(struct out *out)
{
    static const struct option_row rows[] = {
        {.name = "GAPMETER_KERNEL",
         .meaning = "scalar, avx2 or avx512: with which vectors to count; numbers do not depend on it"},
        {.name = "NO_COLOR", .meaning = "anything: no colour on a terminal"},
        {.name = "SOURCE_DATE_EPOCH", .meaning = "seconds since 1970: the time that documents say they were made at"},
    };
    out_text(out, "\nFrom the environment:\n");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        option_write(out, &rows[i]);
}

static void overview_write(struct out *out)
{
    const struct command *list[COMMANDS_MOST];
    size_t count = commands_sorted(list);
    out_text(out, "gapmeter measures the gap between what customers expect and what they perceive.\n\n"
                  "usage: gapmeter COMMAND [OPTIONS]\n\n");
    for (size_t i = 0; i < count; i++)
        out_format(out, "  %-12s %s\n", list[i]->name, list[i]->sentence);
    out_text(out, "\nBegin with: gapmeter demo --out demo\n"
                  "With answers of your own: gapmeter guess answers.csv\n"
                  "More about a command: gapmeter help COMMAND\n");
    environment_write(out);
}

static void command_write(struct out *out, const struct command *command)
{
    out_format(out, "%s\n\nusage: gapmeter %s %s\n", command->sentence, command->name, command->operands);
    if (command->options[0].name)
        out_text(out, "\n");
    for (const struct option_row *row = command->options; row->name; row++)
        option_write(out, row);
    out_format(out, "\n%s\n", command->description);
    if (command->more)
        command->more(out);
    out_format(out, "\nExample:\n  %s\n", command->example);
}

static enum status help_run(struct ctx *ctx, const struct command_line *line)
{
    const struct command *command = NULL;
    if (line->operand_count) {
        command = command_find(line->operands[0]);
        if (!command)
            return ctx_fail(ctx, STATUS_USAGE, NULL, "\"%s\" is not a command; `gapmeter help` lists them.", line->operands[0]);
    }
    struct out *out = NULL;
    enum status status = out_open_fd(ctx, STDOUT_FILENO, "standard output", &out);
    if (status)
        return status;
    if (command)
        command_write(out, command);
    else
        overview_write(out);
    return out_close(ctx, out);
}

const struct command command_help = {
    .name = "help",
    .operands = "[COMMAND]",
    .sentence = "Says what gapmeter can do, or how a command is used.",
    .description = "Without a command it lists all of them. Every command also answers to --help.",
    .example = "gapmeter help analyze",
    .options = (const struct option_row[]){{.name = NULL}},
    .operands_most = 1,
    .order = 99,
    .run = help_run,
};
