/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_BASE_JSON_DEPTH_H
#define GAPMETER_BASE_JSON_DEPTH_H

#include "base/text.h"

/* Do lists and objects stand within each other at most so deep? To be asked before a parser that goes down by recursion.
 * takes   text  that should be JSON; when it is not, the answer holds for the brackets outside of quotes
 * gives   *at   where the first bracket too deep stands, when the answer is false
 * proof   tests/base/json_depth_test.c */
bool json_depth_fits(struct span text, unsigned most, size_t *at);

#endif
