/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/csv_codes.h"

#include <string.h>

/* Is a trimmed text, or the number that it is, in a list of missing codes? */
static bool listed(const struct missing_code *codes, uint32_t count, struct span text, char mark, enum missing *kind)
{
    struct decimal number;
    for (uint32_t i = 0; i < count; i++) {
        if (span_equal(text, span_trim(span_of(codes[i].text)))) {
            *kind = codes[i].kind;
            return true;
        }
    }
    if (count == 0 || !decimal_parse(text, mark, &number))
        return false;
    for (uint32_t i = 0; i < count; i++) {
        if (codes[i].is_number && decimal_compare(codes[i].number, number) == 0) {
            *kind = codes[i].kind;
            return true;
        }
    }
    return false;
}

bool csv_missing(const struct csv_reading *reading, const struct outcome *outcome, struct span text, enum missing *kind)
{
    const struct study *study = reading->study;
    *kind = MISSING_SKIPPED;
    if (outcome != NULL && listed(outcome->missing, outcome->missing_count, text, reading->mark, kind))
        return true;
    return listed(study->missing, study->missing_count, text, reading->mark, kind) || text.length == 0;
}

/* The code of a trimmed text. */
static unsigned code_of_text(const struct csv_reading *reading, const struct csv_codes *codes, struct span text)
{
    enum missing kind;
    if (csv_missing(reading, codes->outcome, text, &kind))
        return kind == MISSING_SKIPPED ? 0 : CSV_CODE_MISSING + (unsigned)kind;
    uint32_t code = scale_code_of_text(codes->scale, text, reading->mark);
    return code == 0 ? CSV_CODE_BAD : code;
}

struct csv_remembered *csv_remembered_place(struct csv_remembered *places, struct span cell)
{
    if (cell.length == 0 || cell.length > sizeof places->text)
        return NULL;
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < cell.length; i++)
        hash = (hash ^ (unsigned char)cell.at[i]) * 16777619u;
    return &places[(hash ^ hash >> 15) % CSV_REMEMBERED];
}

bool csv_remembered_is(const struct csv_remembered *place, struct span cell)
{
    return place != NULL && place->length == cell.length && memcmp(place->text, cell.at, cell.length) == 0;
}

void csv_remember(struct csv_remembered *place, struct span cell, unsigned code)
{
    if (place == NULL)
        return;
    place->length = (uint8_t)cell.length;
    memcpy(place->text, cell.at, cell.length);
    place->code = (uint16_t)code;
}

unsigned csv_code_slow(struct csv_reading *reading, struct csv_codes *codes, struct span cell)
{
    struct csv_remembered *place = csv_remembered_place(codes->remembered, cell);
    if (csv_remembered_is(place, cell))
        return place->code;
    unsigned code = code_of_text(reading, codes, csv_cell_text(&reading->unquoting, cell));
    if (code != CSV_CODE_BAD)
        csv_remember(place, cell, code);
    return code;
}

static void fill_tables(const struct csv_reading *reading, char delimiter, struct csv_codes *codes)
{
    char text[2];
    codes->empty = (uint16_t)code_of_text(reading, codes, (struct span){text, 0});
    for (unsigned byte = 0; byte < 256; byte++) {
        text[0] = (char)byte;
        /* A lone quote opens a cell, and half a character is none. */
        bool plain = byte > 0 && byte < 0x80 && byte != '"';
        codes->one[byte] =
            plain ? (uint16_t)code_of_text(reading, codes, span_trim((struct span){text, 1})) : (uint16_t)CSV_CODE_BAD;
    }
    codes->one['\n'] = codes->one['\r'] = codes->one[(unsigned char)delimiter] = codes->empty;
    for (unsigned value = 0; value < 100; value++) {
        text[0] = (char)('0' + value / 10);
        text[1] = (char)('0' + value % 10);
        codes->two[value] = (uint16_t)code_of_text(reading, codes, (struct span){text, 2});
    }
}

uint32_t csv_scale_place(const struct study *study, enum standard standard, uint32_t item)
{
    const struct scale *scale = study_scale(study, standard, item);
    return scale == &kano_scale ? study->scale_count + study->columns.outcome_count : (uint32_t)(scale - study->scales);
}

/* The scale at a place of csv_reading.scales; NULL where there is none. */
static const struct scale *scale_at(const struct study *study, size_t place)
{
    const struct columns *columns = &study->columns;
    if (place < study->scale_count)
        return &study->scales[place];
    place -= study->scale_count;
    if (place < columns->outcome_count)
        return columns->outcomes[place].kind == OUTCOME_SCALE ? &columns->outcomes[place].scale : NULL;
    if (place == columns->outcome_count)
        return study_asks_any(study, STANDARD_FUNCTIONAL) ? &kano_scale : NULL;
    return columns->journey.rating != NULL ? &columns->journey.rating_scale : NULL;
}

enum status csv_reading_create(struct ctx *ctx, const struct study *study, char mark, char delimiter, struct csv_reading **out)
{
    const struct columns *columns = &study->columns;
    struct csv_reading *reading = arena_alloc(ctx->arena, sizeof *reading);
    if (reading == NULL)
        return ctx_no_memory(ctx);
    *reading = (struct csv_reading){.study = study, .mark = mark, .time_segment = UINT32_MAX};
    if (columns->time != NULL)
        reading->time_segment = study_segment(study, span_of(columns->time));
    size_t count = (size_t)study->scale_count + columns->outcome_count + 2;
    reading->scales = arena_array(ctx->arena, count, sizeof *reading->scales);
    reading->segment_values =
        arena_array(ctx->arena, (size_t)columns->segment_count * CSV_REMEMBERED + 1, sizeof *reading->segment_values);
    if (reading->scales == NULL || reading->segment_values == NULL || csv_unquoting_create(ctx, &reading->unquoting) != STATUS_OK)
        return ctx_no_memory(ctx);
    for (size_t i = 0; i < count; i++) {
        reading->scales[i].scale = scale_at(study, i);
        if (reading->scales[i].scale == NULL)
            continue;
        if (i >= study->scale_count && i - study->scale_count < columns->outcome_count)
            reading->scales[i].outcome = &columns->outcomes[i - study->scale_count];
        reading->scales[i].remembered = arena_array(ctx->arena, CSV_REMEMBERED, sizeof(struct csv_remembered));
        if (reading->scales[i].remembered == NULL)
            return ctx_no_memory(ctx);
        fill_tables(reading, delimiter, &reading->scales[i]);
    }
    *out = reading;
    return STATUS_OK;
}

enum status csv_reading_copy(struct ctx *ctx, const struct csv_reading *reading, size_t cell_bytes, struct csv_reading **out)
{
    struct csv_reading *copy = arena_alloc(ctx->arena, sizeof *copy);
    const size_t count = (size_t)reading->study->scale_count + reading->study->columns.outcome_count + 2;
    if (copy == NULL)
        return ctx_no_memory(ctx);
    *copy = *reading;
    copy->segment_values = NULL;
    copy->scales = arena_array(ctx->arena, count, sizeof *copy->scales);
    copy->unquoting.room = arena_alloc(ctx->arena, cell_bytes);
    if (copy->scales == NULL || copy->unquoting.room == NULL)
        return ctx_no_memory(ctx);
    memcpy(copy->scales, reading->scales, count * sizeof *copy->scales);
    for (size_t i = 0; i < count; i++) {
        if (copy->scales[i].scale == NULL)
            continue;
        copy->scales[i].remembered = arena_array(ctx->arena, CSV_REMEMBERED, sizeof(struct csv_remembered));
        if (copy->scales[i].remembered == NULL)
            return ctx_no_memory(ctx);
    }
    *out = copy;
    return STATUS_OK;
}
