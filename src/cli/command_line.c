/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/command_line.h"

#include <assert.h>
#include <string.h>

#include "base/decimal.h"
#include "base/nearest.h"

/* The line while it is read. */
struct reading {
    const struct command *command;
    const char *const *words;
    size_t count, at;
    size_t option_count;
    const char **operands;
    size_t operand_count;
    const char ***values;
    size_t *value_counts;
};

static size_t options_count(const struct command *command)
{
    size_t count = 0;
    while (command->options && command->options[count].name)
        count++;
    return count;
}

static enum status reading_begin(struct ctx *ctx, struct reading *reading)
{
    reading->option_count = options_count(reading->command);
    reading->operands = arena_array(ctx->arena, reading->count + 1, sizeof *reading->operands);
    reading->values = arena_array(ctx->arena, reading->option_count + 1, sizeof *reading->values);
    reading->value_counts = arena_array(ctx->arena, reading->option_count + 1, sizeof *reading->value_counts);
    if (!reading->operands || !reading->values || !reading->value_counts)
        return ctx_no_memory(ctx);
    for (size_t i = 0; i < reading->option_count; i++) {
        reading->values[i] = arena_array(ctx->arena, reading->count + 1, sizeof **reading->values);
        if (!reading->values[i])
            return ctx_no_memory(ctx);
    }
    return STATUS_OK;
}

static enum status option_refuse(struct ctx *ctx, const struct reading *reading, const char *word)
{
    const char *names[64];
    size_t count = 0;
    for (size_t i = 0; i < reading->option_count && count < 64; i++)
        names[count++] = reading->command->options[i].name;
    size_t length = strcspn(word, "=");
    const char *near = nearest_name((struct span){.at = word, .length = length}, names, count);
    if (near)
        return ctx_fail(ctx, STATUS_USAGE, NULL, "%.*s is not an option of %s; did you mean %s?", (int)length, word,
                        reading->command->name, near);
    return ctx_fail(ctx, STATUS_USAGE, NULL, "%.*s is not an option of %s; `gapmeter help %s` lists its options.", (int)length,
                    word, reading->command->name, reading->command->name);
}

/* Which row a word names; *value points behind "=" or the letter, NULL when the value is the next word. */
static size_t option_match(const struct reading *reading, const char *word, const char **value)
{
    *value = NULL;
    for (size_t i = 0; i < reading->option_count; i++) {
        const struct option_row *row = &reading->command->options[i];
        size_t length = strlen(row->name);
        if (strncmp(word, row->name, length) == 0 && (word[length] == '\0' || word[length] == '=')) {
            *value = word[length] == '=' ? word + length + 1 : NULL;
            return i;
        }
        if (row->letter && word[0] == '-' && word[1] == row->letter) {
            *value = word[2] ? word + 2 : NULL;
            return i;
        }
    }
    return reading->option_count;
}

static enum status option_read(struct ctx *ctx, struct reading *reading, const char *word)
{
    const char *value = NULL;
    size_t i = option_match(reading, word, &value);
    if (i == reading->option_count)
        return option_refuse(ctx, reading, word);
    const struct option_row *row = &reading->command->options[i];
    if (!row->argument && value)
        return ctx_fail(ctx, STATUS_USAGE, NULL, "%s takes no value.", row->name);
    if (!row->argument)
        value = "";
    if (!value && reading->at == reading->count)
        return ctx_fail(ctx, STATUS_USAGE, NULL, "%s needs a value: %s %s.", row->name, row->name, row->argument);
    if (!value)
        value = reading->words[reading->at++];
    if (reading->value_counts[i] && !row->repeat)
        return ctx_fail(ctx, STATUS_USAGE, NULL, "%s was given twice; it is accepted once.", row->name);
    reading->values[i][reading->value_counts[i]++] = value;
    return STATUS_OK;
}

static enum status operands_check(struct ctx *ctx, const struct reading *reading)
{
    const struct command *command = reading->command;
    if (reading->operand_count < command->operands_least)
        return ctx_fail(ctx, STATUS_USAGE, NULL, "Something is missing: gapmeter %s %s.", command->name, command->operands);
    if (reading->operand_count > command->operands_most)
        return ctx_fail(ctx, STATUS_USAGE, NULL, "\"%s\" is one word too many: gapmeter %s %s.",
                        reading->operands[command->operands_most], command->name, command->operands);
    return STATUS_OK;
}

enum status command_line_parse(struct ctx *ctx, const struct command *command, const char *const *words, size_t count,
                               struct command_line *out)
{
    struct reading reading = {.command = command, .words = words, .count = count};
    enum status status = reading_begin(ctx, &reading);
    bool options_ended = false;
    while (!status && reading.at < reading.count) {
        const char *word = reading.words[reading.at++];
        if (!options_ended && strcmp(word, "--") == 0)
            options_ended = true;
        else if (!options_ended && word[0] == '-' && word[1])
            status = option_read(ctx, &reading, word);
        else
            reading.operands[reading.operand_count++] = word;
    }
    if (!status)
        status = operands_check(ctx, &reading);
    *out = (struct command_line){.operands = reading.operands,
                                 .operand_count = reading.operand_count,
                                 .options = command->options,
                                 .values = (const char *const *const *)reading.values,
                                 .value_counts = reading.value_counts};
    return status;
}

/* The row of an option that the command declares. */
static size_t option_row(const struct command_line *line, const char *name)
{
    size_t i = 0;
    while (line->options[i].name && strcmp(line->options[i].name, name) != 0)
        i++;
    assert(line->options[i].name);
    return i;
}

const char *command_option(const struct command_line *line, const char *name)
{
    size_t count = command_option_count(line, name);
    return count ? command_option_at(line, name, count - 1) : NULL;
}

size_t command_option_count(const struct command_line *line, const char *name)
{
    return line->value_counts[option_row(line, name)];
}

const char *command_option_at(const struct command_line *line, const char *name, size_t i)
{
    return line->values[option_row(line, name)][i];
}

enum status command_option_number(struct ctx *ctx, const struct command_line *line, const char *name, double least, double most,
                                  double *out)
{
    const char *text = command_option(line, name);
    if (!text)
        return STATUS_OK;
    struct decimal value;
    char low[32], high[32];
    number_format_shortest(least, low, sizeof low);
    number_format_shortest(most, high, sizeof high);
    bool read = decimal_parse(span_trim(span_of(text)), '.', &value);
    if (!read || decimal_to_double(value) < least || decimal_to_double(value) > most)
        return ctx_fail(ctx, STATUS_USAGE, NULL, "%s %s: a number from %s to %s is accepted.", name, text, low, high);
    *out = decimal_to_double(value);
    return STATUS_OK;
}

enum status command_option_count_of(struct ctx *ctx, const struct command_line *line, const char *name, uint64_t least,
                                    uint64_t most, uint64_t *out)
{
    const char *text = command_option(line, name);
    if (!text)
        return STATUS_OK;
    struct decimal value;
    bool read = decimal_parse(span_trim(span_of(text)), '.', &value) && value.places == 0 && value.units >= 0;
    if (!read || (uint64_t)value.units < least || (uint64_t)value.units > most)
        return ctx_fail(ctx, STATUS_USAGE, NULL, "%s %s: a whole number from %llu to %llu is accepted.", name, text,
                        (unsigned long long)least, (unsigned long long)most);
    *out = (uint64_t)value.units;
    return STATUS_OK;
}

const struct command *command_find(const char *name)
{
    for (size_t i = 0; i < command_register_count; i++) {
        if (strcmp(command_register[i]->name, name) == 0)
            return command_register[i];
    }
    return NULL;
}
