/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/response_table.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/csv_field.h"
#include "base/decimal.h"
#include "base/limits.h"
#include "base/secret.h"
#include "model/collection.h"
#include "store/answers_gathering.h"

#define POINT_UNITS      ((double)(1u << 20))
#define PSEUDONYM_DIGITS 16

/* A table while it is written. */
struct response_table {
    struct out *out;
    const struct live_study *live;
    const struct study *study;
    const struct answers *answers;
    uint64_t marks_passed; /* missing marks of encounters before this one */
    uint64_t texts_passed; /* texts of encounters before this one */
    bool begun;            /* the row has a cell */
    bool of_phase;         /* answers of one phase: rows without any are left out */
};

static void cell_add(struct response_table *table, struct span text)
{
    if (table->begun)
        out_char(table->out, ',');
    table->begun = true;
    csv_field_write(table->out, text, ',');
}

static void number_add(struct response_table *table, double value)
{
    char text[40];
    number_format_shortest(value, text, sizeof text);
    cell_add(table, span_of(text));
}

static void row_end(struct response_table *table)
{
    out_char(table->out, '\n');
    table->begun = false;
}

/* The header of an item's column, NULL when there is none. */
static const char *item_column(const struct study *study, unsigned standard, uint32_t item)
{
    const char *const *of_item = study->columns.of_item[standard];
    return of_item ? of_item[item] : NULL;
}

/* The open question of forms, which no column of the study holds. */
static bool asks_noticed(const struct study *study)
{
    return study->collection && study->collection->ask_noticed;
}

/* The header of one column of sources; NULL when there is none. */
static const char *source_column(const struct study *study, unsigned source)
{
    return study->columns.sources.columns[source];
}

static void header_write(struct response_table *table)
{
    const struct columns *columns = &table->study->columns;
    cell_add(table, span_of(columns->respondent ? columns->respondent : "respondent"));
    if (columns->encounter)
        cell_add(table, span_of(columns->encounter));
    for (uint32_t i = 0; i < columns->segment_count; i++)
        cell_add(table, span_of(columns->segments[i].column));
    for (unsigned standard = 0; standard < STANDARD_COUNT; standard++) {
        for (uint32_t item = 0; item < table->study->item_count; item++) {
            if (item_column(table->study, standard, item))
                cell_add(table, span_of(item_column(table->study, standard, item)));
        }
    }
    for (uint32_t d = 0; columns->points_of_dimension && d < table->study->dimension_count; d++) {
        if (columns->points_of_dimension[d])
            cell_add(table, span_of(columns->points_of_dimension[d]));
    }
    for (uint32_t i = 0; i < columns->outcome_count; i++)
        cell_add(table, span_of(columns->outcomes[i].column));
    for (uint32_t i = 0; i < columns->comment_count; i++)
        cell_add(table, span_of(columns->comments[i]));
    if (asks_noticed(table->study))
        cell_add(table, span_of("noticed"));
    if (columns->arm)
        cell_add(table, span_of(columns->arm));
    if (columns->sources.list)
        cell_add(table, span_of(columns->sources.list));
    for (unsigned i = 0; i < SOURCE_COUNT; i++) {
        if (source_column(table->study, i))
            cell_add(table, span_of(source_column(table->study, i)));
    }
    if (table->of_phase)
        cell_add(table, span_of(ANSWERS_PHASE_FIELD));
    row_end(table);
}

/* A keyed hash with the study's salt: says nothing to those who do not have the store. */
static void pseudonym_add(struct response_table *table, uint32_t encounter)
{
    struct digest digest;
    char given[40], text[DIGEST_TEXT_BYTES];
    uint32_t respondent = answers_respondent_of(table->answers, encounter);
    bool named = answers_are_named(table->answers);
    (void)snprintf(given, sizeof given, "%" PRIu64,
                   named ? answers_respondent_mark(table->answers, respondent) : (uint64_t)respondent);
    digest_keyed(table->live->salt, span_of(given), &digest);
    digest_format(&digest, text);
    text[PSEUDONYM_DIGITS + 1] = '\0';
    text[0] = 'p'; /* never a number */
    cell_add(table, span_of(text));
}

static enum missing missing_kind(const struct response_table *table, uint32_t encounter, uint32_t slot)
{
    const struct answers *answers = table->answers;
    for (uint64_t i = table->marks_passed; i < answers->missing_count && answers->missing[i].encounter == encounter; i++) {
        if (answers->missing[i].slot == slot)
            return (enum missing)answers->missing[i].kind;
    }
    return MISSING_SKIPPED;
}

/* How the study file writes an answer that is missing in this way; an empty cell when it has no word for it. */
static const char *missing_text(const struct study *study, enum missing kind)
{
    for (uint32_t i = 0; i < study->missing_count; i++) {
        if (study->missing[i].kind == kind && kind != MISSING_SKIPPED)
            return study->missing[i].text;
    }
    return "";
}

/* The study's own word for a missing answer is read back by it: a lone "-" runs nothing, and an apostrophe would make another word of
 * it. */
static void missing_add(struct response_table *table, const char *text)
{
    bool dash = strcmp(text, "-") == 0;
    cell_add(table, span_of(dash ? "" : text));
    out_text(table->out, dash ? text : "");
}

static void answer_add(struct response_table *table, uint32_t encounter, unsigned standard, uint32_t item)
{
    uint32_t slot = answers_slot(table->answers, (enum standard)standard, item);
    uint32_t code = slot == NO_SLOT ? 0 : answers_code(table->answers, encounter, slot);
    if (code)
        number_add(table, scale_value(study_scale(table->study, (enum standard)standard, item), code));
    else
        missing_add(table, missing_text(table->study, missing_kind(table, encounter, slot)));
}

static void outcome_add(struct response_table *table, uint32_t encounter, uint32_t index)
{
    const struct outcome *outcome = &table->study->columns.outcomes[index];
    const int64_t value = answers_outcome(table->answers, encounter, index);
    char text[40];
    if (value == INT64_MIN) {
        cell_add(table, span_of(""));
    } else if (outcome->kind == OUTCOME_SCALE) {
        number_add(table, scale_value(&outcome->scale, (uint32_t)value));
    } else {
        decimal_format((struct decimal){value, outcome->decimals}, text, sizeof text);
        cell_add(table, span_of(text));
    }
}

static void segments_add(struct response_table *table, const struct answers_chunk *chunk, uint32_t row)
{
    uint32_t count = table->study->columns.segment_count;
    for (uint32_t i = 0; i < count; i++) {
        uint16_t value = chunk->segments ? chunk->segments[(size_t)row * count + i] : NO_SEGMENT_VALUE;
        cell_add(table, span_of(value == NO_SEGMENT_VALUE ? "" : table->answers->segment_values[i][value]));
    }
}

static void points_add(struct response_table *table, const struct answers_chunk *chunk, uint32_t row)
{
    const char *const *columns = table->study->columns.points_of_dimension;
    uint32_t count = table->study->dimension_count;
    for (uint32_t d = 0; columns && d < count; d++) {
        int64_t units = chunk->points ? chunk->points[(size_t)row * count + d] : -1;
        if (columns[d] && units >= 0)
            number_add(table, (double)units / POINT_UNITS);
        else if (columns[d])
            cell_add(table, span_of(""));
    }
}

/* What was written in a field of the encounter; nothing when nothing was. */
static struct span text_find(const struct response_table *table, uint32_t encounter, const char *kind, const char *name)
{
    const struct answers *answers = table->answers;
    struct span text = {NULL, 0};
    for (uint64_t i = table->texts_passed; i < answers->text_count && answers->texts[i].encounter == encounter; i++) {
        const char *field = answers->texts[i].field;
        if (strncmp(field, kind, strlen(kind)) == 0 && strcmp(field + strlen(kind), name) == 0)
            text = span_of(answers->texts[i].text);
    }
    return text;
}

/* "staff;price", or yes and no of each source; empty cells where nothing was named. */
static void sources_add(struct response_table *table, const struct answers_chunk *chunk, uint32_t row)
{
    const struct source_columns *columns = &table->study->columns.sources;
    unsigned set = chunk->sources ? chunk->sources[row] : 0;
    char list[SOURCE_COUNT * (NAME_BYTES_MAX + 1) + 1] = "";
    size_t length = 0;
    for (enum expectation_source i = 0; i < SOURCE_COUNT; i++) {
        const char *name = columns->codes[i] ? columns->codes[i] : expectation_source_name(i);
        if (set & 1u << i)
            length +=
                (size_t)snprintf(list + length, sizeof list - length, "%s%.*s", length ? ";" : "", (int)NAME_BYTES_MAX, name);
    }
    if (columns->list)
        cell_add(table, span_of(list));
    for (unsigned i = 0; i < SOURCE_COUNT; i++) {
        if (source_column(table->study, i))
            cell_add(table, span_of(!set ? "" : set & 1u << i ? "1" : "0"));
    }
}

static void encounter_write(struct response_table *table, uint32_t encounter)
{
    static const char *const arms[] = {[DRAWN_NOT] = "", [DRAWN_BOTH] = "both", [DRAWN_PERCEPTION_ONLY] = "perception_only"};
    const struct answers_chunk *chunk = &table->answers->chunks[encounter / ANSWERS_CHUNK_ROWS];
    uint32_t row = encounter % ANSWERS_CHUNK_ROWS;
    pseudonym_add(table, encounter);
    if (table->study->columns.encounter)
        number_add(table, encounter + 1.0);
    segments_add(table, chunk, row);
    for (unsigned standard = 0; standard < STANDARD_COUNT; standard++) {
        for (uint32_t item = 0; item < table->study->item_count; item++) {
            if (item_column(table->study, standard, item))
                answer_add(table, encounter, standard, item);
        }
    }
    points_add(table, chunk, row);
    for (uint32_t i = 0; i < table->study->columns.outcome_count; i++)
        outcome_add(table, encounter, i);
    for (uint32_t i = 0; i < table->study->columns.comment_count; i++)
        cell_add(table, text_find(table, encounter, "comment.", table->study->columns.comments[i]));
    if (asks_noticed(table->study))
        cell_add(table, text_find(table, encounter, "", "noticed"));
    if (chunk->arms)
        cell_add(table, span_of(arms[chunk->arms[row]]));
    sources_add(table, chunk, row);
    if (table->of_phase)
        cell_add(table, text_find(table, encounter, "", ANSWERS_PHASE_FIELD));
    row_end(table);
}

/* Marks and texts stand in the order of encounters. */
static void encounter_pass(struct response_table *table, uint32_t encounter)
{
    const struct answers *answers = table->answers;
    while (table->texts_passed < answers->text_count && answers->texts[table->texts_passed].encounter == encounter)
        table->texts_passed++;
    while (table->marks_passed < answers->missing_count && answers->missing[table->marks_passed].encounter == encounter)
        table->marks_passed++;
}

enum status response_table_write(struct ctx *ctx, struct out *out, const struct live_study *live,
                                 const struct live_answers *answers, bool of_phase, uint64_t *rows)
{
    struct response_table table = {
        .out = out, .live = live, .study = answers->study, .answers = answers->answers, .of_phase = of_phase};
    if (table.study->columns.layout != LAYOUT_WIDE)
        return ctx_fail(ctx, STATUS_INVALID, NULL,
                        "Only studies with a row for each encounter (layout wide) are written as a table.");
    *rows = 0;
    header_write(&table);
    for (uint32_t encounter = 0; encounter < table.answers->encounter_count; encounter++) {
        if (!of_phase || text_find(&table, encounter, "", ANSWERS_PHASE_FIELD).at) {
            encounter_write(&table, encounter);
            (*rows)++;
        }
        encounter_pass(&table, encounter);
    }
    return STATUS_OK;
}
