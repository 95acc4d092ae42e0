/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/administration.h"

static enum status token_ask(struct ctx *ctx, const struct administration *a, const char *operation, json_t **out)
{
    const char *wave = command_option(a->line, "--wave");
    json_t *in = json_pack("{s:s,s:s}", "study", a->operands[0], "encounter", a->operands[1]);
    if (wave)
        (void)json_object_set_new(in, "wave", json_string(wave));
    return administration_ask(ctx, a, operation, in, out);
}

static void withdrawn_print(struct out *out, const json_t *value)
{
    json_int_t count = json_integer_value(json_object_get(value, "withdrawn"));
    out_format(out, "%lld unused link%s withdrawn.\n", (long long)count, count == 1 ? " is" : "s are");
}

static enum status token_withdraw(struct ctx *ctx, const struct administration *a)
{
    json_t *value = NULL;
    enum status status = token_ask(ctx, a, "token_withdraw", &value);
    return status ? status : administration_show(ctx, a, value, withdrawn_print);
}

static void link_print(struct out *out, const json_t *value)
{
    out_format(out, "%s\n", json_string_value(json_object_get(value, "link")));
}

static enum status token_reissue(struct ctx *ctx, const struct administration *a)
{
    json_t *value = NULL;
    if (!command_option(a->line, "--wave"))
        return ctx_fail(ctx, STATUS_USAGE, NULL, "Which form? Give --wave expectation, during or perception.");
    enum status status = token_ask(ctx, a, "token_reissue", &value);
    if (status)
        return status;
    const char *link = link_whole(ctx, a, json_object_get(value, "link"));
    if (link)
        (void)json_object_set_new(value, "link", json_string(link));
    return administration_show(ctx, a, value, link_print);
}

static enum status token_run(struct ctx *ctx, const struct command_line *line)
{
    static const struct subcommand words[] = {
        {"withdraw", "STUDY ENCOUNTER [--wave WAVE]", 2, 2, token_withdraw},
        {"reissue", "STUDY ENCOUNTER --wave WAVE", 2, 2, token_reissue},
        {.name = NULL},
    };
    return administration_run(ctx, "token", line, words);
}

static const struct option_row token_options[] = {
    ADMINISTRATION_OPTIONS,
    {.name = "--wave", .argument = "WAVE", .meaning = "expectation, during or perception"},
    {.name = "--base", .argument = "ADDRESS", .meaning = "what links begin with while no server runs"},
    {.name = NULL},
};

const struct command command_token_command = {
    .name = "token",
    .operands = "withdraw|reissue STUDY ENCOUNTER --db DB",
    .sentence = "Withdraws personal links, or makes new ones for those that were lost.",
    .description =
        "Links are not kept, only their hashes: a lost one cannot be shown again, but replaced. The old one stops working.",
    .example = "gapmeter token reissue counter 018f4c1e-7b1a-7c3d-9e2f-0123456789ab --wave perception --db study.db",
    .options = token_options,
    .operands_least = 0,
    .operands_most = 3,
    .order = 83,
    .run = token_run,
};
