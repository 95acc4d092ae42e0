/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/pdf_tags.h"

#include <string.h>

#include "base/pile.h"
#include "render/pdf_syntax.h"

#define NONE UINT32_MAX

enum node_kind { NODE_TAG, NODE_CONTENT, NODE_ANNOTATION };

/* A tag, or what belongs to one. */
struct tag_node {
    enum node_kind kind;
    const char *name, *alternate;
    uint32_t number;                    /* of a tag and an annotation: its object; of content: its mark on the page */
    uint32_t page;                      /* of content and annotations */
    uint32_t parent, first, last, next; /* in nodes */
};

struct pdf_tags {
    struct ctx *ctx;
    struct pdf_file *file;
    uint32_t first_page, pages;
    struct pile nodes;    /* of tag_node */
    uint32_t open;        /* the innermost tag */
    uint32_t *marks;      /* [page] so far */
    uint32_t annotations; /* so far */
};

static struct tag_node *node_of(const struct pdf_tags *tags, size_t at)
{
    return pile_at(&tags->nodes, sizeof(struct tag_node), at);
}

/* Adds a node to the open tag. */
static enum status node_add(struct pdf_tags *tags, struct tag_node node)
{
    uint32_t at = (uint32_t)tags->nodes.count;
    struct tag_node *added = pile_add(tags->ctx->arena, &tags->nodes, sizeof *added);
    if (!added)
        return ctx_no_memory(tags->ctx);
    node.parent = tags->open;
    node.first = node.last = node.next = NONE;
    if (tags->open != NONE) {
        struct tag_node *parent = node_of(tags, tags->open);
        if (parent->first == NONE)
            parent->first = at;
        else
            node_of(tags, parent->last)->next = at;
        parent->last = at;
    }
    *added = node;
    return STATUS_OK;
}

enum status pdf_tags_create(struct ctx *ctx, struct pdf_file *file, uint32_t first_page, uint32_t pages, struct pdf_tags **out)
{
    struct pdf_tags *tags = arena_alloc(ctx->arena, sizeof *tags);
    if (!tags)
        return ctx_no_memory(ctx);
    *tags = (struct pdf_tags){.ctx = ctx, .file = file, .first_page = first_page, .pages = pages, .open = NONE};
    tags->marks = arena_array(ctx->arena, pages + 1u, sizeof *tags->marks);
    if (!tags->marks)
        return ctx_no_memory(ctx);
    *out = tags;
    return pdf_tag_begin(tags, "Document", NULL);
}

enum status pdf_tag_begin(struct pdf_tags *tags, const char *name, const char *alternate)
{
    const struct tag_node node = {
        .kind = NODE_TAG, .name = name, .alternate = alternate, .number = pdf_file_numbers(tags->file, 1)};
    enum status status = node_add(tags, node);
    if (!status)
        tags->open = (uint32_t)tags->nodes.count - 1;
    return status;
}

void pdf_tag_end(struct pdf_tags *tags)
{
    if (node_of(tags, tags->open)->parent != NONE)
        tags->open = node_of(tags, tags->open)->parent;
}

/* Tags that hold tags only: what is drawn between these is seen, not read. */
static bool tag_groups(const char *name)
{
    static const char *const names[] = {"Document", "Table", "TR", "L", "LI"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(name, names[i]) == 0)
            return true;
    }
    return false;
}

enum status pdf_tag_content(struct pdf_tags *tags, uint32_t page, const char **name, uint32_t *mark)
{
    const struct tag_node *open = node_of(tags, tags->open);
    *name = tag_groups(open->name) ? NULL : open->name;
    if (!*name)
        return STATUS_OK;
    *mark = tags->marks[page]++;
    return node_add(tags, (struct tag_node){.kind = NODE_CONTENT, .number = *mark, .page = page});
}

enum status pdf_tag_annotation(struct pdf_tags *tags, uint32_t page, uint32_t annotation, uint32_t *key)
{
    *key = tags->pages + tags->annotations++;
    return node_add(tags, (struct tag_node){.kind = NODE_ANNOTATION, .number = annotation, .page = page});
}

/* Is a head one of a column: does it stand in the first row of its table? */
static bool head_of_column(const struct pdf_tags *tags, const struct tag_node *head)
{
    uint32_t row = head->parent, at = node_of(tags, node_of(tags, row)->parent)->first;
    while (at != NONE && strcmp(node_of(tags, at)->name, "TR") != 0)
        at = node_of(tags, at)->next;
    return at == row;
}

/* The page of the first thing that belongs to a tag; NONE when it holds only tags. */
static uint32_t tag_page(const struct pdf_tags *tags, const struct tag_node *tag)
{
    for (uint32_t at = tag->first; at != NONE; at = node_of(tags, at)->next) {
        if (node_of(tags, at)->kind != NODE_TAG)
            return node_of(tags, at)->page;
    }
    return NONE;
}

/* What belongs to a tag; what stands on another page than the tag says which. */
static void node_write(const struct pdf_tags *tags, struct out *out, const struct tag_node *node, uint32_t page)
{
    if (node->kind == NODE_TAG) {
        pdf_reference_write(out, node->number);
        return;
    }
    if (node->kind == NODE_CONTENT && node->page == page) {
        pdf_count_write(out, node->number);
        return;
    }
    out_text(out, node->kind == NODE_CONTENT ? "<</Type/MCR/Pg " : "<</Type/OBJR/Pg ");
    pdf_reference_write(out, tags->first_page + node->page);
    out_text(out, node->kind == NODE_CONTENT ? "/MCID " : "/Obj ");
    if (node->kind == NODE_CONTENT)
        pdf_count_write(out, node->number);
    else
        pdf_reference_write(out, node->number);
    out_text(out, ">>");
}

static enum status tag_write(struct pdf_tags *tags, const struct tag_node *tag, uint32_t root)
{
    struct out *out = pdf_object_begin(tags->file, tag->number);
    uint32_t page = tag_page(tags, tag);
    out_text(out, "<</S/");
    out_text(out, tag->name);
    out_text(out, "/P ");
    pdf_reference_write(out, tag->parent == NONE ? root : node_of(tags, tag->parent)->number);
    if (page != NONE) {
        out_text(out, "/Pg ");
        pdf_reference_write(out, tags->first_page + page);
    }
    if (tag->alternate) {
        out_text(out, "/Alt");
        pdf_text_write(out, span_of(tag->alternate));
    }
    if (strcmp(tag->name, "TH") == 0)
        out_text(out, head_of_column(tags, tag) ? "/A<</O/Table/Scope/Column>>" : "/A<</O/Table/Scope/Row>>");
    bool one = tag->first != NONE && tag->first == tag->last;
    if (tag->first != NONE)
        out_text(out, one ? "/K " : "/K[");
    for (uint32_t at = tag->first; at != NONE; at = node_of(tags, at)->next) {
        node_write(tags, out, node_of(tags, at), page);
        if (!one)
            out_char(out, at == tag->last ? ']' : ' ');
    }
    out_text(out, ">>");
    return pdf_object_end(tags->file);
}

/* To which tag each mark of each page belongs, and each annotation. Marks were numbered as they came, page by page, so the nodes stand
 * in their order. */
static enum status parents_write(struct pdf_tags *tags, uint32_t number)
{
    struct out *out = pdf_object_begin(tags->file, number);
    uint32_t page = NONE, annotations = 0;
    out_text(out, "<</Nums[");
    for (size_t i = 0; i < tags->nodes.count; i++) {
        const struct tag_node *node = node_of(tags, i);
        if (node->kind != NODE_CONTENT)
            continue;
        if (node->page != page) {
            out_text(out, page == NONE ? "" : "]");
            pdf_count_write(out, node->page);
            out_char(out, '[');
            page = node->page;
        }
        pdf_reference_write(out, node_of(tags, node->parent)->number);
        out_char(out, ' ');
    }
    out_text(out, page == NONE ? "" : "]");
    for (size_t i = 0; i < tags->nodes.count; i++) {
        if (node_of(tags, i)->kind != NODE_ANNOTATION)
            continue;
        pdf_count_write(out, tags->pages + annotations++);
        out_char(out, ' ');
        pdf_reference_write(out, node_of(tags, node_of(tags, i)->parent)->number);
        out_char(out, ' ');
    }
    out_text(out, "]>>");
    return pdf_object_end(tags->file);
}

enum status pdf_tags_write(struct pdf_tags *tags, uint32_t *root)
{
    enum status status = STATUS_OK;
    uint32_t parents = pdf_file_numbers(tags->file, 2);
    *root = parents + 1;
    for (size_t i = 0; i < tags->nodes.count && !status; i++) {
        if (node_of(tags, i)->kind == NODE_TAG)
            status = tag_write(tags, node_of(tags, i), *root);
    }
    if (!status)
        status = parents_write(tags, parents);
    if (status)
        return status;
    struct out *out = pdf_object_begin(tags->file, *root);
    out_text(out, "<</Type/StructTreeRoot/K ");
    pdf_reference_write(out, node_of(tags, 0)->number);
    out_text(out, "/ParentTree ");
    pdf_reference_write(out, parents);
    out_text(out, "/ParentTreeNextKey ");
    pdf_count_write(out, tags->pages + tags->annotations);
    out_text(out, ">>");
    return pdf_object_end(tags->file);
}
