/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/command.h"

#include <unistd.h>

#include "base/out.h"
#include "model/measure.h"

static void measures_list(struct out *out)
{
    for (size_t i = 0; i < measure_register_count; i++) {
        const struct measure *measure = measure_register[i];
        out_format(out, "%-18s %s (%s)\n", measure->name, measure->title, measure->formula);
    }
    out_text(out, "\nMore about one: gapmeter measures NAME\n");
}

static void needs_write(struct out *out, const struct measure *measure)
{
    out_text(out, "needs    ");
    const char *mark = "";
    for (unsigned i = 0; i < STANDARD_COUNT; i++) {
        if (measure->standards & (1u << i)) {
            out_format(out, "%s%s", mark, standard_name((enum standard)i));
            mark = ", ";
        }
    }
    const char *any = measure->any_standards && *mark ? " and one of: " : "";
    for (unsigned i = 0; i < STANDARD_COUNT; i++) {
        if (measure->any_standards & (1u << i)) {
            out_format(out, "%s%s", any, standard_name((enum standard)i));
            any = ", ";
        }
    }
    if (measure->importance)
        out_format(out, "%simportance", *mark || measure->any_standards ? ", " : "");
    if (measure->dimensions)
        out_text(out, ", dimensions");
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
