/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/sentences.h"

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

/* The row with the lowest mean of the perception table; NULL when there is none. */
static const struct row *lowest_perception(const struct table *table)
{
    const struct row *lowest = NULL;
    for (uint32_t r = 0; table && r < table->row_count; r++) {
        const struct row *row = &table->rows[r];
        if (table_value(table, row, "mean")->kind != VALUE_NUMBER)
            continue;
        if (!lowest || row_number(table, row, "mean", 0) < row_number(table, lowest, "mean", 0))
            lowest = row;
    }
    return lowest;
}

/* A level is said with one decimal, and so is its interval: "[3.7, 4.1]". */
static enum status level_interval(const struct first *first, const struct table *table, const struct row *row, const char **out)
{
    const char *low = NULL, *high = NULL;
    if (table_value(table, row, "ci_low")->kind != VALUE_NUMBER)
        return say_interval(first->ctx, first->head, table, row, "ci_low", out);
    enum status status = say_number(first->ctx, row_number(table, row, "ci_low", 0), 1, &low);
    if (!status)
        status = say_number(first->ctx, row_number(table, row, "ci_high", 0), 1, &high);
    if (status)
        return status;
    *out = arena_format(first->ctx->arena, "[%s, %s]", low, high);
    return *out ? STATUS_OK : ctx_no_memory(first->ctx);
}

static enum status only_perceptions(const struct first *first)
{
    const struct released_table *released = report_table(first->tables, "perception");
    const struct table *table = released ? released_table_view(released) : NULL;
    const struct row *lowest = lowest_perception(table);
    if (!lowest)
        return say(first->ctx, first->head, "first.no_expectations", NULL, first->out);
    const char *mean = NULL, *interval = NULL, *n = NULL;
    char top[32];
    decimal_format(row_scale(first->head, table, lowest)->max, top, sizeof top);
    enum status status = say_number(first->ctx, row_number(table, lowest, "mean", 0), 1, &mean);
    if (!status)
        status = level_interval(first, table, lowest, &interval);
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

/* How few answered; or, where more did but each left out other items, how few pairs any item has. */
static enum status few_pairs(const struct first *first)
{
    const char *n = NULL;
    uint64_t most = first->headline->most_pairs;
    enum status status = say_count(first->ctx, most, &n);
    const struct phrase_word words[] = {{"n", n}, {NULL, NULL}};
    bool before = first->head->study->asked == ASKED_BEFORE, visits = first->head->repeats;
    const char *key = before ? (visits ? "first.few_pairs.visits" : "first.few_pairs")
                             : (visits ? "first.few_pairs.visits.once" : "first.few_pairs.once");
    if (first->head->pairing.both != most)
        key = "first.few_pairs.items";
    return status ? status : say_many(first->ctx, first->head, key, most, words, first->out);
}

static enum status suppressed(const struct first *first)
{
    const char *floor = NULL;
    enum status status = say_count(first->ctx, first->head->floor, &floor);
    const struct phrase_word words[] = {{"floor", floor}, {NULL, NULL}};
    return status ? status : say(first->ctx, first->head, "first.suppressed", words, first->out);
}

enum status but_small(struct ctx *ctx, const struct document_head *head, const struct headline *headline, const struct row *row,
                      const char **out)
{
    const char *delta = NULL;
    *out = "";
    if (!row_is(headline->gaps, row, "small", "yes"))
        return STATUS_OK;
    enum status status = say_delta(ctx, head, row_scale(head, headline->gaps, row), &delta);
    const struct phrase_word words[] = {{"delta", delta}, {NULL, NULL}};
    return status ? status : say(ctx, head, "but_small", words, out);
}

/* "X falls short most: −0.44 on the 1–5 scale [−0.71, −0.17]; 44 of 100 customers got less than expected." */
static enum status worst_alone(const struct first *first, const char **out)
{
    const struct headline *headline = first->headline;
    const struct table *gaps = headline->gaps;
    const struct row *row = headline->worst;
    const char *gap = NULL, *scale = NULL, *interval = NULL, *less = NULL, *n = NULL, *small = NULL;
    enum status status = say_signed(first->ctx, row_number(gaps, row, "gap", 0), &gap);
    if (!status)
        status = say_scale(first->ctx, first->head, row_scale(first->head, gaps, row), &scale);
    if (!status)
        status = say_interval(first->ctx, first->head, gaps, row, "ci_simultaneous_low", &interval);
    bool counted = table_value(gaps, row, "n_negative")->kind == VALUE_COUNT;
    if (!status)
        status = say_count(first->ctx, row_count_of(gaps, row, "n_negative"), &less);
    if (!status)
        status = say_count(first->ctx, row_count_of(gaps, row, "n"), &n);
    if (!status)
        status = but_small(first->ctx, first->head, headline, row, &small);
    const struct phrase_word words[] = {{"item", row_item_name(first->head, gaps, row)},
                                        {"gap", gap},
                                        {"scale", scale},
                                        {"interval", interval},
                                        {"small", small},
                                        {"less", less},
                                        {"n", n},
                                        {NULL, NULL}};
    if (status || !counted)
        return status ? status : say(first->ctx, first->head, "first.short_one.uncounted", words, out);
    return say_people(first->ctx, first->head, "first.short_one", words, out);
}

/* The key and the row of "Shortfall is clear on 6 of 22 items; …": what may be said of the largest. */
static const char *among_others_key(const struct headline *headline)
{
    if (!headline->worst_is_short)
        return "first.short_other";
    if (!headline->compared)
        return "first.short_uncompared";
    if (headline->short_count == headline->items)
        return "first.all_short_many";
    return headline->tied_count ? "first.short_many" : "first.short_alone";
}

/* "Shortfall is clear on 6 of 22 items; X has the largest (−0.44), not distinguishable from Y and Z." */
static enum status worst_among_others(const struct first *first, const char **out)
{
    const struct headline *headline = first->headline;
    const struct table *gaps = headline->gaps;
    const char *gap = NULL, *worst_gap = NULL, *counted = NULL, *items = NULL, *others = NULL, *small = NULL;
    enum status status = say_signed(first->ctx, row_number(gaps, headline->shortest, "gap", 0), &gap);
    if (!status)
        status = say_signed(first->ctx, row_number(gaps, headline->worst, "gap", 0), &worst_gap);
    if (!status)
        status = say_count(first->ctx, headline->short_count, &counted);
    if (!status)
        status = say_count(first->ctx, headline->items, &items);
    if (!status)
        status = say_list(first->ctx, first->head, headline->tied, headline->tied_count, NAMES_MOST, &others);
    if (!status)
        status = but_small(first->ctx, first->head, headline, headline->shortest, &small);
    const struct phrase_word words[] = {{"item", row_item_name(first->head, gaps, headline->shortest)},
                                        {"gap", gap},
                                        {"small", small},
                                        {"worst", row_item_name(first->head, gaps, headline->worst)},
                                        {"worst_gap", worst_gap},
                                        {"short", counted},
                                        {"items", items},
                                        {"others", others},
                                        {NULL, NULL}};
    return status ? status : say(first->ctx, first->head, among_others_key(headline), words, out);
}

static enum status shortfall(const struct first *first)
{
    const struct headline *headline = first->headline;
    const char *sentence = NULL;
    bool alone = headline->worst_is_short && ((headline->compared && headline->tied_count == 0) || headline->items == 1);
    bool all = headline->short_count == headline->items && headline->items > 1;
    if (!alone || !all)
        return alone ? worst_alone(first, first->out) : worst_among_others(first, first->out);
    const char *items = NULL;
    enum status status = worst_alone(first, &sentence);
    if (!status)
        status = say_count(first->ctx, headline->items, &items);
    const struct phrase_word words[] = {{"items", items}, {"rest", sentence}, {NULL, NULL}};
    return status ? status : say(first->ctx, first->head, "first.all_short", words, first->out);
}

static enum status excess(const struct first *first)
{
    const struct headline *headline = first->headline;
    const char *gap = NULL, *interval = NULL, *small = NULL;
    enum status status = say_signed(first->ctx, row_number(headline->gaps, headline->best, "gap", 0), &gap);
    if (!status)
        status = say_interval(first->ctx, first->head, headline->gaps, headline->best, "ci_simultaneous_low", &interval);
    if (!status)
        status = but_small(first->ctx, first->head, headline, headline->best, &small);
    const struct phrase_word words[] = {{"item", row_item_name(first->head, headline->gaps, headline->best)},
                                        {"gap", gap},
                                        {"interval", interval},
                                        {"small", small},
                                        {NULL, NULL}};
    return status ? status : say(first->ctx, first->head, "first.above", words, first->out);
}

static enum status expectations_met(const struct first *first)
{
    const struct headline *headline = first->headline;
    const char *met = NULL, *items = NULL, *rest = NULL, *delta = NULL;
    enum status status = say_count(first->ctx, headline->met_count, &met);
    if (!status)
        status = say_count(first->ctx, headline->items, &items);
    if (!status)
        status = say_noun(first->ctx, first->head, "first.met.rest", headline->undecided_count, &rest);
    if (!status)
        status = say_delta(first->ctx, first->head, headline_scale(first->head, headline), &delta);
    const struct phrase_word words[] = {{"met", met}, {"items", items}, {"rest", rest}, {"delta", delta}, {NULL, NULL}};
    const char *key = headline->undecided_count ? "first.met" : "first.met.all";
    return status ? status : say_many(first->ctx, first->head, key, headline->met_count, words, first->out);
}

static enum status all_undecided(const struct first *first)
{
    const char *limit = NULL;
    enum status status = say_number(first->ctx, first->headline->largest_limit, 2, &limit);
    const struct phrase_word words[] = {{"limit", limit}, {NULL, NULL}};
    return status ? status : say(first->ctx, first->head, "first.undecided", words, first->out);
}

/* "Every customer gave the same difference on X …": one item by its gap where other items are told of too, several by name. */
static enum status constant_gaps(const struct first *first, bool alone, const char **out)
{
    const struct headline *headline = first->headline;
    const struct table *gaps = headline->gaps;
    const char **names = arena_array(first->ctx->arena, headline->constant_count, sizeof *names), *gap = NULL, *list = NULL;
    uint32_t count = 0;
    if (!names)
        return ctx_no_memory(first->ctx);
    for (uint32_t r = 0; r < gaps->row_count; r++) {
        if (row_is_constant(gaps, &gaps->rows[r]))
            names[count++] = row_item_name(first->head, gaps, &gaps->rows[r]);
    }
    enum status status = say_signed(first->ctx, row_number(gaps, headline->constant, "gap", 0), &gap);
    if (!status)
        status = say_list(first->ctx, first->head, names, count, NAMES_MOST, &list);
    const struct phrase_word words[] = {
        {"item", row_item_name(first->head, gaps, headline->constant)}, {"items", list}, {"gap", gap}, {NULL, NULL}};
    const char *of_one = alone ? "first.constant" : "first.constant.gap";
    return status ? status : say(first->ctx, first->head, count == 1 ? of_one : "first.constant.many", words, out);
}

/* The cases in which answers differ. */
static enum status tested_sentence(const struct first *first)
{
    const struct headline *headline = first->headline;
    if (headline->short_count)
        return shortfall(first);
    if (headline->above_count)
        return excess(first);
    if (headline->met_count)
        return expectations_met(first);
    return headline->worst ? all_undecided(first) : say(first->ctx, first->head, "first.untested", NULL, first->out);
}

/* What everybody gave alike is told of first: the sets hold none of it. */
static enum status gap_sentence(const struct first *first)
{
    const struct headline *headline = first->headline;
    const char *constant = NULL, *rest = NULL;
    if (!headline->items)
        return constant_gaps(first, true, first->out);
    if (!headline->constant)
        return tested_sentence(first);
    struct first tested = *first;
    tested.out = &rest;
    enum status status = tested_sentence(&tested);
    if (!status)
        status = constant_gaps(first, false, &constant);
    const struct phrase_word words[] = {{"constant", constant}, {"rest", rest}, {NULL, NULL}};
    return status ? status : say(first->ctx, first->head, "first.constant.rest", words, first->out);
}

/* Was anything answered on this standard? */
static bool answered(const struct document_head *head, enum standard standard)
{
    const uint64_t *missing = head->pairing.missing[standard];
    uint64_t none = missing[MISSING_SKIPPED] + missing[MISSING_NOT_ASKED] + missing[MISSING_DECLARED];
    return study_asks_any(head->study, standard) && head->pairing.asked[standard] > none;
}

enum status sentence_first(struct ctx *ctx, const struct document_head *head, const struct report_tables *tables,
                           const struct headline *headline, const char **out)
{
    const struct first first = {ctx, head, tables, headline, out};
    const char *zone = NULL;
    if (!answered(head, STANDARD_PERCEPTION))
        return say(ctx, head, "first.no_perceptions", NULL, out);
    enum status status = zone_sentence(ctx, head, tables, &zone);
    if (status)
        return status;
    if (!answered(head, STANDARD_EXPECTATION)) {
        *out = zone;
        return zone ? STATUS_OK : only_perceptions(&first);
    }
    if (head->pairing.pairs == 0)
        return say(ctx, head, "first.unpaired", NULL, out);
    if (!headline->items && !headline->constant)
        return suppressed(&first);
    if (headline->most_pairs < FEW_PAIRS)
        return few_pairs(&first);
    return gap_sentence(&first);
}
