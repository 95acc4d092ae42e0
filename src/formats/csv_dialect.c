/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/csv_dialect.h"

#include <string.h>

#include "base/limits.h"
#include "formats/csv_cell.h"
#include "formats/csv_scan.h"

enum { ROWS_LOOKED_AT = 1000 };

static const char delimiters[] = {',', ';', '\t', '|'};

static struct span first_line(struct span text, size_t *with_end)
{
    size_t i = 0;
    while (i < text.length && text.at[i] != '\n' && text.at[i] != '\r')
        i++;
    *with_end = i + (i < text.length);
    if (*with_end < text.length && text.at[i] == '\r' && text.at[*with_end] == '\n')
        ++*with_end;
    return (struct span){text.at, i};
}

/* "sep=;" as Excel writes and reads it, perhaps quoted. */
static char declared_delimiter(struct span text, size_t *skip_bytes)
{
    struct span line = first_line(text, skip_bytes);
    if (line.length >= 2 && line.at[0] == '"' && line.at[line.length - 1] == '"')
        line = (struct span){line.at + 1, line.length - 2};
    bool named = line.length == 5 && span_equal_caseless((struct span){line.at, 4}, span_of("sep="));
    if (named && memchr(delimiters, line.at[4], sizeof delimiters) != NULL)
        return line.at[4];
    *skip_bytes = 0;
    return '\0';
}

/* Is this record a blank line? It says nothing about columns. */
static bool is_blank(struct span text, const struct csv_index *index, const struct csv_record *record)
{
    size_t end = index->ends[record->first_end];
    return record->cell_count == 1 && span_trim((struct span){text.at + record->start, end - record->start}).length == 0;
}

/* How well a delimiter fits: the share of rows with as many cells as the header, when that has at least two.
 * gives   *columns  of the header */
static unsigned delimiter_score(struct span text, const struct csv_index *index, uint32_t *columns)
{
    uint64_t rows = 0, same = 0;
    *columns = 0;
    for (uint32_t i = 0; i < index->record_count && i < ROWS_LOOKED_AT; i++) {
        const struct csv_record *record = &index->records[i];
        if (is_blank(text, index, record))
            continue;
        if (*columns == 0)
            *columns = record->cell_count;
        rows++;
        same += record->cell_count == *columns;
    }
    return *columns < 2 ? 0 : (unsigned)(same * 100 / rows);
}

static bool is_decimal(struct span cell, char mark)
{
    size_t i = cell.length > 0 && (cell.at[0] == '-' || cell.at[0] == '+') ? 1 : 0;
    size_t digits = 0, marks = 0;
    for (; i < cell.length; i++) {
        bool digit = cell.at[i] >= '0' && cell.at[i] <= '9';
        if (!digit && cell.at[i] != mark)
            return false;
        digits += digit;
        marks += !digit;
    }
    return digits > 0 && marks == 1 && cell.at[cell.length - 1] != mark;
}

/* Decimal comma when more cells look like 3,5 than like 3.5. */
static char decimal_mark(struct span text, const struct csv_index *index)
{
    uint64_t commas = 0, points = 0;
    for (uint32_t i = 1; i < index->record_count && i < ROWS_LOOKED_AT; i++) {
        struct csv_view view = csv_view_of(text.at, index, i);
        for (uint32_t column = 0; column < view.cell_count; column++) {
            struct span cell = csv_cell_quick(csv_view_cell(&view, column));
            commas += is_decimal(cell, ',');
            points += is_decimal(cell, '.');
        }
    }
    return commas > points ? ',' : '.';
}

enum status csv_dialect_find(struct ctx *ctx, struct span beginning, bool whole, struct csv_dialect *out)
{
    struct csv_index index;
    enum status status = csv_index_create(ctx, CSV_COLUMNS_MAX, &index);
    if (status != STATUS_OK)
        return status;
    *out = (struct csv_dialect){.delimiter = ',', .decimal_mark = '.'};
    char declared = declared_delimiter(beginning, &out->skip_bytes);
    struct span text = {beginning.at + out->skip_bytes, beginning.length - out->skip_bytes};
    uint32_t most = 0;
    for (size_t i = 0; i < sizeof delimiters; i++) {
        uint32_t columns;
        csv_scan(text, delimiters[i], whole, &index);
        unsigned score = delimiter_score(text, &index, &columns);
        bool better = score > out->score || (score == out->score && score > 0 && columns > most);
        if (declared == delimiters[i] || (declared == '\0' && better)) {
            out->delimiter = delimiters[i];
            out->score = score;
            most = columns;
        }
    }
    if (out->delimiter != ',') {
        csv_scan(text, out->delimiter, whole, &index);
        out->decimal_mark = decimal_mark(text, &index);
    }
    return STATUS_OK;
}
