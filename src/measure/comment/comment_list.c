/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/siphash.h"
#include "measure/comment/comment_people.h"
#include "measure/comment/comment_words.h"
#include "measure/group_row.h"

#define COMMENTS_MOST 500u /* beyond it some are drawn: nobody reads more */

enum { COMMENT, TIMES, COLUMNS };

static const struct column columns[COLUMNS] = {
    [COMMENT] = {"comment", "Comment", "",
                 "What somebody wrote, in the order of the alphabet; addresses and long numbers are taken out.", 0, COLUMN_KEY,
                 true, false},
    [TIMES] = {"n", "n", "comments", "How many wrote just this.", 0, COLUMN_COUNT, true, false},
};

/* A comment with the number by which it is drawn, which its words decide. */
struct drawn_comment {
    const char *text;
    uint64_t lot;
};

/* By their lots. */
static int lot_order(const void *a, const void *b)
{
    const struct drawn_comment *x = a, *y = b;
    if (x->lot != y->lot)
        return x->lot < y->lot ? -1 : 1;
    return strcmp(x->text, y->text);
}

/* By their bytes. */
static int text_order(const void *a, const void *b)
{
    return strcmp(((const struct drawn_comment *)a)->text, ((const struct drawn_comment *)b)->text);
}

/* All comments, masked, in the order of their lots. */
static enum status comments_draw(struct ctx *ctx, const struct measuring *measuring, const struct comment_people *people,
                                 struct drawn_comment **out)
{
    const uint64_t key[2] = {measuring->seed, 0x636f6d6d656e7473u};
    struct drawn_comment *drawn = *out = arena_array(ctx->arena, people->comment_count + 1, sizeof *drawn);
    if (!drawn)
        return ctx_no_memory(ctx);
    for (size_t i = 0; i < people->comment_count; i++) {
        drawn[i].text = comment_masked(ctx, people->comments[i].text);
        if (!drawn[i].text)
            return ctx_no_memory(ctx);
        drawn[i].lot = siphash(key, span_of(drawn[i].text));
    }
    qsort(drawn, people->comment_count, sizeof *drawn, lot_order);
    return STATUS_OK;
}

/* A row of one text. */
static enum status text_row(struct ctx *ctx, const struct measuring *measuring, struct table *table,
                            const struct comment_people *people, const char *text)
{
    struct row *row = NULL;
    enum status status = group_row_add(ctx, measuring, table, 0, table->row_count, &row);
    if (status)
        return status;
    row->support = row->group_size = people->people;
    row->values[COMMENT] = value_text(text);
    row->values[TIMES] = value_count(0);
    return STATUS_OK;
}

/* A row for each text, of everyone.
 * fails   STATUS_MEMORY
 * proof   tests/measure/comment/comment_list_test.c */
static enum status comment_list_run(struct ctx *ctx, const struct measuring *measuring, struct table *table)
{
    struct comment_people people;
    struct drawn_comment *drawn = NULL;
    if (!measuring->set->group_count)
        return STATUS_OK;
    enum status status = comment_people_gather(ctx, measuring, &people);
    if (!status)
        status = comments_draw(ctx, measuring, &people, &drawn);
    if (status)
        return status;
    size_t count = people.comment_count < COMMENTS_MOST ? people.comment_count : COMMENTS_MOST;
    qsort(drawn, count, sizeof *drawn, text_order);
    for (size_t i = 0; i < count && !status; i++) {
        if (i == 0 || strcmp(drawn[i].text, drawn[i - 1].text) != 0)
            status = text_row(ctx, measuring, table, &people, drawn[i].text);
        if (!status)
            table->rows[table->row_count - 1].values[TIMES].count++;
    }
    const struct note_word words[] = {note_count("shown", count), note_count("all", people.comment_count), {.name = NULL}};
    return status || count == people.comment_count ? status : table_add_note(ctx, table, "note.comments_drawn", words);
}

const struct measure measure_comment_list = {
    .name = "comment_list",
    .title = "Comments",
    .meaning = "What people wrote in their own words, without who, when or where. Nothing is shown unless ten people wrote.",
    .formula = "F118",
    .source = "Floor of ten: docs/guide/small-groups.md",
    .example = "gapmeter analyze answers.csv --study study.json --table comment_list",
    .needs = NEED_CASES,
    .comments = true,
    .words = true,
    .minimum_n = 10,
    .by_default = false,
    .by = BY_EVERYONE,
    .order = 271,
    .columns = columns,
    .column_count = COLUMNS,
    .run = comment_list_run,
};
