/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/wording.h"

#include <stdio.h>
#include <string.h>

#include "base/decimal.h"
#include "base/out.h"
#include "model/measure.h"
#include "model/shown.h"
#include "model/words.h"

static enum status keep(struct ctx *ctx, const char *text, const char **out)
{
    *out = arena_copy(ctx->arena, span_of(text));
    return *out ? STATUS_OK : ctx_no_memory(ctx);
}

enum status say(struct ctx *ctx, const struct document_head *head, const char *key, const struct phrase_word *words,
                const char **out)
{
    static const struct phrase_word none[] = {{NULL, NULL}};
    return phrase_make(ctx, head->language, key, words ? words : none, out);
}

enum status say_many(struct ctx *ctx, const struct document_head *head, const char *key, uint64_t count,
                     const struct phrase_word *words, const char **out)
{
    const char *of_one = arena_format(ctx->arena, "%s.one", key);
    return of_one ? say(ctx, head, count == 1 ? of_one : key, words, out) : ctx_no_memory(ctx);
}

enum status say_noun(struct ctx *ctx, const struct document_head *head, const char *key, uint64_t count, const char **out)
{
    const char *number = NULL;
    enum status status = say_count(ctx, count, &number);
    const struct phrase_word words[] = {{"count", number}, {NULL, NULL}};
    return status ? status : say_many(ctx, head, key, count, words, out);
}

enum status say_times(struct ctx *ctx, const struct document_head *head, const char *key, const struct phrase_word *words,
                      const char **out)
{
    const char *once = arena_format(ctx->arena, "%s.once", key);
    return once ? say(ctx, head, head->study->asked == ASKED_BEFORE ? key : once, words, out) : ctx_no_memory(ctx);
}

enum status say_people(struct ctx *ctx, const struct document_head *head, const char *key, const struct phrase_word *words,
                       const char **out)
{
    const char *visits = arena_format(ctx->arena, "%s.visits", key);
    return visits ? say(ctx, head, head->repeats ? visits : key, words, out) : ctx_no_memory(ctx);
}

enum status say_count(struct ctx *ctx, uint64_t count, const char **out)
{
    char text[32];
    (void)snprintf(text, sizeof text, "%llu", (unsigned long long)count);
    return keep(ctx, text, out);
}

enum status say_signed(struct ctx *ctx, double number, const char **out)
{
    char text[64];
    shown_signed(number, 2, true, text, sizeof text);
    return keep(ctx, text, out);
}

enum status say_number(struct ctx *ctx, double number, unsigned digits, const char **out)
{
    char text[64];
    shown_number(number, digits, true, text, sizeof text);
    return keep(ctx, text, out);
}

enum status say_confidence(struct ctx *ctx, double confidence, const char **out)
{
    char text[64];
    shown_percent(confidence, text, sizeof text);
    return keep(ctx, text, out);
}

enum status say_item(struct ctx *ctx, const struct document_head *head, const char *item, const char **out)
{
    const struct phrase_word words[] = {{"item", item}, {NULL, NULL}};
    return say(ctx, head, "list.item", words, out);
}

enum status say_interval(struct ctx *ctx, const struct document_head *head, const struct table *table, const struct row *row,
                         const char *low, const char **out)
{
    uint32_t column = table_column(table, low);
    char text[128];
    shown_cell_interval(head, &table->measure->columns[column], &row->values[column], &row->values[column + 1], text,
                        sizeof text);
    if (row->values[column].kind == VALUE_NUMBER && row->values[column + 1].kind == VALUE_NUMBER)
        return keep(ctx, text, out);
    *out = arena_format(ctx->arena, "[%s]", text);
    return *out ? STATUS_OK : ctx_no_memory(ctx);
}

enum status say_next(struct ctx *ctx, const struct document_head *head, const char *next, const char **list)
{
    const struct phrase_word words[] = {{"list", *list}, {"next", next}, {NULL, NULL}};
    if (**list)
        return say(ctx, head, "list.next", words, list);
    *list = next;
    return STATUS_OK;
}

/* Is the first sound an i, as in "idea", "hilo" and "ínfimo" but not in "hielo"? Before it "and" is another word in Spanish. */
static bool begins_with_i(const char *name)
{
    const char *at = name + (name[0] == 'h' || name[0] == 'H');
    if (strncmp(at, "í", strlen("í")) == 0 || strncmp(at, "Í", strlen("Í")) == 0)
        return true;
    return (at[0] == 'i' || at[0] == 'I') && !strchr("aeo", at[1] ? at[1] : 'x');
}

enum status say_list(struct ctx *ctx, const struct document_head *head, const char *const *names, uint32_t count, uint32_t most,
                     const char **out)
{
    uint32_t shown = count > most ? most : count;
    bool more = shown < count;
    uint32_t joined = more || shown < 2 ? shown : shown - 1;
    const char *list = "", *last = "", *rest = NULL;
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < shown && !status; i++) {
        status = say_item(ctx, head, names[i], &last);
        if (!status && i < joined)
            status = say_next(ctx, head, last, &list);
    }
    *out = list;
    if (status || (!more && shown < 2))
        return status;
    status = say_count(ctx, count - shown, &rest);
    const struct phrase_word words[] = {{"list", list}, {"count", rest}, {"last", last}, {NULL, NULL}};
    const char *and = begins_with_i(names[shown - 1]) ? "list.and.i" : "list.and";
    return status ? status : say(ctx, head, more ? "list.more" : and, words, out);
}

/* An end of a scale with all its decimals. */
static void scale_end(struct decimal end, char *into, size_t size)
{
    char ascii[32];
    decimal_format(end, ascii, sizeof ascii);
    bool negative = ascii[0] == '-';
    (void)snprintf(into, size, "%s%s", negative ? "−" : "", ascii + (negative ? 1 : 0));
}

enum status say_scale(struct ctx *ctx, const struct document_head *head, const struct scale *scale, const char **out)
{
    char low[40], high[40];
    scale_end(scale->min, low, sizeof low);
    scale_end(scale->max, high, sizeof high);
    const struct phrase_word words[] = {{"low", low}, {"high", high}, {NULL, NULL}};
    return say(ctx, head, scale->min.units < 0 ? "scale.below_zero" : "scale.range", words, out);
}

enum status say_delta(struct ctx *ctx, const struct document_head *head, const struct scale *scale, const char **out)
{
    const char *delta = NULL;
    if (!scale)
        return say(ctx, head, "delta.mixed", NULL, out);
    enum status status = say_number(ctx, (decimal_to_double(scale->max) - decimal_to_double(scale->min)) / 12, 2, &delta);
    const struct phrase_word words[] = {{"delta", delta}, {NULL, NULL}};
    return status ? status : say(ctx, head, "delta.points", words, out);
}

enum status say_by(struct ctx *ctx, const struct table *table, const char **out)
{
    struct out *text = NULL;
    enum status status = out_open_memory(ctx, &text);
    if (status)
        return status;
    for (uint32_t i = 0; i < table->by_count; i++)
        out_format(text, "%s%s", i ? " × " : "", table->by[i]);
    return out_copy(ctx, text, out);
}

bool same_by(const struct table *a, const struct table *b)
{
    if (a->by_count != b->by_count)
        return false;
    for (uint32_t i = 0; i < a->by_count; i++) {
        if (strcmp(a->by[i], b->by[i]) != 0)
            return false;
    }
    return true;
}

/* "gaps" of "heading.gaps": the same in every language, so that links into a report stay good. */
static const char *heading_id(const char *key)
{
    const char *dot = strchr(key, '.');
    return dot ? dot + 1 : key;
}

enum status add_heading(struct ctx *ctx, struct document *document, unsigned level, const char *key,
                        const struct phrase_word *words)
{
    struct document_block *block = NULL;
    enum status status = document_add(ctx, document, DOCUMENT_HEADING, &block);
    if (status)
        return status;
    block->level = level;
    block->id = heading_id(key);
    return say(ctx, &document->head, key, words, &block->text);
}

enum status add_paragraph(struct ctx *ctx, struct document *document, const char *key, const struct phrase_word *words)
{
    struct document_block *block = NULL;
    enum status status = document_add(ctx, document, DOCUMENT_PARAGRAPH, &block);
    return status ? status : say(ctx, &document->head, key, words, &block->text);
}

enum status add_table(struct ctx *ctx, struct document *document, const struct released_table *table, bool wide)
{
    if (!table || !released_table_view(table)->row_count)
        return STATUS_OK;
    struct document_block *block = NULL;
    enum status status = document_add(ctx, document, DOCUMENT_TABLE, &block);
    if (status)
        return status;
    block->table = table;
    block->wide = wide;
    block->text = shown_table_title(&document->head, released_table_view(table)->measure);
    return STATUS_OK;
}

enum status add_table_folded(struct ctx *ctx, struct document *document, const struct released_table *table)
{
    uint32_t before = document->block_count;
    enum status status = add_table(ctx, document, table, false);
    if (!status && document->block_count > before)
        document->blocks[before].folded = true;
    return status;
}
