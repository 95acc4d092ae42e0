/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_SERVE_API_DESCRIPTION_H
#define GAPMETER_SERVE_API_DESCRIPTION_H

#include <jansson.h>

#include "base/ctx.h"

/* The API as OpenAPI 3.1, made of the registers of routes and operations: whatever can be called stands in it.
 * takes   base_address  of the server; "" = not known
 * owns    *out  the caller: json_decref
 * fails   STATUS_MEMORY
 * proof   tests/http/openapi_test.c */
enum status api_description_make(struct ctx *ctx, const char *base_address, json_t **out) MUST_USE;

#endif
