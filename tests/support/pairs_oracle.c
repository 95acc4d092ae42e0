/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/pairs_oracle.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "model/pairs.h"
#include "support/pairs_oracle_figure.h"

/* Shown order: numbers by size, texts by bytes, no answer (−1) last. */
static const int shown_order[TOY_SEGMENTS][5] = {{1, 0, 3, 2, -1}, {2, 3, 1, 0, -1}};

static void turn_rows(struct oracle *oracle)
{
    const struct toy_study *toy = oracle->toy;
    for (uint32_t row = 0; row < toy->row_count; row++) {
        uint32_t pairs = 0, possible = 0;
        for (uint32_t i = 0; i < toy->study.item_count; i++) {
            for (unsigned standard = 0; standard < STANDARD_COUNT; standard++) {
                uint16_t code = toy->rows[row].codes[standard][i];
                uint32_t steps = toy->scales[toy->items[i].scale].steps;
                bool turn = toy->items[i].reverse && standard < STANDARD_IMPORTANCE && code > 0;
                oracle->turned[row][standard][i] = turn ? (uint16_t)(steps + 1 - code) : code;
            }
            possible += oracle_pairable(oracle, i);
            pairs += toy->rows[row].codes[STANDARD_EXPECTATION][i] > 0 && toy->rows[row].codes[STANDARD_PERCEPTION][i] > 0;
        }
        oracle->usable[row] = oracle->plan->policy == PAIRS_AVAILABLE || pairs == possible;
    }
}

/* How often each combination of codes came, in ascending order. */
static void put_cells(struct oracle *oracle, uint32_t item, const enum standard *standards, unsigned arity)
{
    uint32_t rows = oracle->toy->row_count;
    bool *done = calloc(rows + (size_t)1, sizeof *done);
    for (;;) {
        uint64_t least = UINT64_MAX;
        uint16_t codes[3] = {0};
        for (uint32_t row = 0; row < rows; row++) {
            uint64_t key = 0;
            for (unsigned i = 0; i < arity; i++) {
                key = key << 16 | oracle->turned[row][standards[i]][item];
            }
            bool open = oracle_counts(oracle, row) && !done[row] && key > 0;
            oracle->x[row] = open ? (int64_t)key : 0;
            least = open && key < least ? key : least;
        }
        if (least == UINT64_MAX) {
            break;
        }
        for (uint32_t row = 0; row < rows; row++) {
            oracle->has[row] = oracle->x[row] == (int64_t)least;
            done[row] = done[row] || oracle->has[row];
        }
        for (unsigned i = 0; i < arity; i++) {
            codes[i] = (uint16_t)(least >> (16 * (arity - 1 - i)));
        }
        fprintf(oracle->out, "  cell %u %u %u", codes[0], codes[1], codes[2]);
        oracle_put_sum(oracle);
    }
    free(done);
}

/* Is this the edge of a zone that was not asked, beside one that was? */
static bool is_optional(const struct oracle *oracle, uint32_t item, const enum standard *standards, unsigned arity, unsigned i)
{
    const struct study *study = &oracle->toy->study;
    return arity == 3 && i < 2 && !study_asks(study, standards[i], item) && study_asks(study, standards[1 - i], item);
}

/* Everybody who has all the codes that were asked; x = last code − code `from`, or its steps above the lowest when it is alone.
 */
static void select_difference(struct oracle *oracle, uint32_t item, const enum standard *standards, unsigned arity, unsigned from)
{
    for (uint32_t row = 0; row < oracle->toy->row_count; row++) {
        bool all = oracle_counts(oracle, row);
        for (unsigned i = 0; i < arity; i++) {
            all = all && (oracle->turned[row][standards[i]][item] > 0 || is_optional(oracle, item, standards, arity, i));
        }
        oracle->has[row] = all;
        int64_t base = arity == 1 ? 1 : oracle->turned[row][standards[from]][item];
        oracle->x[row] = (int64_t)oracle->turned[row][standards[arity - 1]][item] - base;
    }
}

/* An edge that was not asked has no difference. */
static void drop_edge(struct oracle *oracle, uint32_t item, const enum standard *standards, unsigned arity, unsigned from)
{
    for (uint32_t row = 0; row < oracle->toy->row_count && is_optional(oracle, item, standards, arity, from); row++) {
        oracle->has[row] = false;
    }
}

static void put_joint(struct oracle *oracle, const char *name, uint32_t item, const enum standard *standards, unsigned arity)
{
    select_difference(oracle, item, standards, arity, 0);
    fprintf(oracle->out, " %s %u steps %u arity %u respondents %" PRIu64 "\n", name, item,
            oracle->toy->scales[oracle->toy->items[item].scale].steps, arity, oracle_respondents(oracle));
    put_cells(oracle, item, standards, arity);
    select_difference(oracle, item, standards, arity, 0);
    drop_edge(oracle, item, standards, arity, 0);
    oracle_put_clusters(oracle);
    if (arity == 1) {
        return;
    }
    if (arity == 3) {
        select_difference(oracle, item, standards, arity, 1);
        drop_edge(oracle, item, standards, arity, 1);
    }
    for (uint32_t row = 0; row < oracle->toy->row_count && arity == 2; row++) {
        oracle->x[row] = oracle->x[row] < 0;
    }
    oracle_put_clusters(oracle);
}

static void put_joints(struct oracle *oracle)
{
    static const enum standard pairs[] = {STANDARD_EXPECTATION, STANDARD_PERCEPTION};
    static const enum standard zones[] = {STANDARD_MINIMUM, STANDARD_DESIRED, STANDARD_PERCEPTION};
    static const enum standard singles[] = {STANDARD_PERCEPTION};
    for (uint32_t item = 0; item < oracle->toy->study.item_count; item++) {
        put_joint(oracle, "pairs", item, pairs, 2);
        put_joint(oracle, "zones", item, zones, 3);
        put_joint(oracle, "singles", item, singles, 1);
    }
}

/* x of one item in a block; false when it is not there. */
static bool block_value(const struct oracle *oracle, enum block_of of, uint32_t row, uint32_t item, int64_t *x)
{
    static const enum standard standards[] = {STANDARD_EXPECTATION, STANDARD_PERCEPTION, STANDARD_DESIRED, STANDARD_MINIMUM};
    uint16_t(*codes)[TOY_ITEMS] = oracle->turned[row];
    if (of == BLOCK_GAP) {
        *x = (int64_t)codes[STANDARD_PERCEPTION][item] - codes[STANDARD_EXPECTATION][item];
        return codes[STANDARD_PERCEPTION][item] > 0 && codes[STANDARD_EXPECTATION][item] > 0;
    }
    *x = (int64_t)codes[standards[of]][item] - 1;
    return codes[standards[of]][item] > 0;
}

static bool block_asks(const struct oracle *oracle, enum block_of of, uint32_t item)
{
    static const enum standard standards[] = {STANDARD_EXPECTATION, STANDARD_PERCEPTION, STANDARD_DESIRED, STANDARD_MINIMUM};
    return of == BLOCK_GAP ? oracle_pairable(oracle, item) : study_asks(&oracle->toy->study, standards[of], item);
}

static void put_block_sums(struct oracle *oracle, enum block_of of, const uint32_t *items, uint32_t count)
{
    size_t rows = oracle->toy->row_count + (size_t)1;
    int64_t *x = calloc(rows * TOY_ITEMS, sizeof *x);
    for (uint32_t row = 0; row < oracle->toy->row_count; row++) {
        oracle->has[row] = oracle_counts(oracle, row);
        for (uint32_t i = 0; i < count; i++) {
            bool there = block_value(oracle, of, row, items[i], &x[i * rows + row]);
            oracle->has[row] = oracle->has[row] && there;
        }
    }
    fprintf(oracle->out, " respondents %" PRIu64, oracle_respondents(oracle));
    oracle_put_sum(oracle);
    int64_t *before = oracle->x;
    for (uint32_t i = 0; i < count; i++) {
        oracle->x = x + i * rows;
        fputs("  sum", oracle->out);
        oracle_put_moment(oracle, 1, 1);
        fputs(" products", oracle->out);
        for (uint32_t j = 0; j < count; j++) {
            oracle_put_product(oracle, x + i * rows, x + j * rows);
        }
        fputc('\n', oracle->out);
    }
    oracle->x = before;
    free(x);
}

static void put_block(struct oracle *oracle, enum block_of of, uint32_t dimension)
{
    uint32_t items[TOY_ITEMS];
    uint32_t count = 0;
    bool mixed = false;
    for (uint32_t i = 0; i < oracle->toy->study.item_count; i++) {
        if (block_asks(oracle, of, i) && (dimension == UINT32_MAX || oracle->toy->items[i].dimension == dimension)) {
            items[count++] = i;
            mixed = mixed || !oracle_same_scale(oracle, items[0], i);
        }
    }
    enum reason blank = count == 0 ? REASON_NOT_ASKED : mixed ? REASON_MIXED_SCALES : REASON_NONE;
    fprintf(oracle->out, " block %u of %" PRId64 " %s items", (unsigned)of, dimension == UINT32_MAX ? -1 : (int64_t)dimension,
            reason_name(blank));
    for (uint32_t i = 0; i < count; i++) {
        fprintf(oracle->out, " %u", items[i]);
    }
    if (blank != REASON_NONE) {
        fputc('\n', oracle->out);
        return;
    }
    put_block_sums(oracle, of, items, count);
}

static void put_blocks(struct oracle *oracle)
{
    for (unsigned of = 0; of < BLOCK_OF_COUNT; of++) {
        bool asked = false;
        for (uint32_t i = 0; i < oracle->toy->study.item_count; i++) {
            asked = asked || block_asks(oracle, (enum block_of)of, i);
        }
        for (uint32_t d = 0; asked && d <= oracle->toy->study.dimension_count; d++) {
            put_block(oracle, (enum block_of)of, d == oracle->toy->study.dimension_count ? UINT32_MAX : d);
        }
    }
}

static void put_contrast(struct oracle *oracle, uint32_t first, uint32_t second)
{
    bool mixed = !oracle_same_scale(oracle, first, second);
    fprintf(oracle->out, " contrast %u %u %s", first, second, reason_name(mixed ? REASON_MIXED_SCALES : REASON_NONE));
    if (mixed) {
        fputc('\n', oracle->out);
        return;
    }
    for (uint32_t row = 0; row < oracle->toy->row_count; row++) {
        int64_t a, b;
        bool has_a = block_value(oracle, BLOCK_GAP, row, first, &a);
        bool has_b = block_value(oracle, BLOCK_GAP, row, second, &b);
        oracle->has[row] = has_a && has_b && oracle_counts(oracle, row);
        oracle->x[row] = a - b;
    }
    fprintf(oracle->out, " respondents %" PRIu64, oracle_respondents(oracle));
    oracle_put_moment(oracle, 1, 1);
    oracle_put_moment(oracle, 1, 2);
    oracle_put_moment(oracle, 2, 1);
    oracle_put_moment(oracle, 2, 2);
    oracle_put_sum(oracle);
    oracle_put_clusters(oracle);
}

static void put_contrasts(struct oracle *oracle)
{
    for (uint32_t first = 0; first < oracle->toy->study.item_count; first++) {
        for (uint32_t second = first + 1; second < oracle->toy->study.item_count; second++) {
            if (oracle_pairable(oracle, first) && oracle_pairable(oracle, second)) {
                put_contrast(oracle, first, second);
            }
        }
    }
}

static void put_group(struct oracle *oracle, const char *heading)
{
    uint64_t encounters = 0;
    for (uint32_t row = 0; row < oracle->toy->row_count; row++) {
        encounters += oracle->in_group[row];
    }
    fprintf(oracle->out, "group%s encounters %" PRIu64 " respondents %" PRIu64 " clusters %" PRIu64 "\n", heading, encounters,
            oracle_distinct(oracle, oracle->in_group, false),
            oracle->clustered ? oracle_distinct(oracle, oracle->in_group, true) : 0);
    put_joints(oracle);
    oracle_put_scores(oracle);
    put_blocks(oracle);
    put_contrasts(oracle);
    oracle_put_importance(oracle);
}

/* Marks the rows of one combination of segment values; gives how many.
 * takes   places  position in shown_order of each of the by-set's segments */
static uint32_t select_group(struct oracle *oracle, const struct by_set *by, const unsigned *places, char *heading, size_t size)
{
    uint32_t count = 0;
    size_t used = 0;
    heading[0] = 0;
    for (uint32_t row = 0; row < oracle->toy->row_count; row++) {
        oracle->in_group[row] = true;
        for (uint32_t s = 0; s < by->segment_count; s++) {
            uint32_t segment = by->segments[s];
            bool same = oracle->toy->rows[row].segment[segment] == shown_order[segment][places[s]];
            oracle->in_group[row] = oracle->in_group[row] && same;
        }
        count += oracle->in_group[row];
    }
    for (uint32_t s = 0; s < by->segment_count; s++) {
        int value = shown_order[by->segments[s]][places[s]];
        used += (size_t)snprintf(heading + used, size - used, " [%s]",
                                 value < 0 ? "no answer" : toy_segment_texts[by->segments[s]][value]);
    }
    return count;
}

/* Two rounds: the groups are counted before they are written. */
static void put_set(struct oracle *oracle, uint32_t index)
{
    const struct by_set *by = &oracle->plan->sets[index];
    char heading[128];
    uint32_t combinations = by->segment_count == 0 ? 1 : by->segment_count == 1 ? 5 : 25;
    for (unsigned round = 0; round < 2; round++) {
        uint32_t groups = 0;
        for (uint32_t i = 0; i < combinations; i++) {
            unsigned places[2] = {by->segment_count == 2 ? i / 5 : i % 5, i % 5};
            uint32_t rows = select_group(oracle, by, places, heading, sizeof heading);
            bool there = rows > 0 || by->segment_count == 0;
            groups += there;
            if (there && round == 1) {
                put_group(oracle, heading);
            }
        }
        if (round == 0) {
            fprintf(oracle->out, "set %u groups %u\n", index, groups);
        }
    }
}

/* The same code for all of at least three answers. */
static bool straight(const struct toy_row *row, unsigned standard, uint32_t items)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < items; i++) {
        for (uint32_t j = 0; j < i; j++) {
            uint16_t a = row->codes[standard][i];
            uint16_t b = row->codes[standard][j];
            if (a > 0 && b > 0 && a != b) {
                return false;
            }
        }
        count += row->codes[standard][i] > 0;
    }
    return count >= 3;
}

static void count_row(const struct oracle *oracle, const struct toy_row *row, struct pairing *pairing)
{
    uint32_t items = oracle->toy->study.item_count;
    uint64_t e = 0, p = 0, both = 0;
    for (uint32_t i = 0; i < items; i++) {
        e += row->codes[STANDARD_EXPECTATION][i] > 0;
        p += row->codes[STANDARD_PERCEPTION][i] > 0;
        both += row->codes[STANDARD_EXPECTATION][i] > 0 && row->codes[STANDARD_PERCEPTION][i] > 0;
        for (unsigned s = 0; s < STANDARD_COUNT; s++) {
            bool asked = study_asks(&oracle->toy->study, (enum standard)s, i);
            pairing->asked[s] += asked;
            pairing->missing[s][row->missing[s][i]] += asked && row->codes[s][i] == 0;
        }
    }
    pairing->both += both > 0;
    pairing->pairs += both;
    pairing->expectation_only += e > 0 && p == 0;
    pairing->perception_only += p > 0 && e == 0;
    bool straight_e = straight(row, STANDARD_EXPECTATION, items);
    bool straight_p = straight(row, STANDARD_PERCEPTION, items);
    pairing->straight_expectation += straight_e;
    pairing->straight_perception += straight_p;
    pairing->straight_both += straight_e && straight_p;
}

static void put_pairing(const struct oracle *oracle, uint64_t respondents)
{
    struct pairing pairing = {.encounters = oracle->toy->row_count};
    for (uint32_t row = 0; row < oracle->toy->row_count; row++) {
        count_row(oracle, &oracle->toy->rows[row], &pairing);
    }
    fprintf(oracle->out, "pairing %" PRIu64 " %" PRIu64 " both %" PRIu64 " only %" PRIu64 " %" PRIu64 " pairs %" PRIu64,
            pairing.encounters, respondents, pairing.both, pairing.expectation_only, pairing.perception_only, pairing.pairs);
    fprintf(oracle->out, " straight %" PRIu64 " %" PRIu64 " %" PRIu64 "\n", pairing.straight_expectation,
            pairing.straight_perception, pairing.straight_both);
    for (unsigned s = 0; s < STANDARD_COUNT; s++) {
        fprintf(oracle->out, " %s asked %" PRIu64 " missing %" PRIu64 " %" PRIu64 " %" PRIu64 "\n",
                standard_name((enum standard)s), pairing.asked[s], pairing.missing[s][0], pairing.missing[s][1],
                pairing.missing[s][2]);
    }
}

/* The clusters and the strata of the whole design. */
static void put_design(struct oracle *oracle)
{
    bool stratified = oracle->toy->wish.stratified;
    uint32_t strata[TOY_STRATA];
    fprintf(oracle->out, "repeats %d clustered %d clusters %" PRIu64 " stratified %d", oracle->repeats, oracle->clustered,
            oracle->clustered ? oracle_distinct(oracle, oracle->in_group, true) : 0, stratified);
    for (uint32_t i = 0; stratified && i < oracle_strata(oracle, strata); i++) {
        for (uint32_t row = 0; row < oracle->toy->row_count; row++) {
            oracle->has[row] = oracle->toy->rows[row].stratum == strata[i];
        }
        fprintf(oracle->out, " [%s] %" PRIu64, toy_stratum_names[strata[i]], oracle_distinct(oracle, oracle->has, true));
    }
    fputc('\n', oracle->out);
}

char *pairs_oracle(const struct toy_study *toy, const struct plan *plan)
{
    char *text = NULL;
    size_t length = 0;
    size_t rows = toy->row_count + (size_t)1;
    struct oracle oracle = {.toy = toy, .plan = plan, .out = open_memstream(&text, &length)};
    oracle.turned = calloc(rows, sizeof *oracle.turned);
    oracle.usable = calloc(rows, sizeof *oracle.usable);
    oracle.in_group = calloc(rows, sizeof *oracle.in_group);
    oracle.has = calloc(rows, sizeof *oracle.has);
    oracle.x = calloc(rows, sizeof *oracle.x);
    turn_rows(&oracle);
    memset(oracle.in_group, 1, rows);
    uint64_t respondents = oracle_distinct(&oracle, oracle.in_group, false);
    oracle.repeats = respondents < toy->row_count;
    oracle.clustered = toy->wish.clustered || oracle.repeats;
    put_design(&oracle);
    put_pairing(&oracle, respondents);
    for (uint32_t set = 0; set < plan->set_count; set++) {
        put_set(&oracle, set);
    }
    fclose(oracle.out);
    free(oracle.turned);
    free(oracle.usable);
    free(oracle.in_group);
    free(oracle.has);
    free(oracle.x);
    return text;
}
