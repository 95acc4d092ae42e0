/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_REPORT_STORY_H
#define GAPMETER_REPORT_STORY_H

#include "model/section.h"

/* A plain document: the tables one after another, as analyze prints them.
 * takes   wide  every column of each table
 * fails   STATUS_MEMORY */
enum status report_tables_document(struct ctx *ctx, const struct document_head *head, const struct report_tables *tables,
                                   bool wide, const struct document **out) MUST_USE;

/* The report: the sections in their order, each only when it has something to say.
 * takes   sections  names, ends with NULL; NULL = all. An unknown name is STATUS_USAGE, naming those there are
 * fails   STATUS_USAGE, STATUS_MEMORY */
enum status report_story(struct ctx *ctx, const struct document_head *head, const struct report_tables *tables,
                         const char *const *sections, const struct document **out) MUST_USE;

#endif
