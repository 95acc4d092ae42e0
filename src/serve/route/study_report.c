/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "serve/analysis_query.h"
#include "serve/route.h"

/* "report.html" → the renderer of .html: one for every kind of document that can be a file. */
static const struct renderer *renderer_of(struct span name)
{
    static const char stem[] = "report";
    size_t length = sizeof stem - 1;
    if (name.length <= length || memcmp(name.at, stem, length) != 0)
        return NULL;
    return renderer_for_extension((struct span){name.at + length, name.length - length});
}

static enum status handle(struct exchange *exchange)
{
    return analysis_reply(exchange, &(const struct analysis_wish){.story = true, .renderer = renderer_of(exchange->parts[1])});
}

const struct route route_study_report = {
    .name = "study_report",
    .sentence = "The report of a study as it stands now, as `gapmeter report` writes it: report.html, report.json and so on.",
    .method = METHOD_GET,
    .path = "/studies/{study}/{report}",
    .who = WHO_KEY,
    .run = RUN_READING,
    .gives_type = "*/*", /* by the ending */
    .query = report_query_words,
    .personal = true,
    .handle = handle,
};
