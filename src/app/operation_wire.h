/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Requests and replies of operations as bytes, for the operator's socket: JSON, {"operation": …, "in": …} and
 * {"out": …} or {"status": "NO_INPUT", "sentence": …, "file": …, "row": …, "column": …, "path": …}. */
#ifndef GAPMETER_APP_OPERATION_WIRE_H
#define GAPMETER_APP_OPERATION_WIRE_H

#include "app/operation.h"

/* Both write into ctx->arena. A reply carries the sentence of ctx->error when `status` is not STATUS_OK. */
enum status wire_request_write(struct ctx *ctx, const char *operation, const json_t *in, struct span *out) MUST_USE;
enum status wire_reply_write(struct ctx *ctx, enum status status, const json_t *value, struct span *out) MUST_USE;

/* gives   *in   an object, to be given to json_decref
 * fails   STATUS_INVALID when it is no request of ours, STATUS_NO_INPUT when no operation has that name */
enum status wire_request_read(struct ctx *ctx, struct span bytes, const struct operation **operation, json_t **in) MUST_USE;

/* gives   *out  of an operation that went well, to be given to json_decref
 * fails   as the operation did at the other end, with its sentence; STATUS_IO when it is no reply of ours */
enum status wire_reply_read(struct ctx *ctx, struct span bytes, json_t **out) MUST_USE;

#endif
