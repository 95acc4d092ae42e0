/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/story.h"

#include <string.h>

#include "base/out.h"
#include "model/measure.h"

#define SECTIONS_MOST 64u

enum status report_tables_document(struct ctx *ctx, const struct document_head *head, const struct report_tables *tables,
                                   bool wide, const struct document **out)
{
    struct document *document = NULL;
    enum status status = document_create(ctx, head, &document);
    for (uint32_t i = 0; i < tables->count && !status; i++) {
        struct document_block *block = NULL;
        status = document_add(ctx, document, DOCUMENT_TABLE, &block);
        if (status)
            break;
        block->table = tables->tables[i];
        block->text = released_table_view(tables->tables[i])->measure->title;
        block->wide = wide;
    }
    *out = document;
    return status;
}

static uint32_t sections_sorted(const struct section **list)
{
    uint32_t count = 0;
    for (size_t i = 0; i < section_register_count && count < SECTIONS_MOST; i++)
        list[count++] = section_register[i];
    for (uint32_t i = 1; i < count; i++) {
        for (uint32_t j = i; j > 0 && list[j]->order < list[j - 1]->order; j--) {
            const struct section *swap = list[j];
            list[j] = list[j - 1];
            list[j - 1] = swap;
        }
    }
    return count;
}

static bool name_listed(const char *const *names, const char *name)
{
    for (; names && *names; names++) {
        if (strcmp(*names, name) == 0)
            return true;
    }
    return names == NULL;
}

static enum status names_check(struct ctx *ctx, const char *const *names, const struct section *const *list, uint32_t count)
{
    for (; names && *names; names++) {
        bool known = false;
        struct out *all = NULL;
        enum status status = out_open_memory(ctx, &all);
        if (status)
            return status;
        for (uint32_t i = 0; i < count; i++) {
            known = known || strcmp(list[i]->name, *names) == 0;
            out_format(all, "%s%s", i ? ", " : "", list[i]->name);
        }
        struct span text = out_bytes(all);
        if (!known)
            return ctx_fail(ctx, STATUS_USAGE, NULL, "\"%s\" is not a section; there are: %.*s.", *names, (int)text.length,
                            text.at);
    }
    return STATUS_OK;
}

enum status report_story(struct ctx *ctx, const struct document_head *head, const struct report_tables *tables,
                         const char *const *sections, const struct document **out)
{
    const struct section *list[SECTIONS_MOST];
    uint32_t count = sections_sorted(list);
    const struct report_tables told = {.tables = tables->tables, .count = tables->count, .sections = sections};
    struct document *document = NULL;
    enum status status = names_check(ctx, sections, list, count);
    if (!status)
        status = document_create(ctx, head, &document);
    for (uint32_t i = 0; i < count && !status; i++) {
        if (name_listed(sections, list[i]->name))
            status = list[i]->build(ctx, &told, document);
    }
    *out = document;
    return status;
}
