/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The report of the demonstration study in any language. */
#ifndef GAPMETER_TESTS_DEMO_DOCUMENT_H
#define GAPMETER_TESTS_DEMO_DOCUMENT_H

#include "model/document.h"
#include "support/job_fixture.h"
#include "support/scratch_folder.h"

/* Writes the demo's answers and study into a folder.
 * gives   answers, study  [SCRATCH_ROOM] their paths */
void demo_write(struct job *job, struct scratch *scratch, char *answers, char *study);

/* Its report by hotel, in the job's arena. */
const struct document *demo_document(struct job *job, const char *answers, const char *study, const char *language);

#endif
