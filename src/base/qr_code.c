/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/qr_code.h"

#include <qrencode.h>

#include "base/markup.h"

#define QR_BYTES_MAX 2331u /* version 40, level M, eight-bit mode */

enum status qr_code_make(struct ctx *ctx, struct span text, struct qr_code *out)
{
    if (text.length == 0 || text.length > QR_BYTES_MAX)
        return ctx_fail(ctx, STATUS_INVALID, NULL, "A QR code holds 1 to %u bytes; this address has %zu.", QR_BYTES_MAX,
                        text.length);
    QRcode *made = QRcode_encodeData((int)text.length, (const unsigned char *)text.at, 0, QR_ECLEVEL_M);
    if (!made)
        return ctx_no_memory(ctx);
    unsigned width = (unsigned)made->width;
    unsigned char *dark = arena_array(ctx->arena, width, width);
    for (unsigned i = 0; dark && i < width * width; i++)
        dark[i] = made->data[i] & 1u;
    QRcode_free(made);
    if (!dark)
        return ctx_no_memory(ctx);
    *out = (struct qr_code){width, dark};
    return STATUS_OK;
}

bool qr_code_is_dark(const struct qr_code *code, int row, int column)
{
    int width = (int)code->width;
    if (row < 0 || column < 0 || row >= width || column >= width)
        return false;
    return code->dark[row * width + column] != 0;
}

/* One closed shape for each run of dark modules in a row. */
static void row_outline(struct out *out, const struct qr_code *code, int row)
{
    int width = (int)code->width;
    for (int from = 0; from < width; from++) {
        int to = from;
        while (qr_code_is_dark(code, row, to))
            to++;
        if (to > from)
            out_format(out, "M%d %dh%dv1h-%dz", from + (int)QR_QUIET_ZONE, row + (int)QR_QUIET_ZONE, to - from, to - from);
        from = to > from ? to : from;
    }
}

enum status qr_code_write_svg(struct ctx *ctx, struct out *out, const struct qr_code *code, const char *title)
{
    struct out *outline = NULL;
    unsigned side = code->width + 2 * QR_QUIET_ZONE;
    enum status status = out_open_memory(ctx, &outline);
    for (int row = 0; !status && row < (int)code->width; row++)
        row_outline(outline, code, row);
    const char *shape = NULL;
    if (!status)
        status = out_copy(ctx, outline, &shape);
    if (status)
        return status;
    struct markup m = {.out = out};
    markup_open(&m, "svg");
    markup_attribute(&m, "xmlns", "http://www.w3.org/2000/svg");
    markup_attribute(&m, "role", "img");
    markup_attribute_format(&m, "viewBox", "0 0 %u %u", side, side);
    markup_attribute(&m, "shape-rendering", "crispEdges");
    markup_element(&m, "title", title);
    markup_open(&m, "path");
    markup_attribute(&m, "fill", "#fff");
    markup_attribute_format(&m, "d", "M0 0h%uv%uH0z", side, side);
    markup_close(&m, "path");
    markup_open(&m, "path");
    markup_attribute(&m, "d", shape);
    markup_close(&m, "path");
    markup_close(&m, "svg");
    markup_newline(&m);
    return STATUS_OK;
}

void qr_code_write_terminal(struct out *out, const struct qr_code *code)
{
    static const char *const blocks[] = {" ", "▄", "▀", "█"}; /* by which of upper and lower are light */
    int zone = (int)QR_QUIET_ZONE, end = (int)code->width + zone;
    for (int row = -zone; row < end; row += 2) {
        for (int column = -zone; column < end; column++) {
            unsigned upper = qr_code_is_dark(code, row, column) ? 0 : 2;
            unsigned lower = row + 1 >= end || qr_code_is_dark(code, row + 1, column) ? 0 : 1;
            out_text(out, blocks[upper + lower]);
        }
        out_char(out, '\n');
    }
}
