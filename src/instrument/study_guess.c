/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/study_guess.h"

#include <string.h>

#include "base/limits.h"
#include "base/out.h"
#include "instrument/guess_scale.h"

#define LINES_MOST           32u
#define SEGMENT_VALUES_USUAL 20u

/* The proposal while it is put together. */
struct proposal {
    struct ctx *ctx;
    const struct sample *sample;
    struct column_profile *profiles;
    struct guessed_items items;
    struct guessed_scale scale;
    struct study *study;
    struct guess_line *lines;
    uint32_t line_count;
    bool *used; /* [column] */
};

static void line_add(struct proposal *proposal, const char *what, const char *found, const char *why, unsigned sure)
{
    if (proposal->line_count < LINES_MOST && found)
        proposal->lines[proposal->line_count++] = (struct guess_line){what, found, why, sure};
}

static const char *header_copy(const struct proposal *proposal, uint32_t column)
{
    return arena_copy(proposal->ctx->arena, proposal->sample->headers[column]);
}

/* "h1 … h12 (12 columns)" */
static const char *columns_text(const struct proposal *proposal, enum standard standard)
{
    uint32_t first = NO_COLUMN, last = NO_COLUMN, count = 0;
    for (uint32_t i = 0; i < proposal->items.count; i++) {
        uint32_t column = proposal->items.items[i].columns[standard];
        if (column == NO_COLUMN)
            continue;
        first = first == NO_COLUMN ? column : first;
        last = column;
        count++;
    }
    const struct span *headers = proposal->sample->headers;
    if (first == last)
        return arena_format(proposal->ctx->arena, "%.*s", (int)headers[first].length, headers[first].at);
    return arena_format(proposal->ctx->arena, "%.*s … %.*s (%u columns)", (int)headers[first].length, headers[first].at,
                        (int)headers[last].length, headers[last].at, count);
}

static void standards_tell(struct proposal *proposal)
{
    bool ordered = proposal->items.by == GUESSED_BY_ORDER;
    const char *words = *proposal->items.language
                            ? arena_format(proposal->ctx->arena, "the headers say so (%s)", proposal->items.language)
                            : "the headers say so, and otherwise they are alike";
    for (unsigned s = 0; s < STANDARD_COUNT; s++) {
        if (!items_with(&proposal->items, (enum standard)s))
            continue;
        line_add(proposal, standard_name((enum standard)s), columns_text(proposal, (enum standard)s),
                 ordered ? "two families of numbered columns; the first was taken for expectations" : words,
                 ordered                     ? 50
                 : *proposal->items.language ? 95
                                             : 85);
    }
    if (proposal->items.by == GUESSED_LONG)
        line_add(proposal, "layout", "long: a row per respondent and item", "one column names the item, one holds each standard",
                 90);
}

static void scale_tell(struct proposal *proposal)
{
    const struct guessed_scale *scale = &proposal->scale;
    char text[80];
    if (!scale->found) {
        line_add(proposal, "scale", "not clear", "the values fit no usual scale; write it into the study file", 0);
        return;
    }
    scale_format(&scale->scale, text, sizeof text);
    line_add(proposal, "scale", arena_copy(proposal->ctx->arena, span_of(text)),
             scale->labels      ? "a known set of labels"
             : scale->ends_seen ? "the smallest usual scale that holds all values; both ends occur"
                                : "the smallest usual scale that holds all values; an end was never used",
             scale->labels      ? 90
             : scale->ends_seen ? 95
                                : 70);
    for (uint32_t i = 1; i < scale->missing_count; i++)
        line_add(proposal, "missing", scale->missing[i].text, "no point of the scale, and often used for 'no answer'", 75);
}

static bool all_have_prefix(const struct proposal *proposal)
{
    const char *first = NULL;
    bool different = false;
    for (uint32_t i = 0; i < proposal->items.count; i++) {
        const struct column_profile *profile = &proposal->profiles[proposal->items.items[i].columns[STANDARD_PERCEPTION]];
        if (!*profile->prefix || !profile->number || strchr(profile->rest, ' '))
            return false;
        first = first ? first : profile->prefix;
        different = different || strcmp(first, profile->prefix) != 0;
    }
    return different && proposal->items.by == GUESSED_BY_WORDS;
}

/* Dimensions from letters before the numbers: TAN1, TAN2, REL1, … */
static enum status dimensions_make(struct proposal *proposal, struct item *items)
{
    struct study *study = proposal->study;
    uint32_t count = proposal->items.count;
    struct dimension *dimensions = arena_array(proposal->ctx->arena, count + 1u, sizeof *dimensions);
    uint32_t *members = arena_array(proposal->ctx->arena, count + 1u, sizeof *members);
    if (!dimensions || !members)
        return ctx_no_memory(proposal->ctx);
    uint32_t placed = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (items[i].dimension != UINT32_MAX)
            continue;
        const char *prefix = proposal->profiles[proposal->items.items[i].columns[STANDARD_PERCEPTION]].prefix;
        struct dimension *dimension = &dimensions[study->dimension_count];
        *dimension = (struct dimension){.id = prefix, .title = prefix, .items = &members[placed]};
        for (uint32_t j = i; j < count; j++) {
            uint32_t column = proposal->items.items[j].columns[STANDARD_PERCEPTION];
            if (strcmp(proposal->profiles[column].prefix, prefix) != 0)
                continue;
            items[j].dimension = study->dimension_count;
            members[placed++] = j;
            dimension->item_count++;
        }
        study->dimension_count++;
    }
    study->dimensions = dimensions;
    line_add(proposal, "dimensions",
             arena_format(proposal->ctx->arena, "%u, from the letters before the numbers", study->dimension_count),
             "rename them in the study file", 60);
    return STATUS_OK;
}

/* An id that a person can type: the key when it is short and one word, else q1, q2, … */
static const char *item_id(const struct proposal *proposal, uint32_t i)
{
    const char *key = proposal->items.items[i].key;
    bool plain = strlen(key) <= 24 && !strchr(key, ' ') && !(key[0] >= '0' && key[0] <= '9');
    if (plain)
        return key;
    return arena_format(proposal->ctx->arena, "q%u", i + 1);
}

static enum status items_make(struct proposal *proposal)
{
    struct study *study = proposal->study;
    uint32_t count = proposal->items.count;
    struct item *items = arena_array(proposal->ctx->arena, count + 1u, sizeof *items);
    struct scale *scale = arena_alloc(proposal->ctx->arena, sizeof *scale);
    if (!items || !scale)
        return ctx_no_memory(proposal->ctx);
    for (uint32_t i = 0; i < count; i++) {
        const char *key = proposal->items.items[i].key;
        bool long_item = proposal->items.by == GUESSED_LONG;
        const char *id = long_item ? key : item_id(proposal, i);
        items[i] = (struct item){.id = id, .text = strchr(key, ' ') ? key : id, .dimension = UINT32_MAX};
        if (!items[i].id)
            return ctx_no_memory(proposal->ctx);
    }
    *scale = proposal->scale.scale;
    study->scales = scale;
    study->scale_count = 1;
    study->items = items;
    study->item_count = count;
    study->missing = proposal->scale.missing;
    study->missing_count = proposal->scale.missing_count;
    return all_have_prefix(proposal) ? dimensions_make(proposal, items) : STATUS_OK;
}

static enum status wide_columns_make(struct proposal *proposal, enum standard standard)
{
    const char **headers = arena_array(proposal->ctx->arena, proposal->items.count + 1u, sizeof *headers);
    if (!headers)
        return ctx_no_memory(proposal->ctx);
    for (uint32_t i = 0; i < proposal->items.count; i++) {
        uint32_t column = proposal->items.items[i].columns[standard];
        if (column == NO_COLUMN)
            continue;
        proposal->used[column] = true;
        headers[i] = header_copy(proposal, column);
        if (!headers[i])
            return ctx_no_memory(proposal->ctx);
    }
    proposal->study->columns.of_item[standard] = headers;
    return STATUS_OK;
}

static enum status long_columns_make(struct proposal *proposal)
{
    struct columns *columns = &proposal->study->columns;
    columns->layout = LAYOUT_LONG;
    columns->in_rows.item = header_copy(proposal, proposal->items.item_column);
    proposal->used[proposal->items.item_column] = true;
    bool whole = columns->in_rows.item != NULL;
    for (unsigned s = 0; s < STANDARD_IMPORTANCE; s++) {
        uint32_t column = proposal->items.items[0].columns[s];
        if (column == NO_COLUMN)
            continue;
        proposal->used[column] = true;
        columns->in_rows.standard_column[s] = header_copy(proposal, column);
        whole = whole && columns->in_rows.standard_column[s];
    }
    return whole ? STATUS_OK : ctx_no_memory(proposal->ctx);
}

static enum status answer_columns_make(struct proposal *proposal)
{
    if (proposal->items.by == GUESSED_LONG)
        return long_columns_make(proposal);
    enum status status = STATUS_OK;
    for (unsigned s = 0; s < STANDARD_IMPORTANCE && !status; s++) {
        if (items_with(&proposal->items, (enum standard)s))
            status = wide_columns_make(proposal, (enum standard)s);
    }
    return status;
}

static void respondent_find(struct proposal *proposal)
{
    uint32_t named = NO_COLUMN, unique = NO_COLUMN;
    bool long_layout = proposal->items.by == GUESSED_LONG;
    for (uint32_t c = 0; c < proposal->sample->column_count; c++) {
        const struct column_profile *profile = &proposal->profiles[c];
        bool open = !proposal->used[c] && (profile->unique || long_layout) && profile->filled == proposal->sample->row_count;
        if (open && profile->meaning == HEADER_RESPONDENT && named == NO_COLUMN)
            named = c;
        if (open && !long_layout && unique == NO_COLUMN && !profile->decimals)
            unique = c;
    }
    uint32_t column = named != NO_COLUMN ? named : unique;
    if (column == NO_COLUMN) {
        line_add(proposal, "respondent", "none", "no column has a value of its own in each row: each row is a respondent", 60);
        return;
    }
    proposal->used[column] = true;
    proposal->study->columns.respondent = header_copy(proposal, column);
    line_add(proposal, "respondent", proposal->study->columns.respondent,
             named != NO_COLUMN ? "the header says so" : "every row has a value of its own", named != NO_COLUMN ? 95 : 60);
}

static void weight_find(struct proposal *proposal)
{
    for (uint32_t c = 0; c < proposal->sample->column_count; c++) {
        const struct column_profile *profile = &proposal->profiles[c];
        bool numeric = profile->filled && profile->numbers + profile->decimals == profile->filled;
        if (proposal->used[c] || profile->meaning != HEADER_WEIGHT || !numeric || proposal->study->columns.weight)
            continue;
        proposal->used[c] = true;
        proposal->study->columns.weight = header_copy(proposal, c);
        line_add(proposal, "weight", proposal->study->columns.weight, "the header says so, and all values are numbers", 90);
    }
}

static bool is_segment(const struct proposal *proposal, uint32_t c)
{
    const struct column_profile *profile = &proposal->profiles[c];
    if (proposal->used[c] || profile->decimals || profile->unique || profile->value_count < 2)
        return false;
    bool silent = profile->meaning == HEADER_NOTHING;
    return silent && profile->value_count <= SEGMENT_VALUES_USUAL && profile->value_count * 2 <= profile->filled;
}

static enum status segments_find(struct proposal *proposal)
{
    struct segment *segments = arena_array(proposal->ctx->arena, SEGMENTS_MAX, sizeof *segments);
    if (!segments)
        return ctx_no_memory(proposal->ctx);
    uint32_t count = 0;
    for (uint32_t c = 0; c < proposal->sample->column_count && count < SEGMENTS_MAX; c++) {
        if (!is_segment(proposal, c))
            continue;
        proposal->used[c] = true;
        segments[count].column = header_copy(proposal, c);
        if (!segments[count].column)
            return ctx_no_memory(proposal->ctx);
        line_add(proposal, "segment", segments[count++].column,
                 arena_format(proposal->ctx->arena, "%u different values", proposal->profiles[c].value_count), 70);
    }
    proposal->study->columns.segments = segments;
    proposal->study->columns.segment_count = count;
    return STATUS_OK;
}

static void rest_tell(struct proposal *proposal)
{
    struct out *names = NULL;
    if (out_open_memory(proposal->ctx, &names))
        return;
    for (uint32_t c = 0; c < proposal->sample->column_count; c++) {
        struct span header = proposal->sample->headers[c];
        if (!proposal->used[c])
            out_format(names, "%s%.*s", out_bytes(names).length ? ", " : "", (int)header.length, header.at);
    }
    if (out_bytes(names).length)
        line_add(proposal, "left out", arena_copy(proposal->ctx->arena, out_bytes(names)),
                 "columns that the study does not name are ignored", 50);
}

static enum status study_make(struct proposal *proposal)
{
    struct study *study = arena_alloc(proposal->ctx->arena, sizeof *study);
    if (!study)
        return ctx_no_memory(proposal->ctx);
    proposal->study = study;
    study->title = "Untitled study";
    study->source = proposal->sample->path;
    study->expectation = EXPECTATION_WILL;
    study->asked = ASKED_SAME_SITTING;
    enum status status = items_make(proposal);
    if (!status)
        status = answer_columns_make(proposal);
    if (status)
        return status;
    respondent_find(proposal);
    weight_find(proposal);
    status = segments_find(proposal);
    if (items_with(&proposal->items, STANDARD_EXPECTATION))
        line_add(proposal, "design", "expectation: will, asked: same sitting",
                 "one file holds both; put \"before\" if expectations were asked before the encounter", 50);
    rest_tell(proposal);
    return status;
}

enum status study_guess(struct ctx *ctx, const struct sample *sample, struct guess *out)
{
    struct proposal proposal = {.ctx = ctx, .sample = sample};
    proposal.lines = arena_array(ctx->arena, LINES_MOST, sizeof *proposal.lines);
    proposal.used = arena_array(ctx->arena, sample->column_count + 1u, sizeof *proposal.used);
    if (!proposal.lines || !proposal.used)
        return ctx_no_memory(ctx);
    line_add(&proposal, "encoding", sample->encoding, "from the bytes of the file", 90);
    enum status status = columns_profile(ctx, sample, &proposal.profiles);
    if (!status)
        status = items_guess(ctx, sample, proposal.profiles, &proposal.items);
    if (!status && proposal.items.by != GUESSED_NOT)
        status = scale_guess(ctx, proposal.profiles, &proposal.items, &proposal.scale);
    if (status)
        return status;
    if (proposal.items.by != GUESSED_NOT) {
        standards_tell(&proposal);
        scale_tell(&proposal);
    }
    if (proposal.items.by != GUESSED_NOT && proposal.scale.found)
        status = study_make(&proposal);
    *out = (struct guess){.study = proposal.study,
                          .lines = proposal.lines,
                          .line_count = proposal.line_count,
                          .row_count = sample->row_count,
                          .whole = sample->whole};
    return status;
}
