/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A PDF as a test reads it. */
#ifndef GAPMETER_TESTS_PDF_READING_H
#define GAPMETER_TESTS_PDF_READING_H

#include "support/job_fixture.h"

/* The file with every packed stream unpacked, one after another; fonts stay packed.
 * gives   in the job's arena */
struct span pdf_unpacked(struct job *job, struct span pdf);

/* How often a text occurs. */
size_t pdf_count(struct span bytes, const char *text);

#endif
