/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "cli/administration.h"
#include "cli/command_line.h"

static void key_print(struct out *out, const json_t *value)
{
    const char *expires = json_string_value(json_object_get(value, "expires"));
    out_format(out, "%s\n\n", json_string_value(json_object_get(value, "key")));
    out_format(out, "That is the key \"%s\" (%s%s%s). It is shown this once; only its hash is kept.\n",
               json_string_value(json_object_get(value, "name")), json_string_value(json_object_get(value, "access")),
               expires ? ", until " : "", expires ? expires : "");
    out_text(out, "Programs send it as: Authorization: Bearer KEY\n");
}

static enum status key_create(struct ctx *ctx, const struct administration *a)
{
    json_t *studies = json_array(), *value = NULL;
    size_t count = command_option_count(a->line, "--study");
    uint64_t days = 0;
    enum status status = command_option_count_of(ctx, a->line, "--days", 1, 3660, &days);
    for (size_t i = 0; i < count; i++)
        (void)json_array_append_new(studies, json_string(command_option_at(a->line, "--study", i)));
    const char *access = command_option(a->line, "--access");
    json_t *in = json_pack("{s:s,s:s,s:o,s:b}", "name", a->operands[0], "access", access ? access : "read", "studies", studies,
                           "all_studies", command_option(a->line, "--all-studies") != NULL);
    if (days)
        (void)json_object_set_new(in, "days", json_integer((json_int_t)days));
    if (status) {
        json_decref(in);
        return status;
    }
    status = administration_ask(ctx, a, "key_create", in, &value);
    return status ? status : administration_show(ctx, a, value, key_print);
}

static enum status key_list(struct ctx *ctx, const struct administration *a)
{
    static const struct value_column columns[] = {
        {"name", "name"},       {"state", "state"},     {"access", "access"},   {"all_studies", "all studies"},
        {"studies", "studies"}, {"created", "created"}, {"expires", "expires"}, {NULL, NULL},
    };
    json_t *value = NULL;
    enum status status = administration_ask(ctx, a, "key_list", json_object(), &value);
    return status ? status
                  : administration_show_list(ctx, a, value, "keys", columns, "There are no keys yet: gapmeter key create NAME.");
}

static void revoked_print(struct out *out, const json_t *value)
{
    (void)value;
    out_text(out, "The key is revoked; programs that send it are refused from now on.\n");
}

static enum status key_revoke(struct ctx *ctx, const struct administration *a)
{
    json_t *value = NULL;
    enum status status = administration_ask(ctx, a, "key_revoke", json_pack("{s:s}", "name", a->operands[0]), &value);
    return status ? status : administration_show(ctx, a, value, revoked_print);
}

static enum status key_run(struct ctx *ctx, const struct command_line *line)
{
    static const struct subcommand words[] = {
        {"create", "NAME (--study STUDY | --all-studies)", 1, 1, key_create},
        {"list", "", 0, 0, key_list},
        {"revoke", "NAME", 1, 1, key_revoke},
        {.name = NULL},
    };
    return administration_run(ctx, "key", line, words);
}

static const struct option_row key_options[] = {
    ADMINISTRATION_OPTIONS,
    {.name = "--access", .argument = "WHAT", .meaning = "read (default) or write, which includes read"},
    {.name = "--study", .argument = "STUDY", .repeat = true, .meaning = "create: a study that the key is good for"},
    {.name = "--all-studies", .meaning = "create: good for every study, later ones too"},
    {.name = "--days", .argument = "N", .meaning = "create: how long it is good; for ever, when it is left out"},
    {.name = NULL},
};

const struct command command_key_command = {
    .name = "key",
    .operands = "create|list|revoke [NAME] --db DB",
    .sentence = "Makes, lists and revokes keys for programs that use the API.",
    .description =
        "A key is shown once, when it is made; only its hash is kept. It reads, or reads and writes, the studies it was\n"
        "made for. `gapmeter key revoke NAME` ends it at once.",
    .example = "gapmeter key create till --study counter --access write --db study.db",
    .options = key_options,
    .operands_least = 0,
    .operands_most = 2,
    .order = 84,
    .run = key_run,
};
