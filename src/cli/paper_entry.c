/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/paper_entry.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/record_file.h"
#include "base/limits.h"
#include "base/secret.h"
#include "cli/command_line.h"

/* Columns that say something of the form; every other one is an answer, or begins with "attribute.". */
static const char *const form_columns[] = {"encounter", "answered", "language", "form", "consent"};
enum { FORM_COLUMNS = sizeof form_columns / sizeof *form_columns };

struct paper_entry {
    const struct administration *a;
    struct sample records;
    const char *wave;
    size_t stored, wrong;
};

static bool is_form_column(const char *header)
{
    for (size_t i = 0; i < FORM_COLUMNS; i++) {
        if (strcmp(header, form_columns[i]) == 0)
            return true;
    }
    return false;
}

/* A column "attribute.branch" gives the encounter an attribute. */
static const char *attribute_name(const char *header)
{
    static const char beginning[] = "attribute.";
    return strncmp(header, beginning, sizeof beginning - 1) == 0 ? header + sizeof beginning - 1 : NULL;
}

/* What makes the form the same when the file is entered again: the number on the paper, or the row as it stands. */
static const char *form_key(struct ctx *ctx, const struct paper_entry *entry, uint32_t row)
{
    struct digest digest;
    char text[DIGEST_TEXT_BYTES];
    uint32_t column = record_column(&entry->records, "form");
    struct span form = column == UINT32_MAX ? (struct span){"", 0} : record_cell(&entry->records, row, column);
    const char *whole = arena_format(ctx->arena, "%s %s %.*s", entry->a->operands[0], entry->wave, (int)form.length, form.at);
    for (uint32_t i = 0; whole && form.length == 0 && i < entry->records.column_count; i++) {
        struct span cell = record_cell(&entry->records, row, i);
        whole = arena_format(ctx->arena, "%s %u %u:%.*s", whole, row, (unsigned)cell.length, (int)cell.length, cell.at);
    }
    if (!whole)
        return NULL;
    digest_of(span_of(whole), &digest);
    digest_format(&digest, text);
    return arena_format(ctx->arena, "paper-%.40s", text);
}

/* A cell with "|" in it gives several choices, as for the sources of an expectation. */
static json_t *answer_of_cell(struct span cell)
{
    const char *bar = memchr(cell.at, '|', cell.length);
    if (!bar)
        return json_stringn(cell.at, cell.length);
    json_t *list = json_array();
    while (cell.length > 0) {
        bar = memchr(cell.at, '|', cell.length);
        size_t length = bar ? (size_t)(bar - cell.at) : cell.length;
        struct span part = span_trim((struct span){cell.at, length});
        (void)json_array_append_new(list, json_stringn(part.at, part.length));
        length += bar ? 1 : 0;
        cell = (struct span){cell.at + length, cell.length - length};
    }
    return list;
}

/* How a tick on paper is typed in; an empty cell or anything else is none. */
static bool is_ticked(struct span cell)
{
    static const char *const ticks[] = {"1", "x", "yes", "true"};
    for (size_t i = 0; i < sizeof ticks / sizeof *ticks; i++) {
        if (span_equal_caseless(span_trim(cell), span_of(ticks[i])))
            return true;
    }
    return false;
}

static enum status request_of_row(struct ctx *ctx, const struct paper_entry *entry, uint32_t row, json_t **out)
{
    json_t *answers = json_object(), *attributes = json_object();
    const char *key = form_key(ctx, entry, row);
    *out = json_pack("{s:s,s:s,s:b,s:s?,s:o}", "study", entry->a->operands[0], "wave", entry->wave, "paper", 1, "idempotency_key",
                     key, "answers", answers);
    for (uint32_t column = 0; *out && column < entry->records.column_count; column++) {
        struct span cell = record_cell(&entry->records, row, column);
        const char *header = arena_copy(ctx->arena, entry->records.headers[column]);
        if (!header || cell.length == 0)
            continue;
        if (attribute_name(header))
            (void)json_object_set_new(attributes, attribute_name(header), json_stringn(cell.at, cell.length));
        else if (!is_form_column(header))
            (void)json_object_set_new(answers, header, answer_of_cell(cell));
        else if (strcmp(header, "consent") == 0)
            (void)json_object_set_new(*out, header, json_boolean(is_ticked(cell)));
        else if (strcmp(header, "form") != 0)
            (void)json_object_set_new(*out, header, json_stringn(cell.at, cell.length));
    }
    if (*out && json_object_size(attributes) > 0)
        (void)json_object_set(*out, "attributes", attributes);
    json_decref(attributes);
    return *out ? STATUS_OK : ctx_no_memory(ctx);
}

/* One form; what is wrong with it is told and the others go on. */
static enum status row_enter(struct ctx *ctx, struct paper_entry *entry, uint32_t row)
{
    json_t *in = NULL, *value = NULL;
    enum status status = request_of_row(ctx, entry, row, &in);
    if (!status)
        status = administration_ask(ctx, entry->a, "response_add", in, &value);
    json_decref(value);
    entry->stored += status == STATUS_OK;
    if (status != STATUS_INVALID && status != STATUS_NO_INPUT)
        return status;
    entry->wrong++;
    if (entry->wrong <= PROBLEMS_LISTED)
        (void)fprintf(stderr, "gapmeter: %s, form in row %u: %s\n", entry->a->operands[1], row + 2, ctx->error.sentence);
    return STATUS_OK;
}

enum status paper_entry_run(struct ctx *ctx, const struct administration *a)
{
    struct paper_entry entry = {.a = a, .wave = command_option(a->line, "--wave")};
    if (!entry.wave)
        return ctx_fail(ctx, STATUS_USAGE, NULL, "Which form was filled in? Give --wave expectation, during or perception.");
    enum status status = record_file_read(ctx, a->operands[1], &entry.records);
    for (uint32_t row = 0; !status && row < entry.records.row_count; row++)
        status = row_enter(ctx, &entry, row);
    if (status)
        return status;
    (void)fprintf(stderr, "%zu form%s stored.\n", entry.stored, entry.stored == 1 ? " is" : "s are");
    if (entry.wrong)
        return ctx_fail(ctx, STATUS_DATA, NULL,
                        "%zu of %u forms were not stored; correct their rows and enter the file again: what is "
                        "stored is not stored twice.",
                        entry.wrong, entry.records.row_count);
    return STATUS_OK;
}
