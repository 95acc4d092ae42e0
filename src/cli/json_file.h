/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_CLI_JSON_FILE_H
#define GAPMETER_CLI_JSON_FILE_H

#include <jansson.h>

#include "base/ctx.h"

/* Reads a file as a JSON object, to hand it on; what it says is checked by who gets it.
 * takes   what  "The study file": how sentences begin
 * owns    *out  the caller: json_decref
 * fails   STATUS_NO_INPUT, STATUS_PERMISSION, STATUS_IO; STATUS_CONFIG with the line and column where it is not JSON */
enum status json_file_read(struct ctx *ctx, const char *path, const char *what, json_t **out) MUST_USE;

#endif
