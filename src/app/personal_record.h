/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_APP_PERSONAL_RECORD_H
#define GAPMETER_APP_PERSONAL_RECORD_H

#include "app/operation.h"

/* The answers of one submission by field, as they were given: a number on the scale, the words chosen, free text; what was skipped is
 * left out, "na" stands where it did not apply.
 * owns    *out  the caller
 * fails   STATUS_DATA when the submission does not fit the form it was given to */
enum status submission_value(struct ctx *ctx, const struct operation_call *call, const struct submission *submission,
                             json_t **out) MUST_USE;

#endif
