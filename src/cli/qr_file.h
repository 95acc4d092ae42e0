/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_CLI_QR_FILE_H
#define GAPMETER_CLI_QR_FILE_H

#include "base/ctx.h"

/* Writes the QR code of a link as an SVG file. */
enum status qr_file_write(struct ctx *ctx, const char *path, const char *link) MUST_USE;

#endif
