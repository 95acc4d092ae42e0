/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_CLI_PAPER_ENTRY_H
#define GAPMETER_CLI_PAPER_ENTRY_H

#include "cli/administration.h"

/* `gapmeter respondent enter`: paper forms that staff typed into a table, a row per form. */
enum status paper_entry_run(struct ctx *ctx, const struct administration *a) MUST_USE;

#endif
