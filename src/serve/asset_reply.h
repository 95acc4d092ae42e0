/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_SERVE_ASSET_REPLY_H
#define GAPMETER_SERVE_ASSET_REPLY_H

#include "serve/exchange.h"

/* Replies with a file that travels inside the program: 404 when there is none of that name, or it is not for pages.
 * takes   name  "form.css" */
enum status asset_reply(struct exchange *exchange, struct span name) MUST_USE;

#endif
