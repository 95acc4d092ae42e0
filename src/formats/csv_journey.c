/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/decimal.h"
#include "formats/csv_identity.h"
#include "formats/csv_read.h"
#include "formats/csv_row.h"

/* What one row says of its moment; `good` is false when a cell was a problem. */
struct moment_row {
    struct moment moment;
    bool good;
};

static enum status touchpoint_read(struct csv_reader *reader, struct moment_row *row)
{
    struct span text;
    enum status status = csv_row_key(reader, reader->plan->touchpoint, "touchpoint", &text);
    row->good = text.length > 0;
    if (status != STATUS_OK || !row->good)
        return status;
    return answers_touchpoint(reader->ctx, reader->builder, text, &row->moment.touchpoint);
}

/* Every moment has its time where a column of them is named: without it its place in the journey would be a guess. */
static enum status time_read(struct csv_reader *reader, struct moment_row *row)
{
    const enum date_format format = reader->study->columns.time_format;
    uint32_t column = reader->plan->time;
    struct date date;
    row->moment.time_ms = MOMENT_NO_TIME;
    if (column == CSV_NO_COLUMN)
        return STATUS_OK;
    struct span text = csv_reader_text(reader, column);
    if (date_parse(text, format, &date)) {
        row->moment.time_ms = date.ms;
        answers_dated(reader->builder, date.ms);
        return STATUS_OK;
    }
    row->good = false;
    return csv_reader_problem(reader, PROBLEM_DATE, column, text, date_accepted(format));
}

static bool whole_parse(struct span text, char mark, uint32_t *out)
{
    struct decimal number;
    if (!decimal_parse(text, mark, &number))
        return false;
    for (; number.places > 0; number.places--) {
        if (number.units % 10 != 0)
            return false;
        number.units /= 10;
    }
    *out = (uint32_t)number.units;
    return number.units >= 0 && number.units <= UINT32_MAX;
}

static enum status order_read(struct csv_reader *reader, struct moment_row *row)
{
    uint32_t column = reader->plan->order;
    if (column == CSV_NO_COLUMN)
        return STATUS_OK;
    struct span text = csv_reader_text(reader, column);
    if (whole_parse(text, reader->reading->mark, &row->moment.order))
        return STATUS_OK;
    row->good = false;
    return csv_reader_problem(reader, PROBLEM_ORDER, column, text, "a whole number, 0 to 4294967295, in each row");
}

static enum status rating_read(struct csv_reader *reader, struct moment_row *row)
{
    const struct study *study = reader->study;
    uint32_t column = reader->plan->rating;
    if (column == CSV_NO_COLUMN)
        return STATUS_OK;
    struct csv_codes *codes = &reader->reading->scales[study->scale_count + study->columns.outcome_count + 1];
    unsigned code = csv_code(reader->reading, codes, csv_view_cell(&reader->view, column));
    if (code == CSV_CODE_BAD) {
        row->good = false;
        return csv_reader_bad_code(reader, column, codes->scale);
    }
    row->moment.code = code < CSV_CODE_MISSING ? (uint16_t)code : 0;
    return STATUS_OK;
}

static enum status moment_read(struct csv_reader *reader, uint32_t encounter)
{
    struct moment_row row = {.moment = {.encounter = encounter}, .good = true};
    enum status status = touchpoint_read(reader, &row);
    if (status == STATUS_OK)
        status = time_read(reader, &row);
    if (status == STATUS_OK)
        status = order_read(reader, &row);
    if (status == STATUS_OK)
        status = rating_read(reader, &row);
    return status == STATUS_OK && row.good ? answers_moment(reader->ctx, reader->builder, &row.moment) : status;
}

enum status csv_read_journey(struct csv_reader *reader)
{
    struct csv_identity *identity;
    enum status status = csv_identity_create(reader->ctx, &identity);
    bool more = true;
    while (status == STATUS_OK && more) {
        struct answers_row row;
        bool good, fresh;
        status = csv_reader_next(reader, &more);
        if (status != STATUS_OK || !more)
            break;
        status = csv_identity_find(reader, identity, &row, &good, &fresh);
        if (status != STATUS_OK || !good)
            continue;
        status = csv_row_of_encounter(reader, reader->plan, &row, fresh);
        if (status == STATUS_OK)
            status = moment_read(reader, row.encounter);
    }
    return status;
}
