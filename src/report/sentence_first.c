/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/sentences.h"

#include <string.h>

#include "report/wording.h"

#define FEW_PAIRS  10u
#define NAMES_MOST 3u

/* What the cases of the first sentence speak about. */
struct first {
    struct ctx *ctx;
    const struct document_head *head;
    const struct report_tables *tables;
    const struct headline *headline;
    const char **out;
};

static enum status only_perceptions(const struct first *first)
{
    const struct released_table *released = report_table(first->tables, "perception");
    const struct table *table = released ? released_table_view(released) : NULL;
    const struct row *lowest = NULL;
    for (uint32_t r = 0; table && r < table->row_count; r++) {
        const struct row *row = &table->rows[r];
        if (table_value(table, row, "mean_perception")->kind != VALUE_NUMBER)
            continue;
        if (!lowest || row_number(table, row, "mean_perception", 0) < row_number(table, lowest, "mean_perception", 0))
            lowest = row;
    }
    if (!lowest)
        return say(first->ctx, first->head, "first.no_perceptions", NULL, first->out);
    const char *mean = NULL, *interval = NULL, *n = NULL;
    char top[32];
    decimal_format(row_scale(first->head, table, lowest)->max, top, sizeof top);
    enum status status = say_number(first->ctx, row_number(table, lowest, "mean_perception", 0), 1, &mean);
    if (!status)
        status = say_interval(first->ctx, table, lowest, "ci_low", &interval);
    if (!status)
        status = say_count(first->ctx, row_count_of(table, lowest, "n"), &n);
    const struct phrase_word words[] = {{"item", row_item_name(first->head, table, lowest)},
                                        {"mean", mean},
                                        {"top", top},
                                        {"interval", interval},
                                        {"n", n},
                                        {NULL, NULL}};
    return status ? status : say(first->ctx, first->head, "first.perceptions_only", words, first->out);
}

static enum status few_pairs(const struct first *first)
{
    const char *n = NULL;
    uint64_t most = first->headline->most_pairs;
    enum status status = say_count(first->ctx, most, &n);
    const struct phrase_word words[] = {{"n", n}, {NULL, NULL}};
    return status ? status
                  : say(first->ctx, first->head, most == 1 ? "first.few_pairs.one" : "first.few_pairs", words, first->out);
}

static enum status suppressed(const struct first *first)
{
    const char *floor = NULL;
    enum status status = say_count(first->ctx, first->head->floor, &floor);
    const struct phrase_word words[] = {{"floor", floor}, {NULL, NULL}};
    return status ? status : say(first->ctx, first->head, "first.suppressed", words, first->out);
}

/* "X falls short most: −0.44 on the 1–5 scale [−0.71, −0.17]; 44 of 100 customers got less than expected." */
static enum status worst_alone(const struct first *first, const char **out)
{
    const struct headline *headline = first->headline;
    const struct table *gaps = headline->gaps;
    const struct row *row = headline->worst;
    const char *gap = NULL, *scale = NULL, *interval = NULL, *less = NULL, *n = NULL, *people = NULL;
    enum status status = say_signed(first->ctx, row_number(gaps, row, "gap", 0), &gap);
    if (!status)
        status = say_scale(first->ctx, row_scale(first->head, gaps, row), &scale);
    if (!status)
        status = say_interval(first->ctx, gaps, row, "ci_simultaneous_low", &interval);
    if (!status)
        status = say_count(first->ctx, row_count_of(gaps, row, "n_negative"), &less);
    if (!status)
        status = say_count(first->ctx, row_count_of(gaps, row, "n"), &n);
    if (!status)
        status = say_people(first->ctx, first->head, &people);
    const struct phrase_word words[] = {{"item", row_item_name(first->head, gaps, row)},
                                        {"gap", gap},
                                        {"scale", scale},
                                        {"interval", interval},
                                        {"less", less},
                                        {"n", n},
                                        {"people", people},
                                        {NULL, NULL}};
    return status ? status : say(first->ctx, first->head, "first.short_one", words, out);
}

/* "Shortfall is clear on 6 of 22 items; X has the largest (−0.44), not distinguishable from Y and Z." */
static enum status worst_among_others(const struct first *first, const char **out)
{
    const struct headline *headline = first->headline;
    const char *gap = NULL, *counted = NULL, *items = NULL, *others = NULL;
    enum status status = say_signed(first->ctx, row_number(headline->gaps, headline->worst, "gap", 0), &gap);
    if (!status)
        status = say_count(first->ctx, headline->short_count, &counted);
    if (!status)
        status = say_count(first->ctx, headline->items, &items);
    if (!status)
        status = say_list(first->ctx, first->head, headline->tied, headline->tied_count, NAMES_MOST, &others);
    const struct phrase_word words[] = {{"item", row_item_name(first->head, headline->gaps, headline->worst)},
                                        {"gap", gap},
                                        {"short", counted},
                                        {"items", items},
                                        {"others", others},
                                        {NULL, NULL}};
    const char *key = headline->tied_count ? "first.short_many" : "first.short_alone";
    return status ? status : say(first->ctx, first->head, key, words, out);
}

/* "…, but small: inside ±0.33" for a clear difference that lies within the tolerance. */
static enum status but_small(const struct first *first, const struct row *row, const char *sentence)
{
    const struct table *gaps = first->headline->gaps;
    *first->out = sentence;
    if (!row_is(gaps, row, "small", "yes"))
        return STATUS_OK;
    const char *delta = NULL, *small = NULL;
    enum status status = say_delta(first->ctx, row_scale(first->head, gaps, row), &delta);
    const struct phrase_word words[] = {{"delta", delta}, {NULL, NULL}};
    if (!status)
        status = say(first->ctx, first->head, "but_small", words, &small);
    if (status)
        return status;
    size_t length = strlen(sentence);
    const char *joined = arena_format(first->ctx->arena, "%.*s%s.",
                                      (int)(length && sentence[length - 1] == '.' ? length - 1 : length), sentence, small);
    if (!joined)
        return ctx_no_memory(first->ctx);
    *first->out = joined;
    return STATUS_OK;
}

static enum status shortfall(const struct first *first)
{
    const struct headline *headline = first->headline;
    const char *sentence = NULL;
    bool alone = headline->worst_is_short && headline->tied_count == 0;
    enum status status = alone ? worst_alone(first, &sentence) : worst_among_others(first, &sentence);
    if (!status)
        status = but_small(first, headline->worst, sentence);
    if (status || headline->short_count < headline->items || headline->items < 2)
        return status;
    const char *items = NULL;
    status = say_count(first->ctx, headline->items, &items);
    const struct phrase_word words[] = {{"items", items}, {"rest", *first->out}, {NULL, NULL}};
    return status ? status : say(first->ctx, first->head, "first.all_short", words, first->out);
}

static enum status excess(const struct first *first)
{
    const struct headline *headline = first->headline;
    const char *gap = NULL, *interval = NULL, *sentence = NULL;
    enum status status = say_signed(first->ctx, row_number(headline->gaps, headline->best, "gap", 0), &gap);
    if (!status)
        status = say_interval(first->ctx, headline->gaps, headline->best, "ci_simultaneous_low", &interval);
    const struct phrase_word words[] = {
        {"item", row_item_name(first->head, headline->gaps, headline->best)}, {"gap", gap}, {"interval", interval}, {NULL, NULL}};
    if (!status)
        status = say(first->ctx, first->head, "first.above", words, &sentence);
    return status ? status : but_small(first, headline->best, sentence);
}

static enum status expectations_met(const struct first *first)
{
    const struct headline *headline = first->headline;
    const char *met = NULL, *items = NULL, *undecided = NULL, *delta = NULL;
    enum status status = say_count(first->ctx, headline->met_count, &met);
    if (!status)
        status = say_count(first->ctx, headline->items, &items);
    if (!status)
        status = say_count(first->ctx, headline->undecided_count, &undecided);
    if (!status)
        status = say_delta(first->ctx, row_scale(first->head, headline->gaps, &headline->gaps->rows[0]), &delta);
    const struct phrase_word words[] = {{"met", met}, {"items", items}, {"undecided", undecided}, {"delta", delta}, {NULL, NULL}};
    const char *key = headline->undecided_count ? "first.met" : "first.met.all";
    return status ? status : say(first->ctx, first->head, key, words, first->out);
}

static enum status all_undecided(const struct first *first)
{
    const char *limit = NULL;
    enum status status = say_number(first->ctx, first->headline->largest_limit, 2, &limit);
    const struct phrase_word words[] = {{"limit", limit}, {NULL, NULL}};
    return status ? status : say(first->ctx, first->head, "first.undecided", words, first->out);
}

static enum status constant_gap(const struct first *first)
{
    const struct row *row = first->headline->constant;
    if (!row)
        row = &first->headline->gaps->rows[0];
    const struct phrase_word words[] = {{"item", row_item_name(first->head, first->headline->gaps, row)}, {NULL, NULL}};
    return say(first->ctx, first->head, "first.constant", words, first->out);
}

/* The cases in which there are gaps to speak of. */
static enum status gap_sentence(const struct first *first)
{
    const struct headline *headline = first->headline;
    if (headline->short_count)
        return shortfall(first);
    if (headline->above_count)
        return excess(first);
    if (headline->met_count)
        return expectations_met(first);
    if (headline->largest_limit > 0)
        return all_undecided(first);
    return constant_gap(first);
}

enum status sentence_first(struct ctx *ctx, const struct document_head *head, const struct report_tables *tables,
                           const struct headline *headline, const char **out)
{
    const struct first first = {ctx, head, tables, headline, out};
    const struct study *study = head->study;
    const char *zone = NULL;
    if (!study_asks_any(study, STANDARD_PERCEPTION) || head->pairing.asked[STANDARD_PERCEPTION] == 0)
        return say(ctx, head, "first.no_perceptions", NULL, out);
    enum status status = zone_sentence(ctx, head, tables, &zone);
    if (status)
        return status;
    if (!study_asks_any(study, STANDARD_EXPECTATION)) {
        *out = zone;
        return zone ? STATUS_OK : only_perceptions(&first);
    }
    if (head->pairing.pairs == 0)
        return say(ctx, head, head->pairing.expectation_only ? "first.unpaired" : "first.no_perceptions", NULL, out);
    if (!headline->items)
        return suppressed(&first);
    if (headline->most_pairs < FEW_PAIRS)
        return few_pairs(&first);
    return gap_sentence(&first);
}
