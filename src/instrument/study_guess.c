/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "instrument/study_guess.h"

#include <string.h>

#include "base/limits.h"
#include "instrument/guess_outcomes.h"
#include "instrument/guess_telling.h"

#define PREFIX_MOST          24u
#define OUTCOMES_MOST        8u
#define SEGMENT_VALUES_USUAL 20u

/* The column that an item is told by: its perception, or the first question of Kano. */
static const struct column_profile *item_profile(const struct proposal *proposal, uint32_t i)
{
    const uint32_t *columns = proposal->items.items[i].columns;
    bool perceived = columns[STANDARD_PERCEPTION] != NO_COLUMN;
    return &proposal->profiles[columns[perceived ? STANDARD_PERCEPTION : STANDARD_FUNCTIONAL]];
}

/* The letters that an item shares with others of its dimension. */
static const char *item_prefix(const struct proposal *proposal, uint32_t i)
{
    const struct column_profile *profile = item_profile(proposal, i);
    return proposal->items.by == GUESSED_PERCEPTIONS ? profile->lead : profile->prefix;
}

/* Do prefixes divide the items, into dimensions that a study can hold? */
static bool all_have_prefix(const struct proposal *proposal)
{
    bool different = false;
    uint32_t count = proposal->items.count;
    if (proposal->items.by != GUESSED_BY_WORDS && proposal->items.by != GUESSED_PERCEPTIONS)
        return false;
    for (uint32_t i = 0; i < count; i++) {
        const struct column_profile *profile = item_profile(proposal, i);
        const char *prefix = item_prefix(proposal, i);
        bool numbered = profile->number && (proposal->items.by == GUESSED_PERCEPTIONS || !strchr(profile->rest, ' '));
        if (!*prefix || !numbered || strlen(prefix) > PREFIX_MOST || strcmp(prefix, "overall") == 0 ||
            strcmp(prefix, "note") == 0)
            return false;
        uint32_t members = 0;
        for (uint32_t j = 0; j < count; j++)
            members += strcmp(item_prefix(proposal, j), prefix) == 0;
        different = different || members < count;
        if (members > DIMENSION_ITEMS_MAX)
            return false;
    }
    return different;
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
        const char *prefix = item_prefix(proposal, i);
        struct dimension *dimension = &dimensions[study->dimension_count];
        *dimension = (struct dimension){.id = prefix, .title = prefix, .items = &members[placed]};
        for (uint32_t j = i; j < count; j++) {
            if (strcmp(item_prefix(proposal, j), prefix) != 0)
                continue;
            items[j].dimension = study->dimension_count;
            members[placed++] = j;
            dimension->item_count++;
        }
        study->dimension_count++;
    }
    study->dimensions = dimensions;
    guess_line_add(proposal, "dimensions",
                   arena_format(proposal->ctx->arena, "%u, from the letters before the numbers", study->dimension_count),
                   "rename them in the study file", 60);
    return STATUS_OK;
}

/* Ids that a person can type: the keys when all are short and one word, else q1, q2, … */
static bool keys_are_ids(const struct guessed_items *items)
{
    bool plain = true;
    for (uint32_t i = 0; i < items->count; i++) {
        const char *key = items->items[i].key;
        bool digit = key[0] >= '0' && key[0] <= '9';
        plain = plain && strlen(key) <= PREFIX_MOST && !strchr(key, ' ') && !digit && strcmp(key, "note") != 0;
    }
    return plain || items->by == GUESSED_LONG;
}

static enum status items_make(struct proposal *proposal)
{
    struct study *study = proposal->study;
    uint32_t count = proposal->items.count;
    struct item *items = arena_array(proposal->ctx->arena, count + 1u, sizeof *items);
    struct scale *scale = arena_alloc(proposal->ctx->arena, sizeof *scale);
    if (!items || !scale)
        return ctx_no_memory(proposal->ctx);
    bool keys = keys_are_ids(&proposal->items);
    for (uint32_t i = 0; i < count; i++) {
        const struct guessed_item *found = &proposal->items.items[i];
        const char *id = keys ? found->key : arena_format(proposal->ctx->arena, "q%u", i + 1);
        items[i] = (struct item){.id = id, .text = found->text ? found->text : id, .dimension = UINT32_MAX};
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
        headers[i] = guess_header(proposal, column);
        if (!headers[i])
            return ctx_no_memory(proposal->ctx);
    }
    proposal->study->columns.of_item[standard] = headers;
    return STATUS_OK;
}

/* A column names the standard of each row. */
static enum status cells_make(struct proposal *proposal)
{
    struct long_columns *rows = &proposal->study->columns.in_rows;
    uint32_t value = proposal->items.items[0].columns[STANDARD_PERCEPTION];
    memcpy(rows->standard_text, proposal->items.words, sizeof rows->standard_text);
    rows->standard = guess_header(proposal, proposal->items.standard_column);
    rows->value = guess_header(proposal, value);
    proposal->used[proposal->items.standard_column] = proposal->used[value] = true;
    return rows->item && rows->standard && rows->value ? STATUS_OK : ctx_no_memory(proposal->ctx);
}

static enum status long_columns_make(struct proposal *proposal)
{
    struct columns *columns = &proposal->study->columns;
    columns->layout = LAYOUT_LONG;
    columns->in_rows.item = guess_header(proposal, proposal->items.item_column);
    proposal->used[proposal->items.item_column] = true;
    bool whole = columns->in_rows.item != NULL;
    if (proposal->items.standard_column != NO_COLUMN)
        return cells_make(proposal);
    for (unsigned s = 0; s < STANDARD_COUNT; s++) {
        uint32_t column = s == STANDARD_IMPORTANCE ? NO_COLUMN : proposal->items.items[0].columns[s];
        if (column == NO_COLUMN)
            continue;
        proposal->used[column] = true;
        columns->in_rows.standard_column[s] = guess_header(proposal, column);
        whole = whole && columns->in_rows.standard_column[s];
    }
    return whole ? STATUS_OK : ctx_no_memory(proposal->ctx);
}

static enum status answer_columns_make(struct proposal *proposal)
{
    if (proposal->items.by == GUESSED_LONG)
        return long_columns_make(proposal);
    enum status status = STATUS_OK;
    for (unsigned s = 0; s < STANDARD_COUNT && !status; s++) {
        if (s != STANDARD_IMPORTANCE && items_with(&proposal->items, (enum standard)s))
            status = wide_columns_make(proposal, (enum standard)s);
    }
    return status;
}

/* In long layout a respondent comes once per item: the open column with the most different values that come again. */
static uint32_t repeated_find(const struct proposal *proposal)
{
    uint32_t best = NO_COLUMN;
    for (uint32_t c = 0; c < proposal->sample->column_count; c++) {
        const struct column_profile *profile = &proposal->profiles[c];
        bool open =
            !proposal->used[c] && !profile->unique && !profile->decimals && profile->filled == proposal->sample->row_count;
        if (open && profile->value_count > 1 &&
            (best == NO_COLUMN || profile->value_count > proposal->profiles[best].value_count))
            best = c;
    }
    return best;
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
        bool other = profile->meaning == HEADER_TIME || profile->meaning == HEADER_COMMENT || header_is_outcome(profile->meaning);
        if (open && !long_layout && unique == NO_COLUMN && !profile->decimals && !other)
            unique = c;
        if (long_layout && profile->meaning == HEADER_ENCOUNTER && !proposal->used[c] && !proposal->study->columns.encounter) {
            proposal->used[c] = true;
            proposal->study->columns.encounter = guess_header(proposal, c);
            guess_line_add(proposal, "encounter", proposal->study->columns.encounter, "the header says so", 80);
        }
    }
    uint32_t repeats = long_layout ? repeated_find(proposal) : NO_COLUMN;
    uint32_t column = named != NO_COLUMN ? named : unique != NO_COLUMN ? unique : repeats;
    if (column == NO_COLUMN) {
        guess_line_add(proposal, "respondent", "none", "no column has a value of its own in each row: each row is a respondent",
                       60);
        return;
    }
    proposal->used[column] = true;
    proposal->study->columns.respondent = guess_header(proposal, column);
    const char *why = named != NO_COLUMN    ? "the header says so"
                      : unique != NO_COLUMN ? "every row has a value of its own"
                                            : "its values come again, as they do with a row per item";
    guess_line_add(proposal, "respondent", proposal->study->columns.respondent, why,
                   named != NO_COLUMN    ? 95
                   : unique != NO_COLUMN ? 60
                                         : 50);
}

/* Do all values that are kept read as dates? */
static bool all_dates(const struct column_profile *profile, enum date_format format)
{
    struct date date;
    for (uint32_t v = 0; v < profile->value_count && v < VALUES_KEPT; v++) {
        if (!date_parse(profile->values[v], format, &date))
            return false;
    }
    return profile->value_count > 0;
}

/* Dates whose way of writing the values themselves decide: where day and month could change places, nothing is proposed. */
static bool dates_decided(const struct column_profile *profile, enum date_format *format)
{
    bool day_first = all_dates(profile, DATE_DMY), month_first = all_dates(profile, DATE_MDY);
    *format = DATE_ISO;
    if (all_dates(profile, DATE_ISO))
        return true;
    *format = day_first ? DATE_DMY : DATE_MDY;
    return day_first != month_first;
}

static void time_find(struct proposal *proposal)
{
    struct columns *columns = &proposal->study->columns;
    columns->time_period = PERIOD_MONTH;
    for (uint32_t c = 0; c < proposal->sample->column_count && !columns->time; c++) {
        enum date_format format;
        if (proposal->used[c] || proposal->profiles[c].meaning != HEADER_TIME || !dates_decided(&proposal->profiles[c], &format))
            continue;
        proposal->used[c] = true;
        columns->time = guess_header(proposal, c);
        columns->time_format = format;
        guess_line_add(proposal, "time", columns->time, "the header says so, and all values are dates; read by month", 85);
    }
}

static bool has_decimal_comma(const struct column_profile *profile)
{
    for (uint32_t v = 0; v < profile->value_count && v < VALUES_KEPT; v++) {
        if (memchr(profile->values[v].at, ',', profile->values[v].length))
            return true;
    }
    return false;
}

static void weight_find(struct proposal *proposal)
{
    for (uint32_t c = 0; c < proposal->sample->column_count; c++) {
        const struct column_profile *profile = &proposal->profiles[c];
        bool numeric = profile->filled && profile->numbers + profile->decimals == profile->filled;
        if (proposal->used[c] || profile->meaning != HEADER_WEIGHT || !numeric || proposal->study->columns.weight)
            continue;
        proposal->used[c] = true;
        proposal->study->columns.weight = guess_header(proposal, c);
        /* the file as a whole may not show its mark, where quoted cells hold it */
        if (has_decimal_comma(profile) && proposal->sample->decimal_mark != ',')
            proposal->study->decimal_mark = ',';
        guess_line_add(proposal, "weight", proposal->study->columns.weight, "the header says so, and all values are numbers", 90);
    }
}

static enum status outcomes_find(struct proposal *proposal)
{
    struct outcome *outcomes = arena_array(proposal->ctx->arena, OUTCOMES_MOST, sizeof *outcomes);
    uint32_t count = 0;
    if (!outcomes)
        return ctx_no_memory(proposal->ctx);
    for (uint32_t c = 0; c < proposal->sample->column_count && count < OUTCOMES_MOST; c++) {
        struct outcome *outcome = &outcomes[count];
        char scale[80];
        bool taken = proposal->used[c] || proposal->items.by == GUESSED_LONG || !outcome_guess(&proposal->profiles[c], outcome);
        for (uint32_t i = 0; i < count && !taken; i++)
            taken = strcmp(outcomes[i].name, outcome->name) == 0;
        if (taken)
            continue;
        proposal->used[c] = true;
        outcome->column = guess_header(proposal, c);
        scale_format(&outcome->scale, scale, sizeof scale);
        guess_line_add(proposal, "outcome", outcome->column,
                       arena_format(proposal->ctx->arena, "the header speaks of it, and all values lie on %s", scale), 75);
        if (!outcome->column)
            return ctx_no_memory(proposal->ctx);
        guess_mixed_tell(proposal, c, outcome);
        count++;
    }
    proposal->study->columns.outcomes = outcomes;
    proposal->study->columns.outcome_count = count;
    return STATUS_OK;
}

static bool is_segment(const struct proposal *proposal, uint32_t c)
{
    const struct column_profile *profile = &proposal->profiles[c];
    if (proposal->used[c] || profile->decimals || profile->unique || profile->value_count < 2)
        return false;
    bool silent = profile->meaning == HEADER_NOTHING || profile->meaning == HEADER_RESPONDENT ||
                  profile->meaning == HEADER_ENCOUNTER || profile->meaning == HEADER_VALUE || header_is_outcome(profile->meaning);
    return silent && profile->value_count <= SEGMENT_VALUES_USUAL && profile->value_count * 2 <= profile->filled;
}

static enum status segments_find(struct proposal *proposal)
{
    struct segment *segments = arena_array(proposal->ctx->arena, SEGMENTS_MAX, sizeof *segments);
    const char *time = proposal->study->columns.time;
    if (!segments)
        return ctx_no_memory(proposal->ctx);
    uint32_t count = 0;
    for (uint32_t c = 0; c < proposal->sample->column_count && count + 1 < SEGMENTS_MAX; c++) {
        if (!is_segment(proposal, c))
            continue;
        proposal->used[c] = true;
        segments[count].column = guess_header(proposal, c);
        if (!segments[count].column)
            return ctx_no_memory(proposal->ctx);
        guess_line_add(proposal, "segment", segments[count++].column,
                       arena_format(proposal->ctx->arena, "%u different values", proposal->profiles[c].value_count), 70);
    }
    if (time)
        segments[count++].column = time;
    proposal->study->columns.segments = segments;
    proposal->study->columns.segment_count = count;
    return STATUS_OK;
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
    if (study->columns.layout == LAYOUT_LONG && !study->columns.respondent) {
        proposal->study = NULL;
        return STATUS_OK;
    }
    weight_find(proposal);
    time_find(proposal);
    status = outcomes_find(proposal);
    if (!status)
        status = segments_find(proposal);
    if (items_with(&proposal->items, STANDARD_EXPECTATION))
        guess_line_add(proposal, "design", "expectation: will, asked: same sitting",
                       "one file holds both; put \"before\" if expectations were asked before the encounter", 50);
    guess_rest_tell(proposal);
    return status;
}

enum status study_guess(struct ctx *ctx, const struct sample *sample, struct guess *out)
{
    struct proposal proposal = {.ctx = ctx, .sample = sample};
    proposal.lines = arena_array(ctx->arena, GUESS_LINES_MOST, sizeof *proposal.lines);
    proposal.used = arena_array(ctx->arena, sample->column_count + 1u, sizeof *proposal.used);
    if (!proposal.lines || !proposal.used)
        return ctx_no_memory(ctx);
    guess_line_add(&proposal, "encoding", sample->encoding, "from the bytes of the file", 90);
    enum status status = columns_profile(ctx, sample, &proposal.profiles);
    if (!status)
        status = items_guess(ctx, sample, proposal.profiles, &proposal.items);
    if (!status && proposal.items.by != GUESSED_NOT)
        status = scale_guess(ctx, proposal.profiles, &proposal.items, &proposal.scale);
    if (status)
        return status;
    if (proposal.items.by != GUESSED_NOT) {
        guess_standards_tell(&proposal);
        guess_scale_tell(&proposal);
    }
    if (proposal.items.by != GUESSED_NOT && proposal.scale.found)
        status = study_make(&proposal);
    else
        guess_columns_tell(&proposal);
    *out = (struct guess){.study = proposal.study,
                          .lines = proposal.lines,
                          .line_count = proposal.line_count,
                          .row_count = sample->row_count,
                          .whole = sample->whole};
    return status;
}
