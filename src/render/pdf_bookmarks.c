/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/pdf_bookmarks.h"

#include "render/pdf_syntax.h"

/* How the entries of a tree hang together: places of others, from 1; 0 = none. Entry 0 is the tree. */
struct entry {
    uint32_t parent, first, last, previous, next;
    uint32_t below; /* entries below it, at any depth */
};

void pdf_destination_write(struct out *out, uint32_t page, struct point at)
{
    out_char(out, '[');
    pdf_reference_write(out, page);
    out_text(out, "/XYZ ");
    pdf_number_write(out, at.x, 1);
    out_char(out, ' ');
    pdf_number_write(out, at.y, 1);
    out_text(out, " 0]");
}

/* The entry below which one stands: the last before it of a lower level. */
static uint32_t parent_find(const struct pdf_bookmark *bookmarks, const struct entry *entries, uint32_t at)
{
    uint32_t parent = at - 1;
    while (parent && bookmarks[parent - 1].level >= bookmarks[at - 1].level)
        parent = entries[parent].parent;
    return parent;
}

static void entries_join(const struct pdf_bookmark *bookmarks, struct entry *entries, uint32_t count)
{
    for (uint32_t i = 1; i <= count; i++) {
        struct entry *parent = &entries[parent_find(bookmarks, entries, i)];
        entries[i].parent = (uint32_t)(parent - entries);
        entries[i].previous = parent->last;
        if (parent->last)
            entries[parent->last].next = i;
        else
            parent->first = i;
        parent->last = i;
    }
    for (uint32_t i = count; i > 0; i--)
        entries[entries[i].parent].below += 1 + entries[i].below;
}

static void relative_write(struct out *out, const char *name, uint32_t first, uint32_t at)
{
    if (!at)
        return;
    out_text(out, name);
    pdf_reference_write(out, first + at);
}

enum status pdf_bookmarks_write(struct ctx *ctx, struct pdf_file *file, const struct pdf_bookmark *bookmarks, uint32_t count,
                                uint32_t *root)
{
    struct entry *entries = arena_array(ctx->arena, count + 1u, sizeof *entries);
    enum status status = STATUS_OK;
    if (!entries)
        return ctx_no_memory(ctx);
    *root = pdf_file_numbers(file, count + 1);
    entries_join(bookmarks, entries, count);
    for (uint32_t i = 0; i <= count && !status; i++) {
        struct out *out = pdf_object_begin(file, *root + i);
        out_text(out, i ? "<</Title" : "<</Type/Outlines");
        if (i) {
            pdf_text_write(out, span_of(bookmarks[i - 1].title));
            out_text(out, "/Parent ");
            pdf_reference_write(out, *root + entries[i].parent);
            out_text(out, "/Dest");
            pdf_destination_write(out, bookmarks[i - 1].page, bookmarks[i - 1].at);
        }
        relative_write(out, "/Prev ", *root, entries[i].previous);
        relative_write(out, "/Next ", *root, entries[i].next);
        relative_write(out, "/First ", *root, entries[i].first);
        relative_write(out, "/Last ", *root, entries[i].last);
        if (entries[i].below) {
            out_text(out, "/Count ");
            pdf_count_write(out, entries[i].below);
        }
        out_text(out, ">>");
        status = pdf_object_end(file);
    }
    return status;
}
