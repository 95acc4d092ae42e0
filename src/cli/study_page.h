/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_CLI_STUDY_PAGE_H
#define GAPMETER_CLI_STUDY_PAGE_H

#include <jansson.h>

#include "base/out.h"

/* What `gapmeter study show` says of a study: state, response rates by wave and arm, pairs, phases, doors. */
void study_page_print(struct out *out, const json_t *value);

#endif
