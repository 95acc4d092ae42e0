/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/demo_document.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "app/analysis.h"
#include "app/demo_answers.h"
#include "model/problem.h"

void demo_write(struct job *job, struct scratch *scratch, char *answers, char *study)
{
    struct out *out = NULL;
    size_t length = 0;
    assert_ok(job, out_open_memory(&job->ctx, &out));
    demo_answers_write(out, 20260401);
    struct span bytes = out_bytes(out);
    (void)snprintf(answers, SCRATCH_ROOM, "%s", scratch_write_bytes(scratch, "answers.csv", bytes.at, bytes.length));
    char *text = scratch_read(GAPMETER_SOURCE_DIR "/data/demo/study.json", &length);
    (void)snprintf(study, SCRATCH_ROOM, "%s", scratch_write(scratch, "study.json", text));
    free(text);
}

const struct document *demo_document(struct job *job, const char *answers, const char *study, const char *language)
{
    static const char *const by[] = {"hotel"};
    struct problems problems;
    const struct document *document = NULL;
    const struct analysis_request request = {.source = {.path = answers},
                                             .study_path = study,
                                             .by = by,
                                             .by_count = 1,
                                             .confidence = 0.95,
                                             .seed = 1,
                                             .floor = 5,
                                             .story = true,
                                             .language = language};
    assert_ok(job, problems_init(&job->ctx, &problems, false));
    assert_ok(job, analysis_document(&job->ctx, &request, &problems, &document));
    return document;
}
