/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/invitation_list.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/json_out.h"
#include "app/record_file.h"
#include "base/csv_field.h"
#include "base/folder.h"
#include "cli/command_line.h"
#include "cli/qr_file.h"

#define INVITED_AT_A_TIME 1000u

static const char *const contact_columns[] = {"name", "email", "phone", "reference", "planned"};
enum { CONTACT_COLUMNS = sizeof contact_columns / sizeof *contact_columns };

static const char *const waves[] = {"expectation", "during", "perception"};
enum { WAVES = sizeof waves / sizeof *waves };

/* Where invitations go while they are made. */
struct invitation_list {
    const struct administration *a;
    struct out *out;
    json_t *made; /* with --json: they are gathered here; owned */
    const char *qr_folder;
    bool known; /* of a file: the list shows whom each link is for */
    size_t count, relative;
};

static bool contact_column(const char *header)
{
    for (size_t i = 0; i < CONTACT_COLUMNS; i++) {
        if (strcmp(header, contact_columns[i]) == 0)
            return true;
    }
    return false;
}

/* A row as an operation takes it: contact columns by name, every other column an attribute; empty cells are left out. */
static json_t *person_of_row(struct ctx *ctx, const struct sample *records, uint32_t row, const json_t *attributes)
{
    json_t *person = json_object(), *own = attributes ? json_copy(json_looked_at(attributes)) : json_object();
    for (uint32_t column = 0; column < records->column_count; column++) {
        struct span cell = record_cell(records, row, column);
        const char *header = arena_copy(ctx->arena, records->headers[column]);
        if (!header || cell.length == 0)
            continue;
        json_t *text = json_stringn(cell.at, cell.length);
        if (!text || json_object_set_new(contact_column(header) ? person : own, header, text) != 0) {
            json_decref(person);
            json_decref(own);
            return NULL;
        }
    }
    if (json_object_size(own) > 0)
        (void)json_object_set_new(person, "attributes", own);
    else
        json_decref(own);
    return person;
}

static void cell_write(struct out *out, const char *text)
{
    out_char(out, ',');
    csv_field_write(out, span_of(text), ',');
}

static enum status qr_write(struct ctx *ctx, struct invitation_list *list, const char *wave, const char *link)
{
    const char *path = arena_format(ctx->arena, "%s/%05zu-%s.svg", list->qr_folder, list->count, wave);
    return path ? qr_file_write(ctx, path, link) : ctx_no_memory(ctx);
}

static void row_write(struct invitation_list *list, const json_t *value, const json_t *person, const char *const links[WAVES])
{
    const char *encounter = json_string_value(json_object_get(value, "encounter"));
    csv_field_write(list->out, span_of(encounter ? encounter : ""), ',');
    for (size_t i = 0; list->known && i < CONTACT_COLUMNS; i++)
        cell_write(list->out, json_string_value(json_object_get(person, contact_columns[i])));
    cell_write(list->out, json_string_value(json_object_get(value, "arm")));
    for (size_t i = 0; i < WAVES; i++)
        cell_write(list->out, links[i]);
    out_char(list->out, '\n');
}

/* What the operation gave, with whole links and whom they are for. */
static enum status member_add(struct ctx *ctx, struct invitation_list *list, const json_t *value, const json_t *person,
                              const char *const links[WAVES])
{
    json_t *member = json_copy(json_looked_at(value));
    for (size_t i = 0; list->known && i < CONTACT_COLUMNS; i++) {
        json_t *contact = json_object_get(person, contact_columns[i]);
        if (contact)
            (void)json_object_set(member, contact_columns[i], contact);
    }
    for (size_t i = 0; i < WAVES; i++) {
        if (links[i])
            (void)json_object_set_new(member, waves[i], json_string(links[i]));
    }
    return json_array_append_new(list->made, member) == 0 ? STATUS_OK : ctx_no_memory(ctx);
}

static enum status invitation_write(struct ctx *ctx, struct invitation_list *list, const json_t *value, const json_t *person)
{
    const char *links[WAVES] = {NULL};
    enum status status = STATUS_OK;
    list->count++;
    for (size_t i = 0; !status && i < WAVES; i++) {
        links[i] = link_whole(ctx, list->a, json_object_get(value, waves[i]));
        list->relative += links[i] && links[i][0] == '/';
        if (links[i] && list->qr_folder)
            status = qr_write(ctx, list, waves[i], links[i]);
    }
    if (list->made)
        return status ? status : member_add(ctx, list, value, person, links);
    row_write(list, value, person, links);
    return status;
}

/* Asks for one batch and writes what came of it. */
static enum status batch_invite(struct ctx *ctx, struct invitation_list *list, json_t *in, const json_t *persons)
{
    json_t *value = NULL;
    enum status status = administration_ask(ctx, list->a, "respondent_invite", in, &value);
    const json_t *made = json_object_get(value, "invitations");
    for (size_t i = 0; !status && i < json_array_size(made); i++)
        status = invitation_write(ctx, list, json_array_get(made, i), json_array_get(persons, i));
    json_decref(value);
    return status;
}

/* The first batch is the whole file when it is short: then nobody is invited if one row is wrong. */
static enum status file_invite(struct ctx *ctx, struct invitation_list *list, const json_t *attributes)
{
    struct sample records;
    enum status status = record_file_read(ctx, command_option(list->a->line, "--contacts"), &records);
    for (uint32_t from = 0; !status && from < records.row_count; from += INVITED_AT_A_TIME) {
        json_t *persons = json_array();
        for (uint32_t row = from; row < records.row_count && row < from + INVITED_AT_A_TIME; row++)
            (void)json_array_append_new(persons, person_of_row(ctx, &records, row, attributes));
        json_t *in = json_pack("{s:s,s:O}", "study", list->a->operands[0], "respondents", persons);
        status = batch_invite(ctx, list, in, persons);
        json_decref(persons);
        if (status && from > 0)
            (void)fprintf(stderr, "gapmeter: the first %u rows of the file were invited; their links are written.\n", from);
    }
    return status;
}

static enum status count_invite(struct ctx *ctx, struct invitation_list *list, const json_t *attributes)
{
    uint64_t count = 1;
    const char *planned = command_option(list->a->line, "--planned");
    enum status status = command_option_count_of(ctx, list->a->line, "--count", 1, 1000000, &count);
    while (!status && count > 0) {
        uint64_t batch = count < INVITED_AT_A_TIME ? count : INVITED_AT_A_TIME;
        json_t *in = json_pack("{s:s,s:I}", "study", list->a->operands[0], "count", (json_int_t)batch);
        if (planned)
            (void)json_object_set_new(in, "planned", json_string(planned));
        if (attributes)
            (void)json_object_set(in, "attributes", json_looked_at(attributes));
        status = batch_invite(ctx, list, in, NULL);
        count -= batch;
    }
    return status;
}

static enum status list_open(struct ctx *ctx, struct invitation_list *list)
{
    const struct command_line *line = list->a->line;
    const char *path = command_option(line, "--output");
    bool file = command_option(line, "--contacts") != NULL;
    if (file == (command_option(line, "--count") != NULL))
        return ctx_fail(ctx, STATUS_USAGE, NULL, "Whom? Give --contacts FILE, or --count N for people of whom nothing is known.");
    if (file && command_option(line, "--planned"))
        return ctx_fail(ctx, STATUS_USAGE, NULL, "Planned times of contacts stand in the file, in a column \"planned\".");
    list->known = file;
    list->qr_folder = command_option(line, "--qr");
    enum status status = list->qr_folder ? folder_make(ctx, list->qr_folder) : STATUS_OK;
    if (!status)
        status = path ? out_open_file(ctx, path, &list->out) : out_open_fd(ctx, STDOUT_FILENO, "standard output", &list->out);
    if (status)
        return status;
    if (command_option(line, "--json")) {
        list->made = json_array();
        return list->made ? STATUS_OK : ctx_no_memory(ctx);
    }
    out_text(list->out, file ? "encounter,name,email,phone,reference,planned,arm,expectation,during,perception\n"
                             : "encounter,arm,expectation,during,perception\n");
    return STATUS_OK;
}

static enum status json_list_write(struct ctx *ctx, struct invitation_list *list)
{
    json_t *whole = json_pack("{s:O}", "invitations", list->made);
    bool written = json_write_out(list->out, whole, JSON_INDENT(2));
    out_char(list->out, '\n');
    json_decref(whole);
    return written ? STATUS_OK : ctx_no_memory(ctx);
}

enum status invitation_list_run(struct ctx *ctx, const struct administration *a)
{
    struct invitation_list list = {.a = a};
    json_t *attributes = NULL;
    enum status status = attributes_read(ctx, a, &attributes);
    if (!status)
        status = list_open(ctx, &list);
    if (!status)
        status = list.known ? file_invite(ctx, &list, attributes) : count_invite(ctx, &list, attributes);
    json_decref(attributes);
    /* Links exist nowhere else: those that were made are written even when a later row was refused. */
    if (list.out && (!status || list.count > 0)) {
        enum status written = list.made ? json_list_write(ctx, &list) : STATUS_OK;
        enum status closed = out_close(ctx, list.out);
        written = written ? written : closed;
        status = status ? status : written;
    }
    json_decref(list.made);
    if (!status)
        (void)fprintf(stderr, "%zu invited. The links are shown this once; only their hashes are kept.\n", list.count);
    if (!status && list.relative)
        (void)fprintf(stderr, "The address of the server belongs before each: give --base ADDRESS, or invite while it runs.\n");
    return status;
}
