/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/qr_file.h"

#include "base/qr_code.h"

enum status qr_file_write(struct ctx *ctx, const char *path, const char *link)
{
    struct qr_code code;
    struct out *out = NULL;
    enum status status = qr_code_make(ctx, span_of(link), &code);
    if (!status)
        status = out_open_file(ctx, path, &out);
    if (!status)
        status = qr_code_write_svg(ctx, out, &code, link);
    return status ? status : out_close(ctx, out);
}
