/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/administration.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/json_out.h"
#include "app/operation.h"
#include "base/csv_field.h"
#include "base/nearest.h"

#define SUBCOMMANDS_MAX 16u
#define COLUMNS_MAX     16u
#define CELL_WIDTH_MAX  60u

static const struct subcommand *subcommand_find(const struct subcommand *words, const char *name)
{
    for (const struct subcommand *word = words; word->name; word++) {
        if (strcmp(word->name, name) == 0)
            return word;
    }
    return NULL;
}

/* "'gapmeter study lst': there is create, list, show; did you mean list?" */
static enum status subcommand_fail(struct ctx *ctx, const char *command, const struct command_line *line,
                                   const struct subcommand *words)
{
    const char *names[SUBCOMMANDS_MAX];
    char list[256] = "", shown[64];
    size_t count = 0, length = 0;
    const char *given = line->operand_count ? line->operands[0] : "";
    for (const struct subcommand *word = words; word->name && count < SUBCOMMANDS_MAX && length < sizeof list; word++) {
        length += (size_t)snprintf(list + length, sizeof list - length, "%s%s", count ? ", " : "", word->name);
        names[count++] = word->name;
    }
    text_printable(span_of(given), shown, sizeof shown);
    const char *near = nearest_name(span_of(given), names, count);
    return ctx_fail(ctx, STATUS_USAGE, NULL, "'gapmeter %s%s%s': there is %s%s%s%s", command, given[0] ? " " : "", shown, list,
                    near ? "; did you mean " : "", near ? near : "", near ? "?" : ".");
}

enum status administration_run(struct ctx *ctx, const char *command, const struct command_line *line,
                               const struct subcommand *words)
{
    const struct subcommand *word = line->operand_count ? subcommand_find(words, line->operands[0]) : NULL;
    struct administration a = {.line = line, .command = command, .store = command_option(line, "--db")};
    if (!word)
        return subcommand_fail(ctx, command, line, words);
    a.operands = line->operands + 1;
    a.operand_count = line->operand_count - 1;
    if (a.operand_count < word->operands_least)
        return ctx_fail(ctx, STATUS_USAGE, NULL, "Something is missing: gapmeter %s %s %s --db DB.", command, word->name,
                        word->operands);
    if (a.operand_count > word->operands_most)
        return ctx_fail(ctx, STATUS_USAGE, NULL, "\"%s\" is one word too many: gapmeter %s %s %s --db DB.",
                        a.operands[word->operands_most], command, word->name, word->operands);
    if (!a.store)
        return ctx_fail(ctx, STATUS_USAGE, NULL, "Which store? Give --db DB, such as --db study.db.");
    /* Links are secrets and exports hold answers: what these commands write is for whoever runs them alone. */
    (void)umask(S_IRWXG | S_IRWXO);
    return word->run(ctx, &a);
}

enum status administration_ask(struct ctx *ctx, const struct administration *a, const char *operation, json_t *in, json_t **out)
{
    if (!in)
        return ctx_no_memory(ctx);
    enum status status = operation_ask(ctx, a->store, operation, in, out);
    json_decref(in);
    return status;
}

static void json_show(struct out *out, const json_t *value)
{
    (void)json_write_out(out, value, JSON_INDENT(2));
    out_char(out, '\n');
}

enum status administration_show(struct ctx *ctx, const struct administration *a, json_t *value, value_print *print)
{
    struct out *out = NULL;
    enum status status = out_open_fd(ctx, STDOUT_FILENO, "standard output", &out);
    if (!status) {
        (command_option(a->line, "--json") ? json_show : print)(out, value);
        status = out_close(ctx, out);
    }
    json_decref(value);
    return status;
}

static void pair_write(struct out *out, const char *before, const char *text)
{
    char shown[512];
    text_printable(span_of(text), shown, sizeof shown);
    out_format(out, "%s%s", before, shown);
}

static void scalar_write(struct out *out, const json_t *value)
{
    char number[40] = "";
    if (json_is_string(value))
        pair_write(out, "", json_string_value(value));
    if (json_is_integer(value))
        (void)snprintf(number, sizeof number, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
    if (json_is_real(value))
        (void)snprintf(number, sizeof number, "%.1f", json_real_value(value));
    if (json_is_boolean(value))
        (void)snprintf(number, sizeof number, "%s", json_is_true(value) ? "yes" : "no");
    out_text(out, number);
}

const char *value_cell(struct ctx *ctx, const json_t *value)
{
    struct out *out = NULL;
    const char *key = NULL;
    json_t *member = NULL;
    size_t count = 0;
    if (out_open_memory(ctx, &out) != STATUS_OK)
        return "";
    scalar_write(out, value);
    json_object_foreach (json_looked_at(value), key, member) {
        pair_write(out, count++ ? ", " : "", key);
        out_char(out, '=');
        scalar_write(out, member);
    }
    for (size_t i = 0; json_is_array(value) && i < json_array_size(value); i++) {
        out_text(out, i ? ", " : "");
        scalar_write(out, json_array_get(value, i));
    }
    const char *text = NULL;
    return out_copy(ctx, out, &text) ? "" : text;
}

void value_write_csv(struct ctx *ctx, struct out *out, const json_t *list, const struct value_column *columns)
{
    for (const struct value_column *column = columns; column->title; column++) {
        out_text(out, column == columns ? "" : ",");
        csv_field_write(out, span_of(column->member), ',');
    }
    out_char(out, '\n');
    for (size_t i = 0; i < json_array_size(list); i++) {
        for (const struct value_column *column = columns; column->title; column++) {
            out_text(out, column == columns ? "" : ",");
            csv_field_write(out, span_of(value_cell(ctx, json_object_get(json_array_get(list, i), column->member))), ',');
        }
        out_char(out, '\n');
    }
}

static void cell_write(struct out *out, const char *text, size_t width, bool last)
{
    bool cut = false;
    size_t kept = text_fit(span_of(text), width, &cut);
    out_span(out, (struct span){text, kept});
    out_text(out, cut ? "…" : "");
    size_t used = text_width((struct span){text, kept}) + (cut ? 1 : 0);
    for (size_t i = used; !last && i < width + 2; i++)
        out_char(out, ' ');
}

static void table_write(struct ctx *ctx, struct out *out, const json_t *list, const struct value_column *columns)
{
    size_t widths[COLUMNS_MAX] = {0}, count = 0;
    for (; columns[count].title && count < COLUMNS_MAX; count++) {
        widths[count] = text_width(span_of(columns[count].title));
        for (size_t i = 0; i < json_array_size(list); i++) {
            const json_t *value = json_object_get(json_array_get(list, i), columns[count].member);
            size_t width = text_width(span_of(value_cell(ctx, value)));
            width = width > CELL_WIDTH_MAX ? CELL_WIDTH_MAX : width;
            widths[count] = width > widths[count] ? width : widths[count];
        }
    }
    for (size_t c = 0; c < count; c++)
        cell_write(out, columns[c].title, widths[c], c + 1 == count);
    out_char(out, '\n');
    for (size_t i = 0; i < json_array_size(list); i++) {
        for (size_t c = 0; c < count; c++)
            cell_write(out, value_cell(ctx, json_object_get(json_array_get(list, i), columns[c].member)), widths[c],
                       c + 1 == count);
        out_char(out, '\n');
    }
}

enum status administration_show_list(struct ctx *ctx, const struct administration *a, json_t *value, const char *member,
                                     const struct value_column *columns, const char *none)
{
    struct out *out = NULL;
    const json_t *list = json_object_get(value, member);
    enum status status = out_open_fd(ctx, STDOUT_FILENO, "standard output", &out);
    if (!status) {
        if (command_option(a->line, "--json"))
            json_show(out, value);
        else if (command_option(a->line, "--csv"))
            value_write_csv(ctx, out, list, columns);
        else if (json_array_size(list) == 0)
            out_format(out, "%s\n", none);
        else
            table_write(ctx, out, list, columns);
        status = out_close(ctx, out);
    }
    json_decref(value);
    return status;
}

enum status attributes_read(struct ctx *ctx, const struct administration *a, json_t **out)
{
    size_t count = command_option_count(a->line, "--attribute");
    json_t *object = count ? json_object() : NULL;
    *out = NULL;
    for (size_t i = 0; i < count; i++) {
        const char *text = command_option_at(a->line, "--attribute", i);
        const char *equals = strchr(text, '=');
        const char *name = equals ? arena_copy(ctx->arena, (struct span){text, (size_t)(equals - text)}) : NULL;
        if (!name || !name[0] || json_object_set_new(object, name, json_string(equals + 1)) != 0) {
            json_decref(object);
            return ctx_fail(ctx, STATUS_USAGE, NULL, "--attribute %s: NAME=VALUE is accepted, such as branch=Oslo.", text);
        }
    }
    *out = object;
    return STATUS_OK;
}

const char *link_whole(struct ctx *ctx, const struct administration *a, const json_t *link)
{
    const char *text = json_string_value(link);
    const char *base = command_option(a->line, "--base");
    if (!text || text[0] != '/' || !base)
        return text ? arena_copy(ctx->arena, span_of(text)) : NULL;
    size_t length = strlen(base);
    while (length > 0 && base[length - 1] == '/')
        length--;
    return arena_format(ctx->arena, "%.*s%s", (int)length, base, text);
}
