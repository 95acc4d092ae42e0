/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/json_out.h"
#include "app/restoring.h"
#include "base/folder.h"
#include "cli/administration.h"
#include "cli/command_line.h"
#include "cli/json_file.h"
#include "cli/study_page.h"

static void created_print(struct out *out, const json_t *value)
{
    const char *name = json_string_value(json_object_get(value, "name"));
    out_format(
        out, "The study \"%s\" takes answers: %s (version %lld, %s).\n", name, json_string_value(json_object_get(value, "title")),
        (long long)json_integer_value(json_object_get(value, "version")), json_string_value(json_object_get(value, "identity")));
}

static enum status study_ask(struct ctx *ctx, const struct administration *a, const char *operation, json_t **out)
{
    return administration_ask(ctx, a, operation, json_pack("{s:s}", "study", a->operands[0]), out);
}

/* Without a store there is nothing to hold the study yet, so the first one makes it. */
static enum status study_create(struct ctx *ctx, const struct administration *a)
{
    json_t *definition = NULL, *value = NULL;
    const char *name = command_option(a->line, "--name");
    if (!name)
        return ctx_fail(ctx, STATUS_USAGE, NULL,
                        "What is it to be called? Give --name NAME: letters a to z, digits and hyphens.");
    enum status status = json_file_read(ctx, a->operands[0], "The study file", &definition);
    if (!status && !path_exists(a->store))
        status = desk_create(ctx, a->store);
    json_t *in = json_pack("{s:s,s:O}", "name", name, "definition", definition);
    json_decref(definition);
    if (status) {
        json_decref(in);
        return status;
    }
    status = administration_ask(ctx, a, "study_create", in, &value);
    return status ? status : administration_show(ctx, a, value, created_print);
}

static enum status study_update(struct ctx *ctx, const struct administration *a)
{
    json_t *definition = NULL, *value = NULL;
    enum status status = json_file_read(ctx, a->operands[1], "The study file", &definition);
    if (status)
        return status;
    json_t *in = json_pack("{s:s,s:o}", "study", a->operands[0], "definition", definition);
    status = administration_ask(ctx, a, "study_update", in, &value);
    return status ? status : administration_show(ctx, a, value, created_print);
}

static enum status study_list(struct ctx *ctx, const struct administration *a)
{
    static const struct value_column columns[] = {
        {"name", "name"},       {"title", "title"},     {"state", "state"}, {"identity", "identity"},
        {"version", "version"}, {"created", "created"}, {NULL, NULL},
    };
    json_t *value = NULL;
    enum status status = administration_ask(ctx, a, "study_list", json_object(), &value);
    return status ? status
                  : administration_show_list(ctx, a, value, "studies", columns,
                                             "There are no studies yet: gapmeter study create FILE --name NAME.");
}

static enum status study_show(struct ctx *ctx, const struct administration *a)
{
    static const struct value_column columns[] = {
        {"wave", "wave"},         {"arm", "arm"},         {"invited", "invited"},     {"asked", "asked"},
        {"answered", "answered"}, {"partial", "partial"}, {"withdrawn", "withdrawn"}, {"rr1", "rr1"},
        {"rr2", "rr2"},           {NULL, NULL},
    };
    json_t *value = NULL;
    enum status status = study_ask(ctx, a, "study_show", &value);
    if (status)
        return status;
    if (command_option(a->line, "--csv"))
        return administration_show_list(ctx, a, value, "response", columns, "");
    return administration_show(ctx, a, value, study_page_print);
}

static void state_print(struct out *out, const json_t *value)
{
    out_format(out, "The study \"%s\" is %s.\n", json_string_value(json_object_get(value, "name")),
               json_string_value(json_object_get(value, "state")));
}

static enum status study_open(struct ctx *ctx, const struct administration *a)
{
    json_t *value = NULL;
    enum status status = study_ask(ctx, a, "study_open", &value);
    return status ? status : administration_show(ctx, a, value, state_print);
}

static enum status study_close(struct ctx *ctx, const struct administration *a)
{
    json_t *value = NULL;
    enum status status = study_ask(ctx, a, "study_close", &value);
    return status ? status : administration_show(ctx, a, value, state_print);
}

/* -o FILE, or standard output. */
static enum status output_open(struct ctx *ctx, const struct administration *a, struct out **out)
{
    const char *path = command_option(a->line, "--output");
    return path ? out_open_file(ctx, path, out) : out_open_fd(ctx, STDOUT_FILENO, "standard output", out);
}

static enum status study_file(struct ctx *ctx, const struct administration *a)
{
    json_t *value = NULL;
    struct out *out = NULL;
    enum status status = study_ask(ctx, a, "study_show", &value);
    if (!status)
        status = output_open(ctx, a, &out);
    if (!status) {
        (void)json_write_out(out, json_object_get(value, "definition"), JSON_INDENT(2));
        out_char(out, '\n');
        status = out_close(ctx, out);
    }
    json_decref(value);
    return status;
}

/* Phases that stand in tables of their own, and where. */
static void other_phases_tell(const struct administration *a, const json_t *forms)
{
    static const char *const phases[] = {"late", "recalled", "during"};
    const char *wanted = command_option(a->line, "--phase");
    for (size_t i = 0; i < sizeof phases / sizeof *phases; i++) {
        long long count = (long long)json_integer_value(json_object_get(forms, phases[i]));
        if (count > 0 && !wanted)
            (void)fprintf(stderr,
                          "gapmeter: %lld form%s answered %s %s not part of this table: gapmeter study responses %s --phase %s\n",
                          count, count == 1 ? "" : "s", phases[i], count == 1 ? "is" : "are", a->operands[0], phases[i]);
    }
}

/* Answers that stand in no table, since their points are not those of today. */
static void other_scales_tell(long long count)
{
    if (count > 0)
        (void)fprintf(
            stderr,
            "gapmeter: %lld encounter%s %s asked on scales that differ from today's and %s in no table; the store keeps "
            "them, and respondent export gives each person's\n",
            count, count == 1 ? "" : "s", count == 1 ? "was" : "were", count == 1 ? "is" : "are");
}

static enum status study_responses(struct ctx *ctx, const struct administration *a)
{
    json_t *value = NULL;
    struct out *out = NULL;
    const char *phase = command_option(a->line, "--phase");
    json_t *in = json_pack("{s:s}", "study", a->operands[0]);
    if (in && phase)
        (void)json_object_set_new(in, "phase", json_string(phase));
    enum status status = administration_ask(ctx, a, "response_list", in, &value);
    if (!status)
        status = output_open(ctx, a, &out);
    if (!status) {
        out_text(out, json_string_value(json_object_get(value, "csv")));
        status = out_close(ctx, out);
    }
    if (!status) {
        other_phases_tell(a, json_object_get(value, "forms"));
        other_scales_tell((long long)json_integer_value(json_object_get(value, "other_scales")));
    }
    json_decref(value);
    return status;
}

static enum status study_events(struct ctx *ctx, const struct administration *a)
{
    static const struct value_column columns[] = {
        {"sequence", "no."},        {"at", "time"}, {"kind", "what"}, {"count", "count"}, {"actor", "who"},
        {"encounter", "encounter"}, {NULL, NULL},
    };
    json_t *value = NULL;
    uint64_t from = 1;
    enum status status = command_option_count_of(ctx, a->line, "--from", 1, INT64_MAX, &from);
    if (!status)
        status = administration_ask(ctx, a, "event_list",
                                    json_pack("{s:s,s:I}", "study", a->operands[0], "from", (json_int_t)from), &value);
    return status ? status : administration_show_list(ctx, a, value, "events", columns, "Nothing has happened yet.");
}

static void whole_print(struct out *out, const json_t *value)
{
    if (json_is_true(json_object_get(value, "whole")))
        out_text(out, "Every line of the event log fits the one before: none was changed or taken out.\n");
    else
        out_format(out, "Line %lld of the event log does not fit the one before: the log was changed.\n",
                   (long long)json_integer_value(json_object_get(value, "broken")));
}

static enum status study_verify(struct ctx *ctx, const struct administration *a)
{
    json_t *value = NULL;
    enum status status = administration_ask(ctx, a, "event_verify", json_object(), &value);
    if (status)
        return status;
    bool whole = json_is_true(json_object_get(value, "whole"));
    status = administration_show(ctx, a, value, whole_print);
    return status || whole ? status : ctx_fail(ctx, STATUS_DATA, NULL, "The event log is broken.");
}

static enum status study_run(struct ctx *ctx, const struct command_line *line)
{
    static const struct subcommand words[] = {
        {"create", "FILE --name NAME", 1, 1, study_create},
        {"list", "", 0, 0, study_list},
        {"show", "STUDY", 1, 1, study_show},
        {"update", "STUDY FILE", 2, 2, study_update},
        {"open", "STUDY", 1, 1, study_open},
        {"close", "STUDY", 1, 1, study_close},
        {"file", "STUDY [-o FILE]", 1, 1, study_file},
        {"responses", "STUDY [--phase PHASE] [-o FILE]", 1, 1, study_responses},
        {"events", "STUDY [--from N]", 1, 1, study_events},
        {"verify", "", 0, 0, study_verify},
        {.name = NULL},
    };
    return administration_run(ctx, "study", line, words);
}

static const struct option_row study_options[] = {
    ADMINISTRATION_OPTIONS,
    {.name = "--name", .argument = "NAME", .meaning = "create: what addresses and commands call the study"},
    {.name = "--output",
     .letter = 'o',
     .argument = "FILE",
     .meaning = "file, responses: where to write instead of standard output"},
    {.name = "--phase",
     .argument = "PHASE",
     .meaning = "responses: late, recalled or during instead of what analyses see; before, in a study that asks afterwards"},
    {.name = "--from", .argument = "N", .meaning = "events: the first number wanted"},
    {.name = NULL},
};

const struct command command_study_command = {
    .name = "study",
    .operands = "create|list|show|update|open|close|file|responses|events|verify … --db DB",
    .sentence = "Creates and manages live studies: questions, response rates, answers, event log.",
    .description =
        "create FILE makes a study of a study file; its member \"collection\" says how it asks. show tells who was asked and\n"
        "who answered, by wave and arm. update FILE adds a version of the questions; answers keep the version they were\n"
        "given to. file and responses write what `gapmeter analyze responses.csv --study study.json` reads. Answers that are\n"
        "not mixed with those (late, recalled, during) have tables of their own under the same headers: --phase.",
    .example = "gapmeter study create study.json --name counter --db study.db",
    .options = study_options,
    .operands_least = 0,
    .operands_most = 4,
    .order = 80,
    .run = study_run,
};
