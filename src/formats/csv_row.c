/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/csv_row.h"

#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "formats/csv_outcomes.h"
#include "formats/csv_sources.h"
#include "formats/fixed_point.h"

static const struct span no_value = {NULL, 0};

/* A value of an encounter that stands in a cell. */
struct stated {
    int64_t *at;     /* where the encounter holds it */
    int64_t missing; /* what stands there when nothing was stated */
    uint32_t column;
    const struct outcome *outcome; /* NULL: something else */
};

/* Keeps a value, or compares it with what an earlier row of the encounter said. */
static enum status state(struct csv_reader *reader, const struct stated *stated, int64_t value, bool fresh)
{
    if (value == stated->missing)
        return STATUS_OK;
    if (fresh || *stated->at == stated->missing)
        *stated->at = value;
    if (*stated->at == value)
        return STATUS_OK;
    return csv_reader_problem(reader, PROBLEM_REPEATED_ANSWER, stated->column, csv_reader_text(reader, stated->column),
                              "the same in every row of an encounter");
}

static void store(const struct answers_row *row, uint32_t slot, unsigned code)
{
    if (row->code_bytes == 1)
        ((uint8_t *)row->codes)[slot] = (uint8_t)code;
    else
        ((uint16_t *)row->codes)[slot] = (uint16_t)code;
}

/* A cell that is no code: another kind of missing, or a problem. */
static enum status not_a_code(struct csv_reader *reader, const struct csv_answer_column *column, const struct answers_row *row,
                              unsigned code)
{
    if (code == CSV_CODE_BAD)
        return csv_reader_bad_code(reader, column->column, reader->reading->scales[column->scale].scale);
    return answers_mark_missing(reader->ctx, reader->builder, row->encounter, column->slot,
                                (enum missing)(code - CSV_CODE_MISSING));
}

static enum status read_run(struct csv_reader *reader, const struct csv_answer_column *columns, uint32_t count,
                            const struct answers_row *row)
{
    struct csv_codes *const codes = &reader->reading->scales[columns->scale];
    const struct answers_row target = *row;
    const char *const at = reader->view.at;
    const uint32_t *const ends = reader->view.ends + columns->column;
    const uint32_t slot = columns->slot;
    size_t begin = columns->column == 0 ? reader->view.start : ends[-1] + (size_t)1;
    for (uint32_t i = 0; i < count; i++) {
        const size_t length = ends[i] - begin;
        unsigned code = length <= 1 ? codes->one[(unsigned char)at[begin]] : CSV_CODE_BAD;
        if (code == CSV_CODE_BAD)
            code = csv_code(reader->reading, codes, (struct span){at + begin, length});
        begin = ends[i] + (size_t)1;
        if (code < CSV_CODE_MISSING) {
            store(&target, slot + i, code);
            continue;
        }
        enum status status = not_a_code(reader, &columns[i], row, code);
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

enum status csv_row_answers(struct csv_reader *reader, const struct csv_plan *plan, const struct answers_row *row)
{
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < plan->run_count && status == STATUS_OK; i++)
        status = read_run(reader, &plan->answers[plan->runs[i].first], plan->runs[i].count, row);
    return status;
}

enum status csv_row_answer(struct csv_reader *reader, const struct csv_answer_column *column, const struct answers_row *row)
{
    struct csv_reading *reading = reader->reading;
    unsigned code = csv_code(reading, &reading->scales[column->scale], csv_view_cell(&reader->view, column->column));
    if (code >= CSV_CODE_MISSING)
        return not_a_code(reader, column, row, code);
    uint32_t before = answers_row_get(row, column->slot);
    if (code != 0 && before != 0 && before != code) {
        char accepted[80];
        const struct scale *scale = reading->scales[column->scale].scale;
        char value[24];
        decimal_format((struct decimal){scale->min.units + (int64_t)(before - 1) * scale->step.units, scale->min.places}, value,
                       sizeof value);
        (void)snprintf(accepted, sizeof accepted, "%s, as an earlier row says", value);
        return csv_reader_problem(reader, PROBLEM_REPEATED_ANSWER, column->column, csv_reader_text(reader, column->column),
                                  accepted);
    }
    if (code != 0)
        store(row, column->slot, code);
    return STATUS_OK;
}

static enum status read_weight(struct csv_reader *reader, uint32_t column, const struct answers_row *row, bool fresh)
{
    struct span text = csv_reader_text(reader, column);
    const struct fixed_unit unit = {.binary = WEIGHT_FRACTION_BITS};
    const int64_t limit = INT64_C(1) << (WEIGHT_FRACTION_BITS + WEIGHT_INTEGER_BITS);
    int64_t value = 0;
    if (text.length == 0 && !fresh)
        return STATUS_OK;
    enum fixed_result result = fixed_parse(text, reader->reading->mark, unit, &value);
    if (result != FIXED_OK || value <= 0 || value >= limit) {
        char accepted[64];
        (void)snprintf(accepted, sizeof accepted, "a number above 0 and below %lu", 1UL << WEIGHT_INTEGER_BITS);
        return csv_reader_problem(reader, PROBLEM_WEIGHT, column, text, accepted);
    }
    return state(reader, &(struct stated){row->weight, 0, column, NULL}, value, fresh);
}

/* Text that will be shown or compared must be text. */
static enum status check_text(struct csv_reader *reader, uint32_t column, struct span text, bool *good)
{
    size_t bad;
    *good = text_utf8_valid(text, &bad);
    return *good ? STATUS_OK : csv_reader_problem(reader, PROBLEM_ENCODING, column, text, "UTF-8 text");
}

enum status csv_row_key(struct csv_reader *reader, uint32_t column, const char *what, struct span *text)
{
    bool good = true;
    *text = csv_reader_text(reader, column);
    if (text->length == 0) {
        char accepted[64];
        (void)snprintf(accepted, sizeof accepted, "a name or number for each %s", what);
        return csv_reader_problem(reader, PROBLEM_NO_KEY, column, no_value, accepted);
    }
    if (text->length > CSV_KEY_BYTES_MAX) {
        char accepted[64];
        (void)snprintf(accepted, sizeof accepted, "at most %u bytes for a %s", CSV_KEY_BYTES_MAX, what);
        text->length = 0;
        return csv_reader_problem(reader, PROBLEM_TOO_LONG, column, no_value, accepted);
    }
    enum status status = check_text(reader, column, *text, &good);
    if (!good)
        text->length = 0;
    return status;
}

/* What the sample was drawn by: its clusters, or its strata. */
struct design_column {
    uint32_t column;
    const char *what;
    enum status (*number)(struct ctx *ctx, struct answers_builder *builder, struct span id, uint32_t *out);
    uint32_t *into;
};

static enum status read_design(struct csv_reader *reader, const struct design_column *design, bool fresh)
{
    struct span text;
    uint32_t number;
    if (design->column == CSV_NO_COLUMN || (!fresh && csv_reader_text(reader, design->column).length == 0))
        return STATUS_OK;
    enum status status = csv_row_key(reader, design->column, design->what, &text);
    if (status != STATUS_OK || text.length == 0)
        return status;
    status = design->number(reader->ctx, reader->builder, text, &number);
    if (status != STATUS_OK)
        return status;
    int64_t stored = *design->into;
    status = state(reader, &(struct stated){&stored, -1, design->column, NULL}, number, fresh);
    *design->into = (uint32_t)stored;
    return status;
}

/* The period that a date falls into; a problem leaves the text empty. */
static enum status period_of(struct csv_reader *reader, uint32_t column, char *into, struct span *text)
{
    const struct columns *columns = &reader->study->columns;
    struct date date;
    if (!date_parse(*text, columns->time_format, &date)) {
        struct span wrong = *text;
        *text = no_value;
        return csv_reader_problem(reader, PROBLEM_DATE, column, wrong, date_accepted(columns->time_format));
    }
    answers_dated(reader->builder, date.ms);
    period_format(&date, columns->time_period, into);
    *text = span_of(into);
    return STATUS_OK;
}

/* The number of the value that a cell holds; NO_SEGMENT_VALUE when it is missing or a problem. */
static enum status segment_value(struct csv_reader *reader, uint32_t column, uint32_t segment, uint16_t *value)
{
    struct span cell = csv_view_cell(&reader->view, column);
    struct csv_remembered *place = csv_remembered_place(reader->reading->segment_values + (size_t)segment * CSV_REMEMBERED, cell);
    if (csv_remembered_is(place, cell)) {
        *value = place->code;
        return STATUS_OK;
    }
    struct span text = csv_reader_text(reader, column);
    enum missing kind;
    bool good;
    *value = NO_SEGMENT_VALUE;
    if (csv_missing(reader->reading, NULL, text, &kind)) {
        csv_remember(place, cell, NO_SEGMENT_VALUE);
        return STATUS_OK;
    }
    char period[PERIOD_BYTES];
    enum status status = check_text(reader, column, text, &good);
    if (status == STATUS_OK && good && segment == reader->reading->time_segment)
        status = period_of(reader, column, period, &text);
    if (status != STATUS_OK || !good || text.length == 0)
        return status;
    status = answers_segment_value(reader->ctx, reader->builder, segment, text, value);
    if (status == STATUS_OK)
        csv_remember(place, cell, *value);
    return status;
}

static enum status read_segment(struct csv_reader *reader, uint32_t column, uint32_t segment, const struct answers_row *row,
                                bool fresh)
{
    uint16_t value;
    enum status status = segment_value(reader, column, segment, &value);
    if (status != STATUS_OK)
        return status;
    int64_t stored = row->segments[segment];
    status = state(reader, &(struct stated){&stored, NO_SEGMENT_VALUE, column, NULL}, value, fresh);
    row->segments[segment] = (uint16_t)stored;
    return status;
}

/* A number of a real column: an outcome or points. */
static enum status read_number(struct csv_reader *reader, const struct stated *stated, struct fixed_unit unit, bool fresh)
{
    struct span text = csv_reader_text(reader, stated->column);
    enum missing kind;
    int64_t value = stated->missing;
    if (csv_missing(reader->reading, stated->outcome, text, &kind))
        return STATUS_OK;
    bool points = stated->missing == -1;
    enum fixed_result result = fixed_parse(text, reader->reading->mark, unit, &value);
    if (result == FIXED_NOT_A_NUMBER)
        return csv_reader_problem(reader, PROBLEM_NOT_A_NUMBER, stated->column, text, points ? "points, 0–100" : "a number");
    if (result != FIXED_OK || (points && value < 0))
        return csv_reader_problem(reader, PROBLEM_OUT_OF_RANGE, stated->column, text,
                                  points ? "points, 0–100" : "a smaller number");
    return state(reader, stated, value, fresh);
}

/* A cell of an outcome on a scale. */
static enum status read_rating(struct csv_reader *reader, const struct stated *stated, uint32_t outcome, bool fresh)
{
    struct csv_codes *codes = &reader->reading->scales[reader->study->scale_count + outcome];
    unsigned code = csv_code(reader->reading, codes, csv_view_cell(&reader->view, stated->column));
    if (code == CSV_CODE_BAD) {
        csv_outcomes_add_bad(reader, outcome, csv_reader_text(reader, stated->column));
        return csv_reader_bad_code(reader, stated->column, codes->scale);
    }
    if (code == 0 || code >= CSV_CODE_MISSING)
        return STATUS_OK;
    if (*stated->at == stated->missing)
        csv_outcomes_add(reader, outcome, code);
    return state(reader, stated, (int64_t)code, fresh);
}

static enum status read_outcome(struct csv_reader *reader, uint32_t column, uint32_t outcome, const struct answers_row *row,
                                bool fresh)
{
    const struct outcome *what = &reader->study->columns.outcomes[outcome];
    const struct outcome_place place = row->outcome_places[outcome];
    int64_t stored = outcome_get(row->outcomes, place);
    const struct stated stated = {&stored, INT64_MIN, column, what};
    enum status status = what->kind == OUTCOME_REAL
                             ? read_number(reader, &stated, (struct fixed_unit){.decimal = what->decimals}, fresh)
                             : read_rating(reader, &stated, outcome, fresh);
    outcome_set(row->outcomes, place, stored);
    return status;
}

static enum status read_lists(struct csv_reader *reader, const struct csv_plan *plan, const struct answers_row *row, bool fresh)
{
    const struct columns *columns = &reader->study->columns;
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < columns->segment_count && status == STATUS_OK; i++) {
        if (plan->segments[i] != CSV_NO_COLUMN)
            status = read_segment(reader, plan->segments[i], i, row, fresh);
    }
    for (uint32_t i = 0; i < columns->outcome_count && status == STATUS_OK; i++) {
        if (plan->outcomes[i] != CSV_NO_COLUMN)
            status = read_outcome(reader, plan->outcomes[i], i, row, fresh);
    }
    for (uint32_t i = 0; row->points != NULL && i < reader->study->dimension_count && status == STATUS_OK; i++) {
        struct stated stated = {&row->points[i], -1, plan->points[i], NULL};
        if (plan->points[i] != CSV_NO_COLUMN)
            status = read_number(reader, &stated, (struct fixed_unit){.binary = 20}, fresh);
    }
    return status;
}

/* Whom chance put where, as live studies export it. */
static enum status read_arm(struct csv_reader *reader, uint32_t column, const struct answers_row *row, bool fresh)
{
    struct span text = csv_reader_text(reader, column);
    enum missing kind;
    enum drawn_arm arm = span_is(text, "both")              ? DRAWN_BOTH
                         : span_is(text, "perception_only") ? DRAWN_PERCEPTION_ONLY
                                                            : DRAWN_NOT;
    if (arm == DRAWN_NOT && !csv_missing(reader->reading, NULL, text, &kind))
        return csv_reader_problem(reader, PROBLEM_ARM, column, text, "both or perception_only");
    int64_t stored = *row->arm;
    enum status status = state(reader, &(struct stated){&stored, DRAWN_NOT, column, NULL}, (int64_t)arm, fresh);
    *row->arm = (uint8_t)stored;
    return status;
}

/* What somebody wrote. An apostrophe before what would be a formula was put there by an export. */
static enum status read_comment(struct csv_reader *reader, uint32_t column, const char *name, const struct answers_row *row)
{
    char field[TITLE_BYTES_MAX + sizeof "comment."];
    struct span text = csv_reader_text(reader, column);
    enum missing kind;
    bool good = true;
    if (csv_missing(reader->reading, NULL, text, &kind))
        return STATUS_OK;
    enum status status = check_text(reader, column, text, &good);
    if (status != STATUS_OK || !good)
        return status;
    if (text.length > 1 && text.at[0] == '\'' && strchr("=+-@", text.at[1]) != NULL)
        text = (struct span){text.at + 1, text.length - 1};
    (void)snprintf(field, sizeof field, "comment.%s", name);
    return answers_text(reader->ctx, reader->builder, row->encounter, field, text);
}

/* Those of the first row of an encounter. */
static enum status read_comments(struct csv_reader *reader, const struct csv_plan *plan, const struct answers_row *row)
{
    const struct columns *columns = &reader->study->columns;
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < columns->comment_count && status == STATUS_OK; i++) {
        if (plan->comments[i] != CSV_NO_COLUMN)
            status = read_comment(reader, plan->comments[i], columns->comments[i], row);
    }
    return status;
}

enum status csv_row_of_encounter(struct csv_reader *reader, const struct csv_plan *plan, const struct answers_row *row,
                                 bool fresh)
{
    enum status status = STATUS_OK;
    if (plan->weight != CSV_NO_COLUMN)
        status = read_weight(reader, plan->weight, row, fresh);
    if (status == STATUS_OK)
        status = read_design(reader, &(struct design_column){plan->cluster, "cluster", answers_cluster, row->cluster}, fresh);
    if (status == STATUS_OK)
        status = read_design(reader, &(struct design_column){plan->stratum, "stratum", answers_stratum, row->stratum}, fresh);
    if (status == STATUS_OK)
        status = csv_row_sources(reader, plan, row, fresh);
    if (status == STATUS_OK && plan->arm != CSV_NO_COLUMN)
        status = read_arm(reader, plan->arm, row, fresh);
    if (status == STATUS_OK && fresh)
        status = read_comments(reader, plan, row);
    return status == STATUS_OK ? read_lists(reader, plan, row, fresh) : status;
}
