/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/section.h"

#include <string.h>

#include "base/out.h"
#include "model/measure.h"
#include "report/wording.h"

/* "branch × sex" */
static enum status by_text(struct ctx *ctx, const struct table *table, const char **out)
{
    struct out *text = NULL;
    enum status status = out_open_memory(ctx, &text);
    if (status)
        return status;
    for (uint32_t i = 0; i < table->by_count; i++)
        out_format(text, "%s%s", i ? " × " : "", table->by[i]);
    *out = arena_copy(ctx->arena, out_bytes(text));
    return *out ? STATUS_OK : ctx_no_memory(ctx);
}

static enum status hidden_add(struct ctx *ctx, struct document *document, const struct released_table *released, const char *by)
{
    const char *hidden = NULL, *groups = NULL, *floor = NULL;
    if (!released_table_hidden_groups(released))
        return STATUS_OK;
    enum status status = say_count(ctx, released_table_hidden_groups(released), &hidden);
    if (!status)
        status = say_count(ctx, released_table_groups(released), &groups);
    if (!status)
        status = say_count(ctx, released_table_floor(released), &floor);
    const struct phrase_word words[] = {{"hidden", hidden}, {"groups", groups}, {"floor", floor}, {"segment", by}, {NULL, NULL}};
    return status ? status : add_paragraph(ctx, document, "facts.hidden", words);
}

static bool same_by(const struct table *a, const struct table *b)
{
    if (a->by_count != b->by_count)
        return false;
    for (uint32_t i = 0; i < a->by_count; i++) {
        if (strcmp(a->by[i], b->by[i]) != 0)
            return false;
    }
    return true;
}

static enum status by_begin(struct ctx *ctx, struct document *document, const struct released_table *released)
{
    const char *by = NULL;
    enum status status = by_text(ctx, released_table_view(released), &by);
    const struct phrase_word words[] = {{"segment", by}, {NULL, NULL}};
    if (!status)
        status = add_heading(ctx, document, 3, "heading.segments.by", words);
    return status ? status : hidden_add(ctx, document, released, by);
}

/* The tables stand one by-set after another, as the recipe made them. */
static enum status segments_build(struct ctx *ctx, const struct report_tables *tables, struct document *document)
{
    const struct table *last = NULL;
    enum status status = STATUS_OK;
    for (uint32_t i = 0; i < tables->count && !status; i++) {
        const struct table *table = released_table_view(tables->tables[i]);
        if (!table->by_count || !table->row_count)
            continue;
        if (!last)
            status = add_heading(ctx, document, 2, "heading.segments", NULL);
        if (!status && (!last || !same_by(last, table)))
            status = by_begin(ctx, document, tables->tables[i]);
        if (!status)
            status = add_table(ctx, document, tables->tables[i], false);
        last = table;
    }
    return status;
}

const struct section section_segments = {
    .name = "segments",
    .title = "heading.segments",
    .meaning = "The groups that were asked for, small ones hidden.",
    .measures = (const char *const[]){NULL},
    .by_measures = (const char *const[]){"overall_gap", "dimension_gap", "item_gap", "zone", NULL},
    .order = 50,
    .build = segments_build,
};
