/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <unistd.h>

#include "app/json_out.h"
#include "cli/administration.h"
#include "cli/invitation_list.h"
#include "cli/paper_entry.h"

static enum status respondent_list(struct ctx *ctx, const struct administration *a)
{
    static const struct value_column columns[] = {
        {"respondent", "respondent"}, {"name", "name"},           {"email", "e-mail"},
        {"phone", "phone"},           {"reference", "reference"}, {NULL, NULL},
    };
    json_t *value = NULL;
    const char *after = command_option(a->line, "--after");
    json_t *in = json_pack("{s:s}", "study", a->operands[0]);
    if (after)
        (void)json_object_set_new(in, "after", json_string(after));
    enum status status = administration_ask(ctx, a, "respondent_list", in, &value);
    const char *next = json_string_value(json_object_get(value, "next"));
    next = next ? arena_copy(ctx->arena, span_of(next)) : NULL;
    if (!status)
        status = administration_show_list(ctx, a, value, "respondents", columns, "Nobody was invited by name.");
    if (!status && next)
        (void)fprintf(stderr, "There are more: --after %s\n", next);
    return status;
}

static enum status person_ask(struct ctx *ctx, const struct administration *a, const char *operation, json_t **out)
{
    return administration_ask(ctx, a, operation, json_pack("{s:s,s:s}", "study", a->operands[0], "respondent", a->operands[1]),
                              out);
}

static void encounter_print(struct out *out, const json_t *encounter)
{
    const json_t *links = json_object_get(encounter, "links"), *answered = json_object_get(encounter, "answered");
    out_format(out, "\nencounter  %s (%s)\n", json_string_value(json_object_get(encounter, "encounter")),
               json_string_value(json_object_get(encounter, "arm")));
    for (size_t i = 0; i < json_array_size(links); i++)
        out_format(out, "  link     %s: %s\n", json_string_value(json_object_get(json_array_get(links, i), "wave")),
                   json_string_value(json_object_get(json_array_get(links, i), "state")));
    for (size_t i = 0; i < json_array_size(answered); i++)
        out_format(out, "  answered %s, %s, by %s\n", json_string_value(json_object_get(json_array_get(answered, i), "wave")),
                   json_string_value(json_object_get(json_array_get(answered, i), "phase")),
                   json_string_value(json_object_get(json_array_get(answered, i), "door")));
}

static void respondent_print(struct out *out, const json_t *value)
{
    static const char *const members[] = {"respondent", "name", "email", "phone", "reference"};
    const json_t *encounters = json_object_get(value, "encounters");
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        const char *text = json_string_value(json_object_get(value, members[i]));
        char shown[512];
        text_printable(span_of(text), shown, sizeof shown);
        if (text)
            out_format(out, "%-10s %s\n", members[i], shown);
    }
    for (size_t i = 0; i < json_array_size(encounters); i++)
        encounter_print(out, json_array_get(encounters, i));
}

static enum status respondent_show(struct ctx *ctx, const struct administration *a)
{
    json_t *value = NULL;
    enum status status = person_ask(ctx, a, "respondent_show", &value);
    return status ? status : administration_show(ctx, a, value, respondent_print);
}

/* Everything about a person, as they may ask for it: always JSON. */
static enum status respondent_export(struct ctx *ctx, const struct administration *a)
{
    json_t *value = NULL;
    struct out *out = NULL;
    const char *path = command_option(a->line, "--output");
    enum status status = person_ask(ctx, a, "respondent_export", &value);
    if (!status)
        status = path ? out_open_file(ctx, path, &out) : out_open_fd(ctx, STDOUT_FILENO, "standard output", &out);
    if (!status) {
        (void)json_write_out(out, value, JSON_INDENT(2));
        out_char(out, '\n');
        status = out_close(ctx, out);
    }
    json_decref(value);
    return status;
}

static void erased_print(struct out *out, const json_t *value)
{
    long long count = (long long)json_integer_value(json_object_get(value, "submissions"));
    out_format(out, "Erased: contact, encounters, links, and %lld answered form%s. No byte stays in the store or its log.\n",
               count, count == 1 ? "" : "s");
}

static enum status respondent_erase(struct ctx *ctx, const struct administration *a)
{
    json_t *value = NULL, *scrubbed = NULL;
    enum status status = person_ask(ctx, a, "respondent_erase", &value);
    if (!status)
        status = administration_ask(ctx, a, "store_scrubbing", json_object(), &scrubbed);
    json_decref(scrubbed);
    if (!status)
        return administration_show(ctx, a, value, erased_print);
    json_decref(value);
    return status;
}

static void encounter_times_print(struct out *out, const json_t *value)
{
    const json_t *opened = json_object_get(value, "opened");
    const char *began = json_string_value(json_object_get(value, "began")),
               *ended = json_string_value(json_object_get(value, "ended"));
    out_format(out, "began %s, ended %s\n", began ? began : "-", ended ? ended : "-");
    if (opened)
        out_format(out, "%lld perception form%s opened.\n", (long long)json_integer_value(opened),
                   json_integer_value(opened) == 1 ? "" : "s");
}

static enum status encounter_ask(struct ctx *ctx, const struct administration *a, const char *operation)
{
    json_t *value = NULL;
    const char *at = command_option(a->line, "--at");
    json_t *in = json_pack("{s:s,s:s}", "study", a->operands[0], "encounter", a->operands[1]);
    if (at)
        (void)json_object_set_new(in, "at", json_string(at));
    enum status status = administration_ask(ctx, a, operation, in, &value);
    return status ? status : administration_show(ctx, a, value, encounter_times_print);
}

static enum status respondent_begin(struct ctx *ctx, const struct administration *a)
{
    return encounter_ask(ctx, a, "encounter_begin");
}

static enum status respondent_end(struct ctx *ctx, const struct administration *a)
{
    return encounter_ask(ctx, a, "encounter_end");
}

static enum status respondent_run(struct ctx *ctx, const struct command_line *line)
{
    static const struct subcommand words[] = {
        {"invite", "STUDY (--contacts FILE | --count N)", 1, 1, invitation_list_run},
        {"list", "STUDY", 1, 1, respondent_list},
        {"show", "STUDY WHO", 2, 2, respondent_show},
        {"begin", "STUDY ENCOUNTER [--at TIME]", 2, 2, respondent_begin},
        {"end", "STUDY ENCOUNTER [--at TIME]", 2, 2, respondent_end},
        {"enter", "STUDY FILE --wave WAVE", 2, 2, paper_entry_run},
        {"export", "STUDY WHO [-o FILE]", 2, 2, respondent_export},
        {"erase", "STUDY WHO", 2, 2, respondent_erase},
        {.name = NULL},
    };
    return administration_run(ctx, "respondent", line, words);
}

static const struct option_row respondent_options[] = {
    ADMINISTRATION_OPTIONS,
    {.name = "--contacts",
     .argument = "FILE",
     .meaning = "invite: a table of name, email, phone, reference, planned; the rest are attributes"},
    {.name = "--count", .argument = "N", .meaning = "invite: so many people of whom nothing is known"},
    {.name = "--planned", .argument = "TIME", .meaning = "invite: when the encounter is to begin, with --count"},
    {.name = "--attribute", .argument = "NAME=VALUE", .repeat = true, .meaning = "invite: a segment value of every encounter"},
    {.name = "--output",
     .letter = 'o',
     .argument = "FILE",
     .meaning = "invite, export: where to write instead of standard output"},
    {.name = "--qr", .argument = "DIR", .meaning = "invite: a QR code (SVG) of every link"},
    {.name = "--base", .argument = "ADDRESS", .meaning = "invite: what links begin with while no server runs"},
    {.name = "--wave", .argument = "WAVE", .meaning = "enter: expectation, during or perception"},
    {.name = "--at", .argument = "TIME", .meaning = "begin, end: when; now, when it is left out"},
    {.name = "--after", .argument = "ID", .meaning = "list: begin after this respondent"},
    {.name = NULL},
};

const struct command command_respondent_command = {
    .name = "respondent",
    .operands = "invite|list|show|begin|end|enter|export|erase STUDY … --db DB",
    .sentence = "Invites respondents (prints their links), enters paper forms, exports or erases a person.",
    .description =
        "WHO is an id, an e-mail address or a reference. invite writes links, as CSV or --json: expectation now, perception\n"
        "after the encounter. begin and end say when an encounter took place; end opens the perception form. enter stores\n"
        "paper forms from a table whose columns are fields such as perception.q1, with encounter, answered, consent and form\n"
        "(the number on the paper) where they are known; the same form is not stored twice.",
    .example = "gapmeter respondent invite counter --contacts customers.csv -o links.csv --db study.db",
    .options = respondent_options,
    .operands_least = 0,
    .operands_most = 4,
    .order = 81,
    .run = respondent_run,
};
