/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/csv_cells.h"

#include <string.h>

#include "base/limits.h"
#include "formats/fixed_point.h"
#include "formats/short_digits.h"

enum { WHOLE_DIGITS_MOST = 18, DAY_LETTERS = 10 };

static bool is_digit(char letter)
{
    return letter >= '0' && letter <= '9';
}

/* The text of a cell, as csv_cell_text gives it; most cells are their own. */
static struct span text_of(struct csv_hand *hand, struct span cell)
{
    if (cell.length > 0) {
        const unsigned char first = (unsigned char)cell.at[0], last = (unsigned char)cell.at[cell.length - 1];
        if (first > ' ' && first < 0x7F && first != '"' && last > ' ' && last < 0x7F)
            return cell;
    }
    return csv_cell_text(&hand->reading->unquoting, cell);
}

/* As csv_row_key: a key that is there, not too long, and text. */
static bool is_key(struct span text)
{
    size_t bad;
    return text.length > 0 && text.length <= CSV_KEY_BYTES_MAX && text_utf8_valid(text, &bad);
}

/* The number that a text of digits is. */
static bool whole_number(struct span text, uint64_t *number)
{
    if (text.length <= SHORT_DIGITS_MOST)
        return short_number(short_word(text.at, text.length), text.length, number);
    size_t digits = 0;
    for (*number = 0; digits < text.length && digits < WHOLE_DIGITS_MOST && is_digit(text.at[digits]); digits++)
        *number = *number * 10 + (unsigned)(text.at[digits] - '0');
    return digits == text.length;
}

static bool take_name(struct csv_hand *hand, uint32_t row, unsigned which, struct span cell)
{
    struct csv_batch *batch = &hand->batch;
    const struct span text = text_of(hand, cell);
    /* A text whose quotes were taken off elsewhere does not stand in the block. */
    const bool inside = text.at >= cell.at && text.at + text.length <= cell.at + cell.length;
    if (!inside || text.length == 0 || text.length > CSV_KEY_BYTES_MAX)
        return false;
    batch->names[which][row] = (struct csv_name){(uint32_t)(text.at - hand->bytes), (uint32_t)text.length};
    uint64_t id = 0;
    const bool whole = whole_number(text, &id) && (text.at[0] != '0' || text.length == 1);
    if (which == 0) {
        batch->ids[row] = id;
        batch->whole = batch->whole && whole;
    }
    size_t bad;
    return whole || text_utf8_valid(text, &bad);
}

/* Asks for the number of a text when its turn comes, once for each batch. */
static bool ask_anew(struct csv_hand *hand, uint32_t row, uint32_t of, uint32_t own)
{
    struct csv_dictionary *dictionary = &hand->dictionaries[of];
    struct csv_batch *batch = &hand->batch;
    if (dictionary->asked[own] == batch->serial)
        return true;
    struct csv_asked *asked = csv_list_add(&batch->asked, sizeof *asked);
    if (asked == NULL)
        return false;
    *asked = (struct csv_asked){row, of, own};
    dictionary->asked[own] = batch->serial;
    return true;
}

static inline bool ask(struct csv_hand *hand, uint32_t row, uint32_t of, uint32_t own)
{
    return hand->dictionaries[of].known[own] != CSV_NUMBER_UNKNOWN || ask_anew(hand, row, of, own);
}

/* What a cell says that was not seen before: the own number of a key. */
static bool key_number(struct csv_hand *hand, struct csv_dictionary *dictionary, struct span cell, uint32_t *own)
{
    const struct span text = text_of(hand, cell);
    return is_key(text) && csv_dictionary_number(dictionary, text, own);
}

/* The own number of a segment's value, or NO_SEGMENT_VALUE. */
static bool segment_number(struct csv_hand *hand, uint32_t segment, struct span cell, uint32_t *own)
{
    struct span text = text_of(hand, cell);
    const struct columns *columns = &hand->study->columns;
    char period[PERIOD_BYTES];
    enum missing kind;
    size_t bad;
    *own = NO_SEGMENT_VALUE;
    if (csv_missing(hand->reading, NULL, text, &kind))
        return true;
    if (!text_utf8_valid(text, &bad))
        return false;
    if (segment == hand->reading->time_segment) {
        struct date date;
        if (!date_parse(text, columns->time_format, &date))
            return false;
        fieldwork_add(&hand->days, date.ms);
        period_format(&date, columns->time_period, period);
        text = span_of(period);
    }
    return csv_dictionary_number(&hand->dictionaries[segment], text, own) && *own < NO_SEGMENT_VALUE;
}

/* 2024-03-09T10:00:00Z falls into the period of its day: many such cells, which are all different, are one. */
static struct span day_of(struct span cell)
{
    static const char form[] = "0000-00-00T00:00:00Z";
    if (cell.length != sizeof form - 1)
        return cell;
    for (size_t i = 0; i < cell.length; i++) {
        if (form[i] == '0' ? !is_digit(cell.at[i]) : cell.at[i] != form[i] && (form[i] != 'T' || cell.at[i] != ' '))
            return cell;
    }
    const char *clock = cell.at + DAY_LETTERS + 1;
    bool good = (clock[0] < '2' || (clock[0] == '2' && clock[1] < '4')) && clock[3] < '6' && clock[6] < '6';
    return good ? (struct span){cell.at, DAY_LETTERS} : cell;
}

/* What a cell of a dictionary's column says that is not held as seen.
 * takes   place, key  where it is to be held; NULL: it is too long */
static bool number_anew(struct csv_hand *hand, uint32_t of, struct span cell, struct csv_seen *place, struct csv_seen *key)
{
    const bool is_segment = of < hand->study->columns.segment_count;
    bool good =
        is_segment ? segment_number(hand, of, cell, &key->number) : key_number(hand, &hand->dictionaries[of], cell, &key->number);
    if (good && place != NULL)
        csv_seen_hold(hand->dictionaries[of].seen, place, key);
    return good;
}

/* The own number that a cell of a dictionary's column says; segments' values may be missing. */
static inline bool own_number(struct csv_hand *hand, uint32_t of, struct span cell, uint32_t *own)
{
    struct csv_seen key = {.length = 0}, *place = NULL;
    if (of == hand->reading->time_segment && hand->days_are_enough)
        cell = day_of(cell);
    if (cell.length - 1 < CSV_SEEN_BYTES) {
        struct csv_seen *seen = hand->dictionaries[of].seen;
        place = csv_seen_place(seen, cell, &key);
        const struct csv_seen *found = csv_seen_find(seen, place, &key);
        if (found != NULL) {
            *own = found->number;
            return true;
        }
    }
    bool good = number_anew(hand, of, cell, place, &key);
    *own = key.number;
    return good;
}

static inline bool take_segment(struct csv_hand *hand, uint32_t row, uint32_t segment, struct span cell)
{
    uint32_t own;
    if (!own_number(hand, segment, cell, &own))
        return false;
    hand->batch.segments[(size_t)row * hand->study->columns.segment_count + segment] = (uint16_t)own;
    return own == NO_SEGMENT_VALUE || ask(hand, row, segment, own);
}

static inline bool take_design(struct csv_hand *hand, uint32_t row, uint32_t of, struct span cell)
{
    uint32_t own, *numbers = of == hand->study->columns.segment_count ? hand->batch.clusters : hand->batch.strata;
    if (!own_number(hand, of, cell, &own))
        return false;
    numbers[row] = own;
    return ask(hand, row, of, own);
}

static inline __attribute__((always_inline)) bool take_weight(struct csv_hand *hand, uint32_t row, struct span cell)
{
    const struct fixed_unit unit = {.binary = WEIGHT_FRACTION_BITS};
    const int64_t limit = INT64_C(1) << (WEIGHT_FRACTION_BITS + WEIGHT_INTEGER_BITS);
    int64_t *value = &hand->batch.weights[row];
    if (!fixed_parse_short(cell, hand->reading->mark, unit, value) &&
        fixed_parse(text_of(hand, cell), hand->reading->mark, unit, value) != FIXED_OK)
        return false;
    return *value > 0 && *value < limit;
}

/* A number of a real column: an outcome or points. */
static bool take_number(struct csv_hand *hand, uint32_t row, const struct csv_wanted *wanted, struct span cell)
{
    const struct study *study = hand->study;
    struct csv_batch *batch = &hand->batch;
    const bool points = wanted->what == CSV_WANT_POINTS;
    const struct outcome *outcome = points ? NULL : &study->columns.outcomes[wanted->index];
    const struct fixed_unit unit = {.binary = points ? 20 : 0, .decimal = points ? 0 : outcome->decimals};
    const struct span text = text_of(hand, cell);
    enum missing kind;
    int64_t value = points ? -1 : INT64_MIN;
    const bool missing = csv_missing(hand->reading, outcome, text, &kind);
    const bool good = missing || (fixed_parse(text, hand->reading->mark, unit, &value) == FIXED_OK && (!points || value >= 0));
    if (points)
        batch->points[(size_t)row * study->dimension_count + wanted->index] = value;
    else
        outcome_set(batch->outcomes + (size_t)row * batch->outcome_bytes, batch->outcome_places[wanted->index], value);
    return good;
}

/* Takes a cell that is looked at as text. */
static bool take_cell(struct csv_hand *hand, uint32_t row, const struct csv_wanted *wanted, struct span cell)
{
    const uint32_t design = hand->study->columns.segment_count;
    switch (wanted->what) {
    case CSV_WANT_RESPONDENT:
        return take_name(hand, row, 0, cell);
    case CSV_WANT_ENCOUNTER:
        return take_name(hand, row, 1, cell);
    case CSV_WANT_WEIGHT:
        return take_weight(hand, row, cell);
    case CSV_WANT_CLUSTER:
        return take_design(hand, row, design, cell);
    case CSV_WANT_STRATUM:
        return take_design(hand, row, design + 1, cell);
    case CSV_WANT_SEGMENT:
        return take_segment(hand, row, wanted->index, cell);
    case CSV_WANT_NUMBER:
    case CSV_WANT_POINTS:
        break;
    }
    return take_number(hand, row, wanted, cell);
}

static struct span cell_at(const struct csv_hand *hand, const struct csv_name *place)
{
    return (struct span){hand->bytes + place->at, place->length};
}

/* Cells that were seen before and whose numbers are known, as nearly all are, take no more than looking them up. */
static uint32_t take_segments(struct csv_hand *hand, uint32_t segment, const struct csv_name *places, uint32_t count)
{
    const struct csv_dictionary *dictionary = &hand->dictionaries[segment];
    struct csv_seen *const seen = dictionary->seen;
    const bool days = segment == hand->reading->time_segment && hand->days_are_enough;
    const uint32_t first = hand->batch.count, segments = hand->study->columns.segment_count;
    const char *const bytes = hand->bytes;
    uint16_t *into = hand->batch.segments + (size_t)first * segments + segment;
    for (uint32_t row = 0; row < count; row++, into += segments) {
        const struct span whole = {bytes + places[row].at, places[row].length};
        const struct span cell = days ? day_of(whole) : whole;
        struct csv_seen key;
        if (cell.length - 1 < CSV_SEEN_BYTES && dictionary->unknown == 0) {
            struct csv_seen *place = csv_seen_place(seen, cell, &key);
            const struct csv_seen *found = csv_seen_find(seen, place, &key);
            if (found != NULL) {
                *into = (uint16_t)found->number;
                continue;
            }
        }
        if (!take_segment(hand, first + row, segment, cell))
            return row;
    }
    return count;
}

static uint32_t take_weights(struct csv_hand *hand, const struct csv_name *places, uint32_t count)
{
    const uint32_t first = hand->batch.count;
    uint32_t row = 0;
    while (row < count && take_weight(hand, first + row, cell_at(hand, &places[row])))
        row++;
    return row;
}

/* Respondents that are called by whole numbers of a few digits are read in one go. */
static uint32_t take_respondents(struct csv_hand *hand, const struct csv_name *places, uint32_t count)
{
    const uint32_t first = hand->batch.count;
    uint64_t *ids = hand->batch.ids + first;
    struct csv_name *names = hand->batch.names[0] + first;
    for (uint32_t row = 0; row < count; row++) {
        const struct span cell = cell_at(hand, &places[row]);
        const bool few = cell.length - 1 < SHORT_DIGITS_MOST && (cell.at[0] != '0' || cell.length == 1);
        names[row] = places[row];
        if (few && short_number(short_word(cell.at, cell.length), cell.length, &ids[row]))
            continue;
        if (!take_name(hand, first + row, 0, cell))
            return row;
    }
    return count;
}

uint32_t csv_cells_take_column(struct csv_hand *hand, const struct csv_wanted *wanted, const struct csv_name *places,
                               uint32_t count)
{
    /* What most files have most of has a loop of its own. */
    if (wanted->what == CSV_WANT_SEGMENT)
        return take_segments(hand, wanted->index, places, count);
    if (wanted->what == CSV_WANT_WEIGHT)
        return take_weights(hand, places, count);
    if (wanted->what == CSV_WANT_RESPONDENT)
        return take_respondents(hand, places, count);
    uint32_t row = 0;
    while (row < count && take_cell(hand, hand->batch.count + row, wanted, cell_at(hand, &places[row])))
        row++;
    return row;
}

bool csv_cells_mark(struct csv_hand *hand, uint32_t row, uint32_t slot, unsigned code)
{
    if (code == CSV_CODE_BAD)
        return false;
    struct csv_mark *mark = csv_list_add(&hand->batch.marks, sizeof *mark);
    if (mark != NULL)
        *mark = (struct csv_mark){row, (uint16_t)slot, (uint16_t)(code - CSV_CODE_MISSING)};
    return mark != NULL;
}

static bool take_answers(struct csv_hand *hand, const struct csv_view *view)
{
    struct csv_batch *batch = &hand->batch;
    const size_t first = (size_t)batch->count * batch->slot_count;
    for (uint32_t i = 0; i < hand->plan->answer_count; i++) {
        const struct csv_answer_column *column = &hand->plan->answers[i];
        unsigned code = csv_code(hand->reading, &hand->reading->scales[column->scale], csv_view_cell(view, column->column));
        if (code >= CSV_CODE_MISSING) {
            if (!csv_cells_mark(hand, batch->count, column->slot, code))
                return false;
            code = 0;
        }
        if (batch->code_bytes == 1)
            ((uint8_t *)batch->codes)[first + column->slot] = (uint8_t)code;
        else
            ((uint16_t *)(void *)batch->codes)[first + column->slot] = (uint16_t)code;
    }
    return true;
}

static bool take_ratings(struct csv_hand *hand, const struct csv_view *view)
{
    if (hand->rating_count == 0)
        return true;
    uint8_t *into = hand->batch.outcomes + (size_t)hand->batch.count * hand->batch.outcome_bytes;
    for (uint32_t i = 0; i < hand->rating_count; i++) {
        const struct csv_rating *rating = &hand->ratings[i];
        struct csv_codes *codes = &hand->reading->scales[hand->study->scale_count + rating->outcome];
        const unsigned code = csv_code(hand->reading, codes, csv_view_cell(view, rating->column));
        if (code == CSV_CODE_BAD)
            return false;
        outcome_set(into, hand->batch.outcome_places[rating->outcome],
                    code == 0 || code >= CSV_CODE_MISSING ? INT64_MIN : (int64_t)code);
    }
    return true;
}

bool csv_cells_take_row(struct csv_hand *hand, const struct csv_view *view)
{
    if (csv_view_is_empty(view) || !take_answers(hand, view) || !take_ratings(hand, view))
        return false;
    for (uint32_t i = 0; i < hand->wanted_count; i++) {
        if (!take_cell(hand, hand->batch.count, &hand->wanted[i], csv_view_cell(view, hand->wanted[i].column)))
            return false;
    }
    return true;
}
