/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_APP_REPORT_CHOICES_H
#define GAPMETER_APP_REPORT_CHOICES_H

#include "base/ctx.h"
#include "model/study.h"

/* The language of a report.
 * takes   asked  "de", or NULL: the study's own where there are words for reports in it, else English
 *         study  NULL: nothing is known of it
 * gives   *out   borrowed for ever
 * fails   STATUS_USAGE  there are no words for reports in the language that was asked for, naming those there are
 * proof   tests/app/report_choices_test.c */
enum status report_language_choose(struct ctx *ctx, const char *asked, const struct study *study, const char **out) MUST_USE;

/* "gaps, quality" → "gaps", "quality", NULL. Whether there are such sections is looked at when the report is made.
 * takes   text  an empty span: all sections, *out is NULL
 * gives   *out  in ctx->arena */
enum status report_sections_read(struct ctx *ctx, struct span text, const char *const **out) MUST_USE;

/* In which order charts show items.
 * takes   text  "gap" or "dimension"; empty: "gap"
 * gives   *by_dimension
 * fails   STATUS_USAGE */
enum status report_order_read(struct ctx *ctx, struct span text, bool *by_dimension) MUST_USE;

/* A title in place of the study's, under the rules of the study file's `title`.
 * takes   text  NULL: none is wished
 * gives   *out  trimmed, in ctx->arena; NULL when none is wished
 * fails   STATUS_USAGE  empty, too long, not UTF-8, or with a control character, saying what is accepted */
enum status report_title_read(struct ctx *ctx, const char *text, const char **out) MUST_USE;

#endif
