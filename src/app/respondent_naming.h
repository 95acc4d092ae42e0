/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_APP_RESPONDENT_NAMING_H
#define GAPMETER_APP_RESPONDENT_NAMING_H

#include "app/operation.h"

/* The one respondent of the call's study that the member "respondent" names: by id, e-mail address or reference.
 * fails   STATUS_NO_INPUT when there is none; STATUS_INVALID when several share the text, listing their ids */
enum status respondent_named(struct ctx *ctx, const struct operation_call *call, struct uuid *out) MUST_USE;

/* What is known of a respondent, as JSON: {"respondent": …, "name": …, "email": …, "phone": …, "reference": …}.
 * owns    *out  the caller */
enum status respondent_value(struct ctx *ctx, const struct operation_call *call, const struct uuid *respondent,
                             json_t **out) MUST_USE;

#endif
