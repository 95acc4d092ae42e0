/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/hand_document.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char *const by[] = {"branch"};
static const struct note_word gap_kind[] = {{.name = "kind", .kind = NOTE_PHRASE, .key = "note.kind.will"},
                                            {.name = "asked", .kind = NOTE_PHRASE, .key = "note.asked.before"},
                                            {.name = NULL}};

static void items_add(struct hand *hand)
{
    static const struct hand_gap gaps[] = {
        {"q1", -0.44, 0.1, "short"}, {"q2", 0.31, 0.1, "above"}, {"q3", 0.004, 0.1, "met"}, {.item = NULL}};
    struct table *table = hand_gaps(hand, gaps);
    struct row *row = hand_row(hand, table, "q4");
    hand_text(table, row, "dimension", "speed");
    hand_count(table, row, "n", 0);
    for (uint32_t i = table_column(table, "n") + 1; i < table->column_count; i++)
        row->values[i] = value_blank(REASON_NO_PAIRS);
    const struct note_word tests[] = {note_count("tests", 3), {.name = NULL}};
    assert_ok(&hand->job, table_add_note(&hand->job.ctx, table, "note.gap.kind", gap_kind));
    assert_ok(&hand->job, table_add_note(&hand->job.ctx, table, "note.gap.family", tests));
}

static void group_gap(struct hand *hand, struct table *table, const char *key, const char *group, uint64_t respondents)
{
    struct row *row = hand_group_row(hand, table, key, group, respondents);
    double gap = 0.01 * (double)respondents - 0.6;
    hand_number(table, row, "mean_expectation", 4);
    hand_number(table, row, "mean_perception", 4 + gap);
    hand_number(table, row, "gap", gap);
    hand_number(table, row, "ci_low", gap - 0.05);
    hand_number(table, row, "ci_high", gap + 0.05);
    hand_text(table, row, "verdict", gap < -0.05 ? "short" : "undecided");
}

static void branches_add(struct hand *hand, const char *measure, const char *first, const char *second)
{
    static const struct {
        const char *name;
        uint64_t respondents;
    } branches[] = {{"Bergen", 40}, {"Molde", 9}, {"Oslo", 60}, {"Vardo", 3}};
    struct table *table = hand_table(hand, measure, by);
    for (size_t i = 0; i < sizeof branches / sizeof *branches; i++) {
        group_gap(hand, table, first, branches[i].name, branches[i].respondents);
        if (second)
            group_gap(hand, table, second, branches[i].name, branches[i].respondents);
    }
    assert_ok(&hand->job, table_add_note(&hand->job.ctx, table, "note.gap.kind", gap_kind));
}

void hand_document_begin(struct hand *hand)
{
    hand_begin(hand, 4);
    hand->floor = 5;
    items_add(hand);
    branches_add(hand, "dimension_gap", "care", "speed");
    struct table *overall = hand_table(hand, "overall_gap", NULL);
    struct row *row = hand_row(hand, overall, "");
    hand_number(overall, row, "gap", -0.04);
    hand_number(overall, row, "ci_low", -0.1);
    hand_number(overall, row, "ci_high", 0.02);
    hand_text(overall, row, "verdict", "undecided");
}

static struct document_block *block_add(struct hand *hand, struct document *document, enum block_kind kind, const char *text)
{
    struct document_block *block = NULL;
    assert_ok(&hand->job, document_add(&hand->job.ctx, document, kind, &block));
    block->text = text;
    return block;
}

static struct document_block *texts_add(struct hand *hand, struct document *document, enum block_kind kind,
                                        const char *const *texts, uint32_t count)
{
    struct document_block *block = block_add(hand, document, kind, NULL);
    block->texts = texts;
    block->text_count = count;
    return block;
}

struct document *hand_document(struct hand *hand)
{
    static const char *const sentences[] = {"Item one falls short most: −0.44 on the 1–5 scale [−0.59, −0.29].",
                                            "Item two exceeds expectation most: +0.31 [0.16, 0.46].", "The data are simulated."};
    static const char *const facts[] = {"100 customers answered both times.", "Asked before the encounter."};
    struct report_tables tables = hand_release(hand);
    struct document *document = NULL;
    assert_ok(&hand->job, document_create(&hand->job.ctx, &hand->head, &document));
    (void)texts_add(hand, document, DOCUMENT_SENTENCES, sentences, 3);
    (void)texts_add(hand, document, DOCUMENT_LIST, facts, 2);
    block_add(hand, document, DOCUMENT_HEADING, "Where the gaps are")->level = 2;
    struct document_block *block = block_add(hand, document, DOCUMENT_CHART, "Item one falls short most: −0.44 points");
    block->subtitle = "n = 100 pairs, scale 1–5, 95 % intervals";
    block->chart = "gap_lollipop";
    block->table = tables.tables[0];
    block_add(hand, document, DOCUMENT_TABLE, "Gap per item")->table = tables.tables[0];
    block_add(hand, document, DOCUMENT_TABLE, "Overall gap")->table = tables.tables[2];
    block_add(hand, document, DOCUMENT_HEADING, "Branches")->level = 3;
    (void)block_add(hand, document, DOCUMENT_PARAGRAPH, "2 of 4 groups are hidden (small groups, minimum 5).");
    block_add(hand, document, DOCUMENT_MATRIX, "Gap per dimension and branch")->table = tables.tables[1];
    block = block_add(hand, document, DOCUMENT_MATRIX, "Gap per branch and dimension");
    block->table = tables.tables[1];
    block->turned = true;
    block = block_add(hand, document, DOCUMENT_TABLE, "Every figure per branch");
    block->table = tables.tables[1];
    block->wide = block->folded = true;
    return document;
}
