/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/pdf_table.h"

#include "base/text.h"
#include "render/table_grid.h"

#define KEY_LETTERS 90u /* three lines of a narrow column */

static enum pdf_tone tone_of(const struct grid_cell *cell)
{
    if (cell->blank)
        return PDF_SOFT;
    return *cell->verdict == 's' ? PDF_SHORT : *cell->verdict == 'a' ? PDF_ABOVE : PDF_INK;
}

static void head_fill(struct pdf_grid *grid, uint32_t at, const struct grid_head *head)
{
    struct pdf_cell *cell = pdf_grid_cell(grid, 0, at);
    grid->columns[at].number = head->number;
    cell->head = *head->text != '\0';
    cell->words = (struct pdf_words){.text = head->text,
                                     .small = head->unit,
                                     .below = true,
                                     .bold = true,
                                     .far = head->number,
                                     .capital = head->key,
                                     .size = PDF_CELL};
}

static void cell_fill(struct pdf_cell *into, const struct grid_head *head, const struct grid_cell *cell)
{
    enum pdf_tone tone = tone_of(cell);
    into->head = head->key;
    into->words = (struct pdf_words){.text = cell->text,
                                     .small = cell->aside,
                                     .below = !head->key,
                                     .bold = tone == PDF_SHORT || tone == PDF_ABOVE,
                                     .italic = cell->blank,
                                     .number = head->number && !cell->blank,
                                     .capital = head->key && !cell->blank,
                                     .far = head->number,
                                     .tone = tone,
                                     .size = PDF_CELL};
}

/* Long texts of rows cut to what tells them apart; who wants them whole finds them by their ids in the first table. */
static enum status keys_cut(struct ctx *ctx, struct pdf_grid *grid)
{
    for (uint32_t r = 1; r <= grid->row_count; r++) {
        for (uint32_t c = 0; c < grid->key_count; c++) {
            struct pdf_cell *cell = pdf_grid_cell(grid, r, c);
            bool cut = false;
            size_t kept = text_fit(span_of(cell->words.text), KEY_LETTERS, &cut);
            if (!cut)
                continue;
            cell->words.text = arena_format(ctx->arena, "%.*s…", (int)kept, cell->words.text);
            if (!cell->words.text)
                return ctx_no_memory(ctx);
        }
    }
    return STATUS_OK;
}

enum status pdf_table_place(struct ctx *ctx, struct pdf_flow *flow, const struct document_head *head,
                            const struct document_block *block, bool whole, double tail)
{
    struct table_grid read;
    struct pdf_grid grid;
    enum status status = table_grid_make(ctx, head, block, block->wide, &read);
    if (status || !read.row_count)
        return status;
    status = pdf_grid_create(ctx, read.column_count, read.row_count, &grid);
    if (status)
        return status;
    grid.caption = read.caption;
    grid.caption_shown = *read.heads[0].text != '\0';
    grid.language = head->language;
    grid.tail = tail;
    grid.row_count = read.row_count;
    for (uint32_t c = 0; c < read.column_count; c++) {
        head_fill(&grid, c, &read.heads[c]);
        grid.key_count += read.heads[c].key && grid.key_count == c;
        for (uint32_t r = 0; r < read.row_count; r++)
            cell_fill(pdf_grid_cell(&grid, r + 1, c), &read.heads[c], &read.cells[(size_t)r * read.column_count + c]);
    }
    if (!whole)
        status = keys_cut(ctx, &grid);
    return status ? status : pdf_grid_place(ctx, flow, &grid);
}
