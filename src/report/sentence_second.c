/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/sentences.h"

#include <stdio.h>
#include <string.h>

#include "report/wording.h"

#define NAMES_MOST 4u

/* One part of "Below the minimum on 3 items, …". */
struct zone_part {
    const char *status; /* word of the zone table */
    const char *key;
};

static const struct zone_part zone_parts[] = {
    {"below", "zone.below"},
    {"within", "zone.within"},
    {"at_least_minimum", "zone.at_least_minimum"},
    {"above", "zone.above"},
    {"below_desired", "zone.below_desired"},
    {"inverted", "zone.inverted"},
    {"uncertain", "zone.uncertain"},
};

static uint32_t status_count(const struct table *zone, const char *status)
{
    uint32_t count = 0;
    for (uint32_t r = 0; r < zone->row_count; r++)
        count += row_is(zone, &zone->rows[r], "status", status);
    return count;
}

/* The first part says what is counted: "on 3 items"; the others only how many. */
static enum status zone_part_add(struct ctx *ctx, const struct document_head *head, const struct zone_part *part, uint32_t count,
                                 const char **list)
{
    const char *number = NULL, *phrase = NULL;
    enum status status = say_count(ctx, count, &number);
    const struct phrase_word counted[] = {{"count", number}, {NULL, NULL}};
    if (!status && !**list)
        status = say(ctx, head, count == 1 ? "zone.item" : "zone.items", counted, &number);
    const struct phrase_word words[] = {{"count", number}, {NULL, NULL}};
    if (!status)
        status = say(ctx, head, part->key, words, &phrase);
    return status ? status : say_next(ctx, head, phrase, list);
}

enum status zone_sentence(struct ctx *ctx, const struct document_head *head, const struct report_tables *tables, const char **out)
{
    const struct released_table *released = report_table(tables, "zone");
    *out = NULL;
    if (!released)
        return STATUS_OK;
    const struct table *zone = released_table_view(released);
    const char *parts = "";
    enum status status = STATUS_OK;
    for (size_t i = 0; i < sizeof zone_parts / sizeof *zone_parts && !status; i++) {
        uint32_t count = status_count(zone, zone_parts[i].status);
        if (count)
            status = zone_part_add(ctx, head, &zone_parts[i], count, &parts);
    }
    if (status)
        return status;
    if (!*parts)
        return say(ctx, head, "zone.none", NULL, out);
    const struct phrase_word words[] = {{"parts", parts}, {NULL, NULL}};
    return say(ctx, head, "zone.sentence", words, out);
}

/* "X exceeds expectation most: +0.31 […]." and "Smallest shortfall: Y, −0.05 […]." */
static enum status row_sentence(struct ctx *ctx, const struct document_head *head, const struct headline *headline,
                                const struct row *row, const char *key, const char **out)
{
    const char *gap = NULL, *interval = NULL, *small = NULL;
    enum status status = say_signed(ctx, row_number(headline->gaps, row, "gap", 0), &gap);
    if (!status)
        status = say_interval(ctx, head, headline->gaps, row, "ci_simultaneous_low", &interval);
    if (!status)
        status = but_small(ctx, head, headline, row, &small);
    const struct phrase_word words[] = {
        {"item", row_item_name(head, headline->gaps, row)}, {"gap", gap}, {"interval", interval}, {"small", small}, {NULL, NULL}};
    return status ? status : say(ctx, head, key, words, out);
}

static enum status met_sentence(struct ctx *ctx, const struct document_head *head, const struct headline *headline,
                                const char **out)
{
    const struct table *gaps = headline->gaps;
    const char **names = arena_array(ctx->arena, gaps->row_count + 1u, sizeof *names);
    if (!names)
        return ctx_no_memory(ctx);
    uint32_t count = 0;
    for (uint32_t r = 0; r < gaps->row_count; r++) {
        if (row_is(gaps, &gaps->rows[r], "verdict", "met"))
            names[count++] = row_item_name(head, gaps, &gaps->rows[r]);
    }
    const char *list = NULL, *delta = NULL;
    enum status status = say_list(ctx, head, names, count, NAMES_MOST, &list);
    if (!status)
        status = say_delta(ctx, head, headline_scale(head, headline), &delta);
    const struct phrase_word words[] = {{"list", list}, {"delta", delta}, {NULL, NULL}};
    return status ? status : say(ctx, head, "second.met", words, out);
}

static enum status undecided_sentence(struct ctx *ctx, const struct document_head *head, const struct headline *headline,
                                      const char **out)
{
    const char *undecided = NULL, *items = NULL;
    enum status status = say_count(ctx, headline->undecided_count, &undecided);
    if (!status)
        status = say_count(ctx, headline->items, &items);
    const struct phrase_word words[] = {{"undecided", undecided}, {"items", items}, {NULL, NULL}};
    return status ? status : say(ctx, head, "second.undecided", words, out);
}

static enum status tally_part(struct ctx *ctx, const struct document_head *head, const char *key, uint32_t count,
                              const char **list)
{
    const char *number = NULL, *phrase = NULL;
    if (!count)
        return STATUS_OK;
    enum status status = say_count(ctx, count, &number);
    const struct phrase_word words[] = {{"count", number}, {NULL, NULL}};
    if (!status)
        status = say(ctx, head, key, words, &phrase);
    return status ? status : say_next(ctx, head, phrase, list);
}

/* " Of all 12 items: 1 short, 4 met, 7 undecided." */
static enum status tally_sentence(struct ctx *ctx, const struct document_head *head, const struct headline *headline,
                                  const char **out)
{
    const char *items = NULL, *tally = "";
    enum status status = tally_part(ctx, head, "tally.short", headline->short_count, &tally);
    if (!status)
        status = tally_part(ctx, head, "tally.above", headline->above_count, &tally);
    if (!status)
        status = tally_part(ctx, head, "tally.met", headline->met_count, &tally);
    if (!status)
        status = tally_part(ctx, head, "tally.undecided", headline->undecided_count, &tally);
    if (!status)
        status = tally_part(ctx, head, "tally.constant", headline->constant_count, &tally);
    if (!status)
        status = say_count(ctx, headline->items + headline->constant_count, &items);
    const struct phrase_word words[] = {{"items", items}, {"tally", tally}, {NULL, NULL}};
    return status ? status : say(ctx, head, "second.tally", words, out);
}

/* The row, or that in which everybody gave the same difference where it lies higher. */
static const struct row *or_constant(const struct headline *headline, const struct row *row)
{
    const struct row *constant = headline->constant;
    bool higher = constant && row_number(headline->gaps, constant, "gap", 0) > row_number(headline->gaps, row, "gap", 0);
    return higher ? constant : row;
}

/* Which case fits. Where the first sentence already named what exceeds expectation, the next one does. */
static enum status second_choose(struct ctx *ctx, const struct document_head *head, const struct headline *headline,
                                 const char **out)
{
    bool said_above = headline->short_count == 0;
    if (headline->above_count && !said_above)
        return row_sentence(ctx, head, headline, or_constant(headline, headline->best), "second.above", out);
    if (headline->met_count)
        return met_sentence(ctx, head, headline, out);
    if (headline->all_negative && headline->mildest)
        return row_sentence(ctx, head, headline, or_constant(headline, headline->mildest), "second.smallest", out);
    if (headline->undecided_count == 0)
        return say(ctx, head, headline->constant ? "second.others_above" : "second.all_above", NULL, out);
    return undecided_sentence(ctx, head, headline, out);
}

/* Do more than one of the four sets hold items? */
static bool sets_differ(const struct headline *headline)
{
    uint32_t items = headline->items + headline->constant_count;
    return headline->short_count < items && headline->above_count < items && headline->met_count < items &&
           headline->undecided_count < items;
}

static enum status joined(struct ctx *ctx, const char *first, const char *mark, const char *second, const char **out)
{
    *out = arena_format(ctx->arena, "%s%s%s", first, mark, second);
    return *out ? STATUS_OK : ctx_no_memory(ctx);
}

/* The tally is left out where the sentences before it have said it all: one set, or nothing but met and undecided. */
enum status sentence_second(struct ctx *ctx, const struct document_head *head, const struct report_tables *tables,
                            const struct headline *headline, const char **out)
{
    const char *zone = NULL, *chosen = NULL, *tally = NULL;
    *out = NULL;
    bool gaps = headline->items > 1 && headline->most_pairs >= 10 && study_asks_any(head->study, STANDARD_EXPECTATION);
    if (!gaps)
        return STATUS_OK;
    enum status status = zone_sentence(ctx, head, tables, &zone);
    if (!status)
        status = second_choose(ctx, head, headline, &chosen);
    if (!status && sets_differ(headline) && headline->short_count + headline->above_count > 0)
        status = tally_sentence(ctx, head, headline, &tally);
    if (!status)
        status = joined(ctx, chosen, "", tally ? tally : "", out);
    if (!status && zone)
        status = joined(ctx, zone, " ", *out, out);
    return status;
}
