/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <unistd.h>

#include "base/qr_code.h"
#include "cli/administration.h"
#include "cli/qr_file.h"

static enum status door_request(struct ctx *ctx, const struct administration *a, json_t **out)
{
    const char *kind = command_option(a->line, "--kind"), *wave = command_option(a->line, "--wave");
    json_t *attributes = NULL;
    enum status status = attributes_read(ctx, a, &attributes);
    *out = json_pack("{s:s,s:s}", "study", a->operands[0], "kind", kind ? kind : "open");
    if (wave)
        (void)json_object_set_new(*out, "wave", json_string(wave));
    if (attributes)
        (void)json_object_set_new(*out, "attributes", attributes);
    return status;
}

/* The link, and on a terminal the code that a phone reads from it. */
static enum status door_show(struct ctx *ctx, const struct administration *a, const json_t *value, const char *link)
{
    struct qr_code code;
    struct out *out = NULL;
    enum status status = qr_code_make(ctx, span_of(link), &code);
    if (!status)
        status = out_open_fd(ctx, STDOUT_FILENO, "standard output", &out);
    if (status)
        return status;
    out_format(out, "%s\n", link);
    if (isatty(STDOUT_FILENO) == 1)
        qr_code_write_terminal(out, &code);
    if (link[0] == '/')
        out_text(out, "The address of the server belongs before it: give --base ADDRESS, or ask while the server runs.\n");
    out_format(out, "Door %.12s, kind %s, form %s.", json_string_value(json_object_get(value, "door_id")),
               json_string_value(json_object_get(value, "kind")), json_string_value(json_object_get(value, "wave")));
    out_format(out, " The link is shown this once. Close it: gapmeter door close %s %.12s\n", a->operands[0],
               json_string_value(json_object_get(value, "door_id")));
    return out_close(ctx, out);
}

static void json_nothing(struct out *out, const json_t *value)
{
    (void)out;
    (void)value;
}

static enum status door_create(struct ctx *ctx, const struct administration *a)
{
    json_t *in = NULL, *value = NULL;
    const char *qr = command_option(a->line, "--qr");
    enum status status = door_request(ctx, a, &in);
    if (status) {
        json_decref(in);
        return status;
    }
    status = administration_ask(ctx, a, "door_create", in, &value);
    const char *link = status ? NULL : link_whole(ctx, a, json_object_get(value, "link"));
    if (!status && !link)
        status = ctx_no_memory(ctx);
    if (!status)
        (void)json_object_set_new(value, "link", json_string(link));
    if (!status && qr)
        status = qr_file_write(ctx, qr, link);
    if (!status && !command_option(a->line, "--json"))
        status = door_show(ctx, a, value, link);
    else if (!status)
        return administration_show(ctx, a, value, json_nothing);
    json_decref(value);
    return status;
}

static enum status door_list(struct ctx *ctx, const struct administration *a)
{
    static const struct value_column columns[] = {
        {"door_id", "door"},    {"kind", "kind"},     {"wave", "form"}, {"attributes", "attributes"},
        {"created", "created"}, {"closed", "closed"}, {NULL, NULL},
    };
    json_t *value = NULL;
    enum status status = administration_ask(ctx, a, "door_list", json_pack("{s:s}", "study", a->operands[0]), &value);
    return status ? status : administration_show_list(ctx, a, value, "doors", columns, "This study has no doors.");
}

static void closed_print(struct out *out, const json_t *value)
{
    (void)value;
    out_text(out, "The door is closed; its link takes no more answers.\n");
}

static enum status door_close(struct ctx *ctx, const struct administration *a)
{
    json_t *value = NULL;
    json_t *in = json_pack("{s:s,s:s}", "study", a->operands[0], "door_id", a->operands[1]);
    enum status status = administration_ask(ctx, a, "door_close", in, &value);
    return status ? status : administration_show(ctx, a, value, closed_print);
}

static enum status door_run(struct ctx *ctx, const struct command_line *line)
{
    static const struct subcommand words[] = {
        {"create", "STUDY [--kind KIND] [--wave WAVE]", 1, 1, door_create},
        {"list", "STUDY", 1, 1, door_list},
        {"close", "STUDY DOOR", 2, 2, door_close},
        {.name = NULL},
    };
    return administration_run(ctx, "door", line, words);
}

static const struct option_row door_options[] = {
    ADMINISTRATION_OPTIONS,
    {.name = "--kind", .argument = "KIND", .meaning = "create: open (default), kiosk, embed or paper"},
    {.name = "--wave", .argument = "WAVE", .meaning = "create: the form; perception (default), expectation or during"},
    {.name = "--attribute", .argument = "NAME=VALUE", .repeat = true, .meaning = "create: a segment value of each answer"},
    {.name = "--qr", .argument = "FILE.svg", .meaning = "create: writes the QR code of the link"},
    {.name = "--base", .argument = "ADDRESS", .meaning = "create: what links begin with while no server runs"},
    {.name = NULL},
};

const struct command command_door_command = {
    .name = "door",
    .operands = "create|list|close STUDY --db DB",
    .sentence = "Makes ways in that are not bound to a person: open link, kiosk, embedded form, paper entry.",
    .description =
        "An open link stands at /open/STUDY, one for each study. Kiosks, embedded forms and paper entry have secret links\n"
        "of their own, as many as there are places; --attribute says where each stands, such as branch=Oslo.",
    .example = "gapmeter door create counter --kind kiosk --attribute branch=Oslo --qr kiosk.svg --db study.db",
    .options = door_options,
    .operands_least = 0,
    .operands_most = 3,
    .order = 82,
    .run = door_run,
};
