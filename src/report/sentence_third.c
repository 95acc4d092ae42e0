/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/sentences.h"

#include <math.h>
#include <string.h>

#include "model/measure.h"
#include "report/telling.h"
#include "report/trust.h"
#include "report/wording.h"

#define SMALL_N         30u
#define FEW_CLUSTERS    10u
#define ATTRITION_SHARE 0.20
#define CEILING_SHARE   0.30
#define STRAIGHT_SHARE  0.20
#define NOISY           0.70
#define TITLES_MOST     3u

/* The reasons as they are gathered, in the order of their weight. */
struct gathering {
    struct ctx *ctx;
    const struct document_head *head;
    const struct report_tables *tables;
    const struct headline *headline;
    struct cautions *cautions;
};

static enum status caution_add(const struct gathering *gathering, const char *key, const struct phrase_word *words)
{
    struct cautions *cautions = gathering->cautions;
    if (cautions->count == sizeof cautions->texts / sizeof *cautions->texts)
        return STATUS_OK;
    return say(gathering->ctx, gathering->head, key, words, &cautions->texts[cautions->count++]);
}

static enum status percent(const struct gathering *gathering, double share, const char **out)
{
    return say_number(gathering->ctx, share * 100, 0, out);
}

static enum status design_cautions(const struct gathering *gathering)
{
    const struct study *study = gathering->head->study;
    enum status status = study->simulated ? caution_add(gathering, "caution.simulated", NULL) : STATUS_OK;
    if (status || !study_asks_any(study, STANDARD_EXPECTATION))
        return status;
    if (study->asked == ASKED_SAME_SITTING)
        return caution_add(gathering, "caution.same_sitting", NULL);
    if (study->asked == ASKED_RECALLED)
        return caution_add(gathering, "caution.recalled", NULL);
    return STATUS_OK;
}

/* The gap that a study of this size would find on every item; 0 when it cannot be told, or a scale is too short for it. */
static double detectable_gap(const struct document_head *head, const struct headline *headline)
{
    double largest = 0;
    for (uint32_t r = 0; r < headline->gaps->row_count; r++) {
        const struct row *row = &headline->gaps->rows[r];
        double detectable = row_number(headline->gaps, row, "detectable", 0);
        if (detectable >= largest_gap(head, headline->gaps, row))
            return 0;
        largest = fmax(largest, detectable);
    }
    return largest;
}

/* The largest n of a row: of the gaps, or of what stands in their place where no expectation was asked. */
static uint64_t largest_base(const struct gathering *gathering)
{
    static const char *const others[] = {"zone", "perception"};
    uint64_t most = gathering->headline->most_pairs;
    for (size_t i = 0; i < sizeof others / sizeof *others && !study_asks_any(gathering->head->study, STANDARD_EXPECTATION); i++) {
        const struct released_table *released = report_table(gathering->tables, others[i]);
        const struct table *table = released ? released_table_view(released) : NULL;
        for (uint32_t r = 0; table && r < table->row_count; r++) {
            uint64_t n = row_count_of(table, &table->rows[r], "n");
            most = n > most ? n : most;
        }
    }
    return most;
}

static enum status size_cautions(const struct gathering *gathering)
{
    const struct headline *headline = gathering->headline;
    const struct document_head *head = gathering->head;
    const char *n = NULL, *detectable = NULL, *clusters = NULL;
    enum status status = STATUS_OK;
    uint64_t most = largest_base(gathering);
    if (most && most < SMALL_N) {
        double least = headline->gaps ? detectable_gap(head, headline) : 0;
        status = say_count(gathering->ctx, most, &n);
        if (!status)
            status = say_number(gathering->ctx, least, 1, &detectable);
        const struct phrase_word words[] = {{"n", n}, {"detectable", detectable}, {NULL, NULL}};
        if (!status)
            status = caution_add(gathering, least > 0 ? "caution.small" : "caution.small.no_limit", words);
    }
    uint64_t within = head->strata > 1 ? head->strata - 1 : 0; /* what the means of the strata take */
    if (status || !head->clusters || head->clusters >= FEW_CLUSTERS + within)
        return status;
    const char *strata = NULL;
    status = say_count(gathering->ctx, head->clusters, &clusters);
    if (!status)
        status = say_count(gathering->ctx, head->strata, &strata);
    const struct phrase_word words[] = {{"clusters", clusters}, {"strata", strata}, {NULL, NULL}};
    if (!status && within)
        return caution_add(gathering, "caution.few_clusters.strata", words);
    return status ? status
                  : caution_add(gathering, head->clusters == 1 ? "caution.few_clusters.one" : "caution.few_clusters", words);
}

static enum status attrition_caution(const struct gathering *gathering)
{
    const struct pairing *pairing = &gathering->head->pairing;
    uint64_t begun = pairing->both + pairing->expectation_only;
    double share = begun ? (double)pairing->expectation_only / (double)begun : 0;
    const char *text = NULL;
    if (share <= ATTRITION_SHARE || !pairing->both)
        return STATUS_OK;
    enum status status = percent(gathering, share, &text);
    const struct phrase_word words[] = {{"share", text}, {NULL, NULL}};
    bool before = gathering->head->study->asked == ASKED_BEFORE;
    return status ? status : caution_add(gathering, before ? "caution.attrition" : "caution.attrition.once", words);
}

/* "The gap score explains satisfaction worse than expectation and experience taken separately; do not use it as one score." */
static enum status validity_caution(const struct gathering *gathering)
{
    const struct row *row = validity_overall(gathering->tables);
    const struct table *table = table_told(gathering->tables, "gap_validity");
    if (!row || !row_is(table, row, "verdict", "inadequate"))
        return STATUS_OK;
    const struct phrase_word words[] = {{"outcome", told_outcome(gathering->head, table, row)}, {NULL, NULL}};
    return caution_add(gathering, "caution.validity", words);
}

/* All noisy dimensions in one caution, with the least reliability. */
static enum status noisy_caution(const struct gathering *gathering)
{
    const struct released_table *released = report_table(gathering->tables, "dimension_gap");
    const struct table *table = released ? released_table_view(released) : NULL;
    double least = NOISY;
    uint32_t count = 0;
    if (!table)
        return STATUS_OK;
    const char **titles = arena_array(gathering->ctx->arena, table->row_count + 1u, sizeof *titles);
    if (!titles)
        return ctx_no_memory(gathering->ctx);
    for (uint32_t r = 0; r < table->row_count; r++) {
        double reliability = row_number(table, &table->rows[r], "gap_reliability", 1);
        if (reliability >= NOISY)
            continue;
        least = fmin(least, reliability);
        titles[count++] = told_dimension(gathering->head, table_value(table, &table->rows[r], "dimension")->text);
    }
    if (!count)
        return STATUS_OK;
    const char *text = NULL, *list = NULL;
    enum status status = say_number(gathering->ctx, least, 2, &text);
    if (!status)
        status = say_list(gathering->ctx, gathering->head, titles, count, TITLES_MOST, &list);
    const struct phrase_word words[] = {{"dimensions", list}, {"reliability", text}, {NULL, NULL}};
    return status ? status : caution_add(gathering, count == 1 ? "caution.noisy.one" : "caution.noisy", words);
}

/* Only the item with the highest ceiling is named. */
static enum status ceiling_caution(const struct gathering *gathering)
{
    const struct table *gaps = gathering->headline->gaps;
    const struct row *highest = NULL;
    for (uint32_t r = 0; gaps && r < gaps->row_count; r++) {
        const struct row *row = &gaps->rows[r];
        double share = row_number(gaps, row, "ceiling_share", 0);
        if (share > CEILING_SHARE && (!highest || share > row_number(gaps, highest, "ceiling_share", 0)))
            highest = row;
    }
    if (!highest)
        return STATUS_OK;
    const char *share = NULL;
    enum status status = percent(gathering, row_number(gaps, highest, "ceiling_share", 0), &share);
    const struct phrase_word words[] = {{"share", share}, {"item", row_item_name(gathering->head, gaps, highest)}, {NULL, NULL}};
    return status ? status : caution_add(gathering, "caution.ceiling", words);
}

/* One side of straight-lining, as a share of those who answered that side at all. */
static enum status straight_caution(const struct gathering *gathering, uint64_t straight, uint64_t other_side_only,
                                    const char *key)
{
    const struct pairing *pairing = &gathering->head->pairing;
    uint64_t answered = pairing->encounters - other_side_only;
    double share = answered ? (double)straight / (double)answered : 0;
    const char *text = NULL;
    if (share <= STRAIGHT_SHARE)
        return STATUS_OK;
    enum status status = percent(gathering, share, &text);
    const struct phrase_word words[] = {{"share", text}, {NULL, NULL}};
    return status ? status : caution_add(gathering, key, words);
}

/* Does this item's verdict rest on straight-liners? The worst item is told of before one that was short or above, and that before
 * any other.
 * gives   0 when it does not */
static unsigned moved_weight(const struct headline *headline, const struct table *table, const struct row *row)
{
    const struct value *item = table_value(table, row, "item");
    if (item->kind != VALUE_TEXT || !row_is(table, row, "moved", "yes"))
        return 0;
    if (headline->worst && row_is(headline->gaps, headline->worst, "item", item->text))
        return 3;
    return row_is(table, row, "verdict", "short") || row_is(table, row, "verdict", "above") ? 2 : 1;
}

/* A verdict in words. */
static enum status verdict_say(const struct gathering *gathering, const struct table *table, const struct row *row,
                               const char *column, const char **out)
{
    const char *key = arena_format(gathering->ctx->arena, "verdict.%s", table_value(table, row, column)->text);
    return key ? say(gathering->ctx, gathering->head, key, NULL, out) : ctx_no_memory(gathering->ctx);
}

/* Both figures of an item that moves to another set when straight-liners are left out. */
static enum status moved_say(const struct gathering *gathering, const struct table *table, const struct row *row, uint32_t count)
{
    struct ctx *ctx = gathering->ctx;
    const char *before = NULL, *after = NULL, *gap = NULL, *without = NULL, *n = NULL, *n_without = NULL, *moved = NULL;
    enum status status = verdict_say(gathering, table, row, "verdict", &before);
    if (!status)
        status = verdict_say(gathering, table, row, "verdict_without", &after);
    if (!status)
        status = say_signed(ctx, row_number(table, row, "gap", 0), &gap);
    if (!status)
        status = say_signed(ctx, row_number(table, row, "gap_without", 0), &without);
    if (!status)
        status = say_count(ctx, row_count_of(table, row, "n"), &n);
    if (!status)
        status = say_count(ctx, row_count_of(table, row, "n_without"), &n_without);
    if (!status)
        status = say_count(ctx, count, &moved);
    const struct phrase_word words[] = {{"item", row_item_name(gathering->head, table, row)},
                                        {"before", before},
                                        {"after", after},
                                        {"gap", gap},
                                        {"gap_without", without},
                                        {"n", n},
                                        {"n_without", n_without},
                                        {"count", moved},
                                        {NULL, NULL}};
    return status ? status : caution_add(gathering, count == 1 ? "caution.straight.moved.one" : "caution.straight.moved", words);
}

/* "leaving them out moves a headline item to another set: both figures" */
static enum status moved_caution(const struct gathering *gathering)
{
    const struct table *table = table_told(gathering->tables, "straight_lining");
    const struct row *heaviest = NULL;
    unsigned most = 0;
    uint32_t count = 0;
    for (uint32_t r = 0; table && r < table->row_count; r++) {
        unsigned weight = moved_weight(gathering->headline, table, &table->rows[r]);
        count += weight > 0;
        if (weight > most) {
            most = weight;
            heaviest = &table->rows[r];
        }
    }
    return heaviest ? moved_say(gathering, table, heaviest, count) : STATUS_OK;
}

static enum status straight_cautions(const struct gathering *gathering)
{
    const struct pairing *pairing = &gathering->head->pairing;
    enum status status = moved_caution(gathering);
    if (!status)
        status =
            straight_caution(gathering, pairing->straight_expectation, pairing->perception_only, "caution.straight.expectation");
    return status ? status
                  : straight_caution(gathering, pairing->straight_perception, pairing->expectation_only,
                                     "caution.straight.perception");
}

static bool by_seen_before(const struct report_tables *tables, uint32_t t)
{
    const struct table *table = released_table_view(tables->tables[t]);
    for (uint32_t i = 0; i < t; i++) {
        const struct table *other = released_table_view(tables->tables[i]);
        if (same_by(other, table))
            return true;
    }
    return false;
}

/* "3 of 9 branches hidden (small groups)", never named. */
static enum status hidden_cautions(const struct gathering *gathering)
{
    enum status status = STATUS_OK;
    for (uint32_t t = 0; t < gathering->tables->count && !status; t++) {
        const struct released_table *released = gathering->tables->tables[t];
        const struct table *table = released_table_view(released);
        uint32_t hidden = released_table_hidden_groups(released);
        if (!table->by_count || !hidden || by_seen_before(gathering->tables, t))
            continue;
        const char *hidden_text = NULL, *groups = NULL, *by = NULL;
        status = say_count(gathering->ctx, hidden, &hidden_text);
        if (!status)
            status = say_count(gathering->ctx, released_table_groups(released), &groups);
        if (!status)
            status = say_by(gathering->ctx, table, &by);
        const struct phrase_word words[] = {{"hidden", hidden_text}, {"groups", groups}, {"segment", by}, {NULL, NULL}};
        if (!status)
            status = caution_add(gathering, hidden == 1 ? "caution.hidden.one" : "caution.hidden", words);
    }
    return status;
}

enum status cautions_find(struct ctx *ctx, const struct document_head *head, const struct report_tables *tables,
                          const struct headline *headline, struct cautions *out)
{
    *out = (struct cautions){.count = 0};
    const struct gathering gathering = {ctx, head, tables, headline, out};
    enum status status = design_cautions(&gathering);
    if (!status)
        status = size_cautions(&gathering);
    if (!status)
        status = attrition_caution(&gathering);
    if (!status)
        status = validity_caution(&gathering);
    if (!status)
        status = noisy_caution(&gathering);
    if (!status)
        status = ceiling_caution(&gathering);
    if (!status)
        status = straight_cautions(&gathering);
    return status ? status : hidden_cautions(&gathering);
}

enum status sentence_third(struct ctx *ctx, const struct document_head *head, const struct cautions *cautions, const char **out)
{
    if (!cautions->count)
        return say(ctx, head, "third.none", NULL, out);
    const char *more = "", *count = NULL;
    enum status status = STATUS_OK;
    if (cautions->count > 2) {
        status = say_count(ctx, cautions->count - 2, &count);
        const struct phrase_word words[] = {{"count", count}, {NULL, NULL}};
        if (!status)
            status = say(ctx, head, "third.more", words, &more);
    }
    if (status)
        return status;
    bool two = cautions->count > 1;
    *out = arena_format(ctx->arena, "%s%s%s%s", cautions->texts[0], two ? " " : "", two ? cautions->texts[1] : "", more);
    return *out ? STATUS_OK : ctx_no_memory(ctx);
}
