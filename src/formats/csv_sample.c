/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/csv_sample.h"

#include "base/limits.h"
#include "base/memory.h"
#include "base/progress.h"
#include "formats/csv_file.h"

static enum status copy_row(struct ctx *ctx, struct csv_unquoting *unquoting, const struct csv_view *view, struct sample *sample)
{
    struct span *cells = sample->cells + (size_t)sample->row_count * sample->column_count;
    for (uint32_t i = 0; i < sample->column_count && i < view->cell_count; i++) {
        struct span cell = csv_view_cell(view, i);
        if (cell.length > CSV_FIELD_BYTES_MAX)
            continue;
        struct span text = csv_cell_text(unquoting, cell);
        cells[i] = (struct span){arena_copy(ctx->arena, text), text.length};
        if (cells[i].at == NULL)
            return ctx_no_memory(ctx);
    }
    sample->row_count++;
    return STATUS_OK;
}

static enum status copy_rows(struct ctx *ctx, struct csv_file *file, uint32_t rows, struct sample *sample)
{
    struct csv_unquoting unquoting;
    enum status status = csv_unquoting_create(ctx, &unquoting);
    while (status == STATUS_OK) {
        struct csv_view view;
        enum csv_stop stop;
        bool more;
        status = csv_file_next(ctx, file, &view, &more, &stop);
        if (status != STATUS_OK || !more) {
            sample->whole = stop == CSV_STOP_NONE;
            return status;
        }
        if (sample->row_count == rows)
            return STATUS_OK;
        status = copy_row(ctx, &unquoting, &view, sample);
    }
    return status;
}

enum status csv_sample(struct ctx *ctx, const char *path, uint32_t rows, struct sample *out)
{
    struct csv_file *file;
    const struct csv_opening opening = {.path = path};
    enum status status = csv_file_open(ctx, &opening, &file);
    if (status != STATUS_OK)
        return status;
    const struct csv_head *head = csv_file_head(file);
    *out = (struct sample){.path = path,
                           .delimiter = head->dialect.delimiter,
                           .decimal_mark = head->dialect.decimal_mark,
                           .column_count = head->column_count};
    out->headers = arena_array(ctx->arena, head->column_count, sizeof *out->headers);
    size_t cells;
    if (!size_multiply(rows, head->column_count, &cells))
        return ctx_no_memory(ctx);
    out->cells = arena_array(ctx->arena, cells + 1, sizeof *out->cells);
    if (out->headers == NULL || out->cells == NULL)
        return ctx_no_memory(ctx);
    for (uint32_t i = 0; i < head->column_count; i++)
        out->headers[i] = head->headers[i];
    status = copy_rows(ctx, file, rows, out);
    out->encoding = csv_encoding_name(csv_file_encoding(file));
    progress_end(ctx->progress);
    return status;
}
