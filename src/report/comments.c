/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/section.h"

#include <string.h>

#include "model/measure.h"
#include "model/words.h"
#include "report/headline.h"
#include "report/telling.h"

/* What people wrote: the words that most use, those that tell who got less than expected, and the comments themselves. */

#define WORDS_MOST 5u

/* Which words of the table a sentence names: the first that say something, or those used more by one side. */
struct words_told {
    const char *key, *side;
};

/* Is it one of the words of a list, which have a blank between them? */
static bool list_holds(const char *list, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = list; length > 0 && (at = strstr(at, word)) != NULL; at += length)
        if ((at == list || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0'))
            return true;
    return false;
}

/* Does a word say nothing by itself, as "the" and "and"? In any of our languages, since nobody says which one somebody wrote in. */
static bool word_is_common(const char *word)
{
    for (const struct words *words = words_languages; words->language; words++) {
        const char *list = words_text(words->language, "comments.common");
        if (list && list_holds(list, word))
            return true;
    }
    return false;
}

static enum status words_tell(struct telling *telling, const struct table *table, const struct words_told *told)
{
    struct ctx *ctx = telling->ctx;
    const char **names = arena_array(ctx->arena, table->row_count + 1u, sizeof *names), *list = NULL;
    uint32_t count = 0;
    if (!names)
        return ctx_no_memory(ctx);
    for (uint32_t r = 0; r < table->row_count; r++) {
        const struct row *row = &table->rows[r];
        const char *term = table_value(table, row, "term")->text;
        if (told->side ? row_is(table, row, "side", told->side) : count < WORDS_MOST && !word_is_common(term))
            names[count++] = term;
    }
    if (!count)
        return STATUS_OK;
    enum status status = say_list(ctx, &telling->document->head, names, count, WORDS_MOST, &list);
    const struct phrase_word words[] = {{"words", list}, {NULL, NULL}};
    return status ? status : telling_say(telling, told->key, words);
}

/* The words, and that none tells both sides apart where they could have been told. */
static enum status terms_tell(struct telling *telling, const struct table *table)
{
    static const struct words_told all = {"comments.most", NULL},
                                   sides[] = {{"comments.short", "short"}, {"comments.others", "others"}};
    bool judged = false;
    for (uint32_t r = 0; r < table->row_count; r++)
        judged |= row_has(table, &table->rows[r], "side");
    enum status status = words_tell(telling, table, &all);
    uint32_t before = telling->count;
    for (size_t i = 0; i < 2 && !status; i++)
        status = words_tell(telling, table, &sides[i]);
    return status || !judged || telling->count > before ? status : telling_say(telling, "comments.alike", NULL);
}

static enum status comments_build(struct ctx *ctx, const struct report_tables *tables, struct document *document)
{
    struct telling telling;
    const struct table *comments = table_told(tables, "comment_list"), *terms = table_told(tables, "comment_terms");
    if (!comments)
        return STATUS_OK;
    enum status status = telling_begin(ctx, document, 4, &telling);
    if (!status && terms)
        status = terms_tell(&telling, terms);
    if (!status)
        status = telling_say(&telling, "comments.floor", NULL);
    if (!status)
        status = add_heading(ctx, document, 2, "heading.comments", NULL);
    if (!status)
        status = telling_end(&telling);
    if (!status)
        status = add_table_folded(ctx, document, report_table(tables, "comment_terms"));
    return status ? status : add_table_folded(ctx, document, report_table(tables, "comment_list"));
}

const struct section section_comments = {
    .name = "comments",
    .title = "heading.comments",
    .meaning = "What people wrote in their own words, and the words of those who got less than expected.",
    .measures = (const char *const[]){"comment_terms", "comment_list", NULL},
    .order = 70,
    .build = comments_build,
};
