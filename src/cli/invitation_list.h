/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_CLI_INVITATION_LIST_H
#define GAPMETER_CLI_INVITATION_LIST_H

#include "cli/administration.h"

/* `gapmeter respondent invite`: contacts of a file, or a count of unknown people; links as CSV or, with --json, as JSON, and as QR codes.
 * proof   tests/cli/live_study_test.sh */
enum status invitation_list_run(struct ctx *ctx, const struct administration *a) MUST_USE;

#endif
