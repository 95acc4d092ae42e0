/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef GAPMETER_APP_DEMONSTRATION_H
#define GAPMETER_APP_DEMONSTRATION_H

#include "model/document.h"

/* What the demo wrote. */
struct demonstration {
    const struct document *summary; /* page one and the gaps, for the terminal */
    const char *const *files;       /* paths written, ends with NULL: answers, study, a document of each kind */
    const char *best;               /* the one to open first */
};

/* Simulates the demo study into a folder, analyses it, and writes every kind of document there is.
 * takes   folder  made when it is not there; files of the same names are replaced
 * fails   STATUS_PERMISSION, STATUS_IO, STATUS_MEMORY */
enum status demonstration_make(struct ctx *ctx, const char *folder, struct demonstration *out) MUST_USE;

#endif
