/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/logo.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/limits.h"

#define SIGNATURE_BYTES 8u
#define HEADER_BYTES    (SIGNATURE_BYTES + 25u) /* and the chunk IHDR: length, name, 13 bytes, checksum */
#define END_BYTES       12u                     /* the chunk IEND */

static enum status bytes_read(struct ctx *ctx, FILE *file, const struct place *place, struct span *out)
{
    char *bytes = arena_alloc(ctx->arena, LOGO_BYTES_MAX + 1);
    if (!bytes)
        return ctx_no_memory(ctx);
    size_t length = fread(bytes, 1, LOGO_BYTES_MAX + 1, file);
    if (ferror(file))
        return ctx_fail(ctx, STATUS_IO, place, "The logo could not be read to its end.");
    if (length > LOGO_BYTES_MAX)
        return ctx_fail(ctx, STATUS_DATA, place, "The logo is too large: a PNG of at most %u KiB is accepted.",
                        LOGO_BYTES_MAX >> 10);
    *out = (struct span){bytes, length};
    return STATUS_OK;
}

static uint32_t number_at(const char *at)
{
    uint32_t number = 0;
    for (size_t i = 0; i < 4; i++)
        number = number << 8 | (unsigned char)at[i];
    return number;
}

static enum status png_check(struct ctx *ctx, struct span png, const struct place *place)
{
    static const char signature[] = "\x89PNG\r\n\x1a\n", header[] = "\0\0\0\x0dIHDR", end[] = "\0\0\0\0IEND\xae\x42\x60\x82";
    bool is_png = png.length >= SIGNATURE_BYTES && memcmp(png.at, signature, SIGNATURE_BYTES) == 0;
    if (!is_png)
        return ctx_fail(ctx, STATUS_DATA, place, "The logo is no PNG picture; save it as PNG, at most %u KiB.",
                        LOGO_BYTES_MAX >> 10);
    bool whole = png.length >= HEADER_BYTES + END_BYTES && memcmp(png.at + SIGNATURE_BYTES, header, 8) == 0 &&
                 memcmp(png.at + png.length - END_BYTES, end, END_BYTES) == 0;
    if (!whole)
        return ctx_fail(ctx, STATUS_DATA, place, "The logo is a PNG that is cut off or damaged; save it again.");
    uint32_t width = number_at(png.at + SIGNATURE_BYTES + 8), height = number_at(png.at + SIGNATURE_BYTES + 12);
    if (width == 0 || height == 0 || width > LOGO_PIXELS_MAX || height > LOGO_PIXELS_MAX)
        return ctx_fail(ctx, STATUS_DATA, place, "The logo has %u × %u pixels; 1 to %u each way are accepted.", width, height,
                        LOGO_PIXELS_MAX);
    return STATUS_OK;
}

enum status logo_read(struct ctx *ctx, const char *path, struct span *out)
{
    struct place place = {.row = 0};
    (void)snprintf(place.file, sizeof place.file, "%s", path);
    *out = (struct span){"", 0};
    FILE *file = fopen(path, "rbe");
    if (!file)
        return ctx_fail(ctx, errno == EACCES ? STATUS_PERMISSION : STATUS_NO_INPUT, &place, "The logo cannot be opened.");
    enum status status = bytes_read(ctx, file, &place, out);
    (void)fclose(file);
    return status ? status : png_check(ctx, *out, &place);
}
