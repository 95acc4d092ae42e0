/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which study a caller may touch: the one place that decides it, for operations and for routes with a handle of their own. */
#ifndef GAPMETER_APP_CALLER_STUDY_H
#define GAPMETER_APP_CALLER_STUDY_H

#include "app/operation.h"

/* The study of this name, when the caller may touch it: operators all, keys those they cover.
 * fails   STATUS_NO_INPUT  no such study, or none that this caller may touch: the same sentence, so that names cannot be found out
 * proof   tests/app/caller_study_test.c */
enum status caller_study(struct ctx *ctx, struct store_session *session, const struct caller *caller, struct span name,
                         struct live_study *out) MUST_USE;

#endif
