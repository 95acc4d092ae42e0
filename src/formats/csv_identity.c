/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/csv_identity.h"

#include <assert.h>
#include <string.h>

#include "base/limits.h"
#include "base/memory.h"
#include "formats/csv_row.h"

/* From this encounter on, line − encounter is `ahead`, until the next run: one run for most files. */
struct run {
    uint32_t encounter;
    uint64_t ahead;
};

struct csv_identity {
    struct run *runs; /* on the heap */
    size_t run_count, run_capacity;
    char respondent[CSV_KEY_BYTES_MAX];
    char pair[CSV_PAIR_BYTES];
};

static void identity_close(void *resource)
{
    struct csv_identity *identity = resource;
    memory_free(identity->runs);
}

enum status csv_identity_create(struct ctx *ctx, struct csv_identity **out)
{
    struct csv_identity *identity = arena_alloc(ctx->arena, sizeof *identity);
    if (identity == NULL || arena_defer(ctx->arena, identity_close, identity) != STATUS_OK)
        return ctx_no_memory(ctx);
    *out = identity;
    return STATUS_OK;
}

struct span csv_identity_pair(struct span respondent, struct span encounter, char *into)
{
    assert(respondent.length <= CSV_KEY_BYTES_MAX && encounter.length <= CSV_KEY_BYTES_MAX);
    /* The length of the first part says where it ends, so no separator can be forged. */
    for (size_t i = 0; i < 4; i++)
        into[i] = (char)(respondent.length >> (8 * i) & 0xFF);
    if (respondent.length > 0)
        memcpy(into + 4, respondent.at, respondent.length);
    if (encounter.length > 0)
        memcpy(into + 4 + respondent.length, encounter.at, encounter.length);
    return (struct span){into, 4 + respondent.length + encounter.length};
}

enum status csv_identity_note(struct ctx *ctx, struct csv_identity *identity, uint32_t encounter, uint64_t line)
{
    uint64_t ahead = line - encounter;
    if (identity->run_count > 0 && identity->runs[identity->run_count - 1].ahead == ahead)
        return STATUS_OK;
    if (identity->run_count == identity->run_capacity) {
        size_t capacity = identity->run_capacity == 0 ? 16 : identity->run_capacity * 2, bytes;
        struct run *runs = size_multiply(capacity, sizeof *runs, &bytes) ? memory_resize(identity->runs, bytes) : NULL;
        if (runs == NULL)
            return ctx_no_memory(ctx);
        identity->runs = runs;
        identity->run_capacity = capacity;
    }
    identity->runs[identity->run_count++] = (struct run){encounter, ahead};
    return STATUS_OK;
}

uint64_t csv_identity_line(const struct csv_identity *identity, uint32_t encounter)
{
    size_t low = 0, high = identity->run_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (identity->runs[middle].encounter <= encounter)
            low = middle;
        else
            high = middle;
    }
    return identity->runs[low].ahead + encounter;
}

static enum status read_who(struct csv_reader *reader, struct csv_identity *identity, struct csv_who *who, bool *good)
{
    const struct csv_plan *plan = reader->plan;
    enum status status = STATUS_OK;
    *who = (struct csv_who){.respondent = {NULL, 0}};
    *good = true;
    if (plan->respondent != CSV_NO_COLUMN) {
        status = csv_row_key(reader, plan->respondent, "respondent", &who->respondent);
        *good = who->respondent.length > 0;
        /* Both texts may want the room that quotes are taken off in. */
        if (*good)
            memcpy(identity->respondent, who->respondent.at, who->respondent.length);
        who->respondent.at = identity->respondent;
    }
    if (status == STATUS_OK && plan->encounter != CSV_NO_COLUMN) {
        status = csv_row_key(reader, plan->encounter, "encounter", &who->encounter);
        *good = *good && who->encounter.length > 0;
    }
    return status;
}

enum status csv_identity_number(struct csv_reader *reader, struct csv_identity *identity, const struct csv_who *who,
                                uint32_t *encounter, uint32_t *respondent, bool *fresh)
{
    struct ctx *ctx = reader->ctx;
    bool fresh_respondent = false;
    enum status status = STATUS_OK;
    if (who->respondent.length > 0) {
        status = answers_respondent(ctx, reader->builder, who->respondent, respondent, &fresh_respondent);
        if (who->encounter.length == 0) {
            *encounter = *respondent;
            *fresh = fresh_respondent;
            return status;
        }
    }
    if (status != STATUS_OK)
        return status;
    struct span key = csv_identity_pair(who->respondent, who->encounter, identity->pair);
    return answers_key(ctx, reader->builder, key, encounter, fresh);
}

enum status csv_identity_find(struct csv_reader *reader, struct csv_identity *identity, struct answers_row *row, bool *good,
                              bool *fresh)
{
    struct csv_who who;
    *fresh = true;
    enum status status = read_who(reader, identity, &who, good);
    if (status != STATUS_OK || !*good)
        return status;
    bool named = who.respondent.length > 0 || who.encounter.length > 0;
    uint32_t encounter = 0, respondent = 0;
    if (named)
        status = csv_identity_number(reader, identity, &who, &encounter, &respondent, fresh);
    if (status == STATUS_OK && *fresh)
        status = answers_add(reader->ctx, reader->builder, row);
    if (status != STATUS_OK)
        return status;
    if (!*fresh) {
        answers_at(reader->builder, encounter, row);
        return STATUS_OK;
    }
    assert(!named || row->encounter == encounter);
    if (who.respondent.length > 0)
        *row->respondent = respondent;
    return named ? csv_identity_note(reader->ctx, identity, row->encounter, reader->view.line) : STATUS_OK;
}
