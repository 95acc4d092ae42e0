/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/packed_column.h"

#include <string.h>

#include "base/limits.h"
#include "base/pool.h"
#include "formats/packed_bytes.h"
#include "formats/packed_values.h"

/* Units of fixed_parse fit 62 bits. */
#define UNITS_MOST ((INT64_C(1) << 62) - 1)
#define ROWS       ANSWERS_CHUNK_ROWS

enum { BYTES = 256 };

/* Where a chunk holds the values of a column: numbers of so many bytes, a row apart. */
struct cells {
    unsigned char *at;
    size_t stride;
    unsigned bytes; /* 8: signed */
};

static struct cells cells_of(const struct study *study, const struct packed_column *column, const struct answers_chunk *chunk)
{
    const uint32_t i = column->index;
    switch (column->kind) {
    case PACKED_RESPONDENT:
        return (struct cells){(unsigned char *)chunk->respondents, sizeof *chunk->respondents, sizeof *chunk->respondents};
    case PACKED_WEIGHT:
        return (struct cells){(unsigned char *)chunk->weights, sizeof *chunk->weights, sizeof *chunk->weights};
    case PACKED_CLUSTER:
        return (struct cells){(unsigned char *)chunk->clusters, sizeof *chunk->clusters, sizeof *chunk->clusters};
    case PACKED_STRATUM:
        return (struct cells){(unsigned char *)chunk->strata, sizeof *chunk->strata, sizeof *chunk->strata};
    case PACKED_ARM:
        return (struct cells){chunk->arms, sizeof *chunk->arms, sizeof *chunk->arms};
    case PACKED_SOURCES:
        return (struct cells){(unsigned char *)chunk->sources, sizeof *chunk->sources, sizeof *chunk->sources};
    case PACKED_SEGMENT:
        return (struct cells){(unsigned char *)(chunk->segments + i), study->columns.segment_count * sizeof *chunk->segments,
                              sizeof *chunk->segments};
    case PACKED_POINTS:
        return (struct cells){(unsigned char *)(chunk->points + i), study->dimension_count * sizeof *chunk->points,
                              sizeof *chunk->points};
    case PACKED_OUTCOME:
    case PACKED_KIND_COUNT:
        break;
    }
    return (struct cells){chunk->outcomes + column->place.at, column->row_bytes, column->place.bytes};
}

/* The numbers in cells. Rows of outcomes hold them at any place, so that they are copied. */
static void cells_load(const struct cells *cells, uint32_t rows, int64_t *into)
{
    const unsigned char *at = cells->at;
    for (uint32_t row = 0; row < rows; row++, at += cells->stride) {
        uint16_t word;
        uint32_t number;
        switch (cells->bytes) {
        case 1:
            into[row] = *at;
            break;
        case 2:
            memcpy(&word, at, sizeof word);
            into[row] = word;
            break;
        case 4:
            memcpy(&number, at, sizeof number);
            into[row] = number;
            break;
        default:
            memcpy(&into[row], at, sizeof into[row]);
            break;
        }
    }
}

/* The values of a column in the first rows of a chunk. */
static void values_load(const struct answers *answers, const struct packed_column *column, uint32_t chunk, uint32_t rows,
                        int64_t *into)
{
    if (column->kind == PACKED_RESPONDENT) {
        for (uint32_t row = 0; row < rows; row++)
            into[row] = answers_respondent_of(answers, chunk * ROWS + row);
        return;
    }
    const struct cells cells = cells_of(answers->study, column, &answers->chunks[chunk]);
    cells_load(&cells, rows, into);
    /* An outcome's code of one byte or two is 0 when it is missing. */
    for (uint32_t row = 0; column->kind == PACKED_OUTCOME && cells.bytes < sizeof *into && row < rows; row++)
        into[row] = into[row] == 0 ? column->missing : into[row];
}

/* Puts values into cells: their lowest bytes, which are 0 for the missing value of an outcome. */
static void values_store(const struct cells *cells, const int64_t *values, uint32_t rows)
{
    unsigned char *at = cells->at;
    const size_t stride = cells->stride;
    switch (cells->bytes) {
    case 1:
        for (uint32_t row = 0; row < rows; row++, at += stride)
            *at = (unsigned char)values[row];
        break;
    case 2:
        for (uint32_t row = 0; row < rows; row++, at += stride)
            memcpy(at, &(uint16_t){(uint16_t)values[row]}, sizeof(uint16_t));
        break;
    case 4:
        for (uint32_t row = 0; row < rows; row++, at += stride)
            memcpy(at, &(uint32_t){(uint32_t)values[row]}, sizeof(uint32_t));
        break;
    default:
        for (uint32_t row = 0; row < rows; row++, at += stride)
            memcpy(at, &values[row], sizeof values[row]);
        break;
    }
}

bool packed_numbers_are_own(const struct answers *answers)
{
    bool own = answers->respondent_count == answers->encounter_count;
    for (uint32_t i = 0; i < answers->encounter_count && own; i++)
        own = answers_respondent_of(answers, i) == i;
    return own;
}

/* What the values of a column may be. */
static void bounds_set(const struct answers *answers, struct packed_column *column)
{
    const struct columns *columns = &answers->study->columns;
    switch (column->kind) {
    case PACKED_RESPONDENT:
        column->high = (int64_t)answers->respondent_count - 1;
        break;
    case PACKED_WEIGHT:
        column->low = 1;
        column->high = UNITS_MOST;
        break;
    case PACKED_CLUSTER:
        column->high = (int64_t)answers->cluster_count - 1;
        break;
    case PACKED_STRATUM:
        column->high = (int64_t)answers->stratum_count - 1;
        break;
    case PACKED_ARM:
        column->high = DRAWN_PERCEPTION_ONLY;
        break;
    case PACKED_SOURCES:
        column->high = (INT64_C(1) << SOURCE_COUNT) - 1;
        break;
    case PACKED_SEGMENT:
        column->high = (int64_t)answers->segment_value_count[column->index] - 1;
        column->missing = NO_SEGMENT_VALUE;
        break;
    case PACKED_POINTS:
        column->high = UNITS_MOST;
        column->missing = -1;
        break;
    case PACKED_OUTCOME:
    case PACKED_KIND_COUNT:
    default: {
        const struct outcome *outcome = &columns->outcomes[column->index];
        column->low = outcome->kind == OUTCOME_REAL ? -UNITS_MOST : 1;
        column->high = outcome->kind == OUTCOME_REAL ? UNITS_MOST : (int64_t)outcome->scale.steps;
        column->missing = INT64_MIN;
        column->place = answers->outcome_places[column->index];
        column->row_bytes = answers->outcome_bytes;
        break;
    }
    }
    column->may_miss = column->kind >= PACKED_SEGMENT;
}

enum status packed_columns_list(struct ctx *ctx, const struct answers *answers, bool own_numbers, struct packed_columns *out)
{
    const struct columns *columns = &answers->study->columns;
    const uint32_t counts[PACKED_KIND_COUNT] = {
        [PACKED_RESPONDENT] = !own_numbers,
        [PACKED_WEIGHT] = columns->weight != NULL,
        [PACKED_CLUSTER] = columns->cluster != NULL,
        [PACKED_STRATUM] = columns->strata != NULL,
        [PACKED_ARM] = columns->arm != NULL,
        [PACKED_SOURCES] = study_asks_sources(answers->study),
        [PACKED_SEGMENT] = columns->segment_count,
        [PACKED_POINTS] = columns->importance == IMPORTANCE_POINTS ? answers->study->dimension_count : 0,
        [PACKED_OUTCOME] = columns->outcome_count,
    };
    uint32_t total = 0;
    for (uint32_t kind = 0; kind < PACKED_KIND_COUNT; kind++)
        total += counts[kind];
    *out = (struct packed_columns){.own_numbers = own_numbers};
    out->at = arena_array(ctx->arena, total + 1u, sizeof *out->at);
    if (out->at == NULL)
        return ctx_no_memory(ctx);
    for (uint32_t kind = 0; kind < PACKED_KIND_COUNT; kind++) {
        for (uint32_t i = 0; i < counts[kind]; i++) {
            struct packed_column *column = &out->at[out->count++];
            *column = (struct packed_column){.kind = (enum packed_kind)kind, .index = i};
            bounds_set(answers, column);
        }
    }
    return STATUS_OK;
}

/* The rows of a chunk. */
static uint32_t rows_of(const struct answers *answers, uint32_t chunk)
{
    const uint32_t rest = answers->encounter_count - chunk * ROWS;
    return rest < ROWS ? rest : ROWS;
}

struct choosing {
    const struct answers *answers;
    struct packed_columns *columns;
    struct packed_values **seen; /* [column] */
    int64_t (*room)[ROWS];       /* [worker] */
};

static enum status choose(void *state, size_t number, unsigned worker)
{
    const struct choosing *choosing = state;
    const struct answers *answers = choosing->answers;
    struct packed_column *column = &choosing->columns->at[number];
    int64_t *values = choosing->room[worker];
    for (uint32_t chunk = 0; chunk < answers->chunk_count; chunk++) {
        const uint32_t rows = rows_of(answers, chunk);
        values_load(answers, column, chunk, rows, values);
        enum status status = packed_values_add(choosing->seen[number], values, rows, column);
        if (status != STATUS_OK)
            return status;
    }
    return packed_values_choose(choosing->seen[number], answers->encounter_count, column);
}

enum status packed_columns_choose(struct ctx *ctx, const struct answers *answers, struct packed_columns *columns)
{
    struct choosing choosing = {.answers = answers, .columns = columns};
    choosing.seen = arena_array(ctx->arena, columns->count + 1u, sizeof(void *));
    choosing.room = arena_array(ctx->arena, pool_workers(ctx, columns->count) + 1u, sizeof *choosing.room);
    enum status status = choosing.seen == NULL || choosing.room == NULL ? ctx_no_memory(ctx) : STATUS_OK;
    for (uint32_t i = 0; i < columns->count && status == STATUS_OK; i++)
        status = packed_values_create(ctx, &choosing.seen[i]);
    return status == STATUS_OK ? pool_run(ctx, columns->count, choose, &choosing) : status;
}

void packed_column_write(const struct answers *answers, const struct packed_column *column, uint32_t chunk, int64_t *room,
                         unsigned char *into)
{
    const uint32_t rows = rows_of(answers, chunk);
    values_load(answers, column, chunk, rows, room);
    for (uint32_t row = 0; row < rows; row++) {
        uint64_t stored = (uint64_t)room[row] - (uint64_t)column->base;
        if (column->value_count > 0)
            stored = packed_values_place(column, room[row]);
        else if (column->may_miss && room[row] == column->missing)
            stored = UINT64_MAX;
        little_put(into + (size_t)row * column->width, stored, column->width);
    }
}

/* What a byte of a column of one byte stands for, and whether none may. */
static bool byte_known(const struct packed_column *column, unsigned byte, int64_t *value)
{
    const uint64_t reach = (uint64_t)column->high - (uint64_t)column->base;
    if (column->value_count > 0) {
        *value = byte < column->value_count ? column->values[byte] : 0;
        return byte < column->value_count;
    }
    const bool missing = byte == UINT8_MAX && column->may_miss;
    *value = missing ? column->missing : (int64_t)(byte + (uint64_t)column->base);
    /* The base may lie above what a column without any value may have. */
    return missing || (column->base <= column->high && byte <= reach);
}

enum status packed_column_ready(struct ctx *ctx, struct packed_column *column)
{
    if (column->width != 1)
        return STATUS_OK;
    column->known = arena_array(ctx->arena, BYTES, sizeof *column->known);
    column->never = arena_alloc(ctx->arena, BYTES);
    if (column->known == NULL || column->never == NULL)
        return ctx_no_memory(ctx);
    for (unsigned byte = 0; byte < BYTES; byte++)
        column->never[byte] = !byte_known(column, byte, &column->known[byte]);
    return STATUS_OK;
}

/* A column of one byte, into cells of any size. */
static bool bytes_read(const struct packed_column *column, const struct cells *cells, const struct packed_rows *rows)
{
    const unsigned char *from = rows->from;
    const int64_t *known = column->known;
    const size_t stride = cells->stride;
    const uint32_t count = rows->count;
    unsigned char *at = cells->at;
    unsigned never = 0;
    for (uint32_t row = 0; row < count; row++)
        never |= column->never[from[row]];
    if (never != 0)
        return false;
    switch (cells->bytes) {
    case 1:
        for (uint32_t row = 0; row < count; row++, at += stride)
            *at = (unsigned char)known[from[row]];
        break;
    case 2:
        for (uint32_t row = 0; row < count; row++, at += stride)
            memcpy(at, &(uint16_t){(uint16_t)known[from[row]]}, sizeof(uint16_t));
        break;
    case 4:
        for (uint32_t row = 0; row < count; row++, at += stride)
            memcpy(at, &(uint32_t){(uint32_t)known[from[row]]}, sizeof(uint32_t));
        break;
    default:
        for (uint32_t row = 0; row < count; row++, at += stride)
            memcpy(at, &known[from[row]], sizeof *known);
        break;
    }
    return true;
}

/* What stands in a column of two bytes or more: apart for each width, so that compilers make the most of it. */
static void stored_load(const struct packed_rows *rows, unsigned width, int64_t *room)
{
    const unsigned char *from = rows->from;
    const uint32_t count = rows->count;
    switch (width) {
    case 2:
        for (uint32_t row = 0; row < count; row++)
            room[row] = (int64_t)little_get(from + (size_t)row * 2, 2);
        break;
    case 4:
        for (uint32_t row = 0; row < count; row++)
            room[row] = (int64_t)little_get(from + (size_t)row * 4, 4);
        break;
    default:
        for (uint32_t row = 0; row < count; row++)
            room[row] = (int64_t)little_get(from + (size_t)row * 8, 8);
        break;
    }
}

/* Places of two bytes. */
static bool places_read(const struct packed_column *column, const struct packed_rows *rows, int64_t *room)
{
    const uint64_t count = column->value_count;
    uint64_t beyond = 0;
    for (uint32_t row = 0; row < rows->count; row++) {
        const uint64_t place = (uint64_t)room[row];
        beyond |= place >= count;
        room[row] = column->values[place < count ? place : 0];
    }
    return beyond == 0;
}

static bool offsets_read(const struct packed_column *column, const struct packed_rows *rows, int64_t *room)
{
    const uint64_t none = UINT64_MAX >> (64 - 8 * column->width);
    uint64_t most = 0;
    bool some = false;
    for (uint32_t row = 0; row < rows->count; row++) {
        const uint64_t stored = (uint64_t)room[row];
        const bool is_none = stored == none && column->may_miss;
        most = !is_none && stored > most ? stored : most;
        some = some || !is_none;
        room[row] = is_none ? column->missing : (int64_t)(stored + (uint64_t)column->base);
    }
    return !some || (column->base <= column->high && most <= (uint64_t)column->high - (uint64_t)column->base);
}

bool packed_column_read(const struct study *study, const struct packed_column *column, const struct packed_rows *rows,
                        int64_t *room)
{
    const struct cells cells = cells_of(study, column, rows->chunk);
    if (column->width == 1)
        return bytes_read(column, &cells, rows);
    stored_load(rows, column->width, room);
    if (!(column->value_count > 0 ? places_read(column, rows, room) : offsets_read(column, rows, room)))
        return false;
    values_store(&cells, room, rows->count);
    return true;
}
