/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_APP_CALLERS_H
#define GAPMETER_APP_CALLERS_H

#include "app/operation.h"

/* Who has this secret of an API key?
 * takes   secret  any text: what stands after "Bearer "
 * gives   *found  false when there is no such key, or it has expired or was revoked
 * proof   tests/app/callers_test.c */
enum status caller_of_bearer(struct ctx *ctx, struct desk *desk, struct store_session *session, struct span secret,
                             struct caller *out, bool *found) MUST_USE;

#endif
