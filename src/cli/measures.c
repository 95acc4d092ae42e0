/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/command.h"

#include <unistd.h>

#include "base/out.h"
#include "model/measure.h"

static void measures_list(struct out *out)
{
    for (size_t i = 0; i < measure_register_count; i++) {
        const struct measure *measure = measure_register[i];
        out_format(out, "%-24s %s (%s)\n", measure->name, measure->title, measure->formula);
    }
    out_text(out, "\nMore about one: gapmeter measures NAME\n");
}

/* The things a measure needs, divided by commas. */
struct need_list {
    struct out *out;
    const char *mark; /* before the next one */
};

static void need_add(struct need_list *list, const char *text)
{
    out_format(list->out, "%s%s", list->mark, text);
    list->mark = ", ";
}

/* "one of: a, b" of the named bits of a set. */
static void choice_add(struct need_list *list, const char *words, unsigned bits, const char *(*name)(unsigned))
{
    const char *mark = "";
    if (bits)
        need_add(list, words);
    for (unsigned i = 0; bits >> i; i++) {
        if (bits >> i & 1u) {
            out_format(list->out, "%s%s", mark, name(i));
            mark = " or ";
        }
    }
}

static const char *standard_text(unsigned standard)
{
    return standard_name((enum standard)standard);
}

static const char *role_text(unsigned role)
{
    return outcome_role_name((enum outcome_role)role);
}

static void needs_write(struct out *out, const struct measure *measure)
{
    static const char *const of_by[] = {[BY_EVERYONE] = NULL,
                                        [BY_GROUPS] = "--by SEGMENT",
                                        [BY_TOUCHPOINT] = "a column for the touchpoint or the channel",
                                        [BY_TIME] = "a column for the wave or the time"};
    struct need_list list = {.out = out, .mark = ""};
    out_text(out, "needs    ");
    for (unsigned i = 0; i < STANDARD_COUNT; i++) {
        if (measure->standards & (1u << i))
            need_add(&list, standard_text(i));
    }
    choice_add(&list, "", measure->any_standards, standard_text);
    if (measure->importance)
        need_add(&list, "importance");
    if (measure->dimensions)
        need_add(&list, "dimensions");
    if (measure->outcomes && !measure->outcome_roles)
        need_add(&list, "an outcome");
    choice_add(&list, "an outcome with the role ", measure->outcome_roles, role_text);
    if (measure->journeys)
        need_add(&list, "journeys (a row per moment)");
    if (measure->sources)
        need_add(&list, "answers to where expectations come from");
    if (measure->comments)
        need_add(&list, "comments");
    if (measure->arms)
        need_add(&list, "people whom chance leaves out of asking before");
    if (measure->by != BY_ANY && of_by[measure->by])
        need_add(&list, of_by[measure->by]);
    if (measure->compares)
        need_add(&list, "--compare OLD");
    if (measure->resamples)
        need_add(&list, "--bootstrap N");
    out_format(out, "; intervals from n = %llu\n", (unsigned long long)measure->minimum_n);
}

static void measure_write(struct out *out, const struct measure *measure)
{
    out_format(out, "%s — %s\n\n%s\n\n", measure->name, measure->title, measure->meaning);
    out_format(out, "formula  %s (docs/formulas.md)\n", measure->formula);
    needs_write(out, measure);
    out_format(out, "source   %s\nexample  %s\n\ncolumns\n", measure->source, measure->example);
    for (uint32_t i = 0; i < measure->column_count; i++) {
        const struct column *column = &measure->columns[i];
        out_format(out, "  %-28s %s%s%s%s\n", column->name, column->meaning, *column->unit ? " [" : "", column->unit,
                   *column->unit ? "]" : "");
    }
}

static enum status measures_run(struct ctx *ctx, const struct command_line *line)
{
    const struct measure *measure = NULL;
    if (line->operand_count) {
        measure = measure_find(span_of(line->operands[0]));
        if (!measure)
            return ctx_fail(ctx, STATUS_USAGE, NULL, "\"%s\" is not a measure; `gapmeter measures` lists them.",
                            line->operands[0]);
    }
    struct out *out = NULL;
    enum status status = out_open_fd(ctx, STDOUT_FILENO, "standard output", &out);
    if (status)
        return status;
    if (measure)
        measure_write(out, measure);
    else
        measures_list(out);
    return out_close(ctx, out);
}

const struct command command_measures = {
    .name = "measures",
    .operands = "[NAME]",
    .sentence = "Lists every measure, or explains one: meaning, formula, needs, columns, source.",
    .description = "The names are those that analyze takes with --table; the F-numbers stand in docs/formulas.md.",
    .example = "gapmeter measures item_gap",
    .options = (const struct option_row[]){{.name = NULL}},
    .operands_most = 1,
    .order = 60,
    .run = measures_run,
};
