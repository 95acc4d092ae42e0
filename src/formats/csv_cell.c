/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/csv_cell.h"

#include <string.h>

#include "base/limits.h"

enum status csv_unquoting_create(struct ctx *ctx, struct csv_unquoting *out)
{
    out->room = arena_alloc(ctx->arena, CSV_FIELD_BYTES_MAX);
    return out->room == NULL ? ctx_no_memory(ctx) : STATUS_OK;
}

/* The offset of the closing quote, or the length when there is none. */
static size_t closing_quote(struct span cell)
{
    size_t at = 1;
    while (at < cell.length) {
        const char *quote = memchr(cell.at + at, '"', cell.length - at);
        if (quote == NULL)
            return cell.length;
        at = (size_t)(quote - cell.at);
        if (at + 1 == cell.length || cell.at[at + 1] != '"')
            return at;
        at += 2;
    }
    return cell.length;
}

struct span csv_cell_quick(struct span cell)
{
    cell = span_trim(cell);
    if (cell.length >= 2 && cell.at[0] == '"' && cell.at[cell.length - 1] == '"')
        cell = span_trim((struct span){cell.at + 1, cell.length - 2});
    return cell;
}

struct span csv_cell_text(struct csv_unquoting *unquoting, struct span cell)
{
    if (cell.length == 0 || cell.at[0] != '"')
        return span_trim(cell);
    size_t close = closing_quote(cell);
    struct span inner = {cell.at + 1, close - 1};
    if (close == cell.length)
        inner.length = cell.length - 1;
    if (inner.length == 0 || memchr(inner.at, '"', inner.length) == NULL)
        return span_trim(inner);
    size_t length = 0;
    for (size_t i = 0; i < inner.length && length < CSV_FIELD_BYTES_MAX; i++) {
        unquoting->room[length++] = inner.at[i];
        i += inner.at[i] == '"';
    }
    return span_trim((struct span){unquoting->room, length});
}

static bool has_text(const struct csv_view *view)
{
    for (uint32_t i = 0; i < view->cell_count; i++) {
        if (csv_cell_quick(csv_view_cell(view, i)).length > 0)
            return true;
    }
    return false;
}

bool csv_view_is_empty(const struct csv_view *view)
{
    struct span first = csv_view_cell(view, 0);
    /* Rows of answers are told by their first bytes, before any cell is looked at in earnest. */
    if (first.length > 0 && first.at[0] > ' ' && first.at[0] != '"')
        return false;
    bool ctrl_z = view->cell_count == 1 && first.length == 1 && first.at[0] == '\x1A';
    return ctrl_z || !has_text(view);
}

bool csv_cell_is_misquoted(struct span cell)
{
    if (cell.length == 0 || cell.at[0] != '"')
        return false;
    size_t close = closing_quote(cell);
    for (size_t i = close + 1; i < cell.length; i++) {
        if (cell.at[i] != ' ')
            return true;
    }
    return close == cell.length;
}
