/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/intern.h"
#include "base/limits.h"
#include "base/memory.h"
#include "formats/csv_identity.h"
#include "formats/csv_read.h"
#include "formats/csv_row.h"

enum { FIRST = 0, SECOND = 1 };

/* How often a key comes in each file, and its encounter. */
struct joined_key {
    uint32_t encounter;
    uint8_t times[2]; /* 0, 1, 2 = more than once */
};

struct join {
    struct ctx *ctx;
    const struct csv_request *request;
    const struct study *study;
    struct problems *problems;
    struct answers_builder *builder;
    struct csv_plan plans[2];
    struct csv_plan second_matched; /* the second file's columns that the first has not */
    struct intern *keys;
    struct joined_key *table; /* on the heap, [intern_count(keys)] */
    size_t table_capacity;
};

static void join_close(void *resource)
{
    struct join *join = resource;
    memory_free(join->table);
}

static enum status reserve(struct join *join, uint32_t number)
{
    if (number < join->table_capacity)
        return STATUS_OK;
    size_t capacity = join->table_capacity == 0 ? 256 : join->table_capacity * 2, bytes;
    struct joined_key *table = size_multiply(capacity, sizeof *table, &bytes) ? memory_resize(join->table, bytes) : NULL;
    if (table == NULL)
        return ctx_no_memory(join->ctx);
    join->table = table;
    join->table_capacity = capacity;
    return STATUS_OK;
}

static enum status count_key(struct join *join, struct span text, int file)
{
    uint32_t number = 0;
    bool fresh;
    if (intern_add(join->keys, text, &number, &fresh) != STATUS_OK)
        return ctx_no_memory(join->ctx);
    enum status status = reserve(join, number);
    if (status != STATUS_OK)
        return status;
    struct joined_key *key = &join->table[number];
    if (fresh)
        *key = (struct joined_key){.encounter = UINT32_MAX};
    key->times[file] = key->times[file] == 0 ? 1 : 2;
    return STATUS_OK;
}

/* Opens a file of the join; the plan may not be known yet. */
static enum status open_file(struct join *join, int file, struct csv_reader *reader)
{
    struct csv_file *opened;
    enum status status = csv_file_open(join->ctx, &join->request->openings[file], &opened);
    if (status == STATUS_OK)
        status = csv_reader_open(join->ctx, opened, join->study, join->problems, reader);
    if (status != STATUS_OK)
        return status;
    reader->builder = join->builder;
    reader->plan = &join->plans[file];
    if (reader->head->repeatable)
        return STATUS_OK;
    return ctx_fail(join->ctx, STATUS_USAGE, NULL,
                    "%s cannot be read twice, which joining two files needs; save it as a file and give its path.",
                    reader->head->name);
}

/* The first look at a file: which keys it has, and how often. Problems are left to the second look. */
static enum status count_keys(struct join *join, struct csv_reader *reader, int file)
{
    struct csv_view *view = &reader->view;
    uint32_t column = join->plans[file].key;
    bool more = true;
    while (more) {
        enum csv_stop stop;
        enum status status = csv_file_next(join->ctx, reader->file, view, &more, &stop);
        if (status != STATUS_OK)
            return status;
        if (stop != CSV_STOP_NONE)
            return STATUS_OK;
        if (!more || view->cell_count != reader->head->column_count || view->flags > CSV_RECORD_QUOTED)
            continue;
        struct span text = csv_reader_text(reader, column);
        if (text.length > 0 && text.length <= CSV_KEY_BYTES_MAX)
            status = count_key(join, text, file);
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

/* A perception without an expectation has no respondent column when that stands in the first file: then the key is who. */
static enum status name_respondent(struct join *join, struct csv_reader *reader, const struct csv_plan *plan, struct span key,
                                   const struct answers_row *row)
{
    char pair[CSV_PAIR_BYTES];
    struct span text = csv_identity_pair(key, span_of("joined"), pair);
    bool fresh;
    if (join->study->columns.respondent == NULL)
        return STATUS_OK;
    if (plan->respondent != CSV_NO_COLUMN) {
        enum status status = csv_row_key(reader, plan->respondent, "respondent", &text);
        if (status != STATUS_OK || text.length == 0)
            return status;
    }
    enum status status = answers_respondent(join->ctx, join->builder, text, row->respondent, &fresh);
    if (status != STATUS_OK || fresh || join->study->columns.encounter != NULL)
        return status;
    return csv_reader_problem(reader, PROBLEM_DUPLICATE, plan->respondent, (struct span){NULL, 0},
                              "one row each; for repeated visits, name a column as encounter in the study file");
}

static enum status read_row(struct join *join, struct csv_reader *reader, int file)
{
    struct span text;
    struct answers_row row;
    const struct csv_plan *plan = &join->plans[file];
    enum status status = csv_row_key(reader, plan->key, "row to join", &text);
    if (status != STATUS_OK || text.length == 0)
        return status;
    uint32_t number = intern_find(join->keys, text);
    /* A file that grew between the two looks. */
    if (number == UINT32_MAX || join->table[number].times[FIRST] > 1 || join->table[number].times[SECOND] > 1)
        return STATUS_OK;
    struct joined_key *key = &join->table[number];
    if (key->encounter == UINT32_MAX) {
        status = answers_add(join->ctx, join->builder, &row);
        key->encounter = row.encounter;
        if (status == STATUS_OK)
            status = name_respondent(join, reader, plan, intern_text(join->keys, number), &row);
    } else {
        answers_at(join->builder, key->encounter, &row);
        plan = &join->second_matched;
    }
    if (status == STATUS_OK)
        status = csv_row_answers(reader, plan, &row);
    return status == STATUS_OK ? csv_row_of_encounter(reader, plan, &row, true) : status;
}

static enum status read_file(struct join *join, int file)
{
    struct csv_reader reader = {0};
    enum status status = open_file(join, file, &reader);
    bool more = true;
    while (status == STATUS_OK && more) {
        status = csv_reader_next(&reader, &more);
        if (status == STATUS_OK && more)
            status = read_row(join, &reader, file);
    }
    if (status == STATUS_OK && reader.rows == 0)
        return ctx_fail(join->ctx, STATUS_DATA, NULL, "%s has a line of column names but no rows below it.", reader.head->name);
    return status == STATUS_OK ? csv_reader_notes(&reader) : status;
}

/* "Joined on id: 95 matched, 3 only before, 2 only after, 1 ambiguous (left out)." */
static enum status note_counts(struct join *join)
{
    uint64_t matched = 0, before = 0, after = 0, ambiguous = 0;
    for (uint32_t i = 0; i < intern_count(join->keys); i++) {
        const uint8_t *times = join->table[i].times;
        bool unclear = times[FIRST] > 1 || times[SECOND] > 1;
        ambiguous += unclear;
        matched += !unclear && times[FIRST] == 1 && times[SECOND] == 1;
        before += !unclear && times[SECOND] == 0;
        after += !unclear && times[FIRST] == 0;
    }
    char key[96];
    text_printable(span_of(join->request->key), key, sizeof key);
    const struct note_word words[] = {
        note_text("key", key),      note_count("matched", matched),     note_count("before", before),
        note_count("after", after), note_count("ambiguous", ambiguous), {.name = NULL}};
    return answers_note(join->ctx, join->builder, "note.reading.joined", words);
}

/* Finds the columns of both files, then counts the keys of both. */
static enum status prepare(struct join *join)
{
    struct csv_reader readers[2] = {0};
    struct csv_heads heads = {.count = 2, .key = join->request->key};
    enum status status = intern_create(join->ctx, ENCOUNTERS_MAX, &join->keys);
    for (int file = FIRST; file <= SECOND && status == STATUS_OK; file++) {
        status = open_file(join, file, &readers[file]);
        heads.at[file] = readers[file].head;
    }
    if (status == STATUS_OK)
        status = csv_plan_columns(join->ctx, &heads, join->study, answers_builder_slots(join->builder), join->plans);
    if (status == STATUS_OK)
        status = csv_plan_without(join->ctx, join->study, &join->plans[SECOND], &join->plans[FIRST], &join->second_matched);
    for (int file = FIRST; file <= SECOND && status == STATUS_OK; file++)
        status = count_keys(join, &readers[file], file);
    return status;
}

enum status csv_read_joined(struct ctx *ctx, const struct csv_request *request, const struct study *study,
                            struct problems *problems, struct answers_builder *builder)
{
    struct join *join = arena_alloc(ctx->arena, sizeof *join);
    if (join == NULL)
        return ctx_no_memory(ctx);
    *join = (struct join){.ctx = ctx, .request = request, .study = study, .problems = problems, .builder = builder};
    if (arena_defer(ctx->arena, join_close, join) != STATUS_OK)
        return ctx_no_memory(ctx);
    if (study->columns.layout != LAYOUT_WIDE)
        return ctx_fail(ctx, STATUS_CONFIG, NULL, "Two files can be joined in wide layout only, and the study says %s.",
                        study->columns.layout == LAYOUT_LONG ? "long" : "journey");
    enum status status = prepare(join);
    if (status == STATUS_OK)
        status = read_file(join, FIRST);
    if (status == STATUS_OK)
        status = read_file(join, SECOND);
    return status == STATUS_OK ? note_counts(join) : status;
}
