/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <stdlib.h>

#include "support/pairs_oracle_figure.h"
#include "support/pairs_oracle_kind.h"

/* One person's importance of one part. */
struct part {
    bool there;
    int64_t rating;
    mpq_t a, g, p;
};

static void part_read(const struct oracle *oracle, uint32_t row, uint32_t index, struct part *part)
{
    const struct toy_study *toy = oracle->toy;
    mpq_t e;
    uint32_t there[2];
    mpq_init(e);
    part->rating = 0;
    if (toy->wish.importance == IMPORTANCE_RATING) {
        uint16_t code_e = oracle->turned[row][STANDARD_EXPECTATION][index];
        uint16_t code_p = oracle->turned[row][STANDARD_PERCEPTION][index];
        uint16_t code = toy->rows[row].codes[STANDARD_IMPORTANCE][index];
        part->there = code_e > 0 && code_p > 0 && code > 0;
        mpq_set_si(part->a, code, 1); /* the toy's rating scale begins at 1 in steps of 1 */
        mpq_set_si(part->p, (long)code_p - 1, 1);
        mpq_set_si(e, (long)code_e - 1, 1);
        part->rating = code - 1;
    } else {
        struct kind kind = {.dimension = index};
        int64_t points = toy->rows[row].points[index];
        oracle_describe_items(oracle, &kind);
        uint32_t count = oracle_mean_of_items(oracle, &kind, row, e, part->p, there);
        part->there = kind.blank == REASON_NONE && count >= kind.need;
        mpq_set_si(part->a, points < 0 ? 0 : points, 1);
    }
    mpq_sub(part->g, part->p, e);
    mpq_clear(e);
}

/* Sums over a person's parts, and whether the person counts. */
struct person {
    bool given, counts, rescaled;
    uint32_t parts;
    mpq_t a, g, p, ag, ap;
};

static void person_add(struct person *person, const struct part *part, mpq_t term)
{
    person->parts++;
    mpq_add(person->a, person->a, part->a);
    mpq_add(person->g, person->g, part->g);
    mpq_add(person->p, person->p, part->p);
    mpq_mul(term, part->a, part->g);
    mpq_add(person->ag, person->ag, term);
    mpq_mul(term, part->a, part->p);
    mpq_add(person->ap, person->ap, term);
}

static uint32_t importance_parts(const struct oracle *oracle)
{
    const struct toy_study *toy = oracle->toy;
    return toy->wish.importance == IMPORTANCE_RATING ? toy->study.item_count : toy->study.dimension_count;
}

static enum reason part_blank(const struct oracle *oracle, uint32_t index)
{
    if (oracle->toy->wish.importance == IMPORTANCE_RATING) {
        bool asked = oracle_pairable(oracle, index) && study_asks(&oracle->toy->study, STANDARD_IMPORTANCE, index);
        return asked ? REASON_NONE : REASON_NOT_ASKED;
    }
    struct kind kind = {.dimension = index};
    oracle_describe_items(oracle, &kind);
    return kind.blank;
}

static void person_settle(const struct oracle *oracle, uint32_t row, struct person *person)
{
    const struct toy_row *answers = &oracle->toy->rows[row];
    double sum = 0;
    uint32_t asked = 0;
    for (uint32_t i = 0; i < importance_parts(oracle); i++) {
        asked += part_blank(oracle, i) == REASON_NONE;
        if (oracle->toy->wish.importance == IMPORTANCE_RATING) {
            person->given = person->given || answers->codes[STANDARD_IMPORTANCE][i] > 0;
        } else {
            person->given = person->given || answers->points[i] >= 0;
            sum += answers->points[i] >= 0 ? (double)answers->points[i] / 1048576 : 0;
        }
    }
    if (oracle->toy->wish.importance == IMPORTANCE_RATING) {
        person->counts = person->parts > 0 && 2 * person->parts >= asked;
        return;
    }
    person->rescaled = sum != 100;
    person->counts = sum >= 95 && sum <= 105 && mpq_get_d(person->a) / 1048576 >= sum / 2;
}

static void person_read(const struct oracle *oracle, uint32_t row, struct person *person)
{
    struct part part;
    mpq_t term;
    mpq_inits(part.a, part.g, part.p, term, NULL);
    mpq_inits(person->a, person->g, person->p, person->ag, person->ap, NULL);
    for (uint32_t i = 0; i < importance_parts(oracle); i++) {
        part_read(oracle, row, i, &part);
        if (part.there && part_blank(oracle, i) == REASON_NONE) {
            person_add(person, &part, term);
        }
    }
    person_settle(oracle, row, person);
    mpq_clears(part.a, part.g, part.p, term, NULL);
}

static void person_clear(struct person *person)
{
    mpq_clears(person->a, person->g, person->p, person->ag, person->ap, NULL);
}

/* The fields of importance_sum in the order of the text. */
enum field { FIELD_SHARE, FIELD_RATING, FIELD_GAP, FIELD_WEIGHTED, FIELD_PERFORMANCE, FIELD_WEIGHTED_PERFORMANCE, FIELD_COUNT };

static int64_t ratio(const mpq_t above, const mpq_t below)
{
    mpq_t value;
    mpq_init(value);
    mpq_div(value, above, below);
    int64_t out = oracle_nearest(value, 1 << 20);
    mpq_clear(value);
    return out;
}

static void fields_of_part(const struct part *part, const struct person *person, int64_t *fields)
{
    mpq_t product;
    mpq_init(product);
    fields[FIELD_SHARE] = ratio(part->a, person->a);
    fields[FIELD_RATING] = part->rating;
    fields[FIELD_GAP] = oracle_nearest(part->g, 1 << 20);
    fields[FIELD_PERFORMANCE] = oracle_nearest(part->p, 1 << 20);
    mpq_mul(product, part->a, part->g);
    fields[FIELD_WEIGHTED] = ratio(product, person->a);
    mpq_mul(product, part->a, part->p);
    fields[FIELD_WEIGHTED_PERFORMANCE] = ratio(product, person->a);
    mpq_clear(product);
}

static void fields_overall(const struct person *person, int64_t *fields)
{
    mpq_t count;
    mpq_init(count);
    mpq_set_ui(count, person->parts, 1);
    fields[FIELD_SHARE] = 1 << 20;
    fields[FIELD_RATING] = 0;
    fields[FIELD_GAP] = ratio(person->g, count);
    fields[FIELD_PERFORMANCE] = ratio(person->p, count);
    fields[FIELD_WEIGHTED] = ratio(person->ag, person->a);
    fields[FIELD_WEIGHTED_PERFORMANCE] = ratio(person->ap, person->a);
    mpq_clear(count);
}

/* Fills `has` and the fields of one part (UINT32_MAX: the overall) for everybody. */
static void fields_of_all(struct oracle *oracle, uint32_t index, int64_t *fields, uint64_t *rescaled, uint64_t *refused)
{
    struct part part;
    mpq_inits(part.a, part.g, part.p, NULL);
    *rescaled = *refused = 0;
    for (uint32_t row = 0; row < oracle->toy->row_count; row++) {
        struct person person = {.parts = 0};
        bool counts = oracle_counts(oracle, row);
        oracle->has[row] = false;
        person_read(oracle, row, &person);
        *rescaled += counts && person.counts && person.rescaled;
        *refused += counts && person.given && !person.counts;
        if (index != UINT32_MAX) {
            part_read(oracle, row, index, &part);
        }
        if (counts && person.counts && (index == UINT32_MAX || part.there)) {
            oracle->has[row] = true;
            if (index == UINT32_MAX) {
                fields_overall(&person, fields + (size_t)row * FIELD_COUNT);
            } else {
                fields_of_part(&part, &person, fields + (size_t)row * FIELD_COUNT);
            }
        }
        person_clear(&person);
    }
    mpq_clears(part.a, part.g, part.p, NULL);
}

static void select_field(struct oracle *oracle, const int64_t *fields, enum field field)
{
    for (uint32_t row = 0; row < oracle->toy->row_count; row++) {
        oracle->x[row] = fields[(size_t)row * FIELD_COUNT + field];
    }
}

/* The overall's reason, and an item that tells the scale. */
static enum reason overall_reason(const struct oracle *oracle, uint32_t *item)
{
    enum reason blank = REASON_NOT_ASKED;
    for (uint32_t part = 0; part < importance_parts(oracle); part++) {
        struct kind kind = {.dimension = part};
        enum reason reason = part_blank(oracle, part);
        if (reason == REASON_NOT_ASKED) {
            continue;
        }
        oracle_describe_items(oracle, &kind);
        uint32_t here = oracle->toy->wish.importance == IMPORTANCE_RATING ? part : kind.item;
        if (reason != REASON_NONE || (blank == REASON_NONE && !oracle_same_scale(oracle, *item, here))) {
            return REASON_MIXED_SCALES;
        }
        blank = REASON_NONE;
        *item = here;
    }
    return blank;
}

static void put_part(struct oracle *oracle, uint32_t index, int64_t *fields)
{
    uint64_t rescaled, refused;
    uint32_t item = index;
    bool overall = index == UINT32_MAX;
    enum reason blank = overall ? overall_reason(oracle, &item) : part_blank(oracle, index);
    fields_of_all(oracle, index, fields, &rescaled, &refused);
    fprintf(oracle->out, " importance %" PRId64 " %s", overall ? -1 : (int64_t)index, reason_name(blank));
    if (overall) {
        fprintf(oracle->out, " rescaled %" PRIu64 " refused %" PRIu64, rescaled, refused);
    }
    if (blank != REASON_NONE) {
        fputc('\n', oracle->out);
        return;
    }
    if (!overall && oracle->toy->wish.importance == IMPORTANCE_POINTS) {
        struct kind kind = {.dimension = index};
        oracle_describe_items(oracle, &kind);
        item = kind.item;
    }
    fprintf(oracle->out, " steps %u respondents %" PRIu64, oracle->toy->scales[oracle->toy->items[item].scale].steps,
            oracle_respondents(oracle));
    oracle_put_sum(oracle);
    fputs("  sums", oracle->out);
    for (unsigned field = 0; field < FIELD_COUNT; field++) {
        select_field(oracle, fields, (enum field)field);
        oracle_put_moment(oracle, 1, 1);
    }
    select_field(oracle, fields, FIELD_WEIGHTED);
    oracle_put_moment(oracle, 1, 2);
    oracle_put_moment(oracle, 2, 1);
    oracle_put_moment(oracle, 2, 2);
    fputc('\n', oracle->out);
    oracle_put_clusters(oracle);
}

void oracle_put_importance(struct oracle *oracle)
{
    if (oracle->toy->wish.importance == IMPORTANCE_NONE || importance_parts(oracle) == 0) {
        return;
    }
    int64_t *fields = calloc((oracle->toy->row_count + (size_t)1) * FIELD_COUNT, sizeof *fields);
    for (uint32_t part = 0; part < importance_parts(oracle); part++) {
        put_part(oracle, part, fields);
    }
    put_part(oracle, UINT32_MAX, fields);
    free(fields);
}
