/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/hand_tables.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "disclose/release.h"
#include "model/measure.h"

static const char *const texts[] = {"item one",   "item two",   "item three", "item four", "item five",   "item six",
                                    "item seven", "item eight", "item nine",  "item ten",  "item eleven", "item twelve"};

static void scales_make(struct hand *hand)
{
    hand->scales[0] = (struct scale){.id = "agree5", .min = {1, 0}, .max = {5, 0}, .step = {1, 0}, .steps = 5};
    hand->scales[1] = (struct scale){.id = "ten", .min = {0, 0}, .max = {10, 0}, .step = {1, 0}, .steps = 11};
}

static void items_make(struct hand *hand, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        (void)snprintf(hand->ids[i], sizeof hand->ids[i], "q%u", i + 1);
        hand->headers[i] = hand->ids[i];
        hand->items[i] = (struct item){.id = hand->ids[i], .text = texts[i % 12], .dimension = i % 2};
    }
    hand->dimensions[0] = (struct dimension){.id = "care", .title = "Care"};
    hand->dimensions[1] = (struct dimension){.id = "speed", .title = "Speed"};
}

void hand_begin(struct hand *hand, uint32_t item_count)
{
    assert_true(item_count <= HAND_ITEMS);
    memset(hand, 0, sizeof *hand);
    job_begin(&hand->job);
    hand->floor = 1;
    scales_make(hand);
    items_make(hand, item_count);
    hand->study = (struct study){.title = "A study",
                                 .scales = hand->scales,
                                 .scale_count = 2,
                                 .dimensions = hand->dimensions,
                                 .dimension_count = 2,
                                 .items = hand->items,
                                 .item_count = item_count};
    hand->study.columns.of_item[STANDARD_EXPECTATION] = hand->headers;
    hand->study.columns.of_item[STANDARD_PERCEPTION] = hand->headers;
    uint64_t answers = UINT64_C(100) * item_count;
    hand->head = (struct document_head){
        .title = "A study",
        .study = &hand->study,
        .pairing = {.encounters = 100, .respondents = 100, .both = 100, .pairs = answers, .asked = {answers, answers}},
        .confidence = 0.95,
        .floor = 5,
        .seed = 1,
        .language = "en"};
}

void hand_end(struct hand *hand)
{
    job_end(&hand->job);
}

void hand_unasked(struct hand *hand, enum standard standard)
{
    hand->study.columns.of_item[standard] = NULL;
    hand->head.pairing.asked[standard] = 0;
    hand->head.pairing.pairs = 0;
    hand->head.pairing.both = 0;
}

struct table *hand_table(struct hand *hand, const char *measure, const char *const *by)
{
    const struct measure *found = measure_find(span_of(measure));
    struct table *table = NULL;
    assert_non_null(found);
    assert_true(hand->table_count < HAND_TABLES);
    assert_ok(&hand->job, table_create(&hand->job.ctx, found, by, by ? 1 : 0, &table));
    hand->tables[hand->table_count++] = table;
    return table;
}

/* Groups are numbered as they come. */
static uint32_t group_number(const struct table *table, const char *group)
{
    uint32_t most = 0;
    for (uint32_t r = 0; r < table->row_count; r++) {
        const struct row *row = &table->rows[r];
        if (row->by[0] && group && strcmp(row->by[0], group) == 0)
            return row->group;
        most = row->group + 1 > most ? row->group + 1 : most;
    }
    return most;
}

/* Rows about the same key share a line. */
static uint32_t line_number(const struct table *table, const char *key)
{
    if (table->measure->columns[0].kind != COLUMN_KEY)
        return 0;
    for (uint32_t r = 0; r < table->row_count; r++) {
        const struct value *first = &table->rows[r].values[0];
        if (first->kind == VALUE_TEXT && strcmp(first->text, key) == 0)
            return table->rows[r].line;
    }
    return table->row_count;
}

struct row *hand_group_row(struct hand *hand, struct table *table, const char *key, const char *group, uint64_t respondents)
{
    struct row *row = NULL;
    uint32_t number = table->by_count ? group_number(table, group) : 0, line = line_number(table, key);
    assert_ok(&hand->job, table_add_row(&hand->job.ctx, table, &row));
    if (table->by_count)
        row->by[0] = group;
    row->group = number;
    row->line = line;
    row->support = row->group_size = respondents;
    if (table->measure->columns[0].kind == COLUMN_KEY)
        row->values[0] = value_text(key);
    if (table_column(table, "n") != UINT32_MAX)
        hand_count(table, row, "n", respondents);
    return row;
}

struct row *hand_row(struct hand *hand, struct table *table, const char *key)
{
    return hand_group_row(hand, table, key, NULL, 100);
}

static struct value *cell(struct table *table, struct row *row, const char *column)
{
    uint32_t at = table_column(table, column);
    if (at == UINT32_MAX)
        fail_msg("%s has no column %s", table->measure->name, column);
    return &row->values[at];
}

void hand_number(struct table *table, struct row *row, const char *column, double number)
{
    *cell(table, row, column) = value_number(number);
}

void hand_count(struct table *table, struct row *row, const char *column, uint64_t count)
{
    *cell(table, row, column) = value_count(count);
}

void hand_text(struct table *table, struct row *row, const char *column, const char *text)
{
    *cell(table, row, column) = value_text(text);
}

void hand_blank(struct table *table, struct row *row, const char *column, enum reason reason)
{
    *cell(table, row, column) = value_blank(reason);
}

struct row *hand_gap_row(struct hand *hand, struct table *table, const struct hand_gap *gap)
{
    struct row *row = hand_row(hand, table, gap->item);
    hand_text(table, row, "dimension", "care");
    hand_number(table, row, "mean_expectation", 4.2);
    hand_number(table, row, "mean_perception", 4.2 + gap->gap);
    hand_number(table, row, "gap", gap->gap);
    hand_number(table, row, "ci_low", gap->gap - gap->half);
    hand_number(table, row, "ci_high", gap->gap + gap->half);
    hand_number(table, row, "ci_simultaneous_low", gap->gap - 1.5 * gap->half);
    hand_number(table, row, "ci_simultaneous_high", gap->gap + 1.5 * gap->half);
    hand_number(table, row, "p", 0.0004);
    hand_count(table, row, "n_negative", 44);
    hand_number(table, row, "share_short", 0.44);
    hand_number(table, row, "share_short_low", 0.35);
    hand_number(table, row, "share_short_high", 0.54);
    hand_number(table, row, "ceiling_share", 0.2);
    hand_text(table, row, "verdict", gap->verdict);
    return row;
}

struct table *hand_gaps(struct hand *hand, const struct hand_gap *gaps)
{
    struct table *table = hand_table(hand, "item_gap", NULL);
    for (; gaps->item; gaps++)
        (void)hand_gap_row(hand, table, gaps);
    return table;
}

void hand_contrasts(struct hand *hand, const char *worst, const char *const *pairs)
{
    struct table *table = hand_table(hand, "gap_contrasts", NULL);
    for (; *pairs; pairs += 2) {
        struct row *row = hand_row(hand, table, pairs[0]);
        hand_text(table, row, "other", worst);
        hand_text(table, row, "tied", pairs[1]);
    }
}

struct report_tables hand_release(struct hand *hand)
{
    const struct released_table *const *released = NULL;
    const struct table *tables[HAND_TABLES];
    for (uint32_t i = 0; i < hand->table_count; i++)
        tables[i] = hand->tables[i];
    struct release_rule rule = {.floor = hand->floor, .floor_totals = hand->floor_totals};
    assert_ok(&hand->job, tables_release(&hand->job.ctx, tables, hand->table_count, rule, &released));
    return (struct report_tables){.tables = released, .count = hand->table_count};
}
